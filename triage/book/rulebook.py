"""The whole rule book as one frozen value: what is read once, and what every reader reads.

Not here: reading files (`loading`), judging (`engines`), people's answers (`responses`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from triage.book.conditions import Condition
from triage.book.documents import Place as Place
from triage.book.entries import Advice as Advice
from triage.book.entries import AdviceUse as AdviceUse
from triage.book.entries import Cause as Cause
from triage.book.entries import Disposition as Disposition
from triage.book.entries import Exercise as Exercise
from triage.book.entries import FollowUp as FollowUp
from triage.book.entries import Modification as Modification
from triage.book.entries import Pattern as Pattern
from triage.book.entries import Reference as Reference
from triage.book.entries import Referral as Referral
from triage.book.entries import Wording as Wording
from triage.book.items import NONE as NONE
from triage.book.items import NOT_SURE as NOT_SURE
from triage.book.items import Item as Item
from triage.book.items import NumberRange as NumberRange
from triage.book.items import Section as Section
from triage.book.levels import EMERGENCY as EMERGENCY
from triage.book.levels import INCOMPLETE as INCOMPLETE
from triage.book.levels import LIKELIHOODS as LIKELIHOODS
from triage.book.levels import ROUTINE as ROUTINE
from triage.book.levels import SELF_CARE as SELF_CARE
from triage.book.levels import STRATA as STRATA
from triage.book.levels import URGENCY as URGENCY
from triage.book.levels import more_urgent as more_urgent
from triage.book.levels import urgency_rank as urgency_rank
from triage.book.origin import Control as Control
from triage.book.origin import EvidenceRow as EvidenceRow
from triage.book.origin import Hazard as Hazard
from triage.book.origin import Origin
from triage.book.origin import Vocabulary as Vocabulary
from triage.book.rules import EVERY_EXERCISE as EVERY_EXERCISE
from triage.book.rules import Conclusion as Conclusion
from triage.book.rules import Example as Example
from triage.book.rules import Finding as Finding
from triage.book.rules import Restriction as Restriction
from triage.book.rules import Review as Review
from triage.book.rules import Rule as Rule
from triage.book.rules import whole_condition as whole_condition

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
