"""What one cell of a table says about one item: an option, options, a number, a tick, or nothing.

Readers work on the text of a cell.  What they cannot read is handed on as it is; nothing is
guessed.  A blank cell is no answer.

Not here: how options are found in a text (`labels`), which column holds what (`mapping`), whole
columns (`canonical`), and whether an answer may be given at all (`answers`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from triage.answers.answer import LONG_FORM, NotAnAnswer, is_blank, read_answer
from triage.book.items import NOT_SURE, Item
from triage.intake.labels import Labels, Options, fold, whole

YES_WORDS = ("1", "true", "t", "yes", "y", "x", "checked", "ticked", "\N{CHECK MARK}")
NO_WORDS = ("0", "false", "f", "no", "n", "unchecked")
"""What a tick column may say, folded, beside the words of its option."""
LONG = "{"
"""How a cell begins that holds a long answer."""
_NUMBER = re.compile(r"[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[-+]?[0-9]+)?")
_STARTS_NUMBER = tuple("0123456789+-.,")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
_UNIT = re.compile(r"([-+0-9.,]+)\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be taken, as it is to be given to `reading.read`, which says why."""

    written: object


def unread(item: Item, text: str, column: str) -> Unread:
    """A cell that cannot be taken, in words that are no answer to its item either.

    Args:
        item: the item.
        text: the cell.
        column: what its column is for, in a few words.
    """
    try:
        read_answer(item, text)
    except NotAnAnswer:
        return Unread(text)
    return Unread(f"{text} ({column})")


Value = TypeVar("Value", covariant=True)


class CellReader(Protocol, Generic[Value]):
    """Reads the cells of one column."""

    def read(self, text: str) -> Value | Unread | None:
        """What a cell says; `None` is no answer."""
        ...


class OneReader:
    """Cells of a choose-one item."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def read(self, text: str) -> str | Unread | None:
        """The option that a cell names."""
        folded = fold(text)
        if self.labels.blank(folded):
            return None
        options = self.labels.several(folded)
        if not options:
            return Unread(self.labels.unread(text))
        return next(iter(options)) if len(options) == 1 else Unread(sorted(options))


class ManyReader:
    """Cells of a choose-many item that hold all its options.

    Of which options one is not sure by themselves is said as in a file of answers, in JSON.
    """

    def __init__(self, item: Item, labels: Labels) -> None:
        self.item = item
        self.labels = labels

    def read(self, text: str) -> Options | Unread | None:
        """The options that a cell names, and doubts about others."""
        folded = fold(text)
        if self.labels.blank(folded):
            return None
        if text.startswith(LONG) and isinstance(written := self._written_long(text), dict):
            try:
                answer = read_answer(self.item, written)
            except NotAnAnswer:
                return None if is_blank(written) else Unread(written)
            assert isinstance(answer, frozenset)
            return answer
        if options := self.labels.several(folded):
            return options
        return Unread([self.labels.unread(text), *sorted(self.labels.within(folded))])

    def _written_long(self, text: str) -> object:
        """A long answer with options by their names; nothing where it is not JSON."""
        try:
            written = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if isinstance(written, dict):
            for key in LONG_FORM:
                if isinstance(options := written.get(key), list):
                    written[key] = [self._named(option) for option in options]
        return written

    def _named(self, option: object) -> object:
        known = self.labels.one(fold(option)) if isinstance(option, str) else None
        return known or option


class NumberReader:
    """Cells of a number item: in its own unit, in the column's, or with a unit beside it."""

    def __init__(self, item: Item, labels: Labels, unit: str | None) -> None:
        """Make a reader.

        Args:
            item: the item.
            labels: how "not sure" may be written, where the item offers it.
            unit: the unit of the column, where it is not the item's own.
        """
        assert item.number is not None
        self.item = item
        self.labels = labels
        self.unit = unit if unit != item.number.unit else None
        allowed = item.number
        self._units = {fold(allowed.unit_in_words(unit, 1)): unit for unit in allowed.units}
        self._units |= {fold(unit): unit for unit in allowed.units}

    def read(self, text: str) -> float | str | Unread | None:
        """The number in the item's unit, or "not sure"."""
        folded = fold(text)
        if self.labels.blank(folded):
            return None
        if option := self.labels.one(folded):
            return option
        number, unit = folded, self.unit
        if not _NUMBER.fullmatch(folded) and (found := _UNIT.fullmatch(folded)):
            number, unit = found[1], self._units.get(found[2])
            if unit is None:
                return self._unread(text)
        # 1,234 may be a thousand and more, or little more than one: that is not for us to say.
        if not _NUMBER.fullmatch(number) or _THOUSANDS.fullmatch(number):
            return self._unread(text)
        value = float(number.replace(",", "."))
        if unit is None:
            return value if math.isfinite(value) else self._unread(text)
        try:
            answer = read_answer(self.item, f"{value:.10f} {unit}")
        except NotAnAnswer:
            return Unread(f"{number} {unit}")
        assert not isinstance(answer, frozenset)
        return answer

    def _unread(self, text: str) -> Unread:
        return unread(self.item, text, "not in plain digits")


@dataclass(frozen=True, slots=True)
class Limit:
    """The number from which, or up to which, a column of numbers means that its option fits."""

    at_least: float = -math.inf
    at_most: float = math.inf

    def holds(self, number: float) -> bool:
        """Whether a number lies within the limit."""
        return self.at_least <= number <= self.at_most


MEANINGS: Mapping[str, bool | str] = {"yes": True, "no": False, NOT_SURE: NOT_SURE}
"""What a mapping may say that a word of a tick column means."""


class TickReader:
    """Cells of a column that says whether one option was chosen."""

    def __init__(
        self,
        item: Item,
        option: str,
        added: Mapping[str, str],
        blanks: Iterable[str],
        limit: Limit | None = None,
    ) -> None:
        """Make a reader.

        Args:
            item: the item.
            option: its option.
            added: further words and whether they are a `yes`, a `no` or `not_sure`.
            blanks: words that stand for no answer.
            limit: makes the column one of numbers, and says which of them mean yes.
        """
        self.item = item
        self.option = option
        self.limit = limit
        self.blanks = {"", *map(fold, blanks)}
        self.words: dict[str, bool | str] = {}
        if option in item.doubtful:
            self.words |= dict.fromkeys([NOT_SURE, fold(item.options[NOT_SURE])], NOT_SURE)
        self.words |= dict.fromkeys([fold(option), fold(item.options[option])], True)
        self.words |= dict.fromkeys(YES_WORDS, True) | dict.fromkeys(NO_WORDS, False)
        self.words |= {fold(word): MEANINGS[meaning] for word, meaning in added.items()}

    def read(self, text: str) -> bool | str | Unread | None:
        """Whether the option was chosen, or `not_sure` where one cannot tell."""
        folded = fold(text)
        if folded in self.blanks or whole(folded) in self.blanks:
            return None
        if self.limit is not None and folded[:1] in _STARTS_NUMBER:
            return self._within(folded, text)
        ticked = self.words.get(folded, self.words.get(whole(folded)))
        return unread(self.item, text, f"whether {self.option}") if ticked is None else ticked

    def _within(self, folded: str, text: str) -> bool | Unread:
        """Whether a number fits the option."""
        assert self.limit is not None
        if not _NUMBER.fullmatch(folded) or _THOUSANDS.fullmatch(folded):
            return unread(self.item, text, "not in plain digits")
        return self.limit.holds(float(folded.replace(",", ".")))
