"""An interview as a value that moves: which question comes next, back, skip, and when to stop.

Answers go to the forward engine one by one, so that a red flag fires the moment it is answered.

Not here: asking and printing (`terminal`), files (`intake`).
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.answers.answer import Answer
from triage.answers.responses import Responses
from triage.assessment.assessment import Assessment, conclude
from triage.book.items import Item, Section
from triage.book.levels import EMERGENCY, urgency_rank
from triage.book.rulebook import RuleBook
from triage.engines.forward import ForwardEngine


class Interview:
    """One person's interview."""

    def __init__(
        self, book: RuleBook, responses: Responses | None = None, skipped: Iterable[str] = ()
    ) -> None:
        self.book = book
        self.responses = responses or Responses(book.items, {})
        self._skipped = {item for item in skipped if item in book.items}
        self._asked = [i for i in book.items if i in self.responses.answers or i in self._skipped]
        self._sections = {name: section for section in book.sections for name in section.items}
        self._engine = ForwardEngine(book)
        self._engine.tell_all(self.responses)
        self._assessment: Assessment | None = None

    @property
    def assessment(self) -> Assessment:
        """What the answers so far come to."""
        if self._assessment is None:
            self._assessment = conclude(self.book, self.responses, self._engine.verdicts())
        return self._assessment

    @property
    def emergency(self) -> bool:
        """Whether the interview stops here, for help is needed now."""
        return self.assessment.disposition == EMERGENCY

    @property
    def skipped(self) -> tuple[str, ...]:
        """The items that were passed over, in the order of asking."""
        return tuple(item for item in self.book.items if item in self._skipped)

    def next(self) -> Item | None:
        """The question to ask now, or `None` where there is no more to ask."""
        if self.emergency:
            return None
        for item in self.book.items.values():
            done = item.id in self.responses.answers or item.id in self._skipped
            if not done and self._to_ask(item):
                return item
        return None

    def section(self, item: Item) -> Section:
        """The section that an item stands in."""
        return self._sections[item.id]

    def progress(self) -> tuple[int, int]:
        """Which question this is, counted from 1, and about how many there will be."""
        done = len(self.responses.answers.keys() | self._skipped)
        left = sum(
            1
            for item in self.book.items.values()
            if item.id not in self.responses.answers
            and item.id not in self._skipped
            and self.responses.applies(item.id) is True
            and self._to_ask(item)
        )
        return done + 1, done + max(left, 1)

    def cut_short(self) -> tuple[Section, ...]:
        """The sections that are left out because of the level reached."""
        return tuple(section for section in self.book.sections if self._left_out(section))

    def answer(self, item: Item, answer: Answer) -> None:
        """Take an answer to the question asked now."""
        self._skipped.discard(item.id)
        self.responses = self.responses.with_answer(item.id, answer)
        self._asked.append(item.id)
        self._assessment = None
        self._engine.tell(item.id, answer)

    def skip(self, item: Item) -> None:
        """Pass over the question asked now; it stays without an answer."""
        self._skipped.add(item.id)
        self._asked.append(item.id)

    def back(self) -> bool:
        """Take back the last answer or skip; False where there is none.

        Answers to questions that then no longer apply are taken back with it.
        """
        if not self._asked:
            return False
        item = self._asked.pop()
        self._skipped.discard(item)
        self.responses = self.responses.with_answer(item, None)
        self._asked = [i for i in self._asked if i in self.responses.answers or i in self._skipped]
        self._assessment = None
        self._engine.tell_all(self.responses)
        return True

    def _to_ask(self, item: Item) -> bool:
        """Whether an item applies or may apply, in a section that is not left out."""
        if self._left_out(self._sections[item.id]):
            return False
        return self.responses.applies(item.id) is not False

    def _left_out(self, section: Section) -> bool:
        if section.not_after is None:
            return False
        return urgency_rank(self.assessment.disposition) <= urgency_rank(section.not_after)
