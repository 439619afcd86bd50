"""The answers of one row, in the shape that `responses.read` checks and says what is wrong with.

Not here: whole columns (`canonical`), which give the same answers by expressions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from triage.answers.answer import TICKED, as_written
from triage.book.items import NONE, NOT_SURE, Item
from triage.intake.cells import Unread
from triage.intake.mapping import Tick
from triage.intake.raw_columns import RawColumns

LATELY = 256
"""Different texts of a column that are kept in mind."""


class RowAnswers:
    """Reads the cells of a row."""

    def __init__(self, columns: RawColumns) -> None:
        """Prepare the columns, of which most cells hold one of a few texts."""
        self.columns = columns
        readers = columns.readers.items()
        self._told = {column: lru_cache(LATELY)(reader.read) for column, reader in readers}
        items = columns.book.items
        self._missing = {name: columns.mapping.not_offered(item) for name, item in items.items()}

    def written(self, row: Mapping[str, object]) -> dict[str, object]:
        """The answers of a row as `responses.read` checks them.

        Args:
            row: raw column to what it holds.
        """
        answers: dict[str, object] = {}
        for item in self.columns.book.items.values():
            ticks = self.columns.mapping.ticks(item.id)
            for column in self.columns.mapping.wholes(item.id):
                answers[item.id] = self._written_whole(column, row)
            if not ticks:
                continue
            if item.kind == "many":
                answers[item.id] = self._written_ticks(item, ticks, row)
            else:
                ((column, _),) = ticks.items()
                answers[item.id] = self._written_not_sure(answers.get(item.id), column, row)
        return answers

    def value(self, item: str, row: Mapping[str, object]) -> str:
        """What the cells of an item hold in a row, as read."""
        mapping = self.columns.mapping
        columns = (*mapping.wholes(item), *mapping.ticks(item))
        texts = {column: self._text(column, row) for column in columns}
        if len(texts) == 1:
            return next(iter(texts.values()))
        filled = {column: text for column, text in texts.items() if text}
        told = {c: t for c, t in filled.items() if self._told[c](t) not in (None, False)}
        return "; ".join(f"{column}: {text}" for column, text in told.items())

    def misread(self, row: Mapping[str, object], trusted: Iterable[str]) -> bool:
        """Whether a cell that was taken as it stands means something else.

        Args:
            row: as for `written`.
            trusted: the columns that were taken so.
        """
        filled = [column for column in trusted if row[self.columns.names[column]] is not None]
        read = [(self._text(column, row), self._read(column, row)) for column in filled]
        return any(not isinstance(answer, Unread) and answer != text for text, answer in read)

    def _read(self, column: str, row: Mapping[str, object]) -> object:
        return self._told[column](self._text(column, row))

    def _text(self, column: str, row: Mapping[str, object]) -> str:
        return _as_text(row[self.columns.names[column]])

    def _written_whole(self, column: str, row: Mapping[str, object]) -> object:
        raw = row[self.columns.names[column]]
        answer = self._read(column, row)
        if isinstance(raw, float) and not math.isfinite(raw):
            return raw
        if isinstance(answer, Unread):
            return answer.written
        return as_written(answer) if isinstance(answer, frozenset | float) else answer

    def _written_not_sure(self, number: object, column: str, row: Mapping[str, object]) -> object:
        ticked = self._read(column, row)
        if isinstance(ticked, Unread):
            return ticked.written
        if not ticked or number == NOT_SURE:
            return number
        return NOT_SURE if number is None else f"{number} and {NOT_SURE}"

    def _written_ticks(
        self, item: Item, ticks: Mapping[str, Tick], row: Mapping[str, object]
    ) -> object:
        read = {tick.option: self._read(column, row) for column, tick in ticks.items()}
        bad = [answer.written for answer in read.values() if isinstance(answer, Unread)]
        yes = {option for option, answer in read.items() if answer is True}
        asked = {t.option for t in ticks.values() if t.asked} - {NONE, NOT_SURE}
        missing = self._missing[item.id]
        signs = set(read) - {NONE, NOT_SURE}
        doubts = {option for option, answer in read.items() if answer == NOT_SURE}
        if self.columns.mapping.blank_is_doubt and read.get(NOT_SURE) is False and not missing:
            doubts |= {option for option in signs if read[option] is None}
        some = bool(yes & signs or doubts)
        if asked:
            answered = all(read[option] is not None for option in asked)
            if answered and not some and not missing and NONE in item.options and asked == signs:
                yes.add(NONE)
            if some and not answered:
                yes.add(NOT_SURE)
        if missing and (yes or doubts):
            yes = (yes if yes & signs else yes - {NONE}) | {NOT_SURE}
        ticked = [*(option for option in item.options if option in yes), *bad]
        if not doubts or NOT_SURE in yes:
            return ticked
        return {TICKED: ticked, NOT_SURE: [o for o in item.options if o in doubts]}


def _as_text(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    # What was read as a number from a text is shown as most people write it: 400, not 400.0.
    return raw if isinstance(raw, str) else repr(raw).removesuffix(".0")
