"""What became of a batch, for the person who ran it and for whoever leads the clinic.

A few lines for a terminal, and one page with a table and bars for each question that the counts
answer.

Not here: the tables (`charts`), counting (`tally`, `accounts`), the page's sentences
(`reports/templates/summary_page.html`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.answers.table import option_column
from triage.answers.wording import answer_in_words, date_in_words
from triage.batch.charts import Chart, charts
from triage.batch.one_pass import Outcome
from triage.book.levels import INCOMPLETE, LIKELIHOODS, URGENCY
from triage.book.rulebook import RuleBook
from triage.intake.mapping import IntakeMapping
from triage.report.templates import fill_template

MOST_CAUSES = 6
"""Causes that the closing lines name."""


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
    notices: tuple[str, ...]
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
        notices=outcome.notices,
        read=outcome.read,
        scored=outcome.scored,
        rejected=outcome.rejected,
        rejected_with_red_flags=outcome.rejected_with_red_flags,
        rejected_file=rejected_file,
        blank=outcome.blank,
        charts=tuple(charts(book, outcome)),
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
