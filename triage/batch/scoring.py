"""The assessment of every form of a table, as one row each that reads well in a spreadsheet.

`Scoring` lays the rule book over a frame; `row_of` gives the same row for one person's assessment,
so that the two can be compared.

Columns: `form`, where the frame has it; `disposition`; `could_rise_to`; `see_within_days`;
`red_flags`, `patterns`, `contraindications`, `advice` and `referrals`, each several names in one
cell; `cause_...` for each cause and `exercise_...` for each exercise; `missing`, the items whose
answers could still change how urgent it is; and `refused`, the items whose answers cannot be taken.
A form with such an answer is not scored: all its cells are null, but for the red flags that its
other answers show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import narwhals as nw

from triage.answers.table import ID, columns
from triage.assessment.assessment import Assessment, Prescription
from triage.book.conditions import Condition, findings_of, items_of
from triage.book.items import Item
from triage.book.levels import INCOMPLETE, LIKELIHOODS, ROUTINE, SELF_CARE, URGENCY, more_urgent
from triage.book.rulebook import RuleBook
from triage.book.rules import EVERY_EXERCISE, Rule
from triage.engines.columnar import (
    Compiled,
    Layer,
    aliased,
    all_of,
    any_of,
    bad_column,
    expression,
    finding_column,
    laid,
    rule_column,
    shut_column,
    silence_column,
)
from triage.engines.naming import SEPARATOR, Naming, named

ABOVE_SELF_CARE = URGENCY[: URGENCY.index(SELF_CARE)]
UNDECIDED = "undecided"
RULED_OUT = "ruled_out"


def _open_column(finding: str) -> str:
    return f"open___finding___{finding}"


def _changed_column(exercise: str) -> str:
    return f"changed___{exercise}"


def _held_column(column: str, name: str) -> str:
    return f"held___{column}___{name}"


def _is_true(column: str) -> nw.Expr:
    return nw.col(column).fill_null(False)


def _none_of() -> nw.Expr:
    return nw.lit(False)


def _any(parts: Iterable[nw.Expr]) -> nw.Expr:
    parts = list(parts)
    return any_of(parts) if parts else _none_of()


def _any_holds(rules: Iterable[Rule]) -> nw.Expr:
    return _any(nw.col(rule_column(rule.name)) for rule in rules).fill_null(False)


def _choose(cases: Iterable[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first case that is true."""
    chosen = otherwise
    for condition, value in reversed(list(cases)):
        chosen = nw.when(condition).then(value).otherwise(chosen)
    return chosen


def _text(value: str | None) -> nw.Expr:
    return nw.lit(value, dtype=nw.String)


class Scoring:
    """A rule book compiled to score tables of forms."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.compiled = Compiled(book)
        self._asking = [f for f in book.findings.values() if f.level is not None]

    def over(self, frame: nw.LazyFrame[Any], *, explain: bool = False) -> nw.LazyFrame[Any]:
        """One row a form.

        Args:
            frame: a table of forms; it may have further columns, and lack some.
            explain: add a column `rules`, the names of the rules that fired.
        """
        kept = [ID] if ID in frame.collect_schema().names() else []
        frame = self.judged(frame, kept, explain=explain)
        scored = nw.col("refused") == ""
        cells: Layer = {name: nw.when(scored).then(nw.col(name)) for name in self.said(explain)}
        cells["red_flags"] = nw.col("red_flags")
        return frame.select(*kept, **cells, refused=nw.col("refused"))

    def judged(
        self, frame: nw.LazyFrame[Any], kept: Sequence[str], *, explain: bool = False
    ) -> nw.LazyFrame[Any]:
        """A frame with the columns of a row, `refused`, and all that these are made of.

        Args:
            frame: a table of forms, as for `over`.
            kept: columns of it to carry along; none may be called like a column made here.
            explain: as for `over`.
        """
        frame = self.compiled.over(self.answers(frame, kept))
        layers = (self._open, self._levels, self._disposition, self._plan, self._held)
        frame = laid((layer() for layer in layers), frame)
        return named(frame, self._names(explain)).with_columns(**self._columns())

    def said(self, explain: bool = False) -> tuple[str, ...]:
        """The columns of a row, without the form's name and `refused`."""
        return (
            "disposition",
            "could_rise_to",
            "see_within_days",
            "red_flags",
            "patterns",
            *(f"cause_{cause}" for cause in self.book.causes),
            "contraindications",
            *(f"exercise_{name}" for name in self.book.exercises),
            "advice",
            "referrals",
            "missing",
            *(["rules"] if explain else []),
        )

    def answers(self, frame: nw.LazyFrame[Any], kept: Sequence[str]) -> nw.LazyFrame[Any]:
        """The columns of the table of forms, in its types; a column that is missing is unknown."""
        there = set(frame.collect_schema().names())
        layer: Layer = {}
        for item in self.book.items.values():
            for column in columns(item):
                given = nw.col(column) if column in there else nw.lit(None)
                if column != item.id:
                    layer[column] = given.cast(nw.Boolean)
                elif item.kind == "one":
                    layer[column] = given.cast(nw.String)
                else:
                    layer[column] = given.cast(nw.Float64)
        return frame.select(*kept, *aliased(layer))

    def is_refused(self) -> nw.Expr:
        """Whether a form of a judged frame has an answer that cannot be taken."""
        return _any(nw.col(bad_column(item)) for item in self.book.items)

    def _open(self) -> Layer:
        """Whether each finding that asks for a level is undecided."""
        return {
            _open_column(finding.id): nw.col(finding_column(finding.id)).is_null()
            for finding in self._asking
        }

    def _levels(self) -> Layer:
        """For each level, whether a finding asks for it, and whether one might."""
        layer: Layer = {}
        for level in URGENCY:
            asking = [finding.id for finding in self._asking if finding.level == level]
            asked = _any(nw.col(finding_column(finding)) for finding in asking)
            layer[f"asked___{level}"] = asked.fill_null(False)
            layer[f"open___{level}"] = _any(nw.col(_open_column(finding)) for finding in asking)
        return layer

    def _disposition(self) -> Layer:
        asked = [(nw.col(f"asked___{level}"), _text(level)) for level in ABOVE_SELF_CARE]
        unsettled = _any(nw.col(f"open___{level}") for level in ABOVE_SELF_CARE)
        gently = [
            (unsettled, _text(INCOMPLETE)),
            (nw.col(f"asked___{SELF_CARE}"), _text(SELF_CARE)),
            (nw.col(f"open___{SELF_CARE}"), _text(INCOMPLETE)),
        ]
        return {"disposition": _choose([*asked, *gently], _text(ROUTINE))}

    def _plan(self) -> Layer:
        disposition = nw.col("disposition")
        settled = [
            ~nw.col(f"asked___{level}") & ~nw.col(f"open___{level}")
            for level in URGENCY
            if more_urgent(level, ROUTINE)
        ]
        allowed = expression(self.book.plan_only_if, self.compiled.column_of).fill_null(False)
        gentle = (disposition == SELF_CARE) | (disposition == ROUTINE)
        return {"plan": all_of([gentle, *settled, allowed])}

    def _columns(self) -> Layer:
        """The columns of a row that hold one word or number each."""
        return {
            "could_rise_to": self._could_rise_to(),
            "see_within_days": self._see_within_days(),
            **{f"cause_{cause}": self._fit(cause) for cause in self.book.causes},
            **{f"exercise_{name}": self._exercise(name) for name in self.book.exercises},
        }

    def _names(self, explain: bool) -> list[Naming]:
        """The columns that hold several names each."""
        columns = dict(self.names_in())
        columns["refused"] = {item: bad_column(item) for item in self.book.items}
        if explain:
            columns["rules"] = {rule: rule_column(rule) for rule in self.book.rules}
        several = [Naming(column, names) for column, names in columns.items()]
        held = self._columns_held()
        changes = [
            Naming(column, held[column], "modify: ")
            for column in map(_changed_column, self.book.exercises)
        ]
        return [*several, *changes]

    def names_in(self) -> Mapping[str, Mapping[str, str]]:
        """For each column of several names: the names, and the columns of truth behind them."""
        held = self._columns_held()
        return {
            "red_flags": self._findings("red_flags"),
            "patterns": held["patterns"],
            "contraindications": self._findings("contraindications"),
            "advice": held["advice"],
            "referrals": held["referrals"],
            "missing": held["missing"],
        }

    def _held(self) -> Layer:
        """Whether each name is among those of a column, where no layer says so yet."""
        return {
            _held_column(column, name): holds
            for column, names in self._held_names.items()
            for name, holds in names.items()
        }

    def _columns_held(self) -> Mapping[str, Mapping[str, str]]:
        return {
            column: {name: _held_column(column, name) for name in names}
            for column, names in self._held_names.items()
        }

    @cached_property
    def _held_names(self) -> Mapping[str, Layer]:
        return {
            "patterns": self._patterns(),
            "advice": self._advice(),
            "referrals": self._referrals(),
            "missing": self._missing(),
            **{_changed_column(name): self._changes(name) for name in self.book.exercises},
        }

    def _could_rise_to(self) -> nw.Expr:
        disposition = nw.col("disposition")
        cases = []
        for level in ABOVE_SELF_CARE:
            below = [one for one in (*URGENCY, INCOMPLETE) if more_urgent(level, one)]
            reached_less = any_of(disposition == one for one in below)
            cases.append((nw.col(f"open___{level}") & reached_less, _text(level)))
        gently = (disposition == INCOMPLETE) & nw.col(f"open___{SELF_CARE}")
        return _choose([*cases, (gently, _text(ROUTINE))], _text(None))

    def _findings(self, stratum: str) -> Mapping[str, str]:
        return {
            finding.id: finding_column(finding.id)
            for finding in self.book.findings.values()
            if finding.stratum == stratum
        }

    def _likelihoods(self, finding: str) -> list[tuple[str, nw.Expr]]:
        """Each word, strongest first, and whether a rule that says so is present."""
        rules = self.book.findings[finding].rules if finding in self.book.findings else ()
        return [
            (word, _any_holds(rule for rule in rules if rule.then.likelihood == word))
            for word in LIKELIHOODS
        ]

    def _patterns(self) -> Layer:
        named: dict[str, nw.Expr] = {}
        for pattern in self.book.patterns:
            stronger = _none_of()
            for word, present in self._likelihoods(pattern):
                named[f"{pattern} ({word})"] = present & ~stronger
                stronger = stronger | present
        return named

    def _fit(self, cause: str) -> nw.Expr:
        if cause not in self.book.findings:
            return _text(RULED_OUT)  # no rule names it
        words = [(present, _text(word)) for word, present in self._likelihoods(cause)]
        open_ = (nw.col(finding_column(cause)).is_null(), _text(UNDECIDED))
        return _choose([*words, open_], _text(RULED_OUT))

    def _recommended(self, kind: str, name: str) -> list[Rule]:
        return [r for r in self.book.rules.values() if getattr(r.then, kind) == name]

    def _exercise(self, name: str) -> nw.Expr:
        """What becomes of an exercise; empty where nothing recommends it."""
        recommended = _any_holds(self._recommended("exercise", name))
        rules = self._restricting(name)
        present = {word: _any_holds(these) for word, these in rules.items()}
        restricting = [rule for these in rules.values() for rule in these]
        might = _any(nw.col(rule_column(rule.name)).is_null() for rule in restricting)
        return _choose(
            [
                (~recommended, _text("")),
                (~nw.col("plan"), _text("no_plan")),
                (present["avoid"], _text("avoid")),
                (present["ask_first"], _text("ask_first")),
                (might, _text(UNDECIDED)),
                (present["modify"], nw.col(_changed_column(name))),
            ],
            _text("do"),
        )

    def _restricting(self, exercise: str) -> Mapping[str, list[Rule]]:
        """What may be said against an exercise, and the rules that say so."""
        rules: dict[str, list[Rule]] = {"avoid": [], "ask_first": [], "modify": []}
        for rule in self.book.rules.values():
            for target in (exercise, EVERY_EXERCISE):
                if target in rule.then.restrictions:
                    word, _ = rule.then.restrictions[target]
                    rules[word].append(rule)
        return rules

    def _changes(self, exercise: str) -> Layer:
        """The changed versions of an exercise, and when each is asked for."""
        asking = {
            change: [
                rule
                for rule in self._restricting(exercise)["modify"]
                if rule.then.restrictions.get(exercise) == ("modify", change)
            ]
            for change in self.book.exercises[exercise].modifications
        }
        return {change: _any_holds(rules) for change, rules in asking.items() if rules}

    def _advice(self) -> Layer:
        named = {}
        for advice in self.book.advice.values():
            given = _any_holds(self._recommended("advice", advice.id))
            named[advice.id] = given & nw.col("plan") if advice.part_of_plan else given
        return named

    def _made(self, referral: str) -> list[tuple[nw.Expr, int]]:
        """When a referral is made, and within how many days: by a level, or by a rule."""
        disposition = nw.col("disposition")
        made = [
            (disposition == level, wording.within_days)
            for level, wording in self.book.dispositions.items()
            if wording.referral == referral
        ]
        up_to = self.book.referrals[referral].up_to
        shown = any_of(disposition == level for level in URGENCY if not more_urgent(level, up_to))
        made += [
            (shown & _is_true(rule_column(rule.name)), rule.then.within_days or 0)
            for rule in self._recommended("referral", referral)
        ]
        return made

    def _referrals(self) -> Layer:
        return {name: _any(when for when, _ in self._made(name)) for name in self.book.referrals}

    def _see_within_days(self) -> nw.Expr:
        days: dict[int, list[nw.Expr]] = {}
        for name in self.book.referrals:
            for when, within in self._made(name):
                days.setdefault(within, []).append(when)
        soonest = [(_any(days[within]), nw.lit(within)) for within in sorted(days)]
        return _choose(soonest, nw.lit(None, dtype=nw.Int32))

    def _missing(self) -> Layer:
        """Items without a clear answer that an undecided finding with a level rests on."""
        resting: dict[str, list[str]] = {}
        for finding in self._asking:
            for name in self._items_behind[finding.id]:
                resting.setdefault(name, []).append(_open_column(finding.id))
        return {
            item.id: _unclear(item) & _any(nw.col(column) for column in resting[item.id])
            for item in self.book.items.values()
            if item.id in resting
        }

    @cached_property
    def _items_behind(self) -> Mapping[str, frozenset[str]]:
        """Every finding and the items that it rests on, through other findings and `ask_if` too."""
        behind: dict[str, frozenset[str]] = {}

        def of(condition: Condition) -> frozenset[str]:
            items = set(items_of(condition))
            for name in tuple(items):
                gate = self.book.items[name].ask_if
                if gate is not None:
                    items |= of(gate)
            return frozenset(items).union(*(behind[name] for name in findings_of(condition)))

        for finding in self.book.findings.values():  # in the order of strata
            behind[finding.id] = frozenset().union(*(of(r.condition) for r in finding.rules))
        return behind


def _unclear(item: Item) -> nw.Expr:
    """Whether an item that applies, or may, has no answer or one that decides nothing."""
    column = silence_column(item.id) if item.kind == "many" else item.id
    unclear = nw.col(column).is_null()
    return unclear if item.ask_if is None else unclear & ~nw.col(shut_column(item.id))


def row_of(assessment: Assessment) -> dict[str, Any]:
    """The row that `Scoring` gives a form, made from one person's assessment."""
    return _RowOf(assessment).whole()


class _RowOf:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.book = assessment.book

    def whole(self) -> dict[str, Any]:
        assessment, book = self.assessment, self.book
        decisions = {p.exercise: p for p in (*assessment.exercises, *assessment.withheld)}
        given = {advice.advice for advice in assessment.advice}
        made = {referral.referral: referral.within_days for referral in assessment.referrals}
        return {
            "disposition": assessment.disposition,
            "could_rise_to": assessment.could_rise_to,
            "see_within_days": min(made.values()),
            "red_flags": self._present("red_flags"),
            "patterns": self._joined(
                book.patterns, lambda p: assessment.states.get(p) is True, self._with_likelihood
            ),
            **{f"cause_{cause}": self._fit(cause) for cause in book.causes},
            "contraindications": self._present("contraindications"),
            **{f"exercise_{name}": self._decision(decisions.get(name)) for name in book.exercises},
            "advice": self._joined(book.advice, given.__contains__),
            "referrals": self._joined(book.referrals, made.__contains__),
        }

    @staticmethod
    def _joined(
        names: Iterable[str], holds: Callable[[str], bool], said: Callable[[str], str] = str
    ) -> str:
        return SEPARATOR.join(said(name) for name in names if holds(name))

    def _present(self, stratum: str) -> str:
        findings = [f.id for f in self.book.findings.values() if f.stratum == stratum]
        return self._joined(findings, lambda name: self.assessment.states[name] is True)

    def _likelihood(self, finding: str) -> str | None:
        return self.assessment.likelihood(self.book.findings[finding])

    def _with_likelihood(self, pattern: str) -> str:
        return f"{pattern} ({self._likelihood(pattern)})"

    def _fit(self, cause: str) -> str:
        state = self.assessment.states.get(cause, False)  # no rule may name it
        if state is True:
            return self._likelihood(cause) or ""
        return UNDECIDED if state is None else RULED_OUT

    def _decision(self, prescription: Prescription | None) -> str:
        if prescription is None:
            return ""
        if prescription.decision != "modify":
            return prescription.decision
        known = self.book.exercises[prescription.exercise].modifications
        return "modify: " + self._joined(known, prescription.modifications.__contains__)
