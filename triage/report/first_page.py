"""How high the words on the first page of a report with exercises are, in type of some size.

Each text is counted out in lines of the width that it has on the page.  The numbers below were
fitted to what Typst made of drawn reports; the whole page is right to 4 mm, and to 10 mm in 99 of
100 reports.

Not here: where things stand (`reports/templates/report.typ`), choosing sizes (`fit`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from triage.languages.words import Words
from triage.report.view import Contributor, Plan, PlannedExercise, Possibility, ReportView

PAGES = {"a4": (186.0, 274.0), "letter": (191.9, 256.4)}
"""Millimetres inside the margins of each paper."""
POINT = 25.4 / 72
"""Millimetres."""
MAP_WIDTH = 42.0
"""Millimetres of the drawing of where it hurts."""

# All that follows is in ems: heights, widths, and what stands between things.
A_LETTER = 0.405
RAGGED = 1.5
"""What a line leaves empty at its end."""
A_LINE = 1.108
BETWEEN = 0.06
"""What parts paragraphs, beyond what parts lines."""
GUTTER, CARD_GUTTER = 1.2, 0.6
BULLET, NUMBER = 0.9, 1.5
"""How far the words of a list stand in."""
TITLE, SUBTITLE = 2.2, 1.25
"""A heading, with what parts it from the rest."""
HEAD, URGENCY, SIGNS, PANEL, SETTLE, CARD, APART = 1.95, 6.2, 1.6, 0.4, 1.7, 0.5, 1.7
"""What the parts take besides their texts, and what parts them from one another."""
INSET, SIGN = 1.2, 6.1
"""The width that a frame takes, and that the sign of the level takes."""
APART_TEXTS = 2
"""Letters that part texts which follow one another."""
FAINT = 0.92
"""How large faint type is beside other type."""

Said: TypeAlias = str | Sequence["Said"]
"""Texts that follow one another; empty ones are not shown."""


class FirstPage:
    """The first page, laid out roughly."""

    def __init__(self, view: ReportView, plan: Plan, words: Words, paper: str, size: float) -> None:
        """Find out how wide everything is.

        Args:
            view: the report.
            plan: its exercises.
            words: the words around it.
            paper: one of `PAGES`.
            size: points of type.
        """
        self.view = view
        self.plan = plan
        self.words = words
        self.em = size * POINT
        width, self.height = PAGES[paper]
        self.width = width / self.em

    def rooms(self, *, apart: bool = False) -> tuple[float, ...]:
        """What is left for the drawings of each of the first exercises: their height in mm.

        Args:
            apart: the exercises begin a page of their own.
        """
        above = TITLE + (0 if apart else self._above())
        cards = zip(self.plan.first, self._widths(), strict=True)
        return tuple(self.height - self.em * (above + self._card(one, wide)) for one, wide in cards)

    def left(self) -> float:
        """What is left of the page below all that stands above the exercises, in mm."""
        return self.height - self.em * self._above()

    def drawings(self) -> tuple[float, ...]:
        """How high the drawings of each of the first exercises are at their widest, in mm."""
        return tuple(
            self.em * wide / len(one.pictures) * max(p.height / p.width for p in one.pictures)
            if one.pictures
            else 0.0
            for one, wide in zip(self.plan.first, self._widths(), strict=True)
        )

    def _widths(self) -> list[float]:
        """Of the words of each exercise."""
        room = self.width - CARD_GUTTER * (len(self.plan.first) - 1)
        return [room * share - INSET for share in shares(self.plan)]

    def _above(self) -> float:
        """What stands above the exercises."""
        said = (self.words["not_a_diagnosis"], self.words["draft"] if self.view.draft else "")
        parts = (self._urgency(), self._signs(), self._explained(), self._not_to_do())
        return HEAD + _paragraph(self.width / FAINT, said) * FAINT + APART + sum(parts)

    def _urgency(self) -> float:
        urgency, wide = self.view.urgency, self.width - SIGN
        when = (self.words["when"], urgency.time_frame, urgency.by)
        whom = (self.words["who"], urgency.who)
        return URGENCY + _paragraph(wide, when, whom) + _in_two_columns(wide, urgency.do)

    def _signs(self) -> float:
        wide, view = self.width - INSET, self.view
        if not view.warning_signs:
            return _paragraph(self.width, self.words["warning_signs"], view.no_sign)
        return (
            SIGNS
            + TITLE
            + sum(
                _subtitle(wide, one.title)
                + _paragraph(wide, one.why, one.note, self._reasons(one.you_said, one.science))
                for one in view.warning_signs
            )
        )

    def _reasons(self, you_said: Said, science: str) -> Said:
        """The answers behind something, and how strong the science is."""
        return (
            self.words["you_said"] if you_said else "",
            you_said,
            self.words["science"],
            science,
        )

    def _explained(self) -> float:
        """What it may be and what adds to it, side by side, and the drawing of where it hurts."""
        view = self.view
        drawing, room = 0.0, self.width
        if view.body_map is not None:
            wide = MAP_WIDTH / self.em
            drawing = TITLE + wide * view.body_map.height / view.body_map.width
            room -= wide + GUTTER
        columns = bool(view.possibilities or view.no_pattern) + bool(view.contributors)
        wide = (room - GUTTER * (columns - 1)) / columns if columns else room
        possible = sum(self._possible(one, wide) for one in view.possibilities)
        if view.no_pattern:
            possible += _paragraph(wide, view.no_pattern)
        adding = sum(self._adding(one, wide) for one in view.contributors)
        return max(drawing, TITLE + max(possible, adding) if columns else 0)

    def _possible(self, one: Possibility, wide: float) -> float:
        return (
            _subtitle(wide, one.title, one.fit)
            + _paragraph(wide, one.means, one.note)
            + _paragraph(wide, self.words["course"], one.course)
            + _paragraph(wide, self._reasons(one.you_said, one.science))
        )

    def _adding(self, one: Contributor, wide: float) -> float:
        said = (one.because, self._reasons(one.you_said, one.science))
        return _subtitle(wide, one.title, one.fit) + _paragraph(wide, said)

    def _not_to_do(self) -> float:
        barred, wide = self.view.not_to_do, self.width - INSET
        if barred is None:
            return 0
        high = PANEL + TITLE
        for one in barred.exercises:
            high += _listed(wide, [(one.title, one.limit, one.letters)])
            if one.questions.shown:
                asked = [(q.ask, q.answer) for q in one.questions.shown]
                high += SETTLE + _listed(wide - BULLET, asked)
        if barred.changed:
            high += _paragraph(wide, barred.changed)
        reasons = [(one.letter, one.title, one.why) for one in barred.reasons]
        if len(reasons) == 1:
            high += SUBTITLE + _paragraph(wide, *reasons)
        elif reasons:
            high += SUBTITLE + _in_two_columns(wide + 2 * BULLET, reasons)
        return high

    def _card(self, one: PlannedExercise, wide: float) -> float:
        """The words of an exercise."""
        words = self.words
        labelled: list[tuple[str, Said]] = [
            (words["changed"], (one.changes, one.letters) if one.changes else ""),
            (words["equipment"], one.equipment),
            (words["dose"], (one.dose, one.dose_note)),
            (words["feel"], one.feel),
            (words["stop_if"], one.stop_if),
            (words["easier"], one.easier),
            (words["harder"], one.harder),
        ]
        steps = [(words["changed_mark"] if step.changed else "", step.say) for step in one.steps]
        return (
            CARD
            + _subtitle(wide, one.number, one.title)
            + sum(_paragraph(wide, label, said) + 0.1 for label, said in labelled if said)
            + _listed(wide - NUMBER + BULLET, steps)
            + _paragraph(wide / FAINT, words["science"], one.science) * FAINT
        )


def shares(plan: Plan) -> tuple[float, ...]:
    """How much of the width each of the first exercises gets, of 1.

    Wordy ones are a little wider, so that all end at about the same height.
    """
    letters = [_letters(_card_texts(one)) for one in plan.first]
    mean = sum(letters) / len(letters)
    return tuple((mean + some) / (2 * sum(letters)) for some in letters)


def _card_texts(one: PlannedExercise) -> Said:
    steps = [step.say for step in one.steps]
    said = (one.feel, one.easier, one.harder, one.equipment, one.changes)
    return (steps, said, one.dose, one.dose_note, one.stop_if)


def _lines(wide: float, said: Said) -> int:
    return math.ceil((_letters(said) - APART_TEXTS) * A_LETTER / (wide - RAGGED))


def _paragraph(wide: float, *said: Said) -> float:
    return _lines(wide, said) * A_LINE + BETWEEN


def _subtitle(wide: float, *said: Said) -> float:
    return SUBTITLE + (_lines(wide, said) - 1) * A_LINE


def _listed(wide: float, texts: Iterable[Said]) -> float:
    return sum(_lines(wide - BULLET, said) * A_LINE for said in texts)


def _in_two_columns(wide: float, texts: Sequence[Said]) -> float:
    """A list in two columns, the first of which takes the odd text."""
    half, column = math.ceil(len(texts) / 2), (wide - GUTTER) / 2
    return max(_listed(column, texts[:half]), _listed(column, texts[half:]))


def _letters(said: Said) -> int:
    """The letters of texts, with what parts them."""
    if isinstance(said, str):
        return len(said) + APART_TEXTS if said else 0
    return sum(map(_letters, said))
