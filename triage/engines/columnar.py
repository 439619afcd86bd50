"""Many people at once: the rule book as column expressions.

The book is compiled through `narwhals`, so that one fold over its conditions serves Polars, DuckDB
and Spark, lazily.  What a layer of columns concludes, the next one reads: first the answers, then
each stratum of rules.

A frame is a table of forms (`answers.table`).  An answer that cannot be taken, or that is given to
an item that does not apply, is named in the row, and the row is judged without it.

Not here: files (`intake`), what one answer means (`answer_columns`), what the findings add up to
(`batch.scoring`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw

from triage.answers.table import columns, option_column
from triage.book.conditions import (
    Absent,
    Includes,
    Leaf,
    Present,
    UnsureOf,
    items_of,
    leaves,
)
from triage.book.items import NONE, Item
from triage.book.levels import STRATA
from triage.book.rulebook import RuleBook
from triage.book.rules import Rule
from triage.engines.answer_columns import (
    answered,
    answered_column,
    bad_column,
    blank,
    blank_column,
    chosen,
    meaning,
    none_chosen,
    readable,
    shut_column,
    silence,
    silence_column,
    unreadable,
)
from triage.engines.expressions import Layer, Layers, any_of, expression


def rule_column(rule: str) -> str:
    """The column that holds a rule's truth."""
    return f"rule___{rule.replace('/', '___')}"


def finding_column(finding: str) -> str:
    """The column that holds a finding's state."""
    return f"finding___{finding}"


def any_present(rules: Iterable[Rule]) -> nw.Expr:
    """Whether some of these rules are yes; unknown is no."""
    return any_of(nw.col(rule_column(rule.name)) for rule in rules).fill_null(False)


class Compiled:
    """The layers that judge every rule and finding of a book, in order."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._leaf_columns: dict[Leaf, str] = {}
        items = book.items.values()
        many = [item for item in items if item.kind == "many"]
        doubtful = [item for item in many if item.doubtful]
        first: list[Layer] = [
            {blank_column(item.id): blank(item) for item in doubtful},
            {
                option_column(item.id, option): chosen(item, option)
                for item in items
                for option in item.options
                if option_column(item.id, option) in columns(item)
            },
            {
                option_column(item.id, NONE): none_chosen(item)
                for item in doubtful
                if NONE in item.options
            },
            {answered_column(item.id): answered(item) for item in many},
            {bad_column(item.id): unreadable(item) for item in items},
            {item.id: readable(item) for item in items if item.kind != "many"},
            {silence_column(item.id): silence(item) for item in many},
            *self._gates(),
        ]
        then: list[Layer] = [
            {bad_column(item.id): self._refused(item) for item in items if item.ask_if},
            self._leaves(),
            *(layer for stratum in STRATA for layer in self._stratum(stratum)),
        ]
        self._first, self._then = Layers(first), Layers(then)

    def over(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """A frame with a column for the truth of every rule and the state of every finding."""
        return self._then.over(self.applying(frame))

    def applying(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """A frame with a column for each item with an `ask_if`: whether it does not apply."""
        return self._first.over(frame)

    def _gates(self) -> Iterable[Layer]:
        """Which items do not apply: those that rest on open items first."""
        waiting = {item.id: item.ask_if for item in self.book.items.values() if item.ask_if}
        while waiting:
            ready = {
                name: gate
                for name, gate in waiting.items()
                if waiting.keys().isdisjoint(items_of(gate))
            }
            yield {
                shut_column(name): ~expression(gate, self._of_gate).fill_null(True)
                for name, gate in ready.items()
            }
            waiting = {name: gate for name, gate in waiting.items() if name not in ready}

    def _refused(self, item: Item) -> nw.Expr:
        """Whether an answer cannot be read, or was given though the item does not apply."""
        stray = nw.col(shut_column(item.id)) & answered(item)
        return nw.col(bad_column(item.id)) | stray

    def _leaves(self) -> Layer:
        """The truth of every leaf about an answer, each once."""
        conditions = [rule.condition for rule in self.book.rules.values()]
        conditions.append(self.book.plan_only_if)
        layer: Layer = {}
        for leaf in dict.fromkeys(leaf for condition in conditions for leaf in leaves(condition)):
            if not isinstance(leaf, Present | Absent):
                column = self._leaf_columns[leaf] = f"leaf___{len(layer)}"
                layer[column] = self._of_answer(leaf)
        return layer

    def _stratum(self, stratum: str) -> Iterable[Layer]:
        rules = [rule for rule in self.book.rules.values() if rule.stratum == stratum]
        yield {rule_column(r.name): expression(r.condition, self.column_of) for r in rules}
        yield {
            finding_column(finding.id): any_of(
                nw.col(rule_column(rule.name)) for rule in finding.rules
            )
            for finding in self.book.findings.values()
            if finding.stratum == stratum
        }

    def column_of(self, leaf: Leaf) -> nw.Expr:
        """A leaf as the column that an earlier layer made of it."""
        match leaf:
            case Present(finding):
                return nw.col(finding_column(finding))
            case Absent(finding):
                return ~nw.col(finding_column(finding))
            case _:
                return nw.col(self._leaf_columns[leaf])

    def _of_gate(self, leaf: Leaf) -> nw.Expr:
        """A leaf of a gate: an answer that cannot be taken neither opens nor shuts one.

        Elsewhere what is ticked beside "none" counts, for a red flag may be among it.
        """
        truth = self._of_answer(leaf)
        if isinstance(leaf, Includes | UnsureOf) and NONE in self.book.items[leaf.item].options:
            return nw.when(~nw.col(bad_column(leaf.item))).then(truth)
        return truth

    def _of_answer(self, leaf: Leaf) -> nw.Expr:
        """A leaf about an answer, from the columns of its item."""
        assert not isinstance(leaf, Present | Absent), "a gate names items only"
        truth = meaning(leaf)
        if self.book.items[leaf.item].ask_if is None:
            return truth
        return ~nw.col(shut_column(leaf.item)) & truth
