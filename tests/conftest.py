"""What many tests share: the shipped rule book, loaded once, and where its examples are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.java import OLDEST, java
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook

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


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave Spark out where it cannot start."""
    return True if collection_path.name == "test_spark.py" and java() is None else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say whether Spark could start, for its tests are not there where it cannot."""
    found = java()
    missing = f"no Java {OLDEST} or later was found, so nothing was scored on Spark"
    terminalreporter.write_line(f"Spark: {f'Java {found} is here' if found else missing}")
