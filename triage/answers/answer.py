"""One answer to one item: how it is read and written, and what it makes of a leaf.

What a choose-many item leaves open is said in two ways: `not_sure` leaves all that is not ticked
unknown, and a doubt about one option, asked by itself, leaves only that one unknown.

Not here: answers beside one another, and items that do not apply (`responses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from triage.book.conditions import AnswerLeaf, AtLeast, Includes, OneOf, Truth, UnsureOf
from triage.book.items import NONE, NOT_SURE, Item, NumberRange
from triage.problems import listed, nearest, plain, quoted

Answer: TypeAlias = str | float | frozenset[str]
"""A choose-one item's option, a choose-many item's options, or a number in the item's own unit.
A number item that offers it may hold `not_sure` instead.  Among a choose-many item's options stands
`in_doubt(option)` for each of which one is not sure by itself."""
TICKED = "ticked"
"""The key of the options that are ticked, beside `not_sure`, where an answer is written long."""
LONG_FORM = (TICKED, NOT_SURE)
_DOUBT = "?"

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
        return _read_option(item.options, value)
    if isinstance(value, dict):
        return _read_long(item, value)
    return _read_ticks(value, item.options)


def in_doubt(option: str) -> str:
    """What stands in an answer for an option of which one is not sure by itself."""
    return option + _DOUBT


def ticks_of(answer: frozenset[str]) -> frozenset[str]:
    """The options that are ticked, `not_sure` included."""
    return frozenset(option for option in answer if not option.endswith(_DOUBT))


def doubts_of(answer: frozenset[str]) -> frozenset[str]:
    """The options of which one is not sure by themselves."""
    return frozenset(option.removesuffix(_DOUBT) for option in answer if option.endswith(_DOUBT))


def is_blank(value: object) -> bool:
    """Whether what is written is no answer: nothing, no option, or a long form without one."""
    if isinstance(value, dict):
        return value.keys() <= set(LONG_FORM) and all(part in (None, []) for part in value.values())
    return value is None or value == []


def _read_ticks(value: object, offered: Iterable[str]) -> frozenset[str]:
    values = value if isinstance(value, list) else [value]
    ticked = frozenset(_read_option(offered, option) for option in values)
    if NONE in ticked and len(ticked) > 1:
        others = listed(sorted(ticked - {NONE}))
        raise NotAnAnswer(f"read '{NONE}' beside {others}, expected one or the other")
    return ticked


def _read_long(item: Item, value: dict[object, object]) -> frozenset[str]:
    """An answer that names the options of which one is not sure: `{ticked: [], not_sure: []}`."""
    keys = LONG_FORM if item.doubtful else (TICKED,)
    for key in value:
        if key not in keys:
            near = nearest(key, keys) if isinstance(key, str) else ""
            raise NotAnAnswer(f"read the key {quoted(key)}, expected {listed(keys)}{near}")
    ticked = _below(value, TICKED, [o for o in item.options if o != NOT_SURE])
    doubts = _below(value, NOT_SURE, item.doubtful)
    if not ticked | doubts:
        raise NotAnAnswer(f"read no option, expected some below {listed(keys)}")
    if both := sorted(ticked & doubts):
        expected = f"expected it below '{TICKED}' or below '{NOT_SURE}'"
        raise NotAnAnswer(f"read {' and '.join(map(quoted, both))} twice, {expected}")
    # "None of these" is not known of what is in doubt.
    return (ticked - {NONE} if doubts else ticked) | frozenset(map(in_doubt, doubts))


def _below(value: dict[object, object], key: str, offered: Iterable[str]) -> frozenset[str]:
    """The options that stand below one key of a long answer."""
    options = value.get(key)
    if not isinstance(options, list | None):
        raise NotAnAnswer(f"{key}: read {quoted(options)}, expected a list of options")
    try:
        return _read_ticks(options or [], offered)
    except NotAnAnswer as error:
        raise NotAnAnswer(f"{key}: {error}") from None


def _read_option(offered: Iterable[str], value: object) -> str:
    if not isinstance(value, str) or value not in offered:
        near = nearest(value, offered) if isinstance(value, str) else ""
        raise NotAnAnswer(f"read {quoted(value)}, expected {listed(offered)}{near}")
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
        doubts = (f"{NOT_SURE} {option}" for option in sorted(doubts_of(answer)))
        return ", ".join([*sorted(ticks_of(answer)), *doubts])
    return answer if isinstance(answer, str) else plain(answer)


def as_written(answer: Answer) -> object:
    """An answer as plain values for YAML or JSON, in the shortest form that means the same."""
    if isinstance(answer, frozenset):
        ticked, doubts = sorted(ticks_of(answer)), sorted(doubts_of(answer))
        if not doubts:
            return ticked
        return {TICKED: ticked, NOT_SURE: doubts} if ticked else {NOT_SURE: doubts}
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
        if NOT_SURE in answer:
            return None
        return None if _doubted(answer, leaf.options) else False
    if isinstance(leaf, UnsureOf):
        assert isinstance(answer, frozenset)
        if any(in_doubt(option) in answer for option in leaf.options):
            return True
        return None if NOT_SURE in answer and not answer >= set(leaf.options) else False
    if isinstance(answer, str | frozenset):
        return None
    return answer >= leaf.number if isinstance(leaf, AtLeast) else answer <= leaf.number


def _doubted(answer: frozenset[str], options: Iterable[str]) -> bool:
    """Whether one of some options that are not ticked is in doubt: "none" too, beside no tick."""
    if any(in_doubt(option) in answer for option in options):
        return True
    return NONE in options and not ticks_of(answer)
