"""The folder `older/` of a rule book to older questionnaires.

Not here: what they are (`older`), what their answers became (`became_reader`), files that belong to
the present book (`folder`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from triage.book.became_reader import BecameReader
from triage.book.documents import Document
from triage.book.folder import OLDER
from triage.book.older import OlderBook
from triage.book.questionnaire_reader import read_questionnaire
from triage.book.rulebook import RuleBook
from triage.book.shape_reader import ShapeReader
from triage.book.written import Length, Name, Table, Text, Written, empty
from triage.book.yaml_reader import parse, read_bytes
from triage.problems import BadInput, Problem, in_order

BECAME = "became.yaml"


@dataclass(frozen=True, slots=True)
class BecameFile(Written):
    """`became.yaml`."""

    sections: Annotated[tuple[Name, ...], Length(1)]
    also: tuple[Text, ...] = ()
    items: Table[Name, dict[str, Any]] = field(default_factory=empty)
    only_no: tuple[Text, ...] = ()
    dropped: tuple[Text, ...] = ()


@lru_cache(maxsize=4)
def older_books(book: RuleBook) -> tuple[OlderBook, ...]:
    """The older questionnaires that a book knows, the newest first; none, where it has no folder.

    Raises:
        BadInput: with every problem found in them.
    """
    folder = book.origin.folder
    if folder is None or not (folder / OLDER).is_dir():
        return ()
    problems: list[Problem] = []
    versions = sorted(filter(Path.is_dir, (folder / OLDER).iterdir()), key=_in_order, reverse=True)
    read = [_older_book(book, version, problems) for version in versions]
    if problems:
        raise BadInput(in_order(problems))
    return tuple(older for older in read if older is not None)


def _in_order(folder: Path) -> tuple[tuple[int, str], ...]:
    """What sorts 0.10.0 above 0.9.0."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _parts(folder))


def _parts(folder: Path) -> list[str]:
    return folder.name.split(".")


def _older_book(book: RuleBook, folder: Path, problems: list[Problem]) -> OlderBook | None:
    found: list[Problem] = []
    documents = dict(_documents(folder, found))
    reader = ShapeReader(documents, found)
    written = None if found else reader.read(BECAME, BecameFile)
    older = None
    if written is not None:
        _, items = read_questionnaire(reader, written.sections, BECAME)
        if not found:
            became = BecameReader(book, items, documents[BECAME], found)
            origins, numbers = became.read(written.items)
            became.account(written.dropped, written.only_no)
            older = OlderBook(
                folder.name, written.also, items, origins, numbers, written.dropped
            )
    # In their own folder files have the names that the present book's have.
    where = f"{OLDER}{folder.name}/"
    problems += [Problem(where + one.file, one.line, one.message) for one in found]
    return older


def _documents(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Document]]:
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder).as_posix()
        try:
            yield name, parse(read_bytes(file), name)
        except BadInput as error:
            problems.extend(error.problems)
