"""Whether some set of answers makes a condition yes: a search, stopped at the first such set.

Used by `lint` to name rules that can never fire.

Not here: a proof over all answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import TypeAlias

from triage.book.conditions import (
    Absent,
    AllOf,
    AnswerLeaf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    Present,
    UnsureOf,
    needed,
)
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook

MOST_STEPS = 200_000
"""A search that takes more is given up; the rule then counts as reachable."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is left to choose for one item."""

    options: frozenset[str]
    """Of a choose-one item: what may still be answered; of a choose-many: what may be ticked."""
    ticked: frozenset[str]
    doubted: frozenset[str]
    """Of a choose-many item: of which options one must not be sure by themselves."""
    certain: frozenset[str]
    """Of which one must not be unsure."""
    low: float
    high: float

    def possible(self, item: Item) -> bool:
        """Whether some answer is left."""
        if item.kind == "number":
            return self.low <= self.high
        if item.kind == "one":
            return bool(self.options)
        alone = NONE not in self.ticked or len(self.ticked) + len(self.doubted) == 1
        doubts = self.doubted <= self.options - self.ticked - self.certain
        return self.ticked <= self.options and alone and doubts and bool(self.options)


Store: TypeAlias = Mapping[str, Narrowed | None]
"""Item id to what is left of it; `None` where the item must not apply."""
Goal: TypeAlias = tuple[Condition, bool]


class _GaveUp(Exception):
    """The search took too many steps."""


class Search:
    """Searches one book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._steps = 0

    def can_be(self, condition: Condition, verdict: bool) -> bool:
        """Whether some answers give a condition this verdict, as far as the search goes."""
        self._steps = 0
        try:
            found = next(self._solve(((condition, verdict),), MappingProxyType({})), None)
        except _GaveUp:
            return True
        return found is not None

    def _solve(self, goals: tuple[Goal, ...], store: Store) -> Iterator[Store]:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise _GaveUp
        if not goals:
            yield store
            return
        (condition, verdict), *others = goals
        rest = tuple(others)
        match condition:
            case AllOf(parts) | AnyOf(parts) | CountOf(_, parts):
                for some in combinations(parts, needed(condition, verdict)):
                    yield from self._solve((*((part, verdict) for part in some), *rest), store)
            case Absent(finding):
                yield from self._solve(((Present(finding), not verdict), *rest), store)
            case Present(finding):
                rules = [rule.condition for rule in self.book.findings[finding].rules]
                if verdict:
                    for rule in rules:
                        yield from self._solve(((rule, True), *rest), store)
                else:
                    yield from self._solve((*((rule, False) for rule in rules), *rest), store)
            case _:
                yield from self._answer(condition, verdict, rest, store)

    def _answer(
        self, leaf: AnswerLeaf, verdict: bool, rest: tuple[Goal, ...], store: Store
    ) -> Iterator[Store]:
        item = self.book.items[leaf.item]
        left = store.get(item.id, _everything(item))
        if left is not None:
            narrowed = _narrow(left, leaf, verdict, item)
            if narrowed.possible(item):
                gate: tuple[Goal, ...] = ((item.ask_if, True),) if item.ask_if else ()
                fresh = gate if item.id not in store else ()
                yield from self._solve((*fresh, *rest), {**store, item.id: narrowed})
        if not verdict and item.ask_if and (left is None or item.id not in store):
            yield from self._solve(((item.ask_if, False), *rest), {**store, item.id: None})


def _everything(item: Item) -> Narrowed:
    options = frozenset(item.options)
    if item.kind == "many":
        options -= {NOT_SURE}
    low, high = (item.number.low, item.number.high) if item.number else (0.0, 0.0)
    return Narrowed(options, frozenset(), frozenset(), frozenset(), low, high)


def _narrow(left: Narrowed, leaf: AnswerLeaf, verdict: bool, item: Item) -> Narrowed:
    step = item.number.step if item.number else 0.0
    low, high = left.low, left.high
    match leaf, verdict:
        case (OneOf(_, options), True):
            return replace(left, options=left.options & set(options))
        case (Includes(_, options), True):
            # Which of several is ticked matters little: the first still free.
            free = [option for option in options if option in left.options - left.doubted]
            return replace(left, ticked=left.ticked | set(free[:1] or options[:1]))
        case (UnsureOf(_, options), True):
            open_ = left.options - left.ticked - left.certain
            free = [option for option in options if option in open_]
            return replace(left, doubted=left.doubted | set(free[:1] or options[:1]))
        case (UnsureOf(_, options), False):
            return replace(left, certain=left.certain | set(options))
        case (OneOf(_, options) | Includes(_, options), False):
            return replace(left, options=left.options - set(options))
        case (AtLeast(_, number), True):
            low = max(low, number)
        case (AtLeast(_, number), False):
            high = min(high, number - step)
        case (AtMost(_, number), True):
            high = min(high, number)
        case (AtMost(_, number), False):
            low = max(low, number + step)
    return replace(left, low=low, high=high)
