"""What a take-home report shows, as frozen plain values in reading order.

Every text is finished: from the rule book, an answer in the questionnaire's words, or a sentence of
the words catalogue with its values filled in.  An empty text or tuple is not shown.  A template
places all that it is given, and the fixed words of the catalogue around it.

This is a table of shapes and nothing else, and so one file, however long.  Not here: choosing the
values (`selection`, and what it is made of), or how they are laid out (`reports/templates/`).
"""

from __future__ import annotations

from dataclasses import dataclass

from triage.pictures.picture import Picture


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the answer given to it; the answer is empty where there is none."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Questions to settle something."""

    shown: tuple[Answered, ...]
    more: str
    """How many more there are than are shown."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """The disposition: how urgent it is, whom to see and what to do first."""

    rank: int
    """0 for the most urgent level; `levels` where the level is not settled."""
    levels: int
    """How many levels there are."""
    level: str
    title: str
    time_frame: str
    by: str
    """The last day of the time frame; empty where that is now or today."""
    who: str
    do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CouldRise:
    """What is still open: a more urgent level, or whether less would do; and what settles it."""

    title: str
    said: str
    level: str
    """The most urgent level that is still open; empty where none is above the one reached."""
    questions: OpenQuestions


@dataclass(frozen=True, slots=True)
class WarningSign:
    """A red flag that is present."""

    title: str
    why: tuple[str, ...]
    you_said: tuple[str, ...]
    science: str
    note: str
    """That it asks for the very level reached, if so."""


@dataclass(frozen=True, slots=True)
class Possibility:
    """A pattern that is present: what it may be."""

    title: str
    fit: str
    means: str
    course: str
    you_said: tuple[str, ...]
    science: str
    note: str
    """That it asks for the very level reached, if so."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A cause that is present: what may be adding to it."""

    title: str
    fit: str
    because: tuple[str, ...]
    """The titles of the rules that fired."""
    you_said: tuple[str, ...]
    science: str


@dataclass(frozen=True, slots=True)
class LimitedExercise:
    """An exercise that is not in the plan, and what stands against it."""

    title: str
    limit: str
    letters: str
    """The reasons, by their letters."""
    questions: OpenQuestions
    """What would settle it, where open questions stand against it."""


@dataclass(frozen=True, slots=True)
class LimitReason:
    """A contraindication that is present: why some exercise is left out or changed."""

    letter: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class NotToDo:
    """What not to do."""

    exercises: tuple[LimitedExercise, ...]
    changed: str
    """Which exercises of the plan are to be done in a changed way only."""
    reasons: tuple[LimitReason, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an exercise."""

    say: str
    changed: bool
    """Whether it is told only because of a contraindication."""


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """An exercise of the plan, in the version to do."""

    number: str
    title: str
    changes: str
    """The changes to the usual version, by name."""
    letters: str
    """The reasons for them, by their letters."""
    pictures: tuple[Picture, ...]
    equipment: str
    steps: tuple[Step, ...]
    dose: tuple[str, ...]
    dose_note: str
    """Which of several doses counts."""
    feel: str
    stop_if: tuple[str, ...]
    """What holds for this exercise alone."""
    easier: str
    harder: str
    science: str


@dataclass(frozen=True, slots=True)
class StopRules:
    """When to stop, for several exercises at once."""

    only_for: str
    """Which ones, where it is not all of them."""
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """A table to tick."""

    days: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The exercises to do."""

    first: tuple[PlannedExercise, ...]
    later: tuple[PlannedExercise, ...]
    stop_rules: tuple[StopRules, ...]
    log: Log


@dataclass(frozen=True, slots=True)
class GivenAdvice:
    """A piece of advice."""

    title: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhomToSee:
    """Somebody to see, and when."""

    title: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """A day on which to look again."""

    on: str
    """The day in words; `dates` has them."""
    say: str


@dataclass(frozen=True, slots=True)
class Safety:
    """When to look again, what to watch for, and what the report cannot know."""

    reviews: tuple[Review, ...]
    watch_for: tuple[str, ...]
    if_worse: tuple[str, ...]
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
    fit: str
    """How well what it concludes fits, where it says so."""
    restricts: tuple[str, ...]
    """What it says of exercises."""
    grade: str
    sources: str
    why: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the proof behind an exercise is."""

    title: str
    purpose: str
    say: str
    sources: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of what the report says."""

    key: str
    citation: str
    link: str


@dataclass(frozen=True, slots=True)
class Record:
    """The record behind the report, for the clinician who is shown it."""

    rules: tuple[FiredRule, ...]
    open_signs: tuple[str, ...]
    """The titles of the red flags that the answers do not rule out."""
    still_open: tuple[str, ...]
    """The titles of the other findings that are undecided."""
    negatives: tuple[str, ...]
    """The titles of the red flags that the answers rule out."""
    answers: tuple[AnswersOfSection, ...]
    unanswered: OpenQuestions
    terms: tuple[Term, ...]
    """The words for fit and for proof that the report uses."""
    advice: tuple[GivenAdvice, ...]
    proofs: tuple[Proof, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report."""

    name: str
    date: str
    language: str
    """The code of the language that its texts are in."""
    iso_date: str
    draft: bool
    """Whether no clinician has signed some rule of the book, or has checked a translation."""
    short: bool
    """Whether being seen cannot wait, so that only what to do now comes first."""
    record_first: bool
    urgency: Urgency
    could_rise: CouldRise | None
    warning_signs: tuple[WarningSign, ...]
    no_sign: str
    """What is said where there is no warning sign."""
    body_map: Picture | None
    possibilities: tuple[Possibility, ...]
    no_pattern: str
    """What is said where no pattern fits."""
    contributors: tuple[Contributor, ...]
    not_to_do: NotToDo | None
    plan: Plan | None
    no_plan: str
    """What is said where exercises were recommended and no plan is given at all."""
    guides: tuple[GivenAdvice, ...]
    """Advice that is shown whole: how much is fine, the steps back, how long it takes."""
    tips: tuple[GivenAdvice, ...]
    """What else helps, the first few with what to do."""
    referrals: tuple[WhomToSee, ...]
    safety: Safety
    record: Record
    book: str
    """Title, version and digest of the rule book."""
