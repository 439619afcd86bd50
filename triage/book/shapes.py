"""The shape of every file of the rule book, as pydantic models.

Only shapes: which keys there are and what type each holds.  Names that must exist elsewhere in the
book are checked by the `loading`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
NAME = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME)]
Texts: TypeAlias = Annotated[list[Text], Field(min_length=1)]
Level: TypeAlias = Literal["emergency", "same_day", "within_days", "routine", "self_care"]
Evidence: TypeAlias = Literal[
    "guideline", "review", "trial", "cohort", "case_series", "expert", "pragmatic"
]
RestrictionWord: TypeAlias = Literal["avoid", "ask_first", "modify"]
YesNo: TypeAlias = Literal["yes", "no"]


class Shape(BaseModel):
    """A mapping whose keys are all known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Encoding(Shape):
    """Something that may say which rows of the evidence it encodes."""

    covers: list[Text] = []


class BookFile(Shape):
    """`yaml`."""

    title: Text
    version: Text
    opening: Texts
    sections: Annotated[list[Name], Field(min_length=1)]
    plan_only_if: Any


class NumberShape(Shape):
    """`number:` of an item."""

    from_: float = Field(alias="from")
    to: float
    unit: Text
    step: Annotated[float, Field(gt=0)] = 1.0
    also: dict[Name, Annotated[float, Field(gt=0)]] = {}
    words: dict[Text, Text] = {}
    one: dict[Text, Text] = {}


class ItemShape(Shape):
    """One item of a questionnaire file."""

    ask: Text
    why: Text
    help: Text = ""
    choose: Literal["one", "many"] | None = None
    options: dict[Name, Text] = {}
    number: NumberShape | None = None
    not_sure: Text | None = None
    ask_if: Any = None


class SectionFile(Shape):
    """A file of `questionnaire/`."""

    title: Text
    not_after: Level | None = None
    items: Annotated[dict[Name, ItemShape], Field(min_length=1)]


class ReviewShape(Shape):
    """`review:` of a rule."""

    status: Literal["draft", "reviewed"]
    by: Text
    on: Text


class ExamplesShape(Shape):
    """`examples:` of a rule."""

    fires: Annotated[list[dict[str, Any]], Field(min_length=1)]
    silent: Annotated[list[dict[str, Any]], Field(min_length=1)]


class RuleFile(Encoding):
    """A rule."""

    title: Text
    when: Any
    unless: list[Name] = []
    then: dict[str, Any]
    why: Text
    caveats: Texts
    references: list[Name]
    evidence: Evidence
    review: ReviewShape
    examples: ExamplesShape


class DispositionShape(Encoding):
    """One level of `dispositions.yaml`."""

    title: Text
    time_frame: Text
    within_days: Annotated[int, Field(ge=0)]
    who: Text
    do: Texts
    referral: Name


class PatternShape(Encoding):
    """One entry of `patterns.yaml`."""

    title: Text
    level: Level
    place: Text
    means: Text
    course: Text
    references: list[Name]


class CauseShape(Encoding):
    """One entry of `causes.yaml`."""

    title: Text
    means: Text
    proof: Text
    references: list[Name]


StepNumber: TypeAlias = Annotated[int, Field(ge=1)]


class ModificationShape(Shape):
    """One changed version of an exercise."""

    title: Text
    replaces_steps: list[StepNumber] = []
    before_step: StepNumber | None = None
    dose: Text | None = None
    change: Texts


class ExerciseFile(Encoding):
    """A file of `exercises/`."""

    title: Text
    purpose: Text
    order: int
    equipment: list[Text]
    steps: Annotated[list[Text], Field(min_length=1, max_length=5)]
    dose: Text
    feel: Text
    stop_if: Texts
    easier: Text
    harder: Text
    proof: Text
    evidence: Evidence
    references: list[Name]
    modifications: dict[Name, ModificationShape]


class AdviceShape(Encoding):
    """One entry of `advice.yaml`."""

    title: Text
    say: Texts
    more: list[Text] = []
    use: Literal["how_much", "course", "return", "tip", "later"] = "tip"
    part_of_plan: YesNo
    evidence: Evidence
    references: list[Name]


class ReferralShape(Encoding):
    """One entry of `referrals.yaml`."""

    title: Text
    does: Text
    up_to: Level


class ReferenceShape(Shape):
    """One entry of `references.yaml`."""

    citation: Text
    link: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    year: int | None = None


class WordingShape(Shape):
    """A word of a closed list."""

    title: Text
    means: Text


class GradesShape(Shape):
    """`grades:` of `evidence.yaml`: every word of the closed list."""

    guideline: WordingShape
    review: WordingShape
    trial: WordingShape
    cohort: WordingShape
    case_series: WordingShape
    expert: WordingShape
    pragmatic: WordingShape


class LikelihoodsShape(Shape):
    """`likelihoods:` of `evidence.yaml`: every word of the closed list."""

    likely: WordingShape
    possible: WordingShape


class EvidenceFile(Shape):
    """`evidence.yaml`."""

    grades: GradesShape
    likelihoods: LikelihoodsShape


class EvidenceRowShape(Shape):
    """One entry of `evidence_rows.yaml`."""

    says: Text
    levels: list[Level] = []
    restricts: dict[Name, RestrictionWord] = {}
    not_a_rule: Text | None = None


Severity: TypeAlias = Annotated[int, Field(ge=1, le=5)]
ControlShape: TypeAlias = Annotated[
    dict[Literal["law", "rule", "test", "text"], Text], Field(min_length=1, max_length=1)
]


class HazardShape(Shape):
    """One entry of `hazards.yaml`."""

    hazard: Text
    cause: Text
    effect: Text
    severity: Severity
    likelihood: Severity
    controls: Annotated[list[ControlShape], Field(min_length=1)]
    residual: Text


class WordsFile(Shape):
    """`words.yaml`."""

    syllables: dict[Text, Annotated[int, Field(gt=0)]]
    names: list[Text] = []
    terms: dict[Text, list[Text]]


class ReviewDate(Shape):
    """One entry of `reviews:` in `follow_up.yaml`."""

    after_days: Annotated[int, Field(gt=0)]
    say: Text


class FollowUpFile(Encoding):
    """`follow_up.yaml`."""

    reviews: Annotated[list[ReviewDate], Field(min_length=1)]
    watch_for: Texts
    if_worse: Texts
    uncertainty: Texts
