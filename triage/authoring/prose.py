"""Rules in plain words: the rule book as a clinician reads it, in the language of the book.

Every sentence is a whole pattern of `reports/templates/terminal.jinja`, with names and texts of the
book filled in.

Not here: what a person's own answers make of them (`explanations`), reports (`report`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.answers.wording import amount_in_words
from triage.book.conditions import (
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
    UnsureOf,
)
from triage.book.items import Item
from triage.book.rulebook import RuleBook
from triage.book.rules import Review, Rule
from triage.languages.words import Words, words_of

INDENT = "  "
NOBODY_YET = "nobody yet"
"""What a rule names in the place of who has signed it."""


def leaf_in_words(book: RuleBook, leaf: Leaf) -> str:
    """A leaf as a clause."""
    said = words_of(book)
    match leaf:
        case Present(finding):
            return said.say("is_present", finding=book.findings[finding].title, id=finding)
        case Absent(finding):
            return said.say("is_ruled_out", finding=book.findings[finding].title, id=finding)
        case OneOf(name, options) | Includes(name, options):
            item = book.items[name]
            sentence = "is_one_of" if item.kind == "one" else "includes"
            any_of = options_in_words(book, item, options)
            return said.say(sentence, question=item.ask, id=name, options=any_of)
        case UnsureOf(name, options):
            item = book.items[name]
            any_of = options_in_words(book, item, options)
            return said.say("is_unsure_of", question=item.ask, id=name, options=any_of)
        case AtLeast(name, number) | AtMost(name, number):
            item = book.items[name]
            assert item.number is not None
            amount = amount_in_words(item.number, number, item.number.unit, book.language)
            sentence = "is_at_least" if isinstance(leaf, AtLeast) else "is_at_most"
            return said.say(sentence, question=item.ask, id=name, number=amount)


def options_in_words(book: RuleBook, item: Item, options: Iterable[str]) -> str:
    """Some options of an item, each in quotation marks, joined by "or"."""
    said = words_of(book)
    return said.any_of(said.say("quoted", text=item.options[option]) for option in options)


def heading_in_words(book: RuleBook, condition: AllOf | AnyOf | CountOf) -> str:
    """What a combination asks of its parts."""
    said = words_of(book)
    match condition:
        case AllOf():
            return said["all_of"]
        case AnyOf():
            return said["any_of"]
        case CountOf(at_least, _):
            return said.say("count_of", count=at_least)


def condition_in_words(book: RuleBook, condition: Condition) -> Iterator[str]:
    """A condition as an indented list, a line each."""
    if not isinstance(condition, AllOf | AnyOf | CountOf):
        yield f"- {leaf_in_words(book, condition)}"
        return
    yield f"- {heading_in_words(book, condition)}"
    for part in condition.parts:
        for line in condition_in_words(book, part):
            yield INDENT + line


def conclusion_in_words(book: RuleBook, rule: Rule) -> str:
    """What a rule concludes, as a sentence."""
    said, then = words_of(book), rule.then
    if then.disposition:
        wording = book.dispositions[then.disposition]
        return said.say("then_level", level=wording.title, when=wording.time_frame)
    if then.likelihood:
        fit = book.likelihoods[then.likelihood].title.lower()
        title = book.findings[rule.finding].title
        if rule.stratum == "patterns":
            return said.say("then_pattern", pattern=title, fit=fit)
        return said.say("then_cause", cause=title, fit=fit)
    if then.restrictions:
        restrictions = [_restriction(book, name, *what) for name, what in then.restrictions.items()]
        return said.say("then_restrictions", restrictions="; ".join(restrictions))
    if then.exercise:
        return said.say("then_exercise", title=book.exercises[then.exercise].title)
    if then.advice:
        return said.say("then_advice", title=book.advice[then.advice].title)
    if then.referral:
        who = book.referrals[then.referral].title
        return said.say("then_referral", who=who, days=then.within_days)
    return said["then_nothing"]


def _restriction(book: RuleBook, exercise: str, word: str, modification: str | None) -> str:
    said, known = words_of(book), book.exercises.get(exercise)
    title = known.title if known else said["every_exercise"]
    if known and modification:
        version = known.modifications[modification].title.lower()
        return said.say("changes", exercise=title, version=version)
    return said.say("restriction", exercise=title, limit=said.choice("limit_of", word))


def rule_in_words(book: RuleBook, rule: Rule) -> Iterator[str]:
    """A whole rule, a line each: when, then, why, caveats, sources, evidence, review."""
    said = words_of(book)
    headings = said.choices("headings")
    yield rule.title
    yield f"{INDENT}{rule.name} ({rule.place.file})"
    yield ""
    yield headings["then"]
    yield f"{INDENT}{conclusion_in_words(book, rule)}"
    yield headings["when"]
    for line in condition_in_words(book, rule.when):
        yield INDENT + line
    if rule.unless:
        yield headings["unless"]
        for finding in rule.unless:
            yield f"{INDENT}- {book.findings[finding].title} ({finding})"
    yield headings["why"]
    yield f"{INDENT}{rule.why}"
    yield headings["caveats"]
    for caveat in rule.caveats:
        yield f"{INDENT}- {caveat}"
    grade = book.grades[rule.evidence]
    yield headings["evidence"]
    yield f"{INDENT}{grade.title}: {grade.means}"
    yield headings["sources"]
    for key in rule.references:
        yield f"{INDENT}- {reference_in_words(book, key)}"
    if not rule.references:
        yield f"{INDENT}- {said['no_source']}"
    yield _review(said, rule.review)


def _review(said: Words, review: Review) -> str:
    by = said["nobody_yet"] if review.by == NOBODY_YET else review.by
    status = said.choice("status_of", review.status)
    return said.say("review", status=status, by=by, day=review.on)


def reference_in_words(book: RuleBook, key: str) -> str:
    """A source on one line: citation, year, link and key."""
    reference = book.references[key]
    year = f" ({reference.year})" if reference.year else ""
    link = f" {reference.link}" if reference.link else ""
    return f"{reference.citation}{year}{link} [{key}]"
