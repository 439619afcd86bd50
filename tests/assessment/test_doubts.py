"""What follows where somebody cannot tell one option of a list, asked about it by itself."""

from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests import small
from tests.assessment.test_laws import forms, specified
from tests.doubts import emergencies
from tests.shipped import BOOK, SHIPPED_ANSWERS
from tests.strategies import consistent
from triage import assess
from triage.answers.answer import doubts_of, in_doubt, ticks_of
from triage.assessment.explanation import Explanation
from triage.assessment.json_form import as_json
from triage.authoring.explanations import Explainer
from triage.book.conditions import UnsureOf, findings_of, leaves
from triage.book.items import NONE

ANSWERS = {
    "sparks": "no",
    "puddle": {"ticked": ["under"], "not_sure": ["socket"]},
    "cable_wet": "no",
}


def test_who_cannot_tell_an_emergency_is_to_be_seen_today() -> None:
    """Every option that is an emergency alone is one of those that the rule about it names."""
    assert emergencies()
    for item, sign in emergencies():
        said = specified({item.id: frozenset({in_doubt(sign)})})
        assert said.disposition == "same_day", (item.id, sign)
        assert said.could_rise_to == "emergency"


def test_not_sure_of_a_whole_list_is_no_such_finding() -> None:
    """The list is still to be asked option by option."""
    for item, _ in emergencies():
        said = specified({item.id: frozenset({"not_sure"})})
        assert (said.disposition, said.could_rise_to) == ("incomplete", "emergency")


def _rest_on_doubts() -> set[str]:
    """The rules that ask whether somebody cannot tell, themselves or by way of a finding."""
    found: set[str] = set()
    findings: set[str] = set()
    for rule in BOOK.rules.values():  # by strata
        asks = any(isinstance(leaf, UnsureOf) for leaf in leaves(rule.condition))
        if asks or findings & set(findings_of(rule.condition)):
            found.add(rule.name)
            findings.add(rule.finding)
    return found


REST_ON_DOUBTS = _rest_on_doubts()


def _settled(answers: Mapping[str, Any], draw: Any) -> dict[str, Any]:
    """The same answers with each doubt turned into a yes or a no."""
    settled = dict(answers)
    for item, answer in answers.items():
        if isinstance(answer, frozenset) and doubts_of(answer):
            yes = {option for option in sorted(doubts_of(answer)) if draw(st.booleans())}
            fits = ticks_of(answer) | yes
            if not fits and NONE not in BOOK.items[item].options:
                fits = frozenset(sorted(doubts_of(answer))[:1])
            settled[item] = fits or frozenset({NONE})
    return settled


@forms(100)
@given(st.data())
def test_settling_a_doubt_undoes_nothing_that_does_not_rest_on_it(data: st.DataObject) -> None:
    """Whichever way it is settled, what was decided beside a doubt stays so."""
    answers = data.draw(SHIPPED_ANSWERS)
    before = specified(answers)
    settled = _settled(answers, data.draw)
    assume(consistent(BOOK, settled))  # what was asked because of a doubt may not apply without it
    after = specified(settled)
    for rule, verdict in before.verdicts.items():
        if verdict is not None and rule not in REST_ON_DOUBTS:
            assert verdict is after.verdicts[rule], rule


def test_what_would_settle_it_names_the_options_that_are_in_doubt() -> None:
    """The question, and the answer as far as it goes: no other option is open."""
    assessment = assess(small.BOOK, small.given(ANSWERS))
    wet = small.BOOK.findings["wet_cable"]
    assert assessment.states["wet_cable"] is None
    assert ("puddle",) == Explanation(assessment).settled_by(wet)
    lines = [line.strip() for line in Explainer(assessment).finding(wet)]
    assert "answer: Under the machine; Near the socket: I have not looked" in lines


def test_an_answer_in_json_is_as_it_was_written() -> None:
    """A finding that rests on a doubt cites the answer in its long form."""
    item, sign = emergencies()[0]
    said = as_json(assess(BOOK, {item.id: {"not_sure": [sign]}}))
    because = {str(one["answer"]) for flag in said["red_flags"] for one in flag["because"]}
    assert {str({"not_sure": [sign]})} == because
