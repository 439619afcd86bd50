"""`triage lint`: every problem of a rule book, or what there is of it.

Not here: the checks (`authoring.lint`).
"""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import rules_option
from triage.commands.reading import read_book
from triage.commands.refusals import Refused, refusing_bad_input


@click.command(epilog="Example: triage lint --rules rules")
@rules_option
def lint(rules: Path | None) -> None:
    """Check a whole rule book, and name every problem with its file and line."""
    from triage.authoring.lint import lint as check
    from triage.authoring.reading_grade import level
    from triage.languages.checks import levels, wanted_of

    with refusing_bad_input():
        book = read_book(rules)
        problems = check(book)
        if problems:
            raise Refused("\n".join([*map(str, problems), f"{len(problems)} problems"]))
        examples = sum(len(rule.fires) + len(rule.silent) for rule in book.rules.values())
        click.echo(
            f"{book.title} {book.version}: {len(book.rules)} rules, {len(book.items)} questions, "
            f"{examples} examples, no problem found"
        )
        click.echo(level(book))
        assert book.origin.folder
        for line in levels(book.origin.folder, wanted_of(book)):
            click.echo(line)
