"""A first draft of a mapping, from a table's header and its first rows, for a person to mend.

A guess is marked as one, and a column that nothing is like is left open, so that the mapping cannot
be used before somebody has looked at it.

Not here: the guesses (`guesses`), using a mapping (`mapping`, `mapping_file`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from triage.book.rulebook import RuleBook
from triage.intake.guesses import Guesses
from triage.intake.mapping import Tick
from triage.intake.mapping_file import IGNORE
from triage.intake.tables import Table


def suggest(book: RuleBook, table: Table) -> str:
    """The text of a mapping file for a table."""
    return "\n".join(_Draft(book, table).lines()) + "\n"


class _Draft:
    def __init__(self, book: RuleBook, table: Table) -> None:
        self.book = book
        self.table = table
        self.guesses = Guesses(book, table)

    def lines(self) -> Iterator[str]:
        yield f"# A draft for {self.table.file}. Look at every line, mend it, and then:"
        yield "#   triage score FORMS -o OUT --mapping THIS_FILE"
        yield f"# Every column needs the name of a question, or '{IGNORE}'."
        yield "# The command 'triage form' prints the questions and their options."
        yield ""
        if self.guesses.form:
            sure = "" if self.guesses.known.form else "   # a guess"
            yield f"form: {_quoted(self.guesses.form)}{sure}"
        else:
            yield "# form: the column that names a form"
        yield (
            "blank: ["
            + ", ".join(map(_quoted, self.guesses.blanks))
            + "]   # words for 'no answer'"
        )
        yield "columns:"
        for column in self.table.header:
            if column != self.guesses.form:
                yield from self._column(column)
        yield from self._constants()

    def _column(self, column: str) -> Iterator[str]:
        start = f"  {_quoted(column)}:"
        if column in self.guesses.known.ignored:
            yield f"{start} {IGNORE}"
            return
        guess = self.guesses.columns.get(column)
        if guess is None:
            yield f"{start}   # to do: a question, or {IGNORE}"
            return
        role = guess.role
        said = [f"item: {role.item}"]
        if isinstance(role, Tick):
            said += [f"option: {role.option}", *(["asked: yes"] if role.asked else [])]
        elif role.unit:
            said.append(f"unit: {role.unit}")
        sure = "" if guess.likeness == 1 else "   # a guess"
        labels = self.guesses.labels(column, role)
        if not labels:
            short = role.item if len(said) == 1 else f"{{{', '.join(said)}}}"
            yield f"{start} {short}{sure}"
            return
        yield start + sure
        yield from (f"    {part}" for part in said)
        yield f"    labels:   # each is one of: {', '.join(self.book.items[role.item].options)}"
        for label, option in labels:
            yield (
                f"      {_quoted(label)}: {option}   # a guess"
                if option
                else (f"      {_quoted(label)}:   # to do")
            )

    def _constants(self) -> Iterator[str]:
        answered = {guess.role.item for guess in self.guesses.columns.values()}
        yield "# What the clinic settles elsewhere, the same for every form, may stand here as"
        yield "# 'question: answer'. Beside that, nothing answers these, and they stay unknown:"
        for item in self.book.items.values():
            if item.id not in answered:
                yield f"#   {item.id}: {item.ask}"
        yield "constants: {}"


def _quoted(text: str) -> str:
    """A text as YAML and JSON both spell it."""
    return json.dumps(text, ensure_ascii=False)
