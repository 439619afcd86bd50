"""How large the type of a report may be for it to fit on its pages.

Only an estimate: the lengths of the texts say about how much room they take.  Where it is wrong, or
the smallest type is still too large, a report runs on to a further page, and nothing is lost.
Laying out each report twice to be exact would take twice as long.

Not here: where things stand (`reports/templates/`).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from triage.report_view import Plan, ReportView

LARGEST = 10.0
"""Points.  The numbers below are pages at this size, fitted to the PDF of drawn reports."""
SMALLEST = 8.0
GROWTH = 1.45
"""Height grows with size to this power: long lines break anew, and short ones only grow."""
SLACK = 0.96
"""How full a page may be by this estimate."""
PER_TEXT = 30
"""Letters' worth of room that a text takes besides its letters."""
PAGE_WIDTH, PAGE_HEIGHT, WIDEST = 186, 274, 48
"""Millimetres inside the margins of an A4 page, and of the width of a drawing."""
LOWEST, HIGHEST = 18.0, 31.0
"""Millimetres: between these a drawing gives way to words in the smallest type."""
NEARLY_ONE = 1.2
"""So little more than a page is made to be one."""
UNBROKEN = 0.2
"""Pages that stay empty at the end of the first, because parts are kept together."""
BESIDE_MAP = 1.3
"""How much more of a page words take beside the drawing of where it hurts."""
DRAWN = ("svg", "alt")
LETTER = 1.06
"""A Letter page is shorter: the same takes more of it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large things are on the person's sheet."""

    first: float
    """Points of type on the first page."""
    second: float
    """The same on the second; equal to it without a plan, where the sheet is one flow."""
    drawing: float
    """Millimetres that a drawing of one of the first exercises may be high."""


def fitted(view: ReportView, paper: str) -> Sizes:
    """The sizes at which a report fits on its pages, as far as that can be."""
    factor = LETTER if paper == "letter" else 1.0
    first, second = _first_page(view) * factor, _second_page(view) * factor
    if view.plan is None:
        pages = first + second
        both = _size(pages, 1 if view.short or pages < NEARLY_ONE else 2 - UNBROKEN)
        return Sizes(both, both, HIGHEST)
    at_the_least = first * (SMALLEST / LARGEST) ** GROWTH
    room = (1 - at_the_least) * PAGE_HEIGHT / factor
    drawing = round(min(HIGHEST, max(LOWEST, room)), 1)
    drawn = _drawn(view.plan, drawing) * factor
    return Sizes(_size(first, 1 - drawn), _size(second, 1), drawing)


def _size(pages: float, allowed: float) -> float:
    """The largest type at which something that takes so many pages fits on those allowed."""
    fitting: float = LARGEST * (SLACK * max(allowed, 0.1) / pages) ** (1 / GROWTH)
    return round(min(LARGEST, max(SMALLEST, fitting)), 1)


def _first_page(view: ReportView) -> float:
    beside = [weight((view.possibilities, view.no_pattern)), weight(view.contributors)]
    columns = sum(part > 0 for part in beside)
    explained = max(beside) * columns * (BESIDE_MAP if view.body_map else 1)
    if view.short:
        pages = 6.7e-4 * weight(view.urgency) + 0.041 * len(view.warning_signs)
        pages += 0.74e-4 * weight(view.warning_signs) + 1.9e-4 * weight(view.could_rise)
        return pages + 0.9e-4 * explained + 1.0e-4 * weight(view.safety)
    pages = 0.34 + 0.07 * len(view.warning_signs) + 2.5e-4 * weight(view.could_rise)
    pages += 0.9e-4 * explained
    return (
        pages
        + (0.22 + _first_exercises(view.plan) if view.plan else 0)
        + 1.31e-4 * weight(view.not_to_do)
    )


def _first_exercises(plan: Plan) -> float:
    """The cards stand side by side, so that the longest counts, which is a little wider."""
    cards = [weight(exercise) for exercise in plan.first]
    return 0.95e-4 * (max(cards) * len(cards) + sum(cards)) / 2


def _drawn(plan: Plan, highest: float) -> float:
    """Pages that the highest drawing of the first exercises takes, whatever the type."""
    card = PAGE_WIDTH / len(plan.first) - 5
    heights = [
        min(highest, min(WIDEST, card / len(drawn)) * max(one.height / one.width for one in drawn))
        for exercise in plan.first
        if (drawn := exercise.pictures)
    ]
    return max(heights, default=0) / PAGE_HEIGHT


def _second_page(view: ReportView) -> float:
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
        # Not `fields`, which makes a list of them anew for every value.
        names = value.__dataclass_fields__
        return sum(weight(getattr(value, name)) for name in names if name not in DRAWN)
    return 0
