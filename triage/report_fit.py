"""How large the type of a report may be for it to fit on its pages.

Only an estimate: the lengths of the texts say about how much room they take.  Where it is wrong, or
the smallest type is still too large, a report runs on to a further page, and nothing is lost.
Laying out each report twice to be exact would take twice as long.

Not here: where things stand (`reports/templates/`).
"""

from __future__ import annotations

import dataclasses
from typing import Any

from triage.report_view import Plan, ReportView

LARGEST = 10.0
"""Points.  The numbers below are pages at this size, fitted to the PDF of drawn reports."""
SMALLEST = 8.0
GROWTH = 1.5
"""Height grows with size to this power: long lines break anew, and short ones only grow."""
SLACK = 0.96
"""How full a page may be by this estimate."""
PER_TEXT = 30
"""Letters' worth of room that a text takes besides its letters."""
DRAWN = ("svg", "alt")
LETTER = 1.06
"""A Letter page is shorter: the same takes more of it."""


def type_sizes(view: ReportView, paper: str) -> tuple[float, float]:
    """Points of type for the front of the person's sheet and for its back.

    Without a plan the sheet is one flow over both, and the two sizes are the same.
    """
    front, back = _front(view), _back(view)
    paper_factor = LETTER if paper == "letter" else 1.0
    if view.plan is not None:
        return _size(front * paper_factor, 1), _size(back * paper_factor, 1)
    both = _size((front + back) * paper_factor, 1 if view.short else 2)
    return both, both


def _size(pages: float, allowed: int) -> float:
    """The largest type at which something that takes so many pages fits on those allowed."""
    fitting = LARGEST * (SLACK * allowed / pages) ** (1 / GROWTH)
    return round(min(LARGEST, max(SMALLEST, fitting)), 1)


def _front(view: ReportView) -> float:
    beside = [weight((view.possibilities, view.no_pattern)), weight(view.contributors)]
    columns = sum(part > 0 for part in beside) + (view.body_map is not None)
    explained = max(beside) * max(columns, 1)
    if view.short:
        pages = 0.19 + 2.9e-4 * weight(view.urgency) + 1.2e-4 * weight(view.warning_signs)
        return pages + 1.8e-4 * weight((view.could_rise, view.safety.uncertainty))
    pages = 0.34 + 0.07 * len(view.warning_signs) + 2.5e-4 * weight(view.could_rise)
    pages += 0.9e-4 * explained
    return pages + (0.22 + _first_exercises(view.plan) if view.plan else 0) + 1.31e-4 * weight(
        view.limits
    )


def _first_exercises(plan: Plan) -> float:
    """The cards stand side by side, so that the longest counts."""
    longest = max(weight(exercise) for exercise in plan.first) * len(plan.first)
    drawn = any(exercise.pictures for exercise in plan.first)
    return 0.95e-4 * longest + (0.18 / len(plan.first) if drawn else 0)


def _back(view: ReportView) -> float:
    later = view.plan.later if view.plan else ()
    stop_rules = view.plan.stop_rules if view.plan else ()
    names = tuple((exercise.title, exercise.changes) for exercise in later)
    said = (view.guides, view.tips, view.referrals, stop_rules, names)
    return 1.8e-4 * weight((said, () if view.short else view.safety))


def weight(value: Any) -> int:
    """How much room the texts in some part of a view take, in letters."""
    if isinstance(value, str):
        return len(value) + PER_TEXT if value else 0
    if isinstance(value, tuple):
        return sum(map(weight, value))
    if dataclasses.is_dataclass(value):
        fields = (field.name for field in dataclasses.fields(value))
        return sum(weight(getattr(value, name)) for name in fields if name not in DRAWN)
    return 0
