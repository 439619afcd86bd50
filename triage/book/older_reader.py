"""The folder `older/` of a rule book to older questionnaires, and what their answers became.

Not here: what they are (`older`), files that belong to the present book (`folder`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from triage.book.condition_reader import ConditionReader
from triage.book.conditions import Includes, OneOf, UnsureOf
from triage.book.documents import Document, Path_
from triage.book.folder import OLDER
from triage.book.items import NOT_SURE, Item, NumberRange
from triage.book.older import OlderBook, Origin
from triage.book.questionnaire_reader import read_questionnaire
from triage.book.rulebook import RuleBook
from triage.book.shape_reader import ShapeReader
from triage.book.written import Length, Name, Table, Text, Written, empty
from triage.book.yaml_reader import parse, read_bytes
from triage.problems import BadInput, Problem, in_order, listed, nearest, plain, quoted

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
    if folder is None or not (folder / OLDER).is_dir():
        return ()
    versions = [path for path in (folder / OLDER).iterdir() if path.is_dir()]
    problems: list[Problem] = []
    read = [_older_book(book, version, problems) for version in sorted(versions, key=_newest_first)]
    if problems:
        raise BadInput(in_order(problems))
    return tuple(older for older in read if older is not None)


def _newest_first(folder: Path) -> list[int]:
    """What sorts 0.10.0 before 0.9.0."""
    return [-int(number) for number in re.findall("[0-9]+", folder.name)]


def _older_book(book: RuleBook, folder: Path, problems: list[Problem]) -> OlderBook | None:
    found: list[Problem] = []
    documents = dict(_documents(folder, found))
    reader = ShapeReader(documents, found)
    written = None if found else reader.read(BECAME, BecameFile)
    older = None
    if written is not None:
        sections, items = read_questionnaire(reader, written.sections, BECAME)
        became = _Became(book, items, documents[BECAME], found)
        origins, renamed = became.read(written.items)
        older = OlderBook(folder.name, sections, items, origins, renamed, written.dropped)
        became.account(older)
    # What is below this folder is called as it is in the present book.
    where = f"{OLDER}/{folder.name}/"
    problems += [Problem(where + one.file, one.line, one.message) for one in found]
    return older


def _documents(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Document]]:
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder).as_posix()
        try:
            yield name, parse(read_bytes(file), name)
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
                expected = f"expected an item of the present book{near}"
                self._note(path, f"read {quoted(name)}, {expected}")
            elif set(options) == {SAME_AS}:
                if self._same(item, options[SAME_AS], (*path, SAME_AS)):
                    renamed[name] = options[SAME_AS]
            else:
                origins[name] = MappingProxyType(self._origins(item, options, path))
        for name, item in self.book.items.items():
            if name in self.older and name not in renamed and name not in origins:
                self._takes_all(item, self.older[name], ())
        return MappingProxyType(origins), MappingProxyType(renamed)

    def _same(self, item: Item, named: object, path: Path_) -> bool:
        older = self.older.get(named) if isinstance(named, str) else None
        if older is None:
            near = nearest(named, self.older) if isinstance(named, str) else ""
            self._note(path, f"read {quoted(named)}, expected an older item{near}")
            return False
        if older.kind != item.kind:
            expected = f"expected an older item of the kind '{item.kind}', as '{item.id}' is"
            self._note(path, f"read {quoted(named)}, {expected}")
            return False
        return self._takes_all(item, older, path)

    def _takes_all(self, item: Item, older: Item, path: Path_) -> bool:
        """Whether a number can be taken as it is, which is noted where it cannot."""
        ours, theirs = item.number, older.number
        if ours is None or theirs is None:
            return True
        good = ours.unit == theirs.unit and ours.low <= theirs.low <= theirs.high <= ours.high
        if not good:
            expected = f"expected all that '{older.id}' took: {_in_words(theirs)}"
            self._note(path, f"'{item.id}' takes {_in_words(ours)}, {expected}")
        return good

    def _origins(self, item: Item, written: dict[str, Any], path: Path_) -> dict[str, Origin]:
        origins: dict[str, Origin] = {}
        named = item.options if item.kind == "one" else item.signs
        for option, value in written.items():
            if option not in named:
                expected = f"expected {listed(named)}{nearest(option, named)}"
                self._note((*path, option), f"item '{item.id}': read {quoted(option)}, {expected}")
                continue
            origin = self._origin(value, (*path, option))
            if origin is not None:
                origins[option] = origin
        return origins

    def _origin(self, value: object, path: Path_) -> Origin | None:
        """A condition, or one below each of `when` and `maybe`."""
        if isinstance(value, dict) and value and set(value) <= {WHEN, MAYBE}:
            read = {key: self.conditions.read(part, (*path, key)) for key, part in value.items()}
        else:
            read = {WHEN: self.conditions.read(value, path)}
        return None if None in read.values() else Origin(read.get(WHEN), read.get(MAYBE))

    def account(self, older: OlderBook) -> None:
        """Note every older item and option that became nothing, and is not said to be dropped.

        An option of a choose-one item that no condition names makes those on its item "no".
        """
        used = set(self._used(older))
        options = [f"{item.id}.{option}" for item in self.older.values() for option in item.options]
        for place, name in enumerate(older.dropped):
            known = [*self.older, *options]
            if name not in known:
                expected = f"expected an older item, or item.option{nearest(name, known)}"
                self._note(("dropped", place), f"read {quoted(name)}, {expected}")
            elif name in used:
                message = f"'{name}' is named above too; expected one or the other"
                self._note(("dropped", place), message)
        if self.problems:
            return  # what was meant to become something may seem to be lost
        sources = set(self._sources(older).values())
        for item in self.older.values():
            lost = [item.id]
            if item.id in used and (item.kind == "many" or item.id in sources):
                kept = item.signs if item.kind == "many" else item.options
                lost = [f"{item.id}.{option}" for option in kept if option != NOT_SURE]
            for name in lost:
                if not {name, item.id} & set(older.dropped) and name not in used:
                    expected = "name it below 'items' or 'dropped'"
                    self._note((), f"nothing became of '{name}'; {expected}")

    def _used(self, older: OlderBook) -> Iterator[str]:
        """Older items, and options as `item.option`, of which something was made."""
        for origins in older.origins.values():
            for origin in origins.values():
                for leaf in origin.leaves():
                    yield leaf.item
                    if isinstance(leaf, OneOf | Includes | UnsureOf):
                        yield from (f"{leaf.item}.{option}" for option in leaf.options)
        for name, source in self._sources(older).items():
            yield source
            both = self.older[source].options.keys() & self.book.items[name].options.keys()
            yield from (f"{source}.{option}" for option in both)

    def _sources(self, older: OlderBook) -> dict[str, str]:
        """Present items that take the answers of an older one as they are, and which that is."""
        sources = dict(older.renamed)
        for name, item in self.book.items.items():
            same = self.older.get(name)
            whole = item.kind == "many" or name not in older.origins
            if same is not None and same.kind == item.kind and whole and name not in sources:
                sources[name] = name
        return sources


def _in_words(allowed: NumberRange) -> str:
    return f"{plain(allowed.low)} to {plain(allowed.high)} {allowed.unit}"
