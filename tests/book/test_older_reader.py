"""Older questionnaires as they are read: what falls away has to be said, and slips are named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small import FOLDER
from triage.book.loading import load_rule_book
from triage.book.older_reader import older_books
from triage.problems import BadInput

Change = Callable[..., list[str]]
BECAME = "became.yaml"
QUESTIONS = "questionnaire/machine.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """What is wrong with the small book's older questionnaire once some of its text is changed."""
    book = tmp_path / "book"
    shutil.copytree(FOLDER, book)

    def problems(old: str, new: str, file: str = BECAME) -> list[str]:
        path = book / "older" / "0.0.0" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        try:
            older_books(load_rule_book(book))
        except BadInput as error:
            return [str(problem).removeprefix("older/0.0.0/") for problem in error.problems]
        return []

    return problems


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "sections: [machine]",
            "sections: [machine, machine]",
            "became.yaml:1: a section is named twice",
        ),
        (
            "sections: [machine]",
            "sections: [machin]",
            "questionnaire/machine.yaml: not among the sections of became.yaml; "
            "did you mean 'machin'?",
        ),
        (
            "  puddle:",
            "  pudle:",
            "became.yaml:7: read 'pudle', expected an item of the present book; "
            "did you mean 'puddle'?",
        ),
        (
            "same_as: age_in_years",
            "same_as: age_in_year",
            "became.yaml:11: read 'age_in_year', expected an older item; "
            "did you mean 'age_in_years'?",
        ),
        (
            "same_as: age_in_years",
            "same_as: smoke",
            "became.yaml:11: read 'smoke', expected an older item of the kind 'number', "
            "as 'years' is",
        ),
        (
            "lately: {",
            "latly: {",
            "became.yaml:13: item 'descaled': read 'latly', expected lately, long_ago, never or "
            "not_sure; did you mean 'lately'?",
        ),
        (
            "    no: {smoke: no}",
            "    no: {smoke: nope}",
            "became.yaml:4: item 'smoke': read 'nope', expected no, yes or not_sure; "
            "did you mean 'no'?",
        ),
        (
            "    no: {smoke: no}",
            "    no: {}",
            "became.yaml:4: read 0 keys, expected one of 'item: answer', finding, all_of, any_of, "
            "count_of; join several with all_of or any_of",
        ),
        (
            "dropped: [colour]",
            "dropped: [color]",
            "became.yaml:20: read 'color', expected an older item, or item.option; "
            "did you mean 'colour'?",
        ),
        (
            "dropped: [colour]",
            "dropped: [colour, smoke]",
            "became.yaml:20: 'smoke' is named above too; expected one or the other",
        ),
        (
            "dropped: [colour]",
            "dropped: []",
            "became.yaml: nothing became of 'colour'; name it below 'items' or 'dropped'",
        ),
        (
            "  noise:\n    rattle: {rattles: yes}\n",
            "",
            "became.yaml: nothing became of 'rattles'; name it below 'items' or 'dropped'",
        ),
    ],
)
def test_a_slip_is_named_with_its_line(changed: Change, old: str, new: str, problem: str) -> None:
    found = changed(old, new)

    assert problem.replace("became.yaml: ", "became.yaml:1: ") in found, found


def test_an_option_of_a_list_that_is_used_may_not_fall_away(changed: Change) -> None:
    """Other options of the list are named, which says nothing of this one."""
    assert changed(
        "noisy: It is noisy\n", "noisy: It is noisy\n      leaking: It leaks\n", QUESTIONS
    ) == ["became.yaml:1: nothing became of 'troubles.leaking'; name it below 'items' or 'dropped'"]


def test_it_may_when_that_is_said(changed: Change) -> None:
    changed(
        "      noisy: It is noisy\n", "      noisy: It is\n      leaking: It leaks\n", QUESTIONS
    )

    assert changed("dropped: [colour]", "dropped: [colour, troubles.leaking]") == []


def test_a_number_in_another_unit_is_not_the_same_number(changed: Change) -> None:
    """Nor one that the present book does not take."""
    assert changed(
        "from: 0, to: 50, unit: years}", "from: 0, to: 600, unit: months}", QUESTIONS
    ) == [
        "became.yaml:11: 'years' takes 0 to 50 years, expected all that 'age_in_years' took: "
        "0 to 600 months"
    ]


def test_a_questionnaire_that_cannot_be_read_is_named_by_its_place(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "book")
    older = tmp_path / "book" / "older" / "0.0.0"
    (older / BECAME).unlink()
    shutil.copytree(older, older.with_name("0.0.0.1"))
    (older.with_name("0.0.0.1") / QUESTIONS).write_text("a: [", encoding="utf-8")
    book = load_rule_book(tmp_path / "book")

    with pytest.raises(BadInput) as refused:
        older_books(book)

    assert [problem.file for problem in refused.value.problems] == [
        "older/0.0.0.1/questionnaire/machine.yaml",
        "older/0.0.0/became.yaml",
    ]


def test_the_newest_comes_first(tmp_path: Path) -> None:
    """By numbers, and not by letters."""
    shutil.copytree(FOLDER, tmp_path / "book")
    older = tmp_path / "book" / "older" / "0.0.0"
    for version in ("0.0.10", "0.0.9"):
        shutil.copytree(older, older.with_name(version))

    versions = [one.version for one in older_books(load_rule_book(tmp_path / "book"))]

    assert versions == ["0.0.10", "0.0.9", "0.0.0"]


def test_a_book_without_older_ones(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "book", ignore=shutil.ignore_patterns("older"))

    assert older_books(load_rule_book(tmp_path / "book")) == ()
