"""Writes every text that has no translation yet into the catalogues: `make languages`.

With a code, such as `python -m tests.language_files fr`, it begins that language.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from triage.languages.catalogue import file_of, parse, read
from triage.languages.checks import levels, others, wanted_of
from triage.languages.update import updated, written
from triage.loader import load_rule_book
from triage.resources import rules_folder

HEAD = """\
# DRAFT: no clinician whose language this is has checked it yet.
msgid ""
msgstr ""
"Project-Id-Version: itb-triage\\n"
"Report-Msgid-Bugs-To: itb-triage contributors\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""
"""What a new language begins with."""


def update(folder: Path, wanted: tuple, begun: list[str]) -> None:
    """Bring every catalogue of a folder up to date, and begin others."""
    for code in dict.fromkeys([*others(folder), *begun]):
        file = file_of(folder, code)
        old = read(folder, code) if file.exists() else parse(HEAD.encode(), file.name, code)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(written(updated(old, wanted)))


def main(begun: list[str]) -> None:
    """Do so for the rule book, and print how far each language is."""
    folder, wanted = rules_folder(), wanted_of(load_rule_book())
    update(folder, wanted, begun)
    for line in levels(folder, wanted):
        click.echo(line)


if __name__ == "__main__":
    main(sys.argv[1:])
