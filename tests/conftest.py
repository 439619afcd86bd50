"""What many tests share: the shipped rule book, loaded once, and where its examples are."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.loader import load_rule_book
from triage.rulebook import RuleBook

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="session")
def book() -> RuleBook:
    """The shipped rule book."""
    return load_rule_book()


@pytest.fixture
def forms() -> Path:
    """The folder of shipped intake forms."""
    return EXAMPLES / "forms"
