"""How urgent it is, how urgent it could still become, and whether a plan may be given.

Not here: what is recommended at that level (`recommendations`).
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.answers.responses import Responses
from triage.book.conditions import Truth, judge
from triage.book.levels import INCOMPLETE, ROUTINE, SELF_CARE, URGENCY, more_urgent
from triage.book.rulebook import RuleBook


def disposition(book: RuleBook, states: Mapping[str, Truth]) -> str:
    """How urgent it is.

    The most urgent level that a present finding asks for, if above self-care.  Otherwise, where
    everything that asks for more is ruled out: self-care if a self-care pattern is present, and
    routine if no known pattern fits.  Otherwise incomplete.
    """
    asking = [finding for finding in book.findings.values() if finding.level is not None]
    asked = {f.level for f in asking if states[f.id] is True}
    for level in URGENCY[: URGENCY.index(SELF_CARE)]:
        if level in asked:
            return level
    if any(f.level != SELF_CARE and states[f.id] is not False for f in asking):
        return INCOMPLETE
    gentle = [states[f.id] for f in asking if f.level == SELF_CARE]
    if True in gentle:
        return SELF_CARE
    return INCOMPLETE if None in gentle else ROUTINE


def could_rise_to(book: RuleBook, states: Mapping[str, Truth], level: str) -> str | None:
    """The most urgent level still undecided, where that is above the one reached."""
    undecided = {f.level for f in book.findings.values() if f.level and states[f.id] is None}
    if level == INCOMPLETE and undecided == {SELF_CARE}:
        return ROUTINE  # should none of the gentle patterns fit in the end
    open_levels = [one for one in URGENCY if one in undecided and more_urgent(one, level)]
    return open_levels[0] if open_levels and open_levels[0] != SELF_CARE else None


def plan_given(
    book: RuleBook, responses: Responses, states: Mapping[str, Truth], level: str
) -> bool:
    """Whether the level, what is ruled out above it, and the answers let a plan be given."""
    if level not in (SELF_CARE, ROUTINE):
        return False
    settled = all(
        states[finding.id] is False
        for finding in book.findings.values()
        if finding.level is not None and more_urgent(finding.level, ROUTINE)
    )
    return settled and judge(book.plan_only_if, responses.truth) is True
