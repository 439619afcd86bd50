"""Small rule books that nobody wrote: random questions, conditions and rules of every stratum.

They are built from frozen values, without files, so that readers are compared on what no author
would think of: parts that repeat or contradict each other, questions that can never apply, findings
that rest on findings, several rules for one finding.
"""

from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st

from triage.conditions import (
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
)
from triage.rulebook import (
    EVERY_EXERCISE,
    INCOMPLETE,
    NONE,
    NOT_SURE,
    STRATA,
    URGENCY,
    Advice,
    Cause,
    Conclusion,
    Disposition,
    Exercise,
    FollowUp,
    Item,
    Modification,
    NumberRange,
    Pattern,
    Place,
    Referral,
    Review,
    Rule,
    RuleBook,
    Section,
    whole_condition,
)

Draw = Callable

MOST_RULES = {
    "features": 3,
    "red_flags": 2,
    "patterns": 3,
    "causes": 2,
    "contraindications": 4,
    "recommendations": 4,
}
PLACE = Place("made_up.yaml", 1)
EXERCISES = ("bend", "lift")
ADVICE = {"rest": False, "go_on": True}
REFERRALS = {"friend": "self_care", "shop": "within_days", "guard": "emergency"}


@st.composite
def books(draw: Draw) -> RuleBook:
    """A rule book of a few questions and rules."""
    items: dict[str, Item] = {}
    for index in range(draw(st.integers(2, 6))):
        gate = None
        if items and draw(st.booleans()):
            gate = draw(conditions(items, (), depth=1))
        items[f"q{index}"] = draw(_items(f"q{index}", gate))
    rules: dict[str, Rule] = {}
    for stratum in STRATA:
        earlier = [rule.finding for rule in rules.values() if rule.stratum != stratum]
        for index in range(draw(st.integers(0, MOST_RULES[stratum]))):
            rule = draw(_rules(items, earlier, stratum, index))
            rules[rule.name] = rule
    levels = {f"patterns_{n}": draw(st.sampled_from(URGENCY[::-1])) for n in range(2)}
    return _book(items, rules, levels, draw(conditions(items, (), depth=0)))


@st.composite
def conditions(
    draw: Draw, items: Mapping[str, Item], findings: Sequence[str], depth: int
) -> Condition:
    """A condition on some items and findings."""
    words = ["item", "finding"] if findings else ["item"]
    word = draw(st.sampled_from([*words, "all_of", "any_of", "count_of"] if depth else words))
    if word == "item":
        return draw(_leaves(draw(st.sampled_from(list(items.values())))))
    if word == "finding":
        return Present(draw(st.sampled_from(findings)))
    part = conditions(items, findings, depth - 1)
    parts = tuple(draw(st.lists(part, min_size=2, max_size=4)))
    if word == "count_of":
        return CountOf(draw(st.integers(1, len(parts))), parts)
    return AllOf(parts) if word == "all_of" else AnyOf(parts)


def _leaves(item: Item) -> st.SearchStrategy[Condition]:
    if item.kind == "number":
        bound = st.sampled_from([AtLeast, AtMost])
        return st.builds(lambda made, n: made(item.id, float(n)), bound, st.integers(0, 4))
    barred = (NOT_SURE,) if item.kind == "many" else ()
    options = [option for option in item.options if option not in barred]
    made = OneOf if item.kind == "one" else Includes
    named = st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True)
    return named.map(lambda some: made(item.id, tuple(some)))


@st.composite
def _items(draw: Draw, name: str, ask_if: Condition | None) -> Item:
    kind = draw(st.sampled_from(["one", "many", "number"]))
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


@st.composite
def _rules(
    draw: Draw, items: Mapping[str, Item], earlier: Sequence[str], stratum: str, index: int
) -> Rule:
    finding = f"{stratum}_{index}"
    name = f"{stratum}/{finding}"
    if stratum in ("patterns", "causes"):
        finding = f"{stratum}_{draw(st.integers(0, 1))}"
        name = f"{stratum}/{finding}/{index}"
    when = draw(conditions(items, earlier, depth=3))
    unless: tuple[str, ...] = ()
    if earlier and stratum != "red_flags":
        unless = tuple(draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)))
    return Rule(
        name=name,
        stratum=stratum,
        finding=finding,
        title=name,
        when=when,
        unless=unless,
        condition=whole_condition(when, tuple(Absent(other) for other in unless)),
        then=draw(_conclusions(stratum)),
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


def _conclusions(stratum: str) -> st.SearchStrategy[Conclusion]:
    match stratum:
        case "features":
            return st.just(Conclusion())
        case "red_flags":
            levels = st.sampled_from(URGENCY[:-1])
            return levels.map(lambda level: Conclusion(disposition=level))
        case "patterns" | "causes":
            fits = st.sampled_from(["likely", "possible"])
            return fits.map(lambda fit: Conclusion(likelihood=fit))
        case "contraindications":
            modify = ("modify", "slowly")
            words = st.sampled_from([modify, ("ask_first", None), ("avoid", None)])
            some = st.dictionaries(st.sampled_from([*EXERCISES, EVERY_EXERCISE]), words, min_size=1)
            return some.filter(lambda said: said.get(EVERY_EXERCISE) != modify).map(
                lambda said: Conclusion(restrictions=said)
            )
    exercise = st.sampled_from(EXERCISES).map(lambda name: Conclusion(exercise=name))
    return st.one_of(
        exercise,
        exercise,
        st.sampled_from(sorted(ADVICE)).map(lambda name: Conclusion(advice=name)),
        st.builds(
            lambda name, days: Conclusion(referral=name, within_days=days),
            st.sampled_from(sorted(REFERRALS)),
            st.integers(0, 30),
        ),
    )


def _book(
    items: Mapping[str, Item],
    rules: Mapping[str, Rule],
    levels: Mapping[str, str],
    plan_only_if: Condition,
) -> RuleBook:
    return RuleBook(
        title="Made up",
        version="0",
        digest="",
        sections=(Section("all", "All", tuple(items), None),),
        items=items,
        rules=rules,
        plan_only_if=plan_only_if,
        dispositions={
            level: Disposition(level, level, "soon", days, "you", ("Wait.",), "friend")
            for days, level in enumerate((*URGENCY, INCOMPLETE))
        },
        patterns={p: Pattern(p, p, level, "", "", ()) for p, level in levels.items()},
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
