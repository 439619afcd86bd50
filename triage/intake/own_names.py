"""Columns that are called by the book's own names or words: an item, or an item and an option.

Whatever stands between the two, and whatever groups stand before them, as tools for forms write
it: `item/option`, `group.item___option`, "Question? (choice=Words)", "Question? - Words".

Not here: columns that are only like an item (`likeness`, `guesses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.book.items import NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.labels import fold

_BETWEEN = re.compile(r"[\W_]+")
_GROUP_ENDS = re.compile(r"\s*(?:[/:|.>\[\](){}-]|__+)\s*")
"""What may stand between the name of a group and what is in it."""
_CHOICES = "selected choice"
"""What Qualtrics writes behind a question, whether a choice comes after it or not."""
_BEFORE_A_CHOICE = (f"{_CHOICES} ", "choice ", "")
"""What Qualtrics and REDCap write between a question and one of its choices."""
_NUMBERED_BOX = re.compile(r"(\w+?)___(\w+)")


def spelled(text: str) -> str:
    """A text for comparing, with a space in the place of all that is no letter and no digit."""
    return _BETWEEN.sub(" ", fold(text)).strip()


@dataclass(frozen=True, slots=True)
class OwnName:
    """What a column's name says by itself."""

    item: str
    option: str | None
    group: str
    """What stands before the item's name; mostly nothing."""
    one_word: bool
    """Whether a single word says all of it, as many another form might use."""


class OwnNames:
    """Finds the items and options that columns are called after."""

    def __init__(self, book: RuleBook) -> None:
        """Take note of how every item and option may be spelled."""
        items = book.items.values()
        self._items = _unclear_left_out((text, i.id) for i in items for text in (i.id, i.ask))
        self._boxes = {item.id: boxes(item) for item in items}
        self._options = {
            item.id: _unclear_left_out(
                (text, option) for option, words in item.options.items() for text in (option, words)
            )
            for item in items
        }

    def find(self, column: str) -> OwnName | None:
        """The item that a column's name ends with, or the item and its option."""
        folded = fold(column)
        ends = [0, *(found.end() for found in _GROUP_ENDS.finditer(folded))]
        for start in ends:
            found = self._at(spelled(folded[start:]))
            if found is not None:
                item, option, text = found
                return OwnName(item, option, folded[:start], " " not in text)
        return None

    def option(self, item: str, text: str) -> str | None:
        """The option of an item that a text is the name or the words of."""
        return self._options[item].get(spelled(text))

    def numbered_box(self, column: str) -> str | None:
        """The item of a box that is called by a number, as REDCap may call it: `item___3`.

        Which option that is only the form's own dictionary can say.
        """
        found = _NUMBERED_BOX.fullmatch(column)
        return found[1] if found and self._boxes.get(found[1]) and found[2].isdigit() else None

    def _at(self, text: str) -> tuple[str, str | None, str] | None:
        if text in self._items:
            return self._items[text], None, text
        for begin, item in self._items.items():
            if not text.startswith(begin + " "):
                continue
            rest = text[len(begin) + 1 :]
            if rest == _CHOICES:
                return item, None, text
            for said in _BEFORE_A_CHOICE:
                option = self._options[item].get(rest.removeprefix(said))
                if option in self._boxes[item]:
                    return item, option, text
        return None


def boxes(item: Item) -> tuple[str, ...]:
    """The options of an item that may have a column of their own."""
    if item.kind == "many":
        return tuple(item.options)
    return (NOT_SURE,) if item.kind == "number" and NOT_SURE in item.options else ()


def _unclear_left_out(named: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """How things are spelled, without spellings that two of them share."""
    meanings: dict[str, set[str]] = {}
    for text, name in named:
        meanings.setdefault(spelled(text), set()).add(name)
    return dict(_only(meanings))


def _only(meanings: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    # The longest first, so that no shorter name is found inside a longer one.
    for text in sorted(meanings, key=len, reverse=True):
        if text and len(meanings[text]) == 1:
            yield text, next(iter(meanings[text]))
