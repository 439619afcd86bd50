"""`triage score`: files of many forms, one row or line a form."""

from __future__ import annotations

from pathlib import Path

import click

from triage.commands.batches import SOME_REJECTED, check_apart, files_of, open_forms, progress
from triage.commands.options import rules_option
from triage.commands.reading import read_book
from triage.commands.refusals import hiding_answers, refusing_bad_input
from triage.intake.layouts import LAYOUTS


@click.command(epilog="Example: triage score exports/*.csv -o scored.csv --summary summary.html")
@click.argument("forms", nargs=-1, required=True, metavar="FORMS...")
@click.option(
    "-o", "--output", required=True, metavar="FILE.(csv|parquet|jsonl)", help="File to write."
)
@click.option(
    "--rejected",
    metavar="FILE.(csv|jsonl)",
    help="Where rejected forms go, with their reasons; beside the output where it is left out.",
)
@click.option("--mapping", metavar="FILE", help="What each column holds; see triage map.")
@click.option("--profile", type=click.Choice(LAYOUTS), help="A layout that is known, by name.")
@click.option("--explain", is_flag=True, help="Add a column of the rules that fired.")
@click.option("--summary", metavar="FILE.html", help="Write a page of counts, with bars.")
@rules_option
@click.pass_context
def score(
    context: click.Context,
    forms: tuple[str, ...],
    output: str,
    rejected: str | None,
    mapping: str | None,
    profile: str | None,
    explain: bool,
    summary: str | None,
    rules: Path | None,
) -> None:
    """Score many FORMS: CSV, TSV, JSON Lines, Parquet, Excel or FHIR, one row or line a form.

    Several files, or a pattern such as 'exports/*.csv', must have the same columns. Where neither
    a mapping nor a profile is given, the layout is found out from the header. Each row is a form of
    its own, also where two have the same name.

    Exit status: 0 all scored, 1 some rejected, 2 nothing could be done.
    """
    with hiding_answers(), refusing_bad_input():
        import datetime

        from triage.batch.score_files import run
        from triage.batch.summary import closing_lines, page
        from triage.intake.files import check_name
        from triage.intake.output import PAGES, REJECTS, ROWS, beside, check_ending

        target = Path(output)
        refused = Path(rejected) if rejected else target.with_name(f"{target.stem}.rejected.csv")
        check_ending(target, ROWS)
        check_ending(refused, REJECTS)
        written = [refused, target]
        if summary:
            check_ending(Path(summary), PAGES)
            written.append(Path(summary))
        book = read_book(rules)
        for file in written:
            check_name(file)
        batch = open_forms(book, forms, mapping, profile)
        check_apart(written, files_of(batch, mapping))
        with beside(*written) as (rejects, rows, *pages):
            with progress(batch.tables) as tell:
                outcome = run(batch, rows, rejects, explain=explain, progress=tell)
            for part in pages:
                part.write(page(book, outcome, str(refused), datetime.date.today()).encode())
    for line in closing_lines(book, outcome, str(target), str(refused)):
        click.echo(line)
    if outcome.rejected:
        context.exit(SOME_REJECTED)
