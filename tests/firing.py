"""What fires in a forward engine, by which facts and for what, written down as it becomes ready."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, TypeAlias

from triage.book.rulebook import RuleBook
from triage.engines._experta import Activation, Fact, Matcher
from triage.engines.forward import ForwardEngine
from triage.engines.matcher import CountingMatcher

Told: TypeAlias = tuple[type[Fact], str, Any]
"""A fact of one key: its kind, the key and the value."""
Justification: TypeAlias = tuple[frozenset[Told], Told]
"""The facts that made a rule fire, and the one that it asserted."""


def recording(
    book: RuleBook, matcher: type[Matcher] = CountingMatcher
) -> tuple[ForwardEngine, list[Activation]]:
    """An engine, and the list of all that fires in it from the last reset on, in order."""
    fired: list[Activation] = []

    class Recording(matcher):  # type: ignore[valid-type, misc]
        """The same matcher, watched."""

        def reset(self) -> None:
            super().reset()
            fired.clear()

        def changes(self, adding: Any = None, deleting: Any = None) -> Any:
            ready, gone = super().changes(adding, deleting)
            fired.extend(ready)
            return ready, gone

    return ForwardEngine(book, Recording), fired


def fact(kind: type[Fact], key: str, value: Any) -> Told:
    """A fact, to compare with those of any engine."""
    return kind, key, value


def justifications(fired: Iterable[Activation]) -> list[Justification]:
    """What made each rule fire, and what it asserts, in order."""
    return [
        (frozenset(map(_told, activation.facts)), _told(_concluded(activation)))
        for activation in fired
    ]


def _told(one: Fact) -> Told:
    ((key, value),) = ((k, v) for k, v in one.items() if not one.is_special(k))
    return type(one), key, value


def _concluded(activation: Activation) -> Fact:
    """What a rule asserts, asked of the rule once more."""
    seen: list[Fact] = []
    activation.rule(SimpleNamespace(declare=seen.append))
    (only,) = seen
    return only
