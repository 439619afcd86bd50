"""An interview as a value that moves: which question comes next, back, skip, and when to stop.

Answers go to the forward engine one by one, so that a red flag fires the moment it is answered.

Not here: what a list comes to that is asked option by option (`apart`), asking and printing
(`terminal`), files (`intake`).
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.answers.answer import Answer
from triage.answers.responses import Responses
from triage.assessment.assessment import Assessment, conclude
from triage.book.items import NOT_SURE, Item, Section
from triage.book.levels import EMERGENCY, urgency_rank
from triage.book.rulebook import RuleBook
from triage.engines.forward import ForwardEngine
from triage.interview.apart import Apart, apart_of


class Interview:
    """One person's interview."""

    def __init__(
        self, book: RuleBook, responses: Responses | None = None, skipped: Iterable[str] = ()
    ) -> None:
        self.book = book
        self.responses = responses or Responses(book.items, {})
        self._skipped = {item for item in skipped if item in book.items}
        self._asked = [i for i in book.items if i in self.responses.answers or i in self._skipped]
        self._apart: dict[str, Apart] = {}
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

    def apart(self) -> Apart | None:
        """The list to ask option by option now, before any other question, where there is one."""
        if self.emergency:
            return None
        for name in self.responses.answers:
            item = self.book.items[name]
            if name in self._skipped or not self._to_ask(item):
                continue
            apart = self._apart.get(name) or apart_of(self.book, self.responses, item)
            if apart is not None and apart.option is not None:
                self._apart[name] = apart
                self._asked_last(name)
                return apart
        return None

    def section(self, item: Item) -> Section:
        """The section that an item stands in."""
        return self._sections[item.id]

    def progress(self) -> tuple[int, int]:
        """Which question this is, counted from 1, and about how many there will be.

        A list that is asked option by option is still the same question.
        """
        again = self.apart() is not None
        done = len(self.responses.answers.keys() | self._skipped) - again
        left = sum(
            1
            for item in self.book.items.values()
            if item.id not in self.responses.answers
            and item.id not in self._skipped
            and self.responses.applies(item.id) is True
            and self._to_ask(item)
        )
        return done + 1, done + max(left + again, 1)

    def cut_short(self) -> tuple[Section, ...]:
        """The sections that are left out because of the level reached."""
        return tuple(section for section in self.book.sections if self._left_out(section))

    def answer(self, item: Item, answer: Answer) -> None:
        """Take an answer to the question asked now."""
        self._skipped.discard(item.id)
        self._apart.pop(item.id, None)
        self.responses = self.responses.with_answer(item.id, answer)
        self._asked.append(item.id)
        self._assessment = None
        self._engine.tell(item.id, answer)

    def answer_apart(self, apart: Apart, said: str) -> None:
        """Take yes, no or not sure as the answer to the option asked now."""
        apart = self._apart[apart.item.id] = apart.tell(said)
        self._retell(apart)
        if apart.option is None and NOT_SURE in apart.so_far:
            self._skipped.add(apart.item.id)

    def skip(self, item: Item) -> None:
        """Pass over the question asked now; it stays without an answer.

        A list that is asked option by option keeps what was ticked, and stays "not sure".
        """
        self._skipped.add(item.id)
        self._asked_last(item.id)

    def back(self) -> bool:
        """Take back the last answer or skip; False where there is none.

        Of a list that is asked option by option, the last option is taken back, and the list after
        the first.  Answers to questions that then no longer apply are taken back too.
        """
        if not self._asked:
            return False
        item = self._asked[-1]
        apart = self._apart.get(item)
        passed = item in self._skipped
        self._skipped.discard(item)
        if apart is not None and (apart.told or passed):
            passed_midway = passed and apart.option is not None
            self._apart[item] = apart if passed_midway else apart.back()
            self._retell(self._apart[item])
            return True
        self._asked.pop()
        self._apart.pop(item, None)
        self._change(item, None)
        return True

    def _retell(self, apart: Apart) -> None:
        self._change(apart.item.id, apart.so_far)

    def _change(self, item: str, answer: Answer | None) -> None:
        """Give an answer in the place of another, or take it back."""
        self.responses = self.responses.with_answer(item, answer)
        answers = self.responses.answers
        self._asked = [i for i in self._asked if i in answers or i in self._skipped]
        self._apart = {i: apart for i, apart in self._apart.items() if i in answers}
        self._assessment = None
        self._engine.tell_all(self.responses)

    def _asked_last(self, item: str) -> None:
        self._asked = [*(other for other in self._asked if other != item), item]

    def _to_ask(self, item: Item) -> bool:
        """Whether an item applies or may apply, in a section that is not left out."""
        if self._left_out(self._sections[item.id]):
            return False
        return self.responses.applies(item.id) is not False

    def _left_out(self, section: Section) -> bool:
        if section.not_after is None:
            return False
        return urgency_rank(self.assessment.disposition) <= urgency_rank(section.not_after)
