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
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from triage.answers import responses
from triage.book.items import Item

YES_WORDS = ("1", "true", "t", "yes", "y", "x", "checked", "ticked", "\N{CHECK MARK}")
NO_WORDS = ("0", "false", "f", "no", "n", "unchecked")
"""What a tick column may say, folded, beside the words of its option."""
TRUTH_VALUES = {"true": "yes", "false": "no"}
"""How files with types of their own say yes and no, and the options that these are."""
SEPARATORS = " ,;|/+&"
"""What may stand between the labels of several options in one cell, once it is folded."""

LONGEST_CELL = 10_000
"""Characters of a cell that options are looked for in; one that is longer names none."""

_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")
_NUMBER = re.compile(r"[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[-+]?[0-9]+)?")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
_UNIT = re.compile(r"([-+0-9.,]+)\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be taken, as it is to be given to `responses.read`, which says why."""

    written: object


def unread(item: Item, text: str, column: str) -> Unread:
    """A cell that cannot be taken, in words that are no answer to its item either.

    Args:
        item: the item.
        text: the cell.
        column: what its column is for, in a few words.
    """
    try:
        responses.read_answer(item, text)
    except ValueError:
        return Unread(text)
    return Unread(f"{text} ({column})")


Value = TypeVar("Value", covariant=True)
Options: TypeAlias = frozenset[str]


class CellReader(Protocol, Generic[Value]):
    """Reads the cells of one column."""

    def read(self, text: str) -> Value | Unread | None:
        """What a cell says; `None` is no answer."""
        ...


def fold(text: str) -> str:
    """A text for comparing: lower case, single spaces, straight quotation marks, whole accents."""
    if text.isascii():
        return " ".join(text.split()).lower()
    text = unicodedata.normalize("NFC", text.translate(_STRAIGHT))
    return " ".join(text.split()).casefold()


def whole(folded: str) -> str:
    """A whole number without its fraction, for spreadsheets write a code 3 as 3.0."""
    found = _WHOLE.fullmatch(folded)
    return found[1] if found else folded


class Labels:
    """The labels of an item's options, and the words that stand for no answer.

    Known are each option's name and its words in the questionnaire, and those that a mapping adds.
    A truth value stands for the options yes and no.  A label that may mean two options means
    neither, unless the mapping says which.
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
        for truth, option in TRUTH_VALUES.items():
            if set(TRUTH_VALUES.values()) <= item.options.keys():
                meanings.setdefault(truth, set()).add(option)
        meanings |= {fold(label): {option} for label, option in added.items()}
        self._unclear = {label: sorted(o) for label, o in meanings.items() if len(o) > 1}
        self.options = {label: next(iter(o)) for label, o in meanings.items() if len(o) == 1}
        trimmed = {label.strip(SEPARATORS): option for label, option in self.options.items()}
        self.options = {label: option for label, option in trimmed.items() if label}
        self._longest_first = sorted(self.options, key=len, reverse=True)

    def blank(self, folded: str) -> bool:
        """Whether a cell is no answer."""
        return folded in self.blanks or whole(folded) in self.blanks

    def unread(self, text: str) -> str:
        """A cell that names no option, in words that name none either."""
        several = self._unclear.get(fold(text))
        return f"{text} ({' or '.join(several)})" if several else text

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
        if option:
            return frozenset({option})
        if len(folded) > LONGEST_CELL:
            return None
        # From the end: a long label is then given up where nothing can be read after it.
        read_from: dict[int, Options] = {len(folded): frozenset()}
        for start in reversed(range(len(folded))):
            if folded[start] in SEPARATORS:
                if start + 1 in read_from:
                    read_from[start] = read_from[start + 1]
            elif start == 0 or folded[start - 1] in SEPARATORS:
                for label in self._longest_first:
                    end = start + len(label)
                    # What can be read from a place begins there, or else at a separator.
                    if end in read_from and folded.startswith(label, start):
                        read_from[start] = read_from[end] | {self.options[label]}
                        break
        return read_from.get(0)


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
    """Cells of a choose-many item that hold all its options."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def read(self, text: str) -> Options | Unread | None:
        """The options that a cell names."""
        folded = fold(text)
        if self.labels.blank(folded):
            return None
        if options := self.labels.several(folded):
            return options
        return Unread([self.labels.unread(text), *sorted(self.labels.within(folded))])


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
            answer = responses.read_answer(self.item, f"{value:.10f} {unit}")
        except ValueError:
            return Unread(f"{number} {unit}")
        assert not isinstance(answer, frozenset)
        return answer

    def _unread(self, text: str) -> Unread:
        return unread(self.item, text, "not in plain digits")


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
        self.item = item
        self.option = option
        self.blanks = {"", *map(fold, blanks)}
        self.words = dict.fromkeys([fold(option), fold(item.options[option])], True)
        self.words |= dict.fromkeys(YES_WORDS, True) | dict.fromkeys(NO_WORDS, False)
        self.words |= {fold(word): meaning == "yes" for word, meaning in added.items()}

    def read(self, text: str) -> bool | Unread | None:
        """Whether the option was chosen."""
        folded = fold(text)
        if folded in self.blanks or whole(folded) in self.blanks:
            return None
        ticked = self.words.get(folded, self.words.get(whole(folded)))
        return unread(self.item, text, f"whether {self.option}") if ticked is None else ticked
