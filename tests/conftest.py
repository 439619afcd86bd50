"""What many tests share: the shipped rule book, loaded once, and where its examples are."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.java import OLDEST, java
from triage.book import loading
from triage.book.rulebook import RuleBook
from triage.languages import translated

# Python looks for garbage whenever there are some 700 objects more.  Drawing examples makes so
# many, and finds so little, that this would be a quarter of the time that the tests take.
gc.set_threshold(10_000)

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
READ_REPORTS = ("languages", "report")
"""The rooms whose tests read the same reports."""


@pytest.fixture(scope="session")
def book() -> RuleBook:
    """The shipped rule book."""
    from tests.shipped import BOOK

    return BOOK


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Commands that run in this process find the shipped book read, translated and compiled.

    The same files make the same book, which nobody can change.  Other folders are read anew, and
    so is the shipped one by whatever runs in a process of its own.
    """
    from tests.shipped import BOOK

    load, translate = loading.load_rule_book, translated.in_language
    translation = cache(lambda code: translate(BOOK, code))

    def load_once(rules: Path | str | None = None) -> RuleBook:
        return BOOK if rules is None else load(rules)

    def translate_once(english: RuleBook, code: str) -> RuleBook:
        return translation(code) if english is BOOK else translate(english, code)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_rule_book", load_once)
        patch.setattr(translated, "in_language", translate_once)
        yield


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end, and need not be looked through for garbage again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def forms() -> Path:
    """The folder of shipped intake forms."""
    return EXAMPLES / "forms"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """On several processors, tests that share what is slow to make stay together.

    They are those of a file, and all that read reports.
    """
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            _, room, *_ = nodeid.split("/")
            return "reports" if room in READ_REPORTS else super()._split_scope(nodeid)

    return Together(config, log)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave Spark out where it cannot start."""
    return True if collection_path.name == "test_spark.py" and java() is None else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say whether Spark could start, for its tests are not there where it cannot."""
    found = java()
    missing = f"no Java {OLDEST} or later was found, so nothing was scored on Spark"
    terminalreporter.write_line(f"Spark: {f'Java {found} is here' if found else missing}")
