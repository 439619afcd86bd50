"""CSV and its relatives: any separator, any usual encoding, and damaged rows.

A file without quotation marks that has as many separators as its rows need (`row_count`) is read by
Polars, which refuses a row that is too long: there is one wherever one is too short.  Any other
file is looked over line by line.  Where every quotation mark and line end is in order Polars reads
it too; rows with too few or too many cells are known by their number.  What is left, and a file in
another encoding than UTF-8, is read in Python: slower, but a damaged line then costs that line
only.

Not here: lines (`text_lines`) and their cells (`csv_records`), and what cells mean (`cells`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import polars as pl

from triage.intake.csv_records import TOO_FEW_CELLS, TOO_MANY_CELLS, records
from triage.intake.header_rows import MOST, whole_header
from triage.intake.line_check import check_lines
from triage.intake.python_rows import Row, as_texts, lazy_frame
from triage.intake.row_count import RowCount
from triage.intake.tables import (
    DAMAGE,
    NO_NAME,
    ROW,
    SAMPLE,
    Table,
    check_header,
    look_up,
)
from triage.intake.text_lines import HEAD, encoding_of, head_of, lines_of
from triage.problems import BadInput, Problem, listed

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

Manner = Literal["typed", "text", "careful"]
"""How a file is read: by Polars with numbers as such, by Polars as text, or in Python."""


@dataclass(frozen=True)
class DelimitedTable:
    """A CSV file, or one with another separator."""

    path: Path
    encoding: str
    separator: str
    skipped: int
    """Records before the first row: the header, which some exports write in several rows, and
    before it a line that names the separator."""
    header: tuple[str, ...]
    unnamed: int
    """Columns without a name at the end, where spreadsheets like to leave some."""
    manner: Manner = "careful"
    count: RowCount | None = None
    """Where Polars reads it, and its separators are only counted.  Some rows may then be too long,
    and as many too short; Polars refuses those that are too long."""
    damage: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Where Polars reads it: what is wrong with whole rows, by their number from 1."""
    lines: int | None = None
    """How many rows it has, where it was looked over line by line."""
    has_quotes: bool = False
    """Where Polars reads it: whether a cell may be in quotation marks, and empty."""
    sparse: bool = False
    profile: str | None = None

    @property
    def file(self) -> str:
        """Its name, for messages."""
        return str(self.path)

    @property
    def rows(self) -> int | None:
        """How many rows it has, where that is known by now."""
        return self.count.rows if self.count else self.lines

    @property
    def width(self) -> int:
        """Cells of a row."""
        return len(self.header) + self.unnamed

    def sample(self) -> pl.DataFrame:
        """The cells of its first rows, as `tables.Table` says."""
        return as_texts(self.header, (row.cells for row in self.sampled))

    @cached_property
    def sampled(self) -> list[Row]:
        """Its first rows."""
        lines = head_of(self.path, self.encoding)
        return list(islice(_rows(iter(lines), self), SAMPLE))

    def scan(self, names: Mapping[str, str], types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
        """All rows, as `tables.Table` says."""
        if self.manner == "careful":
            return lazy_frame(self._read, self.header, names)
        typed = types if self.manner == "typed" else {}
        schema = {names[column]: typed.get(column, pl.String()) for column in self.header}
        unnamed = [f"unnamed___{place}" for place in range(self.unnamed)]
        schema |= dict.fromkeys(unnamed, pl.String())
        frame = pl.scan_csv(
            self.path,
            has_header=False,
            separator=self.separator,
            skip_rows=self.skipped,
            schema=schema,
            row_index_name=ROW,
            truncate_ragged_lines=self.count is None,
            missing_columns="insert",
            extra_columns="raise" if self.count else "ignore",
            glob=False,
            raise_if_empty=False,
        ).with_columns((pl.col(ROW) + 1).alias(ROW))
        damage = pl.lit(None, dtype=pl.String)
        if self.has_quotes:
            texts = pl.col(name for name, kind in schema.items() if kind == pl.String)
            frame = frame.with_columns(pl.when(texts != "").then(texts).name.keep())
        for name in unnamed:
            damage = pl.when(pl.col(name).is_not_null()).then(pl.lit(NO_NAME)).otherwise(damage)
        if self.damage:
            damage = pl.coalesce(look_up(ROW, self.damage), damage)
        return frame.select(ROW, damage.alias(DAMAGE), *names.values())

    def after_failure(self) -> Table | None:
        """The same file read as text, or else line by line."""
        if self.manner == "careful":
            return None
        table = _by_lines(self) if self.count else self
        if not self.sound_so_far():
            return table  # nothing is known against its numbers
        return replace(table, manner="text" if table.manner == "typed" else "careful")

    def sound_so_far(self) -> bool:
        """Whether it still seems to be what it was taken for."""
        return self.count is None or self.count.in_order_so_far

    def sound(self) -> bool:
        """Whether it is what it was taken for; this may wait."""
        return self.count is None or self.count.in_order()

    def _read(self) -> Iterator[Row]:
        with self.path.open("rb") as stream:
            yield from _rows(lines_of(stream, self.encoding), self)


def open_delimited(path: Path) -> DelimitedTable:
    """Find out how a file is written.

    Raises:
        BadInput: it is no table of text, or its header cannot be used.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        expected = "where it is a workbook, its name must end in .xlsx"
        raise BadInput([Problem(str(path), None, f"not text; {expected}")])
    encoding = encoding_of(head)
    lines = head_of(path, encoding)
    if any("\0" in line for line in lines[:SAMPLE]):
        expected = "expected a table in UTF-8, UTF-16 or Windows-1252"
        raise BadInput([Problem(str(path), None, f"not text; {expected}")])
    skipped, given = 1, ""
    if lines and re.fullmatch("sep=.", lines[0].rstrip("\r\n").casefold()):
        skipped, given, lines = 2, lines[0][4], lines[1:]
    separator, first = _header(path, lines, given)
    rows = [first, *_next_rows(lines, separator)]
    header, taken = whole_header(rows)
    skipped += taken - 1
    named = len(header)
    while named and not header[named - 1]:
        named -= 1
    names, unnamed = check_header(str(path), header[:named]), len(header) - named
    table = DelimitedTable(path, encoding, separator, skipped, names, unnamed)
    # Polars reads no lines that end as on old Macs, and no header over several.
    usual_lines = b"\n" in head or b"\r" not in head
    usual_header = not any("\n" in name for row in rows[:taken] for name in row)
    usual = encoding == "utf-8" and usual_lines and usual_header
    return _by_polars(table) if usual else table


def _by_polars(table: DelimitedTable) -> DelimitedTable:
    """The table as Polars can read it, where it can."""
    count = RowCount(table.path, table.skipped, table.separator, table.width)
    if not count.in_order_so_far:
        return _by_lines(table)
    return replace(table, manner="typed", count=count)


def _by_lines(table: DelimitedTable) -> DelimitedTable:
    """The table as Polars can read it, where every quotation mark and line end is in order."""
    table = replace(table, manner="careful", lines=None, count=None)
    lines = check_lines(table.path, table.skipped, table.separator, table.width)
    if lines is None:
        return table
    return replace(
        table,
        manner="typed",
        damage=lines.damage,
        lines=lines.count,
        has_quotes=lines.has_quotes,
    )


def _header(path: Path, lines: list[str], given: str) -> tuple[str, list[str]]:
    """The separator and the names of the columns.

    Names may hold any separator, so the one is taken that most of the first rows are made with.
    """
    found: list[tuple[tuple[bool, int, int], str, list[str]]] = []
    for separator in given or SEPARATORS:
        try:
            names = next(csv.reader(iter(lines), delimiter=separator, strict=True), [])
        except csv.Error:
            continue
        fitting = sum(line.count(separator) == len(names) - 1 for line in lines[1:SAMPLE])
        found.append(((len(names) > 1, fitting, len(names)), separator, names))
    if any(line.strip() for line in lines) and not any(names for _, _, names in found):
        expected = f"expected names with a {listed(SEPARATORS.values())} between them"
        raise BadInput([Problem(str(path), 1, f"the header cannot be read; {expected}")])
    _, separator, names = max(found, key=lambda one: one[0])
    return separator, [name.strip() for name in names]


def _next_rows(lines: list[str], separator: str) -> list[list[str]]:
    """The rows below the first one that may be names too."""
    try:
        return list(islice(csv.reader(iter(lines), delimiter=separator, strict=True), 1, MOST))
    except csv.Error:
        return []


def _rows(lines: Iterator[str], table: DelimitedTable) -> Iterator[Row]:
    """The rows below the header."""
    named, width = len(table.header), table.width
    found = records(lines, table.separator, width)
    for _ in range(table.skipped):
        next(found, None)
    for number, (cells, damage) in enumerate(found, 1):
        if damage is None and len(cells) != width and any(cells):
            damage = TOO_MANY_CELLS if len(cells) > width else TOO_FEW_CELLS
        if damage is None and any(cells[named:]):
            damage = NO_NAME
        whole = [cell or None for cell in cells[:named]]
        yield Row(number, whole + [None] * (named - len(whole)), damage)
