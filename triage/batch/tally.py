"""How many scored forms say what: counted piece by piece while they are scored.

Not here: what a form says (`scored_row`), and how the counts are shown (`charts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from triage.batch.scored_row import Column, Names

if TYPE_CHECKING:
    import polars as pl

TOGETHER = 25_000
"""Forms that are counted at once: by the few thousand, asking for each sum takes longer than it."""

Counts: TypeAlias = Mapping[str, Mapping[str, int]]
"""Column of a row to a word or name in it, to how many forms have it."""


class Tally:
    """The counts of every column of a row that holds names or words."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._held: dict[tuple[str, str], str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        for column in columns:
            if isinstance(column, Names):
                holding = column.columns()
                self._held |= {(column.name, name): holds for name, holds in holding.items()}
            elif column.counted:
                self._words[column.name] = column.counted
        self._counter: Counter[tuple[str, str]] = Counter()
        self._waiting: list[pl.DataFrame] = []
        self._alone = Lock()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a judged frame that are counted."""
        return (*self._words, *dict.fromkeys(self._held.values()))

    def take(self, forms: pl.DataFrame) -> None:
        """Count some more forms, which have all `columns`; several threads may do so at once."""
        with self._alone:
            self._waiting.append(forms)
            if sum(piece.height for piece in self._waiting) < TOGETHER:
                return
            pieces, self._waiting = self._waiting, []
        self._add(pieces)

    def counts(self) -> Counts:
        """What was counted so far."""
        with self._alone:
            pieces, self._waiting = self._waiting, []
        if pieces:
            self._add(pieces)
        worded = [(column, word) for column, words in self._words.items() for word in words]
        counts: dict[str, dict[str, int]] = {}
        for column, word in (*worded, *self._held):
            counts.setdefault(column, {})[word] = self._counter[column, word]
        return counts

    def _add(self, pieces: Sequence[pl.DataFrame]) -> None:
        import polars as pl

        forms = pl.concat(pieces, rechunk=False)
        counts: Counter[tuple[str, str]] = Counter()
        # One by one: an expression for each of some hundred columns costs more than their sums.
        sums = {column: forms[column].sum() for column in self._held.values()}
        counts.update({place: sums[column] for place, column in self._held.items()})
        for column in self._words:
            for text, count in forms[column].drop_nulls().value_counts().iter_rows():
                word, *_ = text.split(":")  # "modify" goes on to say how
                counts[column, word] += count
        with self._alone:
            self._counter.update(counts)
