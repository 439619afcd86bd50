"""How urgent it is, how urgent it could still become, and whether a plan may be given.

Not here: what is recommended at that level (`recommendations`).
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.answers.responses import Responses
from triage.book.conditions import Truth, judge
from triage.book.entries import Disposition
from triage.book.levels import (
    ABOVE_ROUTINE,
    ABOVE_SELF_CARE,
    CANNOT_WAIT,
    INCOMPLETE,
    INCOMPLETE_TODAY,
    ROUTINE,
    SELF_CARE,
    more_urgent,
)
from triage.book.rulebook import RuleBook


def disposition(book: RuleBook, states: Mapping[str, Truth]) -> str:
    """How urgent it is.

    The most urgent level that a present finding asks for, if above self-care.  Otherwise
    incomplete, where something that asks for more than routine is undecided.  Otherwise self-care,
    where all that asks for more is ruled out and a self-care pattern is present.  Otherwise
    routine.
    """
    asking = [finding for finding in book.findings.values() if finding.level is not None]
    asked = {f.level for f in asking if states[f.id] is True}
    for level in ABOVE_SELF_CARE:
        if level in asked:
            return level
    open_levels = {f.level for f in asking if states[f.id] is None}
    if open_levels.intersection(ABOVE_ROUTINE):
        return INCOMPLETE
    return SELF_CARE if SELF_CARE in asked and ROUTINE not in open_levels else ROUTINE


def could_rise_to(book: RuleBook, states: Mapping[str, Truth], level: str) -> str | None:
    """The most urgent level still undecided, where that is above the one reached."""
    undecided = {f.level for f in book.findings.values() if states[f.id] is None}
    rising = (one for one in ABOVE_SELF_CARE if one in undecided and more_urgent(one, level))
    return next(rising, None)


def wording(book: RuleBook, level: str, could_rise_to: str | None) -> Disposition:
    """What is said of a level: an incomplete one cannot wait where a most urgent one is open."""
    today = level == INCOMPLETE and could_rise_to in CANNOT_WAIT
    return book.dispositions[INCOMPLETE_TODAY if today else level]


def plan_given(
    book: RuleBook, responses: Responses, states: Mapping[str, Truth], level: str
) -> bool:
    """Whether the level, what is ruled out above it, and the answers let a plan be given."""
    if level not in (SELF_CARE, ROUTINE):
        return False
    settled = all(
        states[finding.id] is False
        for finding in book.findings.values()
        if finding.level in ABOVE_ROUTINE
    )
    return settled and judge(book.plan_only_if, responses.truth) is True
