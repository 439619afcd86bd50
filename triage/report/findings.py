"""What was found, as a report shows it: warning signs, what it may be, and what adds to it.

Not here: contraindications, which stand beside the exercises that they bar (`plan`).
"""

from __future__ import annotations

from triage.answers.wording import first_sentence
from triage.book.conditions import items_of
from triage.book.levels import SELF_CARE, more_urgent
from triage.book.rules import Finding, Rule
from triage.report.reporter import Reporter
from triage.report.view import Contributor, Possibility, WarningSign

MOST_SAID = 4
"""Answers shown behind a finding.  Its rules and all answers stand in the record."""


class Findings(Reporter):
    """Says what was found."""

    def warning_signs(self) -> tuple[WarningSign, ...]:
        """The present red flags, most urgent first; in short where much else must be said."""
        brief = self.short or self.assessment.plan_given
        return tuple(
            WarningSign(
                title=finding.title,
                why=tuple(
                    first_sentence(rule.why) if brief else rule.why
                    for rule in self.assessment.firing(finding)
                ),
                you_said=self._you_said(finding),
                science=self._science(finding),
                note=self._note(finding),
            )
            for finding in self.assessment.present("red_flags")
        )

    def possibilities(self) -> tuple[Possibility, ...]:
        """The present patterns, most urgent first, then the best fit."""
        return tuple(
            Possibility(
                title=finding.title,
                fit=self._fit(finding),
                means=self.book.patterns[finding.id].means,
                course=self.book.patterns[finding.id].course,
                you_said=self._you_said(finding),
                science=self._science(finding),
                note=self._note(finding),
            )
            for finding in self.assessment.present("patterns")
        )

    def contributors(self) -> tuple[Contributor, ...]:
        """The present causes, the best fit first."""
        return tuple(
            Contributor(
                title=finding.title,
                fit=self._fit(finding),
                because=tuple(rule.title for rule in self._strongest(finding)),
                you_said=self._you_said(finding),
                science=self._science(finding),
            )
            for finding in self.assessment.present("causes")
        )

    def no_sign(self) -> str:
        """What is said where there is no warning sign."""
        if self.assessment.present("red_flags"):
            return ""
        open_ = self.assessment.undecided("red_flags")
        return self.words["no_sign_yet" if open_ else "no_sign"]

    def no_pattern(self) -> str:
        """What is said where no pattern fits."""
        if self.short or self.assessment.present("patterns"):
            return ""
        open_ = self.assessment.undecided("patterns")
        return self.words["no_pattern_yet" if open_ else "no_pattern"]

    def _fit(self, finding: Finding) -> str:
        word = self.assessment.likelihood(finding)
        assert word is not None, "a present pattern or cause has a word"
        return self.book.likelihoods[word].title.lower()

    def _note(self, finding: Finding) -> str:
        level = self.assessment.disposition
        decides = finding.level == level and more_urgent(level, SELF_CARE)
        return self.words["decides"] if decides else ""

    def _science(self, finding: Finding) -> str:
        """How good the science behind the strongest rules is, in the words of the book."""
        grades = {rule.evidence for rule in self._strongest(finding)}
        return "; ".join(word.title for key, word in self.book.grades.items() if key in grades)

    def _strongest(self, finding: Finding) -> tuple[Rule, ...]:
        """The rules that fired with the strongest word: weaker ones add nothing to them."""
        firing = self.assessment.firing(finding)
        return tuple(rule for rule in firing if rule.then.likelihood == firing[0].then.likelihood)

    def _you_said(self, finding: Finding) -> tuple[str, ...]:
        """The first few answers behind a finding, those that its strongest rules name first."""
        cited = self.explanation.because(finding)
        named = {item for rule in self._strongest(finding) for item in items_of(rule.condition)}
        in_order = sorted(cited, key=lambda item: item not in named)
        said = dict.fromkeys(text for item in in_order for text in self.in_short(item))
        return tuple(said)[:MOST_SAID]
