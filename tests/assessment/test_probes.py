"""Made-up people of fresh reviewers, who wrote down what they wanted before anything was run.

They were written to find holes, so their sums are no rates of the real world; what was found first,
and what was mended, is in docs/review.md.  `pytest -rP tests/assessment/test_probes.py` prints
one line a person.
"""

from __future__ import annotations

import sys

import pytest

from tests.conftest import EXAMPLES
from tests.expected import Case, assessed, reassuring, rows, sums
from triage.book.levels import URGENCY
from triage.book.rulebook import RuleBook

PROBES = sorted((EXAMPLES / "probes").glob("*.yaml"))
REVIEW = EXAMPLES.parent / "docs" / "review.md"


@pytest.fixture(scope="module")
def probes(book: RuleBook) -> list[Case]:
    """Every probe, assessed."""
    assumed = reassuring(book)
    return [assessed(path, book, assumed) for path in PROBES]


def test_nobody_gets_too_little_or_too_much(probes: list[Case]) -> None:
    """Each level is one that the reviewer could defend."""
    sys.stdout.write("\n".join(["", *rows(probes), "", *sums(probes), ""]))
    assert [] == [probe.name for probe in probes if not probe.acceptable]


def test_the_page_names_every_one(probes: list[Case]) -> None:
    """With what was wanted, and what they get now."""
    said = REVIEW.read_text(encoding="utf-8").splitlines()
    for probe in probes:
        (line,) = [line for line in said if line.startswith(f"| `{probe.name}`")]
        *_, wanted, _, _, now, _ = (cell.strip() for cell in line.split("|"))
        assert (str(probe.expects["disposition"]), probe.level) == (wanted, now), probe.name


def test_labels_are_levels(probes: list[Case]) -> None:
    """So that a slip of the pen is no miss."""
    for probe in probes:
        assert set(URGENCY) >= {probe.expects["disposition"], *probe.expects["acceptable"]}
