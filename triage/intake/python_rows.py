"""Rows that are read in Python, one after another, as a lazy frame.

Not here: where they come from (`records`, `delimited`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from triage.intake.tables import DAMAGE, ROW

BATCH = 5000
"""Rows that a reader in Python hands over at once."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was read in Python."""

    number: int
    cells: Sequence[str | None]
    damage: str | None = None


def as_texts(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> pl.DataFrame:
    """Rows that were read in Python as columns of texts."""
    schema = dict.fromkeys(header, pl.String())
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def lazy_frame(
    rows: Callable[[], Iterator[Row]], header: Sequence[str], names: Mapping[str, str]
) -> pl.LazyFrame:
    """The frame of rows that are read in Python, a batch at a time."""
    schema: dict[str, Any] = {ROW: pl.UInt32(), DAMAGE: pl.String()}
    schema |= {names[column]: pl.String() for column in header}

    def framed(batch: list[Row]) -> pl.DataFrame:
        columns = zip(*(row.cells for row in batch), strict=True)
        cells = {names[column]: cells for column, cells in zip(header, columns, strict=True)}
        numbers = [row.number for row in batch]
        damage = [row.damage for row in batch]
        return pl.DataFrame({ROW: numbers, DAMAGE: damage, **cells}, schema=schema)

    def read(
        wanted: list[str] | None, where: pl.Expr | None, limit: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        for batch in _batches(rows()):
            frame = framed(batch)
            if limit is not None:
                frame = frame.head(limit)
                limit -= frame.height
            if where is not None:
                frame = frame.filter(where)
            yield frame if wanted is None else frame.select(wanted)
            if limit == 0:
                return

    return register_io_source(read, schema=schema, is_pure=True)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
