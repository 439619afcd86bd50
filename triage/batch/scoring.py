"""The assessment of every form of a table, as one row each that reads well in a spreadsheet.

A row has `form`, where the frame has it; the columns of `scored_row`; and `refused`, the items
whose answers cannot be taken.  A form with such an answer is not scored: all its cells are null,
but for the red flags that its other answers show.

Not here: what stands in each column (`scored_row`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import narwhals as nw

from triage.answers.table import ID, columns
from triage.batch import levels, scored_row
from triage.batch.scored_row import Column, Names, Word
from triage.book.rulebook import RuleBook
from triage.engines.answer_columns import bad_column
from triage.engines.columnar import Compiled
from triage.engines.expressions import Layer, Layers, aliased, any_of
from triage.engines.name_lists import NameLists

REFUSED = "refused"


class Scoring:
    """A rule book compiled to score tables of forms."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.compiled = Compiled(book)
        self._made: dict[bool, Sequence[Layers | NameLists]] = {}
        self._kinds: dict[Any, list[str]] = {nw.Boolean: [], nw.String: [], nw.Float64: []}
        for item in book.items.values():
            own = nw.String if item.kind == "one" else nw.Float64
            for column in columns(item):
                self._kinds[own if column == item.id else nw.Boolean].append(column)

    def over(self, frame: nw.LazyFrame[Any], *, explain: bool = False) -> nw.LazyFrame[Any]:
        """One row a form.

        Args:
            frame: a table of forms; it may have further columns, and lack some.
            explain: add a column `rules`, the names of the rules that fired.
        """
        kept = [ID] if ID in frame.collect_schema().names() else []
        frame = self.judge(frame, kept, explain=explain)
        scored = nw.col(REFUSED) == ""
        cells: Layer = {name: nw.when(scored).then(nw.col(name)) for name in self.shown(explain)}
        cells["red_flags"] = nw.col("red_flags")
        return frame.select(*kept, *aliased(cells), REFUSED)

    def judge(
        self, frame: nw.LazyFrame[Any], kept: Sequence[str], *, explain: bool = False
    ) -> nw.LazyFrame[Any]:
        """A frame with the columns of a row, `refused`, and all that these are made of.

        Args:
            frame: a table of forms, as for `over`.
            kept: columns of it to carry along; none may be called like a column made here.
            explain: as for `over`.
        """
        frame = self.compiled.over(self.answers(frame, kept))
        for step in self._steps(explain):
            frame = step.over(frame)
        return frame

    def _steps(self, explain: bool) -> Sequence[Layers | NameLists]:
        """What a judged frame gets its further columns by, in order."""
        if explain not in self._made:
            shown = self._columns(explain)
            refused = Names(REFUSED, {item: bad_column(item) for item in self.book.items})
            several = [column for column in shown if isinstance(column, Names)]
            several += [refused, *scored_row.changed_exercises(self.book)]
            holding: Layer = {}
            for column in several:
                holding |= column.layer()
            words = {column.name: column.cell for column in shown if isinstance(column, Word)}
            self._made[explain] = (
                Layers([*levels.layers(self.compiled), holding]),
                NameLists(column.listed() for column in several),
                Layers([words]),
            )
        return self._made[explain]

    def shown(self, explain: bool = False) -> tuple[str, ...]:
        """The names of a row's columns, without `form` and `refused`."""
        return tuple(column.name for column in self._columns(explain))

    @cached_property
    def columns(self) -> Sequence[Column]:
        """The columns of every row."""
        return tuple(scored_row.columns(self.book))

    def _columns(self, explain: bool) -> Sequence[Column]:
        return (*self.columns, scored_row.rules(self.book)) if explain else self.columns

    def answers(self, frame: nw.LazyFrame[Any], kept: Sequence[str]) -> nw.LazyFrame[Any]:
        """The columns of the table of forms, in its types; a column that is missing is unknown."""
        there = set(frame.collect_schema().names())
        cells: list[nw.Expr] = []
        for kind, names in self._kinds.items():
            given = [name for name in names if name in there]
            if given:  # at once, which takes less time to plan than an expression each
                cells.append(nw.col(given).cast(kind))
            cells += [nw.lit(None, dtype=kind).alias(name) for name in names if name not in there]
        return frame.select(*kept, *cells)

    def is_refused(self) -> nw.Expr:
        """Whether a form of a judged frame has an answer that cannot be taken."""
        return any_of(nw.col(bad_column(item)) for item in self.book.items)


@lru_cache(maxsize=4)
def scoring(book: RuleBook) -> Scoring:
    """What scores forms by a book.  Compiling takes a moment; the last few books are kept."""
    return Scoring(book)
