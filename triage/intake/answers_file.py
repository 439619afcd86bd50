"""The answers of one person in a YAML or JSON file.

Either the items stand at the top, or under `answers:` beside `about:`, which may hold anything:

    about: {form: 17}
    answers:
      age: 34
      walking: as_usual

Not here: tables of many forms.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from triage.answers import reading
from triage.answers.answer import as_written
from triage.answers.older import read_older
from triage.answers.reading import Locate
from triage.answers.responses import Responses
from triage.book.documents import Document, Path_
from triage.book.items import Item
from triage.book.rulebook import RuleBook
from triage.book.yaml_reader import LARGEST_FILE, parse, read_bytes
from triage.intake.output import beside
from triage.problems import BadInput, Problem, listed, nearest, plain, quoted

STANDARD_INPUT = "-"
BOOK = "book"
"""The key below `about` of the version of the book whose questions were answered."""
WRAPPED = ("about", "answers")


@dataclass(frozen=True, slots=True)
class Form:
    """One person's checked answers, and what the file says about them."""

    responses: Responses
    about: Mapping[str, object]
    notice: str = ""
    """What to say of a form of an older book."""


def read_form(book: RuleBook, source: str) -> Form:
    """Read one form.

    Args:
        book: the rule book whose questionnaire was answered.
        source: a path, or `-` for standard input.

    Raises:
        BadInput: the file cannot be read.
        AnswersRefused: some answers cannot be taken.
    """
    about, given, locate = _opened(source)
    older = read_older(book, given, locate, about.get(BOOK))
    if older is None:
        return Form(reading.read(book.items, given, locate), about)
    about = {key: value for key, value in about.items() if key != BOOK}
    return Form(older.responses, about, f"{source}: {older.notice(book.version)}")


def read_assumed(book: RuleBook, source: str) -> Responses:
    """Read the answers that fill the gaps of other forms, from a file of the same shape.

    Raises:
        BadInput: the file cannot be read, or some answers cannot be taken.
    """
    _, given, locate = _opened(source)
    return reading.read_assumed(book.items, given, locate)


def _opened(source: str) -> tuple[Mapping[str, object], dict[str, object], Locate]:
    """What a file says about the form, its answers as written, and how to place a problem."""
    if source == STANDARD_INPUT:
        name, content = "standard input", sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        name, content = source, read_bytes(Path(source))
    document = parse(content, name)
    about, given, path = _unwrapped(document)

    def locate(item: str, message: str) -> Problem:
        return document.problem((*path, item), message)

    return about, given, locate


def _unwrapped(document: Document) -> tuple[Mapping[str, object], dict[str, object], Path_]:
    value = document.value
    if value is None:
        raise BadInput([Problem(document.file, None, "empty; expected 'item: answer' lines")])
    if not isinstance(value, dict):
        message = f"read {quoted(value)}, expected 'item: answer' lines"
        raise BadInput([document.problem((), message)])
    if "answers" not in value:
        return {}, value, ()
    strays = [key for key in value if key not in WRAPPED]
    if strays:
        expected = f"expected {listed(WRAPPED)}"
        raise BadInput(
            document.problem((key,), f"read {quoted(key)}, {expected}{nearest(key, WRAPPED)}")
            for key in strays
        )
    answers = value["answers"]
    if answers is None:
        answers = {}
    if not isinstance(answers, dict):
        message = f"answers: read {quoted(answers)}, expected 'item: answer' lines"
        raise BadInput([document.problem(("answers",), message)])
    about = value.get("about")
    return about if isinstance(about, dict) else {}, answers, ("answers",)


def write_form(target: Path, form: Form) -> None:
    """Write one form, whole or not at all, readable by its owner only.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    answers = {item: as_written(answer) for item, answer in form.responses.answers.items()}
    content = {"about": dict(form.about), "answers": answers}
    if target.suffix == ".json":
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    else:
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    write_private(target, text.encode())


def write_private(target: Path, content: bytes) -> None:
    """Write a file beside its name and rename it when complete; mode 0600.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    with beside(target) as (part,):
        part.write(content)


def blank_form(book: RuleBook) -> str:
    """A form without answers: every item, with its options, units and help as comments."""
    lines = [
        f"# {book.title} {book.version}: a blank form",
        "# Write each answer after its colon. A line left blank is a question without an answer.",
        "# For 'choose all that fit', write the words in brackets: [one, two]",
        "# Where you cannot tell some of them: {ticked: [one], not_sure: [two]}",
        "about: {}",
        "answers:",
    ]
    for section in book.sections:
        lines += ["", f"  # {section.title}"]
        for name in section.items:
            lines += ["", *(f"  {line}" for line in _blank_item(book.items[name])), f"  {name}:"]
    return "\n".join(lines) + "\n"


def _blank_item(item: Item) -> list[str]:
    lines = [f"# {item.ask}"]
    if item.help:
        lines.append(f"# {item.help}")
    if item.kind == "one":
        lines.append("# Choose one:")
    elif item.kind == "many":
        lines.append("# Choose all that fit:")
    if item.number:
        low, high = plain(item.number.low), plain(item.number.high)
        lines.append(f"# A number from {low} to {high} ({item.number.unit})")
        if item.number.other_units:
            units = listed(item.number.other_units)
            lines.append(f"# Or with its unit, such as '3 {next(iter(item.number.other_units))}':")
            lines[-1] += f" {units}"
    width = max((len(option) for option in item.options), default=0)
    lines += [f"#   {option:<{width}}  {text}" for option, text in item.options.items()]
    if item.ask_if is not None:
        lines.append("# Leave blank where it does not apply to you.")
    return lines
