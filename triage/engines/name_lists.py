"""Columns that hold several names in a cell, such as the red flags of each form.

Joining texts is by far the slowest part of scoring, and looking one up is quicker: which of a few
names hold is counted up as the digits of a binary number, and that number is looked up among all
the texts that those names can make.  Polars looks them up by place, piece by piece: its general
look-up waits for the last row of a table, and so holds all of them.

Not here: which names hold (`batch.scored_row`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw

if TYPE_CHECKING:
    import polars as pl

SEPARATOR = "; "
"""Between the names in a cell that holds several."""
TOGETHER = 8
"""How many names are looked up at once."""

Holding: TypeAlias = Mapping[str, str]
"""Names in order, and the column that says whether each of them holds; unknown is no."""


@dataclass(frozen=True)
class NameList:
    """One column of names."""

    column: str
    holding: Holding
    lead: str = ""
    """Stands before the names, and alone where none holds."""

    @property
    def _few(self) -> Sequence[Sequence[str]]:
        names = list(self.holding)
        return [names[first : first + TOGETHER] for first in range(0, len(names), TOGETHER)]

    def codes(self, of: Any) -> Iterator[Any]:
        """The columns of numbers to look up, as expressions of `narwhals` or of `polars`."""
        zero = of.lit(0, of.Int16)
        for number, names in enumerate(self._few):
            holding = (of.when(of.col(self.holding[name])) for name in names)
            digits = (
                when.then(of.lit(1 << place, of.Int16)).otherwise(zero)
                for place, when in enumerate(holding)
            )
            yield reduce(add, digits).alias(self._code(number))

    def text(self) -> nw.Expr:
        """The column, in an engine that can look up a value lazily."""
        nothing = nw.lit(None, nw.String)
        found = [
            nw.col(self._code(number)).replace_strict(
                list(range(1, 1 << len(names))),
                list(_texts(names)),
                default=nothing,
                return_dtype=nw.String,
            )
            for number, names in enumerate(self._few)
        ]
        if not found:
            return nw.lit(self.lead).alias(self.column)
        joined = nw.concat_str(*found, separator=SEPARATOR, ignore_nulls=True)
        whole = nw.concat_str(nw.lit(self.lead), joined) if self.lead else joined
        return whole.alias(self.column)

    def text_in_polars(self) -> pl.Expr:
        """The same column in Polars."""
        import polars as pl

        found = [
            _by_place(pl.col(self._code(number)), names) for number, names in enumerate(self._few)
        ]
        if not found:
            return pl.lit(self.lead).alias(self.column)
        joined = pl.concat_str(found, separator=SEPARATOR, ignore_nulls=True)
        whole = pl.concat_str(pl.lit(self.lead), joined) if self.lead else joined
        return whole.alias(self.column)

    def _code(self, number: int) -> str:
        return f"code___{self.column}___{number}"


def add_name_lists(frame: nw.LazyFrame[Any], columns: Sequence[NameList]) -> nw.LazyFrame[Any]:
    """Give a frame further columns of names."""
    if frame.implementation.is_polars():
        import polars as pl

        # Directly: through narwhals so many expressions take several times as long to make.
        native = frame.to_native().with_columns(code for one in columns for code in one.codes(pl))
        native = native.with_columns(one.text_in_polars() for one in columns)
        listed: nw.LazyFrame[Any] = nw.from_native(native)
        return listed
    frame = frame.with_columns(code for one in columns for code in one.codes(nw))
    return frame.with_columns(one.text() for one in columns)


def _texts(names: Sequence[str]) -> Iterator[str]:
    """The text of every number but 0, which stands for no name."""
    for code in range(1, 1 << len(names)):
        yield SEPARATOR.join(name for place, name in enumerate(names) if code >> place & 1)


def _by_place(code: pl.Expr, names: Sequence[str]) -> pl.Expr:
    import polars as pl

    texts = pl.Enum(["", *_texts(names)])
    return pl.when(code != 0).then(code.cast(pl.UInt16).cat.to(texts).cast(pl.String))
