"""The interview in a real pseudo-terminal, with the keyboard only."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
import yaml

from tests.small import BOOK as SMALL
from tests.small import FOLDER
from triage.answers.answer import Answer
from triage.book.items import Item
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_form
from triage.interview.terminal import run

PROMPT = "\r\n> "
QUESTION = re.compile(r"question (\d+) of about (\d+)")


class Terminal:
    """A person at `triage ask`."""

    def __init__(self, *arguments: object) -> None:
        command = ["-m", "triage.commands.main", "ask", *map(str, arguments)]
        self.child: Any = pexpect.spawn(
            sys.executable, command, encoding="utf-8", timeout=60, dimensions=(50, 100)
        )

    def screen(self) -> str:
        """What is printed up to the next prompt."""
        self.child.expect_exact(PROMPT)
        return str(self.child.before)

    def type(self, line: str) -> None:
        """Type a line and press Enter."""
        self.child.sendline(line)

    def rest(self) -> str:
        """What is printed up to the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return str(self.child.before)


def keys(item: Item, answer: Answer) -> str:
    """What a person types to give an answer."""
    if item.kind == "number":
        return "n" if isinstance(answer, str) else f"{answer:g}"
    options = list(item.options)
    chosen = answer if isinstance(answer, frozenset) else {str(answer)}
    return " ".join(str(options.index(option) + 1) for option in sorted(chosen))


def asked(book: RuleBook, screen: str) -> Item:
    """The item whose question stands on the screen."""
    flat = " ".join(screen.split())
    return next(item for item in book.items.values() if " ".join(item.ask.split()) in flat)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where an interview keeps its answers."""
    return tmp_path / "mine.yaml"


@pytest.fixture
def person(forms: Path, book: RuleBook) -> dict[str, Answer]:
    """The textbook runner's answers."""
    return dict(read_form(book, str(forms / "textbook_runner.yaml")).responses.answers)


def test_a_whole_interview(kept: Path, book: RuleBook, person: dict[str, Answer]) -> None:
    """Every question in turn, with why, back, skip, help and mistakes; then the assessment."""
    terminal = Terminal(kept)
    assert "not a diagnosis" in terminal.screen()
    terminal.type("1")
    screen = terminal.screen()
    first = asked(book, screen)
    terminal.type("?")
    assert " ".join(first.why.split())[:30] in " ".join(terminal.screen().split())
    terminal.type("b")
    assert "first question" in terminal.screen()
    terminal.type("h")
    assert "skip this question" in terminal.screen()
    terminal.type("99")
    assert "Please type a number from 1 to" in terminal.screen()
    terminal.type("")
    assert "Type an answer" in terminal.screen()
    terminal.type("s")
    second = terminal.screen()
    assert asked(book, second) is not first
    terminal.type("b")
    screen = terminal.screen()
    assert asked(book, screen) is first

    questions = 0
    while True:
        item = asked(book, screen)
        terminal.type(keys(item, person[item.id]))
        questions += 1
        if questions == len(person):
            break
        screen = terminal.screen()
    end = terminal.rest()
    assert "IT band syndrome" in end
    assert f"triage report {kept.name}" in end.replace(str(kept.parent) + "/", "")
    assert 0 == terminal.child.exitstatus
    assert person == dict(read_form(book, str(kept)).responses.answers)
    assert 0o600 == stat.S_IMODE(kept.stat().st_mode)


def test_stop_and_go_on_later(kept: Path, book: RuleBook, person: dict[str, Answer]) -> None:
    """Answers and skips are kept at each step; a second run goes on where the first stopped."""
    terminal = Terminal(kept)
    terminal.screen()
    terminal.type("2")
    assert "Answer as that person would" in terminal.screen()
    first, second, *_ = book.items.values()
    terminal.type("s")
    terminal.screen()
    terminal.type(keys(second, person[second.id]))
    third = asked(book, terminal.screen())
    terminal.type("q")
    assert "Go on later with: triage ask" in terminal.rest()

    saved = yaml.safe_load(kept.read_text())
    assert [first.id] == saved["about"]["skipped"]
    assert {second.id: sorted(person[second.id])} == saved["answers"]

    again = Terminal(kept)
    screen = again.screen()
    assert "Going on with 2 questions done" in screen
    assert asked(book, screen.split("question 3")[1]) is third
    again.child.delaybeforesend = 1  # on a busy machine the line is not yet read from
    again.child.send("\x03")  # Ctrl-C; `sendcontrol` does not wait
    assert "Stopped" in again.rest()


def test_an_emergency_stops_the_questions_at_once(kept: Path) -> None:
    """The moment it is answered, the interview says what to do and ends."""
    terminal = Terminal(kept)
    terminal.screen()
    terminal.type("1")
    terminal.screen()
    terminal.type("1")
    end = terminal.rest()
    assert "The questions stop here" in end
    assert "emergency" in end.lower()
    assert 0 == terminal.child.exitstatus


def test_a_warning_sign_is_said_the_moment_it_is_answered(book: RuleBook, kept: Path) -> None:
    """A sign that is urgent but no emergency is named at once, and the questions go on."""
    kept.write_text("answers: {signs_now: [none]}\n")
    terminal = Terminal(kept)
    terminal.screen()
    terminal.type("1")
    item = asked(book, terminal.screen())
    assert item.id == "nerve_signs"
    terminal.type(keys(item, frozenset({"foot_drops"})))
    screen = terminal.screen()
    assert "Because of your answer" in screen
    assert "today" in screen
    assert asked(book, screen).id == "illness_or_swelling"
    terminal.type("q")
    terminal.rest()


@pytest.mark.parametrize(
    "where", ["triage.engines.forward.ForwardEngine.tell", "triage.interview.terminal.read_answer"]
)
def test_a_bug_is_not_taken_for_a_mistake_of_the_person(
    where: str, book: RuleBook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What Python says of it is no advice, and the interview does not go on."""

    def stumble(*_: object) -> None:
        raise ValueError("max() arg is an empty sequence")

    typed = iter(["1", "2", "q"])
    monkeypatch.setattr("triage.interview.terminal._line", lambda: next(typed))
    monkeypatch.setattr(where, stumble)
    with pytest.raises(ValueError, match="empty sequence"):
        run(book, None, None)
    assert ["q"] == list(typed)
    assert "empty sequence" not in capsys.readouterr().out


def test_nothing_is_kept_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file name, no file is written."""
    monkeypatch.chdir(tmp_path)
    terminal = Terminal()
    terminal.screen()
    terminal.type("1")
    terminal.screen()
    terminal.type("q")
    assert "Nothing was kept" in terminal.rest()
    assert [] == list(tmp_path.iterdir())


def test_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR set, no escape sequence is printed."""
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal()
    terminal.screen()
    terminal.type("1")
    assert "\x1b" not in terminal.screen()
    terminal.type("q")
    terminal.rest()


def test_progress_counts_up(kept: Path, book: RuleBook, person: dict[str, Answer]) -> None:
    """The number of the question rises by one with each answer, within the total shown."""
    terminal = Terminal(kept)
    terminal.screen()
    terminal.type("1")
    for expected in range(1, 6):
        screen = terminal.screen()
        found = QUESTION.search(screen)
        assert found is not None
        assert expected == int(found[1]) <= int(found[2])
        item = asked(book, screen)
        terminal.type(keys(item, person[item.id]))
    terminal.screen()
    terminal.type("q")
    terminal.rest()


@pytest.fixture
def number() -> Item:
    """The first question for a number that offers "not sure"."""
    return next(i for i in SMALL.items.values() if i.kind == "number" and "not_sure" in i.options)


@pytest.fixture(scope="module")
def yes_no(book: RuleBook) -> Item:
    """The first question with a yes and a no."""
    return next(i for i in book.items.values() if {"yes", "no"} <= i.options.keys())


def starting_at(item: Item, file: Path, book: RuleBook) -> None:
    """Writes a file in which all questions before one were skipped."""
    items = list(book.items)
    before = items[: items.index(item.id)]
    file.write_text(yaml.safe_dump({"about": {"for": "self", "skipped": before}, "answers": {}}))


def answer_kept(file: Path, item: Item) -> Any:
    """What a file holds of one question."""
    return yaml.safe_load(file.read_text())["answers"].get(item.id)


YES_OR_NO = {"en": "Or y for yes, n for no.", "es": "O bien s: s\u00ed, n: no."}
"""What stands below such a question."""


@pytest.fixture(scope="module")
def asking_yes_or_no(
    tmp_path_factory: pytest.TempPathFactory, book: RuleBook, yes_no: Item
) -> Iterator[Callable[[str], tuple[Terminal, Path]]]:
    """In a language, an interview that asks the question, and its file: one for all who answer."""
    begun: dict[str, tuple[Terminal, Path]] = {}

    def interview(language: str) -> tuple[Terminal, Path]:
        if language not in begun:
            file = tmp_path_factory.mktemp(language) / "mine.yaml"
            starting_at(yes_no, file, book)
            terminal = Terminal(file, "--language", language)
            assert YES_OR_NO[language] in terminal.screen()
            begun[language] = (terminal, file)
        return begun[language]

    yield interview
    for terminal, _ in begun.values():
        terminal.type("q")
        terminal.rest()


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "y", "yes"),
        ("en", "N", "no"),
        ("en", "yes", "yes"),
        ("en", "s", None),
        ("es", "s", "yes"),
        ("es", "S\u00ed", "yes"),
        ("es", "y", "yes"),
        ("es", "n", "no"),
        ("es", "p", None),
    ],
)
def test_yes_and_no_have_letters(
    language: str,
    typed: str,
    expected: str | None,
    yes_no: Item,
    asking_yes_or_no: Callable[[str], tuple[Terminal, Path]],
) -> None:
    """Those of the language, which are shown, and the English ones; s is a Spanish yes."""
    terminal, file = asking_yes_or_no(language)
    terminal.type(typed)
    assert YES_OR_NO[language] not in terminal.screen()
    assert expected == answer_kept(file, yes_no)
    terminal.type("b")
    assert YES_OR_NO[language] in terminal.screen()
    assert answer_kept(file, yes_no) is None


def test_a_number_is_taken_with_a_comma_and_not_sure_has_a_letter(kept: Path, number: Item) -> None:
    """And what is no number is answered with what may be typed."""
    starting_at(number, kept, SMALL)
    terminal = Terminal(kept, "--rules", FOLDER)
    taken_after_what_is_no_number(terminal, kept, number)
    terminal.type("n")
    terminal.screen()
    terminal.type("q")
    terminal.rest()
    assert "not_sure" == answer_kept(kept, number)


def test_a_number_is_taken_in_spanish(kept: Path, book: RuleBook) -> None:
    """Where the answer to what is no number is in Spanish as well."""
    weeks = next(i for i in book.items.values() if i.number and i.number.step < 1)
    starting_at(weeks, kept, book)
    terminal = Terminal(kept, "--language", "es")
    taken_after_what_is_no_number(terminal, kept, weeks)
    terminal.type("2,5")
    terminal.screen()
    terminal.type("t")
    terminal.rest()
    assert 2.5 == answer_kept(kept, weeks)


def taken_after_what_is_no_number(terminal: Terminal, kept: Path, number: Item) -> None:
    """Types what is no number, a number with a comma, and goes back to the question."""
    asking = "\n".join(terminal.screen().splitlines()[-3:-1])
    terminal.type("abc")
    again = terminal.screen()
    for line in asking.splitlines():
        assert line in again
    assert "read '" not in again
    terminal.type("2,5")
    terminal.screen()
    terminal.type("b")
    terminal.screen()
    assert answer_kept(kept, number) is None


def test_the_interview_in_spanish(kept: Path) -> None:
    """Its words, its letters beside the English ones, and the draft; from the start to the end."""
    terminal = Terminal(kept, "--language", "es")
    opening = " ".join(terminal.screen().split())
    assert "ni ha revisado su traducci\u00f3n" in opening
    terminal.type("1")
    assert "v volver   p pasar   t terminar" in terminal.screen()
    terminal.type("a")
    assert "pasar esta pregunta" in terminal.screen()
    for pass_, back in (("p", "v"), ("s", "b")):
        terminal.type(pass_)
        assert "pregunta 2 de" in terminal.screen()
        terminal.type(back)
        assert "pregunta 1 de" in terminal.screen()
    terminal.type("1")
    end = terminal.rest()
    assert "Las preguntas terminan aqu\u00ed" in end
    assert end.strip().endswith(f"triage report {kept} -o report.html --language es")


def test_stopping_in_spanish_says_how_to_go_on_in_spanish(kept: Path) -> None:
    """By its own letter, also at the first question of all."""
    terminal = Terminal(kept, "--language", "es")
    terminal.screen()
    terminal.type("t")
    assert f"triage ask {kept} --language es" in terminal.rest()
