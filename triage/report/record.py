"""The record behind a report: rules and their sources, answers, what is ruled out and what is open.

It ends a person's report as one page, and begins a clinician's report in full.  Not here: what the
report says to the person (`selection`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from triage.book.items import NONE
from triage.book.levels import urgency_rank
from triage.book.rules import EVERY_EXERCISE, Finding, Rule
from triage.report.plan import START_WITH
from triage.report.reporter import Reporter
from triage.report.view import (
    AnswersOfSection,
    FiredRule,
    GivenAdvice,
    Proof,
    Record,
    Source,
    Term,
)

ON_ONE_PAGE = ("red_flags", "patterns", "causes", "contraindications")
"""The strata whose rules stand in every report."""
IN_FULL = ("recommendations", "features")
"""Those whose rules a full record has as well."""
MOST_UNANSWERED = 12
"""Unanswered questions shown on one page; more are counted."""
MOST_OPEN = 30
"""Red flags that are still open shown on one page; more are counted."""
MOST_SOURCES = 3
"""Sources of a rule shown on one page; more are counted."""
MOST_NEGATIVES = 6
"""Red flags that are ruled out shown on one page; more are counted."""


class Recorder(Reporter):
    """Says all that stands behind a report."""

    def record(self, full: bool, unanswered: tuple[str, ...]) -> Record:
        """The record, for the clinician.

        Args:
            full: everything, rather than what one page holds.
            unanswered: the items without an answer, those that matter most first.
        """
        undecided = self.assessment.undecided
        strata = (*ON_ONE_PAGE, *(IN_FULL if full else ()))
        rules = [rule for stratum in strata for rule in self._fired if rule.stratum == stratum]
        open_signs = tuple(finding.title for finding in undecided("red_flags"))
        return Record(
            rules=tuple(self._rule(rule, full) for rule in rules),
            open_signs=self._some(open_signs, len(open_signs) if full else MOST_OPEN),
            still_open=self._still_open() if full else (),
            negatives=self._negatives(full),
            answers=tuple(self._answers(full)),
            unanswered=self.open_questions(
                unanswered, len(unanswered) if full else MOST_UNANSWERED
            ),
            # The steps of later exercises need the room of the page.
            terms=self._terms() if full or len(self.assessment.exercises) <= START_WITH else (),
            advice=tuple(self._advice()) if full else (),
            proofs=tuple(self._proofs()) if full else (),
            sources=tuple(self._sources()) if full else (),
        )

    def _advice(self) -> Iterable[GivenAdvice]:
        """All advice given, whole."""
        for given in self.assessment.advice:
            advice = self.book.advice[given.advice]
            yield GivenAdvice(advice.title, (*advice.say, *advice.more))

    @cached_property
    def _fired(self) -> tuple[Rule, ...]:
        verdicts = self.assessment.verdicts
        return tuple(rule for rule in self.book.rules.values() if verdicts[rule.name] is True)

    def _rule(self, rule: Rule, full: bool) -> FiredRule:
        likelihood = rule.then.likelihood
        return FiredRule(
            name=rule.name,
            title=rule.title,
            fit=self.book.likelihoods[likelihood].title.lower() if likelihood else "",
            # Beside a plan they are merged into its exercises.
            restricts=tuple(self._restricts(rule))
            if full or not self.assessment.plan_given
            else (),
            grade=self.book.grades[rule.evidence].title,
            sources=self._keys(rule.references, len(rule.references) if full else MOST_SOURCES),
            why=rule.why if full else "",
            caveats=rule.caveats if full else (),
        )

    def _restricts(self, rule: Rule) -> Iterable[str]:
        """What a contraindication says of exercises, in the order of the plan."""
        for name in (EVERY_EXERCISE, *self.book.exercises):
            if name in rule.then.restrictions:
                limit, change = rule.then.restrictions[name]
                said = self.words.choice("limit_of", limit)
                if name == EVERY_EXERCISE:
                    yield f"{self.words['every_exercise']}: {said}"
                else:
                    exercise = self.book.exercises[name]
                    how = f" ({exercise.modifications[change].title})" if change else ""
                    yield f"{exercise.title}: {said}{how}"

    def _answers(self, full: bool) -> Iterable[AnswersOfSection]:
        """By section; on one page, a checklist of which nothing was ticked is left out."""
        answers = self.assessment.responses.answers
        for section in self.book.sections:
            given = [
                self.question(item)
                for item in section.items
                if item in answers and (full or answers[item] != frozenset({NONE}))
            ]
            if given:
                yield AnswersOfSection(section.title, tuple(given))

    def _negatives(self, full: bool) -> tuple[str, ...]:
        """The red flags that are ruled out, most urgent first."""
        out = [
            finding
            for finding in self.book.findings.values()
            if finding.stratum == "red_flags" and self.assessment.states[finding.id] is False
        ]
        titles = tuple(finding.title for finding in sorted(out, key=_by_level))
        return self._some(titles, len(titles) if full else MOST_NEGATIVES)

    def _still_open(self) -> tuple[str, ...]:
        strata = ("patterns", "causes", "contraindications", "recommendations")
        return tuple(finding.title for finding in self.assessment.undecided(*strata))

    def _some(self, titles: tuple[str, ...], most: int) -> tuple[str, ...]:
        """The first of some titles, and how many more there are."""
        more = len(titles) - most
        rest = (self.words.say("more_signs", count=more),) if more > 0 else ()
        return (*titles[:most], *rest)

    def _terms(self) -> tuple[Term, ...]:
        """The words for fit and for proof that the report uses, in the order of the book."""
        fits = {rule.then.likelihood for rule in self._fired}
        grades = {rule.evidence for rule in self._fired}
        grades |= {self.book.exercises[p.exercise].evidence for p in self.assessment.exercises}
        words = [word for key, word in self.book.likelihoods.items() if key in fits]
        words += [word for key, word in self.book.grades.items() if key in grades]
        return tuple(Term(word.title, word.means) for word in words)

    def _proofs(self) -> Iterable[Proof]:
        for prescription in self.assessment.exercises:
            exercise = self.book.exercises[prescription.exercise]
            yield Proof(
                exercise.title,
                exercise.purpose,
                exercise.proof,
                self._keys(exercise.references, len(exercise.references)),
            )

    def _keys(self, references: Sequence[str], most: int) -> str:
        """Some references by their keys, and how many more there are."""
        more = len(references) - most
        rest = (self.words.say("more_sources", count=more),) if more > 0 else ()
        return ", ".join((*references[:most], *rest)) or self.words["no_source"]

    def _sources(self) -> Iterable[Source]:
        """Every reference that the report rests on, in the order of the book."""
        used = {key for rule in self._fired for key in rule.references}
        for stratum, catalogue in (("patterns", self.book.patterns), ("causes", self.book.causes)):
            for finding in self.assessment.present(stratum):
                used.update(catalogue[finding.id].references)
        for prescription in self.assessment.exercises:
            used.update(self.book.exercises[prescription.exercise].references)
        for given in self.assessment.advice:
            used.update(self.book.advice[given.advice].references)
        for key, reference in self.book.references.items():
            if key in used:
                yield Source(key, reference.citation, reference.link or "")


def _by_level(finding: Finding) -> int:
    assert finding.level is not None, "a red flag asks for a level"
    return urgency_rank(finding.level)
