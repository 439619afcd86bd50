"""Blank forms: filled in by their own rules, they are scored."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from shlex import quote
from typing import Any

import fastexcel
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from tests import exports
from tests.conftest import ROOT
from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK, FOLDER, SMALL_ANSWERS
from tests.tables_read import answers, outcome
from triage.answers.answer import as_written
from triage.answers.responses import Responses
from triage.answers.table import ID, all_columns
from triage.book.rulebook import RuleBook
from triage.commands.main import main
from triage.intake.blank import blank_csv, json_schema, write_workbook

SCHEMA = Draft202012Validator(json_schema(BOOK))


def header_of(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text)))


def test_a_blank_table_is_one_form_without_answers(tmp_path: Path) -> None:
    (tmp_path / "forms.csv").write_text(blank_csv(BOOK))
    assert [{"form": "1"}] == answers(tmp_path / "forms.csv")
    (scored,), rejected = outcome(tmp_path / "forms.csv")
    assert ("incomplete", []) == (scored["disposition"], rejected)


def test_a_blank_table_that_is_filled_in_is_scored(tmp_path: Path) -> None:
    people = exports.people(BOOK, 20, seed=1)
    rows = exports.template_rows(BOOK, people)
    assert rows[0] == header_of(blank_csv(BOOK))
    exports.write_csv(tmp_path / "forms.csv", rows)
    scored, rejected = outcome(tmp_path / "forms.csv")
    assert (20, []) == (len(scored), rejected)


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = fastexcel.read_excel(path)
    return {
        name: book.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()
        for name in book.sheet_names
    }


@pytest.mark.parametrize("book", [BOOK, SHIPPED], ids=["small", "shipped"])
def test_a_blank_workbook(tmp_path: Path, book: RuleBook) -> None:
    path = tmp_path / "forms.xlsx"
    write_workbook(book, path)
    found = sheets(path)
    assert ["forms", "questions"] == list(found)
    assert (ID, *all_columns(book)) == found["forms"][0]
    explained = [row[0] for row in found["questions"][1:] if row[0]]
    assert list(all_columns(book)) == explained
    (scored,), rejected = outcome(path, book=book)
    assert ("incomplete", []) == (scored["disposition"], rejected)


def test_a_workbook_that_is_filled_in_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "forms.xlsx"
    write_workbook(BOOK, path)
    names = sheets(path)["forms"][0]
    people = exports.people(BOOK, 20, seed=2)
    rows = exports.template_rows(BOOK, people)
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("forms")
    for line, row in enumerate([list(names), *rows[1:]]):
        for place, cell in enumerate(row):
            sheet.write(line, place, cell)
    workbook.close()
    scored, rejected = outcome(path)
    assert (20, []) == (len(scored), rejected)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SMALL_ANSWERS)
def test_the_schema_takes_every_form(given: dict[str, Any]) -> None:
    line = {"form": 1, **{item: as_written(answer) for item, answer in given.items()}}
    assert [] == list(SCHEMA.iter_errors(line))


@pytest.mark.parametrize(
    "line",
    [
        {"form": 1},
        {"form": "a", "years": None, "troubles": [], "milk": None},
        {"form": "a", "hardness": "not_sure", "years": 3.5},
    ],
)
def test_the_schema_takes(tmp_path: Path, line: dict[str, object]) -> None:
    assert [] == list(SCHEMA.iter_errors(line))
    (tmp_path / "forms.jsonl").write_text(json.dumps(line))
    assert 1 == len(outcome(tmp_path / "forms.jsonl", "template")[0])


@pytest.mark.parametrize(
    "cells",
    [
        {"milk": "perhaps"},
        {"milk": ["yes", "no"]},
        {"years": 51},
        {"years": -1},
        {"years": "not_sure"},
        {"years": "old"},
        {"cups": 2.5},
        {"troubles": ["slow", "fast"]},
        {"puddle": ["none", "under"]},
        {"hardness": True},
    ],
)
def test_the_schema_refuses_what_is_rejected(tmp_path: Path, cells: dict[str, object]) -> None:
    line = {"form": 1, **cells}
    assert [] != list(SCHEMA.iter_errors(line))
    (tmp_path / "forms.jsonl").write_text(json.dumps(line))
    assert 1 == len(outcome(tmp_path / "forms.jsonl", "template")[1])


def test_the_schema_refuses_what_is_no_question() -> None:
    assert [] != list(SCHEMA.iter_errors({"form": 1, "yeers": 3}))
    assert [] != list(SCHEMA.iter_errors({"years": 3}))


def test_the_shipped_schema_is_a_schema_and_takes_people() -> None:
    book = SHIPPED
    Draft202012Validator.check_schema(json_schema(book))
    schema = Draft202012Validator(json_schema(book))
    for line in exports.json_lines(exports.people(book, 50, seed=3)).splitlines():
        assert [] == list(schema.iter_errors(json.loads(line)))


# --- On the command line. ---


@pytest.mark.parametrize(
    ("kind", "begins"), [("csv", "form,"), ("json-schema", "{"), ("yaml", "# ")]
)
def test_the_command_prints_blank_forms(kind: str, begins: str) -> None:
    result = CliRunner().invoke(main, ["form", "--format", kind, "--rules", str(FOLDER)])
    assert (0, begins) == (result.exit_code, result.output[: len(begins)])


def test_a_workbook_needs_a_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["form", "--format", "xlsx"])
    assert (2, "") == (result.exit_code, result.stdout)
    target = tmp_path / "forms.xlsx"
    result = CliRunner().invoke(main, ["form", "--format", "xlsx", "-o", str(target)])
    assert (0, "") == (result.exit_code, result.output)
    assert b"PK" == target.read_bytes()[:2]


# --- Without the extras. ---


def without(missing: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program where a library is not installed."""
    run = "from triage.commands.main import main; main()"
    code = f"import sys; sys.modules[{missing!r}] = None; {run}"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("missing", "libraries", "arguments"),
    [
        ("fastexcel", "fastexcel pyarrow", ["score", "forms.xlsx", "-o", "scored.csv"]),
        ("fastexcel", "fastexcel pyarrow", ["map", "--suggest", "forms.xlsx"]),
        ("xlsxwriter", "xlsxwriter", ["form", "--format", "xlsx", "-o", "blank.xlsx"]),
    ],
)
def test_libraries_that_are_missing_are_named_as_they_are_installed(
    tmp_path: Path, missing: str, libraries: str, arguments: list[str]
) -> None:
    for name in ("forms.csv", "forms.xlsx"):
        (tmp_path / name).write_text("form,age\n1,30\n")
    paths = [str(tmp_path / word) if "." in word else word for word in arguments]
    result = without(missing, *paths)
    assert (2, "") == (result.returncode, result.stdout)
    assert result.stderr.endswith(f": {quote(sys.executable)} -m pip install {libraries}\n")
    assert 1 == len(result.stderr.splitlines())
    assert {"forms.csv", "forms.xlsx"} == {path.name for path in tmp_path.iterdir()}


def test_an_answer_sheet_stands_for_the_same_person(tmp_path: Path) -> None:
    (person,) = exports.people(BOOK, 1, seed=4)
    exports.write_csv(tmp_path / "forms.csv", exports.template_rows(BOOK, [person]))
    (form,) = answers(tmp_path / "forms.csv")
    assert person == Responses(BOOK.items, {k: v for k, v in form.items() if k != "form"})
