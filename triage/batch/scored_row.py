"""The columns of the row that a form gets, in order: a further column is a further line here.

`disposition`; `could_rise_to`; `see_within_days`; `red_flags`, `patterns`, `contraindications`,
`advice` and `referrals`, each several names in one cell; `cause_...` for each cause and
`exercise_...` for each exercise; `missing`, the items whose answers could still change how urgent
it is; and where asked for, `rules`, those that fired.

Not here: the columns around them, `form` and `refused` (`scoring`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import narwhals as nw

from triage.batch.levels import DISPOSITION, could_rise_to
from triage.batch.missing import missing
from triage.batch.recommendations import (
    DECISIONS,
    UNDECIDED,
    advice,
    changed_column,
    changes,
    decision,
    referrals,
    see_within_days,
)
from triage.book.levels import INCOMPLETE, LIKELIHOODS, URGENCY
from triage.book.rulebook import RuleBook
from triage.engines.columnar import any_present, finding_column, rule_column
from triage.engines.expressions import Layer, choose, text
from triage.engines.name_lists import NameList

RULED_OUT = "ruled_out"


@dataclass(frozen=True, slots=True)
class Word:
    """A column whose cells hold one word or number each."""

    name: str
    cell: nw.Expr
    counted: tuple[str, ...] = ()
    """The words that are counted over all forms."""


@dataclass(frozen=True, slots=True)
class Names:
    """A column whose cells hold several names each."""

    name: str
    holding: Mapping[str, nw.Expr | str]
    """When each name holds: as an expression, or as the column that says so already."""
    lead: str = ""
    """Stands before the names, and alone where none holds."""

    def layer(self) -> Layer:
        """Whether each name holds, where no column says so yet."""
        columns = self.columns()
        return {
            columns[n]: holds for n, holds in self.holding.items() if isinstance(holds, nw.Expr)
        }

    def columns(self) -> Mapping[str, str]:
        """Each name, and the column that says whether it holds."""
        return {
            name: holds if isinstance(holds, str) else f"held___{self.name}___{name}"
            for name, holds in self.holding.items()
        }

    def listed(self) -> NameList:
        """The names that hold, in one cell."""
        return NameList(self.name, self.columns(), self.lead)


Column: TypeAlias = Word | Names


def columns(book: RuleBook) -> Iterator[Column]:
    """The columns of every row, without `rules`."""
    yield Word(DISPOSITION, nw.col(DISPOSITION), (*URGENCY, INCOMPLETE))
    yield Word("could_rise_to", could_rise_to(), URGENCY)
    yield Word("see_within_days", see_within_days(book))
    yield Names("red_flags", _present(book, "red_flags"))
    yield Names("patterns", _patterns(book))
    for cause in book.causes:
        yield Word(f"cause_{cause}", _fit(book, cause), (*LIKELIHOODS, UNDECIDED, RULED_OUT))
    yield Names("contraindications", _present(book, "contraindications"))
    for exercise in book.exercises:
        yield Word(f"exercise_{exercise}", decision(book, exercise), DECISIONS)
    yield Names("advice", advice(book))
    yield Names("referrals", referrals(book))
    yield Names("missing", missing(book))


def rules(book: RuleBook) -> Names:
    """The column of the rules that fired."""
    return Names("rules", {rule: rule_column(rule) for rule in book.rules})


def changed_exercises(book: RuleBook) -> Iterator[Names]:
    """Columns that are no part of a row, from which those of the exercises take changes."""
    for exercise in book.exercises:
        yield Names(changed_column(exercise), changes(book, exercise), "modify: ")


def _present(book: RuleBook, stratum: str) -> Mapping[str, str]:
    return {
        finding.id: finding_column(finding.id)
        for finding in book.findings.values()
        if finding.stratum == stratum
    }


def _likelihoods(book: RuleBook, finding: str) -> list[tuple[str, nw.Expr]]:
    """Each word, strongest first, and whether a rule that says so is present."""
    supporting = book.findings[finding].rules if finding in book.findings else ()
    return [
        (word, any_present(rule for rule in supporting if rule.then.likelihood == word))
        for word in LIKELIHOODS
    ]


def _patterns(book: RuleBook) -> Layer:
    named: Layer = {}
    for pattern in book.patterns:
        stronger = nw.lit(False)
        for word, present in _likelihoods(book, pattern):
            named[f"{pattern} ({word})"] = present & ~stronger
            stronger = stronger | present
    return named


def _fit(book: RuleBook, cause: str) -> nw.Expr:
    if cause not in book.findings:
        return text(RULED_OUT)  # no rule names it
    words = [(present, text(word)) for word, present in _likelihoods(book, cause)]
    undecided = (nw.col(finding_column(cause)).is_null(), text(UNDECIDED))
    return choose([*words, undecided], text(RULED_OUT))
