"""One person, live: the rule book as an `experta` knowledge base.

Each rule is compiled twice, into patterns for *yes* and, by De Morgan, into patterns for *no*.
The program is therefore purely positive: it only ever asserts, nothing is retracted, there is no
`NOT` and no salience, and neither the order of the facts nor the order of the rules can change
the result.

Working memory holds, for each answer, one `Response` fact with the item as its key; for each item
whose `ask_if` is no, a `Response` saying that it does not apply; and what rules conclude:
`Part` (an inner node of a condition), `Verdict` (a rule) and `Finding` (present or ruled out).

Not here: what the verdicts add up to (`assessment`), and why (`explanation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import Parameter, Signature
from itertools import combinations
from types import MappingProxyType
from typing import Any, TypeAlias

from triage.answers.answer import Answer, meaning
from triage.answers.responses import Responses
from triage.book.conditions import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    CountOf,
    Present,
    Truth,
    needed,
)
from triage.book.rulebook import RuleBook
from triage.engines import _experta
from triage.engines.matcher import CountingMatcher, LastFirst

DOES_NOT_APPLY = "(does not apply)"
"""The value of a `Response` for an item whose `ask_if` is no; no option can be called so."""


class Response(_experta.Fact):
    """An item and the answer to it, or that it does not apply."""


class Part(_experta.Fact):
    """An inner node of a condition and its truth."""


class Verdict(_experta.Fact):
    """A rule and its truth."""


class Finding(_experta.Fact):
    """A finding, present (`True`) or ruled out (`False`)."""


_TAKES_THE_ENGINE = Signature([Parameter("engine", Parameter.POSITIONAL_ONLY)])

Premise: TypeAlias = tuple[Condition, bool]
Chain: TypeAlias = tuple[Premise, ...]
"""Parts that together are enough."""


def chains(condition: Condition, verdict: bool) -> list[Chain]:
    """The alternatives that each make a condition yes, or no.

    A part that has alternatives of its own stays whole inside a longer chain, and gets a fact of
    its own, so that nested alternatives add up and do not multiply.
    """
    if not isinstance(condition, AllOf | AnyOf | CountOf):
        return [((condition, verdict),)]
    need = needed(condition, verdict)
    if need == 1:
        return [chain for part in condition.parts for chain in chains(part, verdict)]
    return [
        tuple(premise for part in some for premise in _as_one(part, verdict))
        for some in combinations(condition.parts, need)
    ]


def _as_one(condition: Condition, verdict: bool) -> Chain:
    alternatives = chains(condition, verdict)
    return alternatives[0] if len(alternatives) == 1 else ((condition, verdict),)


def _key(name: str) -> str:
    """The name of an item or a finding in a fact, where `self` is not free to be one."""
    return f"of {name}"


class _Program:
    """Compiles a rule book into the rules of a `KnowledgeEngine`."""

    def __init__(self, book: RuleBook) -> None:
        self.rules: list[_experta.Rule] = []
        self._parts = 0
        self._patterns: dict[Premise, _experta.Fact] = {}
        for item in book.items.values():
            if item.ask_if is not None:
                closed = Response(**{_key(item.id): DOES_NOT_APPLY})
                self._add_chains(item.ask_if, False, closed)
        for rule in book.rules.values():
            for verdict in (True, False):
                self._add_chains(rule.condition, verdict, Verdict(**{rule.name: verdict}))
        for finding in book.findings.values():
            present = Finding(**{_key(finding.id): True})
            for rule in finding.rules:
                self._add([Verdict(**{rule.name: True})], present)
            ruled_out = Finding(**{_key(finding.id): False})
            self._add([Verdict(**{rule.name: False}) for rule in finding.rules], ruled_out)

    def _add_chains(self, condition: Condition, verdict: bool, conclusion: _experta.Fact) -> None:
        for chain in chains(condition, verdict):
            self._add([self._pattern(*premise) for premise in dict.fromkeys(chain)], conclusion)

    def _add(self, patterns: list[_experta.Fact], conclusion: _experta.Fact) -> None:
        # What a rule concludes is the same for everybody, so that one fact serves them all.
        def conclude(engine: Any) -> None:
            engine.declare(conclusion)

        # experta asks each of some two thousand functions what it takes, and finding that out
        # would be half of the time that compiling a book needs.
        conclude.__signature__ = _TAKES_THE_ENGINE  # type: ignore[attr-defined]
        self.rules.append(_experta.Rule(*patterns)(conclude))

    def _pattern(self, part: Condition, verdict: bool) -> _experta.Fact:
        if (part, verdict) not in self._patterns:
            self._patterns[part, verdict] = self._new_pattern(part, verdict)
        return self._patterns[part, verdict]

    def _new_pattern(self, part: Condition, verdict: bool) -> _experta.Fact:
        match part:
            case Present(finding):
                return Finding(**{_key(finding): verdict})
            case Absent(finding):
                return Finding(**{_key(finding): not verdict})
            case AllOf() | AnyOf() | CountOf():
                self._parts += 1
                named = {f"part_{self._parts}": True}
                self._add_chains(part, verdict, Part(**named))
                return Part(**named)

        def matches(answer: Answer) -> bool:
            truth = False if answer == DOES_NOT_APPLY else meaning(part, answer)
            return truth is verdict

        return Response(**{_key(part.item): _experta.P(matches)})


class _KnowledgeBase(_experta.KnowledgeEngine):
    """An engine that is handed its rules.

    Those of a class would be read off it as its members, which binds them: to be compiled once
    more, and looked through at every reset.
    """

    def __init__(self, rules: list[_experta.Rule], matcher: type[_experta.Matcher]) -> None:
        self._rules = rules
        self.__matcher__ = matcher
        self.__strategy__ = LastFirst
        super().__init__()

    def get_rules(self) -> list[_experta.Rule]:
        return self._rules


class ForwardEngine:
    """A knowledge base with one person's working memory.

    Building one compiles the book; `reset` empties the memory for the next person.
    Not for use by several threads at once.

    Args:
        book: the rule book.
        matcher: experta's general matcher may be put in place of ours; it fires the same rules.
    """

    def __init__(self, book: RuleBook, matcher: type[_experta.Matcher] = CountingMatcher) -> None:
        self.book = book
        self._engine = _KnowledgeBase(_Program(book).rules, matcher)
        self.reset()

    def reset(self) -> None:
        """Forget every answer."""
        self._engine.reset()

    def tell(self, item: str, answer: Answer) -> None:
        """Assert one answer, and fire all that follows from it.

        The answers told since the last `reset` must be such as `reading.read` accepts together.
        """
        self._engine.declare(Response(**{_key(item): answer}))
        self._engine.run()

    def tell_all(self, responses: Responses) -> None:
        """Forget what was told before, and assert these answers in the order of asking."""
        self.reset()
        for item, answer in responses.answers.items():
            self.tell(item, answer)

    def verdicts(self) -> Mapping[str, Truth]:
        """Every rule's name and its truth, as far as the answers told so far decide it."""
        told: dict[str, Truth] = dict.fromkeys(self.book.rules)
        told.update(self._facts(Verdict))
        return MappingProxyType(told)

    def _facts(self, kind: type[_experta.Fact]) -> Iterator[tuple[str, bool]]:
        for fact in self._engine.facts.values():
            if isinstance(fact, kind):
                yield from fact.as_dict().items()
