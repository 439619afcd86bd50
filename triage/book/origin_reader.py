"""The evidence rows, the hazard log and the vocabulary, and whether what they name is there.

Not here: what they are (`origin`), whether the rules do what they ask for (`authoring`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from triage.book.documents import Path_
from triage.book.folder import stratum_of
from triage.book.origin import EvidenceRow, Hazard, Origin, Vocabulary
from triage.book.rules import EVERY_EXERCISE
from triage.book.shape_reader import ShapeReader
from triage.book.written import Name, Text
from triage.problems import nearest, quoted

ROW_ID = re.compile(r"[A-Z][A-Za-z0-9-]*")
ROWS = "evidence_rows.yaml"
HAZARDS = "hazards.yaml"
NAME_SYLLABLES = 2
"""What a name counts that people look for on a packet and need not say."""

Entry = TypeVar("Entry", EvidenceRow, Hazard)


def read_origin(reader: ShapeReader, folder: Path | None, exercises: Iterable[str]) -> Origin:
    """What a book was made of, as far as no problem was noted."""
    before = len(reader.problems)
    rows = _entries(reader, ROWS, EvidenceRow, Text)
    encoded_by = _covers(reader, rows) if len(reader.problems) == before else {}
    _check_rows(reader, rows, [*exercises, EVERY_EXERCISE])
    hazards = _entries(reader, HAZARDS, Hazard)
    _check_controls(reader, hazards)
    return Origin(
        folder=folder,
        documents=MappingProxyType(reader.documents),
        evidence_rows=rows,
        encoded_by=MappingProxyType(encoded_by),
        hazards=hazards,
        vocabulary=_vocabulary(reader),
    )


def _entries(
    reader: ShapeReader, file: str, shape: type[Entry], key: Any = Name
) -> Mapping[str, Entry]:
    """The entries of a file, each of which knows its line."""
    entries = reader.read_each(file, shape, key)
    return MappingProxyType(
        {
            key: replace(entry, id=key, place=reader.documents[file].place((key,)))
            for key, entry in entries.items()
        }
    )


def _covers(reader: ShapeReader, rows: Mapping[str, EvidenceRow]) -> Mapping[str, tuple[str, ...]]:
    """Evidence row to what names it under `covers`: rules, or entries of the other files."""
    encoded_by: dict[str, tuple[str, ...]] = {}
    for document in reader.documents.values():
        for path in document.lines:
            if len(path) not in (2, 3) or path[-2] != "covers":
                continue
            row = str(_at(document.value, path))
            if row in rows:
                entry = f": {path[0]}" if len(path) == 3 else ""
                name = document.file.removesuffix(".yaml" if "/" in document.file else "")
                encoded_by[row] = (*encoded_by.get(row, ()), f"{name}{entry}")
            else:
                message = f"no evidence row called {quoted(row)}{nearest(row, rows)}"
                reader.note(document.file, path, message)
    return encoded_by


def _at(value: Any, path: Path_) -> object:
    """The value at a path of a document."""
    for key in path:
        value = value[key]
    return value


def _check_rows(reader: ShapeReader, rows: Mapping[str, EvidenceRow], exercises: list[str]) -> None:
    """A row is called like a row, and restricts exercises that are there."""
    for row in rows.values():
        if not ROW_ID.fullmatch(row.id):
            expected = "expected a capital letter, then letters, digits and hyphens"
            reader.note(ROWS, (row.id,), f"read '{row.id}', {expected}")
        for exercise in row.restricts:
            if exercise not in exercises:
                message = f"no exercise called {quoted(exercise)}{nearest(exercise, exercises)}"
                reader.note(ROWS, (row.id, "restricts", exercise), message)


def _check_controls(reader: ShapeReader, hazards: Mapping[str, Hazard]) -> None:
    """A control that is a rule or a text of this book exists."""
    rules = [file.removesuffix(".yaml") for file in reader.documents if stratum_of(file)]
    for hazard in hazards.values():
        for index, control in enumerate(hazard.controls):
            near = None
            if control.kind == "rule" and control.name not in rules:
                near = nearest(control.name, rules)
            if control.kind == "text":
                near = _near_text(reader, control.name)
            if near is not None:
                message = f"no {control.kind} called {quoted(control.name)}{near}"
                reader.note(HAZARDS, (hazard.id, "controls", index), message)


def _near_text(reader: ShapeReader, name: str) -> str | None:
    """`None` where the book holds a text of this path, else a hint at the nearest one."""
    file, _, keys = name.partition(".yaml/")
    document = reader.documents.get(f"{file}.yaml")
    if document is None:
        return nearest(f"{file}.yaml", reader.documents)
    known = ["/".join(map(str, path)) for path in document.lines]
    return None if keys in known else nearest(keys, known)


def _vocabulary(reader: ShapeReader) -> Vocabulary:
    read = reader.read("words.yaml", Vocabulary) or Vocabulary({}, {})
    names = dict.fromkeys(read.names, NAME_SYLLABLES)
    return replace(read, syllables=MappingProxyType({**read.syllables, **names}))
