"""A file of forms that were filled in for an older book, as one of the present questionnaire.

Each row is read as it was asked, by its own mapping, and what its answers became is laid out as our
own template.  So all that reads tables reads it, and says the same as of one person's file.  A row
whose answers cannot be taken counts as damaged, with what is wrong in the words of the older
questionnaire; those of its answers that can be used are in its cells, for their red flags.

Not here: what answers became (`answers.older`), which file is an older one (`older_fitting`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from triage.answers.answer import Answer, as_written
from triage.answers.older import notice, turned
from triage.answers.reading import AnswersRefused, read
from triage.answers.table import ID
from triage.answers.wording import answer_in_words
from triage.book.older import OlderBook
from triage.book.rulebook import RuleBook
from triage.intake.all_rows import all_rows
from triage.intake.constants import with_constant_answers
from triage.intake.layouts import TEMPLATE
from triage.intake.mapping import IntakeMapping
from triage.intake.python_rows import Row, as_texts, lazy_frame
from triage.intake.raw_columns import RawColumns
from triage.intake.records import SEVERAL
from triage.intake.row_answers import RowAnswers
from triage.intake.tables import DAMAGE, ROW, Table
from triage.problems import Problem

AT_ONCE = 500
"""Rows that are read at once."""


@dataclass(frozen=True)
class OlderTable:
    """A file of forms of an older book."""

    table: Table
    """The file as it is."""
    columns: RawColumns
    """Its columns, as answers to the older questionnaire."""
    older: OlderBook
    book: RuleBook
    """The present book."""
    lost: Counter[str] = field(default_factory=Counter)
    """Items of which nothing was made, to the number of forms, when it was last read."""
    sparse: bool = False
    profile: str | None = TEMPLATE

    @property
    def file(self) -> str:
        """Its name, for messages."""
        return self.table.file

    @property
    def header(self) -> tuple[str, ...]:
        """The form's name, and every item of the present book."""
        return (ID, *self.book.items)

    @property
    def rows(self) -> int | None:
        """How many rows it has, where that is known by now."""
        return self.table.rows

    def sample(self) -> pl.DataFrame:
        """No cells: all of them are written here, and in one way."""
        return as_texts(self.header, ())

    def scan(self, names: Mapping[str, str], _types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
        """All rows, as `tables.Table` says."""
        return lazy_frame(self._rows, self.header, names)

    def after_failure(self) -> Table | None:
        """There is no other way to read it: the file is read in the most careful one already."""
        return None

    def sound_so_far(self) -> bool:
        """Whether the file still seems to be what it was taken for."""
        return self.table.sound_so_far()

    def sound(self) -> bool:
        """Whether it is what it was taken for."""
        return self.table.sound()

    def _rows(self) -> Iterator[Row]:
        self.lost.clear()
        answers = RowAnswers(self.columns)
        names = list(self.columns.names.values())
        frame = all_rows([self.table], self.columns.names, {})
        wanted = frame.select(ROW, DAMAGE, *names, self.columns.form())
        for some in wanted.collect_batches(chunk_size=AT_ONCE, maintain_order=True):
            for row in some.iter_rows(named=True):
                if row[DAMAGE] is not None:
                    yield self._row(row, {}, row[DAMAGE])
                elif any(row[name] is not None for name in names):
                    yield self._turned(row, answers)
                else:
                    yield Row(row[ROW], [None] * len(self.header))

    def _turned(self, row: Mapping[str, Any], answers: RowAnswers) -> Row:
        constants = self.columns.mapping.constants
        given = with_constant_answers(self.columns.book, answers.written(row), constants)
        wrong: list[str] = []

        def locate(_: str, message: str) -> Problem:
            wrong.append(message)
            return Problem(self.file, None, message)

        try:
            found = turned(self.book, self.older, read(self.older.items, given, locate))
        except AnswersRefused as error:
            # Where two answers contradict each other, each stands in one of those that are usable.
            both: dict[str, Answer] = {}
            for usable in reversed(error.usable):
                both |= turned(self.book, self.older, usable).responses.answers
            return self._row(row, both, "; ".join(wrong))
        self.lost.update(found.lost)
        return self._row(row, found.responses.answers)

    def _row(
        self, row: Mapping[str, Any], answers: Mapping[str, Answer], damage: str | None = None
    ) -> Row:
        # Not nothing, which is what a row without any filled cell holds.
        cells = [row[ID] or "", *(_cell(answers.get(item)) for item in self.book.items)]
        return Row(row[ROW], cells, damage)


def _cell(answer: Answer | None) -> str | None:
    """An answer as a cell of our own template."""
    if answer is None:
        return None
    written = as_written(answer)
    if isinstance(written, list):
        return SEVERAL.join(written)
    return written if isinstance(written, str) else json.dumps(written)


def notices(tables: Sequence[Table]) -> tuple[str, ...]:
    """What to say of files that were filled in for an older book, once they were read."""
    turned_here = [table for table in tables if isinstance(table, OlderTable)]
    if not turned_here:
        return ()
    first = turned_here[0]
    lost = sum((table.lost for table in turned_here), Counter[str]())
    counted = [f"{item} ({_forms(count)})" for item, count in lost.most_common()]
    said = notice(first.older.version, first.book.version, counted)
    return (said[0].upper() + said[1:], *_as_asked(first.older, first.columns.mapping))


def _forms(count: int) -> str:
    return "1 form" if count == 1 else f"{count:,} forms"


def _as_asked(older: OlderBook, mapping: IntakeMapping) -> Iterator[str]:
    """What the files' own mapping says of all forms."""
    for name, answer in mapping.constants.items():
        item = older.items[name]
        yield f"Constant on every form: {item.ask} {answer_in_words(item, answer)}"
    for item in older.items.values():
        if missing := mapping.not_offered(item):
            told = f"{len(missing)} of {len(item.options)} options have no column"
            yield f"Asked in part, the rest is unknown: {item.id} ({told})"


def asked_by(book: RuleBook, older: OlderBook) -> RuleBook:
    """A rule book with the questions of an older one, to read forms by: it has no rules."""
    return replace(book, items=older.items, sections=older.sections, rules={})
