"""The take-home report: what it must hold, in which order, and that every form holds all of it."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES, ROOT
from tests.strategies import answer_sets
from triage.assess_one import assess
from triage.assessment import Assessment, conclude
from triage.engines.fold import Fold
from triage.explanation import Explanation
from triage.intake.answers_file import read_form
from triage.loader import load_rule_book
from triage.report import FORMS, WIDTH, Form, render, summary, view
from triage.report_selection import MOST_QUESTIONS, MOST_UNANSWERED, START_WITH
from triage.report_view import Answered, ReportView
from triage.responses import Responses
from triage.rulebook import INCOMPLETE, ROUTINE, SELF_CARE, URGENCY, RuleBook
from triage.wording import answer_in_words

TODAY = datetime.date(2026, 11, 22)
SHIPPED = sorted(path.stem for path in (EXAMPLES / "forms").glob("*.yaml"))
WORRIED = [f"a red flag at {level}" for level in URGENCY[: URGENCY.index(SELF_CARE)]]
BOTH: tuple[Form, ...] = ("text", "html")
CODES = {"limit"}
"""Fields of a view whose values are codes that a template turns into words."""

Case = Callable[[str], Assessment]


@pytest.fixture(scope="session")
def case(book: RuleBook) -> Case:
    """An assessment by name: a shipped form, or a rule's own example of a red flag of a level."""
    assessed: dict[str, Assessment] = {}

    def by_name(name: str) -> Assessment:
        if name not in assessed:
            if name in SHIPPED:
                path = EXAMPLES / "forms" / f"{name}.yaml"
                assessed[name] = assess(book, read_form(book, str(path)).responses)
            else:
                assessed[name] = assess(book, _flagged(book, name.split()[-1]))
        return assessed[name]

    return by_name


def _flagged(book: RuleBook, level: str) -> Responses:
    """Answers that fire a red flag of a level and, as far as it goes, nothing more urgent."""
    for rule in book.rules.values():
        if rule.stratum == "red_flags" and rule.then.disposition == level:
            for example in rule.fires:
                if not example.findings:
                    assessment = assess(book, example.answers)
                    if assessment.disposition == level:
                        return assessment.responses
    raise AssertionError(f"no red flag of {level} has an example of answers alone")


every_case = pytest.mark.parametrize("name", [*SHIPPED, *WORRIED])
every_form = pytest.mark.parametrize("form", BOTH)


class Page(HTMLParser):
    """Reads an HTML report and refuses tags that do not match."""

    VOID = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.words.append(data)

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


def plain(text: str) -> str:
    return " ".join(text.split())


def read(view: ReportView, form: Form) -> str:
    """A report as its reader sees it, on one line."""
    rendered = render(view, form)
    return plain("".join(Page(rendered).words) if form == "html" else rendered)


def strings(value: Any) -> Iterator[str]:
    """Every string in a view, but codes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in CODES:
                yield from strings(getattr(value, field.name))


def with_strings(value: Any, change: Callable[[str], str]) -> Any:
    """A view with every string changed, but codes and empty ones."""
    if isinstance(value, str):
        return change(value) if value else value
    if isinstance(value, tuple):
        return tuple(with_strings(part, change) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: with_strings(getattr(value, field.name), change)
            for field in dataclasses.fields(value)
            if field.name not in CODES
        }
        return dataclasses.replace(value, **changed)
    return value


def assert_all_is_shown(shown: ReportView) -> None:
    for form in BOTH:
        words = read(shown, form)
        missing = [text for text in strings(shown) if plain(text) not in words]
        assert missing == []


def kinds(value: Any) -> Iterator[type]:
    """The types of everything in a view."""
    yield type(value)
    if isinstance(value, tuple):
        for part in value:
            yield from kinds(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from kinds(getattr(value, field.name))


def test_the_cases_reach_every_level(case: Case) -> None:
    reached = {case(name).disposition for name in (*SHIPPED, *WORRIED)}
    assert reached == {*URGENCY, INCOMPLETE}


@every_case
def test_all_that_a_view_says_is_in_both_forms(case: Case, name: str) -> None:
    assert_all_is_shown(view(case(name), TODAY))


@every_case
def test_a_view_holds_plain_frozen_values(case: Case, name: str) -> None:
    shown = view(case(name), TODAY)
    found = set(kinds(shown))
    own = {kind for kind in found if kind.__module__ == "triage.report_view"}
    assert found - own <= {str, int, bool, tuple, type(None)}
    assert all(kind.__dataclass_params__.frozen for kind in own)  # type: ignore[attr-defined]


@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_whatever_is_answered_is_reported_whole(book: RuleBook, data: st.DataObject) -> None:
    responses = Responses(book.items, data.draw(answer_sets(book)))
    assert_all_is_shown(view(conclude(book, responses, Fold(book, responses).verdicts()), TODAY))


def test_a_book_on_another_subject_is_reported_whole() -> None:
    """No name of the shipped book is written into the program."""
    book = load_rule_book(ROOT / "tests" / "books" / "small")
    for rule in book.rules.values():
        for example in rule.fires:
            if not example.findings:
                assert_all_is_shown(view(assess(book, example.answers), TODAY))


@every_form
@every_case
def test_what_must_not_be_missed_is_there(case: Case, name: str, form: Form) -> None:
    assessment = case(name)
    book = assessment.book
    words = read(view(assessment, TODAY), form)
    wording = book.dispositions[assessment.disposition]
    expected = [wording.title, wording.time_frame, wording.who, *wording.do]
    for stratum in ("red_flags", "contraindications"):
        for finding in assessment.present(stratum):
            expected.append(finding.title)
            expected += [rule.why for rule in assessment.firing(finding)]
    expected += book.follow_up.watch_for
    expected += book.follow_up.uncertainty
    expected += [book.title, book.version, book.digest[:12]]
    for item, answer in assessment.responses.answers.items():
        expected += [book.items[item].ask, answer_in_words(book.items[item], answer)]
    for rule, truth in assessment.verdicts.items():
        expected += [rule, *book.rules[rule].caveats] if truth is True else []
    assert [text for text in expected if plain(text) not in words] == []


@every_form
@every_case
def test_it_is_no_diagnosis_at_the_start_and_at_the_end(case: Case, name: str, form: Form) -> None:
    words = read(view(case(name), TODAY), form)
    first, last = (found.start() for found in re.finditer("This is not a diagnosis", words))
    title = case(name).book.dispositions[case(name).disposition].title
    assert first < words.index(title) < words.rindex("Rules that fired") < last


@every_form
def test_a_draft_is_called_one(case: Case, form: Form) -> None:
    shown = view(case("textbook_runner"), TODAY)
    signed = dataclasses.replace(shown, draft=False)
    assert "no clinician has signed" in read(shown, form)
    assert "no clinician has signed" not in read(signed, form)


@every_case
def test_a_plan_is_shown_only_where_one_is_given(case: Case, name: str) -> None:
    assessment = case(name)
    shown = view(assessment, TODAY)
    assert bool(shown.safety.reviews) == assessment.plan_given
    assert assessment.plan_given or not shown.exercises
    if assessment.disposition not in (SELF_CARE, ROUTINE):
        assert not assessment.plan_given
    for form in BOTH:
        words = read(shown, form)
        assert ("Your plan" in words) == ("Start with" in words) == bool(shown.exercises)
        assert ("When to look again" in words) == assessment.plan_given
        for exercise in assessment.book.exercises.values():
            planned = any(p.exercise == exercise.id for p in assessment.exercises)
            assert (plain(exercise.steps[0]) in words) == planned


def test_the_first_exercises_come_first(case: Case) -> None:
    shown = view(case("textbook_runner"), TODAY)
    assert len(shown.exercises) > START_WITH
    text = read(shown, "text")
    for place, exercise in enumerate(shown.exercises):
        mark = "Start with" if place < START_WITH else "Next"
        assert f"{mark}: {exercise.title}" in text


@every_form
def test_changes_stand_before_the_steps(case: Case, form: Form) -> None:
    words = read(view(case("told_bursitis"), TODAY), form)
    assessment = case("told_bursitis")
    changed = [p for p in assessment.exercises if p.modifications]
    assert changed
    for prescription in changed:
        exercise = assessment.book.exercises[prescription.exercise]
        plan = words[words.index(plain(exercise.purpose)) :]
        steps = plan.index(plain(exercise.steps[0]))
        for name in prescription.modifications:
            for sentence in exercise.modifications[name].change:
                assert plan.index(plain(sentence)) < steps


@every_form
def test_what_is_held_back_says_why(case: Case, form: Form) -> None:
    assessment = case("told_bursitis")
    words = read(view(assessment, TODAY), form)
    held = words[words.rindex("Held back for now, and why") :]
    assert len(assessment.withheld) > 1
    for prescription in assessment.withheld:
        title = assessment.book.exercises[prescription.exercise].title
        reason = prescription.restricted_by[0].title
        assert re.search(re.escape(f"{title}: leave it out") + "( -)? " + re.escape(reason), held)


def test_an_exercise_that_waits_names_the_questions(case: Case) -> None:
    """Without the answer on outer hip soreness, nobody knows whether rolling is fine."""
    responses = case("textbook_runner").responses.with_answer("new_to_rolling", None)
    assessment = assess(case("textbook_runner").book, responses)
    waiting = [p for p in assessment.withheld if p.decision == "undecided"]
    assert waiting
    shown = [held for held in view(assessment, TODAY).held_back if held.limit == "undecided"]
    assert len(shown) == len(waiting)
    ask = assessment.book.items["new_to_rolling"].ask
    assert all(Answered(ask, "") in held.questions.shown for held in shown)


@every_form
def test_days_to_look_again_are_counted_from_today(case: Case, form: Form) -> None:
    book = case("textbook_runner").book
    words = read(view(case("textbook_runner"), TODAY), form)
    days = dict(book.follow_up.reviews)
    assert f"6 December 2026: {plain(days[14])}" in words


@every_form
def test_each_person_to_see_has_a_latest_day(case: Case, form: Form) -> None:
    made = case("textbook_runner").referrals[0]
    words = read(view(case("textbook_runner"), TODAY), form)
    assert made.within_days == 42
    assert "within 6 weeks, by 3 January 2027" in words


@every_case
def test_what_could_still_rise_is_settled_by_the_questions(case: Case, name: str) -> None:
    """Those of the most urgent level come first, and what is not shown is counted."""
    assessment = case(name)
    rising = view(assessment, TODAY).could_rise
    assert (rising is None) == (assessment.could_rise_to is None)
    if rising is not None:
        book = assessment.book
        settling = Explanation(assessment).settling
        undecided = [f for f in book.findings.values() if assessment.states[f.id] is None]
        worst = settling(f for f in undecided if f.level == assessment.could_rise_to)
        ranks = [*URGENCY, INCOMPLETE]
        above = ranks[: ranks.index(assessment.disposition)]
        every = settling(f for f in undecided if f.level in above)
        asks = [question.ask for question in rising.questions.shown]
        assert len(asks) == min(len(every), MOST_QUESTIONS)
        assert len(asks) + rising.questions.more == len(every)
        assert set(asks) <= {book.items[item].ask for item in every}
        assert asks[: len(worst)] == [book.items[item].ask for item in worst][:MOST_QUESTIONS]


def test_an_answer_that_is_not_sure_is_shown_beside_its_question(case: Case) -> None:
    book = case("textbook_runner").book
    responses = case("textbook_runner").responses.with_answer(
        "nerve_signs", frozenset({"not_sure"})
    )
    rising = view(assess(book, responses), TODAY).could_rise
    assert rising is not None
    item = book.items["nerve_signs"]
    assert Answered(item.ask, item.options["not_sure"]) in rising.questions.shown


def test_many_unanswered_questions_are_counted_with_those_for_safety_first(case: Case) -> None:
    assessment = case("bone_medicine_half_answered")
    missing = assessment.responses.unanswered()
    shown = view(assessment, TODAY).unanswered
    assert len(missing) > MOST_UNANSWERED
    assert len(shown.shown) + shown.more == len(missing)
    waiting = Explanation(assessment).settling(assessment.undecided("red_flags"))
    first = [assessment.book.items[item].ask for item in waiting if item in missing]
    assert first
    assert [question.ask for question in shown.shown][: len(first)] == first[:MOST_UNANSWERED]


@every_form
@pytest.mark.parametrize("level", ["emergency", "same_day"])
def test_what_cannot_wait_is_short(case: Case, level: str, form: Form) -> None:
    """First what to do, the signs and what to watch for; the rest is for the clinician."""
    gentle = case("told_bursitis")
    book = gentle.book
    alarming = {**gentle.responses.answers, **_flagged(book, level).answers}
    assessment = assess(book, Responses(book.items, alarming))
    assert assessment.disposition == level
    assert assessment.present("contraindications")
    words = read(view(assessment, TODAY), form)
    patient, clinician = words.split("For your clinician", 1)
    signs = [finding.title for finding in assessment.present("red_flags")]
    order = [book.dispositions[level].title, *signs, book.follow_up.watch_for[0]]
    places = [patient.index(plain(text)) for text in order]
    assert places == sorted(places)
    for finding in assessment.present("contraindications"):
        assert finding.title not in patient
        assert finding.title in clinician
    later = ["Advice", "Whom to see", "Your plan", *book.follow_up.if_worse]
    assert [text for text in later if plain(text) in patient] == []


@every_case
def test_the_same_view_gives_the_same_bytes(case: Case, name: str) -> None:
    for form in BOTH:
        first = render(view(case(name), TODAY), form)
        assert render(view(case(name), TODAY), form) == first


def test_another_run_gives_the_same_bytes(case: Case) -> None:
    """Nothing hangs on the order in which Python keeps a set."""
    code = (
        "import datetime, sys\n"
        "from triage import assess, load_rule_book\n"
        "from triage.intake.answers_file import read_form\n"
        "from triage.report import render, view\n"
        "book = load_rule_book()\n"
        "shown = view(assess(book, read_form(book, sys.argv[1]).responses),"
        " datetime.date(2026, 11, 22))\n"
        "sys.stdout.buffer.write(render(shown, 'html').encode())\n"
    )
    form = EXAMPLES / "forms" / "told_bursitis.yaml"
    here = render(view(case("told_bursitis"), TODAY), "html")
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(form)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        )
        assert run.stdout.decode() == here


@every_case
def test_no_text_becomes_markup(case: Case, name: str) -> None:
    """Whatever a rule book holds, it is shown as text, in every place where text stands."""
    clean = view(case(name), TODAY)
    hostile = """<script>alert(1)</script><b title="' onclick='x">{{ 7 * 7 }}&amp;"""
    poisoned = with_strings(clean, lambda text: text + hostile)
    page = Page(render(poisoned, "html"))
    before = Page(render(clean, "html"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in before.tags]
    assert [sorted(attrs) for _, attrs in page.tags] == [sorted(attrs) for _, attrs in before.tags]
    assert_all_is_shown(poisoned)


@every_case
def test_the_page_stands_alone(case: Case, name: str) -> None:
    rendered = render(view(case(name), TODAY), "html")
    page = Page(rendered)
    tags = [tag for tag, _ in page.tags]
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags)
    assert not {"src", "srcset", "style", "action"} & {
        key for _, attrs in page.tags for key in attrs
    }
    assert "@import" not in rendered
    assert "url(" not in rendered
    links = {source.link for source in view(case(name), TODAY).background.sources}
    inside = {href[1:] for href in page.attributes("href") if href.startswith("#")}
    outside = {href for href in page.attributes("href") if not href.startswith("#")}
    assert outside == links - {""}
    names = page.attributes("id")
    assert len(names) == len(set(names))
    assert inside <= set(names)


@every_case
def test_the_page_is_built_for_every_reader(case: Case, name: str) -> None:
    page = Page(render(view(case(name), TODAY), "html"))
    tags = [tag for tag, _ in page.tags]
    assert page.attributes("lang") == ["en"]
    assert "width=device-width, initial-scale=1" in page.attributes("content")
    assert [tags.count(one) for one in ("h1", "title", "main")] == [1, 1, 1]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


@every_case
def test_the_text_fits_a_terminal(case: Case, name: str) -> None:
    rendered = render(view(case(name), TODAY), "text")
    wide = [line for line in rendered.splitlines() if len(line) > WIDTH]
    assert [line for line in wide if len(line.split()) > 1] == []
    assert all(char.isprintable() or char == "\n" for char in rendered)
    assert rendered.endswith("\n")
    assert not re.search(r"[ \t]\n|\n{4}|\n\Z\n", rendered)


@every_case
def test_a_summary_has_the_gist(case: Case, name: str) -> None:
    assessment = case(name)
    said = summary(assessment)
    words = plain(said)
    assert said.endswith("\n")
    assert words.index(assessment.book.dispositions[assessment.disposition].title) < 100
    expected = [finding.title for finding in assessment.present("red_flags")]
    if assessment.could_rise_to:
        expected.append(assessment.book.dispositions[assessment.could_rise_to].title)
    if assessment.disposition not in ("emergency", "same_day"):
        expected += [finding.title for finding in assessment.present("patterns")]
        for prescription in (*assessment.exercises, *assessment.withheld):
            if prescription.decision != "no_plan":
                expected.append(assessment.book.exercises[prescription.exercise].title)
    assert [text for text in expected if plain(text) not in words] == []
    assert max(map(len, said.splitlines())) <= WIDTH


def test_the_ending_of_a_file_names_its_form() -> None:
    assert dict(FORMS) == {".html": "html", ".txt": "text"}


CONTRAST = 4.5
"""What WCAG 2.2 AA asks of text."""


def test_colours_are_readable() -> None:
    """Every colour that is used for text on every ground that it stands on, light and dark."""
    css = (ROOT / "reports" / "templates" / "style.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", scheme))
        pairs = [
            (text, ground)
            for text in ("text", "quiet", "accent")
            for ground in ("page", "card", "tint")
        ]
        for level in range(len(URGENCY) + 1):
            pairs += [(f"u{level}", f"u{level}-tint"), ("text", f"u{level}-tint")]
        for text, ground in pairs:
            assert _contrast(colours[text], colours[ground]) >= CONTRAST, (text, ground)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
