"""Small faults planted in every rule of a book, one at a time, and who notices them.

A rule book is good at its work when a slip in it does not pass unseen.  Each mutant is the book
with one slip: a rule left out, a premise that always holds, a threshold one step off, a level too
low, an exercise no longer barred.  Four kinds of watcher may notice it, asked in this order:

- the rule's own examples, whose verdicts change;
- the checks of the whole book: a rule that another rule or a hazard names is gone, or the rules say
  less than the evidence rows that they cover;
- the example forms and the published cases, one of which gets a level that it must not get;
- the register, tests/golden/conclusions.yaml, which says a second time what each rule concludes.

The register notices every changed conclusion, and does not know which one is right.  It is there so
that no conclusion changes by a slip of the hand: a change has to be written down twice, and the
second place is one that a reviewer reads.  What it alone notices is counted by itself.

Mutants are made of frozen values, and judged by the plain fold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import click

from tests.assessment.test_forms import LEVELS
from tests.conftest import EXAMPLES, ROOT
from triage.answers import reading
from triage.answers.responses import Responses
from triage.assessment.assessment import conclude
from triage.authoring import lint, traceability
from triage.book.conditions import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    UnsureOf,
    findings_of,
    judge,
)
from triage.book.levels import URGENCY, urgency_rank
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook
from triage.book.rules import Conclusion, Rule, whole_condition
from triage.book.yaml_reader import parse, read_bytes
from triage.engines.fold import Fold
from triage.intake.answers_file import read_assumed, read_form
from triage.problems import Problem

REGISTER = ROOT / "tests" / "golden" / "conclusions.yaml"
ALWAYS = {"yes": AllOf(()), "no": AnyOf(())}
"""Conditions that are yes, and no, whatever is answered."""
WATCHERS = ("own examples", "checks of the book", "forms and cases", "register only")
WEAKER = {"avoid": ("ask_first", None), "ask_first": None, "modify": None}
"""What becomes of a restriction that is weakened by one step; `None`: it is gone."""
CHECKS = (
    lint.unused_entries,
    traceability.unencoded_rows,
    traceability.levels_unlike_evidence,
    traceability.weaker_than_evidence,
)
"""The checks of a whole book that look at what rules conclude."""


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """A book with one slip in it."""

    kind: str
    rule: Rule
    """As it was."""
    mutated: Rule | None
    """As it has become; `None` where it is left out."""
    change: str

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.kind}: {self.change}"


Score: TypeAlias = Mapping[Mutant, str | None]
"""Every mutant, and the first watcher who noticed it; `None` where nobody did."""


def mutants(book: RuleBook) -> Iterator[Mutant]:
    """Every mutant of every rule."""
    for rule in book.rules.values():
        yield Mutant("rule left out", rule, None, "")
        for kind, change, when in _slips(book, rule.when):
            yield Mutant(kind, rule, _with_condition(rule, when, rule.unless), change)
        for index, absent in enumerate(rule.unless):
            for always, constant in ALWAYS.items():
                parts = [Absent(other) for other in rule.unless]
                parts[index] = constant
                condition = whole_condition(rule.when, tuple(parts))
                changed = replace(rule, condition=condition)
                yield Mutant("premise pinned", rule, changed, f"no {absent} always {always}")
            left = tuple(other for other in rule.unless if other != absent)
            yield Mutant("unless left out", rule, _with_condition(rule, rule.when, left), absent)
        for kind, change, then in _weaker(rule.then):
            yield Mutant(kind, rule, replace(rule, then=then), change)


def _with_condition(rule: Rule, when: Condition, unless: tuple[str, ...]) -> Rule:
    condition = whole_condition(when, tuple(Absent(other) for other in unless))
    return replace(rule, when=when, unless=unless, condition=condition)


def _slips(book: RuleBook, node: Condition) -> Iterator[tuple[str, str, Condition]]:
    """Every condition that one slip makes of this one: kind, what was changed, and the result."""
    if not isinstance(node, AllOf | AnyOf | CountOf):
        for always, constant in ALWAYS.items():
            yield "premise pinned", f"{node} always {always}", constant
        yield from _slips_of_leaf(book, node)
        return
    word = {AllOf: "all_of", AnyOf: "any_of", CountOf: "count_of"}[type(node)]
    for index, part in enumerate(node.parts):
        others = (*node.parts[:index], *node.parts[index + 1 :])
        if not (isinstance(node, CountOf) and node.at_least > len(others)):
            yield f"part of {word} left out", f"{part}", replace(node, parts=others)
        for kind, change, changed in _slips(book, part):
            parts = (*node.parts[:index], changed, *node.parts[index + 1 :])
            yield kind, change, replace(node, parts=parts)
    if isinstance(node, CountOf):
        for number in (node.at_least - 1, node.at_least + 1):
            if 1 <= number <= len(node.parts):
                yield "count moved", f"{node.at_least} to {number}", replace(node, at_least=number)


def _slips_of_leaf(book: RuleBook, leaf: Condition) -> Iterator[tuple[str, str, Condition]]:
    match leaf:
        case AtLeast(item, number) | AtMost(item, number):
            allowed = book.items[item].number
            assert allowed is not None
            for step in (-allowed.step, allowed.step):
                moved = round(number + step, 4)
                if allowed.low <= moved <= allowed.high:
                    change = f"{item} {number:g} to {moved:g}"
                    yield "threshold moved", change, replace(leaf, number=moved)
        case OneOf(item, options) | Includes(item, options) | UnsureOf(item, options) if (
            len(options) > 1
        ):
            for option in options:
                left = tuple(other for other in options if other != option)
                yield "option left out", f"{item}: {option}", replace(leaf, options=left)


def _weaker(then: Conclusion) -> Iterator[tuple[str, str, Conclusion]]:
    """Every conclusion that asks for one step less care."""
    if then.disposition is not None:
        lower = URGENCY[URGENCY.index(then.disposition) + 1]
        change = f"{then.disposition} to {lower}"
        yield "level lowered", change, replace(then, disposition=lower)
    for exercise, (word, _) in then.restrictions.items():
        left = {e: said for e, said in then.restrictions.items() if e != exercise}
        weaker = WEAKER[word]
        change = f"{exercise}: {word} to {weaker[0] if weaker else 'nothing'}"
        changed = {**left, exercise: weaker} if weaker else left
        yield "restriction weakened", change, replace(then, restrictions=changed)


@dataclass(frozen=True, slots=True)
class Person:
    """An example form or a published case."""

    name: str
    responses: Responses
    levels: frozenset[str]
    """The levels that the tests of forms and cases let pass."""


def people(book: RuleBook) -> Iterator[Person]:
    """Everybody for whom a test says which levels are right.

    Of a case, no level is too urgent here: its tests allow for a few of those.
    """
    reassuring = str(EXAMPLES / "cases" / "assumed" / "reassuring.yaml")
    assumed = read_assumed(book, reassuring)
    for file in sorted((EXAMPLES / "cases").glob("*.yaml")):
        form = read_form(book, str(file))
        expects: Any = form.about["expects"]
        if not expects["missing"]:
            least = max(map(urgency_rank, expects["acceptable"]))
            levels = frozenset(URGENCY[: least + 1])
            yield Person(file.stem, form.responses.assuming(assumed), levels)
    for name, level in LEVELS.items():
        form = read_form(book, str(EXAMPLES / "forms" / f"{name}.yaml"))
        yield Person(name, form.responses, frozenset({level}))


class Watch:
    """Everybody who may notice a slip in one book."""

    def __init__(
        self, book: RuleBook, persons: Iterable[Person], register: Mapping[str, object]
    ) -> None:
        self.book = book
        self.register = register
        self.examples = {rule.name: tuple(self._examples(rule)) for rule in book.rules.values()}
        self.persons = [(one, Fold(book, one.responses).verdicts()) for one in persons]
        self.controls = {c.name for h in book.origin.hazards.values() for c in h.controls}
        self.known = {problem for check in CHECKS for problem in check(book)}

    def _examples(self, rule: Rule) -> Iterator[tuple[Fold, bool]]:
        for expected, examples in ((True, rule.fires), (False, rule.silent)):
            for example in examples:
                answers = reading.read(
                    self.book.items, example.answers, lambda _, text: Problem("", None, text)
                )
                yield Fold(self.book, answers, example.findings), expected

    def noticed_by(self, mutant: Mutant) -> str | None:
        """The first watcher who notices; `None` where nobody does."""
        watchers = (self._own_examples, self._checks, self._people, self._register)
        noticed = (name for name, sees in zip(WATCHERS, watchers, strict=True) if sees(mutant))
        return next(noticed, None)

    def _own_examples(self, mutant: Mutant) -> bool:
        changed = mutant.mutated
        return changed is not None and any(
            judge(changed.condition, fold.truth) is not expected
            for fold, expected in self.examples[mutant.rule.name]
        )

    def _checks(self, mutant: Mutant) -> bool:
        if mutant.mutated is None and self._is_named(mutant.rule):
            return True
        changed = self._book(mutant)
        return any(problem not in self.known for check in CHECKS for problem in check(changed))

    def _is_named(self, rule: Rule) -> bool:
        """Whether another rule or a hazard names it, so that the book is refused without it."""
        if rule.name in self.controls:
            return True
        named = {f for other in self.book.rules.values() for f in findings_of(other.condition)}
        return rule.finding in named and len(self.book.findings[rule.finding].rules) == 1

    def _book(self, mutant: Mutant) -> RuleBook:
        name = mutant.rule.name
        rules = {key: rule for key, rule in self.book.rules.items() if key != name}
        if mutant.mutated is not None:
            # In its old place, for rules stand in the order of strata.
            changed = {**self.book.rules, name: mutant.mutated}
            return replace(self.book, rules=changed)
        left = {
            row: tuple(encoder for encoder in encoders if encoder != name)
            for row, encoders in self.book.origin.encoded_by.items()
        }
        encoded_by = {row: encoders for row, encoders in left.items() if encoders}
        origin = replace(self.book.origin, encoded_by=encoded_by)
        return replace(self.book, rules=rules, origin=origin)

    def _people(self, mutant: Mutant) -> bool:
        book = self._book(mutant)
        for person, verdicts in self.persons:
            fold = Fold(book, person.responses)
            before = verdicts[mutant.rule.name]
            after = fold.judge(mutant.mutated.condition) if mutant.mutated else False
            if before is after is False or (before is after and _only_when(mutant)):
                continue  # nothing of what they are told can have changed
            level = conclude(book, person.responses, fold.verdicts()).disposition
            if level not in person.levels:
                return True
        return False

    def _register(self, mutant: Mutant) -> bool:
        written = self.register.get(mutant.rule.name)
        return written == conclusion_of(mutant.rule) != conclusion_of(mutant.mutated)


def _only_when(mutant: Mutant) -> bool:
    return mutant.mutated is not None and mutant.mutated.then == mutant.rule.then


def conclusion_of(rule: Rule | None) -> object:
    """What a rule concludes, as the register writes it."""
    if rule is None:
        return None
    then = rule.then
    restrictions = {
        exercise: word if change is None else {word: change}
        for exercise, (word, change) in then.restrictions.items()
    }
    said = {
        "disposition": then.disposition,
        "likelihood": then.likelihood,
        "exercise": then.exercise,
        "advice": then.advice,
        "referral": then.referral,
        "within_days": then.within_days,
        **restrictions,
    }
    return {key: value for key, value in said.items() if value is not None}


def read_register() -> Mapping[str, object]:
    """The register as it is written down."""
    value: Any = parse(read_bytes(REGISTER), REGISTER.name).value
    return value


def score(watch: Watch) -> Score:
    """Who noticed each mutant of a book."""
    return {mutant: watch.noticed_by(mutant) for mutant in mutants(watch.book)}


def table(scored: Score) -> str:
    """How many mutants of each kind there are, and who noticed them."""
    rows = [("", "mutants", *WATCHERS, "nobody")]
    for kind in dict.fromkeys(mutant.kind for mutant in scored):
        noticed = Counter(by for mutant, by in scored.items() if mutant.kind == kind)
        rows.append((kind, noticed.total(), *(noticed[by] for by in (*WATCHERS, None))))
    noticed = Counter(scored.values())
    rows.append(("all", noticed.total(), *(noticed[by] for by in (*WATCHERS, None))))
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            str(cell).rjust(width) if column else str(cell).ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def register_of(book: RuleBook) -> str:
    """The register as it should be written down: a line a rule."""
    lines = [
        "# What each rule concludes, a second time; tests/mutation.py says what for.",
        "# `python -m tests.mutation --register` prints it anew. Read it before you keep it.",
    ]
    for name in sorted(book.rules):
        lines.append(f"{name}: {_in_flow_style(conclusion_of(book.rules[name]))}")
    return "\n".join(lines)


def _in_flow_style(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return "{" + ", ".join(f"{key}: {_in_flow_style(v)}" for key, v in value.items()) + "}"


@click.command()
@click.option("--register", is_flag=True, help="Print the register as it should be instead.")
def main(register: bool) -> None:
    """Print the score of the shipped book, and what nobody noticed."""
    book = load_rule_book()
    if register:
        click.echo(register_of(book))
        return
    scored = score(Watch(book, people(book), read_register()))
    click.echo(table(scored))
    for mutant, by in scored.items():
        if by is None:
            click.echo(f"nobody: {mutant}")


if __name__ == "__main__":
    main()
