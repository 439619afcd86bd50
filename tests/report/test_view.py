"""The take-home report: what it must hold, in which order, and that every form holds all of it."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES, ROOT
from tests.reading import EVERY_FORM, Page, missing, read, squeezed, strings, with_strings
from tests.report_cases import CASES, TODAY, WORRIED, case, drawing, flagged
from tests.report_cases import FORMS as SHIPPED
from tests.shipped import BOOK, SHIPPED_ANSWERS
from triage.answers.responses import Responses
from triage.answers.wording import answer_in_words, first_sentence
from triage.assessment.assess import assess
from triage.assessment.assessment import Assessment, conclude
from triage.assessment.explanation import Explanation
from triage.book.levels import INCOMPLETE, ROUTINE, SELF_CARE, URGENCY
from triage.book.loading import load_rule_book
from triage.engines.fold import Fold
from triage.languages.words import words
from triage.pictures.picture import Picture
from triage.report import plan, selection
from triage.report.record import MOST_UNANSWERED
from triage.report.rendering import FORMS, Form, render, summary, view
from triage.report.selection import MOST_QUESTIONS, Reader
from triage.report.templates import WIDTH
from triage.report.view import Answered, ReportView

every_case = pytest.mark.parametrize("name", [*SHIPPED, *WORRIED])
every_form = pytest.mark.parametrize("form", EVERY_FORM)
every_reader = pytest.mark.parametrize("reader", ["person", "clinician"])


def html(view: ReportView) -> str:
    return render(view, "html").decode()


def text(view: ReportView) -> str:
    return render(view, "text").decode()


def kinds(value: Any) -> Iterator[type]:
    """The types of everything in a view."""
    yield type(value)
    if isinstance(value, tuple):
        for part in value:
            yield from kinds(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from kinds(getattr(value, field.name))


def time_frame(assessment: Assessment) -> list[str]:
    """The words of the level on how soon, unless somebody is to be seen sooner."""
    wording = assessment.wording
    return [wording.time_frame] if assessment.see_within_days == wording.within_days else []


def kept_to_the_end(assessment: Assessment) -> list[str]:
    """What the report of any assessment must say, to whomever it goes."""
    book = assessment.book
    wording = assessment.wording
    follow_up = book.follow_up
    must = [wording.title, *time_frame(assessment), wording.who, *wording.do]
    for stratum in ("red_flags", "contraindications"):
        must += [finding.title for finding in assessment.present(stratum)]
    must += [*follow_up.watch_for, *follow_up.uncertainty]
    if assessment.disposition not in ("emergency", "same_day"):
        must += follow_up.if_worse  # there the first steps say it
    must += [review.say for review in follow_up.reviews] if assessment.plan_given else []
    must += [words()["not_a_diagnosis"], words()["draft"]] if book.draft else []
    return [*must, book.title, book.version, book.digest[:12]]


def test_the_cases_reach_every_level() -> None:
    assert {*URGENCY, INCOMPLETE} == {case(name).disposition for name in (*SHIPPED, *WORRIED)}


@every_reader
@every_form
@every_case
def test_all_that_a_view_says_is_in_every_form(name: str, form: Form, reader: Reader) -> None:
    assert [] == missing(view(case(name), TODAY, "Ana María", reader), form)


@every_form
@pytest.mark.parametrize("name", CASES)
def test_all_that_a_view_says_of_a_published_case_is_in_every_form(name: str, form: Form) -> None:
    assert [] == missing(view(case(name), TODAY, "Ana María"), form)


@every_case
def test_a_view_holds_plain_frozen_values(name: str) -> None:
    found = set(kinds(view(case(name), TODAY)))
    own = {kind for kind in found if kind is Picture or kind.__module__ == "triage.report.view"}
    assert found - own <= {str, int, float, bool, tuple, type(None)}
    assert all(kind.__dataclass_params__.frozen for kind in own)  # type: ignore[attr-defined]


@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(SHIPPED_ANSWERS, st.sampled_from(["person", "clinician"]))
def test_nothing_of_safety_is_ever_cut(answers: dict[str, Any], reader: Reader) -> None:
    """The level, every red flag and contraindication, the safety netting and the version."""
    responses = Responses(BOOK.items, answers)
    assessment = conclude(BOOK, responses, Fold(BOOK, responses).verdicts())
    shown = view(assessment, TODAY, "Ana", reader)
    for form in EVERY_FORM:
        said = read(shown, form)
        must = (*kept_to_the_end(assessment), *strings(shown))
        assert [] == [one for one in must if squeezed(one) not in said]


def test_a_book_on_another_subject_is_reported_whole() -> None:
    """No name of the shipped book is written into the program."""
    book = load_rule_book(ROOT / "tests" / "books" / "small")
    for rule in book.rules.values():
        for example in rule.fires:
            if not example.findings:
                for form in EVERY_FORM:
                    assert [] == missing(view(assess(book, example.answers), TODAY), form)


@every_form
@every_case
def test_what_must_not_be_missed_is_there(name: str, form: Form) -> None:
    said = read(view(case(name), TODAY), form)
    assert [] == [one for one in kept_to_the_end(case(name)) if squeezed(one) not in said]


@every_form
@every_case
def test_a_clinician_gets_the_whole_record(name: str, form: Form) -> None:
    assessment = case(name)
    book = assessment.book
    said = read(view(assessment, TODAY, "Ana María", "clinician"), form)
    expected = []
    for item, answer in assessment.responses.answers.items():
        expected += [
            first_sentence(book.items[item].ask),
            answer_in_words(book.items[item], answer),
        ]
    for item in assessment.responses.unanswered():
        expected.append(book.items[item].ask)
    for rule, truth in assessment.verdicts.items():
        if truth is True:
            caveats = book.rules[rule].caveats
            citations = [book.references[key].citation for key in book.rules[rule].references]
            expected += [rule, book.rules[rule].why, *caveats, *citations]
    for finding in book.findings.values():
        undecided = assessment.states[finding.id] is None and finding.stratum != "features"
        if finding.stratum == "red_flags" or undecided:
            expected.append(finding.title)
    for given_advice in assessment.advice:
        advice = book.advice[given_advice.advice]
        expected += [*advice.say, *advice.more]
    assert [] == [one for one in expected if squeezed(one) not in said]


@every_form
def test_a_clinician_reads_the_record_first(form: Form) -> None:
    record, watch_for = squeezed("For your clinician"), squeezed("What to watch for")
    for reader, first, last in (
        ("person", watch_for, record),
        ("clinician", record, watch_for),
    ):
        said = read(view(case("textbook_runner"), TODAY, reader=reader), form)  # type: ignore[arg-type]
        assert said.index(squeezed("Start gently")) < said.index(first) < said.rindex(last)


@every_form
@every_case
def test_it_is_no_diagnosis_at_the_start_and_at_the_end(name: str, form: Form) -> None:
    said = read(view(case(name), TODAY), form)
    title = case(name).book.dispositions[case(name).disposition].title
    start = said.index(squeezed(words()["not_a_diagnosis"]))
    end = said.rindex(squeezed("ot a diagnosis"))
    assert start < said.index(squeezed(title)) < said.rindex(squeezed("Rules that fired")) < end


@every_form
def test_a_draft_is_called_one(form: Form) -> None:
    shown = view(case("textbook_runner"), TODAY)
    signed = dataclasses.replace(shown, draft=False)
    assert squeezed("no clinician has signed") in read(shown, form)
    assert squeezed("no clinician has signed") not in read(signed, form)


@every_case
def test_a_plan_is_shown_only_where_one_is_given(name: str) -> None:
    assessment = case(name)
    shown = view(assessment, TODAY)
    assert bool(shown.safety.reviews) == assessment.plan_given
    assert (shown.plan is not None) == bool(assessment.exercises)
    if assessment.disposition not in (SELF_CARE, ROUTINE):
        assert not assessment.plan_given
    for form in EVERY_FORM:
        said = read(shown, form)
        assert (squeezed(words()["plan"]) in said) == (shown.plan is not None)
        assert (squeezed(words()["follow_up"]) in said) == assessment.plan_given


@every_form
def test_days_to_look_again_are_counted_from_today(form: Form) -> None:
    book = case("textbook_runner").book
    said = read(view(case("textbook_runner"), TODAY), form)
    days = {review.after_days: review.say for review in book.follow_up.reviews}
    assert squeezed(f"6 December 2026: {days[14]}") in said


@every_form
def test_the_level_has_a_last_day(form: Form) -> None:
    assert 42 == case("textbook_runner").referrals[0].within_days
    said = read(view(case("textbook_runner"), TODAY), form)
    assert squeezed("When: within 2 to 6 weeks, by 3 January 2027") in said


def test_everybody_else_to_see_has_a_last_day_too() -> None:
    for name in SHIPPED:
        assessment = case(name)
        level = assessment.wording
        others = [
            made
            for made in assessment.referrals
            if (made.referral, made.within_days) != (level.referral, level.within_days)
        ]
        shown = view(assessment, TODAY)
        if not (shown.short or not others):
            assert [assessment.book.referrals[made.referral].title for made in others] == [
                one.title for one in shown.referrals
            ]
            for made, one in zip(others, shown.referrals, strict=True):
                if made.within_days > 1:
                    by = TODAY + datetime.timedelta(days=made.within_days)
                    assert f"by {by.day} {by:%B} {by.year}" in one.when


@every_case
def test_what_could_still_rise_is_settled_by_the_questions(name: str) -> None:
    """Those of the most urgent level come first, and what is not shown is counted."""
    assessment = case(name)
    rising = view(assessment, TODAY).could_rise
    if assessment.could_rise_to is None:
        # Only whether less would do may then be open.
        assert rising is None or ("routine", "") == (assessment.disposition, rising.level)
    elif rising is not None:
        book = assessment.book
        settling = Explanation(assessment).settling
        undecided = [f for f in book.findings.values() if assessment.states[f.id] is None]
        worst = settling(f for f in undecided if f.level == assessment.could_rise_to)
        ranks = [*URGENCY, INCOMPLETE]
        above = ranks[: ranks.index(assessment.disposition)]
        every = settling(f for f in undecided if f.level in above)
        asks = [question.ask for question in rising.questions.shown]
        assert min(len(every), MOST_QUESTIONS) == len(asks)
        more = len(every) - len(asks)
        assert ([str(more)] if more > 0 else []) == re.findall(r"\d+", rising.questions.more)
        assert {first_sentence(ask) for ask in asks} <= {
            first_sentence(book.items[item].ask) for item in every
        }
        first = [first_sentence(book.items[item].ask) for item in worst][:MOST_QUESTIONS]
        assert first == [first_sentence(ask) for ask in asks[: len(worst)]]


@every_form
def test_a_level_that_nothing_asks_for_names_what_is_open(form: Form) -> None:
    """Where only routine is open, the plan stands, and the questions are there."""
    responses = case("desk_worker_tight_thigh").responses.with_answer("pain_feels", None)
    assessment = assess(BOOK, responses)
    assert ("routine", None, True) == (
        assessment.disposition,
        assessment.could_rise_to,
        assessment.plan_given,
    )
    said = read(view(assessment, TODAY), form)
    assert squeezed(words()["still_to_settle"]) in said
    assert squeezed(BOOK.items["pain_feels"].ask) in said


@every_form
def test_the_headline_names_the_soonest_day(form: Form) -> None:
    """Somebody to be seen within two weeks is not told six."""
    found = [
        name for name in SHIPPED if case(name).see_within_days < case(name).wording.within_days
    ]
    assert found
    for name in found:
        said = read(view(case(name), TODAY), form)
        by = TODAY + datetime.timedelta(days=case(name).see_within_days)
        assert squeezed(f"by {by.day} {by:%B} {by.year}") in said
        assert squeezed(case(name).wording.time_frame) not in said


def test_an_answer_that_is_not_sure_is_shown_beside_its_question() -> None:
    responses = case("textbook_runner").responses.with_answer(
        "nerve_signs", frozenset({"not_sure"})
    )
    rising = view(assess(BOOK, responses), TODAY).could_rise
    assert rising is not None
    item = BOOK.items["nerve_signs"]
    unsure = Answered(first_sentence(item.ask), item.options["not_sure"])
    assert unsure in rising.questions.shown


def test_many_unanswered_questions_are_counted_with_those_for_safety_first() -> None:
    assessment = case("bone_medicine_half_answered")
    left = assessment.responses.unanswered()
    shown = view(assessment, TODAY).record.unanswered
    assert MOST_UNANSWERED < len(left)
    assert MOST_UNANSWERED == len(shown.shown)
    assert str(len(left) - MOST_UNANSWERED) in shown.more
    waiting = Explanation(assessment).settling(assessment.undecided("red_flags"))
    first = [BOOK.items[item].ask for item in waiting if item in left]
    assert first
    assert first[:MOST_UNANSWERED] == [question.ask for question in shown.shown][: len(first)]


@every_form
@pytest.mark.parametrize("level", ["emergency", "same_day"])
def test_what_cannot_wait_is_short(level: str, form: Form) -> None:
    """First what to do, the signs and what to watch for; the rest is for the clinician."""
    alarming = {**case("told_bursitis").responses.answers, **flagged(level).answers}
    assessment = assess(BOOK, Responses(BOOK.items, alarming))
    assert level == assessment.disposition
    assert assessment.present("contraindications")
    said = read(view(assessment, TODAY), form)
    person, clinician = said.split(squeezed("For your clinician"), 1)
    signs = [finding.title for finding in assessment.present("red_flags")]
    order = [BOOK.dispositions[level].title, *signs, BOOK.follow_up.watch_for[0]]
    places = [person.index(squeezed(one)) for one in order]
    assert sorted(places) == places
    for finding in assessment.present("contraindications"):
        assert squeezed(finding.title) not in person
        assert squeezed(finding.title) in clinician
    later = [words()[name] for name in ("tips", "referrals", "plan", "contributors", "not_to_do")]
    later += BOOK.follow_up.if_worse
    assert [] == [one for one in later if squeezed(one) in person]


@every_case
def test_the_same_view_gives_the_same_bytes(name: str) -> None:
    for form in EVERY_FORM:
        assert render(view(case(name), TODAY), form) == render(view(case(name), TODAY), form)


def test_reports_can_be_made_in_many_threads() -> None:
    shown = [view(case(name), TODAY, name) for name in (*SHIPPED, *WORRIED)]
    for form in EVERY_FORM:
        one_by_one = [render(one, form) for one in shown]
        with ThreadPoolExecutor(4) as pool:
            assert one_by_one == list(pool.map(render, shown, [form] * len(shown)))


def test_another_run_gives_the_same_bytes() -> None:
    """Nothing hangs on the order in which Python keeps a set, or on the clock."""
    code = (
        "import datetime, sys\n"
        "from triage import assess, load_rule_book\n"
        "from triage.intake.answers_file import read_form\n"
        "from triage.report.rendering import render, view\n"
        "book = load_rule_book()\n"
        "shown = view(assess(book, read_form(book, sys.argv[1]).responses),"
        " datetime.date(2026, 11, 22))\n"
        "for form in ('html', 'pdf'):\n"
        "    sys.stdout.buffer.write(render(shown, form))\n"
    )
    form = EXAMPLES / "forms" / "told_bursitis.yaml"
    shown = view(case("told_bursitis"), TODAY)
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(form)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        assert render(shown, "html") + render(shown, "pdf") == run.stdout


HOSTILE = (
    """<script>alert(1)</script><b title="' onclick='x">{{ 7 * 7 }}&amp; #panic() $x$ *b* \\ @a"""
)


@every_case
def test_no_text_becomes_markup(name: str) -> None:
    """Whatever a rule book holds, it is shown as text, in every place where text stands."""
    clean = view(case(name), TODAY, "Ana")
    poisoned = with_strings(clean, lambda one: one + HOSTILE)
    page, before = Page(html(poisoned)), Page(html(clean))
    assert [tag for tag, _ in before.tags] == [tag for tag, _ in page.tags]
    assert [sorted(attrs) for _, attrs in before.tags] == [sorted(a) for _, a in page.tags]
    style = html(poisoned).split("</style>")[0]
    assert "<script" not in style
    for form in EVERY_FORM:
        assert [] == missing(poisoned, form)


@every_case
def test_the_page_stands_alone(name: str) -> None:
    rendered = html(view(case(name), TODAY, reader="clinician"))
    page = Page(rendered)
    tags = [tag for tag, _ in page.tags]
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags)
    assert not {"src", "srcset", "style", "action"} & {
        key for _, attrs in page.tags for key in attrs
    }
    assert "@import" not in rendered
    assert not re.search(r"url\((?!#)", rendered)
    links = {source.link for source in view(case(name), TODAY, "", "clinician").record.sources}
    assert links - {""} == set(page.attributes("href"))
    names = page.attributes("id")
    assert len(set(names)) == len(names)
    assert set(page.attributes("aria-labelledby")) <= set(names)


@every_case
def test_the_page_is_built_for_every_reader(name: str) -> None:
    page = Page(html(view(case(name), TODAY)))
    tags = [tag for tag, _ in page.tags]
    assert ["en"] == page.attributes("lang")
    assert "width=device-width, initial-scale=1" in page.attributes("content")
    assert [1, 1, 1] == [tags.count(one) for one in ("h1", "title", "main")]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


@every_case
def test_the_text_fits_a_terminal(name: str) -> None:
    rendered = text(view(case(name), TODAY, "Ana", "clinician"))
    wide = [line for line in rendered.splitlines() if len(line) > WIDTH]
    assert [] == [line for line in wide if len(line.split()) > 2]  # a bullet and a link
    assert all(char.isprintable() or char == "\n" for char in rendered)
    assert rendered.endswith("\n")
    assert not re.search(r"[ \t]\n|\n{4}|\n\Z\n", rendered)


@every_case
def test_a_summary_has_the_gist(name: str) -> None:
    assessment = case(name)
    said = summary(assessment)
    on_one_line = " ".join(said.split())
    assert said.endswith("\n")
    assert on_one_line.index(assessment.book.dispositions[assessment.disposition].title) < 100
    expected = [finding.title for finding in assessment.present("red_flags")]
    if assessment.could_rise_to:
        expected.append(assessment.book.dispositions[assessment.could_rise_to].title)
    if assessment.disposition not in ("emergency", "same_day"):
        expected += [finding.title for finding in assessment.present("patterns")]
        for prescription in (*assessment.exercises, *assessment.withheld):
            if prescription.decision != "no_plan":
                expected.append(assessment.book.exercises[prescription.exercise].title)
    assert [] == [one for one in expected if " ".join(one.split()) not in on_one_line]
    assert WIDTH >= max(map(len, said.splitlines()))


def test_the_ending_of_a_file_names_its_form() -> None:
    assert {".pdf": "pdf", ".html": "html", ".txt": "text"} == dict(FORMS)


def test_every_word_of_the_catalogue_is_used() -> None:
    """What nobody reads need not be translated."""
    templates = [*(ROOT / "reports" / "templates").glob("report.*")]
    shell = [*(ROOT / "triage").rglob("*.py")]
    used = "".join(path.read_text("utf-8") for path in (*templates, *shell))
    assert [] == [
        name for name in words().texts if not re.search(rf"\bw(?:ords)?\.{name}\b|\"{name}\"", used)
    ]


def test_drawings_stand_in_the_page_with_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with an id of its own for what it refers to, and its words as words."""
    hostile = 'Lie "down" <b> & rest'
    monkeypatch.setattr(
        plan, "exercise_pictures", lambda _b, _e, _c: (drawing(hostile), drawing("End"))
    )
    monkeypatch.setattr(selection, "body_map", lambda _b, _r: drawing("Body"))
    shown = view(case("textbook_runner"), TODAY)
    page = Page(html(shown))
    drawings = [attrs for tag, attrs in page.tags if tag == "svg" and "aria-label" in attrs]
    exercises = len(case("textbook_runner").exercises)
    assert ["Body", *[hostile, "End"] * exercises] == [attrs["aria-label"] for attrs in drawings]
    assert {"img"} == {attrs["role"] for attrs in drawings}
    names = page.attributes("id")
    assert len(set(names)) == len(names) >= 2 * len(drawings)
    for name in page.attributes("href"):
        assert not name.startswith("#") or name[1:] in names
    for name in re.findall(r"url\(#([^)]*)\)", html(shown)):
        assert name in names
    for form in EVERY_FORM:
        assert [] == missing(shown, form)


CONTRAST = 4.5
"""What WCAG 2.2 AA asks of text."""


def test_colours_are_readable() -> None:
    """Every colour that is used for text on every ground that it stands on, light and dark."""
    css = (ROOT / "reports" / "templates" / "style.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", scheme))
        pairs = [
            (one, ground)
            for one in ("text", "quiet", "accent", "u0")
            for ground in ("page", "card")
        ]
        for level in range(len(URGENCY) + 1):
            pairs += [(f"u{level}", f"u{level}-tint"), ("text", f"u{level}-tint")]
        for one, ground in pairs:
            assert CONTRAST <= _contrast(colours[one], colours[ground]), (one, ground)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
