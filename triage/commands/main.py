"""The `triage` command.  It and `terminal` are the only modules that ask and print.

Libraries are imported inside the commands that need them, so that `triage --help` answers at once.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from triage.answers.responses import AnswersRefused
    from triage.batch.score_files import Job
    from triage.book.rulebook import RuleBook
    from triage.book.rules import Finding
    from triage.intake.answers_file import Form
    from triage.intake.tables import Table
    from triage.report.rendering import Paper
    from triage.report.selection import Reader

BAD_INPUT = 2
"""Exit status for bad usage and bad input."""
SOME_REJECTED = 1
"""Exit status of a batch of which some forms were rejected."""
A_BUG = "this is a bug in the program, please report it"
NOTHING = "nothing was written"
GO_ON = "what is written stays, and the same command goes on from there"
LAYOUTS = ("template", "redcap", "google", "microsoft", "fhir")
"""The profiles of `intake.profiles`; naming them here spares `--help` its import."""

Command = TypeVar("Command", bound=Callable[..., Any])


class Refused(click.ClickException):
    """Bad input, said without a traceback."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        """Print the message, a line each problem, to standard error."""
        click.echo(self.message, err=True)


@contextmanager
def refusing_bad_input() -> Iterator[None]:
    """Turn bad input, and files that cannot be written, into a message and exit status 2."""
    from triage.problems import BadInput

    try:
        yield
    except BadInput as error:
        raise Refused(str(error)) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise Refused(f"{place}{(error.strerror or 'cannot be used').lower()}") from None


@contextmanager
def needing_polars() -> Iterator[None]:
    """Say which extra is missing where Polars is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "polars":
            raise
        extra = "pip install 'itb-triage[polars]'"
        raise Refused(f"reading many forms needs the extra 'polars': {extra}") from None


@contextmanager
def hiding_answers(left: str = NOTHING) -> Iterator[None]:
    """Say where a bug stopped a batch, and not what Python says of it: that may hold answers.

    The exit status is that of a batch that was not done, also where somebody stopped it.

    Args:
        left: what is there when it was stopped.
    """
    from triage.problems import EnginesDisagree

    try:
        yield
    except (click.ClickException, click.exceptions.Exit, ModuleNotFoundError):
        raise
    except KeyboardInterrupt:
        raise Refused(f"stopped: {left}") from None
    except EnginesDisagree as error:
        raise Refused(f"{error}: {left}; {A_BUG}") from None
    except Exception as error:
        here = Path(__file__).parent
        frames = traceback.extract_tb(error.__traceback__)
        *_, place = [frame for frame in frames if here in Path(frame.filename).parents]
        where = f"{Path(place.filename).name}:{place.lineno}"
        raise Refused(f"{type(error).__name__} in {where}: {left}; {A_BUG}") from None


def rules_option(command: Command) -> Command:
    """`--rules DIR`, on every command that reads the rule book."""
    return click.option(
        "--rules",
        "rules",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Use the rule book in DIR instead of the one that comes with the program.",
    )(command)


def language_option(command: Command) -> Command:
    """`--language CODE`, on every command that shows texts of the rule book to people."""
    return click.option(
        "--language",
        default="en",
        show_default=True,
        metavar="CODE",
        help="The language of what people read, such as es; errors and --help stay English.",
    )(command)


def assume_option(command: Command) -> Command:
    """`--assume FILE`, on every command that reads answers."""
    return click.option(
        "--assume",
        metavar="FILE",
        help="Answers to use where the form has none, such as what a clinic settled elsewhere.",
    )(command)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="Not a diagnosis. In an emergency, call your local emergency number.",
)
@click.version_option(package_name="itb-triage", prog_name="triage")
@click.pass_context
def main(context: click.Context) -> None:
    """Rule-based triage of pain along the IT band: outer hip, thigh and knee.

    \b
    triage ask                            answer questions, one at a time
    triage assess answers.yaml            assess a form that is filled in
    triage report answers.yaml -o me.pdf  write the sheet to keep
    triage score forms.csv -o scored.csv  score many forms at once
    """  # noqa: D301 - click reads the escape
    if os.environ.get("NO_COLOR"):
        context.color = False


def _book(rules: Path | None, language: str = "en") -> RuleBook:
    from triage.book.loading import load_rule_book

    book = load_rule_book(rules)
    if language == book.language:
        return book
    from triage.languages.translated import in_language

    return in_language(book, language)


def _form(book: RuleBook, answers: str, assume: str | None) -> Form:
    """The answers of a form, gaps filled where asked; a refusal still names red flags."""
    from triage.answers.responses import AnswersRefused
    from triage.intake.answers_file import Form, read_assumed, read_form

    try:
        form = read_form(book, answers)
        if assume:
            form = Form(form.responses.assuming(read_assumed(book, assume)), form.about)
    except AnswersRefused as error:
        raise Refused("\n".join([str(error), *_still_seen(book, error)])) from None
    return form


def _still_seen(book: RuleBook, error: AnswersRefused) -> Iterator[str]:
    """The red flags in the answers that can be read, whatever is wrong with the others."""
    from triage.assessment.assess import assess

    found: dict[str, Finding] = {}
    for usable in error.usable:
        for finding in assess(book, usable).present("red_flags"):
            found[finding.id] = finding
    if found:
        yield "The form is refused. Even so, its other answers show a warning sign:"
    for finding in found.values():
        assert finding.level is not None
        wording = book.dispositions[finding.level]
        yield f"  {finding.title} ({finding.id}): {wording.title} ({wording.time_frame})."


ANSWERS = click.argument("answers", metavar="ANSWERS")


@main.command(epilog="Example: triage assess answers.yaml --format json")
@ANSWERS
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@language_option
@assume_option
@rules_option
def assess(answers: str, form: str, language: str, assume: str | None, rules: Path | None) -> None:
    """Assess the ANSWERS in a YAML or JSON file; `-` reads standard input."""
    from triage.assessment.assess import assess as assess_one

    with refusing_bad_input():
        book = _book(rules, language)
        assessment = assess_one(book, _form(book, answers, assume).responses)
        if form == "json":
            import json

            from triage.assessment.json_form import as_json

            click.echo(json.dumps(as_json(assessment), indent=2, ensure_ascii=False))
        else:
            from triage.report.rendering import summary

            click.echo(summary(assessment), nl=False)


@main.command(epilog="Example: triage report answers.yaml -o report.pdf")
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
    with needing_polars(), hiding_answers(GO_ON), refusing_bad_input():
        from triage.batch.report_maker import Options
        from triage.batch.reports import closing_lines, run
        from triage.report.rendering import FORMS

        batch = _job(_book(rules), forms, mapping, profile)
        folder = Path(out_dir)
        for file in _files_of(batch, mapping):
            if file.resolve().parent == folder.resolve():
                raise Refused(f"{file}: is in {out_dir}, expected a folder for reports only")
        options = Options(FORMS[f".{ending or 'pdf'}"], paper, reader, today, language)
        with _progress(batch.tables) as tell:
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
        from triage.report.rendering import render, view

        book = _book(rules, language)
        assessment = assess_one(book, _form(book, answers, assume).responses)
        write_private(target, render(view(assessment, today, name, reader), form, paper))
        click.echo(f"report: {target}")


@main.command(epilog="Example: triage explain answers.yaml foam_rolling")
@ANSWERS
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
        book = _book(rules, language)
        # A wrong name is said before the answers are looked at.
        exercise = book.exercises.get(name) if name else None
        finding = _finding(book, name, book.exercises) if name and not exercise else None
        explainer = Explainer(assess_one(book, _form(book, answers, assume).responses))
        if finding:
            lines = explainer.finding(finding)
        else:
            lines = explainer.exercise(exercise) if exercise else explainer.overview()
        note = draft_note(book)
        click.echo("\n".join([*lines, *(["", note] if note else [])]))


def _finding(book: RuleBook, name: str, also: Iterable[str] = ()) -> Finding:
    """A finding by its own name or a rule's; `also` are other names that may have been meant."""
    from triage.problems import nearest, quoted

    if name in book.rules:
        name = book.rules[name].finding
    if name not in book.findings:
        near = nearest(name, [*book.findings, *book.rules, *also])
        raise Refused(f"no finding or rule called {quoted(name)}{near}")
    return book.findings[name]


@main.command("rules", epilog="Example: triage rules itb_syndrome")
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
        book = _book(rules, language)
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
            chosen = list(_finding(book, name).rules)
        printed = ["\n".join(rule_in_words(book, rule)) for rule in chosen]
        note = draft_note(book)
        click.echo("\n\n".join([*printed, *([note] if note else [])]))


@main.command(epilog="Example: triage form > answers.yaml")
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
        book = _book(rules)
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


@main.command(epilog="Example: triage score exports/*.csv -o scored.csv --summary summary.html")
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
    with needing_polars(), hiding_answers(), refusing_bad_input():
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
        book = _book(rules)
        for file in written:
            check_name(file)
        batch = _job(book, forms, mapping, profile)
        _check_apart(written, _files_of(batch, mapping))
        with beside(*written) as (rejects, rows, *pages):
            with _progress(batch.tables) as tell:
                outcome = run(batch, rows, rejects, explain=explain, progress=tell)
            for part in pages:
                part.write(page(book, outcome, str(refused), datetime.date.today()).encode())
    for line in closing_lines(book, outcome, str(target), str(refused)):
        click.echo(line)
    if outcome.rejected:
        context.exit(SOME_REJECTED)


def _job(book: RuleBook, forms: tuple[str, ...], mapping: str | None, profile: str | None) -> Job:
    """Files of forms, opened, with what each of their columns holds."""
    from triage.batch.score_files import job
    from triage.intake.files import open_tables
    from triage.intake.mapping_file import read_mapping

    if mapping and profile:
        raise Refused("read --mapping and --profile, expected one or the other")
    tables = open_tables(book, forms)
    return job(book, tables, read_mapping(book, Path(mapping)) if mapping else profile)


def _files_of(batch: Job, mapping: str | None) -> list[Path]:
    """What a batch is read from."""
    read = [Path(table.file) for table in batch.tables]
    return [*read, Path(mapping)] if mapping else read


def _check_apart(written: list[Path], read: list[Path]) -> None:
    """Refuse to write two things into one file, or over a file of forms."""
    for place, file in enumerate(written):
        if file.resolve() in {other.resolve() for other in (*written[:place], *read)}:
            raise Refused(
                f"{file}: named twice; expected a file of its own for all that is written"
            )


@contextmanager
def _progress(tables: Sequence[Table]) -> Iterator[Callable[[int], None] | None]:
    """Shows how many forms were read, on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    last = time.monotonic()

    def show(read: int) -> None:
        nonlocal last
        if time.monotonic() - last > 0.2:
            last = time.monotonic()
            known = [table.rows for table in tables]
            of = "" if None in known else f" of {sum(filter(None, known)):,}"
            click.echo(f"\r{read:,}{of} forms read", err=True, nl=False)

    try:
        yield show
    finally:
        click.echo("\r" + " " * 60 + "\r", err=True, nl=False)


@main.command("map", epilog="Example: triage map --suggest forms.csv > mapping.yaml")
@click.option("--suggest", "forms", required=True, metavar="FORMS", help="A table of forms.")
@rules_option
def map_columns(forms: str, rules: Path | None) -> None:
    """Draft a mapping: which column of a clinic's own table answers which question.

    The draft lists labels from the first rows of columns that seem to answer a question.
    """
    with needing_polars(), refusing_bad_input():
        from triage.intake.files import open_table
        from triage.intake.suggest import suggest

        book = _book(rules)
        click.echo(suggest(book, open_table(book, Path(forms))), nl=False)


@main.command(epilog="Example: triage lint --rules rules")
@rules_option
def lint(rules: Path | None) -> None:
    """Check a whole rule book, and name every problem with its file and line."""
    from triage.authoring.lint import lint as check
    from triage.authoring.reading_grade import level
    from triage.languages.checks import levels, wanted_of

    with refusing_bad_input():
        book = _book(rules)
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


@main.command(epilog="Example: triage ask my-answers.yaml")
@click.argument("answers", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@language_option
@rules_option
def ask(answers: Path | None, language: str, rules: Path | None) -> None:
    """Answer the questions one at a time, in this terminal.

    With FILE, every answer is kept there, readable by you only; if FILE is there already, the
    interview goes on from it.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise Refused(
            "triage ask needs a terminal to ask in. Without one, fill in a form instead:\n"
            "  triage form > answers.yaml\n"
            "  triage assess answers.yaml"
        )
    from triage.interview.terminal import run

    with refusing_bad_input():
        book = _book(rules, language)
        started = _form(book, str(answers), None) if answers and answers.exists() else None
        run(book, answers, started)


def program() -> None:
    """The whole program: `main`, and after it no waiting for what Polars still does."""
    try:
        main()
    except SystemExit as done:
        if done.code == BAD_INPUT and "polars" in sys.modules:
            # A batch that broke off leaves threads that Python would kill, and so crash over them.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(BAD_INPUT)
        raise


if __name__ == "__main__":
    program()
