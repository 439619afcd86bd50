"""A mapping in a small YAML file: which column of a clinic's table answers which item.

    form: Patient number              # the column that names a form; may be left out
    columns:
      Age in years: age
      Where does it hurt?:
        item: pain_places
        labels: {"Knee, outside": outer_knee}     # beside the options' names and their own words
      How long in days: {item: weeks_of_pain, unit: days}
      Chest pain: {item: signs_now, option: chest_pain}   # a column of ticks
      Timestamp: ignore               # it holds no answer
    constants: {signs_now: [none]}    # answers that the clinic settles elsewhere
    blank: ["N/A"]                    # words that stand for no answer
    book: 0.1.0                       # whose questions these are; may be left out

`at_least: 7` or `at_most: 6.5` beside `option` says which numbers of a column mean yes.
`asked: yes` beside `option` says that the column is a question of its own: its "no" is an answer.
`numbered: yes` at the top says that options may be given by their number, from 1.
`confirmed: no` beside `item` says that a draft guessed it: the file cannot be used before somebody
has looked at it and written `yes`.
A mapping that names items of an older book is read by that one's questions.

Not here: whether it fits a table (`mapping.check`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from triage.answers.answer import Answer, NotAnAnswer, read_answer
from triage.book.documents import Document, Path_
from triage.book.items import NOT_SURE, Item
from triage.book.older_reader import older_books
from triage.book.rulebook import RuleBook
from triage.book.yaml_reader import parse, read_bytes
from triage.intake.cells import MEANINGS, Limit
from triage.intake.labels import fold
from triage.intake.mapping import IntakeMapping, Role, Tick, Whole
from triage.intake.older_tables import asked_by
from triage.problems import BadInput, Problem, listed, nearest, quoted

BOOK = "book"
KEYS = ("form", "columns", "constants", "blank", "numbered", BOOK)
IGNORE = "ignore"
"""What stands in the place of an item for a column that holds no answer."""
BOUNDS = ("at_least", "at_most")
CONFIRMED = "confirmed"
"""Whether somebody has looked at what a draft guessed of a column."""
ROLE_KEYS = ("item", "option", "labels", "unit", "asked", CONFIRMED, *BOUNDS)


def read_mapping(book: RuleBook, source: Path) -> IntakeMapping:
    """Read a mapping file.

    Raises:
        BadInput: with every problem found.
    """
    document = parse(read_bytes(source), str(source))
    given = document.value.get(BOOK) if isinstance(document.value, dict) else None
    if given is not None:
        return _read(*_named(book, str(given), document), document)
    try:
        return _read(book, "", document)
    except BadInput as error:
        fewest = error
    for older in older_books(book):
        try:
            return _read(asked_by(book, older), older.version, document)
        except BadInput as error:
            if len(error.problems) < len(fewest.problems):
                fewest = error
    raise fewest


def _read(asked: RuleBook, version: str, document: Document) -> IntakeMapping:
    """A mapping by the items of one book; its version where it is an older one."""
    reader = _Reader(asked, document)
    mapping = reader.whole()
    if reader.problems:
        raise BadInput(reader.problems)
    return replace(mapping, asked_by=version)


def _named(book: RuleBook, version: str, document: Document) -> tuple[RuleBook, str]:
    """The book of a version, and that version where it is an older one."""
    if version == book.version:
        return book, ""
    older = {one.version: one for one in older_books(book)}
    if version in older:
        return asked_by(book, older[version]), version
    known = [book.version, *older]
    message = f"{BOOK}: read {quoted(version)}, expected {listed(known)}{nearest(version, known)}"
    raise BadInput([document.problem((BOOK,), message)])


class _Reader:
    def __init__(self, book: RuleBook, document: Document) -> None:
        self.book = book
        self.document = document
        self.problems: list[Problem] = []
        self.unconfirmed: list[Path_] = []
        """Where the columns stand that nobody has looked at."""

    def whole(self) -> IntakeMapping:
        top = self._mapping(self.document.value, ())
        self._known(top, KEYS, ())
        columns = self._mapping(top.get("columns"), ("columns",))
        roles = {
            column: role
            for column, value in columns.items()
            if value != IGNORE and (role := self._role(value, ("columns", column))) is not None
        }
        self._refuse_guesses()
        form = top.get("form")
        if form is not None and not isinstance(form, str):
            if isinstance(form, dict | list):
                self._note(("form",), f"form: read {quoted(form)}, expected one column")
            form = str(form)
        return IntakeMapping(
            source=self.document.file,
            roles=MappingProxyType(roles),
            form=form,
            ignored=frozenset(column for column, value in columns.items() if value == IGNORE),
            constants=MappingProxyType(self._constants(top.get("constants"))),
            blanks=frozenset(self._words(top.get("blank"), ("blank",))),
            numbered=self._yes_or_no(top, "numbered", ()),
            lines=MappingProxyType(self._lines(form)),
        )

    def _lines(self, form: str | None) -> dict[str, int]:
        lines = self.document.lines
        found = {str(path[-1]): n for path, n in lines.items() if path[:-1] == ("columns",)}
        return found if form is None else {form: lines.get(("form",), 1), **found}

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(path, message))

    def _refuse_guesses(self) -> None:
        if not self.unconfirmed:
            return
        names = ", ".join(quoted(path[-1]) for path in self.unconfirmed)
        said = "a guess" if len(self.unconfirmed) == 1 else f"{len(self.unconfirmed)} guesses"
        look = f"look at each, mend it, and write '{CONFIRMED}: yes'"
        self._note(self.unconfirmed[0], f"{said} that nobody has confirmed: {names}; {look}")

    def _mapping(self, value: object, path: Path_) -> dict[str, object]:
        if value is None and path:
            return {}
        if isinstance(value, dict):
            return value
        name = f"{path[-1]}: " if path else ""
        self._note(path, f"{name}read {quoted(value)}, expected 'name: value' lines")
        return {}

    def _known(self, given: Mapping[str, object], keys: Iterable[str], path: Path_) -> None:
        for key in given:
            if key not in keys:
                expected = f"expected {listed(keys)}{nearest(key, keys)}"
                self._note((*path, key), f"read {quoted(key)}, {expected}")

    def _words(self, value: object, path: Path_) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list):
            self._note(path, f"{path[-1]}: read {quoted(value)}, expected a list: [one, two]")
            return []
        return [str(word) for word in value if word is not None]

    def _yes_or_no(self, given: Mapping[str, object], key: str, path: Path_) -> bool:
        value = given.get(key, "no")
        if value not in ("yes", "no"):
            self._note((*path, key), f"{key}: read {quoted(value)}, expected yes or no")
        return value == "yes"

    def _item(self, name: object, path: Path_) -> Item | None:
        if isinstance(name, str) and name in self.book.items:
            return self.book.items[name]
        near = nearest(name, self.book.items) if isinstance(name, str) else ""
        self._note(path, f"read {quoted(name)}, expected an item{near}")
        return None

    def _role(self, value: object, path: Path_) -> Role | None:
        if value is None:
            column = quoted(path[-1])
            self._note(path, f"column {column}: read nothing, expected an item or '{IGNORE}'")
            return None
        if isinstance(value, dict):
            self._known(value, ROLE_KEYS, path)
            if CONFIRMED in value and not self._yes_or_no(value, CONFIRMED, path):
                self.unconfirmed.append(path)
            item = self._item(value.get("item"), (*path, "item"))
            if item is None:
                return None
            if "option" in value:
                return self._tick(item, value, path)
            return self._whole(item, value, path)
        item = self._item(value, path)
        return None if item is None else Whole(item.id)

    def _whole(self, item: Item, value: dict[str, object], path: Path_) -> Whole:
        if "asked" in value:
            self._note((*path, "asked"), "'asked' stands beside 'option' only")
        for key in BOUNDS:
            if key in value:
                self._note((*path, key), f"'{key}' stands beside 'option' only")
        unit = value.get("unit")
        units = [item.number.unit, *item.number.other_units] if item.number else []
        if "unit" in value and unit not in units:
            near = nearest(unit, units) if isinstance(unit, str) else ""
            expected = f"expected {listed(units)}{near}" if units else "which is for numbers only"
            self._note((*path, "unit"), f"item '{item.id}': read unit {quoted(unit)}, {expected}")
            unit = None
        labels = self._labels(item, value, path, item.options)
        return Whole(item.id, labels, unit if isinstance(unit, str) else None)

    def _tick(self, item: Item, value: dict[str, object], path: Path_) -> Tick | None:
        option = value["option"]
        allowed = list(item.options) if item.kind == "many" else []
        if item.kind == "number" and NOT_SURE in item.options:
            allowed = [NOT_SURE]
        if not isinstance(option, str) or option not in allowed:
            near = nearest(option, allowed) if isinstance(option, str) else ""
            expected = f"expected {listed(allowed)}{near}" if allowed else "which has no ticks"
            self._note(
                (*path, "option"), f"item '{item.id}': read option {quoted(option)}, {expected}"
            )
            return None
        if "unit" in value:
            self._note((*path, "unit"), "'unit' stands beside a number only")
        asked = self._yes_or_no(value, "asked", path)
        meanings = list(MEANINGS)
        if option not in item.doubtful:
            meanings.remove(NOT_SURE)
        labels = self._labels(item, value, path, meanings)
        return Tick(item.id, option, labels, asked, self._limit(value, path))

    def _limit(self, value: dict[str, object], path: Path_) -> Limit | None:
        given: dict[str, float] = {}
        for key in BOUNDS:
            number = value.get(key)
            if isinstance(number, int | float):
                given[key] = float(number)
            elif number is not None:
                said = f"{key}: read {quoted(number)}, expected a number"
                self._note((*path, key), said)
        return Limit(**given) if given else None

    def _labels(
        self, item: Item, value: dict[str, object], path: Path_, meanings: Iterable[str]
    ) -> Mapping[str, str]:
        path = (*path, "labels")
        labels: dict[str, str] = {}
        meanings = list(meanings)
        for label, meaning in self._mapping(value.get("labels"), path).items():
            if isinstance(meaning, str) and meaning in meanings:
                if any(fold(other) == fold(label) for other in labels):
                    said = f"label {quoted(label)} stands here twice, but for its letters' case"
                    self._note((*path, label), f"item '{item.id}': {said}")
                labels[label] = meaning
                continue
            near = nearest(meaning, meanings) if isinstance(meaning, str) else ""
            expected = f"expected {listed(meanings)}{near}" if meanings else "which has no options"
            read = f"item '{item.id}', label {quoted(label)}: read {quoted(meaning)}"
            self._note((*path, label), f"{read}, {expected}")
        return MappingProxyType(labels)

    def _constants(self, value: object) -> dict[str, Answer]:
        constants: dict[str, Answer] = {}
        for name, given in self._mapping(value, ("constants",)).items():
            path: Path_ = ("constants", name)
            item = self._item(name, path)
            if item is None:
                continue
            try:
                constants[item.id] = read_answer(item, given)
            except NotAnAnswer as error:
                self._note(path, f"item '{item.id}': {error}")
        return constants
