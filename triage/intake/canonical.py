"""A clinic's columns as the table of forms (`answers.table`), lazily.

Whole columns are read by expressions as far as these go.  A cell that they cannot read is read by
its reader (`cells`), once for each different cell.  A cell that cannot be read at all becomes an
answer that cannot be taken, so that its form is refused.

Not here: which column holds what (`mapping`), constants (`constants`), one row and what is wrong
with it (`row_answers`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from operator import and_, or_
from typing import TypeAlias

import polars as pl

from triage.answers.answer import doubts_of
from triage.answers.table import option_column
from triage.book.items import NONE, NOT_SURE, Item
from triage.intake.cells import LONG, TickReader
from triage.intake.coded_cells import CodedCells
from triage.intake.first_cells import Habits
from triage.intake.mapping import Tick
from triage.intake.raw_columns import RawColumns

UNREAD = "unread___"
"""The column that says whether some cell of the row cannot be read as ticks; where one option is to
be named and is not, this stands in its place."""

_NOT_SURE_CODE = -math.inf
_UNREAD_CODE = -1
_DOUBT_CODE = 2

Exprs: TypeAlias = list[pl.Expr]


def _any(parts: Iterable[pl.Expr]) -> pl.Expr:
    return reduce(or_, parts, pl.lit(False))


class Canonical:
    """Lays a mapping over raw columns."""

    def __init__(self, raw: RawColumns, schema: pl.Schema, habits: Habits) -> None:
        """Prepare the columns.

        Args:
            raw: the columns.
            schema: their types.
            habits: how they are written, as far as is known.
        """
        self.habits = habits
        self._raw = raw
        self._mapping = raw.mapping
        self._schema = schema

    def columns(self) -> Exprs:
        """The form's name, the table of forms, and `UNREAD`."""
        made = [self._raw.form()]
        unread: Exprs = []
        if self._of_digits:
            unread.append(pl.any_horizontal(pl.col(self._of_digits) > 1))
        for item in self._raw.book.items.values():
            if item.kind == "number":
                made += self._number(item, unread)
                continue
            for column in self._mapping.wholes(item.id):
                made += (
                    self._one(item, column)
                    if item.kind == "one"
                    else self._many(item, column, unread)
                )
            if ticks := self._mapping.ticks(item.id):
                made += self._ticks(item, ticks, unread)
        return [*made, _any(unread).fill_null(False).alias(UNREAD)]

    @cached_property
    def _of_digits(self) -> list[str]:
        """The raw columns of ticks that hold small numbers, of which all those over 1 are wrong."""
        return [
            self._raw.names[column]
            for column, reader in self._raw.readers.items()
            if isinstance(reader, TickReader)
            and self._raw.as_it_stands(column)
            and self._schema.get(self._raw.names[column]) == pl.UInt8
        ]

    # --- A column with the whole answer. ---

    def _one(self, item: Item, column: str) -> Exprs:
        text = pl.col(self._raw.names[column]).cast(pl.String)
        if column in self.habits.trusted:
            return [text.alias(item.id)]
        as_named = self._raw.own_options(column)
        cells = CodedCells(
            self._raw.readers[column], pl.String(), lambda answer: answer, lambda _: UNREAD
        )

        def read(texts: pl.Series) -> pl.Series:
            # Compared one by one: quicker than `is_in` on pieces as short as Polars makes them.
            if as_named and reduce(or_, (texts == option for option in as_named)).all():
                return texts
            return cells.read(texts)

        return [text.map_batches(read, return_dtype=pl.String, is_elementwise=True).alias(item.id)]

    def _many(self, item: Item, column: str, unread: Exprs) -> Exprs:
        bits = {option: 1 << place for place, option in enumerate(item.options)}
        assert len(bits) < 63, f"{item.id}: its options do not fit into one number"
        cells = CodedCells(
            self._raw.readers[column],
            pl.Int64(),
            lambda answer: sum(bit for option, bit in bits.items() if option in answer),
            lambda _: _UNREAD_CODE,
        )
        doubts = CodedCells(
            self._raw.readers[column],
            pl.Int64(),
            lambda answer: sum(bits[option] for option in doubts_of(answer)),
            lambda _: 0,
        )
        text = pl.col(self._raw.names[column]).cast(pl.String)
        chosen = text.map_batches(cells.read, return_dtype=pl.Int64, is_elementwise=True)
        unread.append(chosen == _UNREAD_CODE)
        taken = pl.when(chosen != _UNREAD_CODE).then(chosen)
        ticked = {option: (taken & bit) != 0 for option, bit in bits.items()}
        if item.doubtful:
            long = pl.when(text.str.starts_with(LONG)).then(text)
            doubted = long.map_batches(doubts.read, return_dtype=pl.Int64, is_elementwise=True)
            doubted = doubted.fill_null(0)
            for option in item.doubtful:
                ticked[option] = pl.when((doubted & bits[option]) == 0).then(ticked[option])
        return [tick.alias(option_column(item.id, option)) for option, tick in ticked.items()]

    def _number(self, item: Item, unread: Exprs) -> Exprs:
        made: Exprs = []
        not_sure = [self._tick(column, unread)[0] for column in self._mapping.ticks(item.id)]
        for column in self._mapping.wholes(item.id):
            raw = pl.col(self._raw.names[column])
            plain_meant = self._raw.as_it_stands(column)
            if plain_meant and self._schema[self._raw.names[column]].is_numeric():
                made.append(raw.cast(pl.Float64).alias(item.id))
                continue
            text = raw.cast(pl.String)
            nothing = pl.lit(None, dtype=pl.Float64)
            plain = text.cast(pl.Float64, strict=False) if plain_meant else nothing
            cells = CodedCells(
                self._raw.readers[column],
                pl.Float64(),
                lambda answer: _NOT_SURE_CODE if answer == NOT_SURE else answer,
                lambda _: math.nan,
            )
            odd = pl.when(plain.is_null()).then(text)
            read = odd.map_batches(cells.read, return_dtype=pl.Float64, is_elementwise=True)
            number = pl.when(read != _NOT_SURE_CODE).then(read)
            made.append(plain.fill_null(number).alias(item.id))
            not_sure.append(read == _NOT_SURE_CODE)
        if not_sure and NOT_SURE in item.options:
            said = _any(part.fill_null(False) for part in not_sure)
            made.append(said.alias(option_column(item.id, NOT_SURE)))
        return made

    # --- Columns of ticks. ---

    def _tick(self, column: str, unread: Exprs) -> tuple[pl.Expr, pl.Expr | None]:
        """Whether a cell is ticked, and whether it says "not sure", where the column can.

        A blank cell is null.
        """
        raw = pl.col(self._raw.names[column])
        kind = self._schema[self._raw.names[column]]
        plain = self._raw.as_it_stands(column)
        if plain and kind == pl.Boolean:
            return raw, None
        if self._raw.names[column] in self._of_digits:
            return raw == 1, None
        if plain and kind.is_numeric():
            unread.append((raw != 1) & (raw != 0))
            return raw == 1, None
        usual = self.habits.usual.get(column)
        cells = CodedCells(
            self._raw.readers[column],
            pl.Int8(),
            lambda answer: _DOUBT_CODE if answer == NOT_SURE else int(answer),
            lambda _: _UNREAD_CODE,
        )

        def read(texts: pl.Series) -> pl.Series:
            if usual:
                ticked = texts == usual[0]
                if (ticked | (texts == usual[1])).all():
                    return ticked.cast(pl.Int8)
            return cells.read(texts)

        code = raw.cast(pl.String).map_batches(read, return_dtype=pl.Int8, is_elementwise=True)
        unread.append(code == _UNREAD_CODE)
        return code == 1, code == _DOUBT_CODE

    def _ticks(self, item: Item, ticks: Mapping[str, Tick], unread: Exprs) -> Exprs:
        cells = {tick.option: self._tick(column, unread) for column, tick in ticks.items()}
        ticked = {option: tick for option, (tick, _) in cells.items()}
        asked = {t.option for t in ticks.values() if t.asked} - {NONE, NOT_SURE}
        missing = self._mapping.not_offered(item)
        words = {
            option: doubt.fill_null(False)
            for option, (_, doubt) in cells.items()
            if doubt is not None and option in item.doubtful
        }
        yes = ticked
        if asked or missing or words or (NOT_SURE in ticked and not self._mapping.blank_is_doubt):
            doubts = words if missing else words | self._blank_doubts(item, ticked, words)
            yes = self._settled(item, ticked, doubts, asked)
        return [
            tick.alias(option_column(item.id, option))
            for option, tick in yes.items()
            if option in item.options
        ]

    def _blank_doubts(
        self, item: Item, ticked: Mapping[str, pl.Expr], words: Mapping[str, pl.Expr]
    ) -> dict[str, pl.Expr]:
        """Which options are in doubt by a word or a blank, where a blank may mean that."""
        if not self._mapping.blank_is_doubt or NOT_SURE not in ticked:
            return {}
        no_other = ~ticked[NOT_SURE].fill_null(True)
        blank = {option: ticked[option].is_null() & no_other for option in item.signs}
        return {option: words.get(option, pl.lit(False)) | blank[option] for option in blank}

    def _settled(
        self,
        item: Item,
        ticked: Mapping[str, pl.Expr],
        doubts: Mapping[str, pl.Expr],
        asked: set[str],
    ) -> dict[str, pl.Expr]:
        """Each option as the table of forms has it: null where it is in doubt."""
        missing = self._mapping.not_offered(item)
        yes = {option: tick.fill_null(False) for option, tick in ticked.items()}
        signs = [option for option in yes if option in item.signs]
        sign = _any(yes[option] for option in signs)
        some = sign | _any(doubts.values())
        not_sure = yes.get(NOT_SURE, pl.lit(False))
        if asked:
            answered = reduce(and_, (ticked[option].is_not_null() for option in sorted(asked)))
            nothing = answered & ~some
            if not missing and NONE in item.options and asked == set(signs):
                yes[NONE] = yes.get(NONE, pl.lit(False)) | nothing
            not_sure = not_sure | (some & ~answered)
        if missing:
            # What was not offered was not answered: it stays unknown, and so does all that "none"
            # was said of.  Beside a sign, "none" stays, for the form to be refused.
            none = yes.get(NONE, pl.lit(False))
            yes[NONE] = none & sign
            not_sure = not_sure | some | none
            yes |= dict.fromkeys(missing, pl.lit(False))
        yes |= {option: pl.when(~doubt).then(yes[option]) for option, doubt in doubts.items()}
        return {**yes, NOT_SURE: not_sure}
