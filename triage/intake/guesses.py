"""What the columns of a clinic's table may hold, guessed from its header and its first rows.

A guess is for a person to look at; where forms are read, nothing is guessed.

Not here: how like names are (`likeness`), writing the guesses down (`suggest`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.cells import Unread
from triage.intake.labels import fold
from triage.intake.likeness import Likeness, words
from triage.intake.mapping import IntakeMapping, Role, Tick, Whole
from triage.intake.profiles import best_profile
from triage.intake.tables import Table

LIKE = 0.5
"""How like a column must be to an item for a guess, from 0 to 1."""
LABEL_LIKE = 0.75
"""The same for a label and an option; most of the label's words must be the option's."""
NAMED = 0.6
"""How much a column's name counts beside what its cells say."""
MOST_LABELS = 30
"""Different texts of a column that are listed as labels; a column of more is left alone."""
NO_ANSWERS = ("n/a", "na", "#n/a", "-", "--", "?", "unknown", "not asked", "not recorded")
"""What people write into a cell that they have no answer for."""

_SEVERAL = re.compile(r"[;\n|/+&]")
_FORM_WORDS = re.compile(r"\b(id|nr|no|number|case|record|patient|form)\b")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may hold, and how like that is; 1 where a profile knows it."""

    likeness: float
    column: str
    role: Role

    @property
    def place(self) -> tuple[str, str | None]:
        """What the column answers: an item, or one option of it."""
        return self.role.item, self.role.option if isinstance(self.role, Tick) else None


class Guesses:
    """Guesses about one table."""

    def __init__(self, book: RuleBook, table: Table) -> None:
        self.book = book
        self._header = table.header
        sample = table.sample()
        self._rows = sample.height
        self._texts = {column: _filled(sample[column]) for column in table.header}
        self.known = best_profile(table.header, book)
        """What a profile knows, and nobody need guess."""
        given = {fold(text) for texts in self._texts.values() for text in texts}
        self.blanks = [word for word in NO_ANSWERS if word in given]
        """Words that may stand for no answer."""
        self.columns = self._guesses()
        """The best guess for each column; an item is answered in one place."""
        self.form = self.known.form or self._form()
        """The column that may name the form."""

    def _form(self) -> str | None:
        """A column whose cells are all filled, all different, and that answers nothing."""
        for column, texts in self._texts.items():
            free = _FORM_WORDS.search(fold(column)) and column not in self.columns
            if free and 0 < self._rows == len(texts):
                return column
        return None

    def _guesses(self) -> Mapping[str, Guess]:
        items = self.book.items.values()
        by_item = Likeness({item.id: _texts_of(item) for item in items})
        by_option = Likeness(
            {(item.id, o): (o, said) for item in items for o, said in item.options.items()}
        )
        offers: list[Guess] = []
        for column in self._header:
            if column in self.known.roles:
                offers.append(Guess(1.0, column, self.known.roles[column]))
            elif column != self.known.form and column not in self.known.ignored:
                offers += self._wholes(column, by_item, by_option)
                offers += self._ticks(column, by_option)
        guesses: dict[str, Guess] = {}
        taken: set[tuple[str, str | None]] = set()
        for offer in sorted(offers, key=lambda offer: -offer.likeness):
            item, option = offer.place
            mixed = option is not None or not any(item == other for other, _ in taken)
            free = offer.place not in taken and (item, None) not in taken and mixed
            if free and offer.column not in guesses and offer.likeness >= LIKE:
                taken.add(offer.place)
                guesses[offer.column] = offer
        return guesses

    def _wholes(
        self, column: str, by_item: Likeness[str], by_option: Likeness[tuple[str, str]]
    ) -> Iterator[Guess]:
        texts = self._answers(column)
        named = by_item.to(column)
        few = [] if _numbers(texts) or len(texts) > MOST_LABELS else texts
        said = [by_option.to(text) for text in few if fold(text) not in ("yes", "no")]
        for item in self.book.items.values():
            role = Whole(item.id, unit=_other_unit(item, column))
            fitting = self._fitting(role, texts)
            if item.kind == "number":
                like = named[item.id] if fitting > 0.5 else 0.0
            else:
                options = [max(like[item.id, o] for o in item.options) for like in said]
                cells = sum(options) / len(said) if said else 0.0
                if fitting == 1 and not said:  # yes and no, and the item has these options
                    cells = 1.0
                like = NAMED * named[item.id] + (1 - NAMED) * max(cells, fitting)
                if said and len(texts) > 1:  # its own words are better than any name
                    like = max(like, fitting)
            yield Guess(min(like, 0.99), column, role)

    def _ticks(self, column: str, by_option: Likeness[tuple[str, str]]) -> Iterator[Guess]:
        texts = self._answers(column)
        says_no = bool({fold(text) for text in texts} & {"no", "n"})
        for (item_id, option), like in by_option.to(column).items():
            item = self.book.items[item_id]
            if item.kind == "many" and option not in (NONE, NOT_SURE) and texts:
                role = Tick(item_id, option, asked=says_no and NOT_SURE in item.options)
                if self._fitting(role, texts) == 1:
                    yield Guess(min(like, 0.99), column, role)

    def _answers(self, column: str) -> list[str]:
        """The different texts of a column that are answers."""
        return [text for text in self._texts[column] if fold(text) not in self.blanks]

    def _fitting(self, role: Role, texts: Sequence[str]) -> float:
        """How many of some texts can be read as they are, from 0 to 1."""
        reader = IntakeMapping("", {}).reader(self.book, role)
        read = [reader.read(text) for text in texts]
        item = self.book.items[role.item]
        return sum(1 for answer in read if _can_be(item, answer)) / max(len(texts), 1)

    def labels(self, column: str, role: Role) -> list[tuple[str, str]]:
        """Texts that no label is known for, most frequent first, and an option for each."""
        item = self.book.items[role.item]
        if item.kind == "number" or isinstance(role, Tick):
            return []
        reader = self.known.reader(self.book, role)
        texts = [text for text in self._answers(column) if isinstance(reader.read(text), Unread)]
        parts = [_parts(text) if item.kind == "many" else [text] for text in texts]
        alone = {part for found in parts for part in found}
        unread: Counter[str] = Counter()
        for text, found in zip(texts, parts, strict=True):
            for part in found:
                # For a draft only: where cells are read, labels are never split at commas.
                pieces = part.split(", ") if item.kind == "many" else [part]
                if not all(p in alone or not isinstance(reader.read(p), Unread) for p in pieces):
                    pieces = [part]
                for piece in pieces:
                    if isinstance(reader.read(piece), Unread):
                        unread[piece] += self._texts[column][text]
        if len(unread) > MOST_LABELS:
            return []
        like = Likeness({option: (option, said) for option, said in item.options.items()})
        return [(text, _option(item, text, like)) for text, _ in unread.most_common()]


def _texts_of(item: Item) -> Iterator[str]:
    yield from (item.id, item.ask)
    if item.number:
        yield " ".join((item.number.unit, *item.number.other_units))


def _other_unit(item: Item, column: str) -> str | None:
    """The unit that a column's name says, where it is not the item's own."""
    units = item.number.other_units if item.number else ()
    named = words(column)
    return next((unit for unit in units if words(unit) & named), None)


def _can_be(item: Item, answer: object) -> bool:
    """Whether what was read of a cell may be an answer."""
    if isinstance(answer, float) and item.number:
        return item.number.low <= answer <= item.number.high
    return answer is not None and not isinstance(answer, Unread)


def _filled(cells: pl.Series) -> Counter[str]:
    """How often each text stands in the cells of a column."""
    return Counter(text for text in cells if text and text.strip())


def _numbers(texts: Sequence[str]) -> bool:
    return bool(texts) and all(re.fullmatch(r"[-+0-9.,\s]+", text) for text in texts)


def _parts(text: str) -> list[str]:
    """What stands in one cell beside one another, but for what commas part."""
    return [part for part in map(str.strip, _SEVERAL.split(text)) if part]


def _option(item: Item, text: str, likeness: Likeness[str]) -> str:
    """The option that a text is most like, or nothing where none is or several are."""
    folded = fold(text)
    if len(folded) == 1 or folded in ("yes", "no"):
        begin = re.compile(rf"{re.escape(folded)}\b" if len(folded) > 1 else re.escape(folded))
        meant = [o for o, said in item.options.items() if begin.match(fold(said))]
        return meant[0] if len(meant) == 1 else ""
    like = likeness.to(text)
    best, *_ = sorted(like, key=lambda option: -like[option])
    only = sum(1 for value in like.values() if value == like[best]) == 1
    return best if like[best] >= LABEL_LIKE and only else ""
