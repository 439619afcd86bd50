"""How urgent each form of a table is, from what its findings ask for; and whether it gets a plan.

Not here: who is to be seen, and when (`recommendations`).
"""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from triage.book.levels import (
    ABOVE_ROUTINE,
    ABOVE_SELF_CARE,
    CANNOT_WAIT,
    INCOMPLETE,
    INCOMPLETE_TODAY,
    ROUTINE,
    SELF_CARE,
    URGENCY,
    more_urgent,
)
from triage.book.rulebook import RuleBook
from triage.book.rules import Finding
from triage.engines.columnar import Compiled, finding_column
from triage.engines.expressions import Layer, all_of, any_of, choose, expression, text

DISPOSITION = "disposition"
WORDED_AS = "worded_as"
"""By which entry of the book's levels it is worded."""
PLAN = "plan"
"""Whether a form gets a plan."""


def open_column(finding: str) -> str:
    """Whether a finding that asks for a level is undecided."""
    return f"open___finding___{finding}"


def asking(book: RuleBook) -> list[Finding]:
    """The findings that ask for a level."""
    return [finding for finding in book.findings.values() if finding.level is not None]


def layers(compiled: Compiled) -> Iterator[Layer]:
    """From the states of findings to `DISPOSITION`, `WORDED_AS` and `PLAN`."""
    book = compiled.book
    yield {
        open_column(finding.id): nw.col(finding_column(finding.id)).is_null()
        for finding in asking(book)
    }
    yield _levels(book)
    yield {DISPOSITION: _disposition()}
    yield {PLAN: _plan(compiled), WORDED_AS: _worded()}


def _asked(level: str) -> str:
    """Whether a finding asks for a level."""
    return f"asked___{level}"


def _open(level: str) -> str:
    """Whether a finding might ask for a level."""
    return f"open___{level}"


def _levels(book: RuleBook) -> Layer:
    layer: Layer = {}
    for level in URGENCY:
        findings = [finding.id for finding in asking(book) if finding.level == level]
        asked = any_of(nw.col(finding_column(finding)) for finding in findings)
        layer[_asked(level)] = asked.fill_null(False)
        layer[_open(level)] = any_of(nw.col(open_column(finding)) for finding in findings)
    return layer


def _disposition() -> nw.Expr:
    asked = [(nw.col(_asked(level)), text(level)) for level in ABOVE_SELF_CARE]
    unsettled = any_of(nw.col(_open(level)) for level in ABOVE_ROUTINE)
    gently = nw.col(_asked(SELF_CARE)) & ~nw.col(_open(ROUTINE))
    cases = [*asked, (unsettled, text(INCOMPLETE)), (gently, text(SELF_CARE))]
    return choose(cases, text(ROUTINE))


def _worded() -> nw.Expr:
    reached = nw.col(DISPOSITION)
    today = any_of(nw.col(_open(level)) for level in CANNOT_WAIT)
    return choose([((reached == INCOMPLETE) & today, text(INCOMPLETE_TODAY))], reached)


def _plan(compiled: Compiled) -> nw.Expr:
    settled = [~nw.col(_asked(level)) & ~nw.col(_open(level)) for level in ABOVE_ROUTINE]
    allowed = expression(compiled.book.plan_only_if, compiled.column_of).fill_null(False)
    gentle = (nw.col(DISPOSITION) == SELF_CARE) | (nw.col(DISPOSITION) == ROUTINE)
    return all_of([gentle, *settled, allowed])


def could_rise_to() -> nw.Expr:
    """The most urgent level that is undecided, where it is above the one reached."""
    reached = nw.col(DISPOSITION)
    cases = []
    for level in ABOVE_SELF_CARE:
        below = [one for one in (*URGENCY, INCOMPLETE) if more_urgent(level, one)]
        reached_less = any_of(reached == one for one in below)
        cases.append((nw.col(_open(level)) & reached_less, text(level)))
    return choose(cases, text(None))
