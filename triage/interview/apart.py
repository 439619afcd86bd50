"""The options of a list, asked one by one of somebody who is not sure of the whole list.

So only where it may matter at once: where one more tick would make it more urgent, and that could
not wait.  Who cannot tell an option that was asked by itself has said so much of it, and no more.

Not here: which question comes next (`interview`), and how an option is asked (`terminal`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from triage.answers.answer import in_doubt
from triage.answers.responses import Responses
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.levels import CANNOT_WAIT, urgency_rank
from triage.book.rulebook import RuleBook
from triage.engines.fold import Fold
from triage.interview.typed import NO, YES


@dataclass(frozen=True, slots=True)
class Apart:
    """A list that is asked option by option, and what was said so far."""

    item: Item
    answer: frozenset[str]
    """What was said of the whole list: ticks, and "not sure"."""
    told: tuple[str, ...] = ()
    """Yes, no or not sure, of the first options that were open."""

    @property
    def options(self) -> tuple[str, ...]:
        """The options that were left open, in the order of asking."""
        return tuple(option for option in self.item.signs if option not in self.answer)

    @property
    def option(self) -> str | None:
        """The option to ask now; `None` where all have been."""
        return self.options[len(self.told)] if len(self.told) < len(self.options) else None

    @property
    def so_far(self) -> frozenset[str]:
        """The answer that all this comes to; until the last option is told, the rest is unknown."""
        ticked = self.answer | self._said(YES)
        if self.option is not None:
            return ticked
        settled = (ticked - {NOT_SURE}).union(map(in_doubt, self._said(NOT_SURE)))
        # A list without "none" cannot hold that nothing fits.
        return settled or (frozenset({NONE}) if NONE in self.item.options else self.answer)

    def tell(self, said: str) -> Apart:
        """This, with yes, no or not sure said of the option asked now."""
        assert self.option is not None
        assert said in (YES, NO, NOT_SURE)
        return replace(self, told=(*self.told, said))

    def back(self) -> Apart:
        """This, without what was said last."""
        return replace(self, told=self.told[:-1])

    def _said(self, word: str) -> frozenset[str]:
        told = zip(self.options, self.told, strict=False)
        return frozenset(option for option, said in told if said == word)


def apart_of(book: RuleBook, responses: Responses, item: Item) -> Apart | None:
    """The options of a list to ask one by one, where "not sure" leaves open what cannot wait.

    Only the answers to earlier questions count, so that no later one brings a list up again.
    """
    answer = responses.answers.get(item.id)
    if item.kind != "many" or not isinstance(answer, frozenset) or NOT_SURE not in answer:
        return None
    known = responses.only(takewhile(lambda name: name != item.id, book.items))
    apart = Apart(item, answer)
    reached = _rank(book, known.with_answer(item.id, answer))
    for option in apart.options:
        if _rank(book, known.with_answer(item.id, answer | {option})) < reached:
            return apart
    return None


def _rank(book: RuleBook, responses: Responses) -> int:
    """How urgent it is by what cannot wait: 0 for the most urgent level."""
    fold = Fold(book, responses)
    for level in CANNOT_WAIT:
        asking = (f.id for f in book.findings.values() if f.level == level)
        if any(fold.state(finding) is True for finding in asking):
            return urgency_rank(level)
    return len(CANNOT_WAIT)
