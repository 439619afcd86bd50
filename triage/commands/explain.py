"""`triage explain`: why, why not, and what would settle it.

Not here: the explanation as text (`authoring.explanations`).
"""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import answers_argument, assume_option, language_option, rules_option
from triage.commands.reading import finding_called, read_book, read_one_form
from triage.commands.refusals import refusing_bad_input


@click.command(epilog="Example: triage explain answers.yaml foam_rolling")
@answers_argument
@click.argument("name", required=False)
@language_option
@assume_option
@rules_option
def explain(
    answers: str, name: str | None, language: str, assume: str | None, rules: Path | None
) -> None:
    """Say why, why not, and which answers would settle it.

    NAME is a finding, an exercise, or a rule such as causes/footwear/worn_out; without it, all is
    shown.
    """
    from triage.assessment.assess import assess as assess_one
    from triage.authoring.explanations import Explainer
    from triage.languages.words import draft_note

    with refusing_bad_input():
        book = read_book(rules, language)
        # A wrong name is said before the answers are looked at.
        exercise = book.exercises.get(name) if name else None
        finding = finding_called(book, name, book.exercises) if name and not exercise else None
        explainer = Explainer(assess_one(book, read_one_form(book, answers, assume).responses))
        if finding:
            lines = explainer.finding(finding)
        else:
            lines = explainer.exercise(exercise) if exercise else explainer.overview()
        note = draft_note(book)
        click.echo("\n".join([*lines, *(["", note] if note else [])]))
