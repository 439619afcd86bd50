"""The record behind a report: sources and their numbers, reasons, answers, and what was used.

Not here: what the report says to the person (`report_selection`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from triage.assessment import AdviceGiven, Assessment
from triage.report_view import (
    Answered,
    AnswersOfSection,
    Background,
    FiredRule,
    Reason,
    Source,
    Term,
)
from triage.rulebook import Rule
from triage.wording import answer_in_words


class Record:
    """What stands behind a report on one assessment."""

    def __init__(self, assessment: Assessment, advice: tuple[AdviceGiven, ...]) -> None:
        """Of the advice, only what the report shows."""
        self.assessment = assessment
        self.book = assessment.book
        self.advice = advice

    def background(self) -> Background:
        """For the clinician: open red flags, all answers, the rules that fired, all sources."""
        answers = self.assessment.responses.answers
        return Background(
            open_signs=tuple(f.title for f in self.assessment.undecided("red_flags")),
            answers=tuple(
                AnswersOfSection(section.title, tuple(self.answered(item) for item in given))
                for section in self.book.sections
                if (given := [item for item in section.items if item in answers])
            ),
            rules=tuple(
                FiredRule(
                    name=rule.name,
                    title=rule.title,
                    grade=self.book.grades[rule.evidence].title,
                    caveats=rule.caveats,
                    sources=self.numbers(rule.references),
                )
                for rule in self._fired
            ),
            sources=tuple(
                Source(
                    number=number,
                    citation=self.book.references[key].citation,
                    link=self.book.references[key].link or "",
                )
                for key, number in self._sources.items()
            ),
        )

    def terms(self) -> tuple[Term, ...]:
        """The words for fit and for proof that the report uses, in the order of the book."""
        fits = {
            self.assessment.likelihood(finding)
            for stratum in ("patterns", "causes")
            for finding in self.assessment.present(stratum)
        }
        grades = {rule.evidence for rule in self._fired}
        grades |= {self.book.exercises[p.exercise].evidence for p in self.assessment.exercises}
        grades |= {self.book.advice[given.advice].evidence for given in self.advice}
        words = [word for key, word in self.book.likelihoods.items() if key in fits]
        words += [word for key, word in self.book.grades.items() if key in grades]
        return tuple(Term(word.title, word.means) for word in words)

    def reasons(self, rules: Iterable[Rule]) -> tuple[Reason, ...]:
        """Rules that fired, as the report explains them."""
        return tuple(
            Reason(
                title=rule.title,
                why=rule.why,
                grade=self.book.grades[rule.evidence].title,
                sources=self.numbers(rule.references),
            )
            for rule in rules
        )

    def answered(self, name: str) -> Answered:
        """A question and its answer, if any."""
        item = self.book.items[name]
        answer = self.assessment.responses.answers.get(name)
        return Answered(item.ask, "" if answer is None else answer_in_words(item, answer))

    @cached_property
    def _fired(self) -> tuple[Rule, ...]:
        verdicts = self.assessment.verdicts
        return tuple(rule for rule in self.book.rules.values() if verdicts[rule.name] is True)

    @cached_property
    def _sources(self) -> dict[str, int]:
        """The references that the report names, numbered in the order of the book."""
        used = {key for rule in self._fired for key in rule.references}
        for stratum, catalogue in (("patterns", self.book.patterns), ("causes", self.book.causes)):
            for finding in self.assessment.present(stratum):
                used.update(catalogue[finding.id].references)
        for prescription in self.assessment.exercises:
            used.update(self.book.exercises[prescription.exercise].references)
        for given in self.advice:
            used.update(self.book.advice[given.advice].references)
        named = [key for key in self.book.references if key in used]
        return {key: number for number, key in enumerate(named, start=1)}

    def numbers(self, references: Iterable[str]) -> tuple[int, ...]:
        """The numbers under which the report lists some references."""
        return tuple(sorted(self._sources[key] for key in references))
