"""What the readers of files make of them: the answers of each form, and why forms are refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from tests.small import BOOK
from triage.answers.answer import in_doubt
from triage.answers.table import ID, option_column
from triage.batch.score_files import Job, job, run
from triage.book.items import NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.canonical import UNREAD, Canonical
from triage.intake.files import open_tables
from triage.intake.first_cells import habits
from triage.intake.mapping import IntakeMapping
from triage.intake.mapping_file import read_mapping
from triage.intake.output import beside
from triage.intake.tables import DAMAGE, ROW, Table
from triage.problems import BadInput

Mapped = IntakeMapping | str | None
UNREADABLE = "unreadable"
"""Stands for an answer that cannot be read."""


def job_of(path: Path, mapped: Mapped = None, book: RuleBook = BOOK) -> Job:
    """One file of forms; a mapping is a profile's name, or the text of a mapping file."""
    if isinstance(mapped, str) and "\n" in mapped:
        mapped = mapping(path.parent, mapped, book)
    return job(book, open_tables(book, [str(path)]), mapped)


def mapping(folder: Path, text: str, book: RuleBook = BOOK) -> IntakeMapping:
    """The mapping that a file with this text is."""
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return read_mapping(book, folder / "mapping.yaml")


def answers(path: Path, mapped: Mapped = None, book: RuleBook = BOOK) -> list[dict[str, Any]]:
    """The answers of every row, its name under `form`; a damaged row has `damage` beside them."""
    made = job_of(path, mapped, book)
    return answers_of(made, made.tables[0])


def answers_of(made: Job, table: Table) -> list[dict[str, Any]]:
    """The same for one table of a job, in the manner in which it is to be read."""
    columns = made.columns
    written = habits(columns, [table.sample()])
    raw = table.scan(columns.names, written.types)
    canonical = Canonical(columns, raw.collect_schema(), replace(written, trusted=frozenset()))
    try:
        frame = raw.with_columns(canonical.columns()).sort(ROW).collect()
    except pl.exceptions.PolarsError:
        more_careful = table.after_failure()
        if more_careful is None:
            raise
        return answers_of(made, more_careful)
    return [_form(columns.book, row) for row in frame.iter_rows(named=True)]


def _form(book: RuleBook, row: Mapping[str, Any]) -> dict[str, Any]:
    form = {ID: row[ID]}
    for item in book.items.values():
        answer = _answer(item, row)
        if answer is not None:
            form[item.id] = UNREADABLE if answer == UNREAD or answer != answer else answer
    if row[UNREAD]:
        form[UNREADABLE] = True
    return form if row[DAMAGE] is None else {**form, "damage": row[DAMAGE]}


def _answer(item: Item, row: Mapping[str, Any]) -> Any:
    ticked = [o for o in item.options if row.get(option_column(item.id, o)) is True]
    if item.kind == "many":
        return frozenset([*ticked, *map(in_doubt, _doubted(item, row))]) or None
    answer = row.get(item.id)
    return ticked[0] if ticked and answer is None else answer


def _doubted(item: Item, row: Mapping[str, Any]) -> list[str]:
    """The options in doubt, as the table of forms says it."""
    if row.get(option_column(item.id, NOT_SURE)) is not False:
        return []
    return [option for option in item.signs if row[option_column(item.id, option)] is None]


def one_answer(item: str, path: Path, mapped: Mapped = None) -> list[Any]:
    """The answers of every row to one item."""
    return [form.get(item) for form in answers(path, mapped)]


def outcome(
    path: Path, mapped: Mapped = None, book: RuleBook = BOOK
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines of the file of scored forms, and of the file of rejected ones."""
    made = job_of(path, mapped, book)
    with TemporaryDirectory() as folder:
        scored, rejected = Path(folder, "scored.jsonl"), Path(folder, "rejected.jsonl")
        with beside(scored, rejected) as (scores, rejects):
            run(made, scores, rejects)
        return tuple(  # type: ignore[return-value]
            [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            for file in (scored, rejected)
        )


def reasons(path: Path, mapped: Mapped = None, book: RuleBook = BOOK) -> list[str]:
    """Why forms are refused, a line for each thing that is wrong."""
    _, rejected = outcome(path, mapped, book)
    return [f"{line['form']}: {line['reason']}" for line in rejected]


def problems(path: Path, mapped: Mapped = None, book: RuleBook = BOOK) -> list[str]:
    """What is wrong with a file as a whole, or with its mapping, without names of folders."""
    try:
        job_of(path, mapped, book)
    except BadInput as error:
        return [str(problem).replace(f"{path.parent}/", "") for problem in error.problems]
    return []
