"""A person's answers, checked against the questionnaire, and the truth they give a leaf.

Nothing is concluded from silence: an item without an answer leaves its leaves unknown.
An item whose `ask_if` is no does not apply, and every leaf about it is no.

Not here: files (`intake`), findings (`engines`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from triage.book.conditions import (
    FINDING_LEAVES,
    AnswerLeaf,
    AtLeast,
    Includes,
    Leaf,
    OneOf,
    Truth,
    items_of,
    judge,
)
from triage.book.items import NONE, NOT_SURE, Item, NumberRange
from triage.problems import BadInput, Problem, listed, nearest, plain, quoted

Answer: TypeAlias = str | float | frozenset[str]
"""A choose-one item's option, a choose-many item's options, or a number in the item's own unit.
A number item that offers it may hold `not_sure` instead."""

_WITH_UNIT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*([^\W\d].*)")


OFF_STEP = 1e-6
"""How far from a whole number of steps a number may be, for want of exact fractions."""


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


class Responses:
    """Answers that were checked: each of an item that exists, of its type and in its range.

    Build them with `read`, or grow them with `with_answer`.  Values, never changed.
    """

    def __init__(self, items: Mapping[str, Item], answers: Mapping[str, Answer]) -> None:
        self.items = items
        self.answers: Mapping[str, Answer] = MappingProxyType(
            {item: answers[item] for item in items if item in answers}
        )
        self._applies: dict[str, Truth] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Responses) and self.answers == other.answers

    def __hash__(self) -> int:
        return hash(frozenset(self.answers.items()))

    def applies(self, item: str) -> Truth:
        """Whether an item applies, given the answers to the items that its `ask_if` names."""
        if item not in self._applies:
            gate = self.items[item].ask_if
            self._applies[item] = True if gate is None else judge(gate, self.truth)
        return self._applies[item]

    def truth(self, leaf: Leaf) -> Truth:
        """What the answers make of a leaf about an answer.

        Where it is unknown whether the item applies, an answer that was given stands.
        """
        assert not isinstance(leaf, FINDING_LEAVES), "an answer decides no finding"
        if self.applies(leaf.item) is False:
            return False
        return meaning(leaf, self.answers.get(leaf.item))

    def unanswered(self) -> tuple[str, ...]:
        """The items that apply, or may apply, and hold no answer, in the order of asking."""
        return tuple(
            item
            for item in self.items
            if item not in self.answers and self.applies(item) is not False
        )

    def with_answer(self, item: str, answer: Answer | None) -> Responses:
        """These responses with one answer given, or taken back where `answer` is `None`.

        Answers to items that no longer apply are dropped with it.
        """
        answers = {key: value for key, value in self.answers.items() if key != item}
        if answer is not None:
            answers[item] = answer
        changed = Responses(self.items, answers)
        return changed.only(key for key in answers if changed.applies(key) is not False)

    def only(self, kept: Iterable[str]) -> Responses:
        """These responses with the answers to some items only."""
        wanted = set(kept)
        return Responses(self.items, {k: v for k, v in self.answers.items() if k in wanted})

    def assuming(self, assumed: Responses) -> Responses:
        """These responses with gaps filled from others, item by item in the order of asking.

        An assumed answer is used only where the item applies, holds no answer, and no answer that
        was given would then cease to apply.  On a choose-many item that was answered with ticks
        and "not sure", assuming takes "not sure" away: what was not ticked is then no.  A plain
        "not sure" was an answer, and stays.
        """
        filled = self
        for item, answer in assumed.answers.items():
            given = self.answers.get(item)
            if given is None:
                if filled.applies(item) is False:
                    continue
            elif isinstance(given, frozenset) and NOT_SURE in given and len(given) > 1:
                answer = given - {NOT_SURE}
            else:
                continue
            more = Responses(self.items, {**filled.answers, item: answer})
            if all(more.applies(name) is not False for name in more.answers):
                filled = more
        return filled


class AnswersRefused(BadInput):
    """Some answers cannot be taken.

    Attributes:
        usable: responses made of the answers that can, so that a red flag among them is seen.
            Where one answer contradicts another, there are two: each without one side.
    """

    def __init__(self, problems: Iterable[Problem], usable: tuple[Responses, ...]) -> None:
        super().__init__(problems)
        self.usable = usable


Locate: TypeAlias = Callable[[str, str], Problem]
"""Makes a problem of an item's id and a message."""


def read(items: Mapping[str, Item], given: Mapping[str, object], locate: Locate) -> Responses:
    """Check the answers of one form.

    Args:
        items: the questionnaire.
        given: item id to what was written: a word, a list of words, a number, a number with a
            unit as text ("5 miles"), or nothing (`None` or an empty list: no answer).
        locate: makes a problem of an item and a message, with the place it stands at.

    Raises:
        AnswersRefused: with every problem found, and what could be used.
    """
    answers, problems = _checked(items, given, locate)
    responses = Responses(items, answers)
    stray = [item for item in answers if responses.applies(item) is False]
    problems += [locate(item, _contradiction(responses, item)) for item in stray]
    if not problems:
        return responses
    answers |= _ticks_of_refused(items, given, answers)
    usable = [Responses(items, {k: v for k, v in answers.items() if k not in stray})]
    if stray:
        gates = {gate for item in stray for gate in _gates(items, item)}
        usable.append(Responses(items, {k: v for k, v in answers.items() if k not in gates}))
    raise AnswersRefused(problems, tuple(usable))


def read_assumed(
    items: Mapping[str, Item], given: Mapping[str, object], locate: Locate
) -> Responses:
    """Check answers that fill the gaps of many forms, for `Responses.assuming`.

    They may answer items that do not apply beside one another: each is used only where it applies.

    Raises:
        BadInput: an answer is to no item, of the wrong type or out of range.
    """
    answers, problems = _checked(items, given, locate)
    if problems:
        raise BadInput(problems)
    return Responses(items, answers)


def _checked(
    items: Mapping[str, Item], given: Mapping[str, object], locate: Locate
) -> tuple[dict[str, Answer], list[Problem]]:
    """Each answer by itself: those that can be taken, and what is wrong with the others."""
    problems: list[Problem] = []
    answers: dict[str, Answer] = {}
    for name, value in given.items():
        if name not in items:
            message = f"no item called {quoted(name)}{nearest(name, items)}"
            problems.append(locate(name, message))
        elif value is not None and value != []:
            try:
                answers[name] = read_answer(items[name], value)
            except ValueError as error:
                problems.append(locate(name, f"item '{name}': {error}"))
    return answers, problems


def _ticks_of_refused(
    items: Mapping[str, Item], given: Mapping[str, object], taken: Mapping[str, Answer]
) -> dict[str, Answer]:
    """What can be read of checklists that were refused: the known ticks, the others unknown."""
    ticks: dict[str, Answer] = {}
    for name, value in given.items():
        item = items.get(name)
        if item is None or item.kind != "many" or name in taken or not isinstance(value, list):
            continue
        known = {option for option in value if isinstance(option, str) and option in item.options}
        if known - {NONE}:
            ticks[name] = frozenset(known - {NONE} | {NOT_SURE})
    return ticks


def _gates(items: Mapping[str, Item], item: str) -> set[str]:
    """The items that an item's `ask_if` names, and theirs in turn."""
    gate = items[item].ask_if
    named = set(items_of(gate)) if gate is not None else set()
    return named.union(*(_gates(items, name) for name in named))


def _contradiction(responses: Responses, item: str) -> str:
    gate = responses.items[item].ask_if
    assert gate is not None
    given = [name for name in dict.fromkeys(items_of(gate)) if name in responses.answers]
    because = " and ".join(f"'{name}: {spelled(responses.answers[name])}'" for name in given)
    return (
        f"item '{item}': read {quoted(spelled(responses.answers[item]))}, expected no answer, "
        f"for it does not apply beside {because or 'the other answers'}"
    )


def read_answer(item: Item, value: object) -> Answer:
    """One answer as written, checked against its item.

    Raises:
        ValueError: saying what was read, what was expected and the nearest known name.
    """
    if item.kind == "number":
        assert item.number is not None
        return _read_number(item, item.number, value)
    if item.kind == "one":
        if not isinstance(value, str):
            given = "several answers" if isinstance(value, list) else quoted(value)
            raise ValueError(f"read {given}, expected one of {listed(item.options)}")
        return _read_option(item, value)
    values = value if isinstance(value, list) else [value]
    ticked = frozenset(_read_option(item, option) for option in values)
    if NONE in ticked and len(ticked) > 1:
        others = listed(sorted(ticked - {NONE}))
        raise ValueError(f"read '{NONE}' beside {others}, expected one or the other")
    return ticked


def _read_option(item: Item, value: object) -> str:
    if not isinstance(value, str) or value not in item.options:
        near = nearest(value, item.options) if isinstance(value, str) else ""
        raise ValueError(f"read {quoted(value)}, expected {listed(item.options)}{near}")
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
            raise ValueError(f"read {quoted(value)}, {expected}{nearest(found[2], factors)}")
        # Rounded, so that 7 days are one week and not 0.9999.
        number = round(float(found[1]) * factor, 4)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError(f"read {quoted(value)}, {expected}")
    if not allowed.low <= number <= allowed.high:  # which "not a number" fails too
        raise ValueError(f"read {quoted(value)}, {expected}")
    # Rules may speak of 17 and of 18: nobody may fall between them.
    steps = number / allowed.step
    if not allowed.other_units and abs(steps - round(steps)) > OFF_STEP:
        raise ValueError(f"read {quoted(value)}, {expected}, in steps of {plain(allowed.step)}")
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
