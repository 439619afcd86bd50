"""The forms that are shipped for trying the program out: what each must come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from tests.walking import walk
from triage.assessment.assess import assess
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_form

LEVELS = {
    "fall_cannot_walk": "emergency",
    "groin_pain_on_landing": "same_day",
    "past_cancer_night_pain": "within_days",
    "stiff_hip_walker": "routine",
    "told_bursitis": "routine",
    "desk_worker_tight_thigh": "self_care",
    "painless_snapping": "self_care",
    "sore_after_long_run": "self_care",
    "textbook_runner": "self_care",
}
"""Forms that answer all that an interview would have asked, and the level of each."""
BENIGN = [name for name, level in LEVELS.items() if "self_care" == level]
UNFINISHED = {"bone_medicine_half_answered", "nothing_answered"}


def test_every_form_is_spoken_of_and_says_that_it_is_made_up(book: RuleBook) -> None:
    """No form is left out here, and none is taken for a real person's."""
    shipped = {form.stem: form for form in (EXAMPLES / "forms").glob("*.yaml")}
    assert LEVELS.keys() | UNFINISHED == shipped.keys()
    for form in shipped.values():
        assert "made up" in str(read_form(book, str(form)).about["note"])


@pytest.mark.parametrize("name", LEVELS)
def test_a_form_holds_what_an_interview_would_have_asked(
    name: str, forms: Path, book: RuleBook
) -> None:
    """All of it and no more; the interview ends where the form ends."""
    answers = read_form(book, str(forms / f"{name}.yaml")).responses
    _, asked = walk(book, answers)
    assert list(answers.answers) == asked


@pytest.mark.parametrize(("name", "level"), LEVELS.items())
def test_a_form_comes_to_its_level(name: str, level: str, forms: Path, book: RuleBook) -> None:
    """One form or more for each level."""
    assert level == assess(book, read_form(book, str(forms / f"{name}.yaml")).responses).disposition


@pytest.mark.parametrize("name", BENIGN)
def test_a_benign_form_raises_no_red_flag(name: str, forms: Path, book: RuleBook) -> None:
    """Too many warnings are no safety: with nothing to warn of, every red flag is ruled out."""
    assessment = assess(book, read_form(book, str(forms / f"{name}.yaml")).responses)
    assert () == assessment.present("red_flags")
    assert () == assessment.undecided("red_flags", "patterns")
    assert assessment.could_rise_to is None


@pytest.mark.parametrize("name", [*BENIGN, "stiff_hip_walker", "told_bursitis"])
def test_a_plan_is_given_up_to_routine(name: str, forms: Path, book: RuleBook) -> None:
    """Where everything more urgent is ruled out, there is something to do."""
    assert assess(book, read_form(book, str(forms / f"{name}.yaml")).responses).plan_given
