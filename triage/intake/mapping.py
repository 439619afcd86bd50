"""Which column of a clinic's table holds the answer to which item.

A mapping is written by hand (`mapping_file`) or made from a header (`profiles`).  `check` finds
what is wrong with one for a table at hand: every column has a role or is ignored on purpose, so
that nothing is dropped in silence.

Not here: cells (`cells`, `canonical`), files of tables (`tables`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from triage.answers.answer import Answer
from triage.answers.table import all_columns
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.cells import (
    CellReader,
    Limit,
    ManyReader,
    NumberReader,
    OneReader,
    TickReader,
)
from triage.intake.labels import Labels
from triage.problems import Problem, listed, nearest, quoted


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Whole:
    """A column whose cells hold the whole answer to an item."""

    item: str
    labels: Mapping[str, str] = field(default_factory=_nothing)
    """Further labels and their options."""
    unit: str | None = None
    """The unit of a column of numbers, where it is not the item's own."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A column that says whether one option of an item was chosen."""

    item: str
    option: str
    labels: Mapping[str, str] = field(default_factory=_nothing)
    """Further words, and whether they mean `yes`, `no` or `not_sure`."""
    asked: bool = False
    """Whether the column is a question of its own, so that its "no" is an answer."""
    limit: Limit | None = None
    """Which numbers mean that the option fits, in a column of numbers."""


Role: TypeAlias = Whole | Tick


@dataclass(frozen=True)
class IntakeMapping:
    """What every column of a table is for."""

    source: str
    """The file or the profile it comes from, for messages."""
    roles: Mapping[str, Role]
    """Column to what it holds."""
    form: str | None = None
    """The column that names the form."""
    ignored: frozenset[str] = frozenset()
    """Columns that hold no answer, and are known to."""
    constants: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    """Item to the answer that holds for every form, because the clinic settles it elsewhere."""
    blanks: frozenset[str] = frozenset()
    """Words that stand for no answer."""
    numbered: bool = False
    """Whether an option may be given by its number, from 1, in the item's order."""
    blank_is_doubt: bool = False
    """Whether a blank box means that one is not sure of its option, beside "not sure" with a no."""
    asked_by: str = ""
    """The version of the older book whose items it names; empty for the present one's."""
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The line of the file that speaks of a column."""

    def problem(self, column: str, message: str) -> Problem:
        """A problem with what is said of a column."""
        return Problem(self.source, self.lines.get(column), message)

    def wholes(self, item: str) -> Mapping[str, Whole]:
        """The columns that hold the whole answer to an item."""
        return self._wholes.get(item, {})

    def ticks(self, item: str) -> Mapping[str, Tick]:
        """The columns that hold ticks of an item."""
        return self._ticks.get(item, {})

    def items(self) -> tuple[str, ...]:
        """The items that some column answers."""
        return tuple(self._by_item)

    @cached_property
    def _by_item(self) -> Mapping[str, list[tuple[str, Role]]]:
        by_item: dict[str, list[tuple[str, Role]]] = {}
        for column, role in self.roles.items():
            by_item.setdefault(role.item, []).append((column, role))
        return by_item

    # They are asked for with every row.
    @cached_property
    def _wholes(self) -> Mapping[str, Mapping[str, Whole]]:
        of = self._by_item.items()
        return {i: {c: r for c, r in roles if isinstance(r, Whole)} for i, roles in of}

    @cached_property
    def _ticks(self) -> Mapping[str, Mapping[str, Tick]]:
        of = self._by_item.items()
        return {i: {c: r for c, r in roles if isinstance(r, Tick)} for i, roles in of}

    def reader(self, book: RuleBook, role: Role) -> CellReader[object]:
        """What reads the cells of a column."""
        item = book.items[role.item]
        if isinstance(role, Tick):
            return TickReader(item, role.option, role.labels, self.blanks, role.limit)
        numbered = self.numbered and item.kind != "number"
        labels = Labels(item, role.labels, self.blanks, numbered=numbered)
        if item.kind == "number":
            return NumberReader(item, labels, role.unit)
        return OneReader(labels) if item.kind == "one" else ManyReader(item, labels)

    def not_offered(self, item: Item) -> tuple[str, ...]:
        """The options of an item answered by ticks that no column offers.

        What was not offered was not answered either: those options stay unknown.
        """
        if item.kind != "many" or not self.ticks(item.id):
            return ()
        offered = {tick.option for tick in self.ticks(item.id).values()}
        return tuple(o for o in item.options if o not in {*offered, NONE, NOT_SURE})


def check(
    mapping: IntakeMapping, header: Iterable[str], book: RuleBook, table: str
) -> Iterator[Problem]:
    """What is wrong with a mapping for a table.

    Args:
        mapping: what every column is for.
        header: the columns of the table.
        book: the rule book.
        table: the name of the table, for messages.
    """
    header = list(header)
    form = [mapping.form] if mapping.form else []
    named = {*mapping.roles, *mapping.ignored, *form}
    for column in header:
        if column not in named:
            near = nearest(column, [*book.items, *all_columns(book)])
            expected = f"expected an item or 'ignore' in a mapping{near}"
            message = f"column {quoted(column)}: nothing says what it holds; {expected}"
            yield Problem(table, 1, message)
    for column in (*mapping.roles, *form):
        if column not in header:
            message = f"no column {quoted(column)} in {table}{nearest(column, header)}"
            yield mapping.problem(column, message)
    names = [*mapping.roles, *form, *mapping.ignored]
    for column in sorted({name for name in names if names.count(name) > 1}):
        message = f"column {quoted(column)} names the form, and holds something else too"
        yield mapping.problem(column, message)
    if not mapping.roles:
        yield mapping.problem("", "no column holds an answer")
    for item in book.items.values():
        yield from _about(mapping, item)


def _about(mapping: IntakeMapping, item: Item) -> Iterator[Problem]:
    wholes, ticks = mapping.wholes(item.id), mapping.ticks(item.id)
    columns = [*wholes, *ticks]

    def problem(message: str) -> Problem:
        return mapping.problem(columns[-1], f"item '{item.id}': {message}")

    if item.id in mapping.constants and columns:
        also = f"a constant answer and the column {quoted(columns[0])}"
        yield problem(f"read {also}, expected one or the other")
    by_option: dict[str, list[str]] = {}
    for column, tick in ticks.items():
        by_option.setdefault(tick.option, []).append(column)
    doubled = [list(wholes), *by_option.values()]
    if item.kind == "many" and wholes and ticks:
        doubled.append([next(iter(wholes)), next(iter(ticks))])
    for several in doubled:
        if len(several) > 1:
            both = listed(map(quoted, several)).replace(" or ", " and ")
            yield problem(f"the columns {both} answer it, expected one")
    missing = mapping.not_offered(item)
    if missing and NOT_SURE not in item.options:
        yield problem(f"no column for its option {listed(missing)}")
    if any(tick.asked for tick in ticks.values()) and NOT_SURE not in item.options:
        yield problem(f"read 'asked', expected an item that offers '{NOT_SURE}'")
