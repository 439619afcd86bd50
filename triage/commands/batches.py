"""What the commands for many forms share: the files they read, those they write, and progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.commands.refusals import Refused

if TYPE_CHECKING:
    from triage.batch.score_files import Job
    from triage.book.rulebook import RuleBook
    from triage.intake.tables import Table

SOME_REJECTED = 1
"""Exit status of a batch of which some forms were rejected."""


def open_forms(
    book: RuleBook, forms: tuple[str, ...], mapping: str | None, profile: str | None
) -> Job:
    """Files of forms, opened, with what each of their columns holds."""
    from triage.batch.score_files import job
    from triage.intake.files import open_tables
    from triage.intake.mapping_file import read_mapping

    if mapping and profile:
        raise Refused("read --mapping and --profile, expected one or the other")
    tables = open_tables(book, forms)
    return job(book, tables, read_mapping(book, Path(mapping)) if mapping else profile)


def files_of(batch: Job, mapping: str | None) -> list[Path]:
    """What a batch is read from."""
    read = [Path(table.file) for table in batch.tables]
    return [*read, Path(mapping)] if mapping else read


def check_apart(written: list[Path], read: list[Path]) -> None:
    """Refuse to write two things into one file, or over a file of forms."""
    for place, file in enumerate(written):
        if file.resolve() in {other.resolve() for other in (*written[:place], *read)}:
            raise Refused(
                f"{file}: named twice; expected a file of its own for all that is written"
            )


@contextmanager
def progress(tables: Sequence[Table]) -> Iterator[Callable[[int], None] | None]:
    """Shows how many forms were read, on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    last = time.monotonic()

    def show(read: int) -> None:
        nonlocal last
        if time.monotonic() - last > 0.2:
            last = time.monotonic()
            known = [table.rows for table in tables]
            of = "" if None in known else f" of {sum(filter(None, known)):,}"
            click.echo(f"\r{read:,}{of} forms read", err=True, nl=False)

    try:
        yield show
    finally:
        click.echo("\r" + " " * 60 + "\r", err=True, nl=False)
