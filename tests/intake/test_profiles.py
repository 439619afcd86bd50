"""Exports of the same people give the same scores, whichever product they come from."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import exports
from tests.rows import row_of
from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK
from tests.tables_read import UNREADABLE, answers, one_answer, outcome, problems, reasons
from triage.answers.answer import doubts_of
from triage.answers.responses import Responses
from triage.answers.table import ID
from triage.assessment.assess import assess
from triage.book.rulebook import RuleBook
from triage.intake.profiles import detect


@pytest.mark.parametrize("book", [BOOK, SHIPPED], ids=["small", "shipped"])
@pytest.mark.parametrize("name", exports.LAYOUTS)
def test_every_layout_gives_the_answers_of_the_people(
    tmp_path: Path, name: str, book: RuleBook
) -> None:
    people = exports.people(book, 50, seed=7)
    expected = [dict(person.answers) for person in people]
    for mapped in (None, exports.LAYOUTS[name]):
        forms = answers(exports.write(tmp_path, name, book, people), mapped, book)
        assert [str(number) for number in range(1, 51)] == [form.pop(ID) for form in forms]
        assert expected == forms


@cache
def doubting(book: RuleBook) -> tuple[list[Responses], list[dict[str, Any]]]:
    """People who are not sure of some options, and what each is told in the cells of a row."""
    people = exports.people(book, 50, seed=11, doubts=True)
    return people, [row_of(assess(book, form)) for form in people]


@pytest.mark.parametrize("book", [BOOK, SHIPPED], ids=["small", "shipped"])
@pytest.mark.parametrize("name", [name for name in exports.LAYOUTS if name.startswith("forms")])
def test_our_own_layout_says_of_which_options_one_is_not_sure(
    tmp_path: Path, name: str, book: RuleBook
) -> None:
    people, people_said = doubting(book)
    expected = [{ID: str(number), **form.answers} for number, form in enumerate(people, 1)]
    answered = [answer for form in people for answer in form.answers.values()]
    assert any(doubts_of(answer) for answer in answered if isinstance(answer, frozenset))
    path = exports.write(tmp_path, name, book, people)
    assert expected == answers(path, None, book)
    scored, rejected = outcome(path, None, book)
    assert [] == rejected
    assert people_said == [{key: row[key] for key in people_said[0]} for row in scored]


@pytest.mark.parametrize("name", exports.LAYOUTS)
def test_the_layout_is_found_out(tmp_path: Path, name: str) -> None:
    path = exports.write(tmp_path, name, BOOK, exports.people(BOOK, 3, seed=8))
    for other in ["template", "redcap", "google", "microsoft"]:
        if other != exports.LAYOUTS[name] and not name.startswith(("fhir", "forms")):
            assert problems(path, other)
    assert [] == problems(path)


# --- REDCap. ---


def redcap(folder: Path, *lines: str) -> Path:
    path = folder / "redcap.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_codes_are_names_or_numbers_in_the_order_of_the_questionnaire(tmp_path: Path) -> None:
    path = redcap(
        tmp_path,
        "record_id,noise,puddle___under,puddle___2,puddle___none,puddle___4,hardness___not_sure",
        "1,2,1,0,0,0,1",
        "2,hum,0,1,0,0,0",
        "3,rattle,0,0,1,0,0",
        "4,9,0,0,0,1,0",
    )
    assert ["rattle", "hum", "rattle", UNREADABLE] == one_answer("noise", path)
    assert [{"under"}, {"socket"}, {"none"}, {"not_sure"}] == one_answer("puddle", path)
    assert ["not_sure", None, None, None] == one_answer("hardness", path)


def test_boxes_without_a_tick_are_no_answer(tmp_path: Path) -> None:
    path = redcap(
        tmp_path,
        "record_id,puddle___1,puddle___2,puddle___3,puddle___4",
        "1,0,0,0,0",
        "2,,,,",
        "3,1,0,1,0",
    )
    assert [None, None] == one_answer("puddle", path)[:2]
    assert ["3: item 'puddle': read 'none' beside under, expected one or the other"] == (
        reasons(path)
    )


def test_columns_of_redcap_s_own_hold_no_answer(tmp_path: Path) -> None:
    path = redcap(
        tmp_path,
        "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,"
        "redcap_data_access_group,redcap_survey_identifier,machine_timestamp,milk,machine_complete",
        "7,baseline_arm_1,,,,,2026-01-02 10:00,2,2",
    )
    assert [{"form": "7", "milk": "yes"}] == answers(path)


def test_a_field_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = redcap(tmp_path, "record_id,milk,puddel___1,puddle___9", "1,1,0,0")
    assert ["puddel___1", "puddle___9"] == [p.split("'")[1] for p in problems(path)]


# --- Google and Microsoft. ---


def asked(folder: Path, item: str, cell: str, *extra: str) -> Path:
    stream = io.StringIO()
    csv.writer(stream).writerows([[*extra, BOOK.items[item].ask], [*("x" for _ in extra), cell]])
    path = folder / "google.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "cell",
    [
        "It drips, The machine is noisy",
        "It drips;The machine is noisy",
        "It drips;The machine is noisy;",
        " it drips , the  MACHINE is\u00a0noisy",
    ],
)
def test_words_in_one_cell(tmp_path: Path, cell: str) -> None:
    path = asked(tmp_path, "troubles", cell, "Timestamp")
    assert [{"drips", "noisy"}] == one_answer("troubles", path)


def test_an_answer_in_one_s_own_words_is_refused(tmp_path: Path) -> None:
    path = asked(tmp_path, "troubles", "It drips, my own words", "Timestamp")
    (reason,) = reasons(path)
    assert reason.startswith("1: item 'troubles': read 'It drips, my own words', expected slow")


def test_the_names_of_columns_may_differ_in_case_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / "google.csv"
    path.write_text("TIMESTAMP,do you  steam milk?\n2026-01-02,Yes\n")
    assert [{"form": "1", "milk": "yes"}] == answers(path)


# --- None of these. ---


def test_a_header_of_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Alter,Milch\n3,ja\n")
    (problem,) = problems(path)
    assert problem.startswith("other.csv: no column is known; expected the questions' names or")
    assert problem.endswith("triage map --suggest other.csv")


def test_the_profile_that_knows_most_columns_wins() -> None:
    assert "template" == detect(["form", "years", "puddle__under"], BOOK, "x").source
    assert "redcap" == detect(["record_id", "years", "puddle___1"], BOOK, "x").source
    assert "google" == detect(["Timestamp", "Do you steam milk?"], BOOK, "x").source
    assert "microsoft" == detect(["Id", "Start time", "Do you steam milk?"], BOOK, "x").source


def test_an_export_with_a_question_left_out_leaves_it_unknown(tmp_path: Path) -> None:
    (tmp_path / "forms.csv").write_text("form,milk\n1,no\n")
    (scored,), _ = outcome(tmp_path / "forms.csv")
    assert {"sparks", "puddle", "pressure"} <= set(scored["missing"].split("; "))
