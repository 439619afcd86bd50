"""Which places of the book a column's name is like: all its words are found there, and enough.

Not here: the words that names share with texts (`likeness`), what the cells say (`guesses`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from triage.book.items import NONE, NOT_SURE
from triage.book.rulebook import RuleBook
from triage.intake.likeness import MOSTLY, Like, Likeness, alike, words
from triage.intake.own_names import boxes
from triage.intake.safety_places import Place, safety_places

WHOLE_NAME = 0.99
"""How much of a column's name must be found in a place of the book for a guess."""
NEAR = 0.5
"""How much like a column a place must be to be named beside it."""
MOST_NEAR = 3
"""Places that are named beside a column that is left open."""

_NUMBER = re.compile(r"\d+")


class PlaceLikeness:
    """Compares the names of columns with every item of a book and every option."""

    def __init__(self, book: RuleBook) -> None:
        """Take note of the book's words."""
        self._book = book
        self._safety = safety_places(book)
        items = book.items.values()
        options: dict[Place, tuple[str, ...]] = {
            (item.id, o): (o, item.options[o]) for item in items for o in boxes(item)
        }
        asked: dict[Place, tuple[str, ...]] = {(i.id, None): (i.id, i.ask) for i in items}
        units: dict[Place, tuple[str, ...]] = {
            (i.id, None): (i.number.unit, *i.number.other_units) for i in items if i.number
        }
        self._options = Likeness(options, {place: (place[0],) for place in options})
        self._items = Likeness(asked, units)

    def to(self, name: str) -> tuple[Mapping[Place, Like], tuple[Place, ...]]:
        """The places that a name is enough like for a guess, and those that are near it."""
        like = {**self._items.to(name), **self._options.to(name)}
        good = {place: one for place, one in like.items() if self._good(place, one, name)}
        near = [place for place, one in like.items() if one.value >= NEAR and one.said >= MOSTLY]
        return good, tuple(sorted(near, key=lambda place: -like[place].value)[:MOST_NEAR])

    def _good(self, place: Place, like: Like, name: str) -> bool:
        """Whether a name is enough like a place, whatever the cells say.

        A red flag is never guessed from a single word, and nothing else from a part of a name.  An
        option with a number in its words means just that, and its short name is not enough.
        """
        if like.covered < WHOLE_NAME or like.said < MOSTLY or place[1] in (NONE, NOT_SURE):
            return False
        item, option = place
        said = self._book.items[item].options[option] if option else ""
        if not set(_NUMBER.findall(said)) <= set(_NUMBER.findall(name)):
            return False
        if len(like.shared | (like.beside if option is None else frozenset())) > 1:
            return True
        texts = [option, self._book.items[item].options[option]] if option else [item]
        (word,) = like.shared
        whole = any(len(part := words(text)) == 1 and alike(word, *part) for text in texts)
        return whole and len(words(name)) == 1 and place not in self._safety
