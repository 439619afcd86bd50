"""A report as a PDF: for every reader, on two pages and one, and the same on every machine."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys

import page
import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reading import alternatives, pages_of, read, rendered, squeezed
from tests.report_cases import CASES, FORMS, TODAY, WORRIED, case, drawing
from tests.shipped import BOOK
from triage.languages.words import words
from triage.problems import BadInput
from triage.report import plan, selection
from triage.report.fit import fitted
from triage.report.pdf import as_literal
from triage.report.rendering import Paper, render, view
from triage.report.selection import Reader
from triage.resources import fonts_folder

A4, LETTER = (595, 842), (612, 792)
"""Points."""
MILLIMETRES = 25.4 / 72
"""Of a point."""
SMALL_X = 0.496
"""How high a small x of the font is, where the type is 1 high."""


def made(name: str, paper: Paper = "a4", reader: Reader = "person") -> bytes:
    return rendered(view(case(name), TODAY, "Ana María", reader), "pdf", paper)


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def faults(pdf: bytes) -> list[str]:
    """What keeps a file from being PDF/UA-1, by the rules that the checker has."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [str(failure) for failure in report.failures]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing for each exercise and one of the body, as small as drawings can be."""
    monkeypatch.setattr(plan, "exercise_pictures", lambda _b, e, _c: (drawing(f"Picture of {e}"),))
    monkeypatch.setattr(selection, "body_map", lambda _b, _r: drawing("Map of the body"))


@pytest.mark.parametrize("reader", ["person", "clinician"])
@pytest.mark.parametrize("name", [*FORMS, *WORRIED])
def test_it_passes_the_checks_of_pdf_ua(name: str, reader: Reader) -> None:
    """By one checker: there is none that says the last word."""
    assert [] == faults(made(name, reader=reader))


@pytest.mark.usefixtures("drawn")
def test_it_passes_them_with_drawings() -> None:
    assert [] == faults(made("textbook_runner"))


def test_the_checker_sees_a_fault() -> None:
    """Without its language a file fails."""
    writer = pypdf.PdfWriter(clone_from=opened(made("nothing_answered")))
    del writer.root_object["/Lang"]
    changed = io.BytesIO()
    writer.write(changed)
    assert faults(changed.getvalue())


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("name", ["textbook_runner", "told_bursitis", "stiff_hip_walker"])
def test_every_drawing_has_its_words(name: str) -> None:
    planned = [prescription.exercise for prescription in case(name).exercises]
    expected = ["Map of the body", *(f"Picture of {exercise}" for exercise in planned)]
    assert expected == [alt for alt in alternatives(made(name)) if alt]


def test_a_file_says_what_it_is() -> None:
    reader = opened(made("textbook_runner"))
    assert reader.metadata is not None
    assert words()["title"] == reader.metadata.title
    assert TODAY == reader.metadata.creation_date.date()  # type: ignore[union-attr]
    assert "en" == reader.trailer["/Root"]["/Lang"]  # type: ignore[index]
    assert "Ana" not in str(dict(reader.metadata))


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_the_paper_is_the_one_asked_for(paper: Paper, size: tuple[int, int]) -> None:
    for sheet in opened(made("textbook_runner", paper)).pages:
        assert size == (round(sheet.mediabox.width), round(sheet.mediabox.height))


def record_begins(pages: list[str]) -> int:
    """On which page, from 0, the record for the clinician begins."""
    why = squeezed(words()["record_why"])
    (page,) = (number for number, said in enumerate(pages) if why in squeezed(said))
    return page


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", FORMS)
def test_a_report_is_two_pages_and_one_for_the_clinician(name: str, paper: Paper) -> None:
    """What is urgent is one page and the clinician's."""
    pages = pages_of(made(name, paper))
    assert record_begins(pages) <= (1 if view(case(name), TODAY).short else 2)
    assert 3 >= len(pages)


@pytest.mark.parametrize("name", CASES)
def test_a_hard_case_takes_one_page_more_at_most(name: str) -> None:
    """A plan beside warning signs may need it; what is urgent never does."""
    pages = pages_of(made(name))
    assert record_begins(pages) <= (1 if view(case(name), TODAY).short else 3)
    assert 4 >= len(pages)


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("name", FORMS)
def test_so_it_is_with_drawings(name: str) -> None:
    assert 3 >= len(opened(made(name)).pages)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", [name for name in FORMS if case(name).exercises])
def test_the_first_exercises_stand_whole_on_the_first_page(name: str, paper: Paper) -> None:
    """With real drawings: the estimate of what the words take holds."""
    plan = view(case(name), TODAY).plan
    assert plan is not None
    first, *_ = pages_of(made(name, paper))
    for exercise in plan.first:
        assert squeezed(exercise.title) in squeezed(first)


@pytest.mark.parametrize("name", FORMS)
def test_every_page_says_what_it_comes_from(name: str) -> None:
    for said in pages_of(made(name)):
        foot = squeezed(said)
        for part in (words()["not_a_diagnosis_short"], words()["draft_short"], BOOK.digest[:12]):
            assert squeezed(part) in foot
        assert squeezed(f"version {BOOK.version}") in foot


def test_letters_of_other_scripts_are_shown() -> None:
    for name in ("Жанна", "Ελένη", "Đặng Thị Ngọc"):
        shown = view(case("nothing_answered"), TODAY, name)
        assert squeezed(name) in read(shown, "pdf")


def test_a_letter_that_no_font_has_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match=r"could not be displayed.*write .html or .txt instead"):
        render(view(case("nothing_answered"), TODAY, "李"), "pdf")


@pytest.mark.parametrize("name", ['a "b" \\', '"))) #panic("x") //', "\\u{41} \\\\", "/* $x$ `*/"])
def test_no_text_ends_the_string_that_holds_it(name: str) -> None:
    assert squeezed(name) in read(view(case("nothing_answered"), TODAY, name), "pdf")


@given(st.text())
def test_typst_reads_any_text_as_it_was(text: str) -> None:
    """However many quotation marks, backslashes and line ends are in it."""
    source = f"#metadata({as_literal(json.dumps([text]))}) <given>"
    assert [json.dumps([text])] == json.loads(typst.query(source.encode(), "<given>", "value"))


def test_text_and_html_are_made_without_typst() -> None:
    """Importing it takes longer than such a report does."""
    code = (
        "import datetime, sys\n"
        "from triage import assess, load_rule_book\n"
        "from triage.report.rendering import render, summary, view\n"
        "assessment = assess(load_rule_book(), {})\n"
        "shown = view(assessment, datetime.date(2026, 11, 22))\n"
        "summary(assessment), render(shown, 'text'), render(shown, 'html')\n"
        "print('typst' in sys.modules)\n"
        "render(shown, 'pdf')\n"
        "print('typst' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ["False", "True"] == run.stdout.split()


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", FORMS)
def test_type_and_drawings_are_large_enough_to_be_read(name: str, paper: Paper) -> None:
    """A small x is 1.4 mm high, as the European Union asks of labels on medicines.

    Nor is type larger than a sheet for grown-ups needs.  Drawings are between a thumb's
    breadth and a sixth of the page high, and each of the first exercises has room for its own.
    """
    shown = view(case(name), TODAY)
    sizes = fitted(shown, words(), paper)
    for points in (sizes.first, sizes.second):
        assert 1.4 <= round(points * MILLIMETRES * SMALL_X, 2)
        assert points <= 12
    assert all(18 <= millimetres <= 44 for millimetres in sizes.drawings)
    exercises = len(shown.plan.first) if shown.plan else 0
    assert exercises == len(sizes.drawings) == len(sizes.shares)


def test_a_small_x_of_our_font_is_nearly_half_as_high_as_the_type() -> None:
    """As the font's own file says."""
    content = (fonts_folder() / "AtkinsonHyperlegible_400Regular.ttf").read_bytes()
    tables = {
        content[at : at + 4]: int.from_bytes(content[at + 8 : at + 12])
        for at in range(12, 12 + 16 * int.from_bytes(content[4:6]), 16)
    }
    high = int.from_bytes(content[tables[b"OS/2"] + 86 :][:2])
    whole = int.from_bytes(content[tables[b"head"] + 18 :][:2])
    assert SMALL_X == high / whole


def test_drawings_get_the_room_that_words_leave() -> None:
    """And exercises for which there is no room at all begin a page of their own."""
    shown = view(case("textbook_runner"), TODAY)
    assert shown.not_to_do is not None
    usual = fitted(shown, words(), "a4")
    less = fitted(dataclasses.replace(shown, not_to_do=None), words(), "a4")
    assert (less.first, *less.drawings) > (usual.first, *usual.drawings)
    reasons = shown.not_to_do.reasons * 12
    much = dataclasses.replace(shown.not_to_do, reasons=reasons)
    more = fitted(dataclasses.replace(shown, not_to_do=much), words(), "a4")
    assert more.apart
    assert not usual.apart
    assert more.drawings >= usual.drawings
