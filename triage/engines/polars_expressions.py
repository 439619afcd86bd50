"""Polars's own expressions, to keep.

narwhals makes them of ours anew whenever it lays them over a frame.  For the rule book that is a
few thousand of them, and takes longer than to score some hundred forms.

Not here: what is laid (`expressions`).  Importing this imports Polars.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import polars as pl


def in_polars(expressions: Iterable[nw.Expr]) -> list[pl.Expr]:
    """Expressions as those that narwhals hands to a frame of Polars."""
    frame = _Listening()
    nw.from_native(frame).with_columns(*expressions)
    return frame.heard


class _Listening(pl.LazyFrame):
    """A frame that only takes note of the columns that it is to have."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[pl.Expr] = []

    def with_columns(self, *columns: Any, **_: Any) -> _Listening:
        self.heard += columns
        return self
