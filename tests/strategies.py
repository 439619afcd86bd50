"""Hypothesis strategies drawn from a rule book's own questionnaire.

A set of answers is a plain mapping of item to answer, in the order of asking, and always one that a
form may hold: nothing is answered that does not apply.  Most of a wholly random form would be noise
to most rules, so that answers are also drawn close to somebody who answers all and has little, to
what makes some rules fire, and to people whom a test brings along.

Everything shrinks towards few answers, and towards the options that stand first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests import specification
from triage.answers.answer import Answer, in_doubt
from triage.book.conditions import (
    Absent,
    AllOf,
    AnswerLeaf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    Present,
    UnsureOf,
    items_of,
    leaves,
)
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.book.rules import Rule

Answers = Mapping[str, Answer]
Draw = Callable


@cache
def _below(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, number - 1)


def one_of(draw: Draw, things: Sequence[Any]) -> Any:
    """Any of some things.  Unlike `sampled_from` it makes no strategy, which takes longer to make
    than to draw from."""
    return things[draw(_below(len(things)))]


def answers_of(book: RuleBook, item: Item) -> st.SearchStrategy[Answer]:
    """Any answer to one item; numbers often at or beside a number that some rule names."""
    if item.kind == "one":
        return st.sampled_from(list(item.options))
    if item.kind == "number":
        return _numbers(book, item)
    ticks = [option for option in item.options if option not in (NONE, NOT_SURE)]
    ticked = st.frozensets(st.sampled_from(ticks), min_size=1, max_size=min(4, len(ticks)))
    ways = [ticked]
    if NONE in item.options:
        ways.insert(0, st.just(frozenset({NONE})))
    if NOT_SURE in item.options:
        ways.append(st.just(frozenset({NOT_SURE})))
        ways.append(ticked.map(lambda some: some | {NOT_SURE}))
        ways.append(_by_itself(ticks))
    return st.one_of(ways)


def _by_itself(ticks: list[str]) -> st.SearchStrategy[Answer]:
    """Some options of which one is not sure by themselves, and perhaps some that are ticked."""
    doubts = st.frozensets(st.sampled_from(ticks), min_size=1, max_size=2)
    ticked = st.frozensets(st.sampled_from(ticks), max_size=2)
    return st.tuples(doubts, ticked).map(
        lambda both: frozenset(map(in_doubt, both[0])) | (both[1] - both[0])
    )


def _numbers(book: RuleBook, item: Item) -> st.SearchStrategy[Answer]:
    allowed = item.number
    assert allowed is not None
    steps = int((allowed.high - allowed.low) / allowed.step)
    anywhere = st.integers(0, steps).map(lambda n: round(allowed.low + n * allowed.step, 4))
    ways = [st.sampled_from(sorted(_beside(book, item))), anywhere]
    if NOT_SURE in item.options:
        ways.append(st.just(NOT_SURE))
    return st.one_of(ways)


def _beside(book: RuleBook, item: Item) -> Iterator[float]:
    """The ends of an item's range, and each number that a condition names, with its neighbours."""
    allowed = item.number
    assert allowed is not None
    yield from (allowed.low, allowed.high)
    for condition in conditions_of(book):
        for leaf in leaves(condition):
            if isinstance(leaf, AtLeast | AtMost) and leaf.item == item.id:
                for steps in (-1, 0, 1):
                    number = round(leaf.number + steps * allowed.step, 4)
                    if allowed.low <= number <= allowed.high:
                        yield number


def conditions_of(book: RuleBook) -> Iterator[Condition]:
    """Every condition that is written anywhere in a book."""
    yield book.plan_only_if
    yield from (rule.when for rule in book.rules.values())
    yield from (item.ask_if for item in book.items.values() if item.ask_if is not None)


@lru_cache(maxsize=4)
def _drawing(book: RuleBook) -> dict[str, st.SearchStrategy[Answer]]:
    return {item.id: answers_of(book, item) for item in book.items.values()}


@lru_cache(maxsize=4)
def _some_rules(book: RuleBook) -> st.SearchStrategy[list[Rule]]:
    return st.lists(st.sampled_from(list(book.rules.values())), min_size=1, max_size=3)


@lru_cache(maxsize=4)
def _some_items(book: RuleBook) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(book.items)), unique=True, max_size=5)


def _little(item: Item) -> Answer | None:
    """What somebody answers who has little: "none", or the first option; no number is little."""
    if item.kind == "number":
        return None
    first = NONE if NONE in item.options else next(iter(item.options))
    return first if item.kind == "one" else frozenset({first})


def _aimed_at(draw: Draw, book: RuleBook, condition: Condition, answers: dict[str, Answer]) -> None:
    """Adds answers that make a condition yes, unless its parts get in each other's way."""
    match condition:
        case AllOf(parts):
            wanted = list(parts)
        case AnyOf(parts):
            wanted = [one_of(draw, parts)]
        case CountOf(at_least, parts):
            wanted = draw(st.permutations(parts))[:at_least]
        case Present(finding):
            wanted = [one_of(draw, book.findings[finding].rules).when]
        case Absent():
            wanted = []
        case _:
            item = book.items[condition.item]
            wanted = [item.ask_if] if item.ask_if is not None else []
            answers[item.id] = _making_yes(draw, item, condition, answers.get(item.id))
    for part in wanted:
        _aimed_at(draw, book, part, answers)


def _making_yes(draw: Draw, item: Item, leaf: AnswerLeaf, given: Answer | None) -> Answer:
    match leaf:
        case OneOf(_, options):
            return one_of(draw, options)
        case Includes(_, options):
            others = given - {NONE, NOT_SURE} if isinstance(given, frozenset) else frozenset()
            option = one_of(draw, options)
            return frozenset({NONE}) if option == NONE else (others - {in_doubt(option)}) | {option}
        case UnsureOf(_, options):
            others = given - {NONE, NOT_SURE} if isinstance(given, frozenset) else frozenset()
            option = one_of(draw, options)
            return (others - {option}) | {in_doubt(option)}
        case AtLeast(_, number):
            return one_of(draw, [number, item.number.high])
        case AtMost(_, number):
            return one_of(draw, [number, item.number.low])


def answer_sets(book: RuleBook, people: Sequence[Answers] = ()) -> st.SearchStrategy[Answers]:
    """Answers that one form may hold together.

    Args:
        people: answers of whole people, to draw others close to.
    """
    return _drawn_by(lambda draw: _answers(draw, book, people))


def one_more(book: RuleBook, answers: Answers) -> st.SearchStrategy[tuple[str, Answer]]:
    """An item that applies, or may, and holds no answer yet, and one that contradicts none."""
    return _drawn_by(lambda draw: _one_more(draw, book, answers))


@st.composite
def _drawn_by(draw: Draw, drawing: Callable) -> Any:
    """What a function makes of draws.  No book is an argument: failures print arguments whole."""
    return drawing(draw)


def _answers(draw: Draw, book: RuleBook, people: Sequence[Answers]) -> Answers:
    manners = ["scattered", "little"]
    manners += ["aimed"] * 2 if book.rules else []
    manners += ["person"] * 2 if people else []
    manners += ["gap"] if _exercises_and_bars(book) is not None else []
    manner = one_of(draw, manners)
    if manner == "scattered":
        answered = one_of(draw, [0.2, 0.6, 0.95])
        return _in_order(draw, book, {}, lambda _: draw(st.floats(0, 1)) > 1 - answered)
    base: dict[str, Answer] = {}
    if manner == "person":
        base |= one_of(draw, people)
    else:
        base |= {i.id: _little(i) for i in book.items.values() if _little(i) is not None}
        aims = [book.plan_only_if]
        if manner == "aimed":
            aims += [rule.when for rule in draw(_some_rules(book))]
        if manner == "gap":
            recommended, barring = _exercises_and_bars(book)
            aims.append(one_of(draw, recommended))
            left_out = one_of(draw, barring)
        aimed: dict[str, Answer] = {}
        for aim in aims:
            _aimed_at(draw, book, aim, aimed)
        base |= aimed
    changed = [left_out] if manner == "gap" else draw(_some_items(book))
    for item in changed:
        base.pop(item, None)
        if draw(st.booleans()):
            base[item] = draw(_drawing(book)[item])
    return _in_order(draw, book, base, lambda item: manner != "person" and item not in changed)


@lru_cache(maxsize=4)
def _exercises_and_bars(book: RuleBook) -> tuple[list[Condition], list[str]] | None:
    """When exercises are recommended, and what is asked to see whether one is barred."""
    rules = book.rules.values()
    recommended = [rule.when for rule in rules if rule.then.exercise]
    barring = [item for rule in rules if rule.then.restrictions for item in items_of(rule.when)]
    return (recommended, list(dict.fromkeys(barring))) if recommended and barring else None


def _in_order(
    draw: Draw, book: RuleBook, base: Answers, also_answers: Callable[[str], bool]
) -> Answers:
    """The answers of `base` to items that apply, and drawn ones to the others that are wanted."""
    answers: dict[str, Answer] = {}
    for item in book.items:
        if specification.applies(book, answers, item) == specification.NO:
            continue
        if item in base:
            answers[item] = base[item]
        elif also_answers(item):
            answers[item] = draw(_drawing(book)[item])
    return answers


def _one_more(draw: Draw, book: RuleBook, answers: Answers) -> tuple[str, Answer]:
    open_items = [
        item
        for item in book.items
        if item not in answers and specification.applies(book, answers, item) != specification.NO
    ]
    assume(open_items)
    item = one_of(draw, open_items)
    answer = draw(_drawing(book)[item])
    assume(consistent(book, {**answers, item: answer}))
    return item, answer


def consistent(book: RuleBook, answers: Answers) -> bool:
    """Whether nothing is answered that does not apply."""
    return all(specification.applies(book, answers, item) != specification.NO for item in answers)
