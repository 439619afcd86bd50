"""Exercises in a report: changes are merged into the steps, and what not to do is said once."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter

import pytest
from hypothesis import given

from tests.assessment.test_laws import forms
from tests.reading import EVERY_FORM, read, squeezed
from tests.report_cases import FORMS, TODAY, case
from tests.shipped import BOOK, SHIPPED_ANSWERS
from triage.answers.responses import Responses
from triage.assessment.assess import assess
from triage.assessment.assessment import conclude
from triage.book.entries import Exercise, Modification
from triage.engines.fold import Fold
from triage.report.plan import LOG_DAYS, START_WITH, merge_steps
from triage.report.rendering import view
from triage.report.view import Answered, NotToDo, Plan, Step

WITH_PLAN = [name for name in FORMS if case(name).exercises]
ANY_EXERCISE = next(iter(BOOK.exercises.values()))


def exercise(*steps: str) -> Exercise:
    return dataclasses.replace(ANY_EXERCISE, steps=steps)


def change(*say: str, replaces: tuple[int, ...] = (), before: int = 1) -> Modification:
    return Modification("some", "Some change", say, replaces, before)


def said(*changes: Modification) -> list[str]:
    return [step.say for step in merge_steps(exercise("One.", "Two.", "Three."), changes)]


def plan_of(name: str) -> Plan:
    plan = view(case(name), TODAY).plan
    assert plan is not None
    return plan


def limits_of(name: str) -> NotToDo:
    limits = view(case(name), TODAY).not_to_do
    assert limits is not None
    return limits


def test_an_unchanged_exercise_has_its_usual_steps() -> None:
    usual = (Step("One.", changed=False), Step("Two.", changed=False))
    assert usual == merge_steps(exercise("One.", "Two."), ())


def test_a_change_stands_in_the_place_of_the_steps_that_it_replaces() -> None:
    assert ["One.", "So. And so.", "Three."] == said(
        change("So.", "And so.", replaces=(2,), before=2)
    )
    assert ["So.", "Three."] == said(change("So.", replaces=(1, 2)))


def test_a_change_that_replaces_nothing_stands_before_its_step() -> None:
    assert ["So.", "One.", "Two.", "Three."] == said(change("So."))
    assert ["One.", "Two.", "So.", "Three."] == said(change("So.", before=3))


def test_a_change_may_be_told_before_the_steps_that_it_replaces() -> None:
    assert ["So.", "One.", "Two."] == said(change("So.", replaces=(3,), before=1))


def test_several_changes_are_all_told_and_no_line_twice() -> None:
    first = change("So.", "And so.", replaces=(1,))
    second = change("And so.", "But not so.", replaces=(1, 3))
    assert ["So. And so.", "But not so.", "Two."] == said(first, second)
    assert ["So. And so.", "Two.", "Three."] == said(first, first)


@pytest.mark.parametrize("exercise", BOOK.exercises.values(), ids=lambda exercise: exercise.id)
def test_every_set_of_changes_is_told_whole(exercise: Exercise) -> None:
    """Each line of each change is there, and each usual step that none of them replaces."""
    for count in range(len(exercise.modifications) + 1):
        for some in itertools.combinations(exercise.modifications.values(), count):
            steps = merge_steps(exercise, some)
            changed = " ".join(step.say for step in steps if step.changed)
            assert all(line in changed for one in some for line in one.change)
            replaced = {number for one in some for number in one.replaces_steps}
            usual = [s for n, s in enumerate(exercise.steps, start=1) if n not in replaced]
            assert usual == [step.say for step in steps if not step.changed]


@pytest.mark.parametrize("form", EVERY_FORM)
def test_a_step_that_is_replaced_is_nowhere(form: str) -> None:
    """A cautious exercise is printed in the version to do, and no longer in the usual one."""
    assert any(prescription.modifications for prescription in case("textbook_runner").exercises)
    shown = read(view(case("textbook_runner"), TODAY), form)  # type: ignore[arg-type]
    for prescription in case("textbook_runner").exercises:
        exercise = BOOK.exercises[prescription.exercise]
        for name in prescription.modifications:
            for number in exercise.modifications[name].replaces_steps:
                assert squeezed(exercise.steps[number - 1]) not in shown


def test_a_changed_exercise_has_its_own_dose_and_no_harder_way() -> None:
    for name in WITH_PLAN:
        for shown, prescription in zip(plan_of(name).first, case(name).exercises, strict=False):
            exercise = BOOK.exercises[prescription.exercise]
            changes = [exercise.modifications[one] for one in prescription.modifications]
            own = [one.dose for one in changes if one.dose]
            assert tuple(own or [exercise.dose]) == shown.dose
            assert ("" if changes else exercise.harder) == shown.harder
            assert exercise.easier == shown.easier


def test_the_first_exercises_come_first() -> None:
    for name in WITH_PLAN:
        plan = plan_of(name)
        titles = [BOOK.exercises[p.exercise].title for p in case(name).exercises]
        assert titles[:START_WITH] == [one.title for one in plan.first]
        assert titles[START_WITH:] == [one.title for one in plan.later]
        numbers = [one.number for one in (*plan.first, *plan.later)]
        assert [str(number) for number in range(1, len(titles) + 1)] == numbers


def test_the_table_to_tick_has_two_weeks_and_the_first_exercises() -> None:
    log = plan_of("textbook_runner").log
    assert LOG_DAYS == len(log.days) == 14
    assert START_WITH + 2 == len(log.rows)


def test_no_stop_rule_is_lost_and_none_is_said_twice() -> None:
    for name in WITH_PLAN:
        plan = plan_of(name)
        shared = [line for group in plan.stop_rules for line in group.say]
        own = [line for one in (*plan.first, *plan.later) for line in one.stop_if]
        every = {line for p in case(name).exercises for line in BOOK.exercises[p.exercise].stop_if}
        assert every == {*shared, *own}
        assert {1} == set(Counter((*shared, *own)).values())


def test_a_shared_stop_rule_names_its_exercises() -> None:
    plan = plan_of("textbook_runner")
    for group in plan.stop_rules:
        for line in group.say:
            concerned = [
                str(number)
                for number, p in enumerate(case("textbook_runner").exercises, start=1)
                if line in BOOK.exercises[p.exercise].stop_if
            ]
            everywhere = len(concerned) == len(case("textbook_runner").exercises)
            assert ("" if everywhere else f"Exercises {', '.join(concerned)}:") == group.only_for


def test_what_is_left_out_names_its_reasons_by_letter() -> None:
    limits = limits_of("told_bursitis")
    letters = {reason.letter: reason.title for reason in limits.reasons}
    withheld = case("told_bursitis").withheld
    assert len(withheld) > 1
    assert [BOOK.exercises[p.exercise].title for p in withheld] == [
        one.title for one in limits.exercises
    ]
    for one, prescription in zip(limits.exercises, withheld, strict=True):
        because = [rule.title for rule in prescription.restricted_by]
        assert because == [letters[letter] for letter in one.letters.split(", ")]
        assert one.limit == "Leave it out"


def test_a_changed_exercise_names_its_reasons_by_letter() -> None:
    letters = {reason.letter: reason.title for reason in limits_of("textbook_runner").reasons}
    plan = plan_of("textbook_runner")
    exercises = case("textbook_runner").exercises
    for one, prescription in zip((*plan.first, *plan.later), exercises, strict=True):
        because = [rule.title for rule in prescription.restricted_by]
        assert because == [letters[letter] for letter in one.letters.split(", ") if letter]


@forms(40)
@given(SHIPPED_ANSWERS)
def test_beside_a_plan_each_contraindication_is_named_once(answers: dict) -> None:
    responses = Responses(BOOK.items, answers)
    assessment = conclude(BOOK, responses, Fold(BOOK, responses).verdicts())
    limits = view(assessment, TODAY).not_to_do
    present = [finding.id for finding in assessment.present("contraindications")]
    changing = [rule.finding for one in assessment.exercises for rule in one.restricted_by]
    titles = [BOOK.findings[name].title for name in dict.fromkeys((*present, *changing))]
    if assessment.plan_given:
        assert titles == [reason.title for reason in limits.reasons] if limits else not titles
    else:
        assert limits is None


def test_an_exercise_that_nobody_recommended_is_barred_as_well() -> None:
    """Somebody who owns a roller may roll, whether or not the plan says so."""
    assessment = case("painless_snapping")
    asked_first = "foam_rolling"
    assert asked_first not in {p.exercise for p in (*assessment.exercises, *assessment.withheld)}
    shown = limits_of("painless_snapping").exercises
    assert [BOOK.exercises[asked_first].title] == [one.title for one in shown]
    assert ["Ask a clinician before you try it"] == [one.limit for one in shown]


def test_an_exercise_that_waits_names_the_questions() -> None:
    """Without the answer on what stands in the way, nobody knows whether rolling is fine."""
    responses = case("textbook_runner").responses.with_answer("before_exercise", None)
    assessment = assess(BOOK, responses)
    waiting = [p for p in assessment.withheld if p.decision == "undecided"]
    assert waiting
    limits = view(assessment, TODAY).not_to_do
    assert limits is not None
    shown = [one for one in limits.exercises if one.questions.shown]
    assert len(waiting) == len(shown)
    ask = Answered(BOOK.items["before_exercise"].ask, "")
    assert all(ask in one.questions.shown for one in shown)
    assert {"Wait until the open questions are answered"} == {one.limit for one in shown}


def test_an_exercise_that_is_changed_for_an_open_question_says_so() -> None:
    """Who does not say what the hip is like gets the gentler version, and reads why."""
    responses = case("textbook_runner").responses.with_answer("hip_signs", None)
    assessment = assess(BOOK, responses)
    rolling = next(p for p in assessment.exercises if p.exercise == "foam_rolling")
    open_ = [rule.finding for rule in rolling.undecided]
    assert open_
    shown = view(assessment, TODAY)
    assert shown.not_to_do is not None
    assert shown.plan is not None
    reasons = shown.not_to_do.reasons
    (reason,) = [one for one in reasons if one.title == BOOK.findings[open_[0]].title]
    assert BOOK.items["hip_signs"].ask in reason.why
    title = BOOK.exercises["foam_rolling"].title
    (planned,) = [one for one in (*shown.plan.first, *shown.plan.later) if one.title == title]
    assert reason.letter in planned.letters
