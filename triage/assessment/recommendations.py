"""What present recommendations come to: exercises, pieces of advice, and whom to see.

Contraindications decide what becomes of an exercise; the level decides who else is named.

Not here: the level, and whether a plan may be given at all (`levels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from triage.book.conditions import Truth
from triage.book.entries import Disposition
from triage.book.levels import INCOMPLETE, more_urgent
from triage.book.rulebook import RuleBook
from triage.book.rules import EVERY_EXERCISE, Rule

Decision: TypeAlias = Literal["avoid", "ask_first", "undecided", "modify", "do", "no_plan"]
"""What becomes of a recommended exercise.  `no_plan`: no plan is given at all."""
STRICTEST_FIRST: tuple[Decision, ...] = ("avoid", "ask_first", "undecided", "modify", "do")


@dataclass(frozen=True, slots=True)
class Prescription:
    """A recommended exercise and what the contraindications make of it."""

    exercise: str
    decision: Decision
    rules: tuple[Rule, ...]
    """The recommendations that are present."""
    restricted_by: tuple[Rule, ...]
    """The contraindications that the decision rests on.  They are present; but where the exercise
    is to be changed, undecided ones count too, for the changed version is the gentler one."""
    undecided: tuple[Rule, ...]
    """The contraindications that could still restrict it."""
    modifications: tuple[str, ...]
    """Where the decision is `modify`: every changed version asked for; they hold together."""


@dataclass(frozen=True, slots=True)
class AdviceGiven:
    """A piece of advice that some present recommendation names."""

    advice: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class ReferralMade:
    """Somebody to see, and when."""

    referral: str
    within_days: int
    """In how many days at the latest; 0 is now, 1 is today."""
    rules: tuple[Rule, ...]
    """The recommendations that name it, or the rules that decided the disposition."""


def _recommending(
    book: RuleBook, verdicts: Mapping[str, Truth], kind: str
) -> Mapping[str, tuple[Rule, ...]]:
    """What present recommendations name, and the rules that name it."""
    named: dict[str, tuple[Rule, ...]] = {}
    for rule in book.rules.values():
        if verdicts[rule.name] is True and (target := getattr(rule.then, kind)) is not None:
            named[target] = (*named.get(target, ()), rule)
    return named


def prescriptions(
    book: RuleBook, verdicts: Mapping[str, Truth], plan_given: bool
) -> tuple[Prescription, ...]:
    """Every exercise that is recommended, in the order of the book, and what becomes of it."""
    recommended = _recommending(book, verdicts, "exercise")
    against = [
        rule
        for rule in book.rules.values()
        if rule.then.restrictions and verdicts[rule.name] is not False
    ]
    return tuple(
        _prescription(against, verdicts, exercise, recommended[exercise], plan_given)
        for exercise in book.exercises
        if exercise in recommended
    )


def _prescription(
    against: Iterable[Rule],
    verdicts: Mapping[str, Truth],
    exercise: str,
    rules: tuple[Rule, ...],
    plan_given: bool,
) -> Prescription:
    """A contraindication holds wherever the recommendation comes from; the strictest wins."""
    restricting: dict[Decision, list[Rule]] = {decision: [] for decision in STRICTEST_FIRST}
    undecided: list[Rule] = []
    modifications: list[str] = []
    for rule in against:
        said = rule.then.restrictions
        targets = (exercise, EVERY_EXERCISE)
        holding = dict.fromkeys(said[target] for target in targets if target in said)
        undecided += [rule] if holding and verdicts[rule.name] is None else []
        for word, modification in holding:
            sure = word == "modify" or verdicts[rule.name] is True
            restricting[word if sure else "undecided"].append(rule)
            if modification and modification not in modifications:
                modifications.append(modification)
    found = [decision for decision in STRICTEST_FIRST if restricting[decision]]
    strictest: Decision = found[0] if found else "do"
    return Prescription(
        exercise=exercise,
        decision=strictest if plan_given else "no_plan",
        rules=rules,
        restricted_by=() if strictest == "undecided" else tuple(restricting[strictest]),
        undecided=tuple(undecided),
        modifications=tuple(modifications) if strictest == "modify" else (),
    )


def advice(
    book: RuleBook, verdicts: Mapping[str, Truth], plan_given: bool
) -> tuple[AdviceGiven, ...]:
    """Every piece of advice that is recommended, in the order of the book."""
    named = _recommending(book, verdicts, "advice")
    return tuple(
        AdviceGiven(advice.id, named[advice.id])
        for advice in book.advice.values()
        if advice.id in named and (plan_given or not advice.part_of_plan)
    )


def referrals(
    book: RuleBook,
    verdicts: Mapping[str, Truth],
    states: Mapping[str, Truth],
    level: str,
    wording: Disposition,
) -> tuple[ReferralMade, ...]:
    """Whom the level sends to, then whom recommendations name, as far as the level lets them.

    Where several name the same, the soonest time holds.  While the level is incomplete, something
    serious may still be found: then nobody else is named.
    """
    deciding = tuple(
        rule
        for finding in book.findings.values()
        if finding.level == level and states[finding.id] is True
        for rule in finding.rules
        if verdicts[rule.name] is True
    )
    made = {wording.referral: ReferralMade(wording.referral, wording.within_days, deciding)}
    for referral, rules in _recommending(book, verdicts, "referral").items():
        if level == INCOMPLETE or more_urgent(level, book.referrals[referral].up_to):
            continue
        days = [rule.then.within_days for rule in rules if rule.then.within_days is not None]
        before = made.get(referral)
        if before is not None:
            days.append(before.within_days)
            rules = (*before.rules, *rules)
        made[referral] = ReferralMade(referral, min(days), rules)
    return tuple(made.values())
