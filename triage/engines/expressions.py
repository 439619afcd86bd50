"""Expressions over the columns of a table, and how they are laid over it.

Yes, no and unknown are true, false and null, which table engines combine in Kleene's way: "and" and
"or" are theirs, and counting is written here.

Not here: what a leaf of a condition reads (`answer_columns`, `columnar`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw

from triage.book.conditions import AllOf, AnyOf, Condition, CountOf, Leaf

if TYPE_CHECKING:
    import polars as pl

Layer: TypeAlias = dict[str, nw.Expr]
"""New columns that read only columns of earlier layers."""


def all_of(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Kleene's "and"."""
    first, *others = parts
    return nw.all_horizontal(first, *others, ignore_nulls=False) if others else first


def any_of(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Kleene's "or"; of nothing, no."""
    parts = list(parts)
    if not parts:
        return nw.lit(False)
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


def choose(cases: Iterable[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first case that is true."""
    chosen = otherwise
    for condition, value in reversed(list(cases)):
        chosen = nw.when(condition).then(value).otherwise(chosen)
    return chosen


def text(value: str | None) -> nw.Expr:
    """The same text in every row, or none."""
    return nw.lit(value, dtype=nw.String)


class Layers:
    """Layers of columns in order, to be laid over any number of frames."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        self._layers = [aliased(layer) for layer in layers if layer]

    def over(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """A frame with these columns."""
        if frame.implementation.is_polars():
            native: pl.LazyFrame = frame.to_native()
            for columns in self._in_polars:
                native = native.with_columns(columns)
            return nw.from_native(native)
        for layer in self._layers:
            frame = frame.with_columns(layer)
        return frame

    @cached_property
    def _in_polars(self) -> Sequence[Sequence[pl.Expr]]:
        from triage.engines.polars_expressions import in_polars

        return [in_polars(layer) for layer in self._layers]


def aliased(layer: Mapping[str, nw.Expr]) -> list[nw.Expr]:
    """The columns of a layer, each with its name, which may be any word: `self` too."""
    return [cell.alias(name) for name, cell in layer.items()]
