"""Forms of made-up people, and the same forms as the exports that clinics have.

The shapes of the exports are those that their makers document; no real export was at hand.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from triage.answers.answer import Answer, as_written, in_doubt
from triage.answers.responses import Responses
from triage.answers.table import ID, all_columns, columns, row
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.problems import plain

Cell = Any


def people(book: RuleBook, count: int, seed: int, *, doubts: bool = False) -> list[Responses]:
    """Checked answers of so many people, the same for the same seed; about 15 % are missing.

    Args:
        book: the rule book.
        count: how many people.
        seed: what they are drawn by.
        doubts: whether they may be not sure of an option by itself, which not every export can say.
    """
    drawn = random.Random(seed)
    return [_person(book, drawn, doubts) for _ in range(count)]


def _person(book: RuleBook, drawn: random.Random, doubts: bool) -> Responses:
    answers: dict[str, Answer] = {}
    calm = drawn.random() < 0.7
    for item in book.items.values():
        applies = Responses(book.items, answers).applies(item.id)
        if applies is not False and drawn.random() > 0.15:
            answers[item.id] = _answer(item, drawn, calm, doubts)
    return Responses(book.items, answers)


def _answer(item: Item, drawn: random.Random, calm: bool, doubts: bool) -> Answer:
    if item.kind == "number":
        assert item.number is not None
        if NOT_SURE in item.options and drawn.random() < 0.1:
            return NOT_SURE
        steps = int((item.number.high - item.number.low) / item.number.step)
        steps = min(steps, 60) if calm else steps
        return round(item.number.low + drawn.randint(0, steps) * item.number.step, 4)
    if calm and drawn.random() < 0.9:
        quiet = NONE if NONE in item.options else next(iter(item.options))
        return quiet if item.kind == "one" else frozenset({quiet})
    if item.kind == "one":
        return drawn.choice(list(item.options))
    some = [option for option in item.options if option not in (NONE, NOT_SURE)]
    ticked = drawn.sample(some, drawn.randint(1, min(3, len(some))))
    if NOT_SURE in item.options and drawn.random() < 0.1:
        ticked = [*ticked, NOT_SURE] if drawn.random() < 0.5 else [NOT_SURE]
    elif doubts and NOT_SURE in item.options and drawn.random() < 0.4:
        ticked = [in_doubt(o) if drawn.random() < 0.5 else o for o in ticked]
    return frozenset(ticked)


def frame(book: RuleBook, forms: Iterable[Responses]) -> pl.DataFrame:
    """Our own table of forms, in its types; they are called 1, 2, 3 and so on."""
    kinds: dict[str, Any] = {ID: pl.String()}
    for item in book.items.values():
        kinds |= dict.fromkeys(columns(item), pl.Boolean())
        if item.kind != "many":
            kinds[item.id] = pl.String() if item.kind == "one" else pl.Float64()
    rows = [{ID: str(number), **row(form)} for number, form in enumerate(forms, 1)]
    return pl.DataFrame(rows, schema=kinds)


def template_rows(book: RuleBook, forms: Iterable[Responses]) -> list[list[str]]:
    """Our own table, as texts with 1 and 0 for ticks: the header, then a row a form."""
    names = [ID, *all_columns(book)]
    table = [names]
    for number, form in enumerate(forms, 1):
        cells = {ID: number, **row(form)}
        table.append([_text(cells[name]) for name in names])
    return table


def redcap_rows(book: RuleBook, forms: Iterable[Responses]) -> list[list[str]]:
    """A raw export of REDCap: codes are numbers, and a box that is not ticked is 0."""
    names = ["record_id", "redcap_event_name", "redcap_survey_identifier", "intake_timestamp"]
    for item in book.items.values():
        if item.kind == "many":
            names += [f"{item.id}___{number}" for number, _ in enumerate(item.options, 1)]
        else:
            names.append(item.id)
        if item.kind == "number" and NOT_SURE in item.options:
            names.append(f"{item.id}___{NOT_SURE}")
    table = [[*names, "intake_complete"]]
    for number, form in enumerate(forms, 1):
        cells = [str(number), "baseline_arm_1", "", "2026-11-22 10:00"]
        for item in book.items.values():
            answer = form.answers.get(item.id)
            if item.kind == "many":
                ticked = answer if isinstance(answer, frozenset) else frozenset()
                cells += ["1" if option in ticked else "0" for option in item.options]
                continue
            code = ""
            if item.kind == "one" and isinstance(answer, str):
                code = str(list(item.options).index(answer) + 1)
            elif isinstance(answer, float):
                code = plain(answer)
            cells.append(code)
            if item.kind == "number" and NOT_SURE in item.options:
                cells.append("1" if answer == NOT_SURE else "0")
        table.append([*cells, "2"])
    return table


def worded_rows(
    book: RuleBook, forms: Iterable[Responses], extra: Sequence[str], joint: str, end: str = ""
) -> list[list[str]]:
    """An export whose header is the questions' words, and whose cells are the options' words."""
    table = [[*extra, *(item.ask for item in book.items.values())]]
    for number, form in enumerate(forms, 1):
        cells = [str(number), *("x" for _ in extra[1:])]
        for item in book.items.values():
            answer = form.answers.get(item.id)
            if isinstance(answer, frozenset):
                texts = [item.options[option] for option in item.options if option in answer]
                cells.append(joint.join(texts) + end)
            elif isinstance(answer, str):
                cells.append(item.options[answer])
            else:
                cells.append("" if answer is None else plain(answer))
        table.append(cells)
    return table


def google_rows(book: RuleBook, forms: Iterable[Responses]) -> list[list[str]]:
    """The sheet of answers of Google Forms."""
    return worded_rows(book, forms, ["Timestamp"], ", ")


def microsoft_rows(book: RuleBook, forms: Iterable[Responses]) -> list[list[str]]:
    """The workbook of answers of Microsoft Forms."""
    extra = ["Id", "Start time", "Completion time", "Email", "Name"]
    return worded_rows(book, forms, extra, ";", ";")


def json_lines(forms: Iterable[Responses]) -> str:
    """A line of JSON a form; what has no answer is left out."""
    lines = []
    for number, form in enumerate(forms, 1):
        answers = {item: as_written(answer) for item, answer in form.answers.items()}
        lines.append(json.dumps({ID: number, **answers}))
    return "".join(f"{line}\n" for line in lines)


def fhir_lines(book: RuleBook, forms: Iterable[Responses]) -> str:
    """FHIR QuestionnaireResponses, their items in groups of sections, a line each."""
    lines = []
    for number, form in enumerate(forms, 1):
        groups = []
        for section in book.sections:
            items = [
                {"linkId": name, "answer": _fhir_answers(form.answers[name])}
                for name in section.items
                if name in form.answers
            ]
            groups.append({"linkId": f"section-{section.id}", "item": items})
        response = {
            "resourceType": "QuestionnaireResponse",
            "id": str(number),
            "status": "completed",
            "item": groups,
        }
        lines.append(json.dumps(response))
    return "".join(f"{line}\n" for line in lines)


def _fhir_answers(answer: Answer) -> list[dict[str, Any]]:
    if isinstance(answer, frozenset):
        return [{"valueCoding": {"code": option}} for option in sorted(answer)]
    if isinstance(answer, str):
        return [{"valueCoding": {"code": answer, "display": "words"}}]
    return [{"valueInteger": int(answer)}] if answer.is_integer() else [{"valueDecimal": answer}]


def as_csv(table: Iterable[Sequence[str]], separator: str = ",") -> str:
    """A table as text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(table)
    return stream.getvalue()


def write_csv(path: Path, table: Iterable[Sequence[str]]) -> Path:
    """Write a table as UTF-8 text."""
    path.write_text(as_csv(table), encoding="utf-8")
    return path


def write_workbook(path: Path, table: Sequence[Sequence[Cell]]) -> Path:
    """Write a table as a workbook; numbers are numbers there."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet()
    for line, cells in enumerate(table):
        for place, cell in enumerate(cells):
            number = _number(cell)
            if line and number is not None:
                sheet.write_number(line, place, number)
            elif cell != "":
                sheet.write_string(line, place, str(cell))
    workbook.close()
    return path


def _number(cell: Cell) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return plain(cell) if isinstance(cell, float) else str(cell)


LAYOUTS = {
    "forms.csv": "template",
    "forms.parquet": "template",
    "forms.jsonl": "template",
    "redcap.csv": "redcap",
    "google.csv": "google",
    "microsoft.xlsx": "microsoft",
    "fhir.ndjson": "fhir",
}
"""The files that `write` makes, to the profile that reads each."""


def write(folder: Path, name: str, book: RuleBook, people: Sequence[Responses]) -> Path:
    """The same forms as one of the exports.

    Args:
        folder: where to write.
        name: one of `LAYOUTS`.
        book: the rule book whose questions were asked.
        people: what was answered.
    """
    path = folder / name
    match name:
        case "forms.csv":
            write_csv(path, template_rows(book, people))
        case "forms.parquet":
            frame(book, people).write_parquet(path)
        case "forms.jsonl":
            path.write_text(json_lines(people))
        case "redcap.csv":
            write_csv(path, redcap_rows(book, people))
        case "google.csv":
            write_csv(path, google_rows(book, people))
        case "microsoft.xlsx":
            write_workbook(path, microsoft_rows(book, people))
        case "fhir.ndjson":
            path.write_text(fhir_lines(book, people))
    return path
