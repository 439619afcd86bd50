"""The table of forms: one row a form, and which columns hold the answer to which item.

A choose-one item has one column of option names.  A choose-many item has a column of true and
false for each option, called `item__option`.  A number item has a column of numbers, in the item's
own unit, and where it offers "not sure" a column `item__not_sure`.  Null is no answer; but where
`item__not_sure` of a choose-many item is false outright, it is an option of which one is not sure.

Not here: files and their own layouts (`intake`), judging (`engines.columnar`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from triage.answers.answer import Answer, doubts_of, ticks_of
from triage.answers.responses import Responses
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook

ID = "form"
"""The column that names a form."""


def option_column(item: str, option: str) -> str:
    """The column that says whether an option was chosen; no name in a book holds two `_`."""
    return f"{item}__{option}"


def columns(item: Item) -> Iterator[str]:
    """The columns that hold the answer to an item."""
    if item.kind == "many":
        for option in item.options:
            yield option_column(item.id, option)
        return
    yield item.id
    if item.kind == "number" and NOT_SURE in item.options:
        yield option_column(item.id, NOT_SURE)


def all_columns(book: RuleBook) -> tuple[str, ...]:
    """The columns of every item, in the order of asking."""
    return tuple(column for item in book.items.values() for column in columns(item))


def row(responses: Responses) -> dict[str, Any]:
    """One form as a row: column to option name, number, true or false, or `None`."""
    cells: dict[str, Any] = {}
    for item in responses.items.values():
        answer = responses.answers.get(item.id)
        cells.update(dict.fromkeys(columns(item)))
        if answer is not None:
            cells.update(_cells(item, answer))
    return cells


def _cells(item: Item, answer: Answer) -> dict[str, Any]:
    if isinstance(answer, frozenset):
        cells = {option_column(item.id, option): option in answer for option in item.options}
        doubts = doubts_of(answer)
        open_ = doubts | {NONE} if doubts and not ticks_of(answer) else doubts
        return cells | {option_column(item.id, o): None for o in item.options if o in open_}
    if item.kind == "number" and answer == NOT_SURE:
        return {option_column(item.id, NOT_SURE): True}
    return {item.id: answer}
