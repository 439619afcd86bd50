"""The interview at the terminal: prints a question, reads a line, moves the interview.

Plain lines and numbers only, so that it works without colour, in any terminal, with a screen
reader.

Not here: which question comes next (`interview`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from triage.intake.answers_file import Form, write_form
from triage.interview import Interview
from triage.responses import Answer, plain, read_answer
from triage.rulebook import NONE, NOT_SURE, ROUTINE, Item, RuleBook, more_urgent

WIDTH = 78
STAYS_HERE = "Your answers stay on this computer. Nothing is sent anywhere."
KEPT = " They are kept in {file}, which only you can read."
FOR_WHOM = "Are the questions for yourself, or for someone you help?"
FOR_OTHER = "Answer as that person would. \u201cYou\u201d then means that person."
WARNING = "Because of your answer:"
MORE_QUESTIONS = "A few more questions show whether it is more urgent."
COMMANDS = "? why we ask   b back   s skip   q stop"
HELP = """\
Type the number of your answer and press Enter. Where you may choose several, type
the numbers with spaces between them, such as 1 3.
  ?   why this is asked
  b   back to the question before
  s   skip this question; it then counts as not answered, never as "no"
  q   stop here; with a file you can go on later"""


class Stopped(Exception):
    """The person wants to stop here."""


def run(book: RuleBook, file: Path | None, started: Form | None) -> None:
    """Hold the interview, keep the answers in `file` where there is one, and print the result.

    Raises:
        OSError: the file cannot be written.
    """
    about: dict[str, Any] = dict(started.about) if started else {}
    kept = KEPT.format(file=file) if file else ""
    for paragraph in (*book.opening, STAYS_HERE + kept):
        _say(paragraph)
        click.echo()
    interview = _begin(book, started, about)
    try:
        if "for" not in about:
            about["for"] = _for_whom()
        if about["for"] == "someone_else":
            _say(FOR_OTHER)
        _questions(interview, file, about)
    except (Stopped, click.Abort):
        click.echo()
        _keep(interview, file, about)
        if file:
            click.echo(f"Stopped. Go on later with: triage ask {file}")
        else:
            click.echo("Stopped. Nothing was kept.")
        return
    _keep(interview, file, about)
    _result(interview, file)


def _begin(book: RuleBook, started: Form | None, about: Mapping[str, Any]) -> Interview:
    if started is None:
        return Interview(book)
    skipped = about.get("skipped")
    interview = Interview(book, started.responses, skipped if isinstance(skipped, list) else ())
    done, _ = interview.progress()
    click.echo(f"Going on with {done - 1} questions done.\n")
    return interview


def _for_whom() -> str:
    click.echo(FOR_WHOM)
    click.echo("  1  For myself\n  2  For someone I help")
    while True:
        match _line():
            case "1":
                return "self"
            case "2":
                return "someone_else"
            case "q":
                raise Stopped
            case _:
                click.echo("Please type 1 or 2, or q to stop.")


def _questions(interview: Interview, file: Path | None, about: dict[str, Any]) -> None:
    while (item := interview.next()) is not None:
        before = interview.assessment.disposition
        number, total = interview.progress()
        place = f"question {number} of about {total}"
        click.echo()
        click.secho(f"{interview.section(item).title:<{WIDTH - len(place)}}{place}", bold=True)
        _show(item)
        _take(interview, item)
        _keep(interview, file, about)
        _warn(interview, before)


def _warn(interview: Interview, before: str) -> None:
    """Say at once that an answer calls for being seen, where questions still follow."""
    level = interview.assessment.disposition
    if more_urgent(level, before) and more_urgent(level, ROUTINE) and not interview.emergency:
        wording = interview.book.dispositions[level]
        click.echo()
        _say(f"{WARNING} {wording.title} ({wording.time_frame}).", bold=True)
        _say(MORE_QUESTIONS)


def _show(item: Item) -> None:
    _say(item.ask, bold=True)
    if item.help:
        _say(item.help)
    if item.kind == "many":
        click.echo("Choose all that fit.")
    for number, option in enumerate(_choices(item), start=1):
        text = item.options[option]
        click.echo(textwrap.fill(f"{number:>3}  {text}", WIDTH, subsequent_indent=" " * 5))
    if item.number:
        low, high = plain(item.number.low), plain(item.number.high)
        units = " or ".join(map(item.number.unit_in_words, item.number.units))
        click.echo(f"A number from {low} to {high}, in {units}.")
        if NOT_SURE in item.options:
            click.echo(f"Or n: {item.options[NOT_SURE]}")
    click.secho(COMMANDS, dim=True)


def _choices(item: Item) -> list[str]:
    return [] if item.kind == "number" else list(item.options)


def _take(interview: Interview, item: Item) -> None:
    """Read lines until one moves the interview."""
    while True:
        line = _line()
        match line.lower():
            case "":
                click.echo("Type an answer, or s to skip, or h for help.")
            case "?":
                _say(item.why)
            case "h" | "help":
                click.echo(HELP)
            case "q":
                raise Stopped
            case "s":
                interview.skip(item)
                return
            case "b":
                if interview.back():
                    return
                click.echo("This is the first question.")
            case _:
                try:
                    interview.answer(item, _answer(item, line))
                except ValueError as error:
                    _say(f"{error}")
                else:
                    return


def _answer(item: Item, line: str) -> Answer:
    """The answer that a typed line means.

    Raises:
        ValueError: saying what to type instead.
    """
    if item.kind == "number":
        if line.lower() in ("n", NOT_SURE) and NOT_SURE in item.options:
            return NOT_SURE
        return read_answer(item, _number(line))
    choices = _choices(item)
    words = line.replace(",", " ").split()
    picked = []
    for word in words:
        if not word.isdecimal() or not 1 <= int(word) <= len(choices):
            several = ", or several such as 1 2" if item.kind == "many" else ""
            raise ValueError(f"Please type a number from 1 to {len(choices)}{several}.")
        picked.append(choices[int(word) - 1])
    if item.kind == "one":
        if len(picked) != 1:
            raise ValueError("Please type one number only.")
        return read_answer(item, picked[0])
    if NONE in picked and len(set(picked)) > 1:
        raise ValueError(
            f"\u201c{item.options[NONE]}\u201d cannot stand beside another answer. "
            "Please choose again."
        )
    return read_answer(item, picked)


def _number(line: str) -> object:
    """A typed number, or the text as typed, which may hold a unit."""
    try:
        return float(line.replace(",", "."))
    except ValueError:
        return line


def _line() -> str:
    return str(
        click.prompt(">", type=str, default="", show_default=False, prompt_suffix=" ")
    ).strip()


def _say(text: str, bold: bool = False) -> None:
    for paragraph in text.split("\n"):
        click.secho(textwrap.fill(paragraph, WIDTH), bold=bold or None)


def _keep(interview: Interview, file: Path | None, about: dict[str, Any]) -> None:
    if file:
        skipped = list(interview.skipped)
        write_form(file, Form(interview.responses, {**about, "skipped": skipped}))


def _result(interview: Interview, file: Path | None) -> None:
    from triage.report import summary

    click.echo()
    for line in _why_short(interview):
        _say(line)
    click.echo(summary(interview.assessment), nl=False)
    if file:
        click.echo(f"Your answers are in {file}. For a sheet to keep:")
        click.echo(f"  triage report {file} -o report.html")


def _why_short(interview: Interview) -> Iterator[str]:
    if interview.emergency:
        yield "The questions stop here, because of your answer."
    elif interview.cut_short():
        titles = ", ".join(section.title.lower() for section in interview.cut_short())
        yield f"Some questions were left out ({titles}): being seen comes first."
