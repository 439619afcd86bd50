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
from triage.book.rulebook import URGENCY, RuleBook, urgency_rank

PEOPLE = sorted((EXAMPLES / "people").glob("*.yaml"))
UNDER: dict[str, str] = {}
"""Who gets a level that is not urgent enough, and why."""
OVER: dict[str, str] = {}
"""Who gets a level that is too urgent, and why."""


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
