"""A slip in a rule of the shipped book does not pass unseen.

`python -m tests.mutation` prints the whole score, and every mutant that nobody noticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import mutation
from tests.mutation import WATCHERS, Mutant, Score, Watch
from tests.small import FOLDER as SMALL
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook

NOTICED = 0.95  # of all mutants, and of each kind, somebody notices so many
KINDS = {
    "rule left out",
    "premise pinned",
    "option left out",
    "part of any_of left out",
    "part of all_of left out",
    "part of count_of left out",
    "count moved",
    "threshold moved",
    "unless left out",
    "level lowered",
    "restriction weakened",
}
SURVIVORS: dict[str, str] = {}
"""Each mutant that nobody notices, and why that is right."""


@pytest.fixture(scope="module")
def scored(book: RuleBook) -> Score:
    """Every mutant of the shipped book and who noticed it."""
    return mutation.score(Watch(book, mutation.people(book), mutation.read_register()))


def share(scored: Score, kind: str | None = None) -> float:
    """Which part of the mutants, of a kind or of all, somebody notices."""
    noticed = [by is not None for mutant, by in scored.items() if kind in (None, mutant.kind)]
    return sum(noticed) / len(noticed)


def test_every_kind_of_slip_is_planted(scored: Score) -> None:
    """Each kind, and in each rule at least that it is left out and that each premise is pinned."""
    assert {mutant.kind for mutant in scored} == KINDS
    planted: dict[str, set[str]] = {}
    for mutant in scored:
        planted.setdefault(mutant.rule.name, set()).add(mutant.kind)
    assert all({"rule left out", "premise pinned"} <= kinds for kinds in planted.values())


def test_slips_are_noticed(scored: Score) -> None:
    """Nearly every mutant is noticed, in all and of each kind."""
    assert share(scored) >= NOTICED, mutation.table(scored)
    for kind in KINDS:
        assert share(scored, kind) >= NOTICED, mutation.table(scored)


def test_each_survivor_is_known_with_a_reason(scored: Score) -> None:
    """What passes unseen is listed above; what no longer does is not."""
    assert {str(mutant) for mutant, by in scored.items() if by is None} == set(SURVIVORS)


def test_slips_in_a_premise_are_noticed_by_the_rule_itself(scored: Score) -> None:
    """Its own examples are enough, so that an author who has no more than lint sees them."""
    of_conclusions = {"rule left out", "level lowered", "restriction weakened"}
    by = Counter(by for mutant, by in scored.items() if mutant.kind not in of_conclusions)
    assert {WATCHERS[0]} == set(by)


def test_most_lowered_levels_are_noticed_without_the_register(scored: Score) -> None:
    """The evidence rows, the cases and the forms know the right level; the register does not."""
    for kind in ("level lowered", "restriction weakened"):
        by = Counter(by for mutant, by in scored.items() if mutant.kind == kind)
        assert by[WATCHERS[3]] < by.total() / 2, mutation.table(scored)


def test_the_register_is_the_book(book: RuleBook) -> None:
    """It holds each rule and what that rule concludes, by name, and no more."""
    written = mutation.read_register()
    for name, rule in book.rules.items():
        assert written.get(name) == mutation.conclusion_of(rule), name
    assert list(written) == sorted(book.rules)
    assert mutation.REGISTER.read_text() == f"{mutation.register_of(book)}\n"


def test_without_examples_slips_pass() -> None:
    """The score is not good by itself: it falls with the examples that it rests on."""
    book = load_rule_book(SMALL)
    blind = {name: replace(rule, fires=(), silent=()) for name, rule in book.rules.items()}
    register = {name: mutation.conclusion_of(rule) for name, rule in book.rules.items()}

    def survivors(rules: RuleBook) -> Iterator[Mutant]:
        scored = mutation.score(Watch(rules, (), register))
        return (mutant for mutant, by in scored.items() if by is None)

    assert [] == [mutant for mutant in survivors(book) if mutant.kind == "premise pinned"]
    kinds = {mutant.kind for mutant in survivors(replace(book, rules=blind))}
    assert {"premise pinned", "threshold moved", "unless left out"} <= kinds


def test_without_a_register_lowered_levels_may_pass() -> None:
    """A rule whose level nothing else states a second time needs the register."""
    book = load_rule_book(SMALL)
    register = {name: mutation.conclusion_of(rule) for name, rule in book.rules.items()}
    kept = mutation.score(Watch(book, (), register))
    lowered = [m for m, by in kept.items() if (m.kind, by) == ("level lowered", WATCHERS[3])]
    assert {"red_flags/old_boiler", "red_flags/over_pressure"} == {m.rule.name for m in lowered}
