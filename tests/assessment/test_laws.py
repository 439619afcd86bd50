"""The laws that every assessment keeps, one test each, on forms for the shipped questionnaire.

Most judge the specification, which is quick, on many forms; those about explanations judge the
plain fold.  That the forward engine and the fold say the same is the law named last, so that what
holds for one holds for the others.
"""

import dataclasses
from collections import Counter
from functools import lru_cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import specification
from tests.outcomes import outcome
from tests.shipped import BOOK, SHIPPED_ANSWERS
from tests.specification import LEVELS, Outcome
from tests.strategies import consistent, one_more
from triage import Explanation, assess
from triage.answers.responses import Responses
from triage.assessment.assess import engine_for
from triage.assessment.assessment import Assessment, conclude
from triage.book.levels import URGENCY
from triage.book.rules import EVERY_EXERCISE
from triage.engines.fold import Fold

PROVE_NOTHING = ("expert", "pragmatic")
"""The grades under which a rule may stand without a reference."""


def forms(count: int) -> settings:
    """So many drawn forms, the same ones on every run and every machine."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def specified(answers: dict) -> Outcome:
    """What the specification makes of some answers, in whatever order they were given."""
    return _specified(frozenset(answers.items()))


@lru_cache(maxsize=10_000)  # The few answers that explain one finding often explain others too.
def _specified(answers: frozenset) -> Outcome:
    return specification.assess(BOOK, dict(answers))


def assessed(answers: dict) -> Assessment:
    """What the program makes of them, by the forward engine."""
    return assess(BOOK, Responses(BOOK.items, answers))


def folded(answers: dict) -> Assessment:
    """The same by the plain fold, which is quicker by far."""
    responses = Responses(BOOK.items, answers)
    return conclude(BOOK, responses, Fold(BOOK, responses).verdicts())


def urgency(level: str) -> int:
    """0 for the most urgent level."""
    return LEVELS.index(level)


def asking_for(states: dict[str, bool | None], *truths: bool | None) -> set[str]:
    """The levels that findings of these states ask for."""
    return {
        finding.level
        for finding in BOOK.findings.values()
        if finding.level is not None and states[finding.id] in truths
    }


ABOVE_SELF_CARE = set(URGENCY) - {"self_care"}
ABOVE_ROUTINE = ABOVE_SELF_CARE - {"routine"}


@forms(150)
@given(SHIPPED_ANSWERS)
def test_red_flag_trumps(answers: dict) -> None:
    """The level is never below what a present red flag asks for, whatever else was answered."""
    said = specified(answers)
    for finding in BOOK.findings.values():
        if finding.stratum == "red_flags" and said.states[finding.id] is True:
            assert urgency(said.disposition) <= urgency(finding.level)


@forms(150)
@given(SHIPPED_ANSWERS)
def test_self_care_is_earned(answers: dict) -> None:
    """Self-care means that all that asks for more is ruled out and a gentle pattern is present."""
    said = specified(answers)

    earned = not asking_for(
        said.states, True, None
    ) & ABOVE_SELF_CARE and "self_care" in asking_for(said.states, True)

    assert earned == (said.disposition == "self_care")


@forms(150)
@given(st.data())
def test_knowledge_only_grows(data: st.DataObject) -> None:
    """One answer more retracts no finding, and lowers no level that a present finding asks for."""
    answers = data.draw(SHIPPED_ANSWERS)
    item, answer = data.draw(one_more(BOOK, answers))

    before = specified(answers)
    after = specified({**answers, item: answer})

    decided = {finding: state for finding, state in before.states.items() if state is not None}
    assert decided == {finding: after.states[finding] for finding in decided}
    if before.disposition in asking_for(before.states, True) & ABOVE_SELF_CARE:
        assert urgency(after.disposition) <= urgency(before.disposition)


@forms(150)
@given(st.data())
def test_no_answer_brings_more_than_could_come(data: st.DataObject) -> None:
    """No answer brings a level above both the one reached and the one it could rise to."""
    answers = data.draw(SHIPPED_ANSWERS)
    item, answer = data.draw(one_more(BOOK, answers))

    before = specified(answers)
    after = specified({**answers, item: answer})

    highest = before.could_rise_to or before.disposition
    assert urgency(highest) <= urgency(after.disposition)


def test_nothing_is_concluded_from_silence() -> None:
    """Without any answer every finding is undecided, nothing is recommended, all may still come."""
    said = assessed({})

    assert {None} == set(said.states.values())
    assert ("incomplete", "emergency") == (said.disposition, said.could_rise_to)
    assert ((), (), ()) == (said.exercises, said.withheld, said.advice)


@forms(100)
@given(st.data())
def test_unknown_is_never_no(data: st.DataObject) -> None:
    """However open questions are answered, what was ruled out or cleared for a plan stays so."""
    answers = data.draw(SHIPPED_ANSWERS)
    filled = dict(answers)
    for other in data.draw(st.lists(SHIPPED_ANSWERS, min_size=1, max_size=3)):
        for item, answer in other.items():
            if item not in filled and consistent(BOOK, {**filled, item: answer}):
                filled[item] = answer

    before, after = specified(answers), specified(filled)

    ruled_out = {finding for finding, state in before.states.items() if state is False}
    assert ruled_out <= {finding for finding, state in after.states.items() if state is False}
    for exercise, decision in before.decisions.items():
        if decision == "do":
            assert "do" == after.decisions[exercise]
        if decision == "modify":  # an open question asks for the gentler version
            assert after.decisions[exercise] in ("do", "modify")


@forms(150)
@given(SHIPPED_ANSWERS)
def test_contraindication_beats_recommendation(answers: dict) -> None:
    """No exercise is in the plan that a contraindication keeps out, or might yet."""
    said = specified(answers)
    for exercise, decision in said.decisions.items():
        against = {
            said.verdicts[rule.name]
            for rule in BOOK.rules.values()
            for target in (exercise, EVERY_EXERCISE)
            if rule.then.restrictions.get(target, ("", None))[0] in ("avoid", "ask_first")
        }
        if decision in ("do", "modify"):
            assert against <= {False}


@forms(150)
@given(SHIPPED_ANSWERS)
def test_no_plan_above_self_care_and_none_under_18(answers: dict) -> None:
    """A plan needs self-care, or routine with all above it ruled out; and it needs 18 years."""
    said = specified(answers)
    if said.plan_given:
        assert said.disposition in ("self_care", "routine")
        assert not asking_for(said.states, True, None) & ABOVE_ROUTINE
        assert answers["age"] >= 18
    else:
        assert set(said.decisions.values()) <= {"no_plan"}


@forms(150)
@given(SHIPPED_ANSWERS)
def test_nobody_starts_with_nothing(answers: dict) -> None:
    """Where one is told to start, there is an exercise; where there is none, the report says why."""
    assessment = folded(answers)
    start = BOOK.dispositions["self_care"].title
    assert (assessment.wording.title == start) is (
        assessment.disposition == "self_care" and bool(assessment.exercises)
    )
    if assessment.plan_given and not assessment.exercises:
        assert all(p.restricted_by or p.undecided for p in assessment.withheld)


@forms(150)
@given(st.data())
def test_the_order_of_telling_does_not_matter(data: st.DataObject) -> None:
    """Answers may reach working memory in any order."""
    answers = data.draw(SHIPPED_ANSWERS)
    ENGINE.reset()
    for item in data.draw(st.permutations(list(answers))):
        ENGINE.tell(item, answers[item])

    assert specified(answers).verdicts == dict(ENGINE.verdicts())


@forms(25)
@given(st.data())
def test_the_order_of_rules_and_questions_does_not_matter(data: st.DataObject) -> None:
    """Rules and questions may stand in any order in the book."""
    rules = data.draw(st.permutations(list(BOOK.rules.items())))
    items = data.draw(st.permutations(list(BOOK.items.items())))
    shuffled = dataclasses.replace(BOOK, rules=dict(rules), items=dict(items))
    for answers in data.draw(st.lists(SHIPPED_ANSWERS, min_size=1, max_size=4)):
        said = assess(shuffled, Responses(shuffled.items, answers))

        assert specified(answers) == outcome(said)


@forms(60)
@given(st.data())
def test_each_answer_is_understood_as_it_comes(data: st.DataObject) -> None:
    """After each answer the engine knows what follows from the answers so far, and no more."""
    answers = data.draw(SHIPPED_ANSWERS)
    told = {}
    ENGINE.reset()
    for item in data.draw(st.permutations(list(answers))):
        told[item] = answers[item]

        ENGINE.tell(item, answers[item])

        assert specified(told).verdicts == dict(ENGINE.verdicts())


@forms(60)
@given(SHIPPED_ANSWERS)
def test_an_explanation_is_a_proof(answers: dict) -> None:
    """Keep only the answers that explain a decided finding, and the finding comes back."""
    assessment = folded(answers)
    explanation = Explanation(assessment)
    for finding in BOOK.findings.values():
        state = assessment.states[finding.id]
        if state is not None:
            cited = explanation.because(finding)

            assert set(cited) <= set(answers)
            kept = assessment.responses.only(cited)
            assert state is specified(kept.answers).states[finding.id]


@forms(100)
@given(SHIPPED_ANSWERS)
def test_the_level_is_proved_by_what_decided_it(answers: dict) -> None:
    """Keep only the answers behind one finding that asks for the level, and it is reached."""
    assessment = folded(answers)
    explanation = Explanation(assessment)
    if assessment.disposition in ABOVE_SELF_CARE:
        for finding in assessment.deciding():
            kept = assessment.responses.only(explanation.because(finding))

            assert assessment.disposition == specified(kept.answers).disposition


@forms(100)
@given(SHIPPED_ANSWERS)
def test_nothing_is_unexplained(answers: dict) -> None:
    """Each finding and each recommendation names its rules; each rule has reasons and sources.

    Whom the level itself sends to stands first among the referrals, and may rest on no single rule.
    """
    assessment = folded(answers)
    explanation = Explanation(assessment)
    grounds = [
        *(
            tuple(step.rule for step in explanation.of(finding))
            for finding in BOOK.findings.values()
        ),
        *(given.rules for given in assessment.advice),
        *(made.rules for made in assessment.referrals[1:]),
    ]
    for prescription in (*assessment.exercises, *assessment.withheld):
        grounds.append(prescription.rules)
        if prescription.decision in ("avoid", "ask_first", "modify"):
            grounds.append(prescription.restricted_by)
        if prescription.decision == "undecided":
            grounds.append(prescription.undecided)
    for rules in grounds:
        assert rules
        for rule in rules:
            assert rule.why
            assert rule.caveats
            assert rule.references or rule.evidence in PROVE_NOTHING
            assert set(rule.references) <= set(BOOK.references)


@forms(400)
@given(SHIPPED_ANSWERS)
def test_readers_agree(answers: dict) -> None:
    """The forward engine, the plain fold and the specification give the same assessment."""
    forward, fold = assessed(answers), folded(answers)

    assert specified(answers) == outcome(forward) == outcome(fold)
    assert forward == fold


ENGINE = engine_for(BOOK)


def test_the_drawn_forms_reach_every_corner() -> None:
    """Every level, every decision about an exercise and most rules occur, and no form among them
    contradicts itself."""
    seen: Counter[str] = Counter()

    @forms(1000)
    @given(SHIPPED_ANSWERS)
    def draw(answers: dict) -> None:
        assert consistent(BOOK, answers)
        said = specified(answers)
        seen[said.disposition] += 1
        seen.update(set(said.decisions.values()))
        seen.update(rule for rule, verdict in said.verdicts.items() if verdict)

    draw()

    assert set() == {level for level in LEVELS if seen[level] < 20}
    assert set() == {"avoid", "ask_first", "undecided", "modify", "do", "no_plan"} - set(seen)
    never = [rule for rule in BOOK.rules if not seen[rule]]
    # Some 25 to 45 of 370 stay out by chance, others each time.
    assert len(never) < len(BOOK.rules) // 5, never
