"""What a draft says of a column's cells: enough to map it, and nothing that may name a person."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.shipped import BOOK
from triage.intake.values import MOST_SHOWN, Values, about_a_person

VALUES = Values(BOOK)


def of(column: str, *texts: str) -> str:
    return VALUES.of(column, Counter(texts))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "no cell is filled"),
        (["Yes", "No", "No"], '"No" 2, "Yes" 1'),
        (["antalgic", "normal"], '"antalgic" 1, "normal" 1'),
        (["2026-01-02", "03/04/2026 10:00"], "dates or times"),
        ([str(n) for n in range(10)], "numbers from 0 to 9"),
        ([*"0123456789", "n/a"], 'numbers from 0 to 9, "n/a" 1'),
        (["104233", "104234"], "2 different texts, not shown"),
        (["Ann Lee", "Ann Lee"], "1 different text, not shown"),
        (["Jones", "No", "No"], '"No" 2, and 1 not shown'),
        (["a@b.org"], "1 different text, not shown"),
        (["it hurts when I walk home from the shop on the corner"], "1 different text, not shown"),
    ],
)
def test_what_is_said(texts: list[str], said: str) -> None:
    assert said == of("Gait", *texts)


def test_of_many_texts_those_alone_are_shown_that_come_again() -> None:
    texts = ["ab"[n % 2] + "xyz" * n for n in range(1, MOST_SHOWN + 2)]
    assert f"{MOST_SHOWN + 1} different texts, not shown" == of("Gait", *texts)
    assert f'"limping" 2, and {MOST_SHOWN + 1} not shown' == of(
        "Gait", *texts, "limping", "limping"
    )
    names = ["Ann", "Ann", "Lee", "Lee"]
    assert f"{MOST_SHOWN + 3} different texts, not shown" == of("Gait", *texts, *names)


def test_several_answers_in_a_cell_are_counted_apart() -> None:
    places = ["hip", "knee", "back", "foot"]
    both = [f"{one}{joint}{other}" for one in places for other in places for joint in ("; ", "/")]
    assert '"hip" 14, "knee" 14, "back" 14, "foot" 14' == of("Site", *both)


def test_spellings_that_differ_in_case_are_one() -> None:
    assert '"yes" 4, "no" 1' == of("Gait", "yes", "yes", "Yes", "YES", "no")


@pytest.mark.parametrize(
    "column",
    [
        "Name",
        "patient_name",
        "firstName",
        "Seen by",
        "E-mail",
        "DOB",
        "Date of birth",
        "GP",
        "Notes",
    ],
)
def test_columns_about_a_person_show_nothing(column: str) -> None:
    assert about_a_person(column)
    assert "2 different texts, not shown" == of(column, "ann", "bob")


@pytest.mark.parametrize("column", ["Gait", "Pain today", "Bypass", "Identical twin"])
def test_other_columns_are_not_about_a_person(column: str) -> None:
    assert not about_a_person(column)
