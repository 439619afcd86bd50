"""Score files of forms: every form is either scored or rejected, and all are counted.

Files are first read in the quickest manner that their beginnings allow, and once more in a careful
one where they turn out to be otherwise.

Not here: a pass over the forms (`one_pass`), showing the counts (`summary`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from triage.batch.accounts import Progress
from triage.batch.one_pass import OtherwiseWritten, Outcome, Pass, TrustedTooMuch
from triage.book.rulebook import RuleBook
from triage.intake.all_rows import bad_files
from triage.intake.fitting import fit
from triage.intake.mapping import IntakeMapping
from triage.intake.output import Part, naming
from triage.intake.raw_columns import RawColumns
from triage.intake.tables import Table


@dataclass(frozen=True, slots=True)
class Job:
    """Files of forms, with what each column of theirs holds."""

    tables: Sequence[Table]
    columns: RawColumns


def job(book: RuleBook, tables: Sequence[Table], mapping: IntakeMapping | str | None) -> Job:
    """Find out what every column holds.

    Args:
        book: the rule book.
        tables: the files of forms.
        mapping: a mapping, the name of a profile, or nothing: the profile that fits best.

    Raises:
        BadInput: with every column that nothing is known of, and all else that is wrong.
    """
    return Job(*fit(book, tables, mapping))


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
        one_pass = Pass(tables, job.columns, trusting=trusting, explain=explain, progress=progress)
        try:
            with (
                naming(rejected.target),
                rejected.path.open("w", encoding="utf-8", newline="") as stream,
            ):
                return one_pass.outcome(scored, rejected, stream, started)
        except TrustedTooMuch:
            trusting = False
        except (OtherwiseWritten, pl.exceptions.PolarsError):
            more_careful = [table.after_failure() or table for table in tables]
            if more_careful == list(tables):
                # What Polars says may hold answers.
                raise bad_files(tables, "cannot be read") from None
            tables = more_careful
