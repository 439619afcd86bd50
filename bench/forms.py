"""Forms as a clinic might get them, made up: any number of them, the same ones for the same seed.

Drawn from the questionnaire alone.  Most people have little, some have much, and every answer that
can be given is given by somebody.  About 15 % of the answers are missing: most people skip few
questions, and some skip many.  Nothing is answered that does not apply.

Not here: damaged forms, and what the book makes of a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.io.plugins import register_io_source

from triage.answers.table import ID, columns, option_column
from triage.book.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    UnsureOf,
)
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook

CHUNK = 50_000
"""Forms that are drawn together.  Each chunk has a seed of its own, so that a file of more forms
begins with the same ones."""
MISSING = 0.15
NO, UNKNOWN, YES = 0, 1, 2

Bools: TypeAlias = NDArray[np.bool_]
Truths: TypeAlias = NDArray[np.int8]
Cells: TypeAlias = dict[str, pl.Series]


def schema(book: RuleBook) -> pl.Schema:
    """The columns of a table of forms, and their types."""
    types: dict[str, pl.DataType] = {ID: pl.String()}
    for item in book.items.values():
        types |= dict.fromkeys(columns(item), pl.Boolean())
        if item.kind != "many":
            types[item.id] = pl.String() if item.kind == "one" else pl.Float64()
    return pl.Schema(types)


def chunks(book: RuleBook, rows: int, seed: int = 1) -> Iterator[pl.DataFrame]:
    """Tables of forms that make up one of so many rows."""
    for number, start in enumerate(range(0, rows, CHUNK)):
        people = _People(book, CHUNK, np.random.default_rng([seed, number]))
        ids = pl.Series(ID, np.arange(start + 1, start + CHUNK + 1)).cast(pl.String).str.zfill(9)
        cells = {ID: ids, **people.cells()}
        yield pl.DataFrame(cells, schema=schema(book)).head(rows - start)


def write_parquet(book: RuleBook, path: Path, rows: int, seed: int = 1) -> None:
    """Writes a file of forms, a chunk at a time."""

    def read(_columns: object, _where: object, _rows: object, _size: object) -> object:
        return chunks(book, rows, seed)

    register_io_source(read, schema=schema(book)).sink_parquet(path)


def write_csv(source: Path, path: Path) -> None:
    """The same forms as CSV: 1 and 0 for true and false, as survey software writes ticks."""
    ticks = pl.col(pl.Boolean).cast(pl.Int8)
    pl.scan_parquet(source).with_columns(ticks).sink_csv(path)


class _People:
    """So many people, and their answers to one item after another, in the order of asking."""

    def __init__(self, book: RuleBook, rows: int, random: np.random.Generator) -> None:
        self.book, self.rows, self.random = book, rows, random
        self.urgent = {
            item: rank
            for rank, section in enumerate(book.sections)
            for item in section.items
            if section.not_after is None
        }
        self.skips = random.beta(0.4, 0.4 * (1 / MISSING - 1), rows)
        self.burden = random.choice([0.5, 1.0, 2.5], rows, p=[0.75, 0.2, 0.05])
        self.given: dict[str, Bools] = {}
        self.chosen: dict[str, NDArray[np.int64]] = {}
        self.ticked: dict[str, dict[str, Bools]] = {}
        self.number: dict[str, NDArray[np.float64]] = {}

    def cells(self) -> Cells:
        """Column to cells; everybody is asked everything that applies, or may."""
        cells: Cells = {}
        draw: dict[str, Callable[[Item, Bools], Cells]] = {
            "one": self._one,
            "many": self._many,
            "number": self._number,
        }
        for item in self.book.items.values():
            applies = self._applies(item)
            keen = np.where(applies == YES, 1 - self.skips, (applies == UNKNOWN) * 0.3)
            self.given[item.id] = self._chance() < keen
            cells |= draw[item.kind](item, self.given[item.id])
        return cells

    def _chance(self) -> NDArray[np.float32]:
        return self.random.random(self.rows, dtype=np.float32)

    def _notable(self, item: Item) -> Bools:
        """Who has something to say: few in what is asked first, most in a long list or habits."""
        rank = self.urgent.get(item.id)
        share = 0.5 if rank is None else 0.04 if rank == 0 else 0.045 * len(item.options)
        return self._chance() < share * self.burden

    def _one(self, item: Item, given: Bools) -> Cells:
        usual, *others = (option for option in item.options if option != NOT_SURE)
        words = [usual, *others, NOT_SURE]
        which = np.where(self._notable(item), self.random.integers(1, len(words), self.rows), 0)
        which[which == len(others) + 1] = 0
        if NOT_SURE in item.options:
            which[self._chance() < 0.03] = len(words) - 1
        self.chosen[item.id] = which
        return {item.id: pl.Series(words).gather(_masked(which, given))}

    def _many(self, item: Item, given: Bools) -> Cells:
        signs = [option for option in item.options if option not in (NONE, NOT_SURE)]
        unsure = given & (self._chance() < (0.03 if NOT_SURE in item.options else 0))
        some = given & (self._notable(item) if NONE in item.options else True)
        some &= ~unsure | (self._chance() < 0.2)  # few tick something and are not sure of the rest
        at_least = self.random.integers(0, len(signs), self.rows)
        each = 0.6 / len(signs)
        ticked = {
            sign: some & ((at_least == place) | (self._chance() < each))
            for place, sign in enumerate(signs)
        }
        nothing = given & ~some & ~unsure
        if NONE in item.options:
            ticked[NONE] = nothing
        if NOT_SURE in item.options:
            ticked[NOT_SURE] = unsure
        self.ticked[item.id] = ticked
        return {
            option_column(item.id, option): _masked(ticked[option], given)
            for option in item.options
        }

    def _number(self, item: Item, given: Bools) -> Cells:
        assert item.number is not None
        low, high, step = item.number.low, item.number.high, item.number.step
        steps = round((high - low) / step)
        # A range of very many steps is one in which most people are near its low end.
        spread = np.expm1(self._chance() * np.log1p(steps)) / steps
        many = steps > 1000
        along = spread if many else self.random.beta(2, 3, self.rows)
        number = np.round(low + np.round(along * steps) * step, 4)
        cells: Cells = {}
        if NOT_SURE in item.options:
            unsure = given & (self._chance() < 0.04)
            number[unsure] = np.nan
            cells[option_column(item.id, NOT_SURE)] = _masked(unsure, unsure)
            given = given & ~unsure
        self.number[item.id] = number
        return {item.id: _masked(number, given), **cells}

    def _applies(self, item: Item) -> Truths:
        if item.ask_if is None:
            return np.full(self.rows, YES, dtype=np.int8)
        return self._truth(item.ask_if)

    def _truth(self, condition: Condition) -> Truths:
        match condition:
            case AllOf(parts):
                return np.minimum.reduce([self._truth(part) for part in parts])
            case AnyOf(parts):
                return np.maximum.reduce([self._truth(part) for part in parts])
            case CountOf(at_least, parts):
                truths: Truths = np.sort([self._truth(part) for part in parts], axis=0)[-at_least]
                return truths
            case OneOf(name, options):
                offered = [option for option in self.book.items[name].options if option != NOT_SURE]
                wanted = [[*offered, NOT_SURE].index(option) for option in options]
                truth = _truths(np.isin(self.chosen[name], wanted))
            case Includes(name, options):
                ticked = self.ticked[name]
                truth = _truths(np.logical_or.reduce([ticked[option] for option in options]))
                if NOT_SURE in ticked:
                    truth[ticked[NOT_SURE] & (truth == NO)] = UNKNOWN
            case UnsureOf(name, options):  # nobody here is not sure of one option by itself
                ticked = self.ticked[name]
                every = np.logical_and.reduce([ticked[option] for option in options])
                truth = _truths(np.zeros(self.rows, dtype=bool))
                truth[ticked[NOT_SURE] & ~every] = UNKNOWN
            case AtLeast(name, bound) | AtMost(name, bound):
                number = self.number[name]
                above = number >= bound if isinstance(condition, AtLeast) else number <= bound
                truth = np.where(np.isnan(number), np.int8(UNKNOWN), _truths(above))
            case _:
                raise TypeError(f"a gate asks about answers only, read {condition!r}")
        truth[~self.given[name]] = UNKNOWN
        truth[self._applies(self.book.items[name]) == NO] = NO
        return truth


def _truths(yes: Bools) -> Truths:
    return np.where(yes, np.int8(YES), np.int8(NO))


def _masked(values: NDArray[np.generic], given: Bools) -> pl.Series:
    """The values, null where nothing was given."""
    return pl.select(pl.when(pl.Series(given)).then(pl.Series(values))).to_series()
