"""The checks of a whole book: each fault that an author may make is named with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.small import FOLDER as SMALL
from triage.authoring.lint import lint
from triage.authoring.reach import Search
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook

OVER_PRESSURE = "red_flags/over_pressure.yaml"

FAULTS = {
    "a firing example that does not fire": (
        "features/busy.yaml",
        "- {cups: 8}",
        "- {cups: 7}",
        "this example fires, but the rule is no on it",
    ),
    "a silent example that is merely unknown": (
        OVER_PRESSURE,
        "- {pressure: 14.9, troubles: [slow], noise: hum, hard: present}",
        "- {troubles: [slow], noise: hum, hard: present}",
        "this example is silent, but the rule is unknown on it; unknown: pressure",
    ),
    "an example with an answer that cannot be": (
        "features/busy.yaml",
        "- {cups: 30}",
        "- {cups: 300}",
        "in the example, item 'cups': read '300'",
    ),
    "a premise that no example defends": (
        OVER_PRESSURE,
        "    - {pressure: 14.9, troubles: [slow], noise: hum, hard: present}\n",
        "",
        "if this were always yes",
    ),
    "an option that no example tries": (
        "red_flags/smoke.yaml",
        "    - {sparks: not_sure}\n",
        "",
        "no example would notice if sparks left out not_sure",
    ),
    "a threshold without an example beside it": (
        "features/busy.yaml",
        "    - {cups: 31}",
        "    - {cups: 40}",
        "no example with cups: 31",
    ),
    "a threshold without an example at it": (
        "features/busy.yaml",
        "    - {cups: 8}",
        "    - {cups: 9}",
        "no example with cups: 8",
    ),
    "a rule that no answers can make fire": (
        "features/busy.yaml",
        "{cups: {at_least: 8, at_most: 30}}",
        "{cups: {at_least: 30, at_most: 8}}",
        "unreachable",
    ),
    "a finding that no answers can rule out": (
        "features/busy.yaml",
        "when: {cups: {at_least: 8, at_most: 30}}",
        "when: {cups: {at_least: 0, at_most: 60}}",
        "no answers can rule this out",
    ),
    "a question that no rule uses": (
        "questionnaire/coffee.yaml",
        "  milk:\n",
        "  sugar:\n    ask: Sugar?\n    choose: one\n    options: {yes: Yes, no: No}\n"
        "    why: Taste.\n  milk:\n",
        "no rule uses the question 'sugar'",
    ),
    "advice that no rule gives": (
        "advice.yaml",
        "",
        "stray: {title: A, say: [B.], part_of_plan: yes, evidence: expert, references: []}\n",
        "no rule recommends 'stray'",
    ),
    "a pattern that no rule concludes": (
        "patterns.yaml",
        "",
        "ghost: {title: A, level: routine, place: P, means: B, course: C, references: []}\n",
        "no rule concludes 'ghost'",
    ),
}


def with_fault(folder: Path, file: str, old: str, new: str) -> RuleBook:
    """A copy of the small book in which one text is replaced, or added where it replaces none."""
    shutil.copytree(SMALL, folder)
    target = folder / file
    text = target.read_text()
    assert old in text
    target.write_text(text.replace(old, new) if old else text + new)
    return load_rule_book(folder)


def test_the_small_book_has_no_problem() -> None:
    """The book that the faults are planted in is clean itself."""
    assert () == lint(load_rule_book(SMALL))


def test_the_shipped_book_has_no_problem(book: RuleBook) -> None:
    """Every rule of the shipped book defends every premise, and nothing in it is unused."""
    assert () == lint(book)


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_named(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """Each fault is found, with the file that it stands in."""
    problems = lint(with_fault(tmp_path / "book", file, old, new))
    found = [problem for problem in problems if expected in problem.message]
    assert found, problems
    assert file in {problem.file for problem in found}


def test_every_rule_of_the_shipped_book_can_fire_and_be_ruled_out(book: RuleBook) -> None:
    """The search finds answers for every rule, both ways."""
    search = Search(book)
    for rule in book.rules.values():
        assert search.can_be(rule.condition, True), rule.name
        assert search.can_be(rule.condition, False), rule.name
