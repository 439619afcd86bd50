"""What the README shows is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from triage.cli import main

README = (ROOT / "README.md").read_text()
TRANSCRIPTS = re.findall(r"```console\n\$ triage (.*?)\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), TRANSCRIPTS, ids=[t[0] for t in TRANSCRIPTS])
def test_a_transcript_is_what_the_program_prints(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each console block shows a command and, to the letter, its output."""
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, shlex.split(command), prog_name="triage")
    assert 0 == result.exit_code
    assert shown.strip() == result.output.strip()


def test_there_are_transcripts() -> None:
    """The README shows the main job and the commands."""
    assert {"--help", "assess examples/forms/textbook_runner.yaml"} <= {t[0] for t in TRANSCRIPTS}


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python block runs, and prints what its comment says."""
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert "emergency\n" == capsys.readouterr().out


def test_the_answers_file_is_one(tmp_path: Path) -> None:
    """The YAML block is a form that the program reads."""
    (form,) = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    target = tmp_path / "answers.yaml"
    target.write_text(form)
    assert 0 == CliRunner().invoke(main, ["assess", str(target)]).exit_code


def test_every_command_is_named() -> None:
    """No command is missing from the README."""
    for command in main.commands:
        assert f"`triage {command}" in README


def test_links_to_files_lead_somewhere() -> None:
    """Files that the README links to exist."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
