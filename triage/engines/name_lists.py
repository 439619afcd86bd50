"""Columns that hold several names in a cell, such as the red flags of each form.

In Polars, joining texts is by far the slowest part of scoring, and looking one up is quicker: which
of a few names hold is counted up as the digits of a binary number, and that number is looked up
among all the texts that those names can make.  It is looked up by place, piece by piece: the
general look-up waits for the last row of a table, and so holds all of them.  Other engines join the
names, which they are quicker to plan and to run.

Not here: which names hold (`batch.scored_row`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
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

    def text(self) -> nw.Expr:
        """The column, its names joined."""
        found = [nw.when(nw.col(holds)).then(nw.lit(name)) for name, holds in self.holding.items()]
        if not found:
            return nw.lit(self.lead).alias(self.column)
        joined = nw.concat_str(*found, separator=SEPARATOR, ignore_nulls=True)
        whole = nw.concat_str(nw.lit(self.lead), joined) if self.lead else joined
        return whole.alias(self.column)

    def codes(self) -> Iterator[pl.Expr]:
        """The columns of numbers to look up in Polars."""
        import polars as pl

        zero = pl.lit(0, pl.Int16)
        for number, names in enumerate(self._few):
            holding = (pl.when(pl.col(self.holding[name])) for name in names)
            digits = (
                when.then(pl.lit(1 << place, pl.Int16)).otherwise(zero)
                for place, when in enumerate(holding)
            )
            yield reduce(add, digits).alias(self._code(number))

    def text_in_polars(self) -> pl.Expr:
        """The same column in Polars, its names looked up."""
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


class NameLists:
    """Columns of names, to be added to any number of frames."""

    def __init__(self, columns: Iterable[NameList]) -> None:
        self._columns = tuple(columns)

    def over(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """A frame with these columns."""
        if frame.implementation.is_polars():
            codes, texts = self._in_polars
            native: pl.LazyFrame = frame.to_native()
            return nw.from_native(native.with_columns(codes).with_columns(texts))
        return frame.with_columns(one.text() for one in self._columns)

    @cached_property
    def _in_polars(self) -> tuple[Sequence[pl.Expr], Sequence[pl.Expr]]:
        """The columns to look up and those that they are looked up for.

        Directly: through narwhals so many expressions take several times as long to make.
        """
        codes = [code for one in self._columns for code in one.codes()]
        return codes, [one.text_in_polars() for one in self._columns]


def _texts(names: Sequence[str]) -> Iterator[str]:
    """The text of every number but 0, which stands for no name."""
    for code in range(1, 1 << len(names)):
        yield SEPARATOR.join(name for place, name in enumerate(names) if code >> place & 1)


def _by_place(code: pl.Expr, names: Sequence[str]) -> pl.Expr:
    import polars as pl

    texts = pl.Enum(["", *_texts(names)])
    return pl.when(code != 0).then(code.cast(pl.UInt16).cat.to(texts).cast(pl.String))
