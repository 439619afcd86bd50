"""The columns of some files as they are, before they are laid out as the table of forms.

Every column goes by a name that means nothing, until what it holds is read.

Not here: which column holds what (`mapping`), reading them (`canonical`, `row_answers`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl

from triage.answers.table import ID
from triage.book.items import Item
from triage.book.rulebook import RuleBook
from triage.intake.cells import CellReader
from triage.intake.labels import TRUTH_VALUES, fold
from triage.intake.mapping import IntakeMapping, Tick, Whole
from triage.intake.tables import ROW


class RawColumns:
    """Columns of files, with what a mapping says of each."""

    def __init__(self, book: RuleBook, mapping: IntakeMapping, columns: Sequence[str]) -> None:
        """Prepare to read.

        Args:
            book: the rule book.
            mapping: what each column holds.
            columns: the columns of all headers.
        """
        self.book = book
        self.mapping = mapping
        self.names: Mapping[str, str] = {
            column: f"raw___{place}" for place, column in enumerate(columns)
        }
        """Each column, and what it is called before anybody knows what it holds."""
        self.readers: Mapping[str, CellReader[object]] = {
            column: mapping.reader(book, role) for column, role in mapping.roles.items()
        }
        """What reads the cells of each column that holds an answer."""

    def item(self, column: str) -> Item:
        """The item that a column answers."""
        return self.book.items[self.mapping.roles[column].item]

    def own_options(self, column: str) -> set[str]:
        """The options of a column's item whose names mean just those options."""
        reader = self.readers[column]
        return {option for option in self.item(column).options if reader.read(option) == option}

    def as_it_stands(self, column: str) -> bool:
        """Whether a number or a truth value in a column means just that.

        Not so in another unit, where a limit decides, and where the mapping gives one a meaning: 99
        for no answer, say.
        """
        role, number = self.mapping.roles[column], self.item(column).number
        own_unit = number.unit if number else None
        if isinstance(role, Whole) and role.unit not in (None, own_unit):
            return False
        if isinstance(role, Tick) and role.limit is not None:
            return False
        words = map(fold, (*role.labels, *self.mapping.blanks))
        return not any(word in TRUTH_VALUES or plain_number(word) for word in words)

    def form(self) -> pl.Expr:
        """The form's name: what its column holds, or the number of its row."""
        column = self.mapping.form
        named = pl.col(self.names[column]) if column else pl.col(ROW)
        return named.cast(pl.String).alias(ID)

    def blank(self) -> pl.Expr:
        """Whether no cell of a row is filled."""
        return pl.all_horizontal(pl.col(list(self.names.values())).is_null())


def plain_number(text: str) -> bool:
    """Whether a text is a number as every program writes it."""
    try:
        return math.isfinite(float(text)) and "_" not in text and text.isascii()
    except ValueError:
        return False
