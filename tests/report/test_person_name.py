"""A name on a report: visible letters on one line, whatever somebody typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import EVERY_FORM, Page, pages_of, read, squeezed
from tests.report_cases import TODAY, case
from triage.report.person_name import CUT, JOINERS, LONGEST, clean_name
from triage.report.rendering import Form, render, view

SHOWN = [
    "<script>alert(1)</script>",
    "#panic() $x$ *b* _i_",
    "../../etc/passwd",
    "C:\\temp",
    "\"'`",
]


def test_a_usual_name_is_left_as_it_is() -> None:
    for name in ("Ana María O'Neill-Núñez", "Đặng Thị Ngọc", "Жанна", "李小龍", ""):
        assert name == clean_name(name)


def test_what_is_invisible_or_turns_the_text_is_dropped() -> None:
    assert "evil.exe" == clean_name("evil\N{RIGHT-TO-LEFT OVERRIDE}.exe")
    assert "Ana" == clean_name("\N{LEFT-TO-RIGHT ISOLATE}A\x00n\x1ba\N{ZERO WIDTH NO-BREAK SPACE}")


def test_it_is_one_line() -> None:
    assert "Ana María" == clean_name("  Ana\r\n\t\N{LINE SEPARATOR} María ")


def test_a_long_name_is_cut_where_everybody_sees_it() -> None:
    assert LONGEST == len(clean_name("a" * 10_000))
    assert clean_name("a" * 10_000).endswith(CUT)
    assert "a" * LONGEST == clean_name("a" * LONGEST)


def test_marks_do_not_pile_up() -> None:
    assert 4 == len(clean_name("q" + "\N{COMBINING TILDE}" * 500))


@given(st.text())
def test_any_text_becomes_a_line_that_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert len(name) <= LONGEST
    assert name == clean_name(name) == " ".join(name.split())
    assert not [c for c in name if unicodedata.category(c)[0] == "C" and c not in JOINERS]


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("form", EVERY_FORM)
def test_hostile_names_are_shown_as_text(form: Form, name: str) -> None:
    shown = view(case("nothing_answered"), TODAY, name)
    assert squeezed(clean_name(name)) in read(shown, form)


def test_a_hostile_name_adds_no_tag() -> None:
    plain = Page(render(view(case("nothing_answered"), TODAY, "Ana"), "html").decode())
    for name in SHOWN:
        page = Page(render(view(case("nothing_answered"), TODAY, name), "html").decode())
        assert plain.tags == page.tags


def test_a_long_name_takes_no_more_room_than_a_short_one() -> None:
    short, long = (
        [len(page) > 0 for page in pages_of(render(view(case(one), TODAY, name), "pdf"))]
        for one in ["textbook_runner"]
        for name in ("A", "W" * 10_000)
    )
    assert short == long


def test_nothing_personal_is_in_a_report_without_a_name() -> None:
    for form in EVERY_FORM:
        assert squeezed("For:") not in read(view(case("textbook_runner"), TODAY), form)
