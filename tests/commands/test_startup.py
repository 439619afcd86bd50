"""Nobody waits for a library that the command does not need."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import EXAMPLES, ROOT

FORM = str(EXAMPLES / "forms" / "textbook_runner.yaml")
MODULES = {"pyyaml": "yaml"}
"""What a library is imported as, where that is not its name."""


def imported(folder: Path, *arguments: str) -> set[str]:
    """The libraries and rooms that a command, run in a folder, has imported when it is done."""
    code = (
        "import sys\n"
        "from triage.commands.main import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert 0 == done.returncode, done.stderr
    assert done.stdout
    modules = done.stderr.split()
    rooms = {".".join(name.split(".")[:2]) for name in modules if name.startswith("triage.")}
    return {name.partition(".")[0] for name in modules} | rooms


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", FORM],
        ["assess", FORM, "--format", "json", "--language", "es"],
        ["explain", FORM],
        ["form"],
        ["form", "--format", "csv"],
        ["rules"],
        ["report", FORM, "-o", "sheet.html"],
    ],
    ids=lambda arguments: " ".join(Path(word).name for word in arguments),
)
def test_what_makes_no_table_and_no_pdf_waits_for_neither(
    arguments: list[str], tmp_path: Path
) -> None:
    """Polars and Typst take longer to import than a form takes to assess."""
    assert set() == imported(tmp_path, *arguments) & {"polars", "typst"}


def test_help_waits_for_click_alone(tmp_path: Path) -> None:
    """No other library is imported, and no room but that of the commands and the layouts' names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [Requirement(need).name.lower() for need in project["dependencies"]]
    libraries = {MODULES.get(name, name) for name in names}
    found = imported(tmp_path, "--help")
    assert {"click"} == found & libraries
    rooms = {name for name in found if name.startswith("triage.")}
    assert {"triage.commands", "triage.intake"} == rooms
