"""The console blocks of the README: what they show, and what the program prints.

`make readme` writes the second over the first.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from triage.commands.main import main

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(```console\n\$ triage (.*?)\n)(.*?)(```)", flags=re.DOTALL)


def shown() -> dict[str, str]:
    """Each command of a console block, and the output shown below it."""
    return {found[2]: found[3] for found in BLOCK.finditer(README.read_text())}


def printed(command: str) -> str:
    """What the program prints, run in the repository's folder."""
    result = CliRunner().invoke(main, shlex.split(command), prog_name="triage")
    assert result.exit_code == 0, result.output
    return result.output


if __name__ == "__main__":
    text = BLOCK.sub(lambda m: m[1] + printed(m[2]).strip() + "\n" + m[4], README.read_text())
    README.write_text(text)
