"""How often a form that is well becomes `incomplete` when some of it is left out.

The forms are all that come to self-care with their gaps filled: of the example forms, the made-up
people and the published cases.  `pytest -rP tests/assessment/test_gaps.py` prints the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

import polars as pl
import pytest

from tests.conftest import EXAMPLES
from tests.expected import reassuring
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.answers.table import row
from triage.batch.score_frame import score
from triage.book.items import NOT_SURE
from triage.book.levels import INCOMPLETE
from triage.intake.answers_file import read_form

TIMES = 100
"""How often each form is thinned out."""
OPTIONAL = ("activity", "body", "habits", "exercise")
"""Sections without which a usual clinic's form comes."""


def levels(forms: Iterable[Responses]) -> list[str]:
    """The level of each form."""
    frame = pl.DataFrame([row(form) for form in forms], infer_schema_length=None)
    return score(frame, BOOK)["disposition"].to_list()


def incomplete(forms: Iterable[Responses]) -> float:
    """The share of some forms that are `incomplete`."""
    reached = levels(forms)
    return reached.count(INCOMPLETE) / len(reached)


def thinned(forms: Sequence[Responses], share: float) -> list[Responses]:
    """The forms, many times over, with each answer missing by a chance; the same ones each time."""
    chance = random.Random(20261201)
    return [
        form.only(item for item in form.answers if chance.random() >= share)
        for form in forms
        for _ in range(TIMES)
    ]


@pytest.fixture(scope="module")
def well() -> dict[str, Responses]:
    """Every form at self-care, whole, by its name."""
    assumed = reassuring(BOOK)
    paths = [p for d in ("forms", "people", "cases") for p in sorted((EXAMPLES / d).glob("*.yaml"))]
    forms = {p.stem: read_form(BOOK, str(p)).responses.assuming(assumed) for p in paths}
    reached = levels(forms.values())
    return {
        name: form
        for (name, form), level in zip(forms.items(), reached, strict=True)
        if level == "self_care"
    }


def test_the_figures(well: dict[str, Responses]) -> None:
    """Printed for people; they may get better and not worse."""
    forms = list(well.values())
    unsure = [
        (item, form.with_answer(item, _not_sure(item)))
        for form in forms
        for item in form.answers
        if NOT_SURE in BOOK.items[item].options
    ]
    reached = levels(form for _, form in unsure)
    open_ = Counter(i for (i, _), level in zip(unsure, reached, strict=True) if level == INCOMPLETE)
    figures = {
        "3 % of answers missing": incomplete(thinned(forms, 0.03)),
        "10 % of answers missing": incomplete(thinned(forms, 0.10)),
        "exactly one not sure": sum(open_.values()) / len(unsure),
    }
    sys.stdout.write(f"\n{len(forms)} forms: {', '.join(well)}\n")
    sys.stdout.writelines(f"{what}: {share:.0%} incomplete\n" for what, share in figures.items())
    sys.stdout.write(f"by question, of {len(forms)}: {dict(open_.most_common())}\n")
    assert 20 <= len(forms)
    assert figures["3 % of answers missing"] <= 0.40
    assert figures["10 % of answers missing"] <= 0.85
    assert figures["exactly one not sure"] <= 0.37


def _not_sure(item: str) -> str | frozenset[str]:
    return frozenset({NOT_SURE}) if BOOK.items[item].kind == "many" else NOT_SURE


def test_what_a_clinic_does_not_ask_leaves_nothing_open(well: dict[str, Responses]) -> None:
    """Without training, habits, the body and what one needs to exercise, a level is reached."""
    kept = [item.id for item in BOOK.items.values() if item.section not in OPTIONAL]
    reached = levels(form.only(kept) for form in well.values())
    assert INCOMPLETE not in reached


def test_an_interview_is_short() -> None:
    """As many questions as a person answers who has nothing to warn of."""
    runner = read_form(BOOK, str(EXAMPLES / "forms" / "textbook_runner.yaml")).responses
    desk = read_form(BOOK, str(EXAMPLES / "forms" / "desk_worker_tight_thigh.yaml")).responses
    assert len(runner.answers) <= 40
    assert len(desk.answers) <= 32
    assert () == (*runner.unanswered(), *desk.unanswered())
