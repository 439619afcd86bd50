"""What a typed letter or word means at a question: a command, or an answer.

Letters are those of the person's language, as `reports/templates/terminal.jinja` shows them.  The
English ones work beside them, wherever the language has no other use for them.

Not here: numbers that are typed, and what a command does (`terminal`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.book.items import NOT_SURE, Item
from triage.languages.words import TERMINAL, Words, words

YES, NO = "yes", "no"


class Keys:
    """The letters of one language."""

    def __init__(self, said: Words) -> None:
        self._own = said
        self._every = (words(template=TERMINAL), said)

    def letter(self, name: str) -> str:
        """The letter of a command or an answer, as it is shown."""
        shown = {**self._own.choices("commands"), **self._own.choices("answers")}
        return shown[name].split()[0]

    def meaning(self, line: str, item: Item | None = None) -> str | None:
        """A command or an answer by name; `None` where the line is neither.

        Args:
            line: what was typed.
            item: the question that it was typed at; an answer only counts where it is offered.
        """
        known: dict[str, str] = {}
        for said in self._every:  # what comes last wins: the language, and in it the answers
            known.update(_named(said.choices("commands")))
            answers = said.choices("answers")
            known.update(_named({name: answers[name] for name in answers_of(item)}))
        return known.get(line.strip().lower())


def answers_of(item: Item | None) -> tuple[str, ...]:
    """The answers to an item that have letters of their own."""
    if item is None:
        return ()
    if item.kind == "number":
        return (NOT_SURE,) if NOT_SURE in item.options else ()
    return (YES, NO) if item.kind == "one" and {YES, NO} <= item.options.keys() else ()


def _named(shown: Mapping[str, str]) -> dict[str, str]:
    """By letter, by word and by name: `q`, `stop`."""
    return {typed: name for name, text in shown.items() for typed in _ways(name, text)}


def _ways(name: str, text: str) -> Iterator[str]:
    letter, _, word = text.partition(" ")
    yield from (letter, word, name)
