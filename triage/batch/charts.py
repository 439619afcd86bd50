"""The tables of a summary page, with the counts that bars are drawn from.

Not here: counting (`tally`, `accounts`), the page (`summary`), its sentences
(`reports/templates/summary_page.html`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.batch.one_pass import Outcome
from triage.batch.recommendations import DECISIONS, UNDECIDED
from triage.book.levels import INCOMPLETE, LIKELIHOODS, URGENCY
from triage.book.rulebook import RuleBook
from triage.intake.rejects import WHOLE_ROW


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what it counts, and the counts."""

    label: str
    about: str
    """A word on the label, such as the level that it asks for; empty where there is none."""
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Chart:
    """A table, whose rows are drawn as bars beside it."""

    id: str
    series: tuple[str, ...]
    """What the counts of a row are, in words; one bar is made of as many parts."""
    lines: tuple[Line, ...]
    whole: int
    """The count that a full bar stands for; shares are of this."""


def charts(book: RuleBook, outcome: Outcome) -> Iterator[Chart]:
    """All of them, in the order of the page."""
    whole, counts = outcome.scored, outcome.counts
    levels = {level: book.dispositions[level].title for level in (*URGENCY, INCOMPLETE)}
    yield Chart(
        "levels",
        ("forms",),
        tuple(
            Line(title, book.dispositions[level].time_frame, (counts["disposition"][level],))
            for level, title in levels.items()
        ),
        whole,
    )
    yield Chart(
        "rising",
        ("forms",),
        tuple(
            Line(levels[level], "", (count,))
            for level, count in counts["could_rise_to"].items()
            if count
        ),
        whole,
    )
    missing = counts["missing"]
    yield Chart("missing", ("forms",), _items(book, missing, _safety_of(book)), whole)
    yield Chart("red_flags", ("forms",), _red_flags(book, counts["red_flags"], levels), whole)
    yield Chart("patterns", _fits(book), _patterns(book, counts["patterns"]), whole)
    words = (*LIKELIHOODS, UNDECIDED)
    causes = [
        Line(cause.title, "", tuple(counts[f"cause_{name}"][word] for word in words))
        for name, cause in book.causes.items()
    ]
    yield Chart("causes", (*_fits(book), UNDECIDED), _most_first(causes), whole)
    exercises = [
        Line(exercise.title, "", tuple(counts[f"exercise_{name}"][word] for word in DECISIONS))
        for name, exercise in book.exercises.items()
    ]
    yield Chart("exercises", DECISIONS, tuple(exercises), whole)
    refused = outcome.rejected_at
    order = [WHOLE_ROW, *book.items]
    lines = [
        Line(book.items[item].ask if item in book.items else item, item, (refused[item],))
        for item in sorted(refused, key=lambda item: (-refused[item], order.index(item)))
    ]
    yield Chart("rejected", ("forms",), tuple(lines), outcome.rejected)


def _safety_of(book: RuleBook) -> frozenset[str]:
    """The items that are asked however urgent it already is: those on which safety rests."""
    return frozenset(
        item for section in book.sections if section.not_after is None for item in section.items
    )


def _items(book: RuleBook, counts: Mapping[str, int], wanted: frozenset[str]) -> tuple[Line, ...]:
    return _most_first(
        Line(book.items[item].ask, item, (count,))
        for item, count in counts.items()
        if count and item in wanted
    )


def _red_flags(
    book: RuleBook, counts: Mapping[str, int], levels: Mapping[str, str]
) -> tuple[Line, ...]:
    lines: list[Line] = []
    for level in URGENCY:
        found = [
            Line(finding.title, levels[level], (counts[finding.id],))
            for finding in book.findings.values()
            if finding.stratum == "red_flags" and finding.level == level and counts[finding.id]
        ]
        lines += _most_first(found)
    return tuple(lines)


def _fits(book: RuleBook) -> tuple[str, ...]:
    return tuple(
        book.likelihoods[word].title if word in book.likelihoods else word for word in LIKELIHOODS
    )


def _patterns(book: RuleBook, counts: Mapping[str, int]) -> tuple[Line, ...]:
    lines = [
        Line(pattern.title, "", tuple(counts.get(f"{name} ({word})", 0) for word in LIKELIHOODS))
        for name, pattern in book.patterns.items()
    ]
    return _most_first(line for line in lines if line.total)


def _most_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: -line.total))
