"""Rules in plain English: the rule book as a clinician reads it.

Not here: a person's own answers (`explanation`), reports (`report`).
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.conditions import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    Leaf,
    OneOf,
    Present,
)
from triage.responses import plain
from triage.rulebook import NumberRange, Rule, RuleBook
from triage.wording import options_in_words

INDENT = "  "


def leaf_in_words(book: RuleBook, leaf: Leaf) -> str:
    """A leaf as a clause."""
    match leaf:
        case Present(finding):
            return f"{book.findings[finding].title} ({finding}) is present"
        case Absent(finding):
            return f"{book.findings[finding].title} ({finding}) is ruled out"
        case OneOf(name, options) | Includes(name, options):
            item = book.items[name]
            verb = "is" if item.kind == "one" else "includes"
            return f"{item.ask} ({name}) {verb} {options_in_words(item, options)}"
        case AtLeast(name, number) | AtMost(name, number):
            item = book.items[name]
            assert item.number is not None
            bound = "at least" if isinstance(leaf, AtLeast) else "at most"
            return f"{item.ask} ({name}) is {bound} {_amount(item.number, number)}"


def _amount(allowed: NumberRange, number: float) -> str:
    return f"{plain(number)} {allowed.unit_in_words(allowed.unit)}"


def heading_in_words(condition: AllOf | AnyOf | CountOf) -> str:
    """What a combination asks of its parts."""
    match condition:
        case AllOf():
            return "all of these:"
        case AnyOf():
            return "any of these:"
        case CountOf(at_least, _):
            return f"at least {at_least} of these:"


def condition_in_words(book: RuleBook, condition: Condition) -> Iterator[str]:
    """A condition as an indented list, a line each."""
    if not isinstance(condition, AllOf | AnyOf | CountOf):
        yield f"- {leaf_in_words(book, condition)}"
        return
    yield f"- {heading_in_words(condition)}"
    for part in condition.parts:
        for line in condition_in_words(book, part):
            yield INDENT + line


def conclusion_in_words(book: RuleBook, rule: Rule) -> str:
    """What a rule concludes, as a sentence."""
    then = rule.then
    if then.disposition:
        wording = book.dispositions[then.disposition]
        return f"Red flag: {wording.title} ({wording.time_frame})."
    if then.likelihood:
        kind = "Pattern" if rule.stratum == "patterns" else "May be adding to it"
        fit = book.likelihoods[then.likelihood].title.lower()
        return f"{kind}: {book.findings[rule.finding].title}; {fit}."
    if then.restrictions:
        said = [_restriction(book, name, *what) for name, what in then.restrictions.items()]
        return f"Exercises: {'; '.join(said)}."
    if then.exercise:
        return f"Recommends the exercise: {book.exercises[then.exercise].title}."
    if then.advice:
        return f"Recommends the advice: {book.advice[then.advice].title}."
    if then.referral:
        return (
            f"Recommends to see: {book.referrals[then.referral].title}, "
            f"within {then.within_days} days."
        )
    return "An observation for other rules."


def _restriction(book: RuleBook, exercise: str, word: str, modification: str | None) -> str:
    known = book.exercises.get(exercise)
    title = known.title if known else "every exercise"
    if known and modification:
        return f"{title}: change, {known.modifications[modification].title.lower()}"
    return f"{title}: {word.replace('_', ' ')}"


def rule_in_words(book: RuleBook, rule: Rule) -> Iterator[str]:
    """A whole rule, a line each: when, then, why, caveats, sources, evidence, review."""
    yield rule.title
    yield f"{INDENT}{rule.name} ({rule.place.file})"
    yield ""
    yield "Then"
    yield f"{INDENT}{conclusion_in_words(book, rule)}"
    yield "When"
    for line in condition_in_words(book, rule.when):
        yield INDENT + line
    if rule.unless:
        yield "Only where each of these is ruled out"
        for finding in rule.unless:
            yield f"{INDENT}- {book.findings[finding].title} ({finding})"
    yield "Why"
    yield f"{INDENT}{rule.why}"
    yield "When it may mislead"
    for caveat in rule.caveats:
        yield f"{INDENT}- {caveat}"
    grade = book.grades[rule.evidence]
    yield "How good the evidence is"
    yield f"{INDENT}{grade.title}: {grade.means}"
    yield "Sources"
    for key in rule.references:
        yield f"{INDENT}- {reference_in_words(book, key)}"
    if not rule.references:
        yield f"{INDENT}- none; this rule rests on reasoning"
    review = rule.review
    yield f"Review: {review.status}, by {review.by}, {review.on}"


def reference_in_words(book: RuleBook, key: str) -> str:
    """A source on one line: citation, year, link and key."""
    reference = book.references[key]
    year = f" ({reference.year})" if reference.year else ""
    link = f" {reference.link}" if reference.link else ""
    return f"{reference.citation}{year}{link} [{key}]"
