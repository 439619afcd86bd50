"""Why, why not, and what would settle it, as lines of text for the terminal.

In the language of the book; the words around its texts stand in `reports/templates/terminal.jinja`.

Not here: which answers and rules decided (`assessment.explanation`), and rules without a person's
answers (`prose`).
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.answers.wording import answer_in_words
from triage.assessment.assessment import Assessment
from triage.assessment.explanation import Explanation, Step
from triage.authoring.prose import (
    INDENT,
    heading_in_words,
    leaf_in_words,
    reference_in_words,
)
from triage.book.conditions import Absent, AllOf, AnyOf, Condition, CountOf, Present, Truth
from triage.book.entries import Exercise
from triage.book.rules import EVERY_EXERCISE, Finding
from triage.languages.words import words_of

STRATA = ("red_flags", "patterns", "causes", "contraindications")
"""What may be undecided; a recommendation only follows."""
STATES: dict[Truth, str] = {True: "present", False: "ruled_out", None: "undecided"}
TRUTHS: dict[Truth, str] = {True: "yes", False: "no", None: "unknown"}


class Explainer:
    """Says what an assessment rests on."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.book = assessment.book
        self.words = words_of(assessment.book)
        self.explanation = Explanation(assessment)

    def overview(self) -> Iterator[str]:
        """Every present finding with the answers behind it, and what is undecided; a line each."""
        assessment = self.assessment
        yield from self._level()
        for stratum in (*STRATA, "recommendations"):
            found = assessment.present(stratum)
            if found:
                yield ""
                yield self.words.choice("stratum_of", stratum)
            for finding in found:
                yield f"{INDENT}{self._named(finding)}"
                for item in self.explanation.because(finding):
                    yield f"{INDENT * 3}{self._answer(item)}"
        undecided = assessment.undecided(*STRATA)
        if undecided:
            yield ""
            yield self.words["undecided"]
        for finding in undecided:
            items = ", ".join(self.explanation.settled_by(finding))
            yield f"{INDENT}{finding.title} ({finding.id}): {items}"

    def finding(self, finding: Finding) -> Iterator[str]:
        """One finding: its state, the rules that made it so with their premises, and sources."""
        state = self._state(finding)
        yield self._named(finding)
        for explained in self.explanation.of(finding):
            yield ""
            yield self.words.say("rule_truth", rule=explained.rule.name, truth=self._truth(state))
            yield from self._step(explained.step, 1)
            if state is True:
                yield f"{INDENT}{self.words.say('why', reason=explained.rule.why)}"
                for key in explained.rule.references:
                    reference = reference_in_words(self.book, key)
                    yield f"{INDENT}{self.words.say('source', reference=reference)}"
        yield ""
        if state is None:
            yield self.words["would_settle"]
            items = self.explanation.settled_by(finding)
        else:
            yield self.words["rests_on"]
            items = self.explanation.because(finding)
        for item in items:
            yield f"{INDENT}{self._answer(item)}"

    def exercise(self, exercise: Exercise) -> Iterator[str]:
        """One exercise: what becomes of it, and each finding that speaks for or against it."""
        made = {p.exercise: p for p in (*self.assessment.exercises, *self.assessment.withheld)}
        prescription = made.get(exercise.id)
        recommending = list(self._recommending(exercise))
        versions: tuple[str, ...] = ()
        if prescription:
            decision: str = prescription.decision
            versions = prescription.modifications
        else:
            open_ = any(self._state(finding) is None for finding in recommending)
            decision = "not_yet" if open_ else "not_recommended"
        said = self.words.choice("decision_of", decision)
        titles = "; ".join(exercise.modifications[version].title for version in versions)
        yield f"{exercise.title} ({exercise.id}): {said}{f': {titles}' if titles else ''}"
        if decision == "no_plan":
            yield from self._level()
            yield self.words["no_plan"]
            yield from self._step(self.explanation.step(self.book.plan_only_if), 1)
        # What is open counts only where the exercise waits for it, or is changed because of it.
        counting = (True, None) if decision in ("undecided", "modify") else (True,)
        restricting = [f for f in self._restricting(exercise) if self._state(f) in counting]
        for finding in (*restricting, *recommending):
            yield ""
            yield from self.finding(finding)

    def _recommending(self, exercise: Exercise) -> Iterator[Finding]:
        """What recommends an exercise; where nothing does, all that could."""
        for state in (True, None, False):
            found = [
                finding
                for finding in self.book.findings.values()
                if any(rule.then.exercise == exercise.id for rule in finding.rules)
                and self._state(finding) is state
            ]
            if found:
                yield from found
                return

    def _restricting(self, exercise: Exercise) -> Iterator[Finding]:
        """What restricts an exercise, or could."""
        targets = {exercise.id, EVERY_EXERCISE}
        for finding in self.book.findings.values():
            if any(targets & rule.then.restrictions.keys() for rule in finding.rules):
                yield finding

    def _state(self, finding: Finding) -> Truth:
        return self.assessment.states[finding.id]

    def _level(self) -> Iterator[str]:
        """How urgent it is, because of what, and how urgent it could still be."""
        levels, say = self.book.dispositions, self.words.say
        yield say("disposition", title=levels[self.assessment.disposition].title)
        deciding = self.assessment.deciding()
        if deciding:
            names = ", ".join(finding.id for finding in deciding)
            yield f"{INDENT}{say('decided_by', findings=names)}"
        if self.assessment.could_rise_to:
            yield say("could_rise_to", title=levels[self.assessment.could_rise_to].title)

    def _truth(self, truth: Truth) -> str:
        return self.words.choice("truth_of", TRUTHS[truth])

    def _named(self, finding: Finding) -> str:
        likelihood = self.assessment.likelihood(finding)
        fit = f", {self.words.choice('fit_of', likelihood)}" if likelihood else ""
        state = self.words.choice("state_of", STATES[self._state(finding)])
        return f"{finding.title} ({finding.id}): {state}{fit}"

    def _answer(self, item: str) -> str:
        question = self.book.items[item]
        answer = self.assessment.responses.answers.get(item)
        said = (
            self.words["no_answer"]
            if answer is None
            else answer_in_words(question, answer, self.book.language)
        )
        return f"{item}: {question.ask} {said}"

    def _step(self, step: Step, depth: int) -> Iterator[str]:
        indent = INDENT * depth
        truth = self._truth(step.truth)
        condition: Condition = step.condition
        if isinstance(condition, AllOf | AnyOf | CountOf):
            yield f"{indent}- {heading_in_words(self.book, condition)} {truth}"
        else:
            yield f"{indent}- {leaf_in_words(self.book, condition)}: {truth}"
            if not isinstance(condition, Present | Absent):
                answer = self.assessment.responses.answers.get(condition.item)
                if answer is not None:
                    item = self.book.items[condition.item]
                    said = answer_in_words(item, answer, self.book.language)
                    yield f"{indent}  {self.words.say('answer', said=said)}"
                elif step.truth is False:
                    yield f"{indent}  {self.words['not_asked']}"
        for part in step.because:
            yield from self._step(part, depth + 1)
