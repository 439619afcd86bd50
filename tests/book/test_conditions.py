"""The words of the rule language in three-valued logic, without questionnaire or rules."""

from itertools import product

import pytest

from triage.book.conditions import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    CountOf,
    Includes,
    OneOf,
    Present,
    findings_of,
    items_of,
    judge,
    leaves,
    needed,
)

TRUTHS = (True, False, None)
A, B, C, D = (Present(name) for name in "abcd")


def judged(condition, **truths):
    """The truth of a condition on the findings a to d."""
    return judge(condition, lambda leaf: truths[leaf.finding])


@pytest.mark.parametrize("truth", TRUTHS)
def test_a_leaf_is_as_true_as_it_is_said_to_be(truth) -> None:
    """A condition without a joining word has the truth of its leaf."""
    assert truth is judged(A, a=truth)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (True, True, True),
        (True, None, None),
        (True, False, False),
        (None, None, None),
        (None, False, False),
        (False, False, False),
    ],
)
def test_all_of(a, b, expected) -> None:
    """One "no" makes it no; else one unknown leaves it unknown."""
    assert expected is judged(AllOf((A, B)), a=a, b=b)
    assert expected is judged(AllOf((A, B)), a=b, b=a)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (True, True, True),
        (True, None, True),
        (True, False, True),
        (None, None, None),
        (None, False, None),
        (False, False, False),
    ],
)
def test_any_of(a, b, expected) -> None:
    """One "yes" makes it yes; else one unknown leaves it unknown."""
    assert expected is judged(AnyOf((A, B)), a=a, b=b)
    assert expected is judged(AnyOf((A, B)), a=b, b=a)


@pytest.mark.parametrize("at_least", [1, 2, 3, 4])
def test_count_of_is_what_every_way_of_settling_the_unknown_parts_has_in_common(at_least) -> None:
    """It is yes, or no, where it would be so whatever the unknown parts turn out to be."""
    condition = CountOf(at_least, (A, B, C, D))
    for truths in product(TRUTHS, repeat=4):
        settled = product(*([truth] if truth is not None else [True, False] for truth in truths))
        outcomes = {sum(ways) >= at_least for ways in settled}
        expected = outcomes.pop() if len(outcomes) == 1 else None

        assert expected is judged(condition, **dict(zip("abcd", truths, strict=True)))


@pytest.mark.parametrize(("node", "deciding"), [(AllOf, False), (AnyOf, True)])
def test_nothing_is_looked_at_behind_the_part_that_decides(node, deciding) -> None:
    """An unknown part decides nothing, so that the next one is looked at."""
    looked_at = []

    def truth_of(leaf):
        looked_at.append(leaf)
        return {A: None, B: deciding, C: None}[leaf]

    assert deciding is judge(node((A, B, C)), truth_of)
    assert [A, B] == looked_at


def test_count_of_all_and_of_one_are_all_of_and_any_of() -> None:
    """ "At least 3 of 3" is "all of"; "at least 1 of 3" is "any of"."""
    parts = (A, B, C)
    for truths in product(TRUTHS, repeat=3):
        named = dict(zip("abc", truths, strict=True))

        assert judged(AllOf(parts), **named) is judged(CountOf(3, parts), **named)
        assert judged(AnyOf(parts), **named) is judged(CountOf(1, parts), **named)


def test_words_nest() -> None:
    """A part may itself be joined of parts, and an unknown one does not hide a decided one."""
    condition = AllOf((AnyOf((A, B)), CountOf(2, (B, C, D))))

    assert judged(condition, a=True, b=None, c=True, d=True) is True
    assert judged(condition, a=True, b=None, c=False, d=False) is False
    assert judged(condition, a=None, b=None, c=True, d=None) is None


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        (AllOf((A, B, C)), 3, 1),
        (AnyOf((A, B, C)), 1, 3),
        (CountOf(2, (A, B, C)), 2, 2),
        (CountOf(2, (A, B, C, D)), 2, 3),
        (CountOf(1, (A,)), 1, 1),
    ],
)
def test_how_many_parts_decide(condition, yes, no) -> None:
    """So many parts that are yes make the whole yes, so many that are no make it no."""
    assert yes == needed(condition, True)
    assert no == needed(condition, False)


def test_leaves_stand_in_the_order_of_writing_repeats_included() -> None:
    """Every leaf is found, however deep; items and findings are told apart."""
    dry, old, wet = OneOf("dry", ("yes",)), AtLeast("age", 3.0), Includes("wet", ("top",))
    condition = AllOf((dry, AnyOf((A, CountOf(1, (old, dry)))), Absent("b"), wet))

    assert [dry, A, old, dry, Absent("b"), wet] == list(leaves(condition))
    assert ["dry", "age", "dry", "wet"] == list(items_of(condition))
    assert ["a", "b"] == list(findings_of(condition))
    assert ["dry"] == list(items_of(dry))
