"""Which options of an item a text names, by the labels that are known for them.

Options are found by their labels, longest match first, and never by splitting at commas, for labels
hold commas.  What is left over makes the whole text unreadable; nothing is guessed.

Not here: what else a cell may say (`cells`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from triage.book.items import Item

TRUTH_VALUES = {"true": "yes", "false": "no"}
"""How files with types of their own say yes and no, and the options that these are."""
SEPARATORS = " ,;|/+&"
"""What may stand between the labels of several options in one cell, once it is folded."""

LONGEST_CELL = 10_000
"""Characters of a cell that options are looked for in; one that is longer names none."""

_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")

Options: TypeAlias = frozenset[str]


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
