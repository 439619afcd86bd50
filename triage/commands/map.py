"""`triage map`: a draft of what the columns of a clinic's own table hold."""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import rules_option
from triage.commands.reading import read_book
from triage.commands.refusals import refusing_bad_input


@click.command("map", epilog="Example: triage map --suggest forms.csv > mapping.yaml")
@click.option("--suggest", "forms", required=True, metavar="FORMS", help="A table of forms.")
@click.option(
    "--dictionary",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The forms' data dictionary, of REDCap: what its fields and their codes mean.",
)
@rules_option
def map_columns(forms: str, dictionary: Path | None, rules: Path | None) -> None:
    """Draft a mapping: which column of a clinic's own table answers which question.

    The draft shows a few short texts of each column's first rows. What is guessed has to be
    confirmed in it before triage score takes it.
    """
    with refusing_bad_input():
        from triage.intake.dictionary import read_dictionary
        from triage.intake.files import open_table
        from triage.intake.suggest import suggest

        book = read_book(rules)
        fields = read_dictionary(dictionary) if dictionary else None
        click.echo(suggest(book, open_table(book, Path(forms)), fields), nl=False)
