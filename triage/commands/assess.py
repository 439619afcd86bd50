"""`triage assess`: one form that is filled in, as text or as JSON."""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import answers_argument, assume_option, language_option, rules_option
from triage.commands.reading import read_book, read_one_form
from triage.commands.refusals import refusing_bad_input


@click.command(epilog="Example: triage assess answers.yaml --format json")
@answers_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@language_option
@assume_option
@rules_option
def assess(answers: str, form: str, language: str, assume: str | None, rules: Path | None) -> None:
    """Assess the ANSWERS in a YAML or JSON file; `-` reads standard input."""
    from triage.assessment.assess import assess as assess_one

    with refusing_bad_input():
        book = read_book(rules, language)
        assessment = assess_one(book, read_one_form(book, answers, assume).responses)
        if form == "json":
            import json

            from triage.assessment.json_form import as_json

            click.echo(json.dumps(as_json(assessment), indent=2, ensure_ascii=False))
        else:
            from triage.report.rendering import summary

            click.echo(summary(assessment), nl=False)
