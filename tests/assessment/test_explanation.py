"""Why, why not, and what would settle it."""

from functools import lru_cache

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.made_up import books
from tests.small import BOOK, SMALL_ANSWERS, given
from tests.strategies import Answers, answer_sets, answers_of, one_more
from triage import Explanation, assess
from triage.answers.answer import doubts_of
from triage.answers.responses import Responses
from triage.assessment.assessment import conclude
from triage.assessment.explanation import Step
from triage.book.conditions import AllOf, OneOf, Present
from triage.book.items import NOT_SURE
from triage.book.rulebook import RuleBook
from triage.engines.fold import Fold

on_forms = settings(max_examples=300, derandomize=True, database=None, deadline=None)
on_books = settings(
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def explained(answers: dict[str, object]) -> Explanation:
    """The explanation of an assessment of the small book."""
    return Explanation(assess(BOOK, given(answers)))


def folded(book: RuleBook, answers: Answers) -> Explanation:
    """The same of any book, judged by the plain fold."""
    responses = Responses(book.items, answers)
    return Explanation(conclude(book, responses, Fold(book, responses).verdicts()))


# Why


@pytest.mark.parametrize(
    ("answers", "finding", "state", "expected"),
    [
        ({"sparks": "yes", "milk": "no"}, "smoke", True, ["sparks"]),
        ({"sparks": "no", "milk": "no"}, "smoke", False, ["sparks"]),
        ({"puddle": ["socket"], "milk": "no"}, "wet_cable", True, ["puddle"]),
        ({"puddle": ["none"]}, "wet_cable", False, ["puddle"]),
        (
            {"puddle": ["under"], "cable_wet": "no"},
            "wet_cable",
            False,
            ["puddle", "cable_wet"],
        ),
        (
            {"puddle": ["under"], "cable_wet": "yes", "fuse": "yes"},
            "wet_cable",
            True,
            ["fuse"],
        ),
        (
            {"hardness": 20, "troubles": ["slow"], "noise": "hum"},
            "limescale",
            True,
            ["hardness", "troubles", "noise"],
        ),
        (
            {"hardness": 20, "troubles": ["slow"], "descaled": "never"},
            "limescale",
            True,
            ["descaled", "troubles"],
        ),
        ({"troubles": ["bitter"]}, "limescale", False, ["troubles"]),
        (
            {"hardness": 3, "descaled": "lately", "troubles": ["slow"]},
            "limescale",
            False,
            ["hardness", "descaled"],
        ),
        (
            {"noise": "rattle", "sparks": "yes", "pressure": 9},
            "worn_pump",
            False,
            ["sparks", "pressure"],
        ),
        ({"cups": 9}, "neglect", True, ["cups"]),
    ],
    ids=[
        *(
            "yes",
            "no",
            "one part is enough",
            "what cannot apply is no, because of what it hangs on",
        ),
        *("no down a chain of questions", "what applies is cited without what it hangs on"),
        *("through findings and what is ruled out", "by the rule that fires", "one no is enough"),
        *("each rule that could conclude it", "what stands in the way", "through a finding"),
    ],
)
def test_what_a_decided_finding_rests_on(answers, finding, state, expected) -> None:
    """Only the answers that decided it, in the order of asking."""
    explanation = explained(answers)

    assert state is explanation.assessment.states[finding]
    assert tuple(expected) == explanation.because(BOOK.findings[finding])


def test_only_the_rules_that_made_it_so_are_named() -> None:
    """The rules that fire; where none does, those still open; where none is open, all."""
    answers = {"hardness": 20, "troubles": ["slow"], "descaled": "never"}
    limescale = BOOK.findings["limescale"]

    def named(**more: object) -> list[str]:
        return [step.rule.name for step in explained({**answers, **more}).of(limescale)]

    assert ["patterns/limescale/never_descaled"] == named()
    assert [
        "patterns/limescale/hard_water",
        "patterns/limescale/never_descaled",
    ] == named(troubles=["bitter"])
    assert ["patterns/limescale/hard_water"] == named(descaled="lately")


def test_a_step_keeps_the_parts_that_decided() -> None:
    """Of an "any of" that is yes, the part that is yes; of an "all of" that is no, what is no."""
    explanation = explained({"puddle": ["socket"], "hardness": 3})
    wet = BOOK.rules["red_flags/wet_cable"].when
    puddle, hard = wet.parts[0], Present("hard")

    yes = explanation.step(wet)
    no = explanation.step(AllOf((puddle, hard)))

    assert Step(wet, True, (Step(puddle, True, ()),)) == yes
    assert (False, [hard]) == (no.truth, [part.condition for part in no.because])


def test_a_step_into_a_finding_shows_what_decided_it() -> None:
    """The condition of each rule that made the finding what it is."""
    step = explained({"hardness": 20}).step(Present("hard"))

    assert (True, [BOOK.rules["features/hard"].condition]) == (
        step.truth,
        [part.condition for part in step.because],
    )


def test_a_step_about_what_does_not_apply_shows_why() -> None:
    """And where it may not apply, what that hangs on."""
    fuse = OneOf("fuse", ("yes",))

    closed = explained({"puddle": ["none"]}).step(fuse)
    opened = explained({}).step(fuse)

    assert (False, [False]) == (closed.truth, [part.truth for part in closed.because])
    assert (None, [None]) == (opened.truth, [part.truth for part in opened.because])
    assert () == explained({"puddle": ["under"], "cable_wet": "yes"}).step(fuse).because


@on_forms
@drawn(SMALL_ANSWERS)
def test_explaining_does_not_hang_on_the_engine(answers) -> None:
    """From the forward engine's verdicts and from the plain fold's the same steps follow."""
    one, other = explained_forward(answers), folded(BOOK, answers)
    for finding in BOOK.findings.values():
        assert one.of(finding) == other.of(finding)


def explained_forward(answers: Answers) -> Explanation:
    """The explanation of what the forward engine says."""
    return Explanation(assess(BOOK, Responses(BOOK.items, answers)))


# What would settle it


@pytest.mark.parametrize(
    ("answers", "finding", "expected"),
    [
        ({}, "smoke", ["sparks"]),
        ({}, "wet_cable", ["puddle", "cable_wet", "fuse"]),
        ({"puddle": ["not_sure"]}, "wet_cable", ["puddle", "cable_wet", "fuse"]),
        ({"puddle": ["under"]}, "wet_cable", ["cable_wet", "fuse"]),
        ({"puddle": ["under"], "cable_wet": "not_sure"}, "wet_cable", ["fuse"]),
        ({"cups": "not_sure"}, "busy", ["cups"]),
        ({"troubles": ["slow"]}, "limescale", ["years", "hardness", "descaled", "noise"]),
        (
            {"troubles": ["slow"], "hardness": 3},
            "limescale",
            ["descaled"],
        ),
    ],
)
def test_what_could_settle_an_open_finding(answers, finding, expected) -> None:
    """Every open answer that could, with what it hangs on; those that are settled are left out."""
    explanation = explained(answers)

    assert explanation.assessment.states[finding] is None
    assert tuple(expected) == explanation.settled_by(BOOK.findings[finding])


def test_settling_several_is_settling_each() -> None:
    """The questions of all of them, each once, in the order of asking."""
    findings = [BOOK.findings[name] for name in ("busy", "limescale", "wet_cable")]
    answers = {"troubles": ["slow"], "hardness": 3, "puddle": ["under"], "cable_wet": "yes"}

    assert ("fuse", "cups", "descaled") == explained(answers).settling(findings)
    assert () == explained(answers).settling([])


@lru_cache(maxsize=1_000)
def _decisive(book: RuleBook, item: str) -> st.SearchStrategy:
    """An answer that leaves nothing unknown: a number, or ticks without a doubt."""

    def leaves_nothing_open(answer) -> bool:
        kind = book.items[item].kind
        if kind == "one":
            return True
        if kind == "number":
            return answer != NOT_SURE
        return NOT_SURE not in answer and not doubts_of(answer)

    return answers_of(book, book.items[item]).filter(leaves_nothing_open)


def _all_settle(data: st.DataObject, book: RuleBook, answers: Answers) -> None:
    """Draws answers to all that could settle each open finding, and looks that it is settled."""
    before = folded(book, answers)
    for finding in book.findings.values():
        if before.assessment.states[finding.id] is not None:
            continue
        settling = before.settled_by(finding)
        assert settling
        responses = before.assessment.responses
        for item in settling:
            if responses.applies(item) is not False:
                responses = responses.with_answer(item, data.draw(_decisive(book, item)))
        # An answer that goes, because its question no longer applies, may open the finding anew.
        assume(answers.keys() <= responses.answers.keys())
        settled = folded(book, responses.answers)
        assert settled.assessment.states[finding.id] is not None


@on_forms
@drawn(st.data())
def test_answering_all_that_could_settle_it_settles_it(data) -> None:
    """However the questions are answered, if not with "not sure": the finding is decided then."""
    _all_settle(data, BOOK, data.draw(SMALL_ANSWERS))


@on_books
@drawn(st.data())
def test_answering_all_that_could_settle_it_settles_it_in_any_book(data) -> None:
    """The same on rule books that nobody wrote."""
    book = data.draw(books())
    _all_settle(data, book, data.draw(answer_sets(book)))


def _others_do_not_matter(data: st.DataObject, book: RuleBook, answers: Answers) -> None:
    """Draws one answer more, and looks at the open findings that it is said not to matter to."""
    item, answer = data.draw(one_more(book, answers))
    before = folded(book, answers)
    after = folded(book, {**answers, item: answer})
    for finding in book.findings.values():
        open_before = before.assessment.states[finding.id] is None
        if open_before and item not in before.settled_by(finding):
            assert after.assessment.states[finding.id] is None
            assert item not in after.settled_by(finding)


@on_forms
@drawn(st.data())
def test_no_other_answer_settles_it(data) -> None:
    """An answer to a question that is not named leaves the finding open."""
    _others_do_not_matter(data, BOOK, data.draw(SMALL_ANSWERS))


@on_books
@drawn(st.data())
def test_no_other_answer_settles_it_in_any_book(data) -> None:
    """The same on rule books that nobody wrote."""
    book = data.draw(books())
    _others_do_not_matter(data, book, data.draw(answer_sets(book)))


@on_forms
@drawn(SMALL_ANSWERS)
def test_what_settles_is_open(answers) -> None:
    """No question is named that is answered for good, or that does not apply."""
    explanation = folded(BOOK, answers)
    for finding in BOOK.findings.values():
        if explanation.assessment.states[finding.id] is None:
            for item in explanation.settled_by(finding):
                answer = answers.get(item)
                assert answer in (None, NOT_SURE) or NOT_SURE in answer or doubts_of(answer)
                assert explanation.assessment.responses.applies(item) is not False
