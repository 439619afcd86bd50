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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from types import MappingProxyType
from typing import Any, TypeAlias

from triage.answers.responses import Answer, Responses, meaning
from triage.book.conditions import (
    Absent,
    AllOf,
    AnswerLeaf,
    AnyOf,
    Condition,
    CountOf,
    Present,
    Truth,
    needed,
)
from triage.book.rulebook import RuleBook
from triage.book.rules import Rule
from triage.engines import _experta
from triage.engines.matcher import CountingMatcher

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


@dataclass(frozen=True, slots=True)
class Activation:
    """A rule that fired, one way or the other: a justification."""

    rule: str
    verdict: bool
    premises: tuple[tuple[Condition, bool], ...]
    """The parts of the rule's condition that made it fire, each with its truth."""


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
    """Compiles a rule book into the members of a `KnowledgeEngine` class."""

    def __init__(self, book: RuleBook) -> None:
        self.members: dict[str, Any] = {}
        self._parts: dict[Premise, str] = {}
        self._checks: dict[tuple[AnswerLeaf, bool], Any] = {}
        for item in book.items.values():
            if item.ask_if is not None:
                fact = partial(Response, **{_key(item.id): DOES_NOT_APPLY})
                self._rules(item.ask_if, False, fact, None)
        for rule in book.rules.values():
            for verdict in (True, False):
                fact = partial(Verdict, **{rule.name: verdict})
                self._rules(rule.condition, verdict, fact, rule)
        for finding in book.findings.values():
            present = partial(Finding, **{_key(finding.id): True})
            for rule in finding.rules:
                self._add([Verdict(**{rule.name: True})], present)
            ruled_out = partial(Finding, **{_key(finding.id): False})
            self._add([Verdict(**{rule.name: False}) for rule in finding.rules], ruled_out)

    def _rules(
        self,
        condition: Condition,
        verdict: bool,
        conclusion: Callable[[], _experta.Fact],
        rule: Rule | None,
    ) -> None:
        for chain in chains(condition, verdict):
            patterns = [self._pattern(*premise) for premise in dict.fromkeys(chain)]
            activation = Activation(rule.name, verdict, chain) if rule else None
            self._add(patterns, conclusion, activation)

    def _add(
        self,
        patterns: list[_experta.Fact],
        conclusion: Callable[[], _experta.Fact],
        activation: Activation | None = None,
    ) -> None:
        def conclude(engine: Any) -> None:
            if activation is not None:
                engine.activations.append(activation)
            engine.declare(conclusion())

        name = f"rule_{len(self.members):06}"
        conclude.__name__ = name
        self.members[name] = _experta.Rule(*patterns)(conclude)

    def _pattern(self, part: Condition, verdict: bool) -> _experta.Fact:
        match part:
            case Present(finding):
                return Finding(**{_key(finding): verdict})
            case Absent(finding):
                return Finding(**{_key(finding): not verdict})
            case AllOf() | AnyOf() | CountOf():
                return self._part(part, verdict)
            case _:
                return Response(**{_key(part.item): self._check(part, verdict)})

    def _part(self, part: Condition, verdict: bool) -> _experta.Fact:
        name = self._parts.get((part, verdict))
        if name is None:
            name = self._parts[part, verdict] = f"part_{len(self._parts)}"
            self._rules(part, verdict, partial(Part, **{name: True}), None)
        return Part(**{name: True})

    def _check(self, leaf: AnswerLeaf, verdict: bool) -> Any:
        if (leaf, verdict) not in self._checks:

            def matches(answer: Answer) -> bool:
                truth = False if answer == DOES_NOT_APPLY else meaning(leaf, answer)
                return truth is verdict

            self._checks[leaf, verdict] = _experta.P(matches)
        return self._checks[leaf, verdict]


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
        members = {**_Program(book).members, "__matcher__": matcher}
        self._engine: Any = type("RuleBookEngine", (_experta.KnowledgeEngine,), members)()
        self.reset()

    def reset(self) -> None:
        """Forget every answer."""
        self._engine.reset()
        self._engine.activations = []

    def tell(self, item: str, answer: Answer) -> None:
        """Assert one answer, and fire all that follows from it.

        The answers told since the last `reset` must be such as `responses.read` accepts together.
        """
        self._engine.declare(Response(**{_key(item): answer}))
        self._engine.run()

    def tell_all(self, responses: Responses) -> None:
        """Forget what was told before, and assert these answers in the order of asking."""
        self.reset()
        for item, answer in responses.answers.items():
            self.tell(item, answer)

    @property
    def activations(self) -> tuple[Activation, ...]:
        """What fired, in the order in which it did."""
        return tuple(self._engine.activations)

    def verdicts(self) -> Mapping[str, Truth]:
        """Every rule's name and its truth, as far as the answers told so far decide it."""
        told: dict[str, Truth] = dict.fromkeys(self.book.rules)
        told.update(self._facts(Verdict))
        return MappingProxyType(told)

    def _facts(self, kind: type[_experta.Fact]) -> Iterator[tuple[str, bool]]:
        for fact in self._engine.facts.values():
            if isinstance(fact, kind):
                yield from fact.as_dict().items()
