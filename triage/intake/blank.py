"""Blank forms for many people: a table to fill in, a workbook, or a JSON Schema of one row.

Not here: a blank form for one person (`answers_file`).
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from shlex import quote
from typing import Any

from triage.answers.answer import TICKED
from triage.answers.table import ID, all_columns, columns
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.problems import BadInput, Problem, plain

ROWS = 1000
"""Rows of a workbook that offer their options."""
TICKS = ("1", "0")
HOW = {
    "one": "one of these words",
    "many": "1 where it is so, 0 or nothing where it is not; nothing at all is no answer",
    "doubtful": "1 where it is so, 0 or nothing where it is not, not_sure where you cannot tell; "
    "nothing at all is no answer",
    "number": "a number",
}
INSTALL = f"{quote(sys.executable)} -m pip install xlsxwriter"
MISSING = f"writing one needs a further library: {INSTALL}"
"""Names the Python that runs, so that it works wherever it is typed."""


def blank_csv(book: RuleBook) -> str:
    """A table with a header and one form without answers."""
    stream = io.StringIO()
    names = all_columns(book)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([ID, *names])
    writer.writerow(["1", *("" for _ in names)])
    return stream.getvalue()


def json_schema(book: RuleBook) -> dict[str, Any]:
    """A JSON Schema of one line of a JSON Lines file: one form."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{book.title} {book.version}: one form",
        "description": "A question that is left out, or null, is not answered. Leave out those "
        "that do not apply to the person, and name no option twice; this schema does not check it.",
        "type": "object",
        "properties": {
            ID: {"type": ["string", "number"], "description": "What the form is called."},
            **{item.id: _property(item) for item in book.items.values()},
        },
        "required": [ID],
        "additionalProperties": False,
    }


def _property(item: Item) -> dict[str, Any]:
    options = [{"const": option, "title": words} for option, words in item.options.items()]
    nothing: dict[str, Any] = {"type": "null"}
    about = {"title": item.ask, **({"description": item.help} if item.help else {})}
    if item.kind == "one":
        return {**about, "oneOf": [*options, nothing]}
    if item.kind == "many":
        several: dict[str, Any] = {"type": "array", "items": {"oneOf": options}}
        several["uniqueItems"] = True
        if NONE in item.options:
            several |= {"if": {"contains": {"const": NONE}}, "then": {"maxItems": 1}}
        ways = [several, _long(item, several)] if item.doubtful else [several]
        return {**about, "anyOf": [*ways, nothing]}
    assert item.number is not None
    number: dict[str, Any] = {"type": "number"}
    number |= {"minimum": item.number.low, "maximum": item.number.high}
    if not item.number.other_units and (2 * item.number.step).is_integer():  # exact in binary too
        number["multipleOf"] = item.number.step
    return {**about, "anyOf": [{**number, "title": item.number.unit}, *options, nothing]}


def _long(item: Item, several: dict[str, Any]) -> dict[str, Any]:
    """The schema of an answer that names the options of which one is not sure."""
    signs = [{"const": option, "title": item.options[option]} for option in item.doubtful]
    sure = [one for one in several["items"]["oneOf"] if one["const"] != NOT_SURE]
    return {
        "type": "object",
        "properties": {
            TICKED: {**several, "items": {"oneOf": sure}},
            NOT_SURE: {"type": "array", "items": {"oneOf": signs}, "uniqueItems": True},
        },
        "additionalProperties": False,
    }


def write_workbook(book: RuleBook, target: Path) -> None:
    """Write a workbook: a sheet `forms` to fill in, and a sheet `questions` that explains it.

    Raises:
        BadInput: the library that writes workbooks is not installed.
        OSError: the file cannot be written.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError:
        raise BadInput([Problem("workbook", None, MISSING)]) from None
    workbook = xlsxwriter.Workbook(target)
    bold = workbook.add_format({"bold": True})
    text = workbook.add_format({"num_format": "@"})
    forms = workbook.add_worksheet("forms")
    questions = workbook.add_worksheet("questions")
    forms.freeze_panes(1, 1)
    questions.freeze_panes(1, 0)
    forms.write_row(0, 0, [ID, *all_columns(book)], bold)
    forms.set_column(0, 0, 14, text)
    forms.write_string(1, 0, "1")
    questions.write_row(0, 0, ["column", "question", "what to write", "means"], bold)
    questions.set_column(0, 3, 40)
    line, place = 1, 1
    for item in book.items.values():
        for column in columns(item):
            forms.data_validation(1, place, ROWS, place, _validation(item, column))
            place += 1
        for row in _explained(item):
            questions.write_row(line, 0, row)
            line += 1
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(0, "cannot be written", str(target)) from error


def _validation(item: Item, column: str) -> dict[str, Any]:
    if column != item.id:
        option = column.removeprefix(f"{item.id}__")
        doubtful = [NOT_SURE] if option in item.doubtful else []
        return {"validate": "list", "source": [*TICKS, *doubtful]}
    if item.number is None:
        return {"validate": "list", "source": list(item.options)}
    low, high = item.number.low, item.number.high
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}


def _explained(item: Item) -> list[tuple[str, str, str, str]]:
    rows = [(column, "", *_cell(item, column)) for column in columns(item)]
    rows[0] = (rows[0][0], item.ask, *rows[0][2:])
    if item.kind == "one":
        rows += [("", "", option, words) for option, words in item.options.items()]
    return rows


def _cell(item: Item, column: str) -> tuple[str, str]:
    if item.kind == "one":
        return HOW["one"], ""
    if column != item.id:
        option = column.removeprefix(f"{item.id}__")
        how = HOW["doubtful" if option in item.doubtful else "many"]
        return how if item.kind == "many" else "1", item.options[option]
    assert item.number is not None
    low, high = plain(item.number.low), plain(item.number.high)
    unsure = ", or leave it blank" if NOT_SURE in item.options else ""
    return f"{HOW['number']} from {low} to {high}{unsure}", item.number.unit
