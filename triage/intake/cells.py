"""What one cell of a table says about one item: an option, options, a number, a tick, or nothing.

Readers work on the text of a cell.  Options are found by their labels, longest match first, and
never by splitting at commas, for labels hold commas.  What is left over makes a cell unreadable;
nothing is guessed.  A blank cell is no answer.

Not here: which column holds what (`mapping`), whole columns (`canonical`), and whether an answer
may be given at all (`responses`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from triage import responses
from triage.rulebook import NOT_SURE, Item

YES_WORDS = ("1", "true", "t", "yes", "y", "x", "checked", "ticked", "\N{CHECK MARK}")
NO_WORDS = ("0", "false", "f", "no", "n", "unchecked")
"""What a tick column may say, folded, beside the words of its option."""
SEPARATORS = " ,;|"
"""What may stand between the labels of several options in one cell, once it is folded."""

_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")
_NUMBER = re.compile(r"[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[-+]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
_UNIT = re.compile(r"([-+0-9.,]+)\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be taken, as it is to be given to `responses.read`, which says why."""

    written: object


Value = TypeVar("Value", covariant=True)
Options: TypeAlias = frozenset[str]


class CellReader(Protocol, Generic[Value]):
    """Reads the cells of one column."""

    def read(self, text: str) -> Value | Unread | None:
        """What a cell says; `None` is no answer."""
        ...


def fold(text: str) -> str:
    """A text for comparing: lower case, single spaces, straight quotation marks."""
    return " ".join(text.translate(_STRAIGHT).split()).casefold()


def whole(folded: str) -> str:
    """A whole number without its fraction, for spreadsheets write a code 3 as 3.0."""
    found = _WHOLE.fullmatch(folded)
    return found[1] if found else folded


class Labels:
    """The labels of an item's options, and the words that stand for no answer.

    Known are each option's name and its words in the questionnaire, and those that a mapping adds.
    A label that may mean two options means neither, unless the mapping says which.
    """

    def __init__(
        self,
        item: Item,
        added: Mapping[str, str],
        blanks: Iterable[str] = (),
        *,
        numbered: bool = False,
    ) -> None:
        """Make the labels.

        Args:
            item: the item.
            added: further labels and their options.
            blanks: words that stand for no answer.
            numbered: options may also be given by their number, from 1, in the item's order.
        """
        self.blanks = {"", *map(fold, blanks)}
        meanings: dict[str, set[str]] = {}
        for number, (option, words) in enumerate(item.options.items(), 1):
            for label in (option, words, *([str(number)] if numbered else [])):
                meanings.setdefault(fold(label), set()).add(option)
        self.options = {label: next(iter(o)) for label, o in meanings.items() if len(o) == 1}
        self.options |= {fold(label): option for label, option in added.items()}
        self._longest_first = sorted(self.options, key=len, reverse=True)

    def one(self, folded: str) -> str | None:
        """The option that a whole cell names."""
        return self.options.get(folded) or self.options.get(whole(folded))

    def within(self, folded: str) -> Options:
        """The options whose labels stand somewhere in a cell that cannot be read as a whole.

        They answer nothing, but a red flag among them is still shown.
        """
        found: set[str] = set()
        other = f"[^{re.escape(SEPARATORS)}]"
        for label in self._longest_first:
            parts = re.split(f"(?<!{other}){re.escape(label)}(?!{other})", folded)
            if len(parts) > 1:
                found.add(self.options[label])
                folded = "\0".join(parts)  # so that no shorter label is found inside
        return frozenset(found)

    def several(self, folded: str) -> Options | None:
        """The options that a cell names one after another; `None` where something is left over."""
        option = self.one(folded)
        return frozenset({option}) if option else self._from(folded, 0, set())

    def _from(self, folded: str, start: int, dead_ends: set[int]) -> Options | None:
        while start < len(folded) and folded[start] in SEPARATORS:
            start += 1
        if start == len(folded):
            return frozenset()
        if start in dead_ends:
            return None
        for label in self._longest_first:
            end = start + len(label)
            if not folded.startswith(label, start) or folded[end : end + 1] not in {
                *SEPARATORS,
                "",
            }:
                continue
            others = self._from(folded, end, dead_ends)
            if others is not None:
                return others | {self.options[label]}
        dead_ends.add(start)
        return None


class OneReader:
    """Cells of a choose-one item."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def read(self, text: str) -> str | Unread | None:
        """The option that a cell names."""
        folded = fold(text)
        if folded in self.labels.blanks:
            return None
        options = self.labels.several(folded)
        if not options:
            return Unread(text)
        return next(iter(options)) if len(options) == 1 else Unread(sorted(options))


class ManyReader:
    """Cells of a choose-many item that hold all its options."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def read(self, text: str) -> Options | Unread | None:
        """The options that a cell names."""
        folded = fold(text)
        if folded in self.labels.blanks:
            return None
        return self.labels.several(folded) or Unread([text, *sorted(self.labels.within(folded))])


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
        self._units = {fold(u): u for u in (item.number.unit, *item.number.other_units)}

    def read(self, text: str) -> float | str | Unread | None:
        """The number in the item's unit, or "not sure"."""
        folded = fold(text)
        if folded in self.labels.blanks:
            return None
        if folded in self.labels.options:
            return self.labels.options[folded]
        number, unit = folded, self.unit
        if not _NUMBER.fullmatch(folded) and (found := _UNIT.fullmatch(folded)):
            number, unit = found[1], self._units.get(found[2])
            if unit is None:
                return Unread(text)
        # 1,234 may be a thousand and more, or little more than one: that is not for us to say.
        if not _NUMBER.fullmatch(number) or _THOUSANDS.fullmatch(number):
            return Unread(text)
        value = float(number.replace(",", "."))
        if unit is None:
            return value if math.isfinite(value) else Unread(text)
        try:
            answer = responses.read_answer(self.item, f"{value:.10f} {unit}")
        except ValueError:
            return Unread(f"{number} {unit}")
        assert not isinstance(answer, frozenset)
        return answer


class TickReader:
    """Cells of a column that says whether one option was chosen."""

    def __init__(self, item: Item, option: str, added: Mapping[str, str], blanks: Iterable[str]):
        """Make a reader.

        Args:
            item: the item.
            option: its option.
            added: further words and whether they are a `yes` or a `no`.
            blanks: words that stand for no answer.
        """
        self.blanks = {"", *map(fold, blanks)}
        self.words = dict.fromkeys([fold(option), fold(item.options[option])], True)
        self.words |= dict.fromkeys(YES_WORDS, True) | dict.fromkeys(NO_WORDS, False)
        self.words |= {fold(word): meaning == "yes" for word, meaning in added.items()}

    def read(self, text: str) -> bool | Unread | None:
        """Whether the option was chosen."""
        folded = fold(text)
        if folded in self.blanks:
            return None
        ticked = self.words.get(folded, self.words.get(whole(folded)))
        return Unread(text) if ticked is None else ticked


def not_sure_labels(item: Item, added: Mapping[str, str], blanks: Iterable[str]) -> Labels:
    """How "not sure" may be written in the cells of a number item; nothing where it has none."""
    return Labels(item, {k: v for k, v in added.items() if v == NOT_SURE}, blanks)
