"""Ways in which a row of our own table may be damaged, each with the words that must say so.

A kind of damage changes the cells of one row, or the finished line of text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from triage.answers.table import option_column
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook

Row = dict[str, str]


@dataclass(frozen=True)
class Damage:
    """One kind of damage."""

    reason: str
    """Part of the reason that the rejected file must give."""
    cells: Callable[[Row], Row] = lambda row: row
    line: Callable[[str], str] = lambda line: line


def kinds(book: RuleBook) -> Mapping[str, Damage]:
    """Every kind, by name; each can be done to any row that answers everything calmly."""
    one = next(i for i in book.items.values() if i.kind == "one" and i.ask_if is None)
    number = next(i for i in book.items.values() if i.kind == "number" and i.ask_if is None)
    many = next(i for i in book.items.values() if NONE in i.options and i.ask_if is None)
    gated = _gated(book)
    assert number.number is not None
    high = number.number.high

    def put(**cells: str) -> Callable[[Row], Row]:
        return lambda row: {**row, **cells}

    def ticked(item: Item, *options: str) -> Row:
        chosen = {option_column(item.id, option): "1" for option in options}
        return {**{option_column(item.id, option): "0" for option in item.options}, **chosen}

    sign = next(option for option in many.options if option not in (NONE, NOT_SURE))
    return {
        "unknown option": Damage("read 'limpp'", put(**{one.id: "limpp"})),
        "two for one": Damage("read several answers", put(**{one.id: "; ".join(one.options)})),
        "out of range": Damage("expected a number from", put(**{number.id: f"{high + 1:g}"})),
        "no number": Damage("read 'forty'", put(**{number.id: "forty"})),
        "not a number": Damage("expected a number", put(**{number.id: "nan"})),
        "two readings": Damage("read '1,234'", put(**{number.id: "1,234"})),
        "none and more": Damage("read 'none' beside", put(**ticked(many, NONE, sign))),
        "no tick": Damage("read 'perhaps'", put(**{option_column(many.id, sign): "perhaps"})),
        "does not apply": Damage("does not apply", lambda row: {**row, **gated}),
        "too many cells": Damage("more cells", line=lambda line: f"{line},1"),
        "too few cells": Damage("fewer cells", line=lambda line: line.rsplit(",", 3)[0]),
        "open quote": Damage("opened and not closed", line=lambda line: _at_last(line, '"x')),
        "stray quote": Damage("goes on after", line=lambda line: _at_last(line, '"x"y')),
    }


def _at_last(line: str, cell: str) -> str:
    return line.rsplit(",", 1)[0] + "," + cell


def _gated(book: RuleBook) -> Row:
    """An answer to an item that does not apply beside the answers of `calm`."""
    calm_row = calm(book)
    item = next(i for i in book.items.values() if i.ask_if is not None and i.kind == "many")
    option = next(iter(item.options))
    assert option_column(item.id, option) not in calm_row
    return {option_column(item.id, option): "1"}


def calm(book: RuleBook) -> Row:
    """Answers of somebody who has little: to every item that always applies."""
    cells: Row = {}
    for item in book.items.values():
        if item.ask_if is not None:
            continue
        first = NONE if NONE in item.options else next(iter(item.options), "")
        if item.kind == "many":
            cells[option_column(item.id, first)] = "1"
        elif item.kind == "one":
            cells[item.id] = first
        else:
            assert item.number is not None
            cells[item.id] = f"{(item.number.low + item.number.high) // 2:g}"
    return cells


def as_line(header: Sequence[str], row: Row) -> str:
    """A row as a line of CSV; a cell with a comma is in quotation marks."""
    cells = (row.get(name, "") for name in header)
    return ",".join(f'"{cell}"' if "," in cell or '"' in cell else cell for cell in cells)
