"""`became.yaml` of an older questionnaire: what its answers became, and whether any was forgotten.

    items:
      habits:                     # an item of the present book; the conditions are over older items
        short_sleep: {sleep_hours: {at_most: 6.5}}
        sits_long: {maybe: {posture: seated}}      # yes becomes "not sure", for it may be this
      pain_in_daily_life: {same_as: pain_now}      # it has another name now
    only_no: [posture.standing]   # options of "choose one" that only make a condition above "no"
    dropped: [foot_strike]        # nothing is made of these any more

An item that both books have is carried over by itself, option by option.

Not here: the files beside it (`older_reader`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from triage.book.condition_reader import ConditionReader
from triage.book.conditions import (
    AtLeast,
    AtMost,
    Condition,
    Includes,
    OneOf,
    UnsureOf,
    leaves,
)
from triage.book.documents import Document, Path_
from triage.book.items import NONE, NOT_SURE, Item, NumberRange
from triage.book.older import Origin
from triage.book.rulebook import RuleBook
from triage.problems import listed, nearest, plain, quoted

SAME_AS = "same_as"
MAYBE = "maybe"


class BecameReader:
    """Reads what became of older answers, and finds what was forgotten."""

    def __init__(
        self,
        book: RuleBook,
        older: Mapping[str, Item],
        document: Document,
        problems: list[Any],
    ) -> None:
        """Begin.

        Args:
            book: the present book.
            older: the items of the older one.
            document: the file.
            problems: where to note what is wrong.
        """
        self.book = book
        self.older = older
        self.document = document
        self.problems = problems
        self._conditions = ConditionReader(document, older, {}, None, problems)
        self._used: set[str] = set()
        """Older items with a number, and options as `item.option`, of which something was made."""

    def read(
        self, written: Mapping[str, dict[str, Any]]
    ) -> tuple[Mapping[str, Mapping[str, Origin]], Mapping[str, str]]:
        """What makes the options of present items true, and where their numbers are from."""
        for name in written:
            if name not in self.book.items:
                near = nearest(name, self.book.items)
                self._note(("items", name), f"read {quoted(name)}, expected a present item{near}")
        origins: dict[str, Mapping[str, Origin]] = {}
        numbers: dict[str, str] = {}
        for item in self.book.items.values():
            path: Path_ = ("items", item.id)
            said = dict(written.get(item.id, {}))
            source = self._source(item, said, path)
            if item.kind == "number":
                self._no_conditions(item, said, path)
                if source is not None:
                    numbers[item.id] = source.id
                    self._used.add(source.id)
                continue
            made = self._origins(item, said, path)
            if source is not None:
                made = self._carried(item, source, made)
            if made:
                origins[item.id] = MappingProxyType(made)
        return MappingProxyType(origins), MappingProxyType(numbers)

    def account(self, dropped: Iterable[str], only_no: Iterable[str]) -> None:
        """Note every older item and option that is nowhere, and what is wrongly said to be."""
        passed = {*self._named("dropped", dropped), *self._named("only_no", only_no)}
        for item in self.older.values():
            if item.id in passed:
                continue
            if item.kind == "number":
                lost = [item.id] if item.id not in self._used else []
            else:
                left = [f"{item.id}.{option}" for option in item.options if _counts(item, option)]
                lost = [name for name in left if name not in self._used | passed]
                lost = [item.id] if lost == left else lost
            for name in lost:
                self._note(
                    (), f"nothing became of '{name}'; name it below 'items', 'only_no' or 'dropped'"
                )

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(path, message))

    def _named(self, key: str, names: Iterable[str]) -> Iterator[str]:
        """Names below a key, each checked."""
        options = [f"{item.id}.{option}" for item in self.older.values() for option in item.options]
        known = [*self.older, *options] if key == "dropped" else options
        for place, name in enumerate(names):
            path: Path_ = (key, place)
            yield name
            if name not in known:
                expected = f"expected an older item{'' if key == 'dropped' else '.option'}"
                self._note(path, f"read {quoted(name)}, {expected}{nearest(name, known)}")
            elif any(used == name or used.startswith(f"{name}.") for used in self._used):
                self._note(path, f"'{name}' is named above too; expected one or the other")
            elif key == "only_no" and self.older[name.partition(".")[0]].kind != "one":
                self._note(path, f"read {quoted(name)}, expected an option of a 'choose one' item")

    def _source(self, item: Item, said: dict[str, Any], path: Path_) -> Item | None:
        """The older item whose answers an item takes as they are; takes the word for it away."""
        if SAME_AS not in said:
            source = self.older.get(item.id)
            fits = source is not None and source.kind == item.kind
            return source if fits and not self._narrower(item, source, path) else None
        path = (*path, SAME_AS)
        named = said.pop(SAME_AS)
        source = self.older.get(named) if isinstance(named, str) else None
        if source is None:
            near = nearest(named, self.older) if isinstance(named, str) else ""
            self._note(path, f"read {quoted(named)}, expected an older item{near}")
        elif source.kind != item.kind:
            kinds = f"expected one of the kind '{item.kind}', as '{item.id}' is"
            self._note(path, f"read '{source.id}', {kinds}; it is of the kind '{source.kind}'")
        elif not self._narrower(item, source, path):
            return source
        return None

    def _narrower(self, item: Item, source: Item | None, path: Path_) -> bool:
        """Whether an item does not take every number that the older one took, which is noted."""
        if source is None or item.number is None or source.number is None:
            return False
        if _takes_all(item.number, source.number):
            return False
        ours, theirs = map(_range_in_words, (item.number, source.number))
        self._note(path, f"'{item.id}' takes {ours}; expected all that '{source.id}' took, {theirs}")
        return True

    def _no_conditions(self, item: Item, said: Mapping[str, Any], path: Path_) -> None:
        for key in said:
            message = f"read {quoted(key)}, expected '{SAME_AS}' and an older number"
            self._note((*path, key), f"item '{item.id}': {message}")

    def _origins(self, item: Item, said: Mapping[str, Any], path: Path_) -> dict[str, Origin]:
        """What is written for the options of an item."""
        allowed = item.options if item.kind == "one" else item.signs
        origins: dict[str, Origin] = {}
        for option, value in said.items():
            where = (*path, option)
            if option not in allowed:
                near = nearest(option, [*allowed, SAME_AS])
                expected = f"expected {SAME_AS}, {listed(allowed)}{near}"
                self._note(where, f"item '{item.id}': read {quoted(option)}, {expected}")
                continue
            maybe = isinstance(value, dict) and set(value) == {MAYBE}
            if maybe:
                value, where = value[MAYBE], (*where, MAYBE)
            condition = self._conditions.read(value, where)
            if condition is not None:
                self._used.update(_names(condition))
                origins[option] = Origin(condition, maybe)
        return origins

    def _carried(
        self, item: Item, source: Item, written: Mapping[str, Origin]
    ) -> dict[str, Origin]:
        """The options of an item, with those that the older one had and nothing is written for."""
        origins: dict[str, Origin] = {}
        for option in item.options if item.kind == "one" else item.signs:
            if option in written:
                origins[option] = written[option]
            elif option in source.options:
                kind = OneOf if item.kind == "one" else Includes
                origins[option] = Origin(kind(source.id, (option,)), carried=True)
                self._used.add(f"{source.id}.{option}")
        return origins


def _counts(item: Item, option: str) -> bool:
    """Whether something has to become of an option: "not sure" is unknown wherever it is asked."""
    return option != NOT_SURE and (item.kind == "one" or option != NONE)


def _names(condition: Condition) -> Iterator[str]:
    """The numbers and the options that a condition names."""
    for leaf in leaves(condition):
        match leaf:
            case AtLeast(item, _) | AtMost(item, _):
                yield item
            case OneOf(item, options) | Includes(item, options) | UnsureOf(item, options):
                yield from (f"{item}.{option}" for option in options)


def _takes_all(ours: NumberRange, theirs: NumberRange) -> bool:
    """Whether each number that one range takes is one that another takes, and means the same."""
    steps = theirs.step / ours.step
    fine = bool(ours.other_units) or math.isclose(steps, round(steps), abs_tol=1e-9)
    if theirs.other_units and not ours.other_units:
        fine = False
    return ours.unit == theirs.unit and ours.low <= theirs.low <= theirs.high <= ours.high and fine


def _range_in_words(range_: NumberRange) -> str:
    return f"{plain(range_.low)} to {plain(range_.high)} {range_.unit} by {plain(range_.step)}"
