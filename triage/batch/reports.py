"""A report for every form of a table: each form gets one or is rejected, and all are counted.

The same command goes on where a run was stopped: a report that is there, and was made from the same
answers, rules and options, is not made again.

Not here: file names (`report_names`), making a report (`report_maker`), the index (`report_index`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO, TypeAlias

import polars as pl

from triage.answers.reading import AnswersRefused, read
from triage.answers.responses import Responses
from triage.answers.table import ID
from triage.batch.accounts import Account, Progress, line
from triage.batch.report_index import INDEX, Add, Entry, keep_index, read_index
from triage.batch.report_maker import Done, Maker, Options, Task, digest_of, make_reports
from triage.batch.report_names import Names
from triage.batch.score_files import Job
from triage.intake.all_rows import FILE, all_rows, bad_files
from triage.intake.constants import with_constant_answers
from triage.intake.older_tables import notices
from triage.intake.output import beside, naming
from triage.intake.rejects import Rejects
from triage.intake.row_answers import RowAnswers
from triage.intake.tables import DAMAGE, ROW, most_careful
from triage.languages.translated import in_language
from triage.pictures.loading import pictures_of
from triage.problems import Problem
from triage.report.rendering import FORMS

REJECTED = "rejected.csv"
"""The file of rejected forms, in the folder of reports."""
AT_ONCE = 500
"""Rows that are read at once."""
ENDINGS = {form: ending for ending, form in FORMS.items()}
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(Account):
    """What became of a run."""

    written: int
    skipped: int
    """Reports that were there already."""
    left_over: int
    """Reports of an earlier run whose forms are no longer there; they stay, out of the index."""


def run(
    job: Job,
    options: Options,
    folder: Path,
    *,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Printed:
    """Write a report for every form into a folder, which is made where it is missing.

    Args:
        job: the forms.
        options: what is the same for all reports.
        folder: where the reports go, the index, and the rejected forms.
        processes: how many make reports; as many as there are processors where left out.
        progress: is told how many forms were read.

    Raises:
        BadInput: the forms or the book's pictures cannot be read, or the folder holds something
            else.
        OSError: a file cannot be written.
    """
    started = time.perf_counter()
    book = in_language(job.columns.book, options.language)
    pictures_of(book)  # every report shows some: a slip in them is said before anything is written
    folder.mkdir(mode=0o700, exist_ok=True)
    before = read_index(folder, [table.file for table in job.tables])
    for unfinished in folder.glob(".*.part"):
        unfinished.unlink()
    maker = Maker(book, options, folder)
    with beside(folder / REJECTED) as (part,), keep_index(folder, before) as add:
        with naming(part.target), part.path.open("w", encoding="utf-8", newline="") as stream:
            forms = _Forms(job, maker, before, stream, progress)
            for form, done in make_reports(forms, maker, processes or _processors()):
                forms.take_note(form, done, add)
        if not forms.read:
            raise bad_files(job.tables, "no form in it, only a header")
    return forms.outcome(time.perf_counter() - started)


def closing_lines(printed: Printed, folder: str) -> Iterator[str]:
    """What to print when a run is done."""
    made = [
        ("written", printed.written, f"in {folder}"),
        ("skipped", printed.skipped, "that were there already"),
    ]
    yield from printed.lines(made, str(Path(folder) / REJECTED))
    if printed.left_over:
        yield line("left over", printed.left_over, f"of an earlier run, no longer in {INDEX}")
    yield printed.pace(printed.written, "reports")


@dataclass(frozen=True, slots=True)
class _Form:
    """One form on its way."""

    row: Row
    entry: Entry | None
    """What the index is to say of its report; nothing where the form is refused."""


class _Forms:
    """The forms of a run in their order, and what becomes of each."""

    def __init__(
        self,
        job: Job,
        maker: Maker,
        before: Mapping[str, Entry],
        stream: TextIO,
        progress: Progress | None,
    ) -> None:
        self.job = job
        self.maker = maker
        self.left = dict(before)
        """Reports that were there and were not come upon again."""
        self.answers = RowAnswers(job.columns)
        self.rejects = Rejects(self.answers, stream, Path(REJECTED).suffix)
        self.progress = progress
        self.read = self.written = self.skipped = self.blank = 0

    def __iter__(self) -> Iterator[tuple[_Form, Task | None]]:
        """Each form, and the report that is to be made of it, if any is."""
        given_out = Names(ENDINGS[self.maker.options.form])
        for row in self._rows():
            cells = self.job.columns.names.values()
            if row[DAMAGE] is None and all(row[name] is None for name in cells):
                self.blank += 1
                continue
            self.read += 1
            if self.progress is not None:
                self.progress(self.read)
            # A refused form takes a name too: which one another form gets does not rest on it.
            report = given_out.name(row[ID], row[ROW])
            yield self._form(row, report)

    def take_note(self, form: _Form, done: Done | None, add: Add) -> None:
        """Write down what became of a form."""
        file = self.job.tables[form.row[FILE]].file
        if form.entry is None:
            self.rejects.take(file, form.row)
        elif done is None:
            self.skipped += 1
            add(form.entry, False)
        elif done.reasons:
            self.rejects.take(file, form.row, done.reasons)
        else:
            self.written += 1
            add(replace(form.entry, bytes=done.bytes), True)

    def _rows(self) -> Iterator[Row]:
        names = self.job.columns.names
        # Reports take far longer anyway.
        frame = all_rows([most_careful(table) for table in self.job.tables], names, {})
        wanted = frame.select(FILE, ROW, DAMAGE, *names.values(), self.job.columns.form())
        try:
            for some in wanted.collect_batches(chunk_size=AT_ONCE, maintain_order=True):
                for piece in some.iter_slices(AT_ONCE):
                    yield from piece.iter_rows(named=True)
        except pl.exceptions.PolarsError:  # what Polars says may hold answers
            raise bad_files(self.job.tables, "cannot be read") from None

    def _form(self, row: Row, report: str) -> tuple[_Form, Task | None]:
        responses = self._responses(row) if row[DAMAGE] is None else None
        if responses is None:
            return _Form(row, None), None
        form = row[ID] or ""
        entry = Entry(
            report=report,
            file=self.job.tables[row[FILE]].file,
            row=row[ROW],
            form=form,
            digest=digest_of(self.maker.book, self.maker.options, form, responses),
            bytes=0,
        )
        there = self.left.pop(report, None)
        if (
            there
            and there.digest == entry.digest
            and _size(self.maker.folder / report) == there.bytes
        ):
            return _Form(row, replace(entry, bytes=there.bytes)), None
        return _Form(row, entry), Task(report, form, dict(responses.answers))

    def _responses(self, row: Row) -> Responses | None:
        """The answers of a form, unless some of them cannot be taken."""
        columns = self.job.columns
        given = with_constant_answers(
            columns.book, self.answers.written(row), columns.mapping.constants
        )
        try:
            return read(columns.book.items, given, lambda _, message: Problem("", None, message))
        except AnswersRefused:
            return None

    def outcome(self, seconds: float) -> Printed:
        """The counts, when all is done."""
        return Printed(
            read=self.read,
            written=self.written,
            skipped=self.skipped,
            rejected=self.rejects.forms,
            rejected_with_red_flags=self.rejects.with_red_flags,
            blank=self.blank,
            left_over=len(self.left),
            files=tuple(table.file for table in self.job.tables),
            mapping=self.job.columns.mapping,
            notices=notices(self.job.tables),
            seconds=seconds,
        )


def _size(path: Path) -> int | None:
    """How large a file is; nothing where there is none."""
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
