"""How like a column's name is to a question or an option: by the words that they share.

A word that many questions have says little, and one that few have says much.  Digits say nothing,
and a name that denies something is not like a text that does not.

Not here: what a column's cells say (`guesses`).
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from triage.intake.labels import fold

NEVER_SEEN = 0.5
"""The weight of a word that nothing in the book has; the rarest of the book's own weighs 1."""
COVERED = 0.75
"""How much it counts that the name's words are found; the rest is how much else a text says."""
MOSTLY = 0.5
"""How much of a text words must be to tell most of it."""
_COMMON = frozenset(
    """
    a an and any are at be been by can choose did do does every fit for from had has have how
    i if in is it its me my of on one or since so that the them there these they this to
    was what which with yes you your
    """.split()  # noqa: SIM905 - a list would take a line for each word
)
_DENYING = frozenset(
    """
    no not never non none without cannot unable denies denied deny absent absence free negative nil
    """.split()  # noqa: SIM905
)
_ENDINGS = frozenset("s es d ed ing ning ping ting ly ness n en er al 's".split())  # noqa: SIM905
"""What may be put to a word without making it another."""
_LONG = 7
"""Letters of a word from which one other letter or two do not make it another."""

Key = TypeVar("Key")


def words(text: str) -> frozenset[str]:
    """The words of a text that say something; none that hold a digit."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    found = re.findall(r"[^\W_]+", fold(apart))
    return frozenset(w for w in found if w not in _COMMON | _DENYING and w.isalpha())


def denying(text: str) -> bool:
    """Whether a text denies something; what stands between brackets only adds to it."""
    text = re.sub(r"\([^)]*\)", " ", text)
    return not _DENYING.isdisjoint(re.findall(r"[^\W_]+", fold(text)))


@dataclass(frozen=True, slots=True)
class Like:
    """How like a name is to the texts of one key."""

    covered: float
    """How much of the name is found in them, from 0 to 1."""
    said: float
    """How much of the best of them the name says, from 0 to 1."""
    shared: frozenset[str]
    """The words of the name that stand in the best of them."""
    beside: frozenset[str]
    """The words of the name that stand beside them."""

    @property
    def value(self) -> float:
        """Both in one number, from 0 to 1."""
        return COVERED * self.covered + (1 - COVERED) * self.said


class Likeness(Generic[Key]):
    """Compares names with the texts that belong to each of many keys."""

    def __init__(
        self,
        texts: Mapping[Key, Iterable[str]],
        beside: Mapping[Key, Iterable[str]] | None = None,
    ) -> None:
        """Take note of texts.

        Args:
            texts: the texts of each key: an option's name, say, and its words.
            beside: texts that a name may take words from, but that say little by themselves: the
                units of a number, the name of a list.
        """
        listed = {key: list(parts) for key, parts in texts.items()}
        self._parts = {k: [(words(p), denying(p)) for p in parts] for k, parts in listed.items()}
        self._own = {k: _joined(part for part, _ in parts) for k, parts in self._parts.items()}
        self._beside = {key: _joined(map(words, (beside or {}).get(key, ()))) for key in self._own}
        self._known: dict[str, list[str]] = {}
        for word in _joined([*self._own.values(), *self._beside.values()]):
            self._known.setdefault(word[0], []).append(word)
        self._met: dict[str, tuple[frozenset[str], float]] = {}
        """Words that names had: their forms in the texts, and their weights."""

    def to(self, name: str) -> dict[Key, Like]:
        """How like a name is to each key that it is like at all."""
        for word in words(name) - self._met.keys():
            forms = self._forms(word)
            self._met[word] = forms, self._weight(forms)
        ours = {word: self._met[word][0] for word in words(name)}
        weight = {word: self._met[word][1] for word in ours}
        whole, forms_of_all = sum(weight.values()), _joined(ours.values())
        denied = denying(name)
        like: dict[Key, Like] = {}
        for key, parts in self._parts.items():
            if forms_of_all.isdisjoint(self._own[key]):
                continue
            # What denies is like what denies only: who has never done a thing has not done it.
            own = [part for part, denies in parts if denies == denied]
            shared = frozenset(word for word, forms in ours.items() if forms & _joined(own))
            if not shared:
                continue
            also = frozenset(word for word, forms in ours.items() if forms & self._beside[key])
            covered = sum(weight[word] for word in shared | also) / whole
            found = _joined(ours[word] for word in shared)
            best = max(own, key=lambda part: _told(found, part))
            said = len(found & best) / len(best)
            in_it = frozenset(word for word in shared if ours[word] & best)
            like[key] = Like(covered, said, in_it, also)
        return like

    def _weight(self, forms: frozenset[str]) -> float:
        """The weight of a word that stands in the texts in these forms."""
        having = sum(1 for theirs in self._own.values() if theirs & forms)
        return 1 / (1 + math.log(having)) if having else NEVER_SEEN

    def _forms(self, word: str) -> frozenset[str]:
        """The words of the texts that are meant by a word."""
        return frozenset(other for other in self._known.get(word[0], ()) if alike(word, other))


def _told(found: frozenset[str], text: frozenset[str]) -> tuple[bool, int, float]:
    """How well words tell a text: most of it, then with as many words as there are."""
    shared = len(found & text)
    part = shared / len(text) if text else 0.0
    return part >= MOSTLY, shared, part


def _joined(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*parts)


@cache
def alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: the other with an ending, or spelled much like it."""
    short, long = sorted((one, other), key=len)
    if one == other or not one or one[0] != other[0] or len(short) < 3:
        return one == other
    if long.startswith(short):
        return long[len(short) :] in _ENDINGS
    return len(short) >= _LONG and difflib.SequenceMatcher(None, one, other).ratio() >= 0.8
