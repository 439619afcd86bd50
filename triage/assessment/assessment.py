"""From the truth of every rule to an assessment: findings, disposition, plan.

Pure functions of the rule book, the responses and the verdicts, whichever engine judged them.

Not here: why a finding holds (`explanation`), words for people (`report`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from triage.answers.responses import Responses
from triage.book.conditions import Truth, judge
from triage.book.levels import INCOMPLETE, LIKELIHOODS, ROUTINE, SELF_CARE, URGENCY, more_urgent
from triage.book.rulebook import RuleBook
from triage.book.rules import EVERY_EXERCISE, Finding, Rule

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
    """The present contraindications that the decision rests on."""
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


@dataclass(frozen=True)
class Assessment:
    """What the rule book makes of one person's answers."""

    book: RuleBook
    responses: Responses
    verdicts: Mapping[str, Truth]
    """Every rule by name: yes, no or unknown."""
    states: Mapping[str, Truth]
    """Every finding: present (`True`), ruled out (`False`) or undecided (`None`)."""
    disposition: str
    could_rise_to: str | None
    """The most urgent level still undecided, where that is above the disposition."""
    plan_given: bool
    exercises: tuple[Prescription, ...]
    """The plan, in its order; decisions `do` and `modify` only."""
    withheld: tuple[Prescription, ...]
    """Recommended, but not in the plan; decisions `avoid`, `ask_first`, `undecided`, `no_plan`."""
    advice: tuple[AdviceGiven, ...]
    referrals: tuple[ReferralMade, ...]

    def present(self, stratum: str) -> tuple[Finding, ...]:
        """The present findings of a stratum: most urgent first, then the best fit, then as read."""
        found = [f for f in self.book.strata[stratum] if self.states[f.id] is True]
        levels = [*URGENCY, None]
        fits = [*LIKELIHOODS, None]
        found.sort(key=lambda f: (levels.index(f.level), fits.index(self.likelihood(f))))
        return tuple(found)

    def undecided(self, *strata: str) -> tuple[Finding, ...]:
        """The undecided findings of some strata, in the order of the book."""
        return tuple(f for s in strata for f in self.book.strata[s] if self.states[f.id] is None)

    def firing(self, finding: Finding) -> tuple[Rule, ...]:
        """The rules that conclude a finding: those that are yes, strongest word first."""
        rules = [rule for rule in finding.rules if self.verdicts[rule.name] is True]
        fits = [*LIKELIHOODS, None]
        return tuple(sorted(rules, key=lambda rule: fits.index(rule.then.likelihood)))

    def likelihood(self, finding: Finding) -> str | None:
        """The strongest word for a present pattern or cause."""
        firing = self.firing(finding)
        return firing[0].then.likelihood if firing else None

    def deciding(self) -> tuple[Finding, ...]:
        """The present findings that ask for the level reached."""
        return tuple(
            finding
            for finding in self.book.findings.values()
            if finding.level == self.disposition and self.states[finding.id] is True
        )


def state(finding: Finding, verdicts: Mapping[str, Truth]) -> Truth:
    """Present where some rule is yes, ruled out where every rule is no, else undecided."""
    truths = [verdicts[rule.name] for rule in finding.rules]
    if True in truths:
        return True
    return None if None in truths else False


def conclude(book: RuleBook, responses: Responses, verdicts: Mapping[str, Truth]) -> Assessment:
    """The assessment that follows from the rules' verdicts.

    Args:
        book: the rule book.
        responses: one person's answers.
        verdicts: every rule of the book by name, as an engine judged it on these responses.
    """
    states = MappingProxyType({f.id: state(f, verdicts) for f in book.findings.values()})
    level = disposition(book, states)
    plan_given = _plan_given(book, responses, states, level)
    prescriptions = _prescriptions(book, verdicts, plan_given)
    in_plan = ("do", "modify")
    return Assessment(
        book=book,
        responses=responses,
        verdicts=verdicts,
        states=states,
        disposition=level,
        could_rise_to=_could_rise_to(book, states, level),
        plan_given=plan_given,
        exercises=tuple(p for p in prescriptions if p.decision in in_plan),
        withheld=tuple(p for p in prescriptions if p.decision not in in_plan),
        advice=_advice(book, verdicts, plan_given),
        referrals=_referrals(book, verdicts, states, level),
    )


def disposition(book: RuleBook, states: Mapping[str, Truth]) -> str:
    """How urgent it is.

    The most urgent level that a present finding asks for, if above self-care.  Otherwise, where
    everything that asks for more is ruled out: self-care if a self-care pattern is present, and
    routine if no known pattern fits.  Otherwise incomplete.
    """
    asking = [finding for finding in book.findings.values() if finding.level is not None]
    asked = {f.level for f in asking if states[f.id] is True}
    for level in URGENCY[: URGENCY.index(SELF_CARE)]:
        if level in asked:
            return level
    if any(f.level != SELF_CARE and states[f.id] is not False for f in asking):
        return INCOMPLETE
    gentle = [states[f.id] for f in asking if f.level == SELF_CARE]
    if True in gentle:
        return SELF_CARE
    return INCOMPLETE if None in gentle else ROUTINE


def _could_rise_to(book: RuleBook, states: Mapping[str, Truth], level: str) -> str | None:
    undecided = {f.level for f in book.findings.values() if f.level and states[f.id] is None}
    if level == INCOMPLETE and undecided == {SELF_CARE}:
        return ROUTINE  # should none of the gentle patterns fit in the end
    open_levels = [one for one in URGENCY if one in undecided and more_urgent(one, level)]
    return open_levels[0] if open_levels and open_levels[0] != SELF_CARE else None


def _plan_given(
    book: RuleBook, responses: Responses, states: Mapping[str, Truth], level: str
) -> bool:
    if level not in (SELF_CARE, ROUTINE):
        return False
    settled = all(
        states[finding.id] is False
        for finding in book.findings.values()
        if finding.level is not None and more_urgent(finding.level, ROUTINE)
    )
    return settled and judge(book.plan_only_if, responses.truth) is True


def _recommending(
    book: RuleBook, verdicts: Mapping[str, Truth], kind: str
) -> Mapping[str, tuple[Rule, ...]]:
    """What present recommendations name, and the rules that name it."""
    named: dict[str, tuple[Rule, ...]] = {}
    for rule in book.rules.values():
        if verdicts[rule.name] is True and (target := getattr(rule.then, kind)) is not None:
            named[target] = (*named.get(target, ()), rule)
    return named


def _prescriptions(
    book: RuleBook, verdicts: Mapping[str, Truth], plan_given: bool
) -> tuple[Prescription, ...]:
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
    modifications: list[str] = []
    for rule in against:
        said = rule.then.restrictions
        targets = (exercise, EVERY_EXERCISE)
        holding = dict.fromkeys(said[target] for target in targets if target in said)
        if not verdicts[rule.name]:
            restricting["undecided"] += [rule] if holding else []
            continue
        for word, modification in holding:
            restricting[word].append(rule)
            if modification and modification not in modifications:
                modifications.append(modification)
    found = [decision for decision in STRICTEST_FIRST if restricting[decision]]
    strictest: Decision = found[0] if found else "do"
    return Prescription(
        exercise=exercise,
        decision=strictest if plan_given else "no_plan",
        rules=rules,
        restricted_by=() if strictest == "undecided" else tuple(restricting[strictest]),
        undecided=tuple(restricting["undecided"]),
        modifications=tuple(modifications) if strictest == "modify" else (),
    )


def _advice(
    book: RuleBook, verdicts: Mapping[str, Truth], plan_given: bool
) -> tuple[AdviceGiven, ...]:
    named = _recommending(book, verdicts, "advice")
    return tuple(
        AdviceGiven(advice.id, named[advice.id])
        for advice in book.advice.values()
        if advice.id in named and (plan_given or not advice.part_of_plan)
    )


def _referrals(
    book: RuleBook, verdicts: Mapping[str, Truth], states: Mapping[str, Truth], level: str
) -> tuple[ReferralMade, ...]:
    """Whom the level sends to, then whom recommendations name, as far as the level lets them.

    Where several name the same, the soonest time holds.  While the level is incomplete, something
    serious may still be found: then nobody else is named.
    """
    wording = book.dispositions[level]
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
