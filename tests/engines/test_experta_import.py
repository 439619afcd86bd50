"""The mended import of experta works on this Python and leaves no trace of the mending."""

import re
import subprocess
import sys
from importlib import metadata

from triage.engines import _experta


def run_fresh(code: str) -> None:
    """Runs code in a new interpreter: in this one pytest logs and experta is imported already."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_every_name_is_there() -> None:
    assert [name for name in _experta.__all__ if getattr(_experta, name, None) is None] == []


def test_an_engine_runs() -> None:
    heard = []

    class Answers(_experta.Fact):
        pass

    class Engine(_experta.KnowledgeEngine):
        @_experta.Rule(Answers(knee="hot", age=_experta.P(lambda years: years > 17)))
        def hot_knee_of_an_adult(self) -> None:
            heard.append("hot knee")

    engine = Engine()
    engine.reset()
    engine.declare(Answers(knee="hot", age=40), Answers(knee="hot", age=12))
    engine.run()

    assert heard == ["hot knee"]


def test_the_lent_name_is_gone_again() -> None:
    run_fresh(
        "import collections, triage.engines._experta\nassert not hasattr(collections, 'Mapping')"
    )


def test_a_name_that_somebody_else_lent_stays() -> None:
    run_fresh(
        "import collections, collections.abc\n"
        "collections.Mapping = collections.abc.Mapping\n"
        "import triage.engines._experta\n"
        "assert collections.Mapping is collections.abc.Mapping"
    )


def test_the_root_logger_is_untouched() -> None:
    run_fresh(
        "import logging\n"
        "root = logging.getLogger()\n"
        "root.setLevel(logging.ERROR)\n"
        "import triage.engines._experta\n"
        "assert (root.handlers, root.level) == ([], logging.ERROR)"
    )


def test_the_root_logger_keeps_what_it_had() -> None:
    run_fresh(
        "import logging\n"
        "root, ours = logging.getLogger(), logging.NullHandler()\n"
        "root.addHandler(ours)\n"
        "import triage.engines._experta\n"
        "assert root.handlers == [ours]"
    )


def test_no_answer_is_logged_even_where_everything_is() -> None:
    run_fresh(
        "import logging, sys\n"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)\n"
        "from triage.engines._experta import Fact, KnowledgeEngine\n"
        "engine = KnowledgeEngine()\n"
        "engine.reset()\n"
        "engine.declare(Fact(knee='hot'))\n"
        "engine.run()"
    )


def test_the_mending_is_still_needed() -> None:
    needs = metadata.requires("experta") or []

    assert any(re.fullmatch(r"frozendict *\(?==1\.2\)?", need) for need in needs), (
        "experta no longer pins frozendict 1.2, whose import fails on Python 3.10 and later. "
        "Try without the loan of collections.Mapping in triage/engines/_experta.py, and when "
        f"experta's import works, take it away, and this test with it. It needs: {needs}"
    )
