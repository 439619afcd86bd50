"""What commands read: the rule book in a language, one person's form, a finding by its name.

A form that is refused still names the red flags among its other answers.

Not here: files of many forms (`batches`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.commands.refusals import Refused

if TYPE_CHECKING:
    from triage.answers.reading import AnswersRefused
    from triage.book.rulebook import RuleBook
    from triage.book.rules import Finding
    from triage.intake.answers_file import Form


def read_book(rules: Path | None, language: str = "en") -> RuleBook:
    """The rule book in a folder, or the one that comes with the program, in a language."""
    from triage.book.loading import load_rule_book

    book = load_rule_book(rules)
    if language == book.language:
        return book
    from triage.languages.translated import in_language

    return in_language(book, language)


def read_one_form(book: RuleBook, answers: str, assume: str | None = None) -> Form:
    """The answers of one form, with its gaps filled from the file `assume` where there is one."""
    from triage.answers.reading import AnswersRefused
    from triage.intake.answers_file import Form, read_assumed, read_form

    try:
        form = read_form(book, answers)
        if form.notice:
            click.echo(form.notice, err=True)
        if assume:
            form = Form(form.responses.assuming(read_assumed(book, assume)), form.about)
    except AnswersRefused as error:
        raise Refused("\n".join([str(error), *_still_seen(book, error)])) from None
    return form


def _still_seen(book: RuleBook, error: AnswersRefused) -> Iterator[str]:
    """The red flags in the answers that can be read, whatever is wrong with the others."""
    from triage.assessment.assess import assess
    from triage.languages.words import words_of

    found: dict[str, Finding] = {}
    for usable in error.usable:
        for finding in assess(book, usable).present("red_flags"):
            found[finding.id] = finding
    if found:
        yield words_of(book)["still_seen"]
    for finding in found.values():
        assert finding.level is not None
        wording = book.dispositions[finding.level]
        yield f"  {finding.title} ({finding.id}): {wording.title} ({wording.time_frame})."


def finding_called(book: RuleBook, name: str, also: Iterable[str] = ()) -> Finding:
    """A finding by its own name or a rule's; `also` are other names that may have been meant."""
    from triage.problems import nearest, quoted

    if name in book.rules:
        name = book.rules[name].finding
    if name not in book.findings:
        near = nearest(name, [*book.findings, *book.rules, *also])
        raise Refused(f"no finding or rule called {quoted(name)}{near}")
    return book.findings[name]
