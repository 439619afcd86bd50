"""Columns called by the book's own names, however the tool that made the form joins them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK
from triage.intake.own_names import OwnNames, boxes

OWN = OwnNames(BOOK)
ITEMS = list(BOOK.items.values())
PLACES = [(item.id, option) for item in ITEMS for option in boxes(item)]
JOINTS = ["/", ".", ":", "-", "_", "__", "___", " - ", " / ", " [", " (choice=", " | "]
GROUPS = ["", "group/", "a/b/", "Section 1.", "intake:", "q2__", "data-", "Page 1 - "]


def spellings(item: str, option: str) -> list[tuple[str, str]]:
    """An item and its option, by their names and by their words."""
    asked = BOOK.items[item]
    return [(item, option), (asked.ask, asked.options[option]), (asked.ask.upper(), option)]


@given(st.sampled_from(PLACES), st.sampled_from(JOINTS), st.sampled_from(GROUPS), st.integers(0, 2))
def test_an_item_and_its_option(place: tuple[str, str], joint: str, group: str, how: int) -> None:
    item, option = spellings(*place)[how]
    closed = {"[": "]", "(": ")"}.get(joint.strip()[0], "")
    found = OWN.find(f"{group}{item}{joint}{option}{closed}")
    assert found is not None
    assert place == (found.item, found.option)


@given(st.sampled_from(ITEMS), st.sampled_from(GROUPS))
def test_an_item_in_groups(item: object, group: str) -> None:
    for name in (item.id, item.ask):  # type: ignore[attr-defined]
        found = OWN.find(group + name)
        assert found is not None
        assert (item.id, None) == (found.item, found.option)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "column", ["", "milk_money", "buttermilk", "troubles_other", "noise level", "group/", "hum"]
)
def test_names_that_only_begin_or_end_like_ours(column: str) -> None:
    assert OWN.find(column) is None


def test_a_choice_of_one_has_no_boxes() -> None:
    assert OWN.find("noise/hum") is None


def test_a_numbered_box_says_its_list_and_no_option() -> None:
    assert None is OWN.find("troubles___2")
    assert "troubles" == OWN.numbered_box("troubles___2")
    assert None is OWN.numbered_box("noise___2")
    assert None is OWN.numbered_box("troubles___unk")


def test_every_place_of_the_shipped_book_is_found() -> None:
    own = OwnNames(SHIPPED)
    for item in SHIPPED.items.values():
        assert own.find(item.id) is not None
        for option in boxes(item):
            found = own.find(f"group/{item.id}/{option}")
            assert found is not None
            assert (item.id, option) == (found.item, found.option)
