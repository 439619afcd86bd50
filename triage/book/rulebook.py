"""The whole rule book as one frozen value: what is read once, and what every reader reads.

Not here: reading files (`loading`), judging (`engines`), people's answers (`responses`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from triage.book.conditions import Condition
from triage.book.entries import (
    Advice,
    Cause,
    Disposition,
    Exercise,
    FollowUp,
    Pattern,
    Reference,
    Referral,
    Wording,
)
from triage.book.items import Item, Section
from triage.book.levels import STRATA
from triage.book.origin import Origin
from triage.book.rules import (
    Finding,
    Rule,
)

ENGLISH = "en"
"""The language in which a book is written."""


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
    origin: Origin = field(default_factory=Origin)
    """What it was made of."""
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
