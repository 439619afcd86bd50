"""Parquet files of forms, read by Polars in the types that they have.

Not here: what columns mean (`mapping`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from triage.intake.tables import DAMAGE, ROW, SAMPLE, Settled, check_header
from triage.problems import BadInput, Problem, quoted


@dataclass(frozen=True)
class ParquetTable(Settled):
    """A Parquet file."""

    path: Path
    schema: pl.Schema
    rows: int
    sparse: bool = False
    profile: str | None = None

    @property
    def file(self) -> str:
        """Its name, for messages."""
        return str(self.path)

    @property
    def header(self) -> tuple[str, ...]:
        """Its columns."""
        return tuple(self.schema)

    def sample(self) -> pl.DataFrame:
        """The cells of its first rows, as `tables.Table` says."""
        frame = pl.scan_parquet(self.path, glob=False).head(SAMPLE)
        cells = frame.select(_simple(name, kind) for name, kind in self.schema.items())
        return cells.select(pl.all().cast(pl.String)).collect()

    def scan(self, names: Mapping[str, str], _types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
        """All rows, as `tables.Table` says."""
        frame = pl.scan_parquet(self.path, glob=False, row_index_name=ROW)
        cells = [_simple(name, kind).alias(names[name]) for name, kind in self.schema.items()]
        damage = pl.lit(None, dtype=pl.String).alias(DAMAGE)
        return frame.select((pl.col(ROW) + 1).alias(ROW), damage, *cells)


def open_parquet(path: Path) -> ParquetTable:
    """Read what a Parquet file says of itself.

    Raises:
        BadInput: it is none, or has a column that can hold no answer.
        OSError: it cannot be read.
    """
    with path.open("rb"):
        pass  # so that a file that cannot be read is said in the words of the system
    try:
        frame = pl.scan_parquet(path, glob=False)
        schema = frame.collect_schema()
        rows = frame.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError:
        raise BadInput([Problem(str(path), None, "not a Parquet file")]) from None
    check_header(str(path), list(schema))
    odd = [name for name, kind in schema.items() if not _holds_answers(kind)]
    if odd:
        expected = "expected text, numbers, truth values or dates, or lists of these"
        raise BadInput(
            Problem(str(path), None, f"column {quoted(name)}: read {schema[name]}, {expected}")
            for name in odd
        )
    return ParquetTable(path, schema, rows)


def _holds_answers(kind: pl.DataType) -> bool:
    """Whether the cells of a column can be written as text."""
    inner = kind.inner if isinstance(kind, pl.List) else kind
    return not inner.is_nested() and inner not in (pl.Binary, pl.Duration, pl.Object)


def _simple(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as a truth value, a number or text; lists are joined."""
    column = pl.col(name)
    if isinstance(kind, pl.List):
        return column.cast(pl.List(pl.String)).list.join("; ")
    if kind == pl.Boolean or kind.is_numeric() or kind == pl.String:
        return column
    return column.cast(pl.String)
