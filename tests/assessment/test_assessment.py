"""From verdicts to an assessment: the level, the plan, whom to see; on the small book.

The laws that hold for every book are in `test_laws` and `test_random_books`.
"""

import pytest

from tests.small import BOOK
from triage import Assessment, assess
from triage.book.levels import INCOMPLETE, URGENCY, more_urgent, urgency_rank

CALM: dict[str, object] = {
    "sparks": "no",
    "puddle": ["none"],
    "pressure": 9,
    "warranty": "over",
    "years": 2,
    "hardness": 5,
    "cups": 3,
    "descaled": "lately",
    "troubles": ["bitter"],
    "milk": "no",
}
"""All is answered and nothing fits."""
SCALED = {**CALM, "troubles": ["slow"], "descaled": "never"}
"""Limescale, and nothing else."""


def assessed(answers: dict[str, object], **more: object) -> Assessment:
    """An assessment of some answers with others in their place."""
    return assess(BOOK, {**answers, **more})


def decisions(assessment: Assessment) -> dict[str, str]:
    """What becomes of each recommended exercise."""
    prescriptions = (*assessment.exercises, *assessment.withheld)
    return {p.exercise: p.decision for p in prescriptions}


@pytest.mark.parametrize(
    ("more", "level", "could_rise_to"),
    [
        ({}, "self_care", None),
        ({"sparks": "yes"}, "emergency", None),
        ({"sparks": "not_sure"}, "emergency", None),
        ({"sparks": None}, "incomplete", "emergency"),
        ({"puddle": ["socket"]}, "same_day", None),
        ({"puddle": ["socket"], "sparks": None}, "same_day", "emergency"),
        ({"puddle": ["not_sure"]}, "incomplete", "same_day"),
        ({"pressure": 15, "hardness": 20}, "within_days", None),
        ({"years": 20, "noise": "hum"}, "routine", None),
        ({"years": 20, "noise": "hum", "sparks": None}, "routine", "emergency"),
        ({"pressure": 6}, "routine", None),
        ({"troubles": ["bitter"]}, "routine", None),
        ({"troubles": ["bitter"], "descaled": None}, "routine", None),
        ({"descaled": None, "milk": None}, "routine", None),
        ({"descaled": None, "hardness": 20}, "self_care", None),
        ({"pressure": None}, "routine", None),
    ],
    ids=[
        *("a gentle pattern, all else ruled out", "a red flag", "a red flag on not sure"),
        *("an open red flag", "a less urgent red flag", "one present and a worse one open"),
        *("not sure where it may be", "a red flag counted together", "a routine red flag"),
        *("routine and a red flag open", "a routine pattern", "no known pattern fits"),
        *("none fits, whatever an answer without weight is", "only gentle patterns open"),
        *("one gentle pattern is enough", "an open pattern that asks for more"),
    ],
)
def test_the_level(more, level, could_rise_to) -> None:
    """The most urgent that a present finding asks for; else self-care only where it is earned."""
    assessment = assessed(SCALED, **more)

    assert (level, could_rise_to) == (assessment.disposition, assessment.could_rise_to)


def test_what_decided_the_level() -> None:
    """The present findings that ask for it, and no less urgent ones."""
    assessment = assessed(SCALED, sparks="yes", puddle=["socket"])

    assert ["smoke"] == [finding.id for finding in assessment.deciding()]
    assert ["smoke", "wet_cable"] == [f.id for f in assessment.present("red_flags")]


def test_what_is_undecided_stands_in_the_order_of_the_book() -> None:
    """By stratum, as asked for."""
    assessment = assessed(CALM, sparks=None, puddle=None, descaled=None, troubles=["slow"])

    assert ["limescale"] == [f.id for f in assessment.undecided("patterns")]
    expected = ["smoke", "wet_cable", "limescale"]
    assert expected == [f.id for f in assessment.undecided("red_flags", "patterns")]


def test_the_strongest_word_of_fit_wins() -> None:
    """Of several rules that fire, whichever stands first in the book."""
    limescale = BOOK.findings["limescale"]

    possible = assessed(SCALED)
    likely = assessed(SCALED, hardness=20)

    assert "possible" == possible.likelihood(limescale)
    assert "likely" == likely.likelihood(limescale)
    assert [
        "patterns/limescale/hard_water",
        "patterns/limescale/never_descaled",
    ] == [rule.name for rule in likely.firing(limescale)]
    assert assessed(CALM).likelihood(limescale) is None


def test_present_patterns_stand_by_urgency_and_then_by_fit() -> None:
    """The most urgent first, then the best fit."""
    assessment = assessed(SCALED, hardness=20, troubles=["slow", "drips"], pressure=6)

    expected = ["worn_pump", "limescale", "stuck_valve"]
    assert expected == [finding.id for finding in assessment.present("patterns")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"descale": "do", "rinse": "do"}),
        ({"milk": "yes"}, {"descale": "modify", "rinse": "modify"}),
        ({"milk": None}, {"descale": "modify", "rinse": "modify"}),
        ({"pressure": None}, {"descale": "undecided", "rinse": "do"}),
        ({"pressure": 6}, {"descale": "avoid", "rinse": "do"}),
        ({"pressure": 6, "milk": None}, {"descale": "avoid", "rinse": "modify"}),
        ({"years": 20, "noise": "hum"}, {"descale": "ask_first", "rinse": "ask_first"}),
        (
            {"years": 20, "noise": "hum", "milk": None},
            {"descale": "ask_first", "rinse": "ask_first"},
        ),
        (
            {"years": 20, "noise": "hum", "pressure": 6},
            {"descale": "avoid", "rinse": "ask_first"},
        ),
        ({"warranty": "running"}, {"descale": "no_plan", "rinse": "no_plan"}),
        ({"warranty": None}, {"descale": "no_plan", "rinse": "no_plan"}),
        ({"sparks": "yes"}, {"descale": "no_plan", "rinse": "no_plan"}),
        ({"sparks": None}, {"descale": "no_plan", "rinse": "no_plan"}),
        ({"troubles": ["bitter"]}, {"rinse": "do"}),
        ({"troubles": ["noisy"], "noise": "hum"}, {}),
    ],
    ids=[
        *("nothing against it", "changed", "changed for an open question", "an open avoid"),
        *("avoid", "avoid before a change", "for every exercise", "ask first before a change"),
        *("avoid before ask first", "no plan for these", "unknown whether one may be given"),
        *("no plan above self-care", "no plan while more is open", "another recommendation"),
        "nothing recommended",
    ],
)
def test_the_strictest_decision_about_an_exercise(more, expected) -> None:
    """A contraindication holds wherever the recommendation comes from."""
    assert expected == decisions(assessed(SCALED, **more))


def test_changed_versions_hold_together() -> None:
    """Two contraindications that each ask for a change."""
    (descale, rinse) = assessed(SCALED, hardness=20, milk="yes").exercises

    assert ("with_cleaner", "twice") == descale.modifications
    assert ("hot",) == rinse.modifications
    assert [
        "contraindications/milk_pipe",
        "contraindications/second_round",
    ] == [rule.name for rule in descale.restricted_by]


def test_an_exercise_that_is_not_changed_names_no_change() -> None:
    """Not where something stricter holds, and not where nothing does."""
    (withheld,) = assessed(SCALED, hardness=20, pressure=6).withheld

    assert ("avoid", ()) == (withheld.decision, withheld.modifications)
    assert ["contraindications/pump"] == [rule.name for rule in withheld.restricted_by]


def test_an_undecided_exercise_names_what_is_open() -> None:
    """And no contraindication that is present."""
    (descale,) = assessed(SCALED, milk="yes", pressure=None).withheld

    assert ("undecided", ()) == (descale.decision, descale.restricted_by)
    assert ["contraindications/pump"] == [rule.name for rule in descale.undecided]


def test_an_open_change_gives_the_changed_version_and_is_named() -> None:
    """It is the gentler one; a present change and an open one hold together."""
    (descale, _) = assessed(SCALED, hardness=20, milk=None).exercises

    assert ("modify", ("with_cleaner", "twice")) == (descale.decision, descale.modifications)
    open_, present = "contraindications/milk_pipe", "contraindications/second_round"
    assert [open_, present] == [rule.name for rule in descale.restricted_by]
    assert [open_] == [rule.name for rule in descale.undecided]


@pytest.mark.parametrize(
    ("more", "wording", "days"),
    [
        ({"sparks": None}, "incomplete_today", 1),
        ({"puddle": ["not_sure"]}, "incomplete_today", 1),
        ({"pressure": None, "hardness": None}, "incomplete", 7),
        ({"descaled": None, "milk": None}, "routine", 30),
        ({}, "self_care", 7),
    ],
)
def test_what_is_open_says_how_soon(more: dict, wording: str, days: int) -> None:
    """Today where it cannot wait; and nobody is told a later day than somebody named to see."""
    assessment = assessed(SCALED, **more)

    assert (wording, days) == (assessment.wording.id, assessment.see_within_days)


def test_advice_that_is_part_of_the_plan_needs_one() -> None:
    """Other advice is given either way."""
    answers = {**SCALED, "hardness": 20, "cups": 9}

    with_plan = assessed(answers)
    without = assessed(answers, warranty="running")

    assert ["filter_water", "start_small"] == [given.advice for given in with_plan.advice]
    assert ["filter_water"] == [given.advice for given in without.advice]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"neighbour": 7}),
        ({"pressure": 6}, {"repair_shop": 14}),
        ({"pressure": 6, "puddle": ["socket"]}, {"electrician": 1}),
        ({"pressure": 6, "sparks": None}, {"repair_shop": 14}),
    ],
    ids=["the level's own", "the sooner of two", "not where it is more urgent", "at its level"],
)
def test_whom_to_see(more, expected) -> None:
    """Whom the level sends to, and whom recommendations name as far as the level lets them."""
    made = assessed(SCALED, **more).referrals

    assert expected == {one.referral: one.within_days for one in made}


def test_urgency_is_ordered() -> None:
    """`incomplete` is less urgent than any level."""
    assert [0, 1, 2, 3, 4, 5] == [urgency_rank(level) for level in (*URGENCY, INCOMPLETE)]
    assert more_urgent("emergency", "same_day")
    assert not more_urgent("routine", "routine")
    assert more_urgent("self_care", INCOMPLETE)
