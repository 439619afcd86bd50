"""The shipped Spanish: every text is there, no number and no meaning of the rules has changed."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings

from tests import crowd
from tests.commands.test_commands import triage
from tests.conftest import EXAMPLES
from tests.exports import template_rows
from tests.reading import EVERY_FORM, read, rendered, squeezed, strings
from tests.report_cases import CASES, FORMS, TODAY, WORRIED, case
from tests.shipped import BOOK, SHIPPED_ANSWERS
from tools.language_files import wanted_of_report
from triage.answers.responses import Responses
from triage.answers.wording import answer_in_words, date_in_words
from triage.assessment.assessment import Assessment, conclude
from triage.authoring.prose import reference_in_words
from triage.batch.report_maker import Options, digest_of
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook
from triage.engines.fold import Fold
from triage.intake.answers_file import Form, write_form
from triage.languages import catalogue, checks
from triage.languages import words as word_lists
from triage.languages.translated import in_language
from triage.languages.words import draft_note, words
from triage.report.rendering import render, summary, view
from triage.report.selection import Reader
from triage.resources import reports_folder, rules_folder

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
    assert BOOK.origin.hazards == SPANISH.origin.hazards


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


POINT = re.compile(r"\d\.\d")


def sheets(assessment: Assessment) -> int:
    """How many pages a report has on paper."""
    made = rendered(view(assessment, TODAY, "Ana María"), "pdf")
    return len(pypdf.PdfReader(io.BytesIO(made)).pages)


def test_spanish_takes_hardly_more_paper() -> None:
    """A page more where English is full to the last line, and mostly none."""
    more = Counter(sheets(in_spanish(case(name))) - sheets(case(name)) for name in (*FORMS, *CASES))
    assert {0, 1} >= set(more)
    assert more[1] < more[0] / 9


CHECKED = "A native clinician has checked this."


@pytest.fixture
def unchecked_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[bool], RuleBook]]:
    """The Spanish book, of which the catalogues are drafts or not; all rules are signed."""

    def made(draft: bool) -> RuleBook:
        for name, folder in (("rules", rules_folder()), ("reports", reports_folder())):
            shutil.copytree(folder, tmp_path / name)
            file = catalogue.file_of(tmp_path / name, "es")
            text = file.read_text("utf-8")
            file.write_text(text if draft else text.replace("DRAFT:", CHECKED), "utf-8")
        for rule in (tmp_path / "rules").rglob("*.yaml"):
            text = rule.read_text("utf-8")
            signed = "review: {status: reviewed, by: A B,"
            rule.write_text(
                text.replace("review: {status: draft, by: nobody yet,", signed), "utf-8"
            )
        monkeypatch.setattr(word_lists, "reports_folder", lambda: tmp_path / "reports")
        words.cache_clear()
        return in_language(load_rule_book(tmp_path / "rules"), "es")

    yield made
    words.cache_clear()


@pytest.mark.parametrize("draft", [True, False])
def test_a_translation_is_a_draft_until_its_file_no_longer_says_so(
    draft: bool, unchecked_or_not: Callable[[bool], RuleBook]
) -> None:
    """Also where clinicians have signed every rule of the English book."""
    book = unchecked_or_not(draft)
    answers = dict(case("textbook_runner").responses.answers)
    shown = view(assessed(book, answers), TODAY)
    said = words("es")["draft"]
    assert draft is shown.draft is words("es").draft
    assert draft is (said in " ".join(render(shown, "text").decode().split()))
    assert draft is (said == draft_note(book))


@pytest.mark.parametrize("form", EVERY_FORM)
def test_the_draft_is_said_near_the_top(form: Any) -> None:
    """Before how urgent it is, and that it is the translation too."""
    said = words("es")["draft"]
    assert "traducci\u00f3n" in said
    shown = view(in_spanish(case("textbook_runner")), TODAY)
    first, *_ = read(shown, form).split(squeezed(shown.urgency.title))
    assert squeezed(said) in first


@pytest.mark.parametrize(
    "command",
    [
        ["assess", "-"],
        ["explain", "-"],
        ["explain", "-", "itb_syndrome"],
        ["explain", "-", "foam_rolling"],
        ["rules", "itb_syndrome"],
    ],
    ids=" ".join,
)
def test_the_terminal_says_it_at_the_end(command: list[str]) -> None:
    """In Spanish, and nothing of the kind in English."""
    said = triage(*command, "--language", "es", given="age: 30\n").output
    assert " ".join(said.split()).endswith(words("es")["draft"])
    assert "draft:" not in triage(*command, given="age: 30\n").output


@pytest.mark.parametrize(
    "command",
    [["explain"], ["explain", "itb_syndrome"], ["explain", "band_walk"], ["explain", "footwear"]],
    ids=" ".join,
)
@pytest.mark.parametrize(
    "form", ["nothing_answered", "past_cancer_night_pain", "textbook_runner", "told_bursitis"]
)
def test_no_english_remains_in_an_explanation(form: str, command: list[str]) -> None:
    """A line that is the same in both languages is a source."""
    command_, *name = command
    path = EXAMPLES / "forms" / f"{form}.yaml"
    english = triage(command_, path, *name).output.splitlines()
    spanish = triage(command_, path, *name, "--language", "es").output.splitlines()
    assert [] == sorted(line for line in {*english} & {*spanish} if line.strip())
    assert not re.search(
        r"\b(the|is|are|yes|because|present|undecided)\b",
        "\n".join(line for line in spanish if "Fuente: " not in line).lower(),
    )


@pytest.mark.parametrize("command", ["assess", "explain"])
def test_a_refused_form_names_its_red_flags_in_spanish(command: str) -> None:
    """What is wrong with it is an error, and so English; what its other answers show is not."""
    form = "walking: limpp\nsigns_now: [chest_pain]\n"
    refused, *english = triage(command, "-", given=form).stderr.splitlines()
    first, *spanish = triage(command, "-", "--language", "es", given=form).stderr.splitlines()
    assert refused == first
    assert "alerta" in spanish[0]
    assert len(english) == len(spanish) > 1
    assert set() == {*english} & {*spanish}


def test_what_was_written_is_said_in_spanish(tmp_path: Path) -> None:
    target = tmp_path / "informe.txt"
    form = EXAMPLES / "forms" / "textbook_runner.yaml"
    result = triage("report", form, "-o", target, "--language", "es")
    assert (0, f"informe: {target}\n") == (result.exit_code, result.output)


def test_no_english_remains_in_the_rules() -> None:
    """But for names and sources."""
    english = triage("rules").output.splitlines()
    spanish = triage("rules", "--language", "es").output.splitlines()
    same = {line.strip() for line in {*english} & {*spanish} if line.strip()}
    names = {f"{rule.name} ({rule.place.file})" for rule in BOOK.rules.values()}
    sources = {f"- {reference_in_words(BOOK, key)}" for key in BOOK.references}
    assert set() == same - names - sources


def test_numbers_have_the_decimal_sign_of_the_language() -> None:
    """In answers, and in the texts of the book; whole numbers have none."""
    item = BOOK.items["weeks_of_pain"]
    assert "2.5 weeks" == answer_in_words(item, 2.5)
    assert "2,5 weeks" == answer_in_words(item, 2.5, "es")
    assert "30 weeks" == answer_in_words(item, 30.0, "es")
    shown = view(in_spanish(assessed(BOOK, {"weeks_of_pain": 2.5})), TODAY)
    assert "2,5 semanas" in {
        answer for section in shown.record.answers for answer in strings(section)
    }
    for folder in (rules_folder(), reports_folder()):
        catalog = catalogue.read(folder, "es")
        assert [] == [m.id for m in catalogue.messages(catalog) if POINT.search(str(m.string))]


@pytest.mark.parametrize("ending", ["txt", "html", "pdf"])
def test_a_report_of_many_is_the_one_that_is_made_alone(ending: str, tmp_path: Path) -> None:
    """To the byte."""
    people = {str(n): crowd.form(random.Random(n)) for n in range(1, 4)}
    table = tmp_path / "forms.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(template_rows(BOOK, list(people.values())))
    options = ("--date", "2026-11-22", "--language", "es")
    many = triage("report", table, "--out-dir", tmp_path / "many", "--format", ending, *options)
    assert 0 == many.exit_code, many.output
    for name, responses in people.items():
        form, alone = tmp_path / "form.yaml", tmp_path / f"alone.{ending}"
        write_form(form, Form(responses, {}))
        one = triage("report", form, "-o", alone, "--name", name, *options)
        assert 0 == one.exit_code, one.output
        assert alone.read_bytes() == (tmp_path / "many" / f"{name}.{ending}").read_bytes()


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
