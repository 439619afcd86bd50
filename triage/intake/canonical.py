"""A clinic's columns as the table of forms (`answers.table`), lazily, and the same for one row.

Whole columns are read by expressions as far as these go.  A cell that they cannot read is read by
its reader (`cells`), once for each different cell.  A cell that cannot be read at all becomes an
answer that cannot be taken, so that its form is refused; `Canonical.written` gives such a form's
answers in the shape that `responses.read` checks, and so finds the words for what is wrong.

Not here: which column holds what (`mapping`), constants (`constants`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from operator import and_, or_
from typing import Any, TypeAlias

import polars as pl

from triage.answers.table import ID, option_column
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.cells import TRUTH_VALUES, CellReader, TickReader, Unread, fold
from triage.intake.mapping import IntakeMapping, Tick, Whole
from triage.intake.tables import ROW

UNREAD = "unread___"
"""The column that says whether some cell of the row cannot be read as ticks; where one option is to
be named and is not, this stands in its place."""
TICK = ("1", "0")
MOST_KNOWN = 100_000
"""Different texts of a column that are kept in mind."""
LATELY = 256
"""The same, where rows are read one by one."""

_NOT_SURE_CODE = -math.inf
_UNREAD_CODE = -1

Exprs: TypeAlias = list[pl.Expr]


def _any(parts: Iterable[pl.Expr]) -> pl.Expr:
    return reduce(or_, parts, pl.lit(False))


class Canonical:
    """Lays a mapping over raw columns."""

    def __init__(
        self, book: RuleBook, mapping: IntakeMapping, names: Mapping[str, str], schema: pl.Schema
    ) -> None:
        """Prepare the columns.

        Args:
            book: the rule book.
            mapping: what each column holds.
            names: column of the header to the name of its raw column.
            schema: the types of the raw columns.
        """
        self.book = book
        self.mapping = mapping
        self._names = names
        self._schema = schema
        self._readers = {c: mapping.reader(book, role) for c, role in mapping.roles.items()}
        # Most cells of a column hold one of a few texts.
        self._told = {c: lru_cache(LATELY)(reader.read) for c, reader in self._readers.items()}
        self._missing = {name: mapping.not_offered(item) for name, item in book.items.items()}
        self.usual: Mapping[str, tuple[str, str]] = {}
        """How a column of text writes a tick and its absence."""
        self.trusted: frozenset[str] = frozenset()
        """Columns that seem to hold options by their own names alone, taken as they stand."""

    def types(self, samples: Sequence[pl.DataFrame]) -> dict[str, pl.DataType]:
        """The columns whose samples hold plain ticks or numbers only, and their types.

        It also takes note of how a column of text writes its ticks, and of those that hold options
        by their own names.

        Args:
            samples: the first cells of every file, as texts.
        """
        types: dict[str, pl.DataType] = {}
        usual: dict[str, tuple[str, str]] = {}
        trusted: set[str] = set()
        for column, reader in self._readers.items():
            there = [sample[column].unique() for sample in samples if column in sample]
            texts = {text for different in there for text in different if text}
            role = self.mapping.roles[column]
            plain = self._as_it_stands(role)
            if isinstance(reader, TickReader):
                if plain and texts <= set(TICK):
                    types[column] = pl.UInt8()
                words = {reader.read(text): text for text in (*TICK, *sorted(texts))}
                if True in words and False in words:
                    usual[column] = (words[True], words[False])
            elif self._item(role).kind == "number" and plain and all(map(_plain_number, texts)):
                types[column] = pl.Float64()
            elif self._item(role).kind == "one" and texts <= self._named(column):
                trusted.add(column)
        self.usual = usual
        self.trusted = frozenset(trusted)
        return types

    def _named(self, column: str) -> set[str]:
        """The options of a column's item whose names mean just those options."""
        reader = self._readers[column]
        options = self._item(self.mapping.roles[column]).options
        return {option for option in options if reader.read(option) == option}

    def _as_it_stands(self, role: Whole | Tick) -> bool:
        """Whether a number or a truth value in a column means just that.

        Not so in another unit, and where the mapping gives one a meaning: 99 for no answer, say.
        """
        if isinstance(role, Whole) and role.unit not in (None, self._own_unit(role)):
            return False
        words = map(fold, (*role.labels, *self.mapping.blanks))
        return not any(word in TRUTH_VALUES or _plain_number(word) for word in words)

    @cached_property
    def _of_digits(self) -> list[str]:
        """The raw columns of ticks that hold small numbers, of which all those over 1 are wrong."""
        return [
            self._names[column]
            for column, reader in self._readers.items()
            if isinstance(reader, TickReader)
            and self._as_it_stands(self.mapping.roles[column])
            and self._schema.get(self._names[column]) == pl.UInt8
        ]

    def _item(self, role: Whole | Tick) -> Item:
        return self.book.items[role.item]

    def _own_unit(self, role: Whole) -> str | None:
        number = self._item(role).number
        return number.unit if number else None

    def columns(self) -> Exprs:
        """The form's name, the table of forms, and `UNREAD`."""
        made = [self.form()]
        unread: Exprs = []
        if self._of_digits:
            unread.append(pl.any_horizontal(pl.col(self._of_digits) > 1))
        for item in self.book.items.values():
            if item.kind == "number":
                made += self._number(item, unread)
                continue
            for column in self.mapping.wholes(item.id):
                made += (
                    self._one(item, column)
                    if item.kind == "one"
                    else self._many(item, column, unread)
                )
            if ticks := self.mapping.ticks(item.id):
                made += self._ticks(item, ticks, unread)
        return [*made, _any(unread).fill_null(False).alias(UNREAD)]

    def form(self) -> pl.Expr:
        """The form's name: what its column holds, or the number of its row."""
        column = self.mapping.form
        named = pl.col(self._names[column]) if column else pl.col(ROW)
        return named.cast(pl.String).alias(ID)

    def blank(self) -> pl.Expr:
        """Whether no cell of a row is filled."""
        return pl.all_horizontal(pl.col(list(self._names.values())).is_null())

    # --- A column with the whole answer. ---

    def _one(self, item: Item, column: str) -> Exprs:
        text = pl.col(self._names[column]).cast(pl.String)
        as_named = self._named(column)
        if column in self.trusted and len(as_named) == len(item.options):
            return [text.alias(item.id)]
        cells = _Cells(self._readers[column], pl.String(), lambda answer: answer, lambda _: UNREAD)

        def read(texts: pl.Series) -> pl.Series:
            # Compared one by one: quicker than `is_in` on pieces as short as Polars makes them.
            if as_named and reduce(or_, (texts == option for option in as_named)).all():
                return texts
            return cells.read(texts)

        return [text.map_batches(read, return_dtype=pl.String, is_elementwise=True).alias(item.id)]

    def _many(self, item: Item, column: str, unread: Exprs) -> Exprs:
        bits = {option: 1 << place for place, option in enumerate(item.options)}
        assert len(bits) < 63, f"{item.id}: its options do not fit into one number"
        cells = _Cells(
            self._readers[column],
            pl.Int64(),
            lambda answer: sum(bits[option] for option in answer),
            lambda _: _UNREAD_CODE,
        )
        text = pl.col(self._names[column]).cast(pl.String)
        chosen = text.map_batches(cells.read, return_dtype=pl.Int64, is_elementwise=True)
        unread.append(chosen == _UNREAD_CODE)
        taken = pl.when(chosen != _UNREAD_CODE).then(chosen)
        return [
            ((taken & bit) != 0).alias(option_column(item.id, option))
            for option, bit in bits.items()
        ]

    def _number(self, item: Item, unread: Exprs) -> Exprs:
        made: Exprs = []
        not_sure = [self._tick(column, unread) for column in self.mapping.ticks(item.id)]
        for column, role in self.mapping.wholes(item.id).items():
            raw = pl.col(self._names[column])
            plain_meant = self._as_it_stands(role)
            if plain_meant and self._schema[self._names[column]].is_numeric():
                made.append(raw.cast(pl.Float64).alias(item.id))
                continue
            text = raw.cast(pl.String)
            nothing = pl.lit(None, dtype=pl.Float64)
            plain = text.cast(pl.Float64, strict=False) if plain_meant else nothing
            cells = _Cells(
                self._readers[column],
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

    def _tick(self, column: str, unread: Exprs) -> pl.Expr:
        """Whether a cell is ticked; null where it is blank."""
        raw = pl.col(self._names[column])
        kind = self._schema[self._names[column]]
        plain = self._as_it_stands(self.mapping.roles[column])
        if plain and kind == pl.Boolean:
            return raw
        if self._names[column] in self._of_digits:
            return raw == 1
        if plain and kind.is_numeric():
            unread.append((raw != 1) & (raw != 0))
            return raw == 1
        usual = self.usual.get(column)
        cells = _Cells(self._readers[column], pl.Int8(), int, lambda _: _UNREAD_CODE)

        def read(texts: pl.Series) -> pl.Series:
            if usual:
                ticked = texts == usual[0]
                if (ticked | (texts == usual[1])).all():
                    return ticked.cast(pl.Int8)
            return cells.read(texts)

        code = raw.cast(pl.String).map_batches(read, return_dtype=pl.Int8, is_elementwise=True)
        unread.append(code == _UNREAD_CODE)
        return code == 1

    def _ticks(self, item: Item, ticks: Mapping[str, Tick], unread: Exprs) -> Exprs:
        ticked = {tick.option: self._tick(column, unread) for column, tick in ticks.items()}
        asked = {t.option for t in ticks.values() if t.asked} - {NONE, NOT_SURE}
        missing = self._missing[item.id]
        if not asked and not missing:
            return [t.alias(option_column(item.id, option)) for option, t in ticked.items()]
        yes = {option: tick.fill_null(False) for option, tick in ticked.items()}
        signs = [option for option in yes if option not in (NONE, NOT_SURE)]
        some = _any(yes[option] for option in signs)
        if asked:
            answered = reduce(and_, (ticked[option].is_not_null() for option in sorted(asked)))
            nothing = answered & ~some
            if not missing and NONE in item.options and asked == set(signs):
                yes[NONE] = yes.get(NONE, pl.lit(False)) | nothing
            yes[NOT_SURE] = yes.get(NOT_SURE, pl.lit(False)) | (some & ~answered)
        if missing:
            # What was not offered was not answered: it stays unknown, and so does all that "none"
            # was said of.  Beside a sign, "none" stays, for the form to be refused.
            none = yes.get(NONE, pl.lit(False))
            yes[NONE] = none & some
            yes[NOT_SURE] = yes.get(NOT_SURE, pl.lit(False)) | some | none
        return [
            tick.alias(option_column(item.id, option))
            for option, tick in yes.items()
            if option in item.options
        ]

    # --- One row, for the words of what is wrong with it. ---

    def written(self, row: Mapping[str, object]) -> dict[str, object]:
        """The answers of a row as `responses.read` checks them.

        Args:
            row: raw column to what it holds.
        """
        answers: dict[str, object] = {}
        for item in self.book.items.values():
            ticks = self.mapping.ticks(item.id)
            for column in self.mapping.wholes(item.id):
                answers[item.id] = self._written_whole(column, row)
            if not ticks:
                continue
            if item.kind == "many":
                answers[item.id] = self._written_ticks(item, ticks, row)
            else:
                ((column, _),) = ticks.items()
                answers[item.id] = self._written_not_sure(answers.get(item.id), column, row)
        return answers

    def value(self, item: str, row: Mapping[str, object]) -> str:
        """What the cells of an item hold in a row, as read."""
        wholes, ticks = self.mapping.wholes(item), self.mapping.ticks(item)
        texts = {c: _as_text(row[self._names[c]]) for c in (*wholes, *ticks)}
        if len(texts) == 1:
            return next(iter(texts.values()))
        filled = {column: text for column, text in texts.items() if text}
        readers = {column: self._readers[column] for column in filled}
        told = {c: t for c, t in filled.items() if readers[c].read(t) not in (None, False)}
        return "; ".join(f"{column}: {text}" for column, text in told.items())

    def _read(self, column: str, row: Mapping[str, object]) -> object:
        return self._told[column](_as_text(row[self._names[column]]))

    def _written_whole(self, column: str, row: Mapping[str, object]) -> object:
        raw = row[self._names[column]]
        answer = self._read(column, row)
        if isinstance(raw, float) and not math.isfinite(raw):
            return raw
        if isinstance(answer, Unread):
            return answer.written
        if isinstance(answer, frozenset):
            return sorted(answer)
        if isinstance(answer, float) and answer.is_integer():
            return int(answer)
        return answer

    def _written_not_sure(self, number: object, column: str, row: Mapping[str, object]) -> object:
        ticked = self._read(column, row)
        if isinstance(ticked, Unread):
            return ticked.written
        if not ticked or number == NOT_SURE:
            return number
        return NOT_SURE if number is None else f"{number} and {NOT_SURE}"

    def _written_ticks(
        self, item: Item, ticks: Mapping[str, Tick], row: Mapping[str, object]
    ) -> list[object]:
        read = {tick.option: self._read(column, row) for column, tick in ticks.items()}
        bad = [answer.written for answer in read.values() if isinstance(answer, Unread)]
        yes = {option for option, answer in read.items() if answer is True}
        asked = {t.option for t in ticks.values() if t.asked} - {NONE, NOT_SURE}
        missing = self._missing[item.id]
        signs = set(read) - {NONE, NOT_SURE}
        some = bool(yes & signs)
        if asked:
            answered = all(read[option] is not None for option in asked)
            if answered and not some and not missing and NONE in item.options and asked == signs:
                yes.add(NONE)
            if some and not answered:
                yes.add(NOT_SURE)
        if missing and yes:
            yes = (yes if some else yes - {NONE}) | {NOT_SURE}
        return [*(option for option in item.options if option in yes), *bad]


class _Cells:
    """Reads columns of texts with a reader, each different text once."""

    def __init__(
        self,
        reader: CellReader[Any],
        kind: pl.DataType,
        coded: Callable[[Any], object],
        unread: Callable[[str], object],
    ) -> None:
        """Prepare to read.

        Args:
            reader: what reads a text.
            kind: the type of the codes.
            coded: the code of an answer.
            unread: the code of a text that cannot be read.
        """
        self._reader = reader
        self._kind = kind
        self._coded = coded
        self._unread = unread
        self._known: dict[str, object] = {}

    def read(self, texts: pl.Series) -> pl.Series:
        """The code of each text."""
        if texts.null_count() == len(texts):
            return pl.repeat(None, len(texts), dtype=self._kind, eager=True)
        different = texts.drop_nulls().unique()
        if len(self._known) > MOST_KNOWN:
            self._known = {}
        known = self._known
        for text in different:
            if text not in known:
                known[text] = self._code(text)
        codes = pl.Series([known[text] for text in different], dtype=self._kind)
        return texts.replace_strict(different, codes, default=None, return_dtype=self._kind)

    def _code(self, text: str) -> object:
        answer = self._reader.read(text)
        if answer is None:
            return None
        return self._unread(text) if isinstance(answer, Unread) else self._coded(answer)


def _plain_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text and text.isascii()
    except ValueError:
        return False


def _as_text(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    # What was read as a number from a text is shown as most people write it: 400, not 400.0.
    return raw if isinstance(raw, str) else repr(raw).removesuffix(".0")
