"""Checks of a whole rule book, beyond what the loader needs to read it.

Each check is one small function from the book to problems; `CHECKS` lists them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from triage.answers import reading
from triage.answers.responses import Responses
from triage.authoring import lint_pictures, reading_grade, traceability
from triage.authoring.prose import leaf_in_words
from triage.authoring.reach import Search
from triage.book.conditions import (
    COMBINATIONS,
    AtLeast,
    AtMost,
    Condition,
    Includes,
    OneOf,
    Present,
    Truth,
    UnsureOf,
    findings_of,
    items_of,
    judge,
    leaves,
)
from triage.book.documents import Place
from triage.book.older_reader import older_books
from triage.book.rulebook import RuleBook
from triage.book.rules import Example, Rule
from triage.engines.fold import Fold
from triage.languages import checks as languages
from triage.problems import BadInput, Problem, plain

PINNED = Present("")
"""Stands for a leaf whose truth is held fixed; no finding is called so."""


def lint(book: RuleBook) -> tuple[Problem, ...]:
    """Every problem that the checks find, in the order of files and lines."""
    problems = [problem for check in CHECKS for problem in check(book)]
    return tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.message)))


def older_questionnaires(book: RuleBook) -> Iterator[Problem]:
    """An older questionnaire cannot be read, or some answer to it became nothing."""
    try:
        older_books(book)
    except BadInput as error:
        yield from error.problems


def _problem(place: Place, message: str) -> Problem:
    return Problem(place.file, place.line, message)


@dataclass(frozen=True, slots=True)
class _Worked:
    """An example with its answers read."""

    example: Example
    fold: Fold
    expected: bool


def _worked(book: RuleBook, rule: Rule) -> tuple[list[_Worked], list[Problem]]:
    worked: list[_Worked] = []
    problems: list[Problem] = []
    for expected, examples in ((True, rule.fires), (False, rule.silent)):
        for example in examples:
            place = example.place

            def locate(_: str, message: str, place: Place = place) -> Problem:
                return _problem(place, f"in the example, {message}")

            try:
                answers: Responses = reading.read(book.items, example.answers, locate)
            except BadInput as error:
                problems.extend(error.problems)
            else:
                fold = Fold(book, answers, example.findings)
                worked.append(_Worked(example, fold, expected))
    return worked, problems


def wrong_examples(book: RuleBook) -> Iterator[Problem]:
    """An example that should fire is not yes, or one that should be silent is not decided no."""
    for rule in book.rules.values():
        worked, problems = _worked(book, rule)
        yield from problems
        for one in worked:
            verdict = one.fold.judge(rule.condition)
            if verdict is not one.expected:
                expected = "fires" if one.expected else "is silent"
                read = {True: "yes", False: "no", None: "unknown"}[verdict]
                message = f"this example {expected}, but the rule is {read} on it"
                yield _problem(one.example.place, message + _left_open(one.fold, rule, verdict))


def _left_open(fold: Fold, rule: Rule, verdict: Truth) -> str:
    """What an example leaves unknown."""
    if verdict is not None:
        return ""
    names = [
        next(iter([*items_of(leaf), *findings_of(leaf)]))
        for leaf in leaves(rule.condition)
        if fold.truth(leaf) is None
    ]
    return f"; unknown: {', '.join(dict.fromkeys(names))}"


def undefended_premises(book: RuleBook) -> Iterator[Problem]:
    """A premise could always be yes, or always be no, and no example would notice."""
    for rule in book.rules.values():
        worked, _ = _worked(book, rule)
        for index, leaf in enumerate(leaves(rule.condition)):
            condition = _pinned(rule.condition, index)
            for pinned in (True, False):
                if all(
                    _judge_pinned(condition, one.fold, pinned) is one.expected for one in worked
                ):
                    always = "yes" if pinned else "no"
                    premise = leaf_in_words(book, leaf)
                    message = f"no example would notice if this were always {always}: {premise}"
                    yield _problem(rule.place, message)


def untried_options(book: RuleBook) -> Iterator[Problem]:
    """An option of a `one_of` could be left out, and no example would notice."""
    for rule in book.rules.values():
        worked, _ = _worked(book, rule)
        for index, leaf in enumerate(leaves(rule.condition)):
            if not isinstance(leaf, OneOf | Includes | UnsureOf) or len(leaf.options) == 1:
                continue
            condition = _pinned(rule.condition, index)
            for option in leaf.options:
                less = replace(leaf, options=tuple(o for o in leaf.options if o != option))
                if all(
                    _judge_pinned(condition, one.fold, one.fold.truth(less)) is one.expected
                    for one in worked
                ):
                    message = f"no example would notice if {leaf.item} left out {option}"
                    yield _problem(rule.place, message)


def _pinned(condition: Condition, index: int) -> Condition:
    """The condition with `PINNED` for one of its leaves, counted from the left."""
    number = itertools.count()

    def rebuilt(part: Condition) -> Condition:
        if isinstance(part, COMBINATIONS):
            return replace(part, parts=tuple(map(rebuilt, part.parts)))
        return PINNED if next(number) == index else part

    return rebuilt(condition)


def _judge_pinned(condition: Condition, fold: Fold, pinned: Truth) -> Truth:
    """The truth of a condition from `_pinned`, with that leaf held fixed."""
    return judge(condition, lambda leaf: pinned if leaf is PINNED else fold.truth(leaf))


def untested_thresholds(book: RuleBook) -> Iterator[Problem]:
    """A number in a rule has no example at it, or none one step on the other side."""
    for rule in book.rules.values():
        worked, _ = _worked(book, rule)
        for leaf in dict.fromkeys(leaves(rule.condition)):
            if not isinstance(leaf, AtLeast | AtMost):
                continue
            allowed = book.items[leaf.item].number
            assert allowed is not None
            beside = leaf.number + (-1 if isinstance(leaf, AtLeast) else 1) * allowed.step
            given = {one.fold.responses.answers.get(leaf.item) for one in worked}
            for number in (leaf.number, round(beside, 4)):
                if allowed.low <= number <= allowed.high and number not in given:
                    yield _problem(rule.place, f"no example with {leaf.item}: {plain(number)}")


def unreachable_rules(book: RuleBook) -> Iterator[Problem]:
    """No set of answers makes a rule yes, or none makes it no."""
    search = Search(book)
    for rule in book.rules.values():
        if not search.can_be(rule.condition, True):
            yield _problem(rule.place, "unreachable: no answers can make this rule fire")
        if not search.can_be(rule.condition, False):
            yield _problem(rule.place, "no answers can rule this out")


def unused_items(book: RuleBook) -> Iterator[Problem]:
    """A question that no rule and no `ask_if` uses."""
    conditions = [rule.condition for rule in book.rules.values()]
    conditions += [item.ask_if for item in book.items.values() if item.ask_if]
    conditions.append(book.plan_only_if)
    used = {item for condition in conditions for item in items_of(condition)}
    for item in book.items.values():
        if item.id not in used:
            yield _problem(item.place, f"no rule uses the question '{item.id}'")


def unused_entries(book: RuleBook) -> Iterator[Problem]:
    """A feature, or an entry of a catalogue, that no rule names."""
    rules = book.rules.values()
    named = {finding for rule in rules for finding in findings_of(rule.condition)}
    for finding in book.findings.values():
        if finding.stratum == "features" and finding.id not in named:
            yield _problem(finding.rules[0].place, f"no rule uses the feature '{finding.id}'")
    for catalogue in ("patterns", "causes"):
        for entry in getattr(book, catalogue):
            if entry not in book.findings:
                yield Problem(f"{catalogue}.yaml", None, f"no rule concludes '{entry}'")
    sent_to = {wording.referral for wording in book.dispositions.values()}
    wanted = {
        "advice.yaml": (book.advice, {rule.then.advice for rule in rules}),
        "referrals.yaml": (book.referrals, {rule.then.referral for rule in rules} | sent_to),
        "exercises": (book.exercises, {rule.then.exercise for rule in rules}),
    }
    for file, (entries, used) in wanted.items():
        for entry in entries:
            if entry not in used:
                yield Problem(file, None, f"no rule recommends '{entry}'")
    changed = {
        (exercise, modification)
        for rule in rules
        for exercise, (_, modification) in rule.then.restrictions.items()
    }
    for exercise in book.exercises.values():
        for modification in exercise.modifications:
            if (exercise.id, modification) not in changed:
                message = f"no rule asks for the changed version '{modification}'"
                yield Problem(f"exercises/{exercise.id}.yaml", None, message)


CHECKS: tuple[Callable[[RuleBook], Iterator[Problem]], ...] = (
    wrong_examples,
    undefended_premises,
    untried_options,
    untested_thresholds,
    unreachable_rules,
    unused_items,
    unused_entries,
    traceability.unencoded_rows,
    traceability.levels_unlike_evidence,
    traceability.weaker_than_evidence,
    traceability.red_flags_without_hazard,
    reading_grade.problems,
    lint_pictures.problems,
    languages.problems,
    older_questionnaires,
)
"""Every check, in the order in which they run."""
