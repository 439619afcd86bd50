"""What a take-home report shows, as frozen plain values in reading order.

Every text here comes from the rule book or is an answer in the questionnaire's words.  A report
template shows every text that it is given; a machine-readable form may be made of the same values.

Not here: choosing them (`report_selection`), and the sentences around them (`reports/templates/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Limit: TypeAlias = Literal["avoid", "ask_first", "undecided", "modify"]
"""What stands against an exercise.  The templates have the words for it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the answer given to it; the answer is empty where there is none."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Questions to settle something, and how many more there are than are shown."""

    shown: tuple[Answered, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired: its title, why it holds, and how good the science behind it is."""

    title: str
    why: str
    grade: str
    sources: tuple[int, ...]
    """Numbers of the report's sources."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """The disposition: how urgent it is, whom to see and what to do first."""

    rank: int
    """0 for the most urgent level; `levels` where the level is not settled."""
    levels: int
    """How many levels there are."""
    title: str
    time_frame: str
    who: str
    do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CouldRise:
    """The most urgent level that is still open, and what would settle it."""

    title: str
    time_frame: str
    questions: OpenQuestions


@dataclass(frozen=True, slots=True)
class WarningSign:
    """A red flag that is present."""

    title: str
    decides: bool
    """Whether it asks for the very level reached."""
    reasons: tuple[Reason, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Possibility:
    """A pattern that is present: what it may be."""

    title: str
    decides: bool
    """Whether it asks for the very level reached."""
    likelihood: str
    means: str
    course: str
    reasons: tuple[Reason, ...]
    answers: tuple[Answered, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contributor:
    """A cause that is present: what may be adding to it."""

    title: str
    likelihood: str
    means: str
    proof: str
    reasons: tuple[Reason, ...]
    answers: tuple[Answered, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LimitedExercise:
    """One exercise and what a caution makes of it."""

    title: str
    """Empty where the caution is about every exercise."""
    limit: Limit
    change: str
    """The title of the changed version, where there is one."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A contraindication that is present: what to avoid, ask about first or change."""

    title: str
    exercises: tuple[LimitedExercise, ...]
    reasons: tuple[Reason, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A changed version of an exercise, spelled out."""

    title: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """An exercise of the plan, as it is or changed."""

    title: str
    first: bool
    """Whether to start with it; the others come next."""
    purpose: str
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]
    changed_because: tuple[str, ...]
    """The titles of the cautions that ask for the changes."""
    equipment: tuple[str, ...]
    steps: tuple[str, ...]
    dose: str
    feel: str
    stop_if: tuple[str, ...]
    easier: str
    harder: str
    proof: str
    grade: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An exercise that was recommended and is not in the plan."""

    title: str
    limit: Limit
    because: tuple[str, ...]
    """The titles of the cautions that it rests on, or may rest on."""
    questions: OpenQuestions
    """Where the limit is `undecided`: what would settle it."""


@dataclass(frozen=True, slots=True)
class GivenAdvice:
    """A piece of advice."""

    title: str
    say: tuple[str, ...]
    reasons: tuple[Reason, ...]
    grade: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WhomToSee:
    """Somebody to see, and when."""

    title: str
    does: str
    within_days: int
    """In how many days at the latest; 0 is now, 1 is today."""
    by: str
    """The last of those days; empty where it is now or today."""
    because: tuple[str, ...]
    """The titles of the rules that decided the level, and why each recommendation holds."""


@dataclass(frozen=True, slots=True)
class Review:
    """A day on which to look again."""

    on: str
    say: str


@dataclass(frozen=True, slots=True)
class Safety:
    """When to look again, what to watch for, and what the report cannot know."""

    reviews: tuple[Review, ...]
    """Only where a plan is given."""
    watch_for: tuple[str, ...]
    if_worse: tuple[str, ...]
    """Empty in a short report: its first steps say what to do."""
    uncertainty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the rule book, and what it means."""

    word: str
    means: str


@dataclass(frozen=True, slots=True)
class AnswersOfSection:
    """The answers given in one section of the questionnaire."""

    title: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired."""

    name: str
    title: str
    grade: str
    caveats: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source of what the report says."""

    number: int
    citation: str
    link: str
    """Empty where there is none."""


@dataclass(frozen=True, slots=True)
class Background:
    """The record behind the report, for the clinician who is shown it."""

    open_signs: tuple[str, ...]
    """The titles of the red flags that the answers do not rule out."""
    answers: tuple[AnswersOfSection, ...]
    rules: tuple[FiredRule, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report."""

    date: str
    draft: bool
    """Whether the rule book has rules that no clinician has signed."""
    short: bool
    """Whether being seen cannot wait, so that only what to do now comes first."""
    urgency: Urgency
    could_rise: CouldRise | None
    warning_signs: tuple[WarningSign, ...]
    patterns_open: bool
    """Whether some pattern is neither present nor ruled out."""
    possibilities: tuple[Possibility, ...]
    contributors: tuple[Contributor, ...]
    cautions: tuple[Caution, ...]
    exercises: tuple[PlannedExercise, ...]
    held_back: tuple[HeldBack, ...]
    no_plan: bool
    """Whether exercises were recommended and no plan is given at all."""
    advice: tuple[GivenAdvice, ...]
    referrals: tuple[WhomToSee, ...]
    safety: Safety
    unanswered: OpenQuestions
    terms: tuple[Term, ...]
    """The words for fit and for proof that the report uses."""
    background: Background
    book_title: str
    book_version: str
    book_digest: str
    """The first characters of the rule book's digest."""
