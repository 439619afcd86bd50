"""The sentences that do not stand in the rule book: those of the report's templates and of the
interview, as blocks to be judged like the book's.

A sentence ends in a full stop, a question mark, an exclamation mark or a colon.  All else, such as
`How urgent`, is a label, and labels are judged together as headings are.

`python -m tests.own_words` prints how they read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import jinja2

from tests.conftest import ROOT
from triage.loader import load_rule_book
from triage.plain_language.reading import summary
from triage.plain_language.texts import Block, Line
from triage.resources import templates_folder

SENTENCE = re.compile(r"[A-Z\u201c].*[.?!:]\s*", re.DOTALL)
PRINTED = re.compile(r"[A-Z][^<>={}#\"\n]*[.?!]")
"""A sentence between a template's tags, and no markup."""
MARKUP = re.compile(r"<[^>]*>")
INTERVIEW = ROOT / "triage" / "ask.py"


def of_templates(folder: Path) -> list[Block]:
    """The sentences of every template in a folder, a block each, and all labels as one."""
    return _blocks("templates", (line for file in _templates(folder) for line in _said_in(file)))


def of_interview(program: str) -> list[Block]:
    """The sentences that a program prints, a block each, and all labels as one.

    What is filled in when it runs counts as a number.
    """
    tree = ast.parse(program)
    parts = {id(part) for node in ast.walk(tree) for part in _inside(node)}
    lines = []
    for node in ast.walk(tree):
        if id(node) in parts:
            continue
        text = _text(node)
        if len(re.findall(r"[A-Za-z]+", text)) > 1 and re.search(r"\s", text):
            lines.append(Line(text, INTERVIEW.name, node.lineno))
    return _blocks("interview", lines)


def _templates(folder: Path) -> list[Path]:
    # The template of the PDF says nothing by itself: it places the words of the others.
    return sorted(file for file in folder.iterdir() if file.suffix not in (".css", ".typ"))


def _said_in(file: Path) -> Iterator[Line]:
    for number, kind, value in jinja2.Environment().lex(file.read_text("utf-8")):
        if kind == "string" and re.search(r"\s", value):
            yield Line(value[1:-1], file.name, number)
        elif kind == "data":
            for found in PRINTED.findall(MARKUP.sub("\n", value)):
                yield Line(found, file.name, number)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a text, and the docstring of what has one: none of them is a text by itself."""
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
        first = node.body[0]
        assert isinstance(first, ast.Expr)
        yield first.value


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "7" for part in node.values)
    return ""


def _blocks(source: str, lines: Iterable[Line]) -> list[Block]:
    sentences, labels = [], []
    for line in lines:
        (sentences if SENTENCE.fullmatch(line.text) else labels).append(line)
    blocks = [Block(f"{line.file}: line {line.line}", (line,)) for line in sentences]
    return [*blocks, Block(f"{source}: labels", tuple(labels))]


def main() -> None:
    """Print how the templates and the interview read."""
    vocabulary = load_rule_book().vocabulary
    templates, interview = of_templates(templates_folder()), of_interview(INTERVIEW.read_text())
    click.echo(f"The report's own words. {summary(templates, vocabulary)}")
    click.echo(f"The interview's own words. {summary(interview, vocabulary)}")


if __name__ == "__main__":
    main()
