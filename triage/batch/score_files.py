"""Score files of forms: every form is either scored or rejected, and all are counted.

One pass: the forms are read, laid out as the table of forms, judged, and written, a piece at a
time. What is refused is written with its reasons to a file of its own.

Not here: reading files (`intake`), judging (`scoring`), showing the counts (`summary`).
"""

from __future__ import annotations

import gc
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, TextIO

import narwhals as nw
import polars as pl

from triage.answers.table import ID
from triage.batch.scoring import Scoring
from triage.batch.tally import Counts, Tally
from triage.book.rulebook import RuleBook
from triage.intake.canonical import UNREAD, Canonical
from triage.intake.constants import with_constants
from triage.intake.mapping import IntakeMapping, check
from triage.intake.output import Part, naming, neutral_column, sink
from triage.intake.profiles import PROFILES, detect
from triage.intake.rejects import Rejects
from triage.intake.tables import DAMAGE, ROW, Table, looked_up
from triage.problems import BadInput, EnginesDisagree, Problem

FILE = "file___"
"""The column that numbers the files of forms."""
_REFUSED = "refused___"
_BLANK = "blank___"
_SCORED = "scored___"
_CELLS = "cells___"

_SYSTEM_ERROR = re.compile(r"\(os error ([0-9]+)\)$")
"""How Polars ends what it says where the system refused it something."""

Progress = Callable[[int], None]
"""Is told how many forms were read so far."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch."""

    read: int
    scored: int
    rejected: int
    rejected_with_red_flags: int
    blank: int
    """Rows without a single filled cell, which are no forms."""
    counts: Counts
    rejected_at: Mapping[str, int]
    """Item, or `rejects.WHOLE_ROW`, to how many rejected forms have something wrong there."""
    mapping: IntakeMapping
    files: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Job:
    """Forms to be scored, with what each column of theirs holds."""

    book: RuleBook
    tables: Sequence[Table]
    mapping: IntakeMapping
    columns: tuple[str, ...]


def job(book: RuleBook, tables: Sequence[Table], mapping: IntakeMapping | str | None) -> Job:
    """Find out what every column holds.

    Args:
        book: the rule book.
        tables: the files of forms.
        mapping: a mapping, the name of a profile, or nothing: the profile that fits best.

    Raises:
        BadInput: with every column that nothing is known of, and all else that is wrong.
    """
    columns = tuple(dict.fromkeys(column for table in tables for column in table.header))
    sparse = all(table.sparse for table in tables)
    first = tables[0].file
    needs = {table.profile for table in tables}
    if mapping == "fhir" and needs != {"fhir"}:
        message = "no FHIR resources in it, expected a QuestionnaireResponse a line"
        raise BadInput([Problem(first, None, message)])
    if mapping is None:
        mapping = tables[0].profile if len(needs) == 1 else None
    if mapping is None:
        mapping = detect(columns, book, first)
    if isinstance(mapping, str):
        mapping = PROFILES[mapping](columns, book)
    if sparse and mapping.source in ("template", "fhir"):
        # Where rows leave out what has no answer, the first ones need not show every column.
        answered = mapping.items()
        columns = (*columns, *(i for i in book.items if i not in answered and i not in columns))
        mapping = PROFILES[mapping.source](columns, book)
    problems = list(check(mapping, columns, book, first))
    if problems:
        raise BadInput(problems)
    return Job(book, tables, mapping, columns)


def run(
    job: Job,
    scored: Part,
    rejected: Part,
    *,
    explain: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Score forms into one file and write the rejected ones into another.

    Args:
        job: the forms.
        scored: where the scored forms go; its ending is one of `output.ROWS`.
        rejected: where the rejected ones go; its ending is one of `output.REJECTS`.
        explain: add a column of the rules that fired.
        progress: is told how many forms were read.

    Raises:
        BadInput: the files cannot be read, or hold no form.
        OSError: the files cannot be written.
        EnginesDisagree: there is a bug in this program.
    """
    started = time.perf_counter()
    tables, trusting = job.tables, True
    while True:
        with _nothing_to_clear_away():
            attempt = _Attempt(job, tables, trusting, explain, progress)
        try:
            with (
                naming(rejected.target),
                rejected.path.open("w", encoding="utf-8", newline="") as stream,
            ):
                return attempt.outcome(scored, rejected, stream, started)
        except EnginesDisagree:
            if not attempt.trusting:
                raise
            trusting = False  # a cell needed reading that no cell of the first rows did
        except (_Otherwise, pl.exceptions.PolarsError):
            more_careful = [table.after_failure() or table for table in tables]
            if more_careful == list(tables):
                # What Polars says may hold answers.
                raise _bad(tables, "cannot be read") from None
            tables = more_careful


def _bad(tables: Sequence[Table], message: str) -> BadInput:
    return BadInput([Problem(", ".join(table.file for table in tables), None, message)])


class _Otherwise(Exception):
    """A file is not what it was taken for when it was opened."""


class _Attempt:
    """One attempt at a batch, with each file read in one manner.

    A trusting one takes columns as they stand whose first cells need no reading.
    """

    def __init__(
        self,
        job: Job,
        tables: Sequence[Table],
        trusting: bool,
        explain: bool,
        progress: Progress | None,
    ) -> None:
        self.job = job
        self.tables = tables
        self.trusting = trusting
        self.explain = explain
        self.progress = progress
        self.names = raw_names(job)
        self.scoring = Scoring(job.book)
        self.tally = Tally(self.scoring.columns)
        self.rows: Counter[int] = Counter()
        """Number of a file to how many rows of it were judged, blank ones included."""
        self.blank = 0
        self.written = 0
        self._alone = Lock()
        self._failure: Exception | None = None

    def outcome(self, scored: Part, rejected: Part, stream: TextIO, started: float) -> Outcome:
        """Write both files, and count."""
        with _nothing_to_clear_away():
            raw, canonical = self._raw()
            judged = self._judged(raw, canonical)
            rejects = Rejects(self.job.book, canonical, stream, rejected.ending)
            plans = [
                sink(self._rows(judged, scored), scored),
                self._refused(judged, rejects, rejected),
            ]
        with _naming_polars(scored):
            pl.collect_all(plans, engine="streaming")
        if self._failure is not None:
            raise self._failure
        if not all(table.sound() for table in self.tables):
            raise _Otherwise
        outcome = Outcome(
            scored=self.written,
            rejected=rejects.forms,
            rejected_with_red_flags=rejects.with_red_flags,
            blank=self.blank,
            read=sum(self.rows.values()) - self.blank,
            counts=self.tally.counts(),
            rejected_at=dict(rejects.by_item.most_common()),
            mapping=self.job.mapping,
            files=tuple(table.file for table in self.tables),
            seconds=time.perf_counter() - started,
        )
        _check(outcome.read, outcome.scored + outcome.rejected)
        self._check_files()
        if not outcome.read:
            raise _bad(self.tables, "no form in it, only a header")
        return outcome

    def _raw(self) -> tuple[pl.LazyFrame, Canonical]:
        """All rows of all files, and what reads their columns."""
        book, mapping = self.job.book, self.job.mapping
        before = Canonical(book, mapping, self.names, pl.Schema())
        types = before.types([table.sample() for table in self.tables])
        raw = raw_rows(self.tables, self.names, types)
        canonical = Canonical(book, mapping, self.names, raw.collect_schema())
        canonical.usual = before.usual
        canonical.trusted = before.trusted if self.trusting else frozenset()
        return raw, canonical

    def _judged(self, raw: pl.LazyFrame, canonical: Canonical) -> pl.LazyFrame:
        # As one column, for every layer of scoring hands on all columns that are still needed.
        cells = pl.struct(*self.names.values()).alias(_CELLS)
        blank = (canonical.blank() & pl.col(DAMAGE).is_null()).alias(_BLANK)
        laid = raw.select(ROW, FILE, DAMAGE, cells, blank, *canonical.columns())
        kept = [ID, ROW, FILE, DAMAGE, UNREAD, _CELLS, _BLANK]
        frame: nw.LazyFrame[Any] = nw.from_native(laid)
        constants = self.job.mapping.constants
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
            raise _Otherwise  # which Polars ends for, with an error of its own
        self.tally.take(rows if rows[_SCORED].all() else rows.filter(_SCORED))
        with self._alone:
            for file, count in rows[FILE].value_counts().iter_rows():
                self.rows[file] += count
            self.blank += int(rows[_BLANK].sum())
            if self.progress is not None:
                self.progress(self.rows.total())
        return rows

    def _count_written(self, rows: pl.DataFrame) -> pl.DataFrame:
        with self._alone:
            self.written += rows.height
        return rows

    def _rows(self, judged: pl.LazyFrame, part: Part) -> pl.LazyFrame:
        """The rows as they are written."""
        scored = judged.filter(_SCORED)
        columns: list[str] = [ID, *self.scoring.shown(self.explain)]
        if len(self.tables) > 1:
            files = {number: table.file for number, table in enumerate(self.tables)}
            scored = scored.with_columns(looked_up(FILE, files).alias("file"))
            columns.insert(1, "file")
        rows = scored.select(columns).map_batches(self._count_written, streamable=True)
        if part.ending == ".csv":
            rows = rows.with_columns(neutral_column(c) for c in (ID, "file") if c in columns)
        return rows

    def _refused(self, judged: pl.LazyFrame, rejects: Rejects, part: Part) -> pl.LazyFrame:
        """The plan that hands refused rows over to be written."""

        def take(rows: pl.DataFrame) -> bool:
            try:
                with naming(part.target):
                    for row in rows.iter_rows(named=True):
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

    def _check_files(self) -> None:
        """Each file gave as many rows as it is known to have."""
        for number, table in enumerate(self.tables):
            if table.rows is not None:
                _check(table.rows, self.rows[number])


def _check(read: int, accounted: int) -> None:
    if read != accounted:
        raise EnginesDisagree(f"{read} forms were read, and {accounted} are accounted for")


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


@contextmanager
def _naming_polars(part: Part) -> Iterator[None]:
    """Say in the system's words what it refused Polars, whose own words may hold answers."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        if isinstance(error, OSError) and error.filename:
            raise
        found = _SYSTEM_ERROR.search(str(error))
        if isinstance(error, pl.exceptions.PolarsError) and not found:
            raise
        number = int(found[1]) if found else 0
        words = os.strerror(number) if found else "cannot be written"
        raise OSError(number, words, str(part.target)) from None


def raw_names(job: Job) -> dict[str, str]:
    """Each column of a job's files, and what it is called before anybody knows what it holds."""
    return {column: f"raw___{place}" for place, column in enumerate(job.columns)}


def raw_rows(
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
