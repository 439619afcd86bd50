"""`triage form`: a blank form, for one person or for many.

Not here: what a blank form says (`intake.answers_file` for one person, `intake.blank` for many).
"""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import rules_option
from triage.commands.reading import read_book
from triage.commands.refusals import Refused, refusing_bad_input


@click.command(epilog="Example: triage form > answers.yaml")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["yaml", "csv", "xlsx", "json-schema"]),
    default="yaml",
    help="yaml: one person's answers. csv, xlsx: a row for each of many. "
    "json-schema: what a line of JSON Lines holds.",
)
@click.option("-o", "--output", metavar="FILE", help="File to write; needed for xlsx.")
@rules_option
def form(kind: str, output: str | None, rules: Path | None) -> None:
    """Print a blank form: every question with its options, units and help."""
    from triage.intake import blank
    from triage.intake.answers_file import blank_form, write_private
    from triage.intake.output import beside

    with refusing_bad_input():
        book = read_book(rules)
        if kind == "xlsx":
            if output is None:
                raise Refused("a workbook needs a file to write: triage form --format xlsx -o FILE")
            with beside(Path(output)) as (part,):
                blank.write_workbook(book, part.path)
            return
        if kind == "json-schema":
            import json

            text = json.dumps(blank.json_schema(book), indent=2, ensure_ascii=False) + "\n"
        else:
            text = blank.blank_csv(book) if kind == "csv" else blank_form(book)
        if output is None:
            click.echo(text, nl=False)
        else:
            write_private(Path(output), text.encode())
