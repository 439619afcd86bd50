"""How like a column's name is to a question or an option: by the words that they share.

A word that many questions have says little, and one that few have says much.

Not here: what a column's cells say (`suggest`).
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Generic, TypeVar

from triage.intake.labels import fold

NEVER_SEEN = 0.5
"""The weight of a word that nothing in the book has; the rarest of the book's own weighs 1."""
COVERED = 0.75
"""How much it counts that the name's words are found; the rest is how much else a text says."""
_COMMON = frozenset(
    """
    a an and any are at be been by can choose did do does every fit for from had has have how
    i if in is it its me my no not of on one or per since so that the them there these they this to
    was what which who with yes you your
    """.split()  # noqa: SIM905 - a list would take a line for each word
)

Key = TypeVar("Key")


def words(text: str) -> frozenset[str]:
    """The words of a text that say something."""
    found = re.findall(r"[^\W_]+", fold(text))
    return frozenset(word for word in found if word not in _COMMON)


class Likeness(Generic[Key]):
    """Compares names with the texts that belong to each of many keys."""

    def __init__(self, texts: Mapping[Key, Iterable[str]]) -> None:
        """Take note of the texts of each key: its name, say, and its question."""
        self._texts = {key: [words(part) for part in parts] for key, parts in texts.items()}
        self._all = {key: frozenset().union(*parts) for key, parts in self._texts.items()}
        self._known = frozenset().union(*self._all.values())

    def to(self, name: str) -> dict[Key, float]:
        """How like a name is to each key, from 0 to 1."""
        ours = [(forms, self._weight(forms)) for forms in map(self._forms, words(name))]
        whole = sum(weight for _, weight in ours)
        like = {}
        for key, theirs in self._all.items():
            shared = [(forms, weight) for forms, weight in ours if forms & theirs]
            found = frozenset().union(*(forms for forms, _ in shared))
            said = max(len(found & part) / max(len(part), 1) for part in self._texts[key])
            covered = sum(weight for _, weight in shared) / whole if shared else 0.0
            like[key] = COVERED * covered + (1 - COVERED) * said
        return like

    def _weight(self, forms: frozenset[str]) -> float:
        """The weight of a word that stands in the texts in these forms."""
        having = sum(1 for theirs in self._all.values() if theirs & forms)
        return 1 / (1 + math.log(having)) if having else NEVER_SEEN

    def _forms(self, word: str) -> frozenset[str]:
        """The words of the texts that are meant by a word."""
        return frozenset(other for other in self._known if alike(word, other))


@cache
def alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: one begins with the other, or is spelled much like it."""
    short, long = sorted((one, other), key=len)
    if one == other or not one or one[0] != other[0] or len(short) < 3:
        return one == other
    if long.startswith(short):
        return len(short) > 3 or len(long) - len(short) <= 4
    return len(short) > 4 and difflib.SequenceMatcher(None, one, other).ratio() >= 0.8
