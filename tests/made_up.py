"""Small rule books that nobody wrote: random questions, conditions and rules of every stratum.

They are built from frozen values, without files, so that readers are compared on what no author
would think of: parts that repeat or contradict each other, questions that can never apply, findings
that rest on findings, several rules for one finding.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.strategies import one_of
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
    Present,
    UnsureOf,
)
from triage.book.documents import Place
from triage.book.entries import (
    Advice,
    Cause,
    Disposition,
    Exercise,
    FollowUp,
    Modification,
    Pattern,
    Referral,
)
from triage.book.items import NONE, NOT_SURE, Item, NumberRange, Section
from triage.book.levels import LIKELIHOODS, STRATA, URGENCY, WORDED
from triage.book.rulebook import RuleBook
from triage.book.rules import EVERY_EXERCISE, Conclusion, Review, Rule, whole_condition

Draw = Callable


class MadeUpBook(RuleBook):
    """A rule book that a failing test prints in few lines."""

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        lines = [
            f"{item.id}: {[*item.options]} ask_if {item.ask_if}" for item in self.items.values()
        ]
        lines += [f"{r.name}: {r.when} unless {r.unless} {r.then}" for r in self.rules.values()]
        lines += [f"{p.id}: {p.level}" for p in self.patterns.values()]
        printer.text("\n".join(["", *lines, f"plan_only_if {self.plan_only_if}"]))


MOST_RULES = {
    "features": 3,
    "red_flags": 1,
    "patterns": 3,
    "causes": 2,
    "contraindications": 4,
    "recommendations": 4,
}
PLACE = Place("made_up.yaml", 1)
QUESTIONS = ("self", "q1", "class", "q3", "none", "q5")
"""Words that a program might stumble over among them."""
EXERCISES = ("bend", "lift")
RESTRICTED = [("bend",), ("lift",), ("bend", "lift"), (EVERY_EXERCISE,), ("bend", EVERY_EXERCISE)]
ADVICE = {"rest": False, "go_on": True}
REFERRALS = {"friend": "self_care", "shop": "within_days", "guard": "emergency"}


@st.composite
def books(draw: Draw) -> RuleBook:
    """A rule book of a few questions and rules."""
    items: dict[str, Item] = {}
    for name in QUESTIONS[: draw(st.integers(2, 6))]:
        gate = _condition(draw, items, (), depth=1) if items and draw(st.booleans()) else None
        items[name] = _item(draw, name, gate)
    rules: dict[str, Rule] = {}
    for stratum in STRATA:
        earlier = [rule.finding for rule in rules.values() if rule.stratum != stratum]
        for index in range(draw(st.integers(0, MOST_RULES[stratum]))):
            rule = _rule(draw, items, earlier, stratum, index)
            rules[rule.name] = rule
    levels = {f"patterns_{n}": one_of(draw, URGENCY[::-1]) for n in range(2)}
    return _book(items, rules, levels, _condition(draw, items, (), depth=0))


def _condition(
    draw: Draw, items: Mapping[str, Item], findings: Sequence[str], depth: int
) -> Condition:
    words = ["item", "finding"] if findings else ["item"]
    word = one_of(draw, [*words, "all_of", "any_of", "count_of"] if depth else words)
    if word == "item":
        return _leaf(draw, items[one_of(draw, list(items))])
    if word == "finding":
        return Present(one_of(draw, findings))
    size = draw(st.integers(2, 4))
    parts = tuple(_condition(draw, items, findings, depth - 1) for _ in range(size))
    if word == "count_of":
        return CountOf(draw(st.integers(1, size)), parts)
    return AllOf(parts) if word == "all_of" else AnyOf(parts)


def _leaf(draw: Draw, item: Item) -> Condition:
    if item.kind == "number":
        bound = one_of(draw, [AtLeast, AtMost])
        return bound(item.id, float(draw(st.integers(0, 4))))
    if item.kind == "one":
        return OneOf(item.id, tuple(_some(draw, list(item.options), least=1)))
    options = [option for option in item.options if option != NOT_SURE]
    if NOT_SURE in item.options and draw(st.booleans()):
        signs = [option for option in options if option != NONE]
        return UnsureOf(item.id, tuple(_some(draw, signs, least=1)))
    return Includes(item.id, tuple(_some(draw, options, least=1)))


def _some(draw: Draw, names: Sequence[str], least: int) -> list[str]:
    """A few names, each once."""
    return draw(_few(tuple(names), least))


@cache
def _few(names: tuple[str, ...], least: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=2, unique=True)


def _item(draw: Draw, name: str, ask_if: Condition | None) -> Item:
    kind = one_of(draw, ["one", "many", "number"])
    options = [] if kind == "number" else ["red", "green", "blue"]
    if kind == "many" and draw(st.booleans()):
        options.append(NONE)
    if draw(st.booleans()):
        options.append(NOT_SURE)
    return Item(
        id=name,
        section="all",
        ask=name,
        why="So.",
        help="",
        kind=kind,
        options={option: option for option in options},
        number=NumberRange(0.0, 4.0, "m", 1.0, {}) if kind == "number" else None,
        ask_if=ask_if,
        place=PLACE,
    )


def _rule(
    draw: Draw, items: Mapping[str, Item], earlier: Sequence[str], stratum: str, index: int
) -> Rule:
    finding = f"{stratum}_{index}"
    name = f"{stratum}/{finding}"
    if stratum in ("patterns", "causes"):
        finding = f"{stratum}_{draw(st.integers(0, 1))}"
        name = f"{stratum}/{finding}/{index}"
    when = _condition(draw, items, earlier, depth=3)
    may_wait = earlier and stratum != "red_flags"
    unless = tuple(_some(draw, earlier, least=0)) if may_wait else ()
    return Rule(
        name=name,
        stratum=stratum,
        finding=finding,
        title=name,
        when=when,
        unless=unless,
        condition=whole_condition(when, tuple(Absent(other) for other in unless)),
        then=_conclusion(draw, stratum),
        why="So.",
        caveats=("It may be otherwise.",),
        references=(),
        evidence="pragmatic",
        review=Review("draft", "nobody yet", "2026-11-22"),
        covers=(),
        fires=(),
        silent=(),
        place=PLACE,
    )


def _conclusion(draw: Draw, stratum: str) -> Conclusion:
    match stratum:
        case "features":
            return Conclusion()
        case "red_flags":
            return Conclusion(disposition=one_of(draw, URGENCY[:-1]))
        case "patterns" | "causes":
            return Conclusion(likelihood=one_of(draw, LIKELIHOODS))
        case "contraindications":
            said = {}
            for target in one_of(draw, RESTRICTED):
                words = [("ask_first", None), ("avoid", None)]
                words += [] if target == EVERY_EXERCISE else [("modify", "slowly")] * 2
                said[target] = one_of(draw, words)
            return Conclusion(restrictions=said)
    match one_of(draw, ["exercise", "exercise", "advice", "referral"]):
        case "exercise":
            return Conclusion(exercise=one_of(draw, EXERCISES))
        case "advice":
            return Conclusion(advice=one_of(draw, sorted(ADVICE)))
        case _:
            referral = one_of(draw, sorted(REFERRALS))
            return Conclusion(referral=referral, within_days=draw(st.integers(0, 30)))


def _book(
    items: Mapping[str, Item],
    rules: Mapping[str, Rule],
    levels: Mapping[str, str],
    plan_only_if: Condition,
) -> RuleBook:
    return MadeUpBook(
        title="Made up",
        version="0",
        digest="",
        opening=(),
        sections=(Section("all", "All", tuple(items), None),),
        items=items,
        rules=rules,
        plan_only_if=plan_only_if,
        dispositions={
            level: Disposition(level, level, "soon", days, "you", ("Wait.",), "friend")
            for days, level in enumerate(WORDED)
        },
        patterns={p: Pattern(p, p, level, "", "", "", ()) for p, level in levels.items()},
        causes={c: Cause(c, c, "", "", ()) for c in ("causes_0", "causes_1")},
        exercises={name: _exercise(name) for name in EXERCISES},
        advice={
            name: Advice(name, name, ("So.",), part_of_plan, "expert", ())
            for name, part_of_plan in ADVICE.items()
        },
        referrals={name: Referral(name, name, "", up_to) for name, up_to in REFERRALS.items()},
        references={},
        grades={},
        likelihoods={},
        follow_up=FollowUp((), (), (), ()),
    )


def _exercise(name: str) -> Exercise:
    return Exercise(
        id=name,
        title=name,
        purpose="",
        order=1,
        equipment=(),
        steps=(),
        dose="",
        feel="",
        stop_if=(),
        easier="",
        harder="",
        proof="",
        evidence="expert",
        references=(),
        modifications={"slowly": Modification("slowly", "Slowly", ("Go slowly.",))},
    )
