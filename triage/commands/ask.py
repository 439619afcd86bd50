"""`triage ask`: the interview.  Not here: the interview itself (`triage.interview`)."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from triage.commands.options import language_option, rules_option
from triage.commands.reading import read_book, read_one_form
from triage.commands.refusals import Refused, refusing_bad_input


@click.command(epilog="Example: triage ask my-answers.yaml")
@click.argument("answers", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@language_option
@rules_option
def ask(answers: Path | None, language: str, rules: Path | None) -> None:
    """Answer the questions one at a time, in this terminal.

    With FILE, every answer is kept there, readable by you only; if FILE is there already, the
    interview goes on from it.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise Refused(
            "triage ask needs a terminal to ask in. Without one, fill in a form instead:\n"
            "  triage form > answers.yaml\n"
            "  triage assess answers.yaml"
        )
    from triage.interview.terminal import run

    with refusing_bad_input():
        book = read_book(rules, language)
        started = read_one_form(book, str(answers)) if answers and answers.exists() else None
        run(book, answers, started)
