"""The entries of the catalogues as frozen values: levels, patterns, causes, exercises and the rest.

Not here: reading them (`catalogue_reader`), what only those who write the book need (`origin`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from triage.book.levels import Evidence, Level
from triage.book.written import (
    Encoding,
    Id,
    Length,
    Link,
    Made,
    Name,
    Narrowed,
    Text,
    Texts,
    Whole,
    Written,
    YesNo,
)


@dataclass(frozen=True, slots=True)
class Disposition(Encoding):
    """One level, with its wording."""

    id: Id
    title: Text
    time_frame: Text
    within_days: Annotated[Whole, Narrowed(ge=0)]
    """The time frame as a number: in how many days at the latest; 0 is now, 1 is today."""
    who: Text
    do: Texts
    referral: Name


@dataclass(frozen=True, slots=True)
class Pattern(Encoding):
    """A known pattern of pain."""

    id: Id
    title: Text
    level: Level
    place: Text
    """Where in the body it is felt first of all; patterns of one place stand together."""
    means: Text
    course: Text
    references: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Cause(Encoding):
    """Something that may be adding to the pain."""

    id: Id
    title: Text
    means: Text
    proof: Text
    references: tuple[Name, ...]


StepNumber: TypeAlias = Annotated[Whole, Narrowed(ge=1)]


@dataclass(frozen=True, slots=True)
class Modification(Written):
    """A changed version of an exercise."""

    id: Id
    title: Text
    change: Texts
    replaces_steps: tuple[StepNumber, ...] = ()
    """The usual steps that no longer hold, counted from 1."""
    before_step: StepNumber | None = None
    """The usual step before which the change is told, where its author says so."""
    dose: Text | None = None
    """How much to do of it, where that differs from the usual."""

    @property
    def told_before(self) -> int:
        """The usual step before which the change is told, or in whose place."""
        return self.before_step or min(self.replaces_steps, default=1)


def _by_id(changes: Mapping[str, Modification]) -> Mapping[str, Modification]:
    return MappingProxyType({key: replace(change, id=key) for key, change in changes.items()})


@dataclass(frozen=True, slots=True)
class Exercise(Encoding):
    """An exercise of the plan."""

    id: Id
    title: Text
    purpose: Text
    order: Whole
    equipment: tuple[Text, ...]
    steps: Annotated[tuple[Text, ...], Length(1, 5)]
    dose: Text
    feel: Text
    stop_if: Texts
    easier: Text
    harder: Text
    proof: Text
    evidence: Evidence
    references: tuple[Name, ...]
    modifications: Annotated[Mapping[Name, Modification], Made(_by_id)]


AdviceUse: TypeAlias = Literal["how_much", "course", "return", "tip", "later"]
"""What advice is for: how much is fine, how long it takes and what would be unusual, the steps back
to what one did before, anything else that helps now, or what helps later."""


@dataclass(frozen=True, slots=True)
class Advice(Encoding):
    """A piece of advice that recommendations name."""

    id: Id
    title: Text
    say: Texts
    part_of_plan: YesNo
    """Shown only where a plan is given."""
    evidence: Evidence
    references: tuple[Name, ...]
    use: AdviceUse = "tip"
    more: tuple[Text, ...] = ()
    """What a short sheet leaves out."""


@dataclass(frozen=True, slots=True)
class Referral(Encoding):
    """Somebody to see."""

    id: Id
    title: Text
    does: Text
    up_to: Level
    """The most urgent level at which a recommendation of it is still shown."""


@dataclass(frozen=True, slots=True)
class Reference(Written):
    """A source."""

    id: Id
    citation: Text
    link: Link | None = None
    year: Whole | None = None


@dataclass(frozen=True, slots=True)
class Wording(Written):
    """A word of a closed list, as people read it."""

    title: Text
    means: Text


@dataclass(frozen=True, slots=True)
class ReviewDate(Written):
    """When to look again."""

    after_days: Annotated[Whole, Narrowed(gt=0)]
    """Days from the assessment."""
    say: Text
    """What to do then."""


@dataclass(frozen=True, slots=True)
class FollowUp(Encoding):
    """When to look again, and what to watch for."""

    reviews: Annotated[tuple[ReviewDate, ...], Length(1)]
    watch_for: Texts
    if_worse: Texts
    uncertainty: Texts
