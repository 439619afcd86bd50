"""An explanation as text for the terminal: why, why not, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from triage.assessment import Assessment
from triage.conditions import Absent, AllOf, AnyOf, Condition, CountOf, Present, Truth
from triage.explanation import Explanation, Step
from triage.prose import INDENT, heading_in_words, leaf_in_words, reference_in_words
from triage.rulebook import Finding
from triage.wording import answer_in_words

STATES: dict[Truth, str] = {True: "present", False: "ruled out", None: "undecided"}
TRUTHS: dict[Truth, str] = {True: "yes", False: "no", None: "not known"}


def overview(assessment: Assessment) -> Iterator[str]:
    """Every present finding with the answers behind it, and what is undecided; a line each."""
    explanation = Explanation(assessment)
    book = assessment.book
    yield f"Disposition: {book.dispositions[assessment.disposition].title}"
    deciding = assessment.deciding()
    if deciding:
        yield f"{INDENT}because of: {', '.join(finding.id for finding in deciding)}"
    if assessment.could_rise_to:
        yield f"It could still be: {book.dispositions[assessment.could_rise_to].title}"
    for stratum in ("red_flags", "patterns", "causes", "contraindications", "recommendations"):
        found = assessment.present(stratum)
        if found:
            yield ""
            yield stratum.replace("_", " ").capitalize()
        for finding in found:
            yield f"{INDENT}{_named(assessment, finding)}"
            for item in explanation.because(finding):
                yield f"{INDENT * 3}{_answer(assessment, item)}"
    undecided = assessment.undecided("red_flags", "patterns", "causes", "contraindications")
    if undecided:
        yield ""
        yield "Undecided, and the questions that would settle it"
    for finding in undecided:
        items = ", ".join(explanation.settled_by(finding))
        yield f"{INDENT}{finding.title} ({finding.id}): {items}"


def one(assessment: Assessment, finding: Finding) -> Iterator[str]:
    """One finding: its state, the rules that made it so with their premises, and sources."""
    explanation = Explanation(assessment)
    book = assessment.book
    state = assessment.states[finding.id]
    yield _named(assessment, finding)
    for explained in explanation.of(finding):
        yield ""
        yield f"{explained.rule.name}: {TRUTHS[state]}, because"
        yield from _step(assessment, explained.step, 1)
        if state is True:
            yield f"{INDENT}Why: {explained.rule.why}"
            for key in explained.rule.references:
                yield f"{INDENT}Source: {reference_in_words(book, key)}"
    yield ""
    if state is None:
        yield "Answers to these would settle it:"
        items = explanation.settled_by(finding)
    else:
        yield "It rests on these answers, and could change with them:"
        items = explanation.because(finding)
    for item in items:
        yield f"{INDENT}{_answer(assessment, item)}"


def _named(assessment: Assessment, finding: Finding) -> str:
    likelihood = assessment.likelihood(finding)
    word = f", {likelihood}" if likelihood else ""
    return f"{finding.title} ({finding.id}): {STATES[assessment.states[finding.id]]}{word}"


def _answer(assessment: Assessment, item: str) -> str:
    question = assessment.book.items[item]
    answer = assessment.responses.answers.get(item)
    words = "no answer" if answer is None else answer_in_words(question, answer)
    return f"{item}: {question.ask} {words}"


def _step(assessment: Assessment, step: Step, depth: int) -> Iterator[str]:
    indent = INDENT * depth
    truth = TRUTHS[step.truth]
    condition: Condition = step.condition
    if isinstance(condition, AllOf | AnyOf | CountOf):
        yield f"{indent}- {heading_in_words(condition)} {truth}"
    else:
        yield f"{indent}- {leaf_in_words(assessment.book, condition)}: {truth}"
        if not isinstance(condition, Present | Absent):
            answer = assessment.responses.answers.get(condition.item)
            if answer is not None:
                words = answer_in_words(assessment.book.items[condition.item], answer)
                yield f"{indent}  answer: {words}"
            elif step.truth is False:
                yield f"{indent}  the question does not apply, because"
    for part in step.because:
        yield from _step(assessment, part, depth + 1)
