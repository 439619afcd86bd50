"""The answers of a whole form, checked: each by itself, and all beside one another.

An answer to an item that the other answers rule out is a contradiction.  A form with one, or with
an answer that cannot be taken, is refused; what could be used is kept.

Not here: reading one answer (`answer`), files (`intake`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from triage.answers.answer import (
    TICKED,
    Answer,
    NotAnAnswer,
    in_doubt,
    is_blank,
    read_answer,
    spelled,
)
from triage.answers.responses import Responses
from triage.book.conditions import items_of
from triage.book.items import NOT_SURE, Item
from triage.problems import BadInput, Problem, nearest, quoted


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
        given: item id to what was written: a word, a list of words, lists of words below `ticked`
            and `not_sure`, a number, a number with a unit as text ("5 miles"), or nothing (`None`
            or no words: no answer).
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
        elif not is_blank(value):
            try:
                answers[name] = read_answer(items[name], value)
            except NotAnAnswer as error:
                problems.append(locate(name, f"item '{name}': {error}"))
    return answers, problems


def _ticks_of_refused(
    items: Mapping[str, Item], given: Mapping[str, object], taken: Mapping[str, Answer]
) -> dict[str, Answer]:
    """What can be read of checklists that were refused: the known ticks, the others unknown."""
    ticks: dict[str, Answer] = {}
    for name, value in given.items():
        item = items.get(name)
        if item is None or item.kind != "many" or name in taken:
            continue
        written = value if isinstance(value, dict) else {TICKED: value}
        ticked = _known(item, written.get(TICKED))
        doubts = _known(item, written.get(NOT_SURE)) - ticked if NOT_SURE in item.options else ()
        if ticked or doubts or NOT_SURE in _strings(written.get(TICKED)):
            ticks[name] = ticked.union(map(in_doubt, doubts), [NOT_SURE])
    return ticks


def _known(item: Item, value: object) -> frozenset[str]:
    """The options that a list names, and say that something is there."""
    return _strings(value) & frozenset(item.signs)


def _strings(value: object) -> frozenset[str]:
    written = value if isinstance(value, list) else []
    return frozenset(one for one in written if isinstance(one, str))


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
