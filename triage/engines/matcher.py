"""A matcher for programs that only assert: it counts, for each rule, the patterns still unmatched.

experta's own matcher joins facts, retracts, and asks every rule after every fact whether it has
become ready.  A rule book compiled by `forward` needs none of that: each pattern names one key of
one kind of fact, no pattern shares a variable with another, and no fact is ever taken back.  So a
fact is looked up by its kind and key, and a rule is ready when its last pattern has been met.
On the rule book this is some forty times quicker (`bench/`), and fires the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from triage.engines._experta import Activation, Fact, Matcher, P, Strategy

Place: TypeAlias = tuple[type[Fact], str]
"""A kind of fact and the one key that a pattern looks at."""


class CountingMatcher(Matcher):
    """Matches patterns of one key each, in any number of rules.

    The rules must come from `get_rules` as they were made: one that experta finds among the members
    of its engine is bound to it, and would be handed it twice when fired.

    Raises:
        TypeError: when built, for a rule that holds anything else than such patterns.
    """

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._rules: list[Any] = list(engine.get_rules())
        self._tests: dict[Place, dict[Any, list[int]]] = {}
        for number, rule in enumerate(self._rules):
            for pattern in rule:
                self._wait(number, pattern)
        self._unmet: list[int] = []
        self._met_by: list[list[Fact]] = []
        self.reset()

    def _wait(self, number: int, pattern: Any) -> None:
        if not isinstance(pattern, Fact) or len(pattern) != 1:
            raise TypeError(f"expected patterns of one key each, read {pattern!r}")
        ((key, wanted),) = pattern.items()
        tests = self._tests.setdefault((type(pattern), key), {})
        tests.setdefault(wanted, []).append(number)

    def reset(self) -> None:
        """Forget every fact."""
        self._unmet = [len(rule) for rule in self._rules]
        self._met_by = [[] for _ in self._rules]

    def changes(
        self, adding: Iterable[Fact] | None = None, deleting: Iterable[Fact] | None = None
    ) -> tuple[list[Activation], list[Activation]]:
        """The rules that became ready with the facts added, and none that ceased to be.

        Raises:
            TypeError: a fact was taken back.
        """
        if deleting:
            raise TypeError("expected facts to be asserted only")
        ready: list[Activation] = []
        for fact in adding or ():
            for key, value in fact.items():
                for wanted, waiting in self._tests.get((type(fact), key), {}).items():
                    if wanted.match(value) if isinstance(wanted, P) else wanted == value:
                        ready.extend(self._meet(fact, waiting))
        return ready, []

    def _meet(self, fact: Fact, waiting: list[int]) -> Iterable[Activation]:
        for number in waiting:
            self._met_by[number].append(fact)
            self._unmet[number] -= 1
            if self._unmet[number] == 0:
                yield Activation(self._rules[number], self._met_by[number])


class LastFirst(Strategy):
    """Fires whatever became ready last.

    In a program that only asserts no order changes the result.  experta's own order asks of every
    rule when its facts came, and so keeps answers of one person while the next one is judged.
    """

    def _update_agenda(
        self, agenda: Any, added: Iterable[Activation], removed: Iterable[Activation]
    ) -> None:
        assert not removed, "nothing is taken back"
        agenda.activations.extend(added)
