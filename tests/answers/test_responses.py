"""Answers are checked one by one and together, and nothing is concluded from a missing one."""

import math

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from tests import specification
from tests.small import BOOK, SMALL_ANSWERS, given
from tests.strategies import answers_of, consistent
from triage.answers.answer import NotAnAnswer, as_written, read_answer, spelled
from triage.answers.reading import AnswersRefused, read_assumed
from triage.answers.responses import Responses
from triage.book.conditions import AtLeast, AtMost, Includes, OneOf, UnsureOf
from triage.problems import BadInput, Problem, plain

on_forms = settings(max_examples=300, derandomize=True, database=None, deadline=None)


def refusal(answers: dict[str, object]) -> AnswersRefused:
    """How answers are refused."""
    with pytest.raises(AnswersRefused) as caught:
        given(answers)
    return caught.value


def said(answers: dict[str, object]) -> list[str]:
    """What is said about answers that are refused, problem by problem."""
    return [str(problem) for problem in refusal(answers).problems]


# Reading one answer


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("sparks", "no", "no"),
        ("sparks", "not_sure", "not_sure"),
        ("puddle", ["under", "socket"], frozenset({"under", "socket"})),
        ("puddle", ["under", "not_sure"], frozenset({"under", "not_sure"})),
        ("puddle", ["under", "under"], frozenset({"under"})),
        ("puddle", {"ticked": ["under"], "not_sure": ["socket"]}, frozenset({"under", "socket?"})),
        ("puddle", {"not_sure": ["under", "socket"]}, frozenset({"under?", "socket?"})),
        ("puddle", {"ticked": [], "not_sure": ["socket"]}, frozenset({"socket?"})),
        ("puddle", {"ticked": ["none"], "not_sure": ["socket"]}, frozenset({"socket?"})),
        ("puddle", {"ticked": ["under"]}, frozenset({"under"})),
        ("puddle", {"ticked": ["none"], "not_sure": None}, frozenset({"none"})),
        ("puddle", "none", frozenset({"none"})),
        ("puddle", ["none"], frozenset({"none"})),
        ("pressure", 9, 9.0),
        ("pressure", 14.9, 14.9),
        ("pressure", 0, 0.0),
        ("pressure", 20, 20.0),
        ("pressure", "9.5 bar", 9.5),
        ("pressure", " 100  psi ", 6.8948),
        ("years", "6 months", 0.5),
        ("years", "1 Year", 1.0),
        ("years", "1month", 0.0833),
        ("cups", "12 cups a day", 12.0),
        ("cups", "not_sure", "not_sure"),
        ("hardness", 0.1, 0.1),
    ],
)
def test_an_answer_is_read(item, value, expected) -> None:
    """Words, lists of words, numbers, and numbers with a unit become answers of the item's type."""
    answer = read_answer(BOOK.items[item], value)

    assert expected == answer
    assert type(expected) is type(answer)


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("sparks", "yess", "read 'yess', expected no, yes or not_sure; did you mean 'yes'?"),
        ("sparks", "maybe", "read 'maybe', expected no, yes or not_sure"),
        ("sparks", ["no", "yes"], "read several answers, expected one of no, yes or not_sure"),
        ("sparks", 1, "read '1', expected one of no, yes or not_sure"),
        ("sparks", True, "read 'True', expected one of no, yes or not_sure"),
        (
            "puddle",
            ["undr"],
            "read 'undr', expected under, socket, none or not_sure; did you mean 'under'?",
        ),
        ("puddle", ["none", "under"], "read 'none' beside under, expected one or the other"),
        (
            "puddle",
            ["none", "not_sure"],
            "read 'none' beside not_sure, expected one or the other",
        ),
        (
            "puddle",
            {"tickd": ["under"]},
            "read the key 'tickd', expected ticked or not_sure; did you mean 'ticked'?",
        ),
        ("puddle", {1: ["under"]}, "read the key '1', expected ticked or not_sure"),
        (
            "puddle",
            {"ticked": ["undr"]},
            "ticked: read 'undr', expected under, socket or none; did you mean 'under'?",
        ),
        (
            "puddle",
            {"not_sure": ["sockt"]},
            "not_sure: read 'sockt', expected under or socket; did you mean 'socket'?",
        ),
        ("puddle", {"not_sure": "socket"}, "not_sure: read 'socket', expected a list of options"),
        ("puddle", {"ticked": False}, "ticked: read 'False', expected a list of options"),
        (
            "puddle",
            {"ticked": [["under"]]},
            "ticked: read '['under']', expected under, socket or none",
        ),
        (
            "puddle",
            {"ticked": ["not_sure"], "not_sure": ["socket"]},
            "ticked: read 'not_sure', expected under, socket or none",
        ),
        ("puddle", {"not_sure": ["none"]}, "not_sure: read 'none', expected under or socket"),
        (
            "puddle",
            {"ticked": ["none", "under"], "not_sure": ["socket"]},
            "ticked: read 'none' beside under, expected one or the other",
        ),
        (
            "puddle",
            {"ticked": ["under", "socket"], "not_sure": ["under"]},
            "read 'under' twice, expected it below 'ticked' or below 'not_sure'",
        ),
        ("puddle", {}, "read no option, expected some below ticked or not_sure"),
        ("puddle", 3, "read '3', expected under, socket, none or not_sure"),
        ("puddle", [["under"]], "read '['under']', expected under, socket, none or not_sure"),
        ("pressure", 20.1, "read '20.1', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", -1, "read '-1', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", "9", "read '9', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", "much", "read 'much', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", True, "read 'True', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", [9], "read '[9]', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", math.nan, "read 'nan', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", math.inf, "read 'inf', expected a number from 0 to 20 (bar or psi)"),
        ("pressure", -math.inf, "read '-inf', expected a number from 0 to 20 (bar or psi)"),
        (
            "pressure",
            10**400,
            f"read '1{'0' * 59}...', expected a number from 0 to 20 (bar or psi)",
        ),
        (
            "pressure",
            f"{'9' * 400} psi",
            f"read '{'9' * 60}...', expected a number from 0 to 20 (bar or psi)",
        ),
        (
            "pressure",
            "9 bar and more",
            "read '9 bar and more', expected a number from 0 to 20 (bar or psi)",
        ),
        ("pressure", "300 psi", "read '300 psi', expected a number from 0 to 20 (bar or psi)"),
        (
            "pressure",
            "9 bars",
            "read '9 bars', expected a number from 0 to 20 (bar or psi); did you mean 'bar'?",
        ),
        ("pressure", "not_sure", "read 'not_sure', expected a number from 0 to 20 (bar or psi)"),
        ("cups", "few", "read 'few', expected a number from 0 to 60 (cups a day) or not_sure"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_an_answer_that_cannot_be_is_refused(item, value, expected) -> None:
    """The message says what was read, what was expected, and the nearest known word."""
    with pytest.raises(NotAnAnswer) as caught:
        read_answer(BOOK.items[item], value)

    assert expected == str(caught.value)


@on_forms
@drawn(st.data())
def test_an_answer_survives_being_written(data) -> None:
    """What `as_written` makes of an answer is read as the same answer again."""
    item = BOOK.items[data.draw(st.sampled_from(list(BOOK.items)))]
    answer = data.draw(answers_of(BOOK, item))

    assert answer == read_answer(item, as_written(answer))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (frozenset({"under", "not_sure"}), ["not_sure", "under"]),
        (frozenset({"under", "socket?"}), {"ticked": ["under"], "not_sure": ["socket"]}),
        (frozenset({"under?", "socket?"}), {"not_sure": ["socket", "under"]}),
    ],
)
def test_an_answer_is_written_in_the_shortest_form(answer, expected) -> None:
    """The long form stands only where it is needed, and without what is empty in it."""
    assert expected == as_written(answer)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", "yes"),
        (frozenset({"b", "a"}), "a, b"),
        (frozenset({"b", "a?"}), "b, not_sure a"),
        (3.0, "3"),
        (0.5, "0.5"),
    ],
)
def test_an_answer_is_spelled_on_one_line(answer, expected) -> None:
    """A message shows an answer as a file would hold it."""
    assert expected == spelled(answer)


@pytest.mark.parametrize(("number", "expected"), [(3.0, "3"), (0.5, "0.5"), (14.9, "14.9")])
def test_a_number_is_written_without_a_needless_fraction(number, expected) -> None:
    """3.0 is written 3."""
    assert expected == plain(number)


# Reading a form


def test_answers_stand_in_the_order_of_asking() -> None:
    """However they were given, answers are kept in the questionnaire's order."""
    responses = given({"milk": "no", "cups": 3, "sparks": "no"})

    assert ["sparks", "cups", "milk"] == list(responses.answers)


@pytest.mark.parametrize("nothing", [None, [], {}, {"ticked": [], "not_sure": None}])
def test_what_is_left_empty_is_no_answer(nothing) -> None:
    """An empty value stands for a question that was not answered."""
    assert {"milk": "no"} == dict(given({"puddle": nothing, "milk": "no"}).answers)


def test_all_problems_are_named_at_once() -> None:
    """An unknown item, with the nearest known one, and two wrong answers."""
    expected = [
        "<spark>: no item called 'spark'; did you mean 'sparks'?",
        "<milk>: item 'milk': read 'oat', expected no or yes",
        "<years>: item 'years': read '99', expected a number from 0 to 50 (years or months)",
    ]

    assert expected == said({"spark": "no", "milk": "oat", "years": 99, "warranty": "over"})


def test_what_could_be_used_is_kept_beside_a_refusal() -> None:
    """A refusal carries the answers that are good, so that a red flag among them is still seen."""
    (usable,) = refusal({"sparks": "yes", "milk": "oat"}).usable

    assert {"sparks": "yes"} == dict(usable.answers)


@pytest.mark.parametrize(
    ("refused", "kept"),
    [
        ({"ticked": ["socket"], "not_sure": ["undr"]}, {"socket", "not_sure"}),
        ({"ticked": ["none", "under"], "not_sure": ["socket"]}, {"under", "socket?", "not_sure"}),
        ({"tickd": ["under"], "not_sure": ["socket"]}, {"socket?", "not_sure"}),
        ({"ticked": ["none"], "not_sure": "socket"}, None),
    ],
)
def test_what_a_refused_list_says_is_kept(refused, kept) -> None:
    """Known ticks and doubts stand, and all else in the list is unknown."""
    (usable,) = refusal({"puddle": refused}).usable

    assert kept == usable.answers.get("puddle")


def test_an_answer_that_does_not_apply_is_refused_with_both_items_named() -> None:
    """ "Nowhere" beside an answer about the cable that got wet."""
    expected = [
        "<cable_wet>: item 'cable_wet': read 'yes', expected no answer, "
        "for it does not apply beside 'puddle: none'"
    ]

    assert expected == said({"puddle": ["none"], "cable_wet": "yes"})


def test_a_contradiction_names_every_answer_that_the_question_hangs_on() -> None:
    """The noise is asked about where the machine is noisy or old; it is neither."""
    expected = [
        "<noise>: item 'noise': read 'hum', expected no answer, "
        "for it does not apply beside 'troubles: cold, slow' and 'years: 2'"
    ]

    assert expected == said({"years": 2, "troubles": ["slow", "cold"], "noise": "hum"})


def test_a_contradiction_leaves_each_side_usable_without_the_other() -> None:
    """Along a chain of questions: once without the answers that do not apply, once without what
    they hang on."""
    refused = refusal({"puddle": ["none"], "cable_wet": "yes", "fuse": "yes", "milk": "no"})

    assert 2 == len(refused.problems)
    assert [
        {"puddle": frozenset({"none"}), "milk": "no"},
        {"fuse": "yes", "milk": "no"},
    ] == [dict(usable.answers) for usable in refused.usable]


@on_forms
@drawn(st.data())
def test_any_answers_are_taken_whole_or_refused_with_usable_parts(data) -> None:
    """Answers drawn with no regard to one another: what is usable never contradicts itself, and no
    answer is lost from all usable parts but the ones that both sides of a contradiction share."""
    items = data.draw(st.lists(st.sampled_from(list(BOOK.items)), unique=True))
    answers = {item: data.draw(answers_of(BOOK, BOOK.items[item])) for item in items}
    written = {item: as_written(answer) for item, answer in answers.items()}
    if consistent(BOOK, answers):
        assert answers == dict(given(written).answers)
        return
    stray = {
        item for item in answers if specification.applies(BOOK, answers, item) == specification.NO
    }

    usable = refusal(written).usable

    assert all(consistent(BOOK, part.answers) for part in usable)
    assert set(answers) - stray == set(usable[0].answers)


def test_answers_that_fill_gaps_may_contradict_each_other() -> None:
    """They are for many forms, so that each need only be good by itself."""
    assumed = read_assumed(BOOK.items, {"puddle": ["none"], "cable_wet": "no"}, _locate)

    assert ["puddle", "cable_wet"] == list(assumed.answers)


def test_answers_that_fill_gaps_are_checked_one_by_one() -> None:
    """A wrong word is refused there too."""
    with pytest.raises(BadInput, match="read 'oat', expected no or yes"):
        read_assumed(BOOK.items, {"milk": "oat"}, _locate)


def _locate(item: str, text: str) -> Problem:
    return Problem(item, None, text)


# Truth


@pytest.mark.parametrize(
    ("answers", "leaf", "expected"),
    [
        ({}, OneOf("sparks", ("yes",)), None),
        ({"sparks": "yes"}, OneOf("sparks", ("yes", "not_sure")), True),
        ({"sparks": "not_sure"}, OneOf("sparks", ("yes", "not_sure")), True),
        ({"sparks": "not_sure"}, OneOf("sparks", ("yes",)), False),
        ({"puddle": ["under"]}, Includes("puddle", ("under",)), True),
        ({"puddle": ["under"]}, Includes("puddle", ("socket",)), False),
        ({"puddle": ["under"]}, Includes("puddle", ("socket", "under")), True),
        ({"puddle": ["none"]}, Includes("puddle", ("under",)), False),
        ({"puddle": ["none"]}, Includes("puddle", ("none",)), True),
        ({"puddle": ["not_sure"]}, Includes("puddle", ("under",)), None),
        ({"puddle": ["under", "not_sure"]}, Includes("puddle", ("under",)), True),
        ({"puddle": ["under", "not_sure"]}, Includes("puddle", ("socket",)), None),
        ({"puddle": {"not_sure": ["under"]}}, Includes("puddle", ("under",)), None),
        ({"puddle": {"not_sure": ["under"]}}, Includes("puddle", ("socket",)), False),
        ({"puddle": {"not_sure": ["under"]}}, Includes("puddle", ("socket", "under")), None),
        ({"puddle": {"not_sure": ["under"]}}, Includes("puddle", ("none",)), None),
        (
            {"puddle": {"ticked": ["socket"], "not_sure": ["under"]}},
            Includes("puddle", ("none",)),
            False,
        ),
        ({}, UnsureOf("puddle", ("under",)), None),
        ({"puddle": {"not_sure": ["under"]}}, UnsureOf("puddle", ("under",)), True),
        ({"puddle": {"not_sure": ["under"]}}, UnsureOf("puddle", ("under", "socket")), True),
        ({"puddle": {"not_sure": ["under"]}}, UnsureOf("puddle", ("socket",)), False),
        ({"puddle": ["under"]}, UnsureOf("puddle", ("under",)), False),
        ({"puddle": ["none"]}, UnsureOf("puddle", ("under",)), False),
        ({"puddle": ["not_sure"]}, UnsureOf("puddle", ("under",)), None),
        ({"puddle": ["under", "not_sure"]}, UnsureOf("puddle", ("under",)), False),
        ({"puddle": ["under", "not_sure"]}, UnsureOf("puddle", ("under", "socket")), None),
        ({"cups": 8}, AtLeast("cups", 8.0), True),
        ({"cups": 7}, AtLeast("cups", 8.0), False),
        ({"cups": 8}, AtMost("cups", 8.0), True),
        ({"cups": 9}, AtMost("cups", 8.0), False),
        ({"cups": "not_sure"}, AtLeast("cups", 8.0), None),
        ({"cups": "not_sure"}, AtMost("cups", 8.0), None),
    ],
)
def test_what_an_answer_makes_of_a_premise(answers, leaf, expected) -> None:
    """Yes, no or unknown, as the table in rules/README.md has it."""
    assert expected is given(answers).truth(leaf)


@pytest.mark.parametrize(
    ("answers", "applies", "truth"),
    [
        ({}, None, None),
        ({"puddle": ["under"]}, True, None),
        ({"puddle": ["none"]}, False, False),
        ({"puddle": ["not_sure"]}, None, None),
        ({"puddle": ["under"], "cable_wet": "yes"}, True, True),
        ({"cable_wet": "yes"}, None, True),
        ({"puddle": ["not_sure"], "cable_wet": "yes"}, None, True),
    ],
)
def test_a_question_that_does_not_apply_makes_premises_about_it_no(answers, applies, truth) -> None:
    """Where it is unknown whether it applies, an answer that was given stands."""
    responses = given(answers)

    assert applies is responses.applies("cable_wet")
    assert truth is responses.truth(OneOf("cable_wet", ("yes",)))


def test_not_applying_is_handed_down() -> None:
    """The fuse is asked about after the cable, and the cable after the puddle."""
    responses = given({"puddle": ["none"]})

    assert responses.applies("fuse") is False
    assert "fuse" not in responses.unanswered()


def test_a_question_that_hangs_on_either_of_two() -> None:
    """The noise is asked about once one of the two is yes, and left out once both are no."""
    assert given({"years": 10}).applies("noise") is True
    assert given({"years": 2}).applies("noise") is None
    assert given({"years": 2, "troubles": ["slow"]}).applies("noise") is False


def test_what_is_unanswered_is_what_applies_or_may() -> None:
    """In the order of asking; what does not apply is not open."""
    responses = given({"sparks": "no", "puddle": ["none"], "warranty": "over"})

    assert (
        *("pressure", "years", "hardness", "cups", "descaled", "troubles", "noise", "milk"),
    ) == responses.unanswered()


@on_forms
@drawn(SMALL_ANSWERS)
def test_applying_is_as_specified(answers) -> None:
    """Whether a question applies follows from the answers as the specification has it."""
    responses = Responses(BOOK.items, answers)
    for item in BOOK.items:
        expected = specification.IN_WORDS[specification.applies(BOOK, answers, item)]

        assert expected is responses.applies(item)


# Changing


def test_responses_are_values() -> None:
    """Two with the same answers are equal, and none is changed by growing another from it."""
    one = given({"sparks": "no"})

    two = one.with_answer("milk", "yes")

    assert given({"milk": "yes", "sparks": "no"}) == two
    assert hash(given({"milk": "yes", "sparks": "no"})) == hash(two)
    assert given({"sparks": "no"}) == one
    assert one != two
    assert one != {"sparks": "no"}


def test_an_answer_is_taken_back() -> None:
    """`None` takes an answer back."""
    assert given({}) == given({"sparks": "no"}).with_answer("sparks", None)


def test_answers_that_no_longer_apply_go_along() -> None:
    """A changed answer takes away what hung on it, and what hung on that."""
    responses = given({"puddle": ["under"], "cable_wet": "yes", "fuse": "yes", "milk": "no"})

    changed = responses.with_answer("puddle", frozenset({"socket"}))

    assert given({"puddle": ["socket"], "milk": "no"}) == changed


@on_forms
@drawn(st.data())
def test_a_changed_form_never_contradicts_itself(data) -> None:
    """Whatever is answered anew, what is left is what a form may hold, and the new answer stands
    wherever it applies."""
    responses = Responses(BOOK.items, data.draw(SMALL_ANSWERS))
    item = data.draw(st.sampled_from(list(BOOK.items)))
    answer = data.draw(st.none() | answers_of(BOOK, BOOK.items[item]))

    changed = responses.with_answer(item, answer)

    assert consistent(BOOK, changed.answers)
    assert set(changed.answers) <= {*responses.answers, item}
    if responses.applies(item) is not False:
        assert answer == changed.answers.get(item)


def test_some_answers_only() -> None:
    """The others are left out, and a name without an answer does not matter."""
    responses = given({"sparks": "no", "milk": "yes", "cups": 4})

    assert given({"sparks": "no", "cups": 4}) == responses.only(["cups", "sparks", "years"])


# Assuming


def assuming(answers: dict[str, object], assumed: dict[str, object]) -> dict[str, object]:
    """Answers with their gaps filled from assumed ones."""
    filled = given(answers).assuming(read_assumed(BOOK.items, assumed, _locate))
    return {item: as_written(answer) for item, answer in filled.answers.items()}


@pytest.mark.parametrize(
    ("answers", "assumed", "expected"),
    [
        ({"milk": "no"}, {"milk": "yes", "cups": 3}, {"milk": "no", "cups": 3}),
        ({"puddle": ["none"]}, {"cable_wet": "no"}, {"puddle": ["none"]}),
        ({"cable_wet": "yes"}, {"puddle": ["none"]}, {"cable_wet": "yes"}),
        ({}, {"puddle": ["none"], "cable_wet": "no"}, {"puddle": ["none"]}),
        (
            {"puddle": ["under", "not_sure"]},
            {"puddle": ["none"]},
            {"puddle": ["under"]},
        ),
        ({"puddle": ["not_sure"]}, {"puddle": ["none"]}, {"puddle": ["not_sure"]}),
        ({"puddle": ["under"]}, {"puddle": ["none"]}, {"puddle": ["under"]}),
        ({"cups": "not_sure"}, {"cups": 3}, {"cups": "not_sure"}),
        (
            {"puddle": {"ticked": ["under"], "not_sure": ["socket"]}},
            {"puddle": ["none"]},
            {"puddle": {"ticked": ["under"], "not_sure": ["socket"]}},
        ),
    ],
    ids=[
        "a gap is filled, an answer stays",
        "what does not apply is not assumed",
        "nothing is assumed that an answer would contradict",
        "an assumption may close a question",
        "ticks beside not sure become all there is",
        "not sure alone was an answer, and stays",
        "ticks stay",
        "a number that somebody is not sure of stays so",
        "an option that somebody is not sure of by itself stays so",
    ],
)
def test_gaps_are_filled(answers, assumed, expected) -> None:
    """Assumed answers never change what was said, and never contradict it."""
    assert expected == assuming(answers, assumed)


@on_forms
@drawn(SMALL_ANSWERS, SMALL_ANSWERS)
def test_filling_gaps_keeps_the_form_good(answers, assumed) -> None:
    """Whatever is assumed, the form does not contradict itself and every tick stands."""
    filled = Responses(BOOK.items, answers).assuming(Responses(BOOK.items, assumed)).answers

    assert consistent(BOOK, filled)
    for item, answer in answers.items():
        if not isinstance(answer, frozenset) or "not_sure" not in answer:
            assert answer == filled[item]
        else:
            assert answer - {"not_sure"} <= filled[item]
