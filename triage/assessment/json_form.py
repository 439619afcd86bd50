"""An assessment as plain values for JSON.

The keys are a contract: see the README.

Not here: words for people to keep (`report`).
"""

from __future__ import annotations

from typing import Any

from triage.answers.answer import as_written
from triage.assessment.assessment import Assessment
from triage.assessment.explanation import Explanation
from triage.assessment.recommendations import Prescription
from triage.book.rules import Finding, Rule


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment as nested `dict`, `list`, `str`, `int`, `float`, `bool` and `None`."""
    return _AsJson(assessment).whole()


class _AsJson:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.book = assessment.book
        self.explanation = Explanation(assessment)

    def whole(self) -> dict[str, Any]:
        assessment = self.assessment
        return {
            "disposition": assessment.disposition,
            "could_rise_to": assessment.could_rise_to,
            "see_within_days": assessment.see_within_days,
            "red_flags": self._findings("red_flags"),
            "patterns": self._findings("patterns"),
            "causes": self._findings("causes"),
            "contraindications": self._findings("contraindications"),
            "exercises": [self._prescription(p) for p in assessment.exercises],
            "advice": [self._named(a.advice, self.book.advice, a.rules) for a in assessment.advice],
            "referrals": [
                {
                    **self._named(r.referral, self.book.referrals, r.rules),
                    "within_days": r.within_days,
                }
                for r in assessment.referrals
            ],
            "withheld": [self._prescription(p) for p in assessment.withheld],
            "undecided": [
                self._undecided(finding)
                for finding in assessment.undecided(
                    "red_flags", "patterns", "causes", "contraindications", "recommendations"
                )
            ],
            "unanswered": list(assessment.responses.unanswered()),
            "rule_book": {"version": self.book.version, "digest": self.book.digest},
        }

    def _findings(self, stratum: str) -> list[dict[str, Any]]:
        return [self._finding(finding) for finding in self.assessment.present(stratum)]

    def _finding(self, finding: Finding) -> dict[str, Any]:
        rules = self.assessment.firing(finding)
        said: dict[str, Any] = {"id": finding.id, "title": finding.title}
        if finding.level is not None:
            said["disposition"] = finding.level
        likelihood = self.assessment.likelihood(finding)
        if likelihood is not None:
            said["likelihood"] = likelihood
        restrictions = rules[0].then.restrictions
        if restrictions:
            said["restrictions"] = {
                name: {word: change} if change else word
                for name, (word, change) in restrictions.items()
            }
        said["because"] = self._because(finding)
        return said | self._sources(rules)

    def _because(self, finding: Finding) -> list[dict[str, Any]]:
        """The answers that a finding rests on."""
        answers = self.assessment.responses.answers
        return [
            {"item": item, "answer": as_written(answers[item])}
            for item in self.explanation.because(finding)
        ]

    def _sources(self, rules: tuple[Rule, ...]) -> dict[str, Any]:
        """`rule` is the strongest rule that fired, `rules` all of them."""
        references = dict.fromkeys(key for rule in rules for key in rule.references)
        return {
            "rule": rules[0].name if rules else None,
            "rules": [rule.name for rule in rules],
            "evidence": rules[0].evidence if rules else None,
            "references": list(references),
        }

    def _named(self, key: str, catalogue: Any, rules: tuple[Rule, ...]) -> dict[str, Any]:
        """An exercise, a piece of advice or a referral, with the rules that name it."""
        findings = dict.fromkeys(self.book.findings[rule.finding] for rule in rules)
        cited = {entry["item"]: entry for one in findings for entry in self._because(one)}
        return {
            "id": key,
            "title": catalogue[key].title,
            "because": list(cited.values()),
            **self._sources(rules),
        }

    def _prescription(self, prescription: Prescription) -> dict[str, Any]:
        exercise = self.book.exercises[prescription.exercise]
        open_findings = [self.book.findings[rule.finding] for rule in prescription.undecided]
        return {
            **self._named(prescription.exercise, self.book.exercises, prescription.rules),
            "decision": prescription.decision,
            "modifications": [
                {"id": key, "title": exercise.modifications[key].title}
                for key in prescription.modifications
            ],
            "restricted_by": [rule.name for rule in prescription.restricted_by],
            "settled_by": list(self.explanation.settling(open_findings)),
        }

    def _undecided(self, finding: Finding) -> dict[str, Any]:
        said: dict[str, Any] = {"id": finding.id, "title": finding.title}
        if finding.level is not None:
            said["disposition"] = finding.level
        said["settled_by"] = list(self.explanation.settled_by(finding))
        return said
