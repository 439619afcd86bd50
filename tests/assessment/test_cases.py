"""Published cases: what a careful triage said, and what ours says.

Answers from the history are kept apart from assumed ones (see examples/cases/assumed).
`pytest -rP tests/test_cases.py -k table` prints one line a case.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.conftest import EXAMPLES
from triage.answers.responses import Responses
from triage.assessment.assess import assess
from triage.assessment.assessment import Assessment
from triage.book.levels import LIKELIHOODS, URGENCY, more_urgent, urgency_rank
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_assumed, read_form

CASES = sorted((EXAMPLES / "cases").glob("*.yaml"))
FIT = 0.8  # of the patterns and causes that are expected, at least so many are named
LEVEL = 0.9  # of the levels, at least so many are exact or acceptable
FEW = 3  # a report that names everything names nothing


@dataclass(frozen=True)
class Case:
    """A published case, what was expected of it and what it came to."""

    name: str
    expects: dict[str, Any]
    stated: Assessment = field(repr=False)
    """On the answers that the history holds, and no others."""
    filled: Assessment = field(repr=False)
    """With the assumed answers in the gaps."""

    @property
    def level(self) -> str:
        """The level reached with the gaps filled."""
        return self.filled.disposition

    @property
    def acceptable(self) -> bool:
        """Whether the level is the one expected, or another that a careful triage could give."""
        return self.level in self.expects["acceptable"]

    @property
    def under(self) -> bool:
        """Whether the level is less urgent than any acceptable one; `incomplete` always is."""
        return all(more_urgent(level, self.level) for level in self.expects["acceptable"])

    @property
    def over(self) -> bool:
        """Whether the level is more urgent than any acceptable one."""
        return all(more_urgent(self.level, level) for level in self.expects["acceptable"])

    @property
    def missing(self) -> str:
        """The fact that the history leaves out, where the case cannot come out as expected."""
        return str(self.expects["missing"])

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns named, best fit first."""
        return self._named("patterns")

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes named, best fit first."""
        return self._named("causes")

    @property
    def right_patterns(self) -> frozenset[str]:
        """The patterns of which one is to be named; none where only a red flag speaks of it."""
        right = self.expects["pattern"]
        return frozenset(right if isinstance(right, list) else [right]) - {"none"}

    @property
    def right_causes(self) -> frozenset[str]:
        """The causes that the history tells."""
        return frozenset(self.expects["causes"])

    @property
    def pattern_named(self) -> bool:
        """Whether a right pattern is among those named."""
        return not self.right_patterns.isdisjoint(self.patterns)

    def _named(self, stratum: str) -> tuple[str, ...]:
        found = self.filled.present(stratum)
        fits = [*LIKELIHOODS, None]
        ranked = sorted(found, key=lambda f: fits.index(self.filled.likelihood(f)))
        return tuple(finding.id for finding in ranked)


@pytest.fixture(scope="module")
def assumed(book: RuleBook) -> Responses:
    """The one set of reassuring answers that serves all cases."""
    return read_assumed(book, str(EXAMPLES / "cases" / "assumed" / "reassuring.yaml"))


@pytest.fixture(scope="module")
def cases(book: RuleBook, assumed: Responses) -> list[Case]:
    """Every published case, assessed."""
    return [_assessed(path, book, assumed) for path in CASES]


def _assessed(path: Path, book: RuleBook, assumed: Responses) -> Case:
    form = read_form(book, str(path))
    about: Any = form.about
    stated = assess(book, form.responses)
    filled = assess(book, form.responses.assuming(assumed))
    return Case(path.stem, dict(about["expects"]), stated, filled)


def _share(kept: int, of: int) -> str:
    return f"{kept} of {of} ({kept / of:.0%})"


def _table(cases: list[Case]) -> str:
    """One line a case, the sums, and what the histories leave out; for people to read."""
    lines = [f"{'case':55} {'level':12} {'verdict':10} {'pattern':8} patterns named; causes named"]
    for case in cases:
        exact = case.level == case.expects["disposition"]
        verdict = "exact" if exact else "acceptable" if case.acceptable else "OVER"
        verdict = "UNDER" if case.under else verdict
        named = "named" if case.pattern_named else "MISSED" if case.right_patterns else "-"
        absent = [f"{cause} MISSED" for cause in sorted(case.right_causes - set(case.causes))]
        found = [f"{cause} right" if cause in case.right_causes else cause for cause in case.causes]
        said = f"{', '.join(case.patterns) or '-'}; {', '.join(found + absent) or '-'}"
        lines.append(f"{case.name:55} {case.level:12} {verdict:10} {named:8} {said}")
    lines += ["", *(f"{case.name}: {case.missing}" for case in cases if case.missing), ""]
    fitting = [case for case in cases if case.right_patterns]
    told = [(case, cause) for case in cases for cause in case.right_causes]
    exact_levels = sum(case.level == case.expects["disposition"] for case in cases)
    sums = {
        "exact level": _share(exact_levels, len(cases)),
        "exact or acceptable": _share(sum(case.acceptable for case in cases), len(cases)),
        "under-triaged": _share(sum(case.under for case in cases), len(cases)),
        "over-triaged": _share(sum(case.over for case in cases), len(cases)),
        "right pattern named": _share(sum(c.pattern_named for c in fitting), len(fitting)),
        "patterns named, median": median(len(case.patterns) for case in fitting),
        "right causes named": _share(sum(cause in c.causes for c, cause in told), len(told)),
        "causes named, median": median(len(c.causes) for c in cases if c.right_causes),
    }
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in sums.items()), ""])


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
