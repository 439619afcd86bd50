"""The forward engine: working memory, what fires, and the two matchers."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.firing import fact, justifications, recording
from tests.made_up import books
from tests.small import BOOK, given
from tests.strategies import answer_sets
from triage.answers.reading import AnswersRefused
from triage.assessment.assess import assess, engine_for
from triage.book.conditions import AllOf, AnyOf, CountOf, Present
from triage.engines import _experta
from triage.engines.forward import Finding, ForwardEngine, Response, Verdict, chains
from triage.engines.matcher import CountingMatcher

GENERAL_MATCHER = _experta.KnowledgeEngine.__matcher__
"""experta's own."""
A, B, C, D = (Present(name) for name in "abcd")


def alternatives(condition, verdict) -> list[list[tuple]]:
    """The chains that make a condition yes, or no, as lists."""
    return [list(chain) for chain in chains(condition, verdict)]


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        (A, [[A]], [[A]]),
        (AllOf((A, B)), [[A, B]], [[A], [B]]),
        (AnyOf((A, B)), [[A], [B]], [[A, B]]),
        (CountOf(2, (A, B, C)), [[A, B], [A, C], [B, C]], [[A, B], [A, C], [B, C]]),
        (CountOf(3, (A, B, C, D)), None, [[A, B], [A, C], [A, D], [B, C], [B, D], [C, D]]),
        (AllOf((A, AllOf((B, C)))), [[A, B, C]], [[A], [B], [C]]),
        (AnyOf((A, AllOf((B, C)))), [[A], [B, C]], [[A, AllOf((B, C))]]),
        (AllOf((A, AnyOf((B, C)))), [[A, AnyOf((B, C))]], [[A], [B, C]]),
    ],
)
def test_a_condition_is_compiled_twice(condition, yes, no) -> None:
    """Into the alternatives that make it yes and those that make it no; alternatives within a
    longer chain stay one part, so that they add up and do not multiply."""
    for verdict, expected in ((True, yes), (False, no)):
        if expected is not None:
            assert [[(part, verdict) for part in chain] for chain in expected] == alternatives(
                condition, verdict
            )


def test_alternatives_add_up_and_do_not_multiply() -> None:
    """Twelve times "one of two" is one chain of twelve parts, and not 4096 chains."""
    condition = AllOf(tuple(AnyOf((Present(f"a{n}"), Present(f"b{n}"))) for n in range(12)))

    assert [12] == [len(chain) for chain in chains(condition, True)]
    assert 12 == len(chains(condition, False))


def test_memory_is_empty_at_first_and_after_a_reset() -> None:
    """Nothing is left of the person before."""
    engine, fired = recording(BOOK)
    nothing = dict.fromkeys(BOOK.rules)
    assert nothing == dict(engine.verdicts())

    engine.tell("sparks", "yes")
    assert engine.verdicts()["red_flags/smoke"] is True
    engine.reset()

    assert nothing == dict(engine.verdicts())
    assert [] == fired


def test_telling_all_forgets_what_was_told_before() -> None:
    """Two people after one another."""
    engine = ForwardEngine(BOOK)
    engine.tell("sparks", "yes")

    engine.tell_all(given({"milk": "no"}))

    assert engine.verdicts()["red_flags/smoke"] is None


def test_what_an_answer_makes_fire() -> None:
    """A rule by its answer, its finding by the rule, and then whatever rests on the finding."""
    engine, fired = recording(BOOK)
    engine.tell("hardness", 20.0)

    order = justifications(fired)

    hard, flag = "features/hard", "causes/hard_water/hard"
    answered = fact(Response, "of hardness", 20.0)
    ruled, found = fact(Verdict, hard, True), fact(Finding, "of hard", True)
    steps = [
        (frozenset({answered}), ruled),
        (frozenset({ruled}), found),
        (frozenset({found}), fact(Verdict, flag, True)),
    ]
    assert steps == [step for step in order if step in steps]
    rules = [conclusion[1] for _, conclusion in order if conclusion[0] is Verdict]
    assert rules.index(hard) < rules.index(flag) < rules.index("recommendations/softer_water")


def test_whatever_fired_has_its_verdict_and_the_other_way_about() -> None:
    """Every verdict has at least one justification, and every justification its verdict."""
    engine, fired = recording(BOOK)
    engine.tell_all(given({"puddle": ["none"], "troubles": ["slow"], "hardness": 20, "years": 1}))

    decided = {rule: verdict for rule, verdict in engine.verdicts().items() if verdict is not None}

    justified = [conclusion for _, conclusion in justifications(fired)]
    assert decided == {rule: verdict for kind, rule, verdict in justified if kind is Verdict}


def test_what_does_not_apply_is_known_to_working_memory() -> None:
    """A closed question is no evidence of anything, and yet rules out what rests on it."""
    engine = ForwardEngine(BOOK)
    engine.tell("puddle", frozenset({"none"}))

    assert engine.verdicts()["red_flags/wet_cable"] is False


def test_each_thread_keeps_one_engine_for_a_book() -> None:
    """Compiling is done once; another book has another engine."""
    engine = engine_for(BOOK)

    assert engine is engine_for(BOOK)
    assert engine.book is BOOK


def test_assessing_takes_answers_as_they_are_written() -> None:
    """Words, lists, numbers and numbers with a unit; they are checked on the way."""
    assessment = assess(BOOK, {"sparks": "no", "puddle": ["none"], "years": "240 months"})

    assert 20.0 == assessment.responses.answers["years"]
    with pytest.raises(AnswersRefused, match="answers: no item called 'spark'; did you mean"):
        assess(BOOK, {"spark": "no"})


class Anything(_experta.Fact):
    """A kind of fact."""


def engine_with(*patterns: object) -> type:
    """A program of one rule."""

    def fires(_: object) -> None:
        """Do nothing."""

    rule = _experta.Rule(*patterns)(fires)
    members = {"fires": rule, "__matcher__": CountingMatcher}
    return type("OneRule", (_experta.KnowledgeEngine,), members)


@pytest.mark.parametrize(
    "pattern",
    [Anything(a=1, b=2), Anything(), ~Anything(a=1)],
    ids=["two keys", "no key", "not"],
)
def test_the_counting_matcher_takes_patterns_of_one_key_only(pattern) -> None:
    """Anything else it refuses, rather than match it wrongly."""
    with pytest.raises(TypeError, match="expected patterns of one key each"):
        engine_with(pattern)()


def test_the_counting_matcher_takes_nothing_back() -> None:
    """What was asserted stays."""
    engine = engine_with(Anything(a=1))()
    engine.reset()
    fact = engine.declare(Anything(a=1))

    with pytest.raises(TypeError, match="asserted only"):
        engine.retract(fact)


@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@drawn(st.data())
def test_both_matchers_fire_the_same_rules(data) -> None:
    """On rule books that nobody wrote, experta's own matcher gives the same verdicts, and the same
    rules fire, in whatever order."""
    book = data.draw(books())
    (ours, we_fired), (theirs, they_fired) = recording(book), recording(book, GENERAL_MATCHER)
    for item, answer in data.draw(answer_sets(book)).items():
        ours.tell(item, answer)
        theirs.tell(item, answer)

    assert dict(theirs.verdicts()) == dict(ours.verdicts())
    assert set(justifications(they_fired)) == set(justifications(we_fired))
