"""`triage rules`: the rule book in plain words.

Not here: the words for a rule (`authoring.prose`) and for the evidence (`authoring.traceability`).
"""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.options import language_option, rules_option
from triage.commands.reading import finding_called, read_book
from triage.commands.refusals import refusing_bad_input


@click.command("rules", epilog="Example: triage rules itb_syndrome")
@click.argument("name", required=False)
@click.option("--coverage", is_flag=True, help="Print what encodes each row of the evidence.")
@language_option
@rules_option
def show_rules(name: str | None, coverage: bool, language: str, rules: Path | None) -> None:
    """Print the rule book, or the rules of one finding, in plain words with their sources."""
    from triage.authoring import traceability
    from triage.authoring.prose import rule_in_words
    from triage.languages.words import draft_note, words_of

    if name and coverage:
        raise click.UsageError("--coverage is about the whole book; expected no NAME beside it")
    with refusing_bad_input():
        book = read_book(rules, language)
        if coverage:
            click.echo("\n".join(traceability.coverage(book)))
            return
        if name is None:
            digest = book.digest[:12]
            said = words_of(book).say("book", title=book.title, version=book.version, digest=digest)
            click.echo(f"{said}\n")
            chosen = list(book.rules.values())
        elif name in book.rules:
            chosen = [book.rules[name]]
        else:
            chosen = list(finding_called(book, name).rules)
        printed = ["\n".join(rule_in_words(book, rule)) for rule in chosen]
        note = draft_note(book)
        click.echo("\n\n".join([*printed, *([note] if note else [])]))
