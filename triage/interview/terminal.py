"""The interview at the terminal: prints a question, reads a line, moves the interview.

Plain lines and numbers only, so that it works without colour, in any terminal, with a screen
reader.  Its words stand in `reports/templates/terminal.jinja`.

Not here: which question comes next (`interview`), how it looks (`screen`), and what a typed letter
means (`typed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from triage.answers.answer import Answer, NotAnAnswer, read_answer
from triage.answers.wording import number_in_words
from triage.book.items import NONE, Item
from triage.book.levels import ROUTINE, more_urgent
from triage.book.rulebook import ENGLISH, RuleBook
from triage.intake.answers_file import BOOK, Form, write_form
from triage.interview.apart import Apart
from triage.interview.interview import Interview
from triage.interview.screen import Screen, choices, say
from triage.interview.typed import Keys
from triage.languages.words import draft_note, words_of


class Stopped(Exception):
    """The person wants to stop here."""


def run(book: RuleBook, file: Path | None, started: Form | None) -> None:
    """Hold the interview, keep the answers in `file` where there is one, and print the result.

    Raises:
        OSError: the file cannot be written.
    """
    Asking(book, file, dict(started.about) if started else {}).run(started)


class Asking:
    """One interview at the terminal."""

    def __init__(self, book: RuleBook, file: Path | None, about: dict[str, Any]) -> None:
        self.book = book
        self.file = file
        self.about = about
        self.words = words_of(book)
        self.keys = Keys(self.words)
        self.screen = Screen(self.words, self.keys, book.language)

    def run(self, started: Form | None) -> None:
        """From the opening to the result."""
        note = draft_note(self.book)
        for paragraph in (*self.book.opening, *([note] if note else []), self._privacy()):
            say(paragraph)
            click.echo()
        interview = self._begin(started)
        try:
            if "for" not in self.about:
                self.about["for"] = self._for_whom()
            if self.about["for"] == "someone_else":
                say(self.words["answer_for_them"])
            self._questions(interview)
        except (Stopped, click.Abort):
            click.echo()
            self._keep(interview)
            if self.file:
                click.echo(self.words.say("stopped", command=self._command(f"ask {self.file}")))
            else:
                click.echo(self.words["stopped_for_good"])
            return
        self._keep(interview)
        self._result(interview)

    def _privacy(self) -> str:
        kept = [self.words.say("kept", file=self.file)] if self.file else []
        return " ".join([self.words["stays_here"], *kept])

    def _command(self, arguments: str) -> str:
        """What to type for another command in this language."""
        language = self.book.language
        return f"triage {arguments}{'' if language == ENGLISH else f' --language {language}'}"

    def _begin(self, started: Form | None) -> Interview:
        if started is None:
            return Interview(self.book)
        skipped = self.about.get("skipped")
        passed = skipped if isinstance(skipped, list) else ()
        interview = Interview(self.book, started.responses, passed)
        done, _ = interview.progress()
        click.echo(self.words.say("going_on", count=done - 1) + "\n")
        return interview

    def _for_whom(self) -> str:
        click.echo(self.words["for_whom"])
        click.echo(f"  1  {self.words['for_self']}\n  2  {self.words['for_someone']}")
        while True:
            match _line():
                case "1":
                    return "self"
                case "2":
                    return "someone_else"
                case line if self.keys.meaning(line) == "stop":
                    raise Stopped
                case _:
                    say(self.words.say("for_whom_again", stop=self.keys.letter("stop")))

    def _questions(self, interview: Interview) -> None:
        while True:
            apart = interview.apart()
            item = self._option(apart) if apart else interview.next()
            if item is None:
                return
            before = interview.assessment.disposition
            self.screen.heading(interview.section(item).title, *interview.progress())
            if apart and not apart.told:
                say(self.words["one_by_one"])
            self.screen.question(item)
            self._take(interview, item, apart)
            self._keep(interview)
            self._warn(interview, before)

    def _option(self, apart: Apart) -> Item:
        """One option of a list as a question of its own."""
        item, option = apart.item, apart.option
        assert option is not None
        ask = f"{item.ask}\n{self.words.say('this_one', option=item.options[option])}"
        return replace(item, ask=ask, kind="one", options=self.words.choices("one_by_one_answers"))

    def _warn(self, interview: Interview, before: str) -> None:
        """Say at once that an answer calls for being seen, where questions still follow."""
        level = interview.assessment.disposition
        if more_urgent(level, before) and more_urgent(level, ROUTINE) and not interview.emergency:
            wording = interview.assessment.wording
            click.echo()
            said = self.words.say("because_of", level=wording.title, when=wording.time_frame)
            say(said, bold=True)
            say(self.words["questions_follow"])

    def _take(self, interview: Interview, item: Item, apart: Apart | None) -> None:
        """Read lines until one moves the interview.

        Args:
            interview: the interview.
            item: the question that was shown.
            apart: the list of which it is one option.
        """
        while True:
            line = _line()
            match self.keys.meaning(line, item):
                case "why":
                    say(item.why)
                case "help":
                    self._help()
                case "stop":
                    raise Stopped
                case "skip":
                    interview.skip(item)
                    return
                case "back":
                    if interview.back():
                        return
                    click.echo(self.words["first_question"])
                case _ if not line:
                    skip, help_ = self.keys.letter("skip"), self.keys.letter("help")
                    click.echo(self.words.say("nothing_typed", skip=skip, help=help_))
                case meaning:
                    try:
                        answer = meaning or self._answer(item, line)
                    except NotAnAnswer as error:
                        say(f"{error}")
                    else:
                        if apart:
                            interview.answer_apart(apart, str(answer))
                        else:
                            interview.answer(item, answer)
                        return

    def _help(self) -> None:
        say(self.words["help_how"])
        for name, said in self.words.choices("help_of").items():
            say(said, f"  {self.keys.letter(name)}   ")

    def _answer(self, item: Item, line: str) -> Answer:
        """The answer that typed numbers mean.

        Raises:
            NotAnAnswer: saying what to type instead.
        """
        if item.kind == "number":
            return self._number_typed(item, line)
        offered = choices(item)
        picked = []
        for word in line.replace(",", " ").split():
            if not word.isdecimal() or not 1 <= int(word) <= len(offered):
                sentence = "type_some" if item.kind == "many" else "type_one"
                raise NotAnAnswer(self.words.say(sentence, last=len(offered)))
            picked.append(offered[int(word) - 1])
        if item.kind == "one":
            if len(picked) != 1:
                raise NotAnAnswer(self.words["one_only"])
            return read_answer(item, picked[0])
        if NONE in picked and len(set(picked)) > 1:
            raise NotAnAnswer(self.words.say("stands_alone", answer=item.options[NONE]))
        return read_answer(item, picked)

    def _number_typed(self, item: Item, line: str) -> Answer:
        assert item.number is not None
        try:
            return read_answer(item, _as_number(line))
        except NotAnAnswer:
            said = [self.words["not_taken"], self.screen.number(item)]
            if not item.number.other_units:
                step = number_in_words(item.number.step, self.book.language)
                said.append(self.words.say("in_steps", step=step))
            raise NotAnAnswer("\n".join(said)) from None

    def _keep(self, interview: Interview) -> None:
        if self.file:
            skipped = list(interview.skipped)
            about = {**self.about, BOOK: self.book.version, "skipped": skipped}
            write_form(self.file, Form(interview.responses, about))

    def _result(self, interview: Interview) -> None:
        from triage.report.rendering import summary

        click.echo()
        for line in self._why_short(interview):
            say(line)
        click.echo(summary(interview.assessment), nl=False)
        if self.file:
            click.echo(self.words.say("are_in", file=self.file))
            click.echo(f"  {self._command(f'report {self.file} -o report.html')}")

    def _why_short(self, interview: Interview) -> Iterator[str]:
        if interview.emergency:
            yield self.words["stops_here"]
        elif interview.cut_short():
            titles = ", ".join(section.title.lower() for section in interview.cut_short())
            yield self.words.say("left_out", sections=titles)


def _as_number(line: str) -> object:
    """A typed number with a point or a comma, or the text as typed, which may hold a unit."""
    line = re.sub(r"(?<=\d),(?=\d)", ".", line)
    try:
        return float(line)
    except ValueError:
        return line


def _line() -> str:
    return str(
        click.prompt(">", type=str, default="", show_default=False, prompt_suffix=" ")
    ).strip()
