"""Many people at once: the rule book as column expressions.

Yes, no and unknown are true, false and null, which table engines combine in Kleene's way.
The book is compiled through `narwhals`, so that one fold over its conditions serves Polars, DuckDB
and Spark, lazily.  What a layer of columns concludes, the next one reads: first the answers, then
each stratum of rules, then the assessment.

A frame is a table of forms (`answers.table`).  An answer that cannot be taken (an unknown option, a
number out of range, "none" beside another, an answer to an item that does not apply) is named in
the row, and the row is judged without it.

Not here: files (`intake`), what the findings add up to (`batch.scoring`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import narwhals as nw

from triage.answers.responses import OFF_STEP
from triage.answers.table import columns, option_column
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
    Leaf,
    OneOf,
    Present,
    items_of,
    leaves,
)
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.levels import STRATA
from triage.book.rulebook import RuleBook

Layer: TypeAlias = dict[str, nw.Expr]
"""New columns that read only columns of earlier layers."""


# Letters, digits and underscores are what every table engine lets a column be called.
# No name of a book holds two underscores, and columns of the table hold two; these hold three.


def rule_column(rule: str) -> str:
    """The column that holds a rule's truth."""
    return f"rule___{rule.replace('/', '___')}"


def finding_column(finding: str) -> str:
    """The column that holds a finding's state."""
    return f"finding___{finding}"


def silence_column(item: str) -> str:
    """What a choose-many item says of options that are not ticked: no, or unknown."""
    return f"silence___{item}"


def shut_column(item: str) -> str:
    """Whether an item does not apply; false where that is unknown."""
    return f"shut___{item}"


def answered_column(item: str) -> str:
    """Whether a choose-many item holds an answer."""
    return f"answered___{item}"


def bad_column(item: str) -> str:
    """Whether the answer to an item cannot be taken."""
    return f"bad___{item}"


def all_of(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Kleene's "and"."""
    first, *others = parts
    return nw.all_horizontal(first, *others, ignore_nulls=False) if others else first


def any_of(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Kleene's "or"."""
    first, *others = parts
    return nw.any_horizontal(first, *others, ignore_nulls=False) if others else first


def count_of(at_least: int, parts: Iterable[nw.Expr]) -> nw.Expr:
    """At least so many are yes; no where too few can still become so."""
    parts = list(parts)
    yes = nw.sum_horizontal(*(part.fill_null(False).cast(nw.Int32) for part in parts))
    maybe = nw.sum_horizontal(*(part.fill_null(True).cast(nw.Int32) for part in parts))
    unknown = nw.lit(None, dtype=nw.Boolean)
    decided = nw.when(maybe < at_least).then(nw.lit(False)).otherwise(unknown)
    return nw.when(yes >= at_least).then(nw.lit(True)).otherwise(decided)


def expression(condition: Condition, of_leaf: Callable[[Leaf], nw.Expr]) -> nw.Expr:
    """A condition as an expression, from those of its leaves."""
    match condition:
        case AllOf(parts):
            return all_of(expression(part, of_leaf) for part in parts)
        case AnyOf(parts):
            return any_of(expression(part, of_leaf) for part in parts)
        case CountOf(at_least, parts):
            return count_of(at_least, (expression(part, of_leaf) for part in parts))
        case _:
            return of_leaf(condition)


class Compiled:
    """The layers that judge every rule and finding of a book, in order."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._leaf_columns: dict[Leaf, str] = {}
        items = book.items.values()
        self._first: list[Layer] = [
            {
                option_column(item.id, option): _chosen(item, option)
                for item in items
                for option in item.options
                if option_column(item.id, option) in columns(item)
            },
            {answered_column(item.id): _answered(item) for item in items if item.kind == "many"},
            {bad_column(item.id): _unreadable(item) for item in items},
            {item.id: _readable(item) for item in items if item.kind != "many"},
            {silence_column(i.id): _silence(i) for i in items if i.kind == "many"},
            *self._gates(),
        ]
        self.layers: list[Layer] = [
            *self._first,
            {bad_column(item.id): self._refused(item) for item in items if item.ask_if},
            self._leaves(),
            *(layer for stratum in STRATA for layer in self._stratum(stratum)),
        ]

    def over(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """A frame with a column for the truth of every rule and the state of every finding."""
        return laid(self.layers, frame)

    def applying(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """A frame with a column for each item with an `ask_if`: whether it does not apply."""
        return laid(self._first, frame)

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
        stray = nw.col(shut_column(item.id)) & _answered(item)
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
        if isinstance(leaf, Includes) and NONE in self.book.items[leaf.item].options:
            return nw.when(~nw.col(bad_column(leaf.item))).then(truth)
        return truth

    def _of_answer(self, leaf: Leaf) -> nw.Expr:
        """A leaf about an answer, from the columns of its item."""
        assert not isinstance(leaf, Present | Absent), "a gate names items only"
        truth = _meaning(leaf)
        if self.book.items[leaf.item].ask_if is None:
            return truth
        return ~nw.col(shut_column(leaf.item)) & truth


def laid(layers: Iterable[Layer], frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A frame with further columns, a layer after the other."""
    for layer in layers:
        if layer:
            frame = frame.with_columns(aliased(layer))
    return frame


def aliased(layer: Mapping[str, nw.Expr]) -> list[nw.Expr]:
    """The columns of a layer, each with its name, which may be any word: `self` too."""
    return [cell.alias(name) for name, cell in layer.items()]


def _chosen(item: Item, option: str) -> nw.Expr:
    return nw.col(option_column(item.id, option)).fill_null(False)


def _ticked(item: Item, option: str) -> nw.Expr:
    """Whether an option was chosen, where the item offers it."""
    return nw.col(option_column(item.id, option)) if option in item.options else nw.lit(False)


def _answered(item: Item) -> nw.Expr:
    """Whether an item holds an answer, "not sure" included."""
    if item.kind == "many":
        return any_of(_ticked(item, option) for option in item.options)
    given = ~nw.col(item.id).is_null()
    return given | _ticked(item, NOT_SURE) if item.kind == "number" else given


def _unreadable(item: Item) -> nw.Expr:
    """Whether an answer is none that the item offers."""
    if item.kind == "many":
        others = [option for option in item.options if option != NONE]
        return _ticked(item, NONE) & any_of(_ticked(item, option) for option in others)
    given = nw.col(item.id)
    if item.kind == "one":
        return (~given.is_in(list(item.options))).fill_null(False)
    assert item.number is not None
    outside = ~((given >= item.number.low) & (given <= item.number.high))
    if not item.number.other_units:
        steps = given / item.number.step
        outside = outside | ((steps - steps.round(0)).abs() > OFF_STEP)
    return outside.fill_null(False) | (_ticked(item, NOT_SURE) & ~given.is_null())


def _readable(item: Item) -> nw.Expr:
    """An answer, where it can be read."""
    return nw.when(~nw.col(bad_column(item.id))).then(nw.col(item.id))


def _silence(item: Item) -> nw.Expr:
    """No where the item was answered without "not sure" and contradiction, else unknown."""
    sure = nw.col(answered_column(item.id)) & ~_ticked(item, NOT_SURE)
    if NONE in item.options:
        sure = sure & ~nw.col(bad_column(item.id))
    return nw.when(sure).then(nw.lit(False)).otherwise(nw.lit(None, dtype=nw.Boolean))


def _meaning(leaf: AnswerLeaf) -> nw.Expr:
    match leaf:
        case OneOf(item, options):
            return any_of(nw.col(item) == option for option in options)
        case Includes(item, options):
            ticked = (nw.col(option_column(item, option)) for option in options)
            return any_of(ticked) | nw.col(silence_column(item))
        case AtLeast(item, number):
            return nw.col(item) >= number
        case AtMost(item, number):
            return nw.col(item) <= number
