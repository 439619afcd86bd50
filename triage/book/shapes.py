"""The shape of what is written otherwise than it is kept: items, sections, rules and the book.

Everything else is read straight into the values of `items`, `rules`, `entries` and `origin`.
Names that must exist elsewhere in the book are checked by the readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from triage.book.entries import Wording
from triage.book.items import NumberRange
from triage.book.levels import GRADES, LIKELIHOODS, Level
from triage.book.rules import RuleText
from triage.book.written import (
    READ_ONLY,
    EachWord,
    Length,
    Name,
    Narrowed,
    Table,
    Text,
    Texts,
    Written,
    empty,
)


@dataclass(frozen=True, slots=True)
class BookFile(Written):
    """`book.yaml`."""

    title: Text
    version: Text
    opening: Texts
    sections: Annotated[tuple[Name, ...], Length(1)]
    plan_only_if: Any


@dataclass(frozen=True, slots=True)
class ItemShape(Written):
    """One item of a questionnaire file."""

    ask: Text
    why: Text
    help: Text = ""
    choose: Literal["one", "many"] | None = None
    options: Table[Name, Text] = field(default_factory=empty)
    number: NumberRange | None = None
    not_sure: Text | None = None
    ask_if: Any = None


@dataclass(frozen=True, slots=True)
class SectionFile(Written):
    """A file of `questionnaire/`."""

    title: Text
    items: Annotated[Mapping[Name, ItemShape], Narrowed(min_length=1)]
    not_after: Level | None = None


Examples = Annotated[tuple[dict[str, Any], ...], Length(1)]


@dataclass(frozen=True, slots=True)
class ExamplesShape(Written):
    """`examples:` of a rule."""

    fires: Examples
    silent: Examples


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleFile(RuleText):
    """A rule."""

    when: Any
    then: dict[str, Any]
    examples: ExamplesShape


@dataclass(frozen=True, slots=True)
class EvidenceFile(Written):
    """`evidence.yaml`."""

    grades: Annotated[Mapping[str, Wording], EachWord(GRADES), READ_ONLY]
    likelihoods: Annotated[Mapping[str, Wording], EachWord(LIKELIHOODS), READ_ONLY]
