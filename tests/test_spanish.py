"""The shipped Spanish: every text is there, no number and no meaning of the rules has changed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings

from tests.conftest import EXAMPLES
from tests.language_files import wanted_of_report
from tests.reading import EVERY_FORM, read, squeezed, strings
from tests.report_cases import FORMS, TODAY, WORRIED, case
from tests.shipped import BOOK, SHIPPED_ANSWERS
from tests.test_cli import triage
from triage.assessment import Assessment, conclude
from triage.bulk_work import Options, digest_of
from triage.engines.fold import Fold
from triage.languages import catalogue, checks
from triage.languages.translated import in_language
from triage.report import render, summary, view
from triage.report_selection import Reader
from triage.report_words import words
from triage.resources import reports_folder, rules_folder
from triage.responses import Responses
from triage.rulebook import RuleBook
from triage.wording import date_in_words

SPANISH = in_language(BOOK, "es")
BOTH = [
    pytest.param(rules_folder(), checks.wanted_of(BOOK), id="rules"),
    pytest.param(reports_folder(), wanted_of_report(), id="report"),
]
NUMBERS = {
    "two": r"dos|ambas|las 2|segund[oa]|un día sí",
    "three": "tres|tercero",
    "four": "cuatro",
    "half": "mitad|medi[oa]",
    "third": "tercio|tercero",
    "quarter": "cuarta",
    "tenth": "décima",
    "double": "doble",
    "twice": "doble|dos veces",
}
"""English words that are numbers, and what has to stand for them in Spanish."""
LEVELS = {
    "emergency": "emergencias?|urgencias",
    "same day": "mismo día",
    "today": "hoy",
    "this week": "esta semana",
    "at once": "enseguida|a la vez",
    "within days": "en pocos días",
    "within hours": "horas",
    "may|might|could|can": r"pued\w+|pod\w+|probable|tal vez|posible|se ve|apenas se mueve|aguanta"
    r"|está permitido|pudiera|pudo",
    "not|never|no|nobody|none|nothing|cannot": "no|nunca|sin|ni|nada|nadie|tampoco|ningun[oa]"
    "|ningún|duda|poco antes|hace poco|deja de|puede estarlo",
}
"""English words that say how urgent or how sure something is, and what has to stand for them."""


def assessed(book: RuleBook, answers: dict[str, Any]) -> Assessment:
    """By the plain fold."""
    responses = Responses(book.items, answers)
    return conclude(book, responses, Fold(book, responses).verdicts())


def in_spanish(assessment: Assessment) -> Assessment:
    """The same person, in Spanish."""
    return assessed(SPANISH, dict(assessment.responses.answers))


@pytest.mark.parametrize(("folder", "wanted"), BOTH)
def test_every_text_is_translated_and_none_is_left_over(folder: Any, wanted: Any) -> None:
    catalog = catalogue.read(folder, "es")
    assert [] == [one.place for one in checks.missing(catalog, wanted)]
    assert [] == checks.obsolete(catalog, wanted)
    assert [] == [message.id for message in catalogue.messages(catalog) if message.fuzzy]


@pytest.mark.parametrize(("folder", "wanted"), BOTH)
def test_every_number_and_placeholder_is_kept(folder: Any, wanted: Any) -> None:
    assert [] == list(map(str, checks.problems_in(folder)))
    assert wanted


@pytest.mark.parametrize(("english", "spanish"), [*NUMBERS.items(), *LEVELS.items()])
def test_a_word_that_weighs_is_kept(english: str, spanish: str) -> None:
    """Numbers in words, how soon, how sure, and every "not"."""
    catalog = catalogue.read(rules_folder(), "es")
    of = re.compile(rf"\b({english})\b", re.IGNORECASE)
    has = re.compile(rf"\b({spanish})\b", re.IGNORECASE)
    found = [m for m in catalogue.messages(catalog) if of.search(str(m.id))]
    assert found
    assert [] == [(m.id, m.string) for m in found if not has.search(str(m.string))]


def test_the_files_say_that_they_are_drafts() -> None:
    for folder in (rules_folder(), reports_folder()):
        head = catalogue.file_of(folder, "es").read_text("utf-8").partition("msgid")[0]
        assert "DRAFT: no clinician whose language is Spanish has checked this yet." in head


@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(SHIPPED_ANSWERS)
def test_the_assessment_of_any_form_is_the_same_in_both_languages(answers: dict[str, Any]) -> None:
    """What holds, how urgent it is, the plan and whom to see; by names, not by words."""
    english, spanish = assessed(BOOK, answers), assessed(SPANISH, answers)
    assert (english.verdicts, english.states) == (spanish.verdicts, spanish.states)
    assert (english.disposition, english.could_rise_to, english.plan_given) == (
        spanish.disposition,
        spanish.could_rise_to,
        spanish.plan_given,
    )
    for made in ("exercises", "withheld"):
        assert [(p.exercise, p.decision, p.modifications) for p in getattr(english, made)] == [
            (p.exercise, p.decision, p.modifications) for p in getattr(spanish, made)
        ]
    assert [a.advice for a in english.advice] == [a.advice for a in spanish.advice]
    assert [(r.referral, r.within_days) for r in english.referrals] == [
        (r.referral, r.within_days) for r in spanish.referrals
    ]


def test_ids_version_and_digest_are_those_of_the_english_book() -> None:
    assert (BOOK.version, BOOK.digest) == (SPANISH.version, SPANISH.digest)
    assert ("es", 0) == (SPANISH.language, SPANISH.untranslated)
    for catalogue_ in ("items", "rules", "patterns", "causes", "exercises", "advice", "references"):
        assert list(getattr(BOOK, catalogue_)) == list(getattr(SPANISH, catalogue_))
    assert BOOK.references == SPANISH.references
    assert BOOK.hazards == SPANISH.hazards


@pytest.mark.parametrize("reader", ["person", "clinician"])
@pytest.mark.parametrize("name", [*FORMS, *WORRIED])
def test_no_english_remains_in_a_spanish_report(name: str, reader: Reader) -> None:
    """But for sources and the names of rules, which are what they are."""
    english = view(case(name), TODAY, "Ana", reader)
    spanish = view(in_spanish(case(name)), TODAY, "Ana", reader)
    names = {
        "Ana",
        "No",
        *BOOK.rules,
        *(reference.citation for reference in BOOK.references.values()),
        *(reference.link for reference in BOOK.references.values()),
        *BOOK.references,
    }
    same = set(strings(english)) & set(strings(spanish)) - names
    assert [] == [
        text for text in same if re.search(r"[a-z]{3}", text) and not set(text.split(", ")) <= names
    ]


@pytest.mark.parametrize("form", EVERY_FORM)
@pytest.mark.parametrize("name", FORMS)
def test_the_words_around_the_rule_book_are_spanish_too(name: str, form: Any) -> None:
    """Headings and labels, in every form; those that Spanish spells alike are let pass."""
    said = read(view(in_spanish(case(name)), TODAY), form)
    english, spanish = words(), words("es")
    assert squeezed(spanish["not_a_diagnosis"]) in said
    for name_, text in english.texts.items():
        if isinstance(text, str) and len(text) > 12 and text != spanish.texts[name_]:
            assert squeezed(text) not in said, name_


def test_a_page_says_in_which_language_it_is(tmp_path: Path) -> None:
    """In what a screen reader goes by."""
    target = tmp_path / "report.html"
    form = EXAMPLES / "forms" / "textbook_runner.yaml"
    assert 0 == triage("report", form, "-o", target, "--language", "es").exit_code
    said = target.read_text("utf-8")
    assert '<html lang="es">' in said
    assert f"<h1>{words('es')['title']}</h1>" in said
    pdf = pypdf.PdfReader(io.BytesIO(render(view(in_spanish(case("told_bursitis")), TODAY), "pdf")))
    assert "es" == pdf.trailer["/Root"]["/Lang"]  # type: ignore[index]


def test_the_summary_is_spanish() -> None:
    said = summary(in_spanish(case("textbook_runner")))
    assert "Qué hacer primero" in said
    assert "What" not in said


def test_dates_are_in_words_of_the_language() -> None:
    assert "22 November 2026" == date_in_words(TODAY)
    assert "22 de noviembre de 2026" == date_in_words(TODAY, "es")


def test_a_report_in_another_language_is_another_report() -> None:
    """One that was made before, in English or with an older translation, is made again."""
    options = Options("text", "a4", "person", TODAY)
    answers = case("textbook_runner").responses
    made = {digest_of(book, options, "1", answers) for book in (BOOK, SPANISH)}
    assert 2 == len(made)
    assert SPANISH.translation
