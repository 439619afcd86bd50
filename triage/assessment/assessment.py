"""From the truth of every rule to an assessment.

Pure functions of the rule book, the responses and the verdicts, whichever engine judged them.

Not here: the level (`levels`), what is recommended (`recommendations`), why a finding holds
(`explanation`), words for people (`report`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.answers.responses import Responses
from triage.assessment.levels import could_rise_to, disposition, plan_given, wording
from triage.assessment.recommendations import (
    AdviceGiven,
    Prescription,
    ReferralMade,
    advice,
    prescriptions,
    referrals,
)
from triage.book.conditions import Truth
from triage.book.entries import Disposition
from triage.book.levels import LIKELIHOODS, SELF_CARE, SELF_CARE_ALONE, URGENCY
from triage.book.rulebook import RuleBook
from triage.book.rules import Finding, Rule
from triage.engines.findings import states_of


@dataclass(frozen=True)
class Assessment:
    """What the rule book makes of one person's answers."""

    book: RuleBook
    responses: Responses
    verdicts: Mapping[str, Truth]
    """Every rule by name: yes, no or unknown."""
    states: Mapping[str, Truth]
    """Every finding: present (`True`), ruled out (`False`) or undecided (`None`)."""
    disposition: str
    could_rise_to: str | None
    """The most urgent level still undecided, where that is above the disposition."""
    plan_given: bool
    exercises: tuple[Prescription, ...]
    """The plan, in its order; decisions `do` and `modify` only."""
    withheld: tuple[Prescription, ...]
    """Recommended, but not in the plan; decisions `avoid`, `ask_first`, `undecided`, `no_plan`."""
    advice: tuple[AdviceGiven, ...]
    referrals: tuple[ReferralMade, ...]

    @property
    def wording(self) -> Disposition:
        """What the book says of the level reached: nobody is told to start with nothing."""
        if self.disposition == SELF_CARE and not self.exercises:
            return self.book.dispositions[SELF_CARE_ALONE]
        return wording(self.book, self.disposition, self.could_rise_to)

    @property
    def see_within_days(self) -> int:
        """In how many days to be seen at the latest: the soonest of all referrals; 0 is now."""
        return min(made.within_days for made in self.referrals)

    def present(self, stratum: str) -> tuple[Finding, ...]:
        """The present findings of a stratum: most urgent first, then the best fit, then as read."""
        found = [f for f in self.book.strata[stratum] if self.states[f.id] is True]
        levels = [*URGENCY, None]
        fits = [*LIKELIHOODS, None]
        found.sort(key=lambda f: (levels.index(f.level), fits.index(self.likelihood(f))))
        return tuple(found)

    def undecided(self, *strata: str) -> tuple[Finding, ...]:
        """The undecided findings of some strata, in the order of the book."""
        return tuple(f for s in strata for f in self.book.strata[s] if self.states[f.id] is None)

    def firing(self, finding: Finding) -> tuple[Rule, ...]:
        """The rules that conclude a finding: those that are yes, strongest word first."""
        rules = [rule for rule in finding.rules if self.verdicts[rule.name] is True]
        fits = [*LIKELIHOODS, None]
        return tuple(sorted(rules, key=lambda rule: fits.index(rule.then.likelihood)))

    def likelihood(self, finding: Finding) -> str | None:
        """The strongest word for a present pattern or cause."""
        firing = self.firing(finding)
        return firing[0].then.likelihood if firing else None

    def deciding(self) -> tuple[Finding, ...]:
        """The present findings that ask for the level reached."""
        return tuple(
            finding
            for finding in self.book.findings.values()
            if finding.level == self.disposition and self.states[finding.id] is True
        )


def conclude(book: RuleBook, responses: Responses, verdicts: Mapping[str, Truth]) -> Assessment:
    """The assessment that follows from the rules' verdicts.

    Args:
        book: the rule book.
        responses: one person's answers.
        verdicts: every rule of the book by name, as an engine judged it on these responses.
    """
    states = states_of(book, verdicts)
    level = disposition(book, states)
    rising = could_rise_to(book, states, level)
    planned = plan_given(book, responses, states, level)
    made = prescriptions(book, verdicts, planned)
    in_plan = ("do", "modify")
    return Assessment(
        book=book,
        responses=responses,
        verdicts=verdicts,
        states=states,
        disposition=level,
        could_rise_to=rising,
        plan_given=planned,
        exercises=tuple(p for p in made if p.decision in in_plan),
        withheld=tuple(p for p in made if p.decision not in in_plan),
        advice=advice(book, verdicts, planned),
        referrals=referrals(book, verdicts, states, level, wording(book, level, rising)),
    )
