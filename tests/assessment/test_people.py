"""Made-up people: what a sceptical reader wanted for each, and what ours says.

Level, acceptable levels, pattern and causes were written down before anybody was assessed.  Names
that begin with `b` were written to find holes, so the sums are no rates of the real world.  A label
is changed in writing only: `about: disputed` says why, with a source.
`pytest -rP tests/assessment/test_people.py -k table` prints one line a person.
"""

from __future__ import annotations

import sys
from statistics import median

import pytest

from tests.conftest import EXAMPLES
from tests.expected import Case, assessed, reassuring, rows, sums
from triage.book.levels import URGENCY, urgency_rank
from triage.book.rulebook import RuleBook

PEOPLE = sorted((EXAMPLES / "people").glob("*.yaml"))
UNDER: dict[str, str] = {}
"""Who gets a level that is not urgent enough, and why."""
OVER = {
    "13-desk-29f-tight-hip": "she ticks the hip as a place, and that it is stiff",
    "23-doms-24m-leg-day": "he limps, and no question tells sore muscles after exercise apart",
}
"""Who gets a level that is too urgent, and why."""
ACCEPTABLE = 64  # of the people, at least so many get a level that was wanted or is acceptable
EXACT = 46
FEW = 2  # a report that names everything names nothing


@pytest.fixture(scope="module")
def people(book: RuleBook) -> list[Case]:
    """Every person, assessed."""
    assumed = reassuring(book)
    return [assessed(path, book, assumed) for path in PEOPLE]


def test_the_table_holds_every_person(people: list[Case]) -> None:
    """One line a person, to be read with `pytest -rP`."""
    table = "\n".join([*rows(people), "", *sums(people), ""])
    sys.stdout.write(f"\n{table}")
    assert 66 == len(people)
    assert all(f"\n{person.name} " in table for person in people)


def test_what_was_wanted_is_in_the_book(people: list[Case], book: RuleBook) -> None:
    """Levels, patterns and causes by their ids, so that a new name is not taken for a miss."""
    for person in people:
        assert set(URGENCY) >= {person.expects["disposition"], *person.expects["acceptable"]}
        assert person.expects["disposition"] in person.expects["acceptable"]
        assert book.patterns.keys() >= person.right_patterns
        assert book.causes.keys() >= person.right_causes


def test_who_gets_too_little_is_known_with_a_reason(people: list[Case]) -> None:
    """Nobody else; who is mended is taken off the list."""
    assert sorted(UNDER) == [person.name for person in people if person.under]


def test_who_gets_too_much_is_known_with_a_reason(people: list[Case]) -> None:
    """Nobody else; who is mended is taken off the list."""
    assert sorted(OVER) == [person.name for person in people if person.over]


def test_levels_hold(people: list[Case]) -> None:
    """As many are acceptable, and as many exact, as have ever been."""
    assert ACCEPTABLE <= sum(person.acceptable for person in people)
    assert EXACT <= sum(person.exact for person in people)


def test_whoever_needs_help_today_is_told_so(people: list[Case]) -> None:
    """Where only today or sooner is acceptable, nothing less is said, and no plan is given."""
    urgent = [p for p in people if set(p.expects["acceptable"]) <= {"emergency", "same_day"}]
    assert 12 <= len(urgent)
    for person in urgent:
        assert urgency_rank(person.level) <= urgency_rank("same_day"), person.name
        assert not person.filled.plan_given, person.name


def test_the_right_pattern_is_among_few(people: list[Case]) -> None:
    """All but one whom a pattern describes get it named, among few."""
    due = [p for p in people if p.right_patterns and "none" not in p.expects["pattern"]]
    missed = [person.name for person in due if not person.pattern_named]
    assert ["23-doms-24m-leg-day"] == missed
    assert median(len(person.patterns) for person in due) <= FEW


def test_the_causes_that_are_told_are_named(people: list[Case]) -> None:
    """All but one."""
    told = [(person, cause) for person in people for cause in sorted(person.right_causes)]
    missed = [(person.name, cause) for person, cause in told if cause not in person.causes]
    assert [("17-jumper-21m-volleyball", "overtraining")] == missed


WITHOUT_AN_EXERCISE = {"b25-mi-59m-walker": "the heart team has not agreed yet"}
"""Whom a contraindication bars from every exercise."""


def test_plain_pain_of_the_band_or_the_outer_hip_gets_exercises(people: list[Case]) -> None:
    """Whoever may wait and has one of these patterns, save where a contraindication bars it."""
    plain = {"itb_syndrome", "gluteal_tendon_pain"}
    idle = [
        person
        for person in people
        if person.level in ("self_care", "routine")
        and plain.intersection(person.patterns)
        and not person.filled.exercises
    ]
    assert sorted(WITHOUT_AN_EXERCISE) == [person.name for person in idle]
    for person in idle:
        assert person.filled.withheld
        assert all(prescription.restricted_by for prescription in person.filled.withheld)


def test_a_disputed_label_says_why() -> None:
    """A label that was changed says so in its file, with a source."""
    for path in PEOPLE:
        text = path.read_text()
        assert "disputed:" not in text or "http" in text, path.name
