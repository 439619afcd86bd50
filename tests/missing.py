"""Which items a row must call missing, said a second time: from the specification alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tests import specification
from triage.book.conditions import Absent, Condition, Present, leaves
from triage.book.rulebook import RuleBook


def missing(book: RuleBook, answers: Mapping[str, Any], states: Mapping[str, bool | None]) -> str:
    """The items without a clear answer that an undecided finding with a level rests on.

    Args:
        states: each finding, as the specification has it from these answers.
    """
    undecided = [f.id for f in book.findings.values() if f.level and states[f.id] is None]
    behind = {item for finding in undecided for item in _behind(book, finding)}
    return "; ".join(
        item
        for item in book.items
        if item in behind
        and specification.applies(book, answers, item) != specification.NO
        and _unclear(book, item, answers.get(item))
    )


def _unclear(book: RuleBook, item: str, answer: Any) -> bool:
    kind = book.items[item].kind
    return (
        answer is None
        or (kind == "many" and ("not_sure" in answer or any(named[-1] == "?" for named in answer)))
        or (kind == "number" and answer == "not_sure")
    )


@lru_cache(maxsize=1_000)  # the same for every form
def _behind(book: RuleBook, finding: str) -> frozenset[str]:
    rules = book.findings[finding].rules
    return frozenset(item for rule in rules for item in _named(book, rule.condition))


def _named(book: RuleBook, condition: Condition) -> Iterator[str]:
    for leaf in leaves(condition):
        if isinstance(leaf, Present | Absent):
            yield from _behind(book, leaf.finding)
            continue
        yield leaf.item
        gate = book.items[leaf.item].ask_if
        if gate is not None:
            yield from _named(book, gate)
