"""What a finding is, from the truth of its rules; and what a leaf about it is.

Not here: the truth of a rule (`fold`, `forward`), and the same of whole columns (`columnar`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from triage.book.conditions import FindingLeaf, Present, Truth
from triage.book.rulebook import RuleBook


def state_of(truths: Iterable[Truth]) -> Truth:
    """Present where some rule is yes, ruled out where every rule is no, else undecided."""
    rules = list(truths)
    if True in rules:
        return True
    return None if None in rules else False


def states_of(book: RuleBook, verdicts: Mapping[str, Truth]) -> Mapping[str, Truth]:
    """The state of every finding, from the truth of every rule by name."""
    return MappingProxyType(
        {
            finding.id: state_of(verdicts[rule.name] for rule in finding.rules)
            for finding in book.findings.values()
        }
    )


def truth_of(leaf: FindingLeaf, state: Truth) -> Truth:
    """What the state of a finding makes of a leaf that asks for its presence or its absence."""
    if isinstance(leaf, Present) or state is None:
        return state
    return not state
