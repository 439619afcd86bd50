"""Forms that are a line of JSON each: JSON Lines, and FHIR QuestionnaireResponses as NDJSON.

JSON Lines: an object a line, its keys being columns; a list holds several options.  FHIR: `linkId`
is an item's name, the code of a `valueCoding` an option's; numbers are numbers, and a
`valueQuantity` may bring its unit.  A response becomes a row of our own template.

Not here: what columns mean (`mapping`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import polars as pl

from triage.answers.table import ID
from triage.book.rulebook import RuleBook
from triage.intake.layouts import FHIR
from triage.intake.python_rows import Row, as_texts, lazy_frame
from triage.intake.tables import SAMPLE, Settled, check_header
from triage.problems import BadInput, Problem, nearest, quoted

SEVERAL = "; "
"""Between the options that a list or a response holds, in one cell."""
NOT_AN_OBJECT = "the line is no JSON object"
RESPONSE = "QuestionnaireResponse"

Cells: TypeAlias = dict[str, str | None]


class Damaged(ValueError):
    """A line that is no form; the message says why."""

    form: str | None = None
    """What the form is called, where that much is known."""


@dataclass(frozen=True)
class RecordTable(Settled):
    """A file with a JSON object a line."""

    path: Path
    header: tuple[str, ...]
    cells_of: Callable[[dict[str, object]], Cells]
    """The cells of a line's object, by column."""
    profile: str | None = None
    sparse: bool = True
    rows: int | None = None

    @property
    def file(self) -> str:
        """Its name, for messages."""
        return str(self.path)

    def sample(self) -> pl.DataFrame:
        """The cells of its first rows, as `tables.Table` says."""
        rows = islice(_read(self.path, self.cells_of), SAMPLE)
        whole = (cells for _, cells, damage in rows if damage is None)
        return as_texts(self.header, ([cells.get(c) for c in self.header] for cells in whole))

    def first_names(self) -> tuple[str, ...]:
        """The columns that its first rows have, whatever the header says."""
        rows = islice(_read(self.path, self.cells_of), SAMPLE)
        return tuple(dict.fromkeys(name for _, cells, _ in rows for name in cells))

    def first_objects(self) -> Iterator[dict[str, object]]:
        """What its first lines hold, as it is written there."""
        with self.path.open("rb") as stream:
            for line in islice(filter(bytes.strip, stream), SAMPLE):
                with suppress(Damaged):
                    yield _object(line)

    def by_own_names(self, also: Iterable[str] = ()) -> RecordTable:
        """The same file, with the columns that its first rows have in the place of our items.

        Args:
            also: columns that only later rows may have.
        """
        return replace(self, header=tuple(dict.fromkeys((ID, *self.first_names(), *also))))

    def scan(self, names: Mapping[str, str], _types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
        """All rows, as `tables.Table` says."""
        columns = tuple(names)

        def rows() -> Iterator[Row]:
            for number, cells, damage in _read(self.path, self.cells_of):
                strays = cells.keys() - names.keys()
                if strays and damage is None:
                    kind = "item" if self.profile == FHIR else "column"
                    stray = min(strays)
                    damage = f"no {kind} is called {quoted(stray)}{nearest(stray, names)}"
                yield Row(number, [cells.get(column) for column in columns], damage)

        return lazy_frame(rows, columns, names)


def open_records(path: Path, book: RuleBook) -> RecordTable:
    """Find out what the lines of a file are.

    Raises:
        BadInput: no line of the first ones is an object.
        OSError: it cannot be read.
    """
    if is_fhir(path):
        return RecordTable(path, (ID, *book.items), _of_response, FHIR)
    header: dict[str, None] = {}
    for _, cells, _ in islice(_read(path, _of_object), SAMPLE):
        header |= dict.fromkeys(cells)
    if not header:
        expected = "expected a JSON object a line, in UTF-8"
        raise BadInput([Problem(str(path), 1, f"no form found; {expected}")])
    check_header(str(path), list(header))
    return RecordTable(path, tuple(header), _of_object)


def is_fhir(path: Path) -> bool:
    """Whether one of the first lines is a FHIR resource."""
    with path.open("rb") as stream:
        return any(
            b'"resourceType"' in line or b'"linkId"' in line for line in islice(stream, SAMPLE)
        )


def _read(
    path: Path, cells_of: Callable[[dict[str, object]], Cells]
) -> Iterator[tuple[int, Cells, str | None]]:
    """The number of each line that is not empty, its cells, and what is wrong with it."""
    number = 0
    with path.open("rb") as stream:
        for line in stream:
            if not line.strip():
                continue
            number += 1
            try:
                yield number, cells_of(_object(line)), None
            except Damaged as error:
                yield number, {ID: error.form} if error.form else {}, str(error)


def _object(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        if isinstance(error, Damaged):
            raise
        raise Damaged(NOT_AN_OBJECT) from None
    if not isinstance(value, dict):
        raise Damaged(NOT_AN_OBJECT)
    if b"\\u" in line:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Damaged("a text in the line holds half a character") from None
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Damaged(f"the key {quoted(twice)} is repeated")
    return value


def _of_object(value: dict[str, object]) -> Cells:
    return {column: _text(cell) for column, cell in value.items()}


def _text(cell: object) -> str | None:
    if cell is None or cell == []:
        return None
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, list):
        return SEVERAL.join(_text(part) or "" for part in cell)
    return json.dumps(cell, ensure_ascii=False)


def _of_response(resource: dict[str, object]) -> Cells:
    kind = resource.get("resourceType")
    if kind != RESPONSE:
        raise Damaged(f"read the resource {quoted(kind)}, expected a {RESPONSE}")
    form = _form_of(resource)
    try:
        return {ID: form, **_answers_of(resource)}
    except Damaged as error:
        error.form = form
        raise


def _answers_of(resource: dict[str, object]) -> Cells:
    if resource.get("status") == "entered-in-error":
        raise Damaged("the status of the response is 'entered-in-error'")
    given: dict[str, list[str]] = {}
    for link, answer in _answers(resource):
        given.setdefault(link, []).append(_answer(answer))
    if ID in given:
        raise Damaged(f"no item is called {quoted(ID)}")
    return {link: SEVERAL.join(texts) for link, texts in given.items()}


def _form_of(resource: dict[str, object]) -> str | None:
    """What a response is called: its own name, or else the one that a clinic gave it."""
    name = resource.get("id")
    identifier = resource.get("identifier")
    if isinstance(identifier, list):  # as in R5
        identifier = identifier[0] if identifier else None
    if name is None and isinstance(identifier, dict):
        name = identifier.get("value")
    return None if name is None else str(name)


def _answers(part: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Every answer below a response, an item or an answer, with the item's `linkId`."""
    for item in _dicts(part.get("item")):
        link = item.get("linkId")
        if not isinstance(link, str) and "answer" in item:
            raise Damaged("an item has an answer and no 'linkId'")
        for answer in _dicts(item.get("answer")):
            if any(key.startswith("value") for key in answer):
                yield str(link), answer
            yield from _answers(answer)
        yield from _answers(item)


def _dicts(value: object) -> list[dict[str, object]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise Damaged("'item' and 'answer' hold no list of objects")
    return value


def _answer(answer: dict[str, object]) -> str:
    (key, value), *more = [(k, v) for k, v in answer.items() if k.startswith("value")]
    if more:
        raise Damaged("an answer holds two values")
    if isinstance(value, dict):
        if key == "valueCoding" and (word := value.get("code") or value.get("display")):
            return str(word)
        if key == "valueQuantity" and (number := _text(value.get("value"))):
            return f"{number} {value.get('unit') or value.get('code') or ''}".strip()
    return _text(value) or ""
