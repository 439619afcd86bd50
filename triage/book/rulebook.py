"""The rule book as frozen values: what the loader builds and every reader reads.

Not here: reading files (`loading`), judging (`engines`), people's answers (`responses`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from triage.book.conditions import AllOf, Condition
from triage.book.documents import Document

NONE = "none"
"""The option of a checklist that says "none of these"; it cannot stand beside another."""
NOT_SURE = "not_sure"
"""The option that says "I am not sure", wherever an item offers it."""

ENGLISH = "en"
"""The language in which a book is written."""

STRATA = (
    "features",
    "red_flags",
    "patterns",
    "causes",
    "contraindications",
    "recommendations",
)
"""The rule folders in the order in which they are concluded; a rule names earlier ones only."""

SELF_CARE = "self_care"
ROUTINE = "routine"
EMERGENCY = "emergency"
INCOMPLETE = "incomplete"
URGENCY = (EMERGENCY, "same_day", "within_days", ROUTINE, SELF_CARE)
"""The levels that a finding may ask for, most urgent first; `incomplete` is none of them."""

LIKELIHOODS = ("likely", "possible")
"""How well a pattern or a cause fits, strongest first.  Words of fit, not probabilities."""

EVERY_EXERCISE = "every_exercise"
"""In a contraindication: holds for each exercise there is."""

Restriction: TypeAlias = Literal["avoid", "ask_first", "modify"]

AdviceUse: TypeAlias = Literal["how_much", "course", "return", "tip", "later"]
"""What advice is for: how much is fine, how long it takes and what would be unusual, the steps back
to what one did before, anything else that helps now, or what helps later."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the rule book something was written."""

    file: str
    """Path below the rule book's folder, with forward slashes."""
    line: int
    """Counted from 1."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class NumberRange:
    """What a number item accepts."""

    low: float
    high: float
    unit: str
    """The unit in which rules see the number."""
    step: float
    """The smallest difference a person would give; examples beside a threshold keep to it."""
    other_units: Mapping[str, float]
    """Further units a person may use: how many of `unit` one of them is."""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What people read for a unit, where that is not its name."""
    one: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What people read for one of a unit, where that is another word: a week, of weeks."""

    @property
    def units(self) -> Mapping[str, float]:
        """Every unit a person may use, the one that rules see first: how many of that it is."""
        return {self.unit: 1.0, **self.other_units}

    def unit_in_words(self, unit: str, number: float = math.inf) -> str:
        """What people read for a unit beside a number."""
        many = self.words.get(unit, unit)
        return self.one.get(unit, many) if number == 1 else many


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the questionnaire."""

    id: str
    section: str
    ask: str
    why: str
    help: str
    kind: Literal["one", "many", "number"]
    options: Mapping[str, str]
    """Option id to the words shown.  A number item has `not_sure` here where it offers it."""
    number: NumberRange | None
    """Set for kind "number" only."""
    ask_if: Condition | None
    """When the item applies; always, where this is `None`.  Names earlier items only."""
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """Items that are asked together."""

    id: str
    title: str
    items: tuple[str, ...]
    not_after: str | None
    """An interview skips the section once this level, or a more urgent one, has been reached."""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example inside a rule: given answers, and given states of findings."""

    answers: Mapping[str, object]
    """Item id to the answer as written."""
    findings: Mapping[str, bool]
    """Finding id to present (`True`) or ruled out (`False`), where stated."""
    place: Place


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a clinician has signed a rule."""

    status: Literal["draft", "reviewed"]
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a rule's `then` says; which fields are set follows from the rule's stratum."""

    disposition: str | None = None
    likelihood: str | None = None
    restrictions: Mapping[str, tuple[Restriction, str | None]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Exercise id to the restriction and, for "modify", the modification's id."""
    exercise: str | None = None
    advice: str | None = None
    referral: str | None = None
    within_days: int | None = None
    """In how many days to see them at the latest."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule: one file of the rule book."""

    name: str
    """Its path without the ending, such as `red_flags/fever`."""
    stratum: str
    finding: str
    """The finding it concludes."""
    title: str
    when: Condition
    unless: tuple[str, ...]
    condition: Condition
    """`when` and the absence of every finding in `unless`: what readers judge."""
    then: Conclusion
    why: str
    caveats: tuple[str, ...]
    references: tuple[str, ...]
    evidence: str
    review: Review
    covers: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class Disposition:
    """One level, with its wording."""

    id: str
    title: str
    time_frame: str
    within_days: int
    """The time frame as a number: in how many days at the latest; 0 is now, 1 is today."""
    who: str
    do: tuple[str, ...]
    referral: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A known pattern of pain."""

    id: str
    title: str
    level: str
    place: str
    """Where in the body it is felt first of all; patterns of one place stand together."""
    means: str
    course: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that may be adding to the pain."""

    id: str
    title: str
    means: str
    proof: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modification:
    """A changed version of an exercise."""

    id: str
    title: str
    change: tuple[str, ...]
    replaces_steps: tuple[int, ...] = ()
    """The usual steps that no longer hold, counted from 1."""
    before_step: int = 1
    """The usual step before which the change is told, or in whose place."""
    dose: str | None = None
    """How much to do of it, where that differs from the usual."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise of the plan."""

    id: str
    title: str
    purpose: str
    order: int
    equipment: tuple[str, ...]
    steps: tuple[str, ...]
    dose: str
    feel: str
    stop_if: tuple[str, ...]
    easier: str
    harder: str
    proof: str
    evidence: str
    references: tuple[str, ...]
    modifications: Mapping[str, Modification]


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice that recommendations name."""

    id: str
    title: str
    say: tuple[str, ...]
    part_of_plan: bool
    """Shown only where a plan is given."""
    evidence: str
    references: tuple[str, ...]
    use: AdviceUse = "tip"
    more: tuple[str, ...] = ()
    """What a short sheet leaves out."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Somebody to see."""

    id: str
    title: str
    does: str
    up_to: str
    """The most urgent level at which a recommendation of it is still shown."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source."""

    id: str
    citation: str
    link: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Wording:
    """A word of a closed list, as people read it."""

    title: str
    means: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of the evidence that the book was built from."""

    id: str
    says: str
    levels: tuple[str, ...]
    """The levels that the rules which encode it ask for, taken together; empty: not stated."""
    restricts: Mapping[str, Restriction]
    """Exercise, or every exercise, to what the rules which encode it say of it at the least."""
    not_a_rule: str | None
    """Why nothing in the book encodes it; `None` where something does."""
    place: Place


@dataclass(frozen=True, slots=True)
class Control:
    """Something that keeps a hazard small."""

    kind: Literal["law", "rule", "test", "text"]
    name: str
    """A law or a test of the program by its name, a rule by its name, or a text by its path."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """One entry of the hazard log: what may go wrong for a person, and what stands against it."""

    id: str
    hazard: str
    cause: str
    effect: str
    severity: int
    """1 (a nuisance) to 5 (death or lasting harm)."""
    likelihood: int
    """1 (hardly ever) to 5 (often), with the controls in place."""
    controls: tuple[Control, ...]
    residual: str
    place: Place


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the check of plain language has to know about single words."""

    syllables: Mapping[str, int]
    """How many syllables a word has, in lower case, where the rules of spelling do not tell."""
    terms: Mapping[str, tuple[str, ...]]
    """A clinical term, and the plain words one of which has to stand beside it."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When to look again, and what to watch for."""

    reviews: tuple[tuple[int, str], ...]
    """Days from the assessment, and what to do then."""
    watch_for: tuple[str, ...]
    if_worse: tuple[str, ...]
    uncertainty: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RuleBook:
    """The whole book.  Two books are the same only if they are one object."""

    title: str
    version: str
    digest: str
    """SHA-256 over the names and bytes of every file read, in hexadecimal; a translated book keeps
    the digest of the book that it was made of."""
    opening: tuple[str, ...]
    """Paragraphs that an interview says before its first question."""
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    """In the order in which they are asked."""
    rules: Mapping[str, Rule]
    """By name, in the order of strata."""
    plan_only_if: Condition
    dispositions: Mapping[str, Disposition]
    patterns: Mapping[str, Pattern]
    causes: Mapping[str, Cause]
    exercises: Mapping[str, Exercise]
    """In the order of the plan."""
    advice: Mapping[str, Advice]
    referrals: Mapping[str, Referral]
    references: Mapping[str, Reference]
    grades: Mapping[str, Wording]
    likelihoods: Mapping[str, Wording]
    follow_up: FollowUp
    evidence_rows: Mapping[str, EvidenceRow] = field(default_factory=lambda: MappingProxyType({}))
    """What the book was built from, in the order of the file."""
    hazards: Mapping[str, Hazard] = field(default_factory=lambda: MappingProxyType({}))
    """The hazard log."""
    encoded_by: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Evidence row to what encodes it: names of rules, or other files and their entries."""
    vocabulary: Vocabulary = field(
        default_factory=lambda: Vocabulary(MappingProxyType({}), MappingProxyType({}))
    )
    """What the check of plain language knows about words."""
    documents: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    """Every file as it was read, for checks of wording that name a line."""
    folder: Path | None = None
    """Where it was read; its translations stand in a folder below."""
    language: str = ENGLISH
    """The code of the language that its texts are in."""
    translation: str = ""
    """SHA-256 of the catalogue that a translated book was made with, in hexadecimal."""
    untranslated: int = 0
    """How many texts of a translated book are still in English."""
    translation_draft: bool = False
    """Whether nobody who speaks the language has checked the texts of a translated book."""

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding that some rule concludes, by id, in the order of strata."""
        by_id: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            by_id.setdefault(rule.finding, []).append(rule)
        return MappingProxyType(
            {
                finding: Finding(
                    id=finding,
                    stratum=rules[0].stratum,
                    title=self._title(rules[0]),
                    level=self._level(rules[0]),
                    rules=tuple(rules),
                )
                for finding, rules in by_id.items()
            }
        )

    @cached_property
    def strata(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of each stratum, as in `findings`."""
        found = self.findings.values()
        return MappingProxyType(
            {stratum: tuple(f for f in found if f.stratum == stratum) for stratum in STRATA}
        )

    def _title(self, rule: Rule) -> str:
        if rule.stratum == "patterns":
            return self.patterns[rule.finding].title
        if rule.stratum == "causes":
            return self.causes[rule.finding].title
        return rule.title

    def _level(self, rule: Rule) -> str | None:
        if rule.stratum == "patterns":
            return self.patterns[rule.finding].level
        return rule.then.disposition

    @property
    def draft(self) -> bool:
        """Whether some rule has not been signed by a clinician, or its translation not checked."""
        return self.translation_draft or any(
            rule.review.status == "draft" for rule in self.rules.values()
        )


def whole_condition(when: Condition, absent: tuple[Condition, ...]) -> Condition:
    """A rule's `when` together with the absences that its `unless` asks for."""
    if not absent:
        return when
    return AllOf((*(when.parts if isinstance(when, AllOf) else (when,)), *absent))


def more_urgent(one: str, other: str) -> bool:
    """Whether one level is more urgent than another; `incomplete` is less urgent than any."""
    return urgency_rank(one) < urgency_rank(other)


def urgency_rank(level: str) -> int:
    """0 for the most urgent level; `incomplete` comes last."""
    return URGENCY.index(level) if level in URGENCY else len(URGENCY)
