"""Three people walked through on paper before there was a program: what each must be told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from triage.assessment.assess import assess
from triage.assessment.assessment import Assessment
from triage.assessment.explanation import Explanation
from triage.book.levels import more_urgent
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_form
from triage.report.rendering import render, view

TODAY = datetime.date(2026, 11, 22)


def assessed(book: RuleBook, form: Path) -> Assessment:
    """The assessment of a shipped form."""
    return assess(book, read_form(book, str(form)).responses)


def present(assessment: Assessment, stratum: str) -> dict[str, str | None]:
    """The present findings of a stratum with their likelihood."""
    return {f.id: assessment.likelihood(f) for f in assessment.present(stratum)}


@pytest.fixture
def runner(book: RuleBook, forms: Path) -> Assessment:
    """34, runs; outer knee above the joint line; a run well over the month's longest."""
    return assessed(book, forms / "textbook_runner.yaml")


@pytest.fixture
def bursitis(book: RuleBook, forms: Path) -> Assessment:
    """52, was told she has bursitis at the outer hip; sore lying on that side."""
    return assessed(book, forms / "told_bursitis.yaml")


@pytest.fixture
def bone_medicine(book: RuleBook, forms: Path) -> Assessment:
    """On a bone-strength medicine, with a new thigh ache; half the form unanswered."""
    return assessed(book, forms / "bone_medicine_half_answered.yaml")


def test_the_runner_may_care_for_herself(runner: Assessment) -> None:
    """Everything answered, no warning sign: self-care, and nothing left open."""
    assert "self_care" == runner.disposition
    assert runner.could_rise_to is None
    assert {} == present(runner, "red_flags")
    assert "likely" == present(runner, "patterns")["itb_syndrome"]


def test_the_runners_overtraining_rests_on_the_long_run(runner: Assessment) -> None:
    """Overtraining is named as a likely cause, with the answer behind it."""
    assert "likely" == present(runner, "causes")["overtraining"]
    because = Explanation(runner).because(runner.book.findings["overtraining"])
    assert "training_changes" in because


def test_the_runners_plan_spares_the_irritable_spot(runner: Assessment) -> None:
    """Each exercise is as it is or in its version for an irritable outer knee."""
    assert runner.plan_given
    planned = {p.exercise: p for p in runner.exercises}
    assert {"band_walk", "side_leg_lift"} <= set(planned)
    assert "modify" == planned["foam_rolling"].decision
    assert "roll_thigh_not_bump" in planned["foam_rolling"].modifications
    assert {"do", "modify"} >= {p.decision for p in planned.values()}
    assert () == runner.withheld


def test_the_runners_report_names_a_date_and_a_physiotherapist(runner: Assessment) -> None:
    """Even self-care ends with somebody to see and a day to look again."""
    text = render(view(runner, TODAY), "text").decode()
    assert "physiotherapist" in text.lower()
    assert "6 December 2026" in text


def test_bursitis_is_likely_at_the_patterns_own_level(bursitis: Assessment) -> None:
    """Gluteal or bursa pain is likely; the level is the pattern's."""
    assert "likely" == present(bursitis, "patterns")["gluteal_tendon_pain"]
    assert bursitis.book.patterns["gluteal_tendon_pain"].level == bursitis.disposition


def test_bursitis_rules_out_rolling_and_stretching(bursitis: Assessment) -> None:
    """Rolling and both stretches are avoided with the reason; the others are changed."""
    withheld = {p.exercise: p for p in bursitis.withheld}
    for exercise in ("foam_rolling", "leg_twist", "figure_four"):
        assert "avoid" == withheld[exercise].decision
        assert all(rule.why for rule in withheld[exercise].restricted_by)
    planned = {p.exercise: p for p in bursitis.exercises}
    assert {"band_walk", "side_leg_lift"} == set(planned)
    for prescription in planned.values():
        assert "modify" == prescription.decision
        assert prescription.modifications


def test_bursitis_is_nowhere_told_to_roll_the_band(bursitis: Assessment) -> None:
    """No sentence of the report simply says to roll the IT band."""
    text = " ".join(render(view(bursitis, TODAY), "text").decode().lower().split())
    for bare in ("roll your it band", "roll the it band", "roll the band"):
        assert bare not in text


def test_the_bone_medicine_needs_a_clinician_and_gets_no_plan(bone_medicine: Assessment) -> None:
    """Within days at least, no plan, and it could still be more urgent."""
    assert not more_urgent("within_days", bone_medicine.disposition)
    assert not bone_medicine.plan_given
    assert () == bone_medicine.exercises
    assert bone_medicine.could_rise_to is not None


def test_the_bone_medicine_report_says_what_would_settle_it(bone_medicine: Assessment) -> None:
    """The report names the level it could rise to and the questions that would settle it."""
    book = bone_medicine.book
    assert bone_medicine.could_rise_to is not None
    text = " ".join(render(view(bone_medicine, TODAY), "text").decode().split())
    assert book.dispositions[bone_medicine.could_rise_to].title in text
    open_findings = [
        finding
        for finding in bone_medicine.undecided("red_flags", "patterns")
        if finding.level and more_urgent(finding.level, bone_medicine.disposition)
    ]
    first = Explanation(bone_medicine).settling(open_findings)[0]
    assert book.items[first].ask in text
