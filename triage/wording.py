"""Answers, and what is asked about them, in words."""

from __future__ import annotations

import datetime
import re

from triage.responses import Answer, plain
from triage.rulebook import ENGLISH, Item, NumberRange

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


def answer_in_words(item: Item, answer: Answer) -> str:
    """An answer as the questionnaire words it: option texts, or a number with its unit."""
    if isinstance(answer, frozenset):
        return "; ".join(item.options[option] for option in item.options if option in answer)
    if isinstance(answer, str):
        return item.options[answer]
    assert item.number is not None
    return _number_in_words(item.number, answer)


def _number_in_words(allowed: NumberRange, number: float) -> str:
    """In the first unit that makes it a whole number, so that 3 days are not 0.4286 weeks."""
    for unit, factor in allowed.units.items():
        count = round(number / factor)
        if count >= 1 and abs(number / factor - count) < NEARLY_WHOLE:
            return f"{count} {allowed.unit_in_words(unit)}"
    return f"{plain(number)} {allowed.unit_in_words(allowed.unit)}"


def options_in_words(item: Item, options: tuple[str, ...]) -> str:
    """Some options of an item, each in quotation marks, joined by "or"."""
    return " or ".join(
        f"\N{LEFT DOUBLE QUOTATION MARK}{item.options[option]}\N{RIGHT DOUBLE QUOTATION MARK}"
        for option in options
    )


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
