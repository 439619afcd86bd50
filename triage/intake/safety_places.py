"""Which answers a red flag depends on, so that nobody guesses at them lightly.

Not here: what is guessed (`guesses`).
"""

from __future__ import annotations

from typing import TypeAlias

from triage.book.conditions import Includes, OneOf, UnsureOf, findings_of, leaves
from triage.book.rulebook import RuleBook

Place: TypeAlias = tuple[str, str | None]
"""What a column answers: an item, or one option of it."""


def safety_places(book: RuleBook) -> frozenset[Place]:
    """Every item that a red flag asks about, itself or through other findings, and every option."""
    places: set[Place] = set()
    seen: set[str] = set()
    waiting = [finding.id for finding in book.strata["red_flags"]]
    while waiting:
        finding = waiting.pop()
        if finding in seen:
            continue
        seen.add(finding)
        for rule in book.findings[finding].rules:
            waiting += findings_of(rule.condition)
            for leaf in leaves(rule.condition):
                if isinstance(leaf, OneOf | Includes | UnsureOf):
                    places |= {(leaf.item, option) for option in leaf.options}
                if item := getattr(leaf, "item", None):
                    places.add((item, None))
    return frozenset(places)
