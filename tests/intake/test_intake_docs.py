"""What docs/intake.md shows is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from tests.tables_read import answers
from triage.book.rulebook import RuleBook
from triage.commands.main import main
from triage.intake.layouts import LAYOUTS
from triage.intake.mapping_file import KEYS, ROLE_KEYS, read_mapping
from triage.intake.profiles import PROFILES

TEXT = (ROOT / "docs" / "intake.md").read_text()


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the table and the mapping that the text shows."""
    for kind, name in (("csv", "clinic.csv"), ("yaml", "mapping.yaml")):
        (block,) = re.findall(rf"```{kind}\n(.*?)```", TEXT, flags=re.DOTALL)
        (tmp_path / name).write_text(block)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_mapping_reads_the_table(shown: Path, book: RuleBook) -> None:
    mapping = read_mapping(book, shown / "mapping.yaml")
    first, second = answers(shown / "clinic.csv", mapping, book)
    assert {
        "form": "17",
        "age": 34.0,
        "weeks_of_pain": 1.4286,
        "pain_places": {"outer_knee"},
        "walking": "as_usual",
    } == first
    assert {
        "form": "18",
        "age": 61.0,
        "pain_places": {"outer_knee", "hip"},
        "walking": "limp",
        "illness_or_swelling": {"leg_swollen", "not_sure"},
        "before_exercise": {"new_to_rolling", "not_sure"},
    } == second


def test_the_commands_run(shown: Path) -> None:
    suggest, score = re.findall(r"\$ triage (.*)", TEXT)
    command, target = suggest.split(" > ")
    assert "mapping.yaml" == target
    assert 0 == CliRunner().invoke(main, shlex.split(command)).exit_code
    result = CliRunner().invoke(main, shlex.split(score))
    assert 0 == result.exit_code, result.output
    assert "scored                2" in result.output
    assert (shown / "scored.csv").exists()


def test_every_profile_and_every_key_is_told_of() -> None:
    assert set(PROFILES) == set(LAYOUTS) == set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    for key in (*KEYS, *ROLE_KEYS):
        assert re.search(rf"\b{key}:|`{key}`", TEXT), key


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (ROOT / "docs" / target).exists(), target
