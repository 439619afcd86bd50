"""What each form of a table is recommended: exercises, advice, and whom to see by when.

Not here: how urgent it is, and whether there is a plan (`levels`).
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from triage.batch.levels import DISPOSITION, PLAN, WORDED_AS
from triage.book.levels import URGENCY, more_urgent
from triage.book.rulebook import RuleBook
from triage.book.rules import EVERY_EXERCISE, Rule
from triage.engines.columnar import any_present, rule_column
from triage.engines.expressions import Layer, any_of, choose, text

UNDECIDED = "undecided"
NO_PLAN = "no_plan"
DECISIONS = ("do", "modify", "ask_first", "avoid", UNDECIDED, NO_PLAN)
"""What may become of an exercise that is recommended."""


def changed_column(exercise: str) -> str:
    """The decision to change an exercise, with the names of its changed versions."""
    return f"changed___{exercise}"


def decision(book: RuleBook, exercise: str) -> nw.Expr:
    """What becomes of an exercise; empty where nothing recommends it."""
    recommended = any_present(_recommending(book, "exercise", exercise))
    rules = _restricting(book, exercise)
    present = {word: any_present(these) for word, these in rules.items()}
    might = {word: _any_possible(these) for word, these in rules.items()}
    return choose(
        [
            (~recommended, text("")),
            (~nw.col(PLAN), text(NO_PLAN)),
            (present["avoid"], text("avoid")),
            (present["ask_first"], text("ask_first")),
            (might["avoid"] | might["ask_first"], text(UNDECIDED)),
            (might["modify"], nw.col(changed_column(exercise))),
        ],
        text("do"),
    )


def changes(book: RuleBook, exercise: str) -> Layer:
    """The changed versions of an exercise, and when each is asked for, or might be."""
    asking = {
        change: [
            rule
            for rule in _restricting(book, exercise)["modify"]
            if rule.then.restrictions.get(exercise) == ("modify", change)
        ]
        for change in book.exercises[exercise].modifications
    }
    return {change: _any_possible(rules) for change, rules in asking.items() if rules}


def advice(book: RuleBook) -> Layer:
    """All advice, and when it is given."""
    layer: Layer = {}
    for one in book.advice.values():
        given = any_present(_recommending(book, "advice", one.id))
        layer[one.id] = given & nw.col(PLAN) if one.part_of_plan else given
    return layer


def referrals(book: RuleBook) -> Layer:
    """Whom one may be referred to, and when."""
    return {name: any_of(when for when, _ in _ways(book, name)) for name in book.referrals}


def see_within_days(book: RuleBook) -> nw.Expr:
    """How many days the soonest referral leaves."""
    days: dict[int, list[nw.Expr]] = {}
    for name in book.referrals:
        for when, within in _ways(book, name):
            days.setdefault(within, []).append(when)
    soonest = [(any_of(days[within]), nw.lit(within)) for within in sorted(days)]
    return choose(soonest, nw.lit(None, dtype=nw.Int32))


def _ways(book: RuleBook, referral: str) -> list[tuple[nw.Expr, int]]:
    """When a referral is made, and within how many days: by a level, or by a rule."""
    worded, reached = nw.col(WORDED_AS), nw.col(DISPOSITION)
    ways = [
        (worded == level, wording.within_days)
        for level, wording in book.dispositions.items()
        if wording.referral == referral
    ]
    up_to = book.referrals[referral].up_to
    shown = any_of(reached == level for level in URGENCY if not more_urgent(level, up_to))
    return ways + [
        (shown & any_present([rule]), rule.then.within_days or 0)
        for rule in _recommending(book, "referral", referral)
    ]


def _any_possible(rules: list[Rule]) -> nw.Expr:
    """Whether a rule is yes, or might still be."""
    return any_of(nw.col(rule_column(rule.name)).fill_null(True) for rule in rules)


def _recommending(book: RuleBook, kind: str, name: str) -> list[Rule]:
    return [rule for rule in book.rules.values() if getattr(rule.then, kind) == name]


def _restricting(book: RuleBook, exercise: str) -> Mapping[str, list[Rule]]:
    """What may be said against an exercise, and the rules that say so."""
    rules: dict[str, list[Rule]] = {"avoid": [], "ask_first": [], "modify": []}
    for rule in book.rules.values():
        for target in (exercise, EVERY_EXERCISE):
            if target in rule.then.restrictions:
                word, _ = rule.then.restrictions[target]
                rules[word].append(rule)
    return rules
