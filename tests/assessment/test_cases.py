"""Published cases: what a careful triage said, and what ours says.

Answers from the history are kept apart from assumed ones (see examples/cases/assumed).
`pytest -rP tests/assessment/test_cases.py -k table` prints one line a case.
"""

from __future__ import annotations

import sys
from statistics import median

import pytest

from tests.conftest import EXAMPLES
from tests.expected import Case, assessed, reassuring, rows, sums
from triage.answers.responses import Responses
from triage.book.levels import URGENCY, more_urgent, urgency_rank
from triage.book.rulebook import RuleBook

CASES = sorted((EXAMPLES / "cases").glob("*.yaml"))
FIT = 0.8  # of the patterns and causes that are expected, at least so many are named
LEVEL = 0.9  # of the levels, at least so many are exact or acceptable
FEW = 3  # a report that names everything names nothing


@pytest.fixture(scope="module")
def assumed(book: RuleBook) -> Responses:
    """The one set of reassuring answers that serves all cases."""
    return reassuring(book)


@pytest.fixture(scope="module")
def cases(book: RuleBook, assumed: Responses) -> list[Case]:
    """Every published case, assessed."""
    return [assessed(path, book, assumed) for path in CASES]


def _table(cases: list[Case]) -> str:
    """One line a case, what the histories leave out, and the sums; for people to read."""
    missing = [f"{case.name}: {case.missing}" for case in cases if case.missing]
    return "\n".join([*rows(cases), "", *missing, "", *sums(cases), ""])


def test_the_cases_are_shipped_with_their_source() -> None:
    """There are more than thirty, each with a link to where it was published."""
    assert 34 == len(CASES)
    assert all("source: http" in " ".join(case.read_text().split()) for case in CASES)


def test_the_table_holds_every_case(cases: list[Case]) -> None:
    """One line a case, to be read with `pytest -rP`."""
    table = _table(cases)
    sys.stdout.write(f"\n{table}")
    assert all(f"\n{case.name} " in table for case in cases)


def test_what_is_expected_is_in_the_book(cases: list[Case], book: RuleBook) -> None:
    """Levels, patterns and causes by their ids, so that a new name is not taken for a miss."""
    for case in cases:
        assert set(URGENCY) >= {case.expects["disposition"], *case.expects["acceptable"]}
        assert case.expects["disposition"] in case.expects["acceptable"]
        assert book.patterns.keys() >= case.right_patterns
        assert book.causes.keys() >= case.right_causes


def test_under_triage_is_explained_by_a_missing_fact(cases: list[Case]) -> None:
    """No level is less urgent than the source accepts, save where the history lacks the reason."""
    assert {} == {case.name: case.level for case in cases if case.under and not case.missing}


def test_no_missing_fact_is_stale(cases: list[Case]) -> None:
    """A fact is called missing only where something expected was not reached."""
    reached = [c for c in cases if c.acceptable and (c.pattern_named or not c.right_patterns)]
    assert {} == {case.name: case.missing for case in reached if case.missing}


def test_nine_levels_in_ten_are_acceptable(cases: list[Case]) -> None:
    """The level is the expected one, or another that the source or standard guidance accepts."""
    off = {case.name: case.level for case in cases if not case.acceptable}
    assert len(cases) - len(off) >= LEVEL * len(cases), off


def test_the_right_pattern_is_among_few(cases: list[Case]) -> None:
    """Four in five cases that a pattern describes get it named, among at most three."""
    fitting = [case for case in cases if case.right_patterns]
    missed = {case.name: case.patterns for case in fitting if not case.pattern_named}
    assert len(fitting) - len(missed) >= FIT * len(fitting), missed
    assert median(len(case.patterns) for case in fitting) <= FEW


def test_the_causes_that_are_told_are_among_few(cases: list[Case]) -> None:
    """Four in five causes that a history tells are named, among at most three."""
    told = [(case, cause) for case in cases for cause in sorted(case.right_causes)]
    missed = [(case.name, cause) for case, cause in told if cause not in case.causes]
    assert len(told) - len(missed) >= FIT * len(told), missed
    assert median(len(case.causes) for case in cases if case.right_causes) <= FEW


def test_silence_is_never_self_care(cases: list[Case]) -> None:
    """Without the assumed answers no case is self-care, and a plan is given to routine only."""
    for case in cases:
        assert "self_care" != case.stated.disposition, case.name
        assert not case.stated.plan_given or "routine" == case.stated.disposition, case.name


def test_assumed_answers_retract_no_finding(cases: list[Case]) -> None:
    """What the history alone settles, present or ruled out, stays so; no level is lowered."""
    for case in cases:
        settled = {name: state for name, state in case.stated.states.items() if state is not None}
        assert settled == {name: case.filled.states[name] for name in settled}, case.name
        if case.stated.disposition != "incomplete":
            assert not more_urgent(case.stated.disposition, case.level), case.name


def test_the_cases_span_the_levels(cases: list[Case]) -> None:
    """Among the cases that come out right are urgent and gentle ones, the gentle with a plan."""
    right = [case for case in cases if case.acceptable]
    levels = sorted({case.level for case in right}, key=urgency_rank)
    assert list(URGENCY) == levels
    assert 2 <= sum(case.filled.plan_given for case in right if "self_care" == case.level)
