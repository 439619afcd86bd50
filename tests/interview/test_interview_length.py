"""How long an interview is for somebody without a warning sign: long enough, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.walking import walk
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_form

MOST_QUESTIONS = {"textbook_runner": 54, "desk_worker_tight_thigh": 44}


@pytest.mark.parametrize("name", MOST_QUESTIONS)
def test_the_interview_asks_what_applies_and_no_more(
    name: str, forms: Path, book: RuleBook
) -> None:
    """Every item that applies is asked once, in the order of the book, and nothing else."""
    answers = read_form(book, str(forms / f"{name}.yaml")).responses
    applicable = [item for item in book.items if answers.applies(item) is True]
    interview, asked = walk(book, answers)
    assert applicable == asked
    assert answers == interview.responses
    assert () == interview.cut_short()


@pytest.mark.parametrize("name", MOST_QUESTIONS)
def test_the_interview_ends_in_a_plan(name: str, forms: Path, book: RuleBook) -> None:
    """All that effort comes to self-care, with exercises."""
    interview, _ = walk(book, read_form(book, str(forms / f"{name}.yaml")).responses)
    assert "self_care" == interview.assessment.disposition
    assert interview.assessment.plan_given
    assert interview.assessment.exercises


@pytest.mark.parametrize(("name", "most"), MOST_QUESTIONS.items())
def test_the_interview_is_not_too_long(name: str, most: int, forms: Path, book: RuleBook) -> None:
    """Who runs is asked about running as well; who sits at a desk is spared that."""
    _, asked = walk(book, read_form(book, str(forms / f"{name}.yaml")).responses)
    assert len(asked) <= most
