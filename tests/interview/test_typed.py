"""What a typed letter means, in every language that there is."""

from __future__ import annotations

import pytest

from tests.small import BOOK
from triage.book.items import Item
from triage.interview.typed import Keys, answers_of
from triage.languages.catalogue import available
from triage.languages.words import TERMINAL, words
from triage.resources import reports_folder

LANGUAGES = available(reports_folder())
NUMBER = next(i for i in BOOK.items.values() if i.kind == "number" and "not_sure" in i.options)
YES_NO = next(i for i in BOOK.items.values() if {"yes", "no"} <= i.options.keys())
ITEMS = [None, NUMBER, YES_NO]


@pytest.mark.parametrize("item", ITEMS, ids=["no question", "a number", "yes or no"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_that_is_shown_means_what_it_says(language: str, item: Item | None) -> None:
    """No command and no answer of one question share a letter."""
    keys = Keys(words(language, TERMINAL))
    names = [*words(language, TERMINAL).choices("commands"), *answers_of(item)]
    assert names == [keys.meaning(keys.letter(name), item) for name in names]
    assert {1} == {len(keys.letter(name)) for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_letters_work_wherever_they_are_free(language: str) -> None:
    """A letter of the language itself goes before one of English."""
    keys, own = Keys(words(language, TERMINAL)), words(language, TERMINAL)
    taken = {text.split()[0] for text in own.choices("commands").values()}
    for name, text in words(template=TERMINAL).choices("commands").items():
        letter = text.split()[0]
        assert name == keys.meaning(letter) or letter in taken


@pytest.mark.parametrize(
    ("typed", "item", "expected"),
    [
        ("s", None, "skip"),
        ("s", NUMBER, "skip"),
        ("s", YES_NO, "yes"),
        ("y", YES_NO, "yes"),
        ("y", NUMBER, None),
        ("n", NUMBER, "not_sure"),
        ("n", YES_NO, "no"),
        ("n", None, None),
        (" VOLVER ", None, "back"),
        ("help", None, "help"),
        ("3", YES_NO, None),
        ("", None, None),
    ],
)
def test_what_is_typed_in_spanish(typed: str, item: Item | None, expected: str | None) -> None:
    """An answer only where it is offered; words as well as letters."""
    assert expected == Keys(words("es", TERMINAL)).meaning(typed, item)


def test_a_question_whose_no_is_missing_has_no_letters() -> None:
    """Half a choice is none."""
    choices = [item for item in BOOK.items.values() if item.kind == "one"]
    for item in choices:
        assert bool(answers_of(item)) is ({"yes", "no"} <= item.options.keys())
