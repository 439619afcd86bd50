"""Score files of forms: every form is either scored or rejected, and all are counted.

One pass: the forms are read, laid out as the table of forms, judged, and written, a piece at a
time. What is refused is written with its reasons to a file of its own.

Not here: reading files (`intake`), judging (`scoring`), showing the counts (`batch_report`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from triage.intake.canonical import UNREAD, Canonical
from triage.intake.constants import with_constants
from triage.intake.mapping import IntakeMapping, check
from triage.intake.output import beside, neutral_column, sink
from triage.intake.profiles import PROFILES, detect
from triage.intake.rejects import EnginesDisagree, Rejects
from triage.intake.tables import DAMAGE, ROW, Table, looked_up
from triage.problems import BadInput, Problem
from triage.rulebook import RuleBook
from triage.scoring import Scoring
from triage.table import ID
from triage.tally import Counts, Tally

FILE = "file___"
"""The column that numbers the files of forms."""
_REFUSED = "refused___"
_BLANK = "blank___"
_SCORED = "scored___"
_CELLS = "cells___"
_LENGTH = "rows___"

Progress = Callable[[int], None]
"""Is told of so many more forms read."""


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
    problems = [Problem(first, 1, message) for message in check(mapping, columns, book)]
    if problems:
        raise BadInput(problems)
    return Job(book, tables, mapping, columns)


def run(
    job: Job,
    target: Path,
    rejected: Path,
    *,
    explain: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Score forms into one file and write the rejected ones into another.

    Args:
        job: the forms.
        target: where the scored forms go; its ending is one of `output.ROWS`.
        rejected: where the rejected ones go; its ending is one of `output.REJECTS`.
        explain: add a column of the rules that fired.
        progress: is told how many forms were read.

    Raises:
        BadInput: the files cannot be read, or hold no form.
        OSError: the files cannot be written.
        EnginesDisagree: there is a bug in this program.
    """
    started = time.perf_counter()
    tables = list(job.tables)
    while True:
        try:
            outcome = _Run(job, tables, explain, progress).whole(target, rejected)
        except pl.exceptions.PolarsError as error:
            if "os error" in str(error):  # a full disk, say
                raise OSError(0, _system_words(error), str(target)) from None
            tables, before = [table.after_failure() or table for table in tables], tables
            if all(one is other for one, other in zip(tables, before, strict=True)):
                # Its own message may hold answers.
                names = ", ".join(table.file for table in tables)
                raise BadInput([Problem(names, None, "cannot be read")]) from None
        else:
            return Outcome(**outcome, seconds=time.perf_counter() - started)


def _system_words(error: Exception) -> str:
    """What the system said, without anything else that a message may hold."""
    words = str(error).split("(os error")[0].rsplit(":", 1)[-1].strip()
    return words or "cannot be written"


class _Run:
    """One attempt at a batch."""

    def __init__(
        self, job: Job, tables: Sequence[Table], explain: bool, progress: Progress | None
    ) -> None:
        self.job = job
        self.tables = tables
        self.explain = explain
        self.progress = progress
        self.names = {column: f"raw___{place}" for place, column in enumerate(job.columns)}
        self.scoring = Scoring(job.book)
        self._failure: BaseException | None = None

    def whole(self, target: Path, rejected: Path) -> dict[str, Any]:
        raw, canonical = self._raw()
        judged = self._judged(raw, canonical)
        tally = Tally(self.scoring)
        with (
            beside(rejected, target) as parts,
            parts[rejected].open("w", encoding="utf-8", newline="") as stream,
        ):
            rejects = Rejects(self.job.book, canonical, stream, rejected)
            *_, by_file, sums = pl.collect_all(
                [
                    sink(self._rows(judged, target), parts[target], target),
                    self._refused(judged, rejects),
                    judged.group_by(FILE).agg(pl.len().alias(_LENGTH)),
                    self._sums(judged, tally),
                ],
                engine="streaming",
            )
            if self._failure is not None:
                raise self._failure
            added = sums.row(0, named=True)
            rows = int(by_file[_LENGTH].sum())
            blanks, scored = int(added[_BLANK] or 0), int(added[_SCORED] or 0)
            self._check(rows, blanks + scored + rejects.forms)
            self._check_files(by_file)
            if rows == blanks:
                names = ", ".join(table.file for table in self.tables)
                raise BadInput([Problem(names, None, "no form in it, only a header")])
            stream.close()
        return {
            "read": rows - blanks,
            "scored": scored,
            "rejected": rejects.forms,
            "rejected_with_red_flags": rejects.with_red_flags,
            "blank": blanks,
            "counts": tally.counts(added),
            "rejected_at": dict(rejects.by_item.most_common()),
            "mapping": self.job.mapping,
            "files": tuple(table.file for table in self.tables),
        }

    def _raw(self) -> tuple[pl.LazyFrame, Canonical]:
        """All rows of all files, and what reads their columns."""
        book, mapping = self.job.book, self.job.mapping
        before = Canonical(book, mapping, self.names, pl.Schema())
        types = before.types([row for table in self.tables for row in table.sample()])
        frames = []
        for number, table in enumerate(self.tables):
            names = self.names if table.sparse else {c: self.names[c] for c in table.header}
            cells = table.scan(names, types)
            frames.append(cells.with_columns(pl.lit(number, dtype=pl.UInt32).alias(FILE)))
        raw = _together(frames)
        canonical = Canonical(book, mapping, self.names, raw.collect_schema())
        canonical.usual = before.usual
        return raw, canonical

    def _judged(self, raw: pl.LazyFrame, canonical: Canonical) -> pl.LazyFrame:
        # As one column, for every layer of scoring hands on all columns that are still needed.
        cells = pl.struct(*self.names.values()).alias(_CELLS)
        blank = pl.all_horizontal(pl.col(*self.names.values(), DAMAGE).is_null()).alias(_BLANK)
        laid = raw.select(ROW, FILE, DAMAGE, cells, blank, *canonical.columns())
        kept = [ID, ROW, FILE, DAMAGE, UNREAD, _CELLS, _BLANK]
        frame: nw.LazyFrame[Any] = nw.from_native(laid)
        constants = self.job.mapping.constants
        if constants:
            frame = self.scoring.answers(frame, kept)
            frame = with_constants(frame, self.scoring.compiled, constants)
        frame = self.scoring.judged(frame, kept, explain=self.explain)
        judged = frame.with_columns(self.scoring.is_refused().alias(_REFUSED)).to_native()
        refused = pl.col(_REFUSED) | pl.col(UNREAD) | pl.col(DAMAGE).is_not_null()
        marked: pl.LazyFrame = judged.with_columns(refused.alias(_REFUSED))
        # What several plans read is made once, and Polars does not always see it by itself.
        return marked.with_columns((~pl.col(_REFUSED) & ~pl.col(_BLANK)).alias(_SCORED)).cache()

    def _sums(self, judged: pl.LazyFrame, tally: Tally) -> pl.LazyFrame:
        counted = [nw.col(_SCORED).sum(), nw.col(_BLANK).sum(), *tally.sums(nw.col(_SCORED))]
        frame: nw.LazyFrame[Any] = nw.from_native(judged.with_columns(self._ticking()))
        sums: pl.LazyFrame = frame.select(*counted, nw.col(ROW).max()).to_native()
        return sums

    def _rows(self, judged: pl.LazyFrame, target: Path) -> pl.LazyFrame:
        """The rows as they are written."""
        scored = judged.filter(_SCORED)
        columns: list[str] = [ID, *self.scoring.said(self.explain)]
        if len(self.tables) > 1:
            files = {number: table.file for number, table in enumerate(self.tables)}
            scored = scored.with_columns(looked_up(FILE, files).alias("file"))
            columns.insert(1, "file")
        rows = scored.select(columns)
        if target.suffix.lower() == ".csv":
            rows = rows.with_columns(neutral_column(c) for c in (ID, "file") if c in columns)
        return rows

    def _refused(self, judged: pl.LazyFrame, rejects: Rejects) -> pl.LazyFrame:
        """The plan that hands refused rows over to be written."""

        def take(rows: pl.DataFrame) -> bool:
            try:
                for row in rows.iter_rows(named=True):
                    rejects.take(self.tables[row[FILE]].file, row)
            except BaseException as error:
                self._failure = error
                return True
            return False

        columns = (ID, ROW, FILE, DAMAGE, _CELLS)
        return (
            judged.filter(pl.col(_REFUSED) & ~pl.col(_BLANK))
            .select(columns)
            .unnest(_CELLS)
            .sink_batches(take, lazy=True)
        )

    def _ticking(self) -> list[pl.Expr]:
        """Tells how far the work is, as rows go by."""
        if self.progress is None:
            return []
        progress = self.progress

        def told(rows: pl.Series) -> pl.Series:
            progress(len(rows))
            return rows

        return [pl.col(ROW).map_batches(told, return_dtype=pl.UInt32, is_elementwise=True)]

    def _check(self, read: int, accounted: int) -> None:
        if read != accounted:
            message = f"{read} rows were read, and {accounted} are accounted for"
            raise EnginesDisagree(message)

    def _check_files(self, counted: pl.DataFrame) -> None:
        """Each file gave as many rows as it is known to have."""
        by_file = dict(zip(counted[FILE], counted[_LENGTH], strict=True))
        for number, table in enumerate(self.tables):
            if table.rows is not None:
                self._check(table.rows, by_file.get(number, 0))


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
