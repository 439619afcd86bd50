"""Answers, and what is asked about them, in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from triage.answers.answer import Answer, in_doubt
from triage.book.items import NOT_SURE, Item, NumberRange
from triage.book.rulebook import ENGLISH
from triage.problems import plain

NEARLY_WHOLE = 0.001
"""How far from a whole number rounding may have taken a number given in another unit."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def answer_in_words(item: Item, answer: Answer, language: str = ENGLISH) -> str:
    """An answer as the questionnaire words it: option texts, or a number with its unit."""
    if isinstance(answer, frozenset):
        ticked = (text for option, text in item.options.items() if option in answer)
        return "; ".join([*ticked, *doubts_in_words(item, answer)])
    if isinstance(answer, str):
        return item.options[answer]
    assert item.number is not None
    return amount_in_words(item.number, *_in_whole_units(item.number, answer), language)


def doubts_in_words(item: Item, answer: frozenset[str]) -> Iterator[str]:
    """Each option of which one is not sure by itself, with the question's own words for that."""
    for option, text in item.options.items():
        if in_doubt(option) in answer:
            yield f"{text}: {item.options[NOT_SURE]}"


def _in_whole_units(allowed: NumberRange, number: float) -> tuple[float, str]:
    """In the first unit that makes it a whole number, so that 3 days are not 0.4286 weeks."""
    for unit, factor in allowed.units.items():
        count = round(number / factor)
        if count >= 1 and abs(number / factor - count) < NEARLY_WHOLE:
            return float(count), unit
    return number, allowed.unit


def amount_in_words(allowed: NumberRange, number: float, unit: str, language: str = ENGLISH) -> str:
    """A number with its unit, both as people read them."""
    return f"{number_in_words(number, language)} {allowed.unit_in_words(unit, number)}"


def number_in_words(number: float, language: str = ENGLISH) -> str:
    """A number without a needless fraction, with the decimal sign of a language: `3`, `0,5`."""
    if language == ENGLISH or number.is_integer():
        return plain(number)
    from babel.numbers import format_decimal

    return format_decimal(number, "0.####", locale=language)


def date_in_words(day: datetime.date, language: str = ENGLISH) -> str:
    """A day that cannot be misread in any country: `6 December 2026`, `6 de diciembre de 2026`.

    The surroundings of the program do not count.
    """
    if language == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


def first_sentence(text: str) -> str:
    """A text up to its first full stop, question mark or exclamation mark before a space."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
