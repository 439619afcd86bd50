"""How large the type of a report may be, and how high its drawings, for it to fit on its pages.

Only an estimate: the lengths of the texts say about how much room they take.  Where it is wrong, or
the smallest type is still too large, a report runs on to a further page, and nothing is lost.
Laying out each report twice to be exact would take half as long again.

Not here: where things stand (`reports/templates/`), the first page with exercises in it
(`first_page`).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from triage.book.rulebook import ENGLISH
from triage.languages.words import Words
from triage.report.first_page import FirstPage, shares
from triage.report.view import Plan, ReportView

SMALLEST, LARGEST = 8.0, 10.0
"""Points of type."""
LARGEST_ALONE = 11.5
"""The same of a sheet without exercises, which has room."""
STEP = 0.25
SPARE = 3.0
"""Lines that the first page may be fuller than estimated."""
WORDIER = 6.5
"""Millimetres that it is fuller in other languages than English, whose words are short."""
LOWEST, ENOUGH, HIGHEST = 18.0, 30.0, 44.0
"""Millimetres of a drawing: type shrinks until each is high enough, and then drawings shrink."""
FITTED = 10.0
"""Points of the type for which the numbers below are pages, fitted to the PDF of drawn reports."""
GROWTH = 1.45
"""Height grows with size to this power: long lines break anew, and short ones only grow."""
SLACK, CAREFUL = 0.96, 0.9
"""How full a page may be by this estimate, with exercises and without, where it is less sure."""
PER_TEXT = 30
"""Letters' worth of room that a text takes besides its letters."""
EASY = 9.5
"""Points of type below which two pages are better than one, where being seen can wait."""
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
    apart: bool = False
    """Whether the exercises begin a page of their own."""
    shares: tuple[float, ...] = ()
    """How much of the width each of the first exercises gets, of 1."""
    drawings: tuple[float, ...] = ()
    """Millimetres that the drawings of each of them may be high."""


def fitted(view: ReportView, words: Words, paper: str) -> Sizes:
    """The sizes at which a report fits on its pages, as far as that can be."""
    factor = LETTER if paper == "letter" else 1.0
    second = _second_page(view) * factor
    if view.plan is None:
        pages = _without_plan(view) * factor + second
        both = _size(pages, CAREFUL, LARGEST_ALONE)
        if both < EASY and not view.short:
            both = _size(pages, (2 - UNBROKEN) * CAREFUL, LARGEST_ALONE)
        return Sizes(both, both)
    sizes = _first_page(view, view.plan, words, paper)
    return dataclasses.replace(sizes, second=_size(second, SLACK, LARGEST))


def _first_page(view: ReportView, plan: Plan, words: Words, paper: str) -> Sizes:
    """The type of the first page, and the drawings on it or, where they do not fit, on the next."""
    taken = 0 if view.language == ENGLISH else WORDIER
    smallest = FirstPage(view, plan, words, paper, SMALLEST)
    apart = min(smallest.rooms()) < LOWEST
    size = LARGEST
    while True:
        page = FirstPage(view, plan, words, paper, size)
        spare = taken + SPARE * page.em
        wanted = [min(high, HIGHEST) for high in page.drawings()]
        rooms = [room - spare for room in page.rooms(apart=apart)]
        fits = all(room >= min(want, ENOUGH) for room, want in zip(rooms, wanted, strict=True))
        if size <= SMALLEST or (fits and not (apart and page.left() < spare)):
            highest = (max(LOWEST, min(pair)) for pair in zip(rooms, wanted, strict=True))
            return Sizes(size, size, apart, shares(plan), tuple(round(h, 1) for h in highest))
        size -= STEP


def _size(pages: float, allowed: float, largest: float) -> float:
    """The largest type at which something that takes so many pages fits on those allowed."""
    fitting: float = FITTED * (allowed / pages) ** (1 / GROWTH)
    return round(min(largest, max(SMALLEST, fitting)), 1)


def _without_plan(view: ReportView) -> float:
    """What comes first where there are no exercises, in pages."""
    beside = [weight((view.possibilities, view.no_pattern)), weight(view.contributors)]
    columns = sum(part > 0 for part in beside)
    explained = 0.9e-4 * max(beside) * columns * (BESIDE_MAP if view.body_map else 1)
    if view.short:
        pages = 6.7e-4 * weight(view.urgency) + 0.041 * len(view.warning_signs)
        pages += 0.74e-4 * weight(view.warning_signs) + 1.9e-4 * _open(view)
        return pages + explained + 1.0e-4 * weight(view.safety)
    pages = 0.34 + 0.07 * len(view.warning_signs) + 2.5e-4 * _open(view)
    return pages + explained + 1.31e-4 * weight(view.not_to_do)


def _open(view: ReportView) -> int:
    """The room of what is still open, but for the words that stand above it in every report."""
    found = view.could_rise
    return weight((found.level, found.questions)) if found else 0


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
