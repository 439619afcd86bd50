"""Whole columns of texts, read by the reader of their cells: once for each different cell.

Not here: the readers (`cells`), and what the codes are (`canonical`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from triage.intake.cells import CellReader, Unread

MOST_KNOWN = 100_000
"""Different texts of a column that are kept in mind."""


class CodedCells:
    """Reads columns of texts with a reader, each different text once."""

    def __init__(
        self,
        reader: CellReader[Any],
        kind: pl.DataType,
        coded: Callable[[Any], object],
        unread: Callable[[str], object],
    ) -> None:
        """Prepare to read.

        Args:
            reader: what reads a text.
            kind: the type of the codes.
            coded: the code of an answer.
            unread: the code of a text that cannot be read.
        """
        self._reader = reader
        self._kind = kind
        self._coded = coded
        self._unread = unread
        self._known: dict[str, object] = {}

    def read(self, texts: pl.Series) -> pl.Series:
        """The code of each text."""
        if texts.null_count() == len(texts):
            return pl.repeat(None, len(texts), dtype=self._kind, eager=True)
        different = texts.drop_nulls().unique()
        if len(self._known) > MOST_KNOWN:
            self._known = {}
        known = self._known
        for text in different:
            if text not in known:
                known[text] = self._code(text)
        codes = pl.Series([known[text] for text in different], dtype=self._kind)
        return texts.replace_strict(different, codes, default=None, return_dtype=self._kind)

    def _code(self, text: str) -> object:
        answer = self._reader.read(text)
        if answer is None:
            return None
        return self._unread(text) if isinstance(answer, Unread) else self._coded(answer)
