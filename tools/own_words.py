"""How easy the sentences are to read that do not stand in the rule book: `make test` prints it.

Those of the report and of the terminal are made into blocks, and judged like the book's.  A
sentence ends in a full stop, a question mark, an exclamation mark or a colon.  All else, such as
`How urgent`, is a label, and labels are judged together as headings are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import jinja2

from tools.language_files import WORDS, wanted_of_words
from triage.authoring.reading_grade import summary
from triage.book.loading import load_rule_book
from triage.book.texts import Block, Line
from triage.languages.words import REPORT, TERMINAL
from triage.resources import templates_folder

SENTENCE = re.compile(r"[A-Z\u201c].*[.?!:]\s*", re.DOTALL)
PRINTED = re.compile(r"[A-Z][^<>={}#\"\n]*[.?!]")
"""A sentence between a template's tags, and no markup."""
MARKUP = re.compile(r"<[^>]*>")
FILLED_IN = re.compile(r"%\(\w+\)s")


def of_templates(folder: Path) -> list[Block]:
    """The sentences of every template in a folder, a block each, and all labels as one."""
    return _blocks("templates", (line for file in _templates(folder) for line in _said_in(file)))


def of_words(template: str) -> list[Block]:
    """The same of a template of words; what is filled in counts as a number."""
    wanted = wanted_of_words(template)
    texts = [(one.text if isinstance(one.text, str) else one.text[1], one.place) for one in wanted]
    lines = [Line(FILLED_IN.sub("7", text), place, None) for text, place in texts]
    return _blocks(template, (line for line in lines if re.search(r"\s", line.text)))


def _templates(folder: Path) -> list[Path]:
    # The template of the PDF says nothing by itself: it places the words of the others.
    other = (".css", ".typ", *(Path(name).suffix for name in WORDS))
    return sorted(file for file in folder.iterdir() if file.suffix not in other)


def _said_in(file: Path) -> Iterator[Line]:
    for number, kind, value in jinja2.Environment().lex(file.read_text("utf-8")):
        if kind == "string" and re.search(r"\s", value):
            yield Line(value[1:-1], file.name, number)
        elif kind == "data":
            for found in PRINTED.findall(MARKUP.sub("\n", value)):
                yield Line(found, file.name, number)


def _blocks(source: str, lines: Iterable[Line]) -> list[Block]:
    sentences: list[Line] = []
    labels: list[Line] = []
    for line in lines:
        (sentences if SENTENCE.fullmatch(line.text) else labels).append(line)
    blocks = [
        Block(line.file if line.line is None else f"{line.file}: line {line.line}", (line,))
        for line in sentences
    ]
    return [*blocks, Block(f"{source}: labels", tuple(labels))]


def main() -> None:
    """Print how the report's words and the terminal's read."""
    vocabulary = load_rule_book().origin.vocabulary
    report = [*of_templates(templates_folder()), *of_words(REPORT)]
    click.echo(f"The report's own words. {summary(report, vocabulary)}")
    click.echo(f"The terminal's own words. {summary(of_words(TERMINAL), vocabulary)}")


if __name__ == "__main__":
    main()
