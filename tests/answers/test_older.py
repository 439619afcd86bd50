"""Answers to the questionnaire of an older book, as answers to the present one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.expected import reassuring
from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK
from tests.strategies import Answers, answer_sets
from triage.answers import reading
from triage.answers.answer import as_written
from triage.answers.older import present_answers, read_older, turned
from triage.answers.responses import Responses
from triage.assessment.assess import assess
from triage.book.conditions import AtLeast, Includes
from triage.book.items import NONE, NOT_SURE
from triage.book.levels import more_urgent
from triage.book.older import OlderBook
from triage.book.older_reader import older_books
from triage.book.rulebook import RuleBook
from triage.book.yaml_reader import parse, read_bytes
from triage.problems import Problem

(SMALL_OLDER,) = older_books(BOOK)
(SHIPPED_OLDER,) = older_books(SHIPPED)
FILE = Path(__file__).parent.parent / "older" / "answers_0_1_0.yaml"
KEPT: Mapping[str, Mapping[str, dict[str, Any]]] = parse(read_bytes(FILE), FILE.name).value
ONLY_NAMES_OF_TODAY = {
    "nothing_answered",
    "acute-compartment-syndrome-athlete-foot-drop",
    "itbs-professional-cyclist-four-months",
    "lcl-strain-professional-footballers",
}
"""Forms so short that both questionnaires have all their names."""


def locate(item: str, message: str) -> Problem:
    return Problem(f"<{item}>", None, message)


def became(answers: dict[str, Any]) -> dict[str, Any]:
    """What answers to the older small questionnaire became, as a file would hold them."""
    found = read_older(BOOK, answers, locate, "0.0.0")
    assert found is not None
    return {item: as_written(answer) for item, answer in found.responses.answers.items()}


@pytest.mark.parametrize(
    ("older", "present"),
    [
        ({"smoke": "yes"}, {"sparks": "yes"}),
        ({"age_in_years": 7}, {"years": 7}),
        ({"age_in_years": "not_sure"}, {}),
        ({"years_descaled": 0.25}, {"descaled": "lately"}),
        ({"years_descaled": 30}, {"descaled": "long_ago"}),
        ({"years_descaled": "not_sure"}, {}),
        ({"colour": "red"}, {}),
        ({"leaks": "yes"}, {"puddle": ["not_sure", "under"]}),
    ],
)
def test_one_answer(older: dict[str, Any], present: dict[str, Any]) -> None:
    """Renamed, a number that is a choice now, a question that became an option, and one dropped."""
    if "puddle" in present:
        present = {"puddle": {"ticked": ["under"], "not_sure": ["socket"]}}
    assert present == became(older)


def test_what_was_split_is_not_sure_of_exactly_those() -> None:
    """And what nobody asked is not sure too; the rest is no."""
    assert {
        "troubles": {"ticked": ["drips"], "not_sure": ["bitter", "cold", "slow"]},
    } == became({"troubles": ["cold_or_bitter", "drips"]})
    assert {
        "troubles": {"ticked": ["drips"], "not_sure": ["slow"]},
    } == became({"troubles": ["drips"]})


def test_not_sure_of_a_list_stays_not_sure_of_all() -> None:
    assert {"troubles": ["drips", "not_sure"]} == became({"troubles": ["drips", "not_sure"]})
    assert {"troubles": ["not_sure"]} == became({"troubles": ["not_sure"]})


def test_a_form_is_known_by_its_names_or_by_what_it_says() -> None:
    """Names of today are read as today; a version says so where the names do not."""
    assert read_older(BOOK, {"troubles": ["drips"]}, locate) is None
    assert read_older(BOOK, {"years": 3}, locate) is None
    assert read_older(BOOK, {"troubles": ["cold_or_bitter"]}, locate) is not None
    assert read_older(BOOK, {"troubles": ["drips"]}, locate, BOOK.version) is None
    assert read_older(BOOK, {"yeers": 3}, locate) is None
    found = read_older(BOOK, {"troubles": ["drips"], "colour": "red"}, locate)
    assert found is not None
    assert "book 0.0.0" in found.notice(BOOK.version)
    assert "nothing was made of colour" in found.notice(BOOK.version)


def test_an_older_answer_that_cannot_be_taken_is_said_in_its_own_words() -> None:
    """With the range that was asked for then, and what can be used turned all the same."""
    with pytest.raises(reading.AnswersRefused) as refused:
        read_older(BOOK, {"age_in_years": 99, "smoke": "yes"}, locate)
    assert "expected a number from 0 to 50" in str(refused.value)
    assert {"sparks": "yes"} == dict(refused.value.usable[0].answers)


# --- Laws. ---


def questioned(book: RuleBook, older: OlderBook, plan_only_if: Any) -> RuleBook:
    """A book with an older questionnaire, to draw answers to."""
    return replace(
        book, items=older.items, sections=older.sections, rules={}, plan_only_if=plan_only_if
    )


DRAWN = {
    "small": (
        BOOK,
        SMALL_OLDER,
        answer_sets(questioned(BOOK, SMALL_OLDER, AtLeast("age_in_years", 1.0))),
    ),
    "shipped": (
        SHIPPED,
        SHIPPED_OLDER,
        answer_sets(questioned(SHIPPED, SHIPPED_OLDER, AtLeast("age", 18.0))),
    ),
}


def truths(book: RuleBook, older: OlderBook, answers: Answers) -> dict[tuple[str, str], Any]:
    """What older answers make of each option of a "choose all" question of today."""
    responses = turned(book, older, Responses(older.items, answers)).responses
    return {
        (item.id, option): responses.truth(Includes(item.id, (option,)))
        for item in book.items.values()
        if item.kind == "many"
        for option in item.options
        if option not in (NONE, NOT_SURE) and responses.applies(item.id) is True
    }


@pytest.mark.parametrize("which", DRAWN)
def test_unknown_is_never_no(which: str) -> None:
    """With fewer older answers, no option of today is decided otherwise: at most it is open."""
    book, older, sets = DRAWN[which]

    @given(st.data())
    def check(data: st.DataObject) -> None:
        answers = data.draw(sets)
        kept = data.draw(st.lists(st.sampled_from(sorted(answers)), unique=True)) if answers else []
        fewer = Responses(older.items, answers).only(kept)
        fewer = fewer.only(item for item in fewer.answers if fewer.applies(item) is not False)
        whole = truths(book, older, answers)
        for option, truth in truths(book, older, fewer.answers).items():
            assert truth is None or option not in whole or whole[option] in (truth, None)

    check()


@pytest.mark.parametrize("which", DRAWN)
def test_what_becomes_of_answers_can_be_taken(which: str) -> None:
    """No answer of today is refused for what an older form held."""
    book, older, sets = DRAWN[which]

    @given(sets)
    def check(answers: Answers) -> None:
        responses = Responses(older.items, answers)
        for item, value in present_answers(book.items, older, responses).items():
            reading.read(book.items, {item: value}, locate) if not book.items[item].ask_if else None
        present = turned(book, older, responses).responses
        assert all(present.applies(item) is not False for item in present.answers)

    check()


# --- The forms of 0.1.0 that there are. ---


@pytest.mark.parametrize("folder", KEPT)
def test_every_form_of_0_1_0_is_read(folder: str) -> None:
    for name, answers in KEPT[folder].items():
        found = read_older(SHIPPED, answers, locate)
        assert (found is None) is (name in ONLY_NAMES_OF_TODAY), name
        if found is None:
            reading.read(SHIPPED.items, answers, locate)


@pytest.mark.parametrize("folder", ["people", "cases"])
def test_their_levels_are_as_safe_as_those_of_today(folder: str) -> None:
    """With the gaps filled: nobody gets less than is acceptable, but for the one case that misses
    the deciding fact today as well."""
    assumed = reassuring(SHIPPED)
    under = set()
    for name, answers in KEPT[folder].items():
        file = EXAMPLES / folder / f"{name}.yaml"
        wanted = parse(read_bytes(file), file.name).value["about"]["expects"]["acceptable"]
        found = read_older(SHIPPED, answers, locate)
        responses = found.responses if found else reading.read(SHIPPED.items, answers, locate)
        level = assess(SHIPPED, responses.assuming(assumed)).disposition
        if all(more_urgent(acceptable, level) for acceptable in wanted):
            under.add(name)
    assert {"people": set(), "cases": {"dvt-21m-marathon-called-calf-strain"}}[folder] == under
