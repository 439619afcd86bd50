"""Exports whose names of columns take several rows: no row of names is a form, no word is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests import exports
from tests.drafts import to_settle
from tests.small import BOOK
from tests.tables_read import answers, problems
from triage.intake.files import open_table
from triage.intake.header_rows import whole_header
from triage.intake.suggest import suggest

QUALTRICS = [
    ["StartDate", "RecordedDate", "ResponseId", "Q1", "Q2_1", "Q2_4", "years"],
    [
        *("Start Date", "Recorded Date", "Response ID", "Do you\nsteam milk?"),
        *(
            "What is wrong? - It is cold",
            "What is wrong? - Selected Choice - I cannot say",
            "years",
        ),
    ],
    [f'{{"ImportId":"{n}"}}' for n in ("start", "rec", "_id", "QID1", "QID2", "QID2", "years")],
]
SURVEYMONKEY = [
    ["Respondent ID", "Collector ID", "Do you steam milk?", "What is wrong?", "", "How old is it?"],
    ["", "", "Response", "It is cold", "I cannot say", "Open-Ended Response"],
]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("names", "row"),
    [
        (QUALTRICS, ["x", "x", "R1", "Yes", "It is cold", "", "3"]),
        (SURVEYMONKEY, ["R1", "7", "Yes", "It is cold", "", "3"]),
    ],
)
def test_names_in_several_rows(
    names: list[list[str]], row: list[str], ending: str, tmp_path: Path
) -> None:
    rows = [*names, row, [{"R1": "R2"}.get(cell, "") for cell in row]]
    path = tmp_path / f"forms.{ending}"
    write(path, rows) if ending == "csv" else exports.write_workbook(path, rows)
    draft = suggest(BOOK, open_table(BOOK, path))
    assert not to_settle(draft)
    assert [] == problems(path, draft)
    first, second = answers(path, draft)
    assert ("R1", "yes", 3.0) == (first["form"], first["milk"], first["years"])
    assert {"cold", "not_sure"} == first["troubles"]
    assert {"form": "R2"} == second


def test_what_a_tool_adds_keeps_its_name() -> None:
    names, count = whole_header(QUALTRICS)
    assert (3, ["StartDate", "RecordedDate", "ResponseId"]) == (count, names[:3])
    assert ["Q1: Do you steam milk?", "Q2_1: What is wrong? - It is cold"] == names[3:5]


def test_a_question_of_several_columns_stands_before_each_choice() -> None:
    assert (
        [
            *("Respondent ID", "Collector ID", "Do you steam milk?"),
            *("What is wrong? - It is cold", "What is wrong? - I cannot say", "How old is it?"),
        ],
        2,
    ) == whole_header(SURVEYMONKEY)


@given(st.lists(st.lists(st.text(max_size=5), min_size=2, max_size=4), min_size=1, max_size=4))
def test_other_tables_have_one_row_of_names(rows: list[list[str]]) -> None:
    assert ([name.strip() for name in rows[0]], 1) == whole_header(rows)


def test_a_mapping_of_the_draft_names_columns_by_question(tmp_path: Path) -> None:
    path = write(tmp_path / "forms.csv", [*QUALTRICS, ["x"] * 7])
    draft = yaml.safe_load(suggest(BOOK, open_table(BOOK, path)))
    assert "ResponseId" == draft["form"]
    assert "milk" in draft["columns"]["Q1: Do you steam milk?"]["item"]
