"""How many scored forms say what: counted while they are scored.

Not here: what a form says (`scoring`), and how the counts are shown (`batch_report`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import narwhals as nw

from triage.rulebook import INCOMPLETE, LIKELIHOODS, URGENCY
from triage.scoring import RULED_OUT, UNDECIDED, Scoring

DECISIONS = ("do", "modify", "ask_first", "avoid", UNDECIDED, "no_plan")
"""What may become of an exercise that is recommended."""

Counts: TypeAlias = Mapping[str, Mapping[str, int]]
"""Column of a row to a word or name in it, to how many forms have it."""


class Tally:
    """The counts of every column of a row that holds names or words."""

    def __init__(self, scoring: Scoring) -> None:
        book = scoring.book
        self._when: dict[tuple[str, str], nw.Expr] = {}
        self._words("disposition", (*URGENCY, INCOMPLETE))
        self._words("could_rise_to", URGENCY)
        for cause in book.causes:
            self._words(f"cause_{cause}", (*LIKELIHOODS, UNDECIDED, RULED_OUT))
        for exercise in book.exercises:
            column = nw.col(f"exercise_{exercise}").fill_null("")
            for word in DECISIONS:  # "modify" goes on to say how
                self._when[f"exercise_{exercise}", word] = column.str.starts_with(word)
        for name, parts in scoring.names_in().items():
            self._when |= {(name, value): when for value, when in parts.items()}

    def _words(self, column: str, words: tuple[str, ...]) -> None:
        for word in words:
            self._when[column, word] = (nw.col(column) == word).fill_null(False)

    def sums(self, scored: nw.Expr) -> list[nw.Expr]:
        """The counts as expressions over a judged frame, of the forms that are scored."""
        return [
            (when & scored).sum().alias(str(place))
            for place, when in enumerate(self._when.values())
        ]

    def counts(self, row: Mapping[str, Any]) -> Counts:
        """The counts, from the one row that the sums make; a frame without rows counts nothing."""
        counts: dict[str, dict[str, int]] = {}
        for place, (column, word) in enumerate(self._when):
            counts.setdefault(column, {})[word] = int(row[str(place)] or 0)
        return counts
