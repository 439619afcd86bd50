"""Every form of a run is accounted for: counted as it is read, and again as it is written.

Not here: what the forms say (`tally`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import polars as pl

from triage.intake.mapping import IntakeMapping
from triage.intake.tables import Table
from triage.problems import EnginesDisagree

Progress = Callable[[int], None]
"""Is told how many forms were read so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the forms of a run, whatever was made of them."""

    read: int
    rejected: int
    rejected_with_red_flags: int
    blank: int
    """Rows without a single filled cell, which are no forms."""
    mapping: IntakeMapping
    """By which the forms were read."""
    notices: tuple[str, ...]
    """What else to say of how they were read, a line each."""
    files: tuple[str, ...]
    seconds: float

    def lines(self, made: Sequence[tuple[str, int, str]], rejected_file: str) -> Iterator[str]:
        """What to print of it.

        Args:
            made: what was made of forms, how many, and where they are.
            rejected_file: where the rejected ones are.
        """
        files = self.files[0] if len(self.files) == 1 else f"{len(self.files)} files"
        yield line("read", self.read, f"from {files} ({self.mapping.source})")
        for counted in made:
            yield line(*counted)
        yield line("rejected", self.rejected, f"in {rejected_file}")
        if self.rejected_with_red_flags:
            yield line("", self.rejected_with_red_flags, "of them with a red flag: see them")
        if self.blank:
            yield line("blank", self.blank, "rows without anything in them, left out")
        yield from self.notices

    def pace(self, made: int, noun: str) -> str:
        """How long it took, and how many were made a second."""
        pace = made / self.seconds if self.seconds else 0
        return f"{self.seconds:.1f} seconds, {pace:,.0f} {noun} a second"


def line(word: str, count: int, rest: str) -> str:
    """One count, below and above others."""
    return f"{word:<10}{count:>13,}  {rest}"


class Accounting:
    """Counts rows while they go by; several threads may bring some at once."""

    def __init__(self, tables: Sequence[Table], progress: Progress | None) -> None:
        """Begin with none.

        Args:
            tables: the files of forms.
            progress: is told how many forms were read.
        """
        self._tables = tables
        self._progress = progress
        self._rows: Counter[int] = Counter()
        """Number of a file to how many rows of it were judged, blank ones included."""
        self._alone = Lock()
        self.blank = 0
        self.written = 0

    @property
    def read(self) -> int:
        """The forms that were read."""
        return self._rows.total() - self.blank

    def take(self, files: pl.Series, blank: pl.Series) -> None:
        """Count some rows.

        Args:
            files: the number of each one's file.
            blank: whether it is no form.
        """
        with self._alone:
            for file, count in files.value_counts().iter_rows():
                self._rows[file] += count
            self.blank += int(blank.sum())
            if self._progress is not None:
                self._progress(self._rows.total())

    def take_written(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Count rows on their way to a file."""
        with self._alone:
            self.written += rows.height
        return rows

    def check(self, rejected: int) -> None:
        """Make sure that no form is lost, and that each file gave all the rows it has.

        Raises:
            EnginesDisagree: some form is lost or doubled.
        """
        _check(self.read, self.written + rejected)
        for number, table in enumerate(self._tables):
            if table.rows is not None:
                _check(table.rows, self._rows[number])


def _check(read: int, accounted: int) -> None:
    if read != accounted:
        raise EnginesDisagree(f"{read} forms were read, and {accounted} are accounted for")
