"""Who is not sure of a list is asked its options one by one, where one of them could not wait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.doubts import emergencies
from tests.interview.test_terminal import Terminal, answer_kept, starting_at
from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK, FOLDER, given
from triage.answers.responses import Responses
from triage.book.items import NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.interview.apart import apart_of
from triage.interview.interview import Interview

PUDDLE = BOOK.items["puddle"]
"""Of its two signs, one calls for being seen today."""


def unsure(book: RuleBook, item: Item, *ticked: str) -> Interview:
    """An interview in which somebody has just said that they are not sure of a list."""
    items = list(book.items)
    interview = Interview(book, skipped=items[: items.index(item.id)])
    interview.answer(item, frozenset({*ticked, NOT_SURE}))
    return interview


def tell(interview: Interview, *words: str) -> None:
    """Answers the options that are asked, one after the other."""
    for word in words:
        apart = interview.apart()
        assert apart is not None
        interview.answer_apart(apart, word)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["no", "no"], {"none"}),
        (["yes", "no"], {"under"}),
        (["no", "not_sure"], {"socket?"}),
        (["yes", "not_sure"], {"under", "socket?"}),
        (["not_sure", "not_sure"], {"under?", "socket?"}),
    ],
)
def test_the_list_comes_to_what_was_said_of_its_options(words: list[str], answer: set[str]) -> None:
    interview = unsure(BOOK, PUDDLE)
    tell(interview, *words)
    assert interview.apart() is None
    assert answer == interview.responses.answers["puddle"]


def test_what_was_ticked_is_not_asked_again() -> None:
    interview = unsure(BOOK, PUDDLE, "under")
    apart = interview.apart()
    assert apart is not None
    assert ("socket",) == apart.options


def test_until_all_is_told_the_rest_is_unknown() -> None:
    interview = unsure(BOOK, PUDDLE)
    tell(interview, "yes")
    assert {"under", "not_sure"} == interview.responses.answers["puddle"]


@pytest.mark.parametrize(
    ("answers", "item", "asked"),
    [
        ({"puddle": ["not_sure"]}, "puddle", True),
        ({"puddle": ["under", "not_sure"]}, "puddle", True),
        ({"puddle": ["under"]}, "puddle", False),
        ({"puddle": ["socket", "not_sure"]}, "puddle", False),
        ({"puddle": {"not_sure": ["socket"]}}, "puddle", False),
        ({"sparks": "yes", "puddle": ["not_sure"]}, "puddle", False),
        ({"sparks": "not_sure"}, "sparks", False),
        ({"troubles": ["not_sure"]}, "troubles", False),
        ({}, "puddle", False),
    ],
    ids=[
        "a sign could not wait",
        "beside a tick",
        "nothing is open",
        "what could not wait is ticked",
        "told one by one",
        "it is more urgent already",
        "no list",
        "all of it can wait",
        "no answer",
    ],
)
def test_a_list_is_asked_again_where_some_of_it_cannot_wait(
    answers: dict[str, object], item: str, asked: bool
) -> None:
    assert asked == (apart_of(BOOK, given(answers), BOOK.items[item]) is not None)


def test_back_goes_through_the_options_to_the_list() -> None:
    interview = unsure(BOOK, PUDDLE)
    tell(interview, "yes", "not_sure")
    for options_told, answer in ((1, {"under", "not_sure"}), (0, {"not_sure"})):
        assert interview.back()
        apart = interview.apart()
        assert apart is not None
        assert options_told == len(apart.told)
        assert answer == interview.responses.answers["puddle"]
    assert interview.back()
    assert interview.apart() is None
    assert PUDDLE == interview.next()


def test_what_is_left_of_the_options_can_be_passed_over() -> None:
    """And back returns to the one that was asked then."""
    interview = unsure(BOOK, PUDDLE)
    tell(interview, "yes")
    before = interview.apart()
    interview.skip(PUDDLE)
    assert interview.apart() is None
    assert {"under", "not_sure"} == interview.responses.answers["puddle"]
    assert "puddle" in interview.skipped
    assert PUDDLE != interview.next()
    interview.back()
    assert before == interview.apart()


def test_an_answer_that_is_given_anew_is_asked_about_anew() -> None:
    interview = unsure(BOOK, PUDDLE)
    tell(interview, "yes")
    interview.back()
    interview.back()
    interview.answer(PUDDLE, frozenset({"under", NOT_SURE}))
    apart = interview.apart()
    assert apart is not None
    assert (("socket",), ()) == (apart.options, apart.told)


def test_the_same_question_keeps_its_number() -> None:
    interview = unsure(BOOK, PUDDLE)
    first = interview.progress()
    tell(interview, "no")
    assert first == interview.progress()
    tell(interview, "no")
    assert first[0] + 1 == interview.progress()[0]


def test_going_on_later_asks_what_was_left() -> None:
    """A list that was answered "not sure", and not passed over, is asked option by option."""
    later = Interview(BOOK, given({"sparks": "no", "puddle": ["under", "not_sure"]}))
    apart = later.apart()
    assert apart is not None
    assert ("socket",) == apart.options
    assert later.back()
    assert PUDDLE == later.next()
    passed = given({"sparks": "no", "puddle": ["under", "not_sure"]})
    assert Interview(BOOK, passed, ["puddle"]).apart() is None


def test_an_emergency_on_the_way_stops_the_questions() -> None:
    """The moment it is told, and whatever of the list is still open."""
    found = emergencies()
    assert found
    for item, sign in found:
        interview = unsure(SHIPPED, item)
        while (apart := interview.apart()) is not None:
            interview.answer_apart(apart, "yes" if apart.option == sign else "not_sure")
        assert interview.emergency
        assert interview.next() is None
        answer = interview.responses.answers[item.id]
        assert isinstance(answer, frozenset)
        assert sign in answer


def test_every_list_of_the_shipped_book_can_be_gone_through() -> None:
    """Whatever is said of its options, the answer is one that a form may hold."""
    for item in SHIPPED.items.values():
        if item.kind != "many" or NOT_SURE not in item.options or item.ask_if is not None:
            continue
        for word in ("no", "not_sure"):
            interview = unsure(SHIPPED, item)
            while (apart := interview.apart()) is not None:
                interview.answer_apart(apart, word)
            answer = interview.responses.answers[item.id]
            assert Responses(SHIPPED.items, {item.id: answer}) == interview.responses


# At the terminal


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A file in which the list about water comes next."""
    starting_at(PUDDLE, tmp_path / "mine.yaml", BOOK)
    return tmp_path / "mine.yaml"


def about(file: Path) -> Any:
    """What a file says about the interview."""
    return yaml.safe_load(file.read_text())["about"]


def test_the_options_are_asked_plainly(kept: Path) -> None:
    """By themselves, with letters and numbers, back, a stop in between, and going on."""
    terminal = Terminal(kept, "--rules", FOLDER)
    terminal.screen()
    terminal.type("4")
    screen = terminal.screen()
    assert "one at a time" in screen
    assert "This one: Under the machine" in screen
    assert "3  I cannot tell" in screen
    terminal.type("7")
    assert "Please type a number from 1 to 3" in terminal.screen()
    terminal.type("?")
    assert "A leak may reach the cable." in terminal.screen()
    terminal.type("y")
    screen = terminal.screen()
    assert "This one: Near the socket" in screen
    assert "one at a time" not in screen
    assert ["not_sure", "under"] == answer_kept(kept, PUDDLE)
    terminal.type("b")
    assert "This one: Under the machine" in terminal.screen()
    terminal.type("n")
    terminal.screen()
    terminal.type("q")
    assert "Stopped" in terminal.rest()
    assert ["not_sure"] == answer_kept(kept, PUDDLE)

    again = Terminal(kept, "--rules", FOLDER)
    assert "This one: Under the machine" in again.screen()
    again.type("3")
    again.screen()
    again.type("3")
    again.screen()
    assert {"not_sure": ["socket", "under"]} == answer_kept(kept, PUDDLE)
    again.type("b")
    assert "This one: Near the socket" in again.screen()
    again.type("s")
    again.screen()
    assert ["not_sure"] == answer_kept(kept, PUDDLE)
    assert "puddle" in about(kept)["skipped"]
    again.child.delaybeforesend = 1  # on a busy machine the line is not yet read from
    again.child.send("\x03")
    assert "Stopped" in again.rest()
