"""A person's answers as a value, and the truth they give a leaf.

Nothing is concluded from silence: an item without an answer leaves its leaves unknown.
An item whose `ask_if` is no does not apply, and every leaf about it is no.

Not here: checking answers (`reading`), files (`intake`), findings (`engines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from triage.answers.answer import Answer, meaning
from triage.book.conditions import FINDING_LEAVES, Leaf, Truth, judge
from triage.book.items import NOT_SURE, Item


class Responses:
    """Answers that were checked: each of an item that exists, of its type and in its range.

    Build them with `read`, or grow them with `with_answer`.  Values, never changed.
    """

    def __init__(self, items: Mapping[str, Item], answers: Mapping[str, Answer]) -> None:
        self.items = items
        self.answers: Mapping[str, Answer] = MappingProxyType(
            {item: answers[item] for item in items if item in answers}
        )
        self._applies: dict[str, Truth] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Responses) and self.answers == other.answers

    def __hash__(self) -> int:
        return hash(frozenset(self.answers.items()))

    def applies(self, item: str) -> Truth:
        """Whether an item applies, given the answers to the items that its `ask_if` names."""
        if item not in self._applies:
            gate = self.items[item].ask_if
            self._applies[item] = True if gate is None else judge(gate, self.truth)
        return self._applies[item]

    def truth(self, leaf: Leaf) -> Truth:
        """What the answers make of a leaf about an answer.

        Where it is unknown whether the item applies, an answer that was given stands.
        """
        assert not isinstance(leaf, FINDING_LEAVES), "an answer decides no finding"
        if self.applies(leaf.item) is False:
            return False
        return meaning(leaf, self.answers.get(leaf.item))

    def unanswered(self) -> tuple[str, ...]:
        """The items that apply, or may apply, and hold no answer, in the order of asking."""
        return tuple(
            item
            for item in self.items
            if item not in self.answers and self.applies(item) is not False
        )

    def with_answer(self, item: str, answer: Answer | None) -> Responses:
        """These responses with one answer given, or taken back where `answer` is `None`.

        Answers to items that no longer apply are dropped with it.
        """
        answers = {key: value for key, value in self.answers.items() if key != item}
        if answer is not None:
            answers[item] = answer
        changed = Responses(self.items, answers)
        return changed.only(key for key in answers if changed.applies(key) is not False)

    def only(self, kept: Iterable[str]) -> Responses:
        """These responses with the answers to some items only."""
        wanted = set(kept)
        return Responses(self.items, {k: v for k, v in self.answers.items() if k in wanted})

    def assuming(self, assumed: Responses) -> Responses:
        """These responses with gaps filled from others, item by item in the order of asking.

        An assumed answer is used only where the item applies, holds no answer, and no answer that
        was given would then cease to apply.  On a choose-many item that was answered with ticks
        and "not sure", assuming takes "not sure" away: what was not ticked is then no.  A plain
        "not sure" was an answer, and stays; so does a doubt about one option, which was told.
        """
        filled = self
        for item, answer in assumed.answers.items():
            given = self.answers.get(item)
            if given is None:
                if filled.applies(item) is False:
                    continue
            elif isinstance(given, frozenset) and NOT_SURE in given and len(given) > 1:
                answer = given - {NOT_SURE}
            else:
                continue
            more = Responses(self.items, {**filled.answers, item: answer})
            if all(more.applies(name) is not False for name in more.answers):
                filled = more
        return filled
