"""What the first cells of a column say of how it is written, so that most cells need no reading.

A later cell may be written otherwise: these are habits, and whoever relies on them looks whether
each cell keeps to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from triage.intake.cells import TickReader
from triage.intake.raw_columns import RawColumns, plain_number

TICK = ("1", "0")


@dataclass(frozen=True, slots=True)
class Habits:
    """How columns are written, as far as their first cells show."""

    types: Mapping[str, pl.DataType]
    """The columns that hold plain ticks or numbers only, and their types."""
    usual: Mapping[str, tuple[str, str]]
    """How a column of text writes a tick and its absence."""
    trusted: frozenset[str]
    """Columns that hold options by their own names alone, to be taken as they stand."""


def habits(columns: RawColumns, samples: Sequence[pl.DataFrame]) -> Habits:
    """Find out how columns are written.

    Args:
        columns: the columns.
        samples: the first cells of every file, as texts.
    """
    types: dict[str, pl.DataType] = {}
    usual: dict[str, tuple[str, str]] = {}
    trusted: set[str] = set()
    for column, reader in columns.readers.items():
        texts = set(_texts(column, samples))
        item, plain = columns.item(column), columns.as_it_stands(column)
        if isinstance(reader, TickReader):
            if plain and texts <= set(TICK):
                types[column] = pl.UInt8()
            words = {reader.read(text): text for text in (*TICK, *sorted(texts))}
            if True in words and False in words:
                usual[column] = (words[True], words[False])
        elif item.kind == "number" and plain and all(map(plain_number, texts)):
            types[column] = pl.Float64()
        elif item.kind == "one" and texts <= columns.own_options(column) == set(item.options):
            trusted.add(column)
    return Habits(types, usual, frozenset(trusted))


def _texts(column: str, samples: Sequence[pl.DataFrame]) -> Iterator[str]:
    """The different texts of a column."""
    for sample in samples:
        if column in sample:
            yield from filter(None, sample[column].unique())
