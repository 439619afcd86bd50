"""The folder `older/` of a rule book to older questionnaires, and what their answers became.

Not here: what they are (`older`), files that belong to the present book (`folder`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from triage.book.condition_reader import ConditionReader
from triage.book.documents import Document, Path_
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.older import OlderBook, Origin
from triage.book.questionnaire_reader import read_questionnaire
from triage.book.rulebook import RuleBook
from triage.book.shape_reader import ShapeReader
from triage.book.written import Length, Name, Table, Text, Written, empty
from triage.book.yaml_reader import parse, read_bytes
from triage.problems import BadInput, Problem, in_order, nearest, quoted

FOLDER = "older"
BECAME = "became.yaml"
SAME_AS = "same_as"
WHEN = "when"
MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class BecameFile(Written):
    """`became.yaml`."""

    sections: Annotated[tuple[Name, ...], Length(1)]
    items: Table[Name, dict[str, Any]] = field(default_factory=empty)
    dropped: tuple[Text, ...] = ()


def older_books(book: RuleBook) -> tuple[OlderBook, ...]:
    """The older questionnaires that a book knows, the newest first; none, where it has no folder.

    Raises:
        BadInput: with every problem found in them.
    """
    return _older_books(book, book.origin.folder)


@lru_cache(maxsize=4)
def _older_books(book: RuleBook, folder: Path | None) -> tuple[OlderBook, ...]:
    if folder is None or not (folder / FOLDER).is_dir():
        return ()
    versions = sorted(path for path in (folder / FOLDER).iterdir() if path.is_dir())
    problems: list[Problem] = []
    read = [_older_book(book, version, problems) for version in reversed(versions)]
    if problems:
        raise BadInput(in_order(problems))
    return tuple(older for older in read if older is not None)


def _older_book(book: RuleBook, folder: Path, problems: list[Problem]) -> OlderBook | None:
    documents = dict(_documents(folder, problems))
    reader = ShapeReader(documents, problems)
    written = reader.read(BECAME, BecameFile)
    if written is None or problems:
        return None
    sections, items = read_questionnaire(reader, written.sections)
    became = _Became(book, items, documents[BECAME], problems)
    origins, renamed = became.read(written.items)
    older = OlderBook(folder.name, sections, items, origins, renamed, written.dropped)
    became.account(older)
    return older


def _documents(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Document]]:
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder).as_posix()
        try:
            yield name, parse(read_bytes(file), f"{FOLDER}/{folder.name}/{name}")
        except BadInput as error:
            problems.extend(error.problems)


class _Became:
    """Reads what the answers to older items became, and finds what was forgotten."""

    def __init__(
        self,
        book: RuleBook,
        older: Mapping[str, Item],
        document: Document,
        problems: list[Problem],
    ) -> None:
        self.book = book
        self.older = older
        self.document = document
        self.problems = problems
        self.conditions = ConditionReader(document, older, {}, None, problems)

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(path, message))

    def read(
        self, written: Mapping[str, dict[str, Any]]
    ) -> tuple[Mapping[str, Mapping[str, Origin]], Mapping[str, str]]:
        """What makes the options of present items true, and which items are renamed."""
        origins: dict[str, Mapping[str, Origin]] = {}
        renamed: dict[str, str] = {}
        for name, options in written.items():
            path: Path_ = ("items", name)
            item = self.book.items.get(name)
            if item is None:
                near = nearest(name, self.book.items)
                self._note(path, f"no item of the present book is called {quoted(name)}{near}")
            elif set(options) == {SAME_AS}:
                if self._same(item, options[SAME_AS], (*path, SAME_AS)):
                    renamed[name] = options[SAME_AS]
            else:
                origins[name] = MappingProxyType(self._origins(item, options, path))
        return MappingProxyType(origins), MappingProxyType(renamed)

    def _same(self, item: Item, named: object, path: Path_) -> bool:
        older = self.older.get(named) if isinstance(named, str) else None
        if older is not None and older.kind == item.kind:
            return True
        near = nearest(named, self.older) if isinstance(named, str) else ""
        self._note(path, f"read {quoted(named)}, expected an older item of the same kind{near}")
        return False

    def _origins(self, item: Item, written: dict[str, Any], path: Path_) -> dict[str, Origin]:
        origins: dict[str, Origin] = {}
        named = [option for option in item.options if option not in (NONE, NOT_SURE)]
        if item.kind == "one":
            named = list(item.options)
        for option, value in written.items():
            if option not in named:
                near = nearest(option, named)
                read = f"item '{item.id}': read {quoted(option)}, expected an option of it{near}"
                self._note((*path, option), read)
                continue
            origin = self._origin(value, (*path, option))
            if origin is not None:
                origins[option] = origin
        return origins

    def _origin(self, value: object, path: Path_) -> Origin | None:
        """A condition, or one below each of `when` and `maybe`."""
        said = value if isinstance(value, dict) and set(value) <= {WHEN, MAYBE} else {WHEN: value}
        read = {key: self.conditions.read(said[key], self._at(value, path, key)) for key in said}
        if not read or None in read.values():
            return None
        return Origin(read.get(WHEN), read.get(MAYBE))

    def _at(self, value: object, path: Path_, key: str) -> Path_:
        return (*path, key) if isinstance(value, dict) and key in value else path

    def account(self, older: OlderBook) -> None:
        """Note every older item and option that became nothing, and is not said to be dropped."""
        used = {
            item
            for options in older.origins.values()
            for origin in options.values()
            for item in origin.items()
        } | set(older.renamed.values())
        present = self.book.items
        for name, item in self.older.items():
            same = present.get(name)
            whole = item.kind == "many" or name not in older.origins
            carried = same is not None and same.kind == item.kind and whole
            if name not in used and not carried and name not in older.dropped:
                self._note((), f"the older item '{name}' became nothing; name it, or drop it")
            if not carried or name in used or same is None:
                continue
            for option in item.options:
                if option not in same.options and f"{name}.{option}" not in older.dropped:
                    self._note((), f"the older option '{name}.{option}' became nothing")
        known = {*self.older, *(f"{i.id}.{o}" for i in self.older.values() for o in i.options)}
        for place, name in enumerate(older.dropped):
            if name not in known:
                near = nearest(name, known)
                self._note(("dropped", place), f"read {quoted(name)}, expected an older item{near}")
