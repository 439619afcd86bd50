"""What one cell says: options by longest match, numbers, ticks, and nothing at all."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK
from triage.book.items import Item
from triage.intake.cells import TickReader, Unread
from triage.intake.labels import LONGEST_CELL
from triage.intake.mapping import IntakeMapping, Tick, Whole

CHOICES = [item for item in SHIPPED.items.values() if item.kind != "number"]
PLACES = replace(
    BOOK.items["troubles"],
    options={
        "spout": "Spout",
        "spout_outside": "Spout, outside",
        "lid": "Lid",
        "deep": "Deep; in the boiler",
        "not_sure": "I can\u2019t say",
    },
)


def reader(item: Item | str, **given: Any) -> Callable[[str], Any]:
    """What reads the cells of a column with the whole answer to an item."""
    made = BOOK.items[item] if isinstance(item, str) else item
    labels, unit = given.pop("labels", {}), given.pop("unit", None)
    book = replace(BOOK, items={**BOOK.items, made.id: made})
    return IntakeMapping("", {}, **given).reader(book, Whole(made.id, labels, unit)).read


def tick(labels: dict[str, str] | None = None, *blanks: str) -> Callable[[str], Any]:
    return TickReader(BOOK.items["troubles"], "slow", labels or {}, blanks).read


# --- Options. ---


@given(st.data())
def test_options_joined_as_exports_join_them_read_back(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from([item for item in CHOICES if item.kind == "many"]))
    options = data.draw(st.lists(st.sampled_from(list(item.options)), min_size=1, unique=True))
    joint = data.draw(st.sampled_from([", ", ";", "; ", "\n", " | "]))
    end = data.draw(st.sampled_from(["", ";"]))
    named = data.draw(st.sampled_from([lambda o: o, lambda o: item.options[o]]))
    turned = data.draw(st.sampled_from([str, str.upper, lambda t: t.replace(" ", "\u00a0")]))
    text = turned(joint.join(map(named, options)) + end)
    assert frozenset(options) == IntakeMapping("", {}).reader(SHIPPED, Whole(item.id)).read(text)


@pytest.mark.parametrize("item", [item.id for item in CHOICES if item.kind == "one"])
def test_every_option_reads_back_by_its_name_its_words_and_its_number(item: str) -> None:
    plain = IntakeMapping("", {}).reader(SHIPPED, Whole(item)).read
    numbered = IntakeMapping("", {}, numbered=True).reader(SHIPPED, Whole(item)).read
    for number, (option, words) in enumerate(SHIPPED.items[item].options.items(), 1):
        assert [option] * 4 == [plain(option), plain(words), numbered(f"{number}"), numbered(words)]
        assert option == numbered(f"{number}.0")
        assert Unread(f"{number}") == plain(f"{number}")


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Spout, outside", {"spout_outside"}),
        ("Spout, Lid", {"spout", "lid"}),
        ("Spout, Spout, outside", {"spout", "spout_outside"}),
        ("Spout, outside, Spout", {"spout", "spout_outside"}),
        ("deep; in the boiler;LID;", {"deep", "lid"}),
        ("Lid / Spout, outside", {"lid", "spout_outside"}),
        ("Lid + spout", {"lid", "spout"}),
        ("  LID ,  spout\u00a0", {"lid", "spout"}),
        ("I can't say", {"not_sure"}),
        ("I can\u2018t   say", {"not_sure"}),
        ("lid, lid", {"lid"}),
    ],
)
def test_the_longest_label_is_taken_and_commas_part_nothing(text: str, options: set[str]) -> None:
    assert frozenset(options) == reader(PLACES)(text)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Spout, inside", ["spout"]),
        ("outside", []),
        ("Spout, outsides", ["spout"]),
        ("Lid, handle", ["lid"]),
        ("a spout, outside", ["spout_outside"]),
        ("spouts", []),
        (";", []),
        (",", []),
    ],
)
def test_what_is_left_over_makes_a_cell_unreadable(text: str, within: list[str]) -> None:
    """What can be recognised in it is handed on, for a red flag to be seen."""
    assert Unread([text, *within]) == reader(PLACES)(text)


def test_a_long_label_is_given_up_where_nothing_can_be_read_after_it() -> None:
    labels = {"lid spout": "deep", "spout in": "lid"}
    assert frozenset({"lid"}) == reader(PLACES, labels=labels)("lid spout in")


def test_a_cell_of_thousands_of_labels_is_read_or_refused_at_once() -> None:
    assert frozenset({"lid"}) == reader(PLACES)("lid;" * 2000)
    too_long = "lid;" * LONGEST_CELL
    assert Unread([too_long, "lid"]) == reader(PLACES)(too_long)


def test_labels_that_a_mapping_adds() -> None:
    read = reader(PLACES, labels={"Tap, \u201cfront\u201d": "spout", "CAF\u00c9": "deep"})
    assert frozenset({"spout", "lid"}) == read('tap,  "front"; lid')
    assert frozenset({"deep"}) == read("cafe\u0301")


def test_a_label_of_nothing_but_separators_names_nothing() -> None:
    assert Unread(["a, b"]) == reader(PLACES, labels={";": "lid"})("a, b")


def test_several_options_for_one_are_handed_on_to_be_refused() -> None:
    assert Unread(["hum", "rattle"]) == reader("noise")("A rattle; A hum")
    assert "hum" == reader("noise")("A hum; hum")


def test_a_label_of_two_options_names_neither() -> None:
    item = replace(BOOK.items["noise"], options={"hum": "Loud", "rattle": "Loud", "loud": "Other"})
    assert Unread("Loud (hum or loud or rattle)") == reader(item)("Loud")
    assert Unread("loud (hum or loud or rattle)") == reader(item)("loud")
    assert "loud" == reader(item, labels={"loud": "loud"})("Loud")
    several = replace(item, kind="many")
    assert Unread(["loud (hum or loud or rattle)"]) == reader(several)("loud")


@pytest.mark.parametrize(("text", "answer"), [("true", "yes"), ("FALSE", "no"), ("t", Unread("t"))])
def test_truth_values_are_yes_and_no_where_an_item_has_them(text: str, answer: object) -> None:
    assert answer == reader("milk")(text)
    assert Unread(text) == reader("noise")(text)


@pytest.mark.parametrize("item", ["milk", "troubles", "years", "hardness"])
def test_blank_is_no_answer(item: str) -> None:
    read = reader(item, blanks=frozenset({"N/A", "99"}))
    assert [None] * 6 == [read(text) for text in ("", "  ", "\u00a0", "n/a", "99", "99.0")]


# --- Numbers. ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3.0),
        ("3.0", 3.0),
        ("3,5", 3.5),
        ("0,125", 0.125),
        (" 3\u00a0", 3.0),
        ("+3", 3.0),
        ("-3", -3.0),
        (".5", 0.5),
        ("1e1", 10.0),
        ("7 years", 7.0),
        ("7years", 7.0),
        ("1 Year", 1.0),
        ("6 months", 0.5),
        ("1 month", 0.0833),
        ("1,5 years", 1.5),
    ],
)
def test_numbers(text: str, number: float) -> None:
    assert number == reader("years")(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1,234", "12,345", "1.234,5", "1,234.5", "12.345.678", "1_000", "0x10", "3%", "3.5.1"),
        *("nan", "NaN", "inf", "-inf", "infinity", "1e400", "--", "3-4", "3/4", "forty"),
        *("\N{FULLWIDTH DIGIT THREE}", "\N{ARABIC-INDIC DIGIT THREE}", "\u00bd"),
    ],
)
def test_what_is_no_plain_number_is_unreadable(text: str) -> None:
    assert Unread(text) == reader("years")(text)


@pytest.mark.parametrize("text", ["12 345", "about 3", "3 or 4", "3 weeks", "3 years 2 months"])
def test_a_number_with_something_else_beside_it_is_unreadable(text: str) -> None:
    assert Unread(text) == reader("years")(text)


def test_digits_of_another_script_are_unreadable_beside_a_unit_too() -> None:
    text = "\N{FULLWIDTH DIGIT THREE} years"
    assert Unread(f"{text} (not in plain digits)") == reader("years")(text)


def test_a_column_may_have_a_unit_of_its_own() -> None:
    read = reader("years", unit="months")
    assert [0.5, 0.5, 6.0] == [read("6"), read("6 months"), read("6 years")]
    assert Unread("9000 months") == read("9000")


def test_not_sure_is_an_answer_to_a_number_where_the_item_offers_it() -> None:
    read = reader("hardness", labels={"dunno": "not_sure", "99": "not_sure"})
    assert ["not_sure"] * 5 == [
        read(text) for text in ("not_sure", "I do not know", "Dunno", "99", "99.0")
    ]
    assert Unread("not_sure") == reader("years")("not_sure")


@given(st.floats(0, 50, allow_nan=False))
def test_any_number_is_read_as_it_is_written(number: float) -> None:
    assert number == reader("years")(repr(number))


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_unreadable_or_nothing(text: str) -> None:
    answer = reader("years")(text)
    assert answer is None or isinstance(answer, Unread) or math.isfinite(answer)


# --- Ticks. ---


@pytest.mark.parametrize(
    "text", ["1", "1.0", "TRUE", "yes", "X", "Checked", "slow", "It runs slowly"]
)
def test_ticked(text: str) -> None:
    assert True is tick()(text)


@pytest.mark.parametrize("text", ["0", "0.0", "False", "No", "unchecked"])
def test_not_ticked(text: str) -> None:
    assert False is tick()(text)


@pytest.mark.parametrize("text", ["2", "perhaps", "-1", "colder"])
def test_neither_ticked_nor_not(text: str) -> None:
    assert Unread(text) == tick()(text)


def test_ticks_in_a_clinic_s_words() -> None:
    read = tick({"J": "yes", "1": "yes", "2": "no"}, "9")
    assert [True, True, False, None, None] == [read(t) for t in ("j", "1", "2.0", "9", "")]


def test_a_tick_that_cannot_be_read_is_no_other_option_s_name() -> None:
    assert Unread("cold (whether slow)") == tick()("cold")
    not_sure = TickReader(BOOK.items["hardness"], "not_sure", {}, ()).read
    assert [True, Unread("3 dH (whether not_sure)")] == [not_sure("not_sure"), not_sure("3 dH")]


def test_a_tick_column_reads_through_its_role() -> None:
    read = IntakeMapping("", {}).reader(BOOK, Tick("troubles", "slow")).read
    assert True is read("x")
