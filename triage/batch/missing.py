"""Which answers could still change how urgent a form is."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from triage.answers.table import option_column
from triage.batch.levels import asking, open_column
from triage.book.conditions import Condition, findings_of, items_of
from triage.book.items import Item
from triage.book.rulebook import RuleBook
from triage.engines.answer_columns import shut_column, silence_column
from triage.engines.expressions import Layer, any_of


def missing(book: RuleBook) -> Layer:
    """Each item that an undecided finding with a level rests on, and whether it is unclear."""
    behind = _items_behind(book)
    resting: dict[str, list[str]] = {}
    for finding in asking(book):
        for name in behind[finding.id]:
            resting.setdefault(name, []).append(open_column(finding.id))
    return {
        item.id: _unclear(item) & any_of(nw.col(column) for column in resting[item.id])
        for item in book.items.values()
        if item.id in resting
    }


def _items_behind(book: RuleBook) -> Mapping[str, frozenset[str]]:
    """Every finding and the items that it rests on, through other findings and `ask_if` too."""
    behind: dict[str, frozenset[str]] = {}

    def of(condition: Condition) -> frozenset[str]:
        items = set(items_of(condition))
        for name in tuple(items):
            gate = book.items[name].ask_if
            if gate is not None:
                items |= of(gate)
        return frozenset(items).union(*(behind[name] for name in findings_of(condition)))

    for finding in book.findings.values():  # in the order of strata
        behind[finding.id] = frozenset().union(*(of(rule.condition) for rule in finding.rules))
    return behind


def _unclear(item: Item) -> nw.Expr:
    """Whether an item that applies, or may, has no answer or one that decides nothing."""
    answer = silence_column(item.id) if item.kind == "many" else item.id
    doubts = (option_column(item.id, option) for option in item.doubtful)
    unclear = any_of(nw.col(column).is_null() for column in (answer, *doubts))
    return unclear if item.ask_if is None else unclear & ~nw.col(shut_column(item.id))
