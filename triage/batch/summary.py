"""What became of a batch, for the person who ran it and for whoever leads the clinic.

A few lines for a terminal, and one page with a table and bars for each question that the counts
answer.

Not here: counting (`tally`, `accounts`), the page's sentences
(`reports/templates/summary_page.html`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.answers.table import option_column
from triage.answers.wording import answer_in_words, date_in_words
from triage.batch.one_pass import Outcome
from triage.batch.recommendations import DECISIONS, UNDECIDED
from triage.book.levels import INCOMPLETE, LIKELIHOODS, URGENCY
from triage.book.rulebook import RuleBook
from triage.intake.mapping import IntakeMapping
from triage.intake.rejects import WHOLE_ROW
from triage.report.templates import fill_template

MOST_CAUSES = 6
"""Causes that the closing lines name."""


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


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer that was not read from the forms."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole summary page."""

    date: str
    book_title: str
    book_version: str
    book_digest: str
    draft: bool
    files: tuple[str, ...]
    layout: str
    read: int
    scored: int
    rejected: int
    rejected_with_red_flags: int
    rejected_file: str
    blank: int
    charts: tuple[Chart, ...]
    constants: tuple[Settled, ...]
    not_offered: tuple[Settled, ...]
    """Questions that the forms asked in part, and what they left out."""


def page(book: RuleBook, outcome: Outcome, rejected_file: str, today: datetime.date) -> str:
    """The summary page, as one HTML file that needs nothing else."""
    view = Page(
        date=date_in_words(today),
        book_title=book.title,
        book_version=book.version,
        book_digest=book.digest[:12],
        draft=book.draft,
        files=outcome.files,
        layout=outcome.mapping.source,
        read=outcome.read,
        scored=outcome.scored,
        rejected=outcome.rejected,
        rejected_with_red_flags=outcome.rejected_with_red_flags,
        rejected_file=rejected_file,
        blank=outcome.blank,
        charts=tuple(_charts(book, outcome)),
        constants=tuple(_constants(book, outcome.mapping)),
        not_offered=tuple(_not_offered(book, outcome.mapping)),
    )
    return fill_template("summary_page.html", page=view)


def closing_lines(
    book: RuleBook, outcome: Outcome, target: str, rejected_file: str
) -> Iterator[str]:
    """What to print when a batch is done."""
    yield from outcome.lines([("scored", outcome.scored, f"in {target}")], rejected_file)
    yield ""
    yield "How urgent"
    counts = outcome.counts["disposition"]
    for level in (*URGENCY, INCOMPLETE):
        yield f"  {level:<24}{counts[level]:>11,}{_share(counts[level], outcome.scored)}"
    yield "Most frequent causes (likely or possible)"
    for cause, count in _causes(book, outcome)[:MOST_CAUSES]:
        yield f"  {cause:<24}{count:>11,}{_share(count, outcome.scored)}"
    for item, count in outcome.rejected_at.items():
        yield f"Rejected at {item}: {count:,}"
    for settled in _constants(book, outcome.mapping):
        yield f"Constant on every form: {settled.ask} {settled.answer}"
    for asked in book.items.values():
        if missing := outcome.mapping.not_offered(asked):
            told = f"{len(missing)} of {len(asked.options)} options have no column"
            yield f"Asked in part, the rest is unknown: {asked.id} ({told})"
    yield outcome.pace(outcome.read, "forms")


def _share(count: int, whole: int) -> str:
    return f"{100 * count / whole:>7.1f} %" if whole else ""


def _causes(book: RuleBook, outcome: Outcome) -> list[tuple[str, int]]:
    found = []
    for cause in book.causes:
        counts = outcome.counts[f"cause_{cause}"]
        found.append((cause, sum(counts[word] for word in LIKELIHOODS)))
    return sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])


def _charts(book: RuleBook, outcome: Outcome) -> Iterator[Chart]:
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
    yield Chart("missing", ("forms",), _items(book, missing, safety_of(book)), whole)
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


def safety_of(book: RuleBook) -> frozenset[str]:
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


def _constants(book: RuleBook, mapping: IntakeMapping) -> Iterator[Settled]:
    for name, answer in mapping.constants.items():
        item = book.items[name]
        yield Settled(item.ask, answer_in_words(item, answer))


def _not_offered(book: RuleBook, mapping: IntakeMapping) -> Iterator[Settled]:
    for item in book.items.values():
        missing: Sequence[str] = mapping.not_offered(item)
        if missing:
            columns = ", ".join(option_column(item.id, option) for option in missing)
            yield Settled(item.ask, f"no column for {columns}")
