"""The answers of a table of forms (`answers.table`), as columns that conditions can read.

An answer that cannot be taken (an unknown option, a number out of range, "none" beside another) is
marked, and the row is judged without it.

Not here: which items apply, and so which answers are stray (`columnar`).
"""

from __future__ import annotations

import narwhals as nw

from triage.answers.answer import OFF_STEP
from triage.answers.table import option_column
from triage.book.conditions import AnswerLeaf, AtLeast, AtMost, Includes, OneOf, UnsureOf
from triage.book.items import NONE, NOT_SURE, Item
from triage.engines.expressions import all_of, any_of

# Letters, digits and underscores are what every table engine lets a column be called.
# No name of a book holds two underscores, and columns of the table hold two; these hold three.


def silence_column(item: str) -> str:
    """What a choose-many item says of options that are not ticked: no, or unknown."""
    return f"silence___{item}"


def shut_column(item: str) -> str:
    """Whether an item does not apply; false where that is unknown."""
    return f"shut___{item}"


def answered_column(item: str) -> str:
    """Whether a choose-many item holds an answer."""
    return f"answered___{item}"


def bad_column(item: str) -> str:
    """Whether the answer to an item cannot be taken."""
    return f"bad___{item}"


def blank_column(item: str) -> str:
    """What a blank cell of a choose-many item says: no tick, or a doubt about that option."""
    return f"blank___{item}"


def blank(item: Item) -> nw.Expr:
    """A doubt where it is said outright that "not sure" holds for no other option; else no tick."""
    outright = ~nw.col(option_column(item.id, NOT_SURE))
    unknown = nw.lit(None, dtype=nw.Boolean)
    return nw.when(outright).then(unknown).otherwise(nw.lit(False))


def chosen(item: Item, option: str) -> nw.Expr:
    """Whether an option was ticked; null where it is in doubt."""
    cell = nw.col(option_column(item.id, option))
    if option in item.doubtful:
        return nw.coalesce(cell, nw.col(blank_column(item.id)))
    return cell.fill_null(False)


def none_chosen(item: Item) -> nw.Expr:
    """Whether "none of these" holds: not known beside a doubt, unless something is ticked."""
    signs = [_ticked(item, option) for option in item.signs]
    some = any_of(sign.fill_null(False) for sign in signs)
    hangs = any_of(sign.is_null() for sign in signs) & ~some
    unknown = nw.lit(None, dtype=nw.Boolean)
    return nw.when(hangs).then(unknown).otherwise(_ticked(item, NONE))


def _ticked(item: Item, option: str) -> nw.Expr:
    """Whether an option was chosen, where the item offers it."""
    return nw.col(option_column(item.id, option)) if option in item.options else nw.lit(False)


def answered(item: Item) -> nw.Expr:
    """Whether an item holds an answer, "not sure" included."""
    if item.kind == "many":
        return any_of(_ticked(item, option).fill_null(True) for option in item.options)
    given = ~nw.col(item.id).is_null()
    return given | _ticked(item, NOT_SURE) if item.kind == "number" else given


def unreadable(item: Item) -> nw.Expr:
    """Whether an answer is none that the item offers."""
    if item.kind == "many":
        others = [option for option in item.options if option != NONE]
        some = any_of(_ticked(item, option).fill_null(False) for option in others)
        return _ticked(item, NONE).fill_null(False) & some
    given = nw.col(item.id)
    if item.kind == "one":
        return (~given.is_in(list(item.options))).fill_null(False)
    assert item.number is not None
    outside = ~((given >= item.number.low) & (given <= item.number.high))
    if not item.number.other_units:
        steps = given / item.number.step
        outside = outside | ((steps - steps.round(0)).abs() > OFF_STEP)
    return outside.fill_null(False) | (_ticked(item, NOT_SURE) & ~given.is_null())


def readable(item: Item) -> nw.Expr:
    """An answer, where it can be read."""
    return nw.when(~nw.col(bad_column(item.id))).then(nw.col(item.id))


def silence(item: Item) -> nw.Expr:
    """No where the item was answered without "not sure" and contradiction, else unknown."""
    sure = nw.col(answered_column(item.id)) & ~_ticked(item, NOT_SURE)
    if NONE in item.options:
        sure = sure & ~nw.col(bad_column(item.id))
    return nw.when(sure).then(nw.lit(False)).otherwise(nw.lit(None, dtype=nw.Boolean))


def meaning(leaf: AnswerLeaf) -> nw.Expr:
    """The truth of a leaf about an answer, where its item applies."""
    match leaf:
        case OneOf(item, options):
            return any_of(nw.col(item) == option for option in options)
        case Includes(item, options):
            ticked = (nw.col(option_column(item, option)) for option in options)
            return any_of(ticked) | nw.col(silence_column(item))
        case UnsureOf(item, options):
            cells = [nw.col(option_column(item, option)) for option in options]
            # What is ticked is not in doubt, and of what is not ticked silence says the same.
            all_ticked = all_of(cell.fill_null(False) for cell in cells)
            silent = nw.when(~all_ticked).then(nw.col(silence_column(item))).otherwise(False)
            return any_of(cell.is_null() for cell in cells) | silent
        case AtLeast(item, number):
            return nw.col(item) >= number
        case AtMost(item, number):
            return nw.col(item) <= number
