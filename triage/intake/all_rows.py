"""The rows of several files, one file below the other.

Not here: the rows of one (`tables`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from triage.intake.tables import Table
from triage.problems import BadInput, Problem

FILE = "file___"
"""The column that numbers the files of forms."""


def all_rows(
    tables: Sequence[Table], names: Mapping[str, str], types: Mapping[str, pl.DataType]
) -> pl.LazyFrame:
    """All rows of all files, with `FILE`, `ROW` and `DAMAGE`.

    Args:
        tables: the files of forms.
        names: column to what it is to be called.
        types: as for `Table.scan`.
    """
    frames = []
    for number, table in enumerate(tables):
        wanted = names if table.sparse else {c: names[c] for c in table.header}
        cells = table.scan(wanted, types)
        frames.append(cells.with_columns(pl.lit(number, dtype=pl.UInt32).alias(FILE)))
    return _together(frames)


def _together(frames: Sequence[pl.LazyFrame]) -> pl.LazyFrame:
    """Frames below one another; a column of different types becomes text."""
    if len(frames) == 1:
        return frames[0]
    kinds: dict[str, set[Any]] = {}
    schemas = [frame.collect_schema() for frame in frames]
    for schema in schemas:
        for name, kind in schema.items():
            kinds.setdefault(name, set()).add(kind)
    mixed = {name for name, found in kinds.items() if len(found) > 1}
    texts = [
        frame.with_columns(pl.col(name).cast(pl.String) for name in schema if name in mixed)
        for frame, schema in zip(frames, schemas, strict=True)
    ]
    return pl.concat(texts, how="diagonal")


def bad_files(tables: Sequence[Table], message: str) -> BadInput:
    """What is wrong with all of some files together."""
    return BadInput([Problem(", ".join(table.file for table in tables), None, message)])
