"""`triage map`: a draft of what the columns of a clinic's own table hold."""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import rules_option
from triage.commands.reading import read_book
from triage.commands.refusals import refusing_bad_input


@click.command("map", epilog="Example: triage map --suggest forms.csv > mapping.yaml")
@click.option("--suggest", "forms", required=True, metavar="FORMS", help="A table of forms.")
@rules_option
def map_columns(forms: str, rules: Path | None) -> None:
    """Draft a mapping: which column of a clinic's own table answers which question.

    The draft lists labels from the first rows of columns that seem to answer a question.
    """
    with refusing_bad_input():
        from triage.intake.files import open_table
        from triage.intake.suggest import suggest

        book = read_book(rules)
        click.echo(suggest(book, open_table(book, Path(forms))), nl=False)
