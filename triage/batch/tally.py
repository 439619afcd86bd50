"""How many scored forms say what: counted piece by piece while they are scored.

Not here: what a form says (`scoring`), and how the counts are shown (`summary`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from triage.batch.scoring import RULED_OUT, UNDECIDED, Scoring
from triage.book.levels import INCOMPLETE, LIKELIHOODS, URGENCY
from triage.book.rulebook import RuleBook

if TYPE_CHECKING:
    import polars as pl

DECISIONS = ("do", "modify", "ask_first", "avoid", UNDECIDED, "no_plan")
"""What may become of an exercise that is recommended."""
TOGETHER = 25_000
"""Forms that are counted at once: by the few thousand, asking for each sum takes longer than it."""

Counts: TypeAlias = Mapping[str, Mapping[str, int]]
"""Column of a row to a word or name in it, to how many forms have it."""


class Tally:
    """The counts of every column of a row that holds names or words."""

    def __init__(self, scoring: Scoring) -> None:
        self._held = {
            (column, name): holds
            for column, names in scoring.names_in().items()
            for name, holds in names.items()
        }
        self._words = dict(_words(scoring.book))
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


def _words(book: RuleBook) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "disposition", (*URGENCY, INCOMPLETE)
    yield "could_rise_to", URGENCY
    for cause in book.causes:
        yield f"cause_{cause}", (*LIKELIHOODS, UNDECIDED, RULED_OUT)
    for exercise in book.exercises:
        yield f"exercise_{exercise}", DECISIONS
