"""A file of forms as a table: its header, its first rows, and a lazy frame of all of them.

Each reader of a file format makes a `Table`.  Its frame has the columns asked for under the names
asked for, and beside them the number of each row in its file, and what is wrong with a row as a
whole.

Not here: the formats themselves (`delimited`, `records`, `workbook`, `parquet`, opened by `files`),
rows that are read in Python (`python_rows`), and what the columns mean (`mapping`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import polars as pl

from triage.problems import BadInput, Problem

ROW = "row___"
"""The column of row numbers, counted from 1, the header left out."""
DAMAGE = "damage___"
"""The column that says what is wrong with a whole row; null in most."""
NO_NAME = "a cell stands in a column without a name"
"""What is wrong with a row that is wider than the header."""
SAMPLE = 1000
"""Rows that a header's columns are judged by."""


class Table(Protocol):
    """One file of forms."""

    @property
    def file(self) -> str:
        """Its name, for messages."""
        ...

    @property
    def header(self) -> tuple[str, ...]:
        """Its columns."""
        ...

    def sample(self) -> pl.DataFrame:
        """The cells of its first rows, as texts, in the columns of the header."""
        ...

    def scan(self, names: Mapping[str, str], types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
        """All rows: `ROW`, `DAMAGE`, and columns under other names.

        Args:
            names: every column of the header to the name wanted, and where `sparse`, further ones
                that some row may have.
            types: columns to the types of their samples; a reader of text is quicker with them,
                and may leave a column as text.
        """
        ...

    def after_failure(self) -> Table | None:
        """The same file read in a more careful way, where there is one."""
        ...

    @property
    def sparse(self) -> bool:
        """Whether rows name their own columns, so that the header may lack some."""
        ...

    @property
    def profile(self) -> str | None:
        """The one profile that it can have, where its format leaves no choice."""
        ...

    @property
    def rows(self) -> int | None:
        """How many rows it has, where that is known by now."""
        ...

    def sound_so_far(self) -> bool:
        """Whether the file still seems to be what it was taken for when it was opened."""
        ...

    def sound(self) -> bool:
        """The same of the whole file: this may wait until all of it is looked over."""
        ...


class Settled:
    """A file of which all is known once it is opened."""

    def after_failure(self) -> Table | None:
        """There is no other way to read it."""
        return None

    def sound_so_far(self) -> bool:
        """It does not change."""
        return True

    def sound(self) -> bool:
        """It does not change."""
        return True


def check_header(file: str, header: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; where one comes again, the later one gets a number.

    A name with a number answers nothing by itself, so somebody has to say what the column holds.

    Raises:
        BadInput: there is no header, or a column has no name.
    """
    problems = []
    if not header:
        problems.append(Problem(file, None, "empty; expected a header and a row for each form"))
    for number, column in enumerate(header, 1):
        if not column.strip():
            problems.append(Problem(file, 1, f"column {number} has no name"))
    if problems:
        raise BadInput(problems)
    names: dict[str, None] = {}
    for column in header:
        name, times = column, 1
        while name in names or (times > 1 and name in header):
            times += 1
            name = f"{column} ({times})"
        names[name] = None
    return tuple(names)


def look_up(column: str, texts: Mapping[int, str]) -> pl.Expr:
    """The text of each number of a column, or null.

    A function of pieces: as an expression, Polars holds on to all that goes by.
    """
    numbers, words = list(texts), list(texts.values())

    def read(piece: pl.Series) -> pl.Series:
        return piece.replace_strict(numbers, words, default=None, return_dtype=pl.String)

    return pl.col(column).map_batches(read, return_dtype=pl.String, is_elementwise=True)


def most_careful(table: Table) -> Table:
    """A file, read in its most careful way: slower, but a damaged row costs that row only."""
    while (more_careful := table.after_failure()) is not None:
        table = more_careful
    return table
