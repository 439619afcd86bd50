"""Workbooks of forms: Excel and OpenDocument, one sheet of them.

The sheet called `forms` is read, or else the first that is not empty.  It is read whole, as text: a
workbook holds a million rows at the most.

Not here: what columns mean (`mapping`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import polars as pl

from triage.intake.header_rows import MOST, whole_header
from triage.intake.tables import DAMAGE, NO_NAME, ROW, SAMPLE, Settled, check_header
from triage.problems import BadInput, Problem

SHEET = "forms"
INSTALL = f"{quote(sys.executable)} -m pip install fastexcel pyarrow"
MISSING = f"reading a workbook needs further libraries: {INSTALL}"
"""Names the Python that runs, so that it works wherever it is typed."""


@dataclass(frozen=True)
class WorkbookTable(Settled):
    """A sheet of a workbook."""

    path: Path
    header: tuple[str, ...]
    cells: pl.DataFrame
    """As many columns as the header, and after them those without a name."""
    sparse: bool = False
    profile: str | None = None

    @property
    def file(self) -> str:
        """Its name, for messages."""
        return str(self.path)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.cells.height

    def sample(self) -> pl.DataFrame:
        """The cells of its first rows, as `tables.Table` says."""
        named = zip(self.cells.columns, self.header, strict=False)
        return self.cells.head(SAMPLE).select(pl.col(c).alias(name) for c, name in named)

    def scan(self, names: Mapping[str, str], _types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
        """All rows, as `tables.Table` says."""
        given = self.cells.columns
        frame = self.cells.lazy().with_row_index(ROW, offset=1)
        named = zip(given, self.header, strict=False)
        cells = [pl.col(column).alias(names[name]) for column, name in named]
        unnamed = [pl.col(column).is_not_null() for column in given[len(self.header) :]]
        stray = pl.any_horizontal(unnamed) if unnamed else pl.lit(False)
        damage = pl.when(stray).then(pl.lit(NO_NAME))
        return frame.select(ROW, damage.alias(DAMAGE), *cells)


def open_workbook(path: Path) -> WorkbookTable:
    """Read a workbook.

    Raises:
        BadInput: it is none, or has no sheet with a header.
        OSError: it cannot be read.
    """
    with path.open("rb"):
        pass  # so that a file that cannot be read is said in the words of the system
    try:
        import fastexcel
    except ImportError:
        raise BadInput([Problem(str(path), None, MISSING)]) from None
    try:
        book = fastexcel.read_excel(path)
        for sheet in [SHEET] if SHEET in book.sheet_names else book.sheet_names:
            loaded = book.load_sheet(
                sheet, header_row=None, dtypes="string", skip_whitespace_tail_rows=True
            ).to_polars()
            if loaded.height:
                break
        else:
            check_header(str(path), [])
    except fastexcel.FastExcelError:
        raise BadInput([Problem(str(path), None, "not a workbook that can be read")]) from None
    header, taken = whole_header([[n or "" for n in row] for row in loaded.head(MOST).rows()])
    while header and not header[-1]:
        header.pop()
    return WorkbookTable(path, check_header(str(path), header), loaded.slice(taken))
