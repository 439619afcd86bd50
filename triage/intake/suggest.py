"""A first draft of a mapping, from a table's header and its first rows, for a person to mend.

What is called by the book's own names stands there ready.  A guess says `confirmed: no`, and a
column of which nothing is guessed is left open: with either the mapping cannot be used.

Not here: the guesses (`guesses`), using a mapping (`mapping`, `mapping_file`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from triage.book.rulebook import RuleBook
from triage.intake.cells import MEANINGS
from triage.intake.dictionary import Dictionary
from triage.intake.fhir_fields import fields_of
from triage.intake.guess import Guess, Open
from triage.intake.guesses import Guesses
from triage.intake.label_guesses import Label
from triage.intake.layouts import FHIR
from triage.intake.mapping import Tick
from triage.intake.mapping_file import CONFIRMED, IGNORE
from triage.intake.records import RecordTable
from triage.intake.safety_places import Place
from triage.intake.tables import Table

TO_DO = f"# to do: a question, or {IGNORE}"


def suggest(book: RuleBook, table: Table, dictionary: Dictionary | None = None) -> str:
    """The text of a mapping file for a table.

    Args:
        book: the rule book.
        table: the forms.
        dictionary: what the fields of the forms and their codes mean, where that is at hand.
    """
    if isinstance(table, RecordTable) and table.profile == FHIR:
        dictionary = dictionary or fields_of(table.first_objects())
        table = table.by_own_names()
    return "\n".join(_Draft(book, table, dictionary or Dictionary({})).lines()) + "\n"


class _Draft:
    def __init__(self, book: RuleBook, table: Table, dictionary: Dictionary) -> None:
        self.book = book
        self.table = table
        self.dictionary = dictionary
        self.guesses = Guesses(book, table, dictionary)

    def lines(self) -> Iterator[str]:
        yield f"# A draft for {quoted(self.table.file)}. Look at every line, mend it, and then:"
        yield "#   triage score FORMS -o OUT --mapping THIS_FILE"
        yield f"# Every column needs the name of a question, or '{IGNORE}'."
        yield "# A guess is right or wrong: mend it, and write 'yes' behind 'confirmed'."
        yield "# The command 'triage form' prints the questions and their options."
        yield ""
        if self.guesses.form:
            sure = "" if self.guesses.form_known else "   # a guess: it names each form"
            yield f"form: {quoted(self.guesses.form)}{sure}"
        else:
            yield "# form: the column that names a form"
        blanks = ", ".join(map(quoted, self.guesses.blanks))
        yield f"blank: [{blanks}]   # words for 'no answer'"
        yield "columns:"
        for column in self.table.header:
            if column != self.guesses.form:
                yield from self._column(column)
        yield from self._constants()

    def _column(self, column: str) -> Iterator[str]:
        start = f"  {quoted(column)}:"
        if column in self.guesses.ignored:
            yield f"{start} {IGNORE}   # {self.guesses.ignored[column]}"
            return
        guess = self.guesses.columns.get(column)
        if guess is None:
            yield from self._open(start, column, self.guesses.open.get(column, Open()))
        else:
            yield from self._guess(start, guess)
        if guess is None or guess.confirm:
            yield from self._told(column)

    def _told(self, column: str) -> Iterator[str]:
        """What there is to know of a column that somebody has to look at."""
        label = self.dictionary.label(column)
        if label:
            yield f"    # it asks: {one_line(label)}"
        texts = self.guesses.texts[column]
        yield f"    # its cells: {self.guesses.values.of(f'{column} {label}', texts)}"

    def _open(self, start: str, column: str, left: Open) -> Iterator[str]:
        if left.item:
            yield f"{start} {{item: {left.item}, option: }}   # to do: {left.why}"
        else:
            yield f"{start}   {TO_DO}"
            if left.why:
                yield f"    # {left.why}"
        if left.near:
            near = "; ".join(self._place(place, column) for place in left.near)
            yield f"    # near, and perhaps not meant: {near}"
        for code, words in self.dictionary.choices(column).items():
            yield f"    # {one_line(code)}: {one_line(words)}"

    def _guess(self, start: str, guess: Guess) -> Iterator[str]:
        role = guess.role
        said = [f"item: {role.item}"]
        if isinstance(role, Tick):
            said += [f"option: {role.option}", *(["asked: yes"] if role.asked else [])]
        elif role.unit:
            said.append(f"unit: {role.unit}")
        if guess.confirm:
            said.append(f"{CONFIRMED}: no")
        if not guess.labels:
            yield f"{start} {role.item}" if len(said) == 1 else f"{start} {{{', '.join(said)}}}"
        else:
            yield start
            yield from (f"    {part}" for part in said)
            options = MEANINGS if isinstance(role, Tick) else self.book.items[role.item].options
            yield f"    labels:   # each is one of: {', '.join(options)}"
            yield from map(self._label, guess.labels)
        if guess.confirm:
            yield f"    # {guess.why}"
            yield f"    # the question: {self.book.items[role.item].ask}"

    @staticmethod
    def _label(label: Label) -> str:
        said = f"      {quoted(label.text)}:{' ' if label.option else ''}{label.option}"
        note = "to do" if not label.option else "a guess" if label.guessed else ""
        parts = [note, f'"{one_line(label.words)}"' if label.words else ""]
        comment = ": ".join(filter(None, parts))
        return f"{said}   # {comment}" if comment else said

    def _place(self, place: Place, column: str) -> str:
        item, option = place
        if option is None:
            return item
        asked = ", asked: yes" if self.guesses.asked(place, column) else ""
        return f"{{item: {item}, option: {option}{asked}}}"

    def _constants(self) -> Iterator[str]:
        answered = {guess.role.item for guess in self.guesses.columns.values()}
        yield "# What the clinic settles elsewhere, the same for every form, may stand here as"
        yield "# 'question: answer'. Beside that, nothing answers these, and they stay unknown:"
        for item in self.book.items.values():
            if item.id not in answered:
                yield f"#   {item.id}: {item.ask}"
        yield "constants: {}"


def quoted(text: str) -> str:
    """A text as YAML spells it between quotation marks; YAML has no signs that cannot be seen."""
    spelled = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in spelled)


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def one_line(text: str) -> str:
    """A text for a comment."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
