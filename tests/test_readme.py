"""What the README shows is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from tools.transcripts import README, printed, shown
from triage.commands.main import main

TEXT = README.read_text()


@pytest.mark.parametrize("command", shown())
def test_a_transcript_is_what_the_program_prints(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each console block shows a command and, to the letter, its output."""
    monkeypatch.chdir(ROOT)
    assert shown()[command].strip() == printed(command).strip()


def test_there_are_transcripts() -> None:
    """The README shows the main job and the commands."""
    assert {"--help", "assess examples/forms/textbook_runner.yaml"} <= set(shown())


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python block runs, and prints what its comment says."""
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert "emergency\n" == capsys.readouterr().out


def test_the_answers_file_is_one(tmp_path: Path) -> None:
    """The YAML block is a form that the program reads."""
    (form,) = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)
    target = tmp_path / "answers.yaml"
    target.write_text(form)
    assert 0 == CliRunner().invoke(main, ["assess", str(target)]).exit_code


def test_every_command_is_named() -> None:
    """No command is missing from the README."""
    for command in main.commands:
        assert f"`triage {command}" in TEXT


def test_links_to_files_lead_somewhere() -> None:
    """Files that the README links to exist."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target
