"""`triage report`: the take-home report on one person, or on every form of a table.

Not here: what a report says and how it looks (`triage.report`), and many at a time
(`batch.reports`).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.commands.batches import SOME_REJECTED, files_of, open_forms, progress
from triage.commands.options import assume_option, language_option, rules_option
from triage.commands.reading import read_book, read_one_form
from triage.commands.refusals import Refused, hiding_answers, refusing_bad_input
from triage.intake.layouts import LAYOUTS

if TYPE_CHECKING:
    from triage.report.rendering import Paper
    from triage.report.selection import Reader

GO_ON = "what is written stays, and the same command goes on from there"


@click.command(epilog="Example: triage report answers.yaml -o report.pdf")
@click.argument("forms", nargs=-1, required=True, metavar="ANSWERS|FORMS...")
@click.option("-o", "--output", metavar="FILE.(pdf|html|txt)", help="File to write for one person.")
@click.option("--out-dir", metavar="DIR", help="Folder for a report on every form of a table.")
@click.option(
    "--format",
    "ending",
    type=click.Choice(["pdf", "html", "txt"]),
    help="With --out-dir: what form the reports have; pdf where it is left out.",
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["person", "clinician"]),
    default="person",
    show_default=True,
    help="Whom it is for; a clinician's begins with the record, and has it in full.",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    default="a4",
    show_default=True,
    help="The paper that it is printed on.",
)
@click.option("--name", metavar="NAME", help="The person's name, to stand at the top.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day from which its dates are counted; today, where it is left out.",
)
@click.option("--mapping", metavar="FILE", help="With --out-dir: as for triage score.")
@click.option("--profile", type=click.Choice(LAYOUTS), help="With --out-dir: as for triage score.")
@language_option
@assume_option
@rules_option
@click.pass_context
def report(
    context: click.Context,
    forms: tuple[str, ...],
    output: str | None,
    out_dir: str | None,
    ending: str | None,
    reader: Reader,
    paper: Paper,
    name: str | None,
    day: datetime.datetime | None,
    mapping: str | None,
    profile: str | None,
    language: str,
    assume: str | None,
    rules: Path | None,
) -> None:
    """Write the take-home report on one person's ANSWERS, or on every form of a table.

    With -o, the ending of FILE chooses its form. With --out-dir, FORMS are tables as for triage
    score, and each form gets a report that is called after it. The same command goes on where a run
    was stopped.

    Exit status: 0 all written, 1 some forms rejected, 2 nothing could be done.
    """
    today = day.date() if day else datetime.date.today()
    if (output is None) == (out_dir is None):
        raise Refused(
            f"read {'neither' if output is None else 'both'} of -o and --out-dir, expected "
            "-o FILE for one person, or --out-dir DIR for every form of a table"
        )
    if output is not None:
        _check_unused("-o", {"--format": ending, "--mapping": mapping, "--profile": profile})
        if len(forms) > 1:
            raise Refused(f"-o: read {len(forms)} files, expected the ANSWERS of one person")
        _report_one(
            forms[0], Path(output), reader, paper, name or "", today, language, assume, rules
        )
        return
    assert out_dir is not None
    _check_unused("--out-dir", {"--name": name, "--assume": assume})
    with hiding_answers(GO_ON), refusing_bad_input():
        from triage.batch.report_maker import Options
        from triage.batch.reports import closing_lines, run
        from triage.report.rendering import FORMS

        batch = open_forms(read_book(rules), forms, mapping, profile)
        folder = Path(out_dir)
        for file in files_of(batch, mapping):
            if file.resolve().parent == folder.resolve():
                raise Refused(f"{file}: is in {out_dir}, expected a folder for reports only")
        options = Options(FORMS[f".{ending or 'pdf'}"], paper, reader, today, language)
        with progress(batch.tables) as tell:
            printed = run(batch, options, folder, progress=tell)
    for line in closing_lines(printed, out_dir):
        click.echo(line)
    if printed.rejected:
        context.exit(SOME_REJECTED)


def _check_unused(beside: str, given: dict[str, str | None]) -> None:
    """Refuse options that would do nothing."""
    for option, value in given.items():
        if value is not None:
            raise Refused(f"read {option} beside {beside}, expected one without the other")


def _report_one(
    answers: str,
    target: Path,
    reader: Reader,
    paper: Paper,
    name: str,
    today: datetime.date,
    language: str,
    assume: str | None,
    rules: Path | None,
) -> None:
    from triage.report.rendering import FORMS

    form = FORMS.get(target.suffix.lower())
    if form is None:
        endings = " or ".join(FORMS)
        raise Refused(f"{target}: read the ending '{target.suffix}', expected {endings}")
    with refusing_bad_input():
        from triage.assessment.assess import assess as assess_one
        from triage.intake.answers_file import write_private
        from triage.languages.words import words_of
        from triage.report.rendering import render, view

        book = read_book(rules, language)
        assessment = assess_one(book, read_one_form(book, answers, assume).responses)
        write_private(target, render(view(assessment, today, name, reader), form, paper))
        click.echo(words_of(book).say("report_written", file=target))
