"""The rule language and its three-valued meaning.

A condition is a small tree of frozen values.  Its leaves ask about one answer or one finding;
its inner nodes combine them.  `judge` says whether a condition is yes (`True`), no (`False`) or
unknown (`None`), in Kleene's strong logic, given the truth of each leaf.

There is no "not": what an author may write is listed in `rules/README.md`.  `Absent` is how an
entry of `unless` reaches the readers; it cannot be written by itself.

Not here: reading YAML (`condition_reader`), what a given answer makes of a leaf (`answers.answer`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

Truth: TypeAlias = bool | None
"""Yes (`True`), no (`False`) or unknown (`None`)."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer to a choose-one item is one of these options."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """At least one of these options of a choose-many item is ticked."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnsureOf:
    """Of at least one of these options of a choose-many item, asked by itself, one is not sure."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number given for an item is this or more, in the item's own unit."""

    item: str
    number: float


@dataclass(frozen=True, slots=True)
class AtMost:
    """The number given for an item is this or less, in the item's own unit."""

    item: str
    number: float


@dataclass(frozen=True, slots=True)
class Present:
    """A finding of an earlier stratum is present."""

    finding: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A finding of an earlier stratum is ruled out: one entry of a rule's `unless`."""

    finding: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part is yes."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part is yes."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class CountOf:
    """At least `at_least` parts are yes."""

    at_least: int
    parts: tuple[Condition, ...]


AnswerLeaf: TypeAlias = OneOf | Includes | UnsureOf | AtLeast | AtMost
FindingLeaf: TypeAlias = Present | Absent
Leaf: TypeAlias = AnswerLeaf | FindingLeaf
Combination: TypeAlias = AllOf | AnyOf | CountOf
Condition: TypeAlias = Leaf | Combination

# For `isinstance`, which judges many thousand times a form: a union is made anew each time.
COMBINATIONS = (AllOf, AnyOf, CountOf)
FINDING_LEAVES = (Present, Absent)


def needed(node: Combination, verdict: bool) -> int:
    """How many parts must have this verdict for the whole to have it (De Morgan, counted).

    "All of n" is yes with n parts yes and no with one part no; "any of n" the other way about;
    "at least k of n" is no with n - k + 1 parts no.
    """
    match node:
        case AllOf(parts):
            to_be_yes = len(parts)
        case AnyOf():
            to_be_yes = 1
        case CountOf(at_least, _):
            to_be_yes = at_least
        case _:
            assert_never(node)
    return to_be_yes if verdict else len(node.parts) - to_be_yes + 1


def judge(condition: Condition, truth_of: Callable[[Leaf], Truth]) -> Truth:
    """The three-valued truth of a condition, from the truth of its leaves.

    Parts that come after the one that decides are not looked at.
    """
    if not isinstance(condition, COMBINATIONS):
        return truth_of(condition)
    if isinstance(condition, CountOf):
        truths = [judge(part, truth_of) for part in condition.parts]
        if truths.count(True) >= needed(condition, True):
            return True
        return False if truths.count(False) >= needed(condition, False) else None
    deciding = isinstance(condition, AnyOf)
    whole: Truth = not deciding
    for part in condition.parts:
        truth = judge(part, truth_of)
        if truth is deciding:
            return deciding
        if truth is None:
            whole = None
    return whole


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition, from left to right, repeats included."""
    if isinstance(condition, AllOf | AnyOf | CountOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def items_of(condition: Condition) -> Iterator[str]:
    """The ids of the items that a condition asks about, from left to right, repeats included."""
    for leaf in leaves(condition):
        if not isinstance(leaf, Present | Absent):
            yield leaf.item


def findings_of(condition: Condition) -> Iterator[str]:
    """The ids of the findings that a condition names, from left to right, repeats included."""
    for leaf in leaves(condition):
        if isinstance(leaf, Present | Absent):
            yield leaf.finding
