"""The hazard log of the shipped book: every law and test that it names as a control is there.

Rules and texts that it names are checked when the book is read, and red flags that it leaves out
by lint.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from triage.book.rulebook import RuleBook

LAWS = Path("tests") / "assessment" / "test_laws.py"


@cache
def named_in(file: Path) -> frozenset[str]:
    """The names of the tests that a file holds."""
    tree = ast.parse((ROOT / file).read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def controls(book: RuleBook, kind: str) -> dict[str, str]:
    """The controls of a kind, each with the hazard that names it."""
    return {
        control.name: hazard.id
        for hazard in book.origin.hazards.values()
        for control in hazard.controls
        if control.kind == kind
    }


def test_every_law_that_is_named_is_tested(book: RuleBook) -> None:
    """A law is a property test of tests/assessment/test_laws.py, named without its `test_`."""
    named = {f"test_{law}" for law in controls(book, "law")}
    assert named
    assert set() == named - named_in(LAWS)


def test_every_test_that_is_named_exists(book: RuleBook) -> None:
    """A test is named as pytest names it, file and function."""
    named = controls(book, "test")
    assert named
    for name in named:
        file, _, function = name.partition("::")
        assert (ROOT / file).is_file(), name
        assert function in named_in(Path(file)), name


def test_every_law_stands_against_some_hazard(book: RuleBook) -> None:
    """A law that controls nothing would be a law for its own sake."""
    about_the_tests = {"test_the_drawn_forms_reach_every_corner"}
    named = {f"test_{law}" for law in controls(book, "law")}
    assert set() == named_in(LAWS) - named - about_the_tests


def test_no_hazard_rests_on_words_alone(book: RuleBook) -> None:
    """Beside a text that people may skip stands a rule, a law or a test."""
    for hazard in book.origin.hazards.values():
        assert {control.kind for control in hazard.controls} - {"text"}, hazard.id


@pytest.mark.parametrize("what", ["severity", "likelihood"])
def test_estimates_tell_hazards_apart(book: RuleBook, what: str) -> None:
    """Estimates that were all alike would say nothing."""
    assert 3 <= len({getattr(hazard, what) for hazard in book.origin.hazards.values()})


def test_the_log_is_as_long_as_it_should_be(book: RuleBook) -> None:
    """Long enough to be honest, and short enough to be read."""
    assert 20 <= len(book.origin.hazards) <= 45
