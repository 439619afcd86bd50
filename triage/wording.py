"""Answers, and what is asked about them, in words."""

from __future__ import annotations

import datetime

from triage.responses import Answer, plain
from triage.rulebook import Item


def answer_in_words(item: Item, answer: Answer) -> str:
    """An answer as the questionnaire words it: option texts, or a number with its unit."""
    if isinstance(answer, frozenset):
        return "; ".join(item.options[option] for option in item.options if option in answer)
    if isinstance(answer, str):
        return item.options[answer]
    assert item.number is not None
    return f"{plain(answer)} {item.number.unit}"


def options_in_words(item: Item, options: tuple[str, ...]) -> str:
    """Some options of an item, each in quotation marks, joined by "or"."""
    return " or ".join(
        f"\N{LEFT DOUBLE QUOTATION MARK}{item.options[option]}\N{RIGHT DOUBLE QUOTATION MARK}"
        for option in options
    )


MONTHS = (
    "January February March April May June July August September October November December"
).split()


def date_in_words(day: datetime.date) -> str:
    """A day that cannot be misread in any country: `6 December 2026`, whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
