"""Rules as frozen values, and the findings that they conclude.

Not here: what a condition means (`conditions`), reading a rule (`rule_reader`), judging one
(`engines`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from triage.book.conditions import AllOf, Condition
from triage.book.documents import Place
from triage.book.levels import Evidence
from triage.book.written import Encoding, Name, Text, Texts, Written, empty

EVERY_EXERCISE = "every_exercise"
"""In a contraindication: holds for each exercise there is."""

Restriction: TypeAlias = Literal["avoid", "ask_first", "modify"]
RESTRICTIONS: tuple[Restriction, ...] = get_args(Restriction)
"""Strictest first."""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example inside a rule: given answers, and given states of findings."""

    answers: Mapping[str, object]
    """Item id to the answer as written."""
    findings: Mapping[str, bool]
    """Finding id to present (`True`) or ruled out (`False`), where stated."""
    place: Place


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a rule's `then` says; which fields are set follows from the rule's stratum."""

    disposition: str | None = None
    likelihood: str | None = None
    restrictions: Mapping[str, tuple[Restriction, str | None]] = field(default_factory=empty)
    """Exercise id to the restriction and, for "modify", the modification's id."""
    exercise: str | None = None
    advice: str | None = None
    referral: str | None = None
    within_days: int | None = None
    """In how many days to see them at the latest."""


@dataclass(frozen=True, slots=True)
class Review(Written):
    """Whether a clinician has signed a rule."""

    status: Literal["draft", "reviewed"]
    by: Text
    on: Text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleText(Encoding):
    """The part of a rule that is kept as it is written."""

    title: Text
    unless: tuple[Name, ...] = ()
    why: Text
    caveats: Texts
    references: tuple[Name, ...]
    evidence: Evidence
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule(RuleText):
    """One rule: one file of the rule book."""

    name: str
    """Its path without the ending, such as `red_flags/fever`."""
    stratum: str
    finding: str
    """The finding it concludes."""
    when: Condition
    condition: Condition
    """`when` and the absence of every finding in `unless`: what readers judge."""
    then: Conclusion
    fires: tuple[Example, ...]
    silent: tuple[Example, ...]
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What one or several rules conclude: the book's side of it, without any person."""

    id: str
    stratum: str
    title: str
    level: str | None
    """The level it asks for when present; `None` where it asks for none."""
    rules: tuple[Rule, ...]


def whole_condition(when: Condition, absent: tuple[Condition, ...]) -> Condition:
    """A rule's `when` together with the absences that its `unless` asks for."""
    if not absent:
        return when
    return AllOf((*(when.parts if isinstance(when, AllOf) else (when,)), *absent))
