"""Writes every text that has no translation yet into the catalogues: `make languages`.

Those of the rule book stand in `rules/languages/`, those of the report's own words in
`reports/languages/`.  With a code, such as `python -m tools.language_files fr`, it begins that
language.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from jinja2.ext import babel_extract

from tools.catalogue_update import updated, written
from triage.book.loading import load_rule_book
from triage.languages.catalogue import Wanted, file_of, parse, read
from triage.languages.checks import levels, others, wanted_of
from triage.languages.words import REPORT, TERMINAL
from triage.resources import reports_folder, rules_folder, templates_folder

HEAD = """\
# DRAFT: no clinician whose language this is has checked it yet.
msgid ""
msgstr ""
"Project-Id-Version: itb-triage texts\\n"
"Report-Msgid-Bugs-To: itb-triage contributors\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""
"""What a new language begins with."""
WORDS = (REPORT, TERMINAL)
FUNCTIONS = ("_", "gettext", "ngettext")
NAME = re.compile(r'{% (?:set|macro) (\w+)|^ +"(\w+)":')
"""How a line of the report's words begins: a name of its own, or a choice of the name above."""


def wanted_of_report() -> tuple[Wanted, ...]:
    """Every text of the report's and the terminal's own words."""
    return tuple(wanted for template in WORDS for wanted in wanted_of_words(template))


def wanted_of_words(template: str) -> Iterator[Wanted]:
    """Every text of a template of words, at the name under which others find it."""
    source = (templates_folder() / template).read_text("utf-8")
    names = list(_names(source.splitlines()))
    for line, kind, said, _ in babel_extract(io.BytesIO(source.encode()), FUNCTIONS, (), {}):
        texts = [said] if isinstance(said, str) else [text for text in said or () if text]
        text = (texts[0], texts[1]) if kind == "ngettext" else texts[0]
        yield Wanted(text, f"{template}/{names[line - 1]}")


def _names(source: Sequence[str]) -> Iterator[str]:
    above = ""
    for line in source:
        found = NAME.match(line)
        if found and found[1]:
            above = found[1]
        yield f"{above}/{found[2]}" if found and found[2] else above


def update(folder: Path, wanted: Sequence[Wanted], begun: Sequence[str]) -> None:
    """Bring every catalogue of a folder up to date, and begin others."""
    for code in dict.fromkeys([*others(folder), *begun]):
        file = file_of(folder, code)
        old = read(folder, code) if file.exists() else parse(HEAD.encode(), file.name, code)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(written(updated(old, wanted)))


def main(begun: Sequence[str]) -> None:
    """Do so for the rule book and the report, and print how far each language is."""
    for folder, wanted in (
        (rules_folder(), wanted_of(load_rule_book())),
        (reports_folder(), wanted_of_report()),
    ):
        update(folder, wanted, begun)
        for line in levels(folder, wanted):
            click.echo(f"{folder.name}/{line}")


if __name__ == "__main__":
    main(sys.argv[1:])
