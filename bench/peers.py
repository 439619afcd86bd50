"""The peers that judge forms one by one: what each is given, what it says, and how long it takes.

A peer gets the same rules, generated from the book in its own idiom, and each form in the shape
that it takes.  Whatever can be done before is done before the clock starts: reading files,
compiling rules, preparing a form.  What it says is taken out after the clock has stopped.

Not here: CLIPS (`clips_peer`) and ZEN (`zen_peer`), which need a translation of the rules.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from tests import specification
from triage.answers.answer import Answer
from triage.answers.responses import Responses
from triage.answers.table import columns, option_column
from triage.assessment.levels import disposition
from triage.book.conditions import Truth
from triage.book.items import NOT_SURE
from triage.book.rulebook import RuleBook
from triage.engines._experta import Matcher
from triage.engines.findings import states_of
from triage.engines.forward import ForwardEngine


class Said(NamedTuple):
    """What somebody makes of a form."""

    disposition: str
    verdicts: Mapping[str, Truth]
    """Every rule by name: yes, no or unknown."""


class Peer(Protocol):
    """Somebody who judges one form at a time, by the book that it was made with."""

    def prepare(self, answers: Mapping[str, Answer]) -> Any:
        """A form in the shape that the peer takes; not timed."""

    def judge(self, form: Any) -> None:
        """Judges a prepared form; timed."""

    def said(self) -> Said:
        """What it made of the last form; not timed."""


def judged(peer: Peer, forms: Sequence[Mapping[str, Answer]]) -> tuple[float, list[Said]]:
    """The seconds that a peer takes for some forms, and what it says of each."""
    prepared = [peer.prepare(answers) for answers in forms]
    peer.judge(prepared[0])  # what is set up on first use is no cost of a form
    seconds = 0.0
    said = []
    for form in prepared:
        start = time.perf_counter()
        peer.judge(form)
        seconds += time.perf_counter() - start
        said.append(peer.said())
    return seconds, said


class Experta:
    """Our forward engine: the book as an `experta` knowledge base."""

    def __init__(self, book: RuleBook, **matcher: type[Matcher]) -> None:
        self._engine = ForwardEngine(book, **matcher)

    def prepare(self, answers: Mapping[str, Answer]) -> Responses:
        """Responses."""
        return Responses(self._engine.book.items, answers)

    def judge(self, form: Responses) -> None:
        """Asserts the answers and fires what follows."""
        self._engine.tell_all(form)

    def said(self) -> Said:
        """From its working memory."""
        verdicts = self._engine.verdicts()
        book = self._engine.book
        return Said(disposition(book, states_of(book, verdicts)), dict(verdicts))


class Specification:
    """The plain-Python three-valued specification, as the tests have it."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._said: Any = None

    def prepare(self, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
        """The answers themselves."""
        return answers

    def judge(self, form: Mapping[str, Answer]) -> None:
        """The whole assessment: it judges nothing less."""
        self._said = specification.assess(self._book, form)

    def said(self) -> Said:
        """As it returned it."""
        return Said(self._said.disposition, self._said.verdicts)


def answers_of(book: RuleBook, row: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers of one row of a table of forms."""
    return dict(_answers(book, row))


def _answers(book: RuleBook, row: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    for item in book.items.values():
        if item.kind == "many":
            cells = {option: row[option_column(item.id, option)] for option in item.options}
            if any(cell is not None for cell in cells.values()):
                yield item.id, frozenset(option for option, cell in cells.items() if cell)
        elif row[item.id] is not None:
            yield item.id, row[item.id]
        elif any(row[column] for column in columns(item)):
            yield item.id, NOT_SURE
