"""The row of one form, said twice: by the specification alone, and from one person's assessment.

`specified` is the judge of every table engine.  `row_of` says what the interview concludes, in the
words of a row, so that the two can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests import specification
from tests.missing import missing
from triage.assessment.assessment import Assessment
from triage.assessment.recommendations import Prescription
from triage.book.rulebook import RuleBook

STRONGEST_FIRST = ["likely", "possible"]


def specified(book: RuleBook, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a form without its name, from the specification and from nothing else."""
    said = specification.assess(book, answers)
    rules = list(book.rules.values())
    present = [rule for rule in rules if said.verdicts[rule.name]]

    def named(names: Iterable[str]) -> str:
        return "; ".join(names)

    def findings(stratum: str) -> str:
        those = dict.fromkeys(rule.finding for rule in rules if rule.stratum == stratum)
        return named(name for name in those if said.states[name])

    def likelihood(finding: str) -> str:
        words = [rule.then.likelihood for rule in present if rule.finding == finding]
        return min(words, key=STRONGEST_FIRST.index)

    def fit(cause: str) -> str:
        state = said.states.get(cause, False)
        return "undecided" if state is None else likelihood(cause) if state else "ruled_out"

    def decision(exercise: str) -> str:
        word = said.decisions.get(exercise, "")
        if word != "modify":
            return word
        possible = [rule for rule in book.rules.values() if said.verdicts[rule.name] is not False]
        asked = {rule.then.restrictions.get(exercise) for rule in possible}
        known = book.exercises[exercise].modifications
        return "modify: " + named(change for change in known if ("modify", change) in asked)

    patterns = [name for name in book.patterns if said.states.get(name)]
    return {
        "disposition": said.disposition,
        "could_rise_to": said.could_rise_to,
        "see_within_days": min(said.referrals.values()),
        "red_flags": findings("red_flags"),
        "patterns": named(f"{name} ({likelihood(name)})" for name in patterns),
        **{f"cause_{cause}": fit(cause) for cause in book.causes},
        "contraindications": findings("contraindications"),
        **{f"exercise_{name}": decision(name) for name in book.exercises},
        "advice": named(name for name in book.advice if name in said.advice),
        "referrals": named(name for name in book.referrals if name in said.referrals),
        "missing": missing(book, answers, said.states),
        "refused": "",
    }


def row_of(assessment: Assessment) -> dict[str, Any]:
    """What one person's assessment says, in the cells of a row."""
    return _RowOf(assessment).whole()


class _RowOf:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.book = assessment.book

    def whole(self) -> dict[str, Any]:
        assessment, book = self.assessment, self.book
        decisions = {p.exercise: p for p in (*assessment.exercises, *assessment.withheld)}
        given = {advice.advice for advice in assessment.advice}
        made = {referral.referral: referral.within_days for referral in assessment.referrals}
        return {
            "disposition": assessment.disposition,
            "could_rise_to": assessment.could_rise_to,
            "see_within_days": min(made.values()),
            "red_flags": self._present("red_flags"),
            "patterns": self._joined(
                book.patterns, lambda p: assessment.states.get(p) is True, self._with_likelihood
            ),
            **{f"cause_{cause}": self._fit(cause) for cause in book.causes},
            "contraindications": self._present("contraindications"),
            **{f"exercise_{name}": self._decision(decisions.get(name)) for name in book.exercises},
            "advice": self._joined(book.advice, given.__contains__),
            "referrals": self._joined(book.referrals, made.__contains__),
        }

    @staticmethod
    def _joined(
        names: Iterable[str], holds: Callable[[str], bool], said: Callable[[str], str] = str
    ) -> str:
        return "; ".join(said(name) for name in names if holds(name))

    def _present(self, stratum: str) -> str:
        findings = [f.id for f in self.book.findings.values() if f.stratum == stratum]
        return self._joined(findings, lambda name: self.assessment.states[name] is True)

    def _likelihood(self, finding: str) -> str | None:
        return self.assessment.likelihood(self.book.findings[finding])

    def _with_likelihood(self, pattern: str) -> str:
        return f"{pattern} ({self._likelihood(pattern)})"

    def _fit(self, cause: str) -> str:
        state = self.assessment.states.get(cause, False)  # no rule may name it
        if state is True:
            return self._likelihood(cause) or ""
        return "undecided" if state is None else "ruled_out"

    def _decision(self, prescription: Prescription | None) -> str:
        if prescription is None:
            return ""
        if prescription.decision != "modify":
            return prescription.decision
        known = self.book.exercises[prescription.exercise].modifications
        return "modify: " + self._joined(known, prescription.modifications.__contains__)
