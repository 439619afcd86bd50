"""What stands on the screen of an interview: texts wrapped to its width, and a question.

Not here: reading what is typed, and what follows from it (`terminal`).
"""

from __future__ import annotations

import textwrap

import click

from triage.answers.wording import number_in_words
from triage.book.items import NOT_SURE, Item
from triage.interview.typed import NO, YES, Keys, answers_of
from triage.languages.words import Words

WIDTH = 78
SHOWN = ("why", "back", "skip", "stop")
"""The commands that stand below each question."""


def say(text: str, lead: str = "", bold: bool = False) -> None:
    """A text wrapped below its lead, such as a number."""
    for paragraph in text.split("\n"):
        filled = textwrap.fill(
            paragraph, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)
        )
        click.secho(filled, bold=bold or None)


def choices(item: Item) -> list[str]:
    """The options that are numbered on the screen, in their order."""
    return [] if item.kind == "number" else list(item.options)


class Screen:
    """Shows questions in one language."""

    def __init__(self, words: Words, keys: Keys, language: str) -> None:
        self.words = words
        self.keys = keys
        self.language = language

    def heading(self, title: str, number: int, total: int) -> None:
        """The section and which question this is."""
        place = self.words.say("progress", number=number, total=total)
        click.echo()
        click.secho(f"{title:<{WIDTH - len(place)}}{place}", bold=True)

    def question(self, item: Item) -> None:
        """A question and what may be typed."""
        say(item.ask, bold=True)
        if item.help:
            say(item.help)
        if item.kind == "many":
            click.echo(self.words["choose_all"])
        for number, option in enumerate(choices(item), start=1):
            say(item.options[option], f"{number:>3}  ")
        if item.number:
            say(self.number(item))
        if YES in answers_of(item):
            say(self.words.say("or_keys", yes=self.keys.letter(YES), no=self.keys.letter(NO)))
        click.secho("   ".join(self.words.choice("commands", name) for name in SHOWN), dim=True)

    def number(self, item: Item) -> str:
        """What may be typed where a number is asked for, a line each."""
        assert item.number is not None
        units = [*map(item.number.unit_in_words, item.number.units)]
        low = number_in_words(item.number.low, self.language)
        high = number_in_words(item.number.high, self.language)
        lines = [self.words.say("number_range", low=low, high=high, unit=units[0])]
        if others := units[1:]:
            any_of = self.words.any_of(others)
            lines.append(self.words.say("with_unit", example=f"3 {others[0]}", units=any_of))
        if NOT_SURE in item.options:
            said = item.options[NOT_SURE]
            lines.append(self.words.say("or_key", key=self.keys.letter(NOT_SURE), answer=said))
        return "\n".join(lines)
