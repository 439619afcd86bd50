"""One answer to one item: how it is read and written, and what it makes of a leaf.

Not here: answers beside one another, and items that do not apply (`responses`).
"""

from __future__ import annotations

import re
from typing import TypeAlias

from triage.book.conditions import AnswerLeaf, AtLeast, Includes, OneOf, Truth
from triage.book.items import NONE, NOT_SURE, Item, NumberRange
from triage.problems import listed, nearest, plain, quoted

Answer: TypeAlias = str | float | frozenset[str]
"""A choose-one item's option, a choose-many item's options, or a number in the item's own unit.
A number item that offers it may hold `not_sure` instead."""

_WITH_UNIT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*([^\W\d].*)")
OFF_STEP = 1e-6
"""How far from a whole number of steps a number may be, for want of exact fractions."""


class NotAnAnswer(Exception):
    """What was written or typed cannot be taken as an answer to its item; says so to people.

    Not here: a whole form of which some answers cannot be taken (`reading.AnswersRefused`).
    """


def read_answer(item: Item, value: object) -> Answer:
    """One answer as written, checked against its item.

    Raises:
        NotAnAnswer: saying what was read, what was expected and the nearest known name.
    """
    if item.kind == "number":
        assert item.number is not None
        return _read_number(item, item.number, value)
    if item.kind == "one":
        if not isinstance(value, str):
            given = "several answers" if isinstance(value, list) else quoted(value)
            raise NotAnAnswer(f"read {given}, expected one of {listed(item.options)}")
        return _read_option(item, value)
    values = value if isinstance(value, list) else [value]
    ticked = frozenset(_read_option(item, option) for option in values)
    if NONE in ticked and len(ticked) > 1:
        others = listed(sorted(ticked - {NONE}))
        raise NotAnAnswer(f"read '{NONE}' beside {others}, expected one or the other")
    return ticked


def _read_option(item: Item, value: object) -> str:
    if not isinstance(value, str) or value not in item.options:
        near = nearest(value, item.options) if isinstance(value, str) else ""
        raise NotAnAnswer(f"read {quoted(value)}, expected {listed(item.options)}{near}")
    return value


def _read_number(item: Item, allowed: NumberRange, value: object) -> Answer:
    if value == NOT_SURE and NOT_SURE in item.options:
        return NOT_SURE
    expected = f"expected a number from {plain(allowed.low)} to {plain(allowed.high)}"
    expected += f" ({listed(map(allowed.unit_in_words, allowed.units))})"
    if NOT_SURE in item.options:
        expected += f" or {NOT_SURE}"
    number = value
    if isinstance(value, str) and (found := _WITH_UNIT.fullmatch(value.strip())):
        factors = _factors(allowed)
        factor = {name.lower(): each for name, each in factors.items()}.get(found[2].lower())
        if factor is None:
            raise NotAnAnswer(f"read {quoted(value)}, {expected}{nearest(found[2], factors)}")
        # Rounded, so that 7 days are one week and not 0.9999.
        number = round(float(found[1]) * factor, 4)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise NotAnAnswer(f"read {quoted(value)}, {expected}")
    if not allowed.low <= number <= allowed.high:  # which "not a number" fails too
        raise NotAnAnswer(f"read {quoted(value)}, {expected}")
    # Rules may speak of 17 and of 18: nobody may fall between them.
    steps = number / allowed.step
    if not allowed.other_units and abs(steps - round(steps)) > OFF_STEP:
        raise NotAnAnswer(f"read {quoted(value)}, {expected}, in steps of {plain(allowed.step)}")
    return float(number)


def _factors(allowed: NumberRange) -> dict[str, float]:
    """How much each unit is, by its name, which holds in any language, and as people read it."""
    return {
        name: each
        for unit, each in allowed.units.items()
        for name in (allowed.unit_in_words(unit), allowed.unit_in_words(unit, 1), unit)
    }


def spelled(answer: Answer) -> str:
    """An answer as a file would hold it, on one line."""
    if isinstance(answer, frozenset):
        return ", ".join(sorted(answer))
    return answer if isinstance(answer, str) else plain(answer)


def as_written(answer: Answer) -> object:
    """An answer as plain values for YAML or JSON."""
    if isinstance(answer, frozenset):
        return sorted(answer)
    if isinstance(answer, float) and answer.is_integer():
        return int(answer)
    return answer


def meaning(leaf: AnswerLeaf, answer: Answer | None) -> Truth:
    """What an answer to an item that applies makes of a leaf; `None` is no answer."""
    if answer is None:
        return None
    # Not by `match`, which takes twice as long: this is asked hundreds of times a form.
    if isinstance(leaf, OneOf):
        return answer in leaf.options
    if isinstance(leaf, Includes):
        assert isinstance(answer, frozenset)
        if not answer.isdisjoint(leaf.options):
            return True
        return None if NOT_SURE in answer else False
    if isinstance(answer, str | frozenset):
        return None
    return answer >= leaf.number if isinstance(leaf, AtLeast) else answer <= leaf.number
