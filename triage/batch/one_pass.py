"""One pass over files of forms, which go through all of it a piece at a time.

They are read, laid out as the table of forms, judged, and written.  What is refused is written with
its reasons to a file of its own.

Not here: reading files (`intake`), judging (`scoring`), and what to do where the files are not what
they were taken for (`score_files`).
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TextIO

import narwhals as nw
import polars as pl

from triage.answers.table import ID
from triage.batch.accounts import Account, Accounting, Progress
from triage.batch.scoring import scoring
from triage.batch.tally import Counts, Tally
from triage.intake.all_rows import FILE, all_rows, bad_files
from triage.intake.canonical import UNREAD, Canonical
from triage.intake.constants import with_constants
from triage.intake.first_cells import habits
from triage.intake.older_tables import notices
from triage.intake.output import Part, naming, naming_for_polars, neutral_column, sink
from triage.intake.raw_columns import RawColumns
from triage.intake.rejects import Rejects
from triage.intake.row_answers import RowAnswers
from triage.intake.tables import DAMAGE, ROW, Table, look_up

_REFUSED = "refused___"
_BLANK = "blank___"
_SCORED = "scored___"
_CELLS = "cells___"


class OtherwiseWritten(Exception):
    """A file is not what it was taken for when it was opened."""


class TrustedTooMuch(Exception):
    """A column that was taken as it stands has a cell that means something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Account):
    """What became of a batch."""

    scored: int
    counts: Counts
    rejected_at: Mapping[str, int]
    """Item, or `rejects.WHOLE_ROW`, to how many rejected forms have something wrong there."""


class Pass:
    """One pass over some files, each read in one manner."""

    def __init__(
        self,
        tables: Sequence[Table],
        columns: RawColumns,
        *,
        trusting: bool,
        explain: bool,
        progress: Progress | None,
    ) -> None:
        """Prepare.

        Args:
            tables: the files.
            columns: their columns.
            trusting: take columns as they stand whose first cells need no reading.
            explain: add a column of the rules that fired.
            progress: is told how many forms were read.
        """
        self.tables = tables
        self.columns = columns
        self.trusting = trusting
        self.explain = explain
        with _nothing_to_clear_away():
            self.scoring = scoring(columns.book)
            self.tally = Tally(self.scoring.columns)
        self.accounting = Accounting(tables, progress)
        self.answers = RowAnswers(columns)
        self._failure: Exception | None = None

    def outcome(self, scored: Part, rejected: Part, stream: TextIO, started: float) -> Outcome:
        """Write both files, and count.

        Args:
            scored: where the scored forms go.
            rejected: where the rejected ones go.
            stream: its text.
            started: when the work on the batch began.

        Raises:
            OtherwiseWritten: a file has to be read in a more careful way.
            TrustedTooMuch: so have the columns.
            EnginesDisagree: there is a bug in this program.
            BadInput: there is no form.
            OSError: the files cannot be written.
        """
        rejects = Rejects(self.answers, stream, rejected.ending)
        with _nothing_to_clear_away():
            raw, canonical = self._raw()
            judged = self._judge(raw, canonical)
            plans = [
                sink(self._rows(judged, scored), scored),
                self._refuse(judged, rejects, canonical.habits.trusted, rejected),
            ]
        with naming_for_polars(scored.target):
            pl.collect_all(plans, engine="streaming")
        if self._failure is not None:
            raise self._failure
        if not all(table.sound() for table in self.tables):
            raise OtherwiseWritten
        self.accounting.check(rejects.forms)
        if not self.accounting.read:
            raise bad_files(self.tables, "no form in it, only a header")
        return Outcome(
            read=self.accounting.read,
            scored=self.accounting.written,
            rejected=rejects.forms,
            rejected_with_red_flags=rejects.with_red_flags,
            blank=self.accounting.blank,
            counts=self.tally.counts(),
            rejected_at=dict(rejects.by_item.most_common()),
            mapping=self.columns.mapping,
            notices=notices(self.tables),
            files=tuple(table.file for table in self.tables),
            seconds=time.perf_counter() - started,
        )

    def _raw(self) -> tuple[pl.LazyFrame, Canonical]:
        """All rows of all files, and what reads their columns."""
        written = habits(self.columns, [table.sample() for table in self.tables])
        if not self.trusting:
            written = replace(written, trusted=frozenset())
        raw = all_rows(self.tables, self.columns.names, written.types)
        return raw, Canonical(self.columns, raw.collect_schema(), written)

    def _judge(self, raw: pl.LazyFrame, canonical: Canonical) -> pl.LazyFrame:
        # As one column, for every layer of scoring hands on all columns that are still needed.
        cells = pl.struct(*self.columns.names.values()).alias(_CELLS)
        blank = (self.columns.blank() & pl.col(DAMAGE).is_null()).alias(_BLANK)
        laid = raw.select(ROW, FILE, DAMAGE, cells, blank, *canonical.columns())
        kept = [ID, ROW, FILE, DAMAGE, UNREAD, _CELLS, _BLANK]
        frame: nw.LazyFrame[Any] = nw.from_native(laid)
        constants = self.columns.mapping.constants
        if constants:
            frame = self.scoring.answers(frame, kept)
            frame = with_constants(frame, self.scoring.compiled, constants)
        frame = self.scoring.judge(frame, kept, explain=self.explain)
        judged = frame.with_columns(self.scoring.is_refused().alias(_REFUSED)).to_native()
        refused = pl.col(_REFUSED) | pl.col(UNREAD) | pl.col(DAMAGE).is_not_null()
        marked = judged.with_columns(refused.alias(_REFUSED))
        marked = marked.with_columns((~pl.col(_REFUSED) & ~pl.col(_BLANK)).alias(_SCORED))
        shown = self.scoring.shown(self.explain)
        needed = dict.fromkeys([*kept, _REFUSED, _SCORED, *shown, *self.tally.columns])
        counted: pl.LazyFrame = marked.select(*needed).map_batches(
            self._count, streamable=True, projection_pushdown=False, predicate_pushdown=False
        )
        # Both plans read this, and Polars does not always see by itself that it is made once.
        return counted.cache()

    def _count(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Take note of a piece of the judged rows, which several threads may bring at once."""
        if not all(table.sound_so_far() for table in self.tables):
            raise OtherwiseWritten  # which Polars ends for, with an error of its own
        self.tally.take(rows if rows[_SCORED].all() else rows.filter(_SCORED))
        self.accounting.take(rows[FILE], rows[_BLANK])
        return rows

    def _rows(self, judged: pl.LazyFrame, part: Part) -> pl.LazyFrame:
        """The rows as they are written."""
        scored = judged.filter(_SCORED)
        columns: list[str] = [ID, *self.scoring.shown(self.explain)]
        if len(self.tables) > 1:
            files = {number: table.file for number, table in enumerate(self.tables)}
            scored = scored.with_columns(look_up(FILE, files).alias("file"))
            columns.insert(1, "file")
        rows = scored.select(columns).map_batches(self.accounting.take_written, streamable=True)
        if part.ending == ".csv":
            rows = rows.with_columns(neutral_column(c) for c in (ID, "file") if c in columns)
        return rows

    def _refuse(
        self, judged: pl.LazyFrame, rejects: Rejects, trusted: frozenset[str], part: Part
    ) -> pl.LazyFrame:
        """The plan that hands refused rows over to be written."""

        def take(rows: pl.DataFrame) -> bool:
            try:
                with naming(part.target):
                    for row in rows.iter_rows(named=True):
                        # A whole row is refused for its damage, whatever its cells hold.
                        if row[DAMAGE] is None and self.answers.misread(row, trusted):
                            raise TrustedTooMuch
                        rejects.take(self.tables[row[FILE]].file, row)
            except Exception as error:  # raised when the other plans are done: Polars would panic
                self._failure = error
            return self._failure is not None

        columns = (ID, ROW, FILE, DAMAGE, _CELLS)
        return (
            judged.filter(pl.col(_REFUSED) & ~pl.col(_BLANK))
            .select(columns)
            .unnest(_CELLS)
            .sink_batches(take, lazy=True)
        )


@contextmanager
def _nothing_to_clear_away() -> Iterator[None]:
    """Planning makes many objects and drops few: looking for those takes a fifth of its time."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
