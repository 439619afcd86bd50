"""What a rule book means, in plain Python: the judge of every reader of it.

Written from rules/README.md and from nothing else.  It takes the book's frozen values and a mapping
of answers, shares no code with the readers, and is no faster and no cleverer than it must be.

No is 0, unknown is 1 and yes is 2, so that "all of" is the least, "any of" is the greatest,
"at least k of" is the k-th greatest, and the absence of a finding is 2 less its truth.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from triage.book.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    CountOf,
    Includes,
    OneOf,
    Present,
    UnsureOf,
)

NO, UNKNOWN, YES = 0, 1, 2
NOT_ASKED = "(does not apply)"
IN_WORDS = {NO: False, UNKNOWN: None, YES: True}
LEVELS = ["emergency", "same_day", "within_days", "routine", "self_care", "incomplete"]
STRICTEST_FIRST = ["avoid", "ask_first", "undecided", "modify", "do"]


@dataclass(frozen=True)
class Outcome:
    """What a book makes of some answers."""

    verdicts: Mapping[str, bool | None]
    """Each rule: yes, no or unknown."""
    states: Mapping[str, bool | None]
    """Each finding: present, ruled out or undecided."""
    disposition: str
    could_rise_to: str | None
    plan_given: bool
    decisions: Mapping[str, str]
    """What becomes of each exercise that is recommended."""
    advice: set[str]
    referrals: Mapping[str, int]
    """Whom to see, and in how many days at the latest."""


def applies(book, answers: Mapping, item: str) -> int:
    """Whether a question applies."""
    gate = book.items[item].ask_if
    answer_to = partial(told, book, answers)
    return YES if gate is None else truth(gate, answer_to, lambda _: UNKNOWN)


def told(book, answers: Mapping, item: str):
    """The answer to a question, nothing, or that it does not apply."""
    return NOT_ASKED if applies(book, answers, item) == NO else answers.get(item)


def truth(condition, answer_to: Callable, state_of: Callable[[str], int]) -> int:
    """The truth of a condition, given what was told of each question, and each finding's state."""
    match condition:
        case AllOf():
            least = YES
            for part in condition.parts:
                verdict = truth(part, answer_to, state_of)
                if verdict == NO:
                    return NO  # nothing is less
                if verdict < least:
                    least = verdict
            return least
        case Present():
            return state_of(condition.finding)
        case AnyOf():
            greatest = NO
            for part in condition.parts:
                verdict = truth(part, answer_to, state_of)
                if verdict == YES:
                    return YES  # nothing is greater
                if verdict > greatest:
                    greatest = verdict
            return greatest
        case CountOf(at_least, parts):
            truths = sorted(truth(part, answer_to, state_of) for part in parts)
            return truths[-at_least]
    return truth_of_answer(condition, answer_to(condition.item))


def truth_of_answer(condition, answer) -> int:
    """The truth of a condition on the answer to one question."""
    if answer is None:
        return UNKNOWN
    if answer == NOT_ASKED:
        return NO
    match condition:
        case Includes():
            if not answer.isdisjoint(condition.options):
                return YES
            if "not_sure" in answer or not doubted(answer).isdisjoint(condition.options):
                return UNKNOWN
            return NO
        case OneOf():
            return YES if answer in condition.options else NO
        case UnsureOf(_, options):
            if answer & {f"{option}?" for option in options}:
                return YES
            return UNKNOWN if "not_sure" in answer and set(options) - answer else NO
        case _ if answer == "not_sure":
            return UNKNOWN
        case AtLeast():
            return YES if answer >= condition.number else NO
        case AtMost():
            return YES if answer <= condition.number else NO


@lru_cache  # an answer is asked about by many conditions
def doubted(answer: frozenset) -> set:
    """The options of which one is not sure; "none" hangs on them, where nothing is ticked."""
    open_ = {named[:-1] for named in answer if named[-1] == "?"}
    return open_ | {"none"} if open_ and len(open_) == len(answer) else open_


@lru_cache(maxsize=4)
def levels_of(book) -> Mapping[str, str]:
    """How urgent each finding is that says so, if it is present."""
    levels: dict[str, str] = {}
    for rule in book.rules.values():
        if rule.stratum == "red_flags":
            levels[rule.finding] = rule.then.disposition
        if rule.stratum == "patterns":
            levels[rule.finding] = book.patterns[rule.finding].level
    return levels


def assess(book, answers: Mapping) -> Outcome:
    """What a book makes of some answers."""
    answer_to = {item: told(book, answers, item) for item in book.items}.__getitem__
    verdicts: dict[str, int] = {}
    states: dict[str, int] = {}
    levels = levels_of(book)
    for rule in book.rules.values():  # by strata, so that what a rule names is decided before it
        verdict = truth(rule.when, answer_to, states.__getitem__)
        for absent in rule.unless:
            verdict = min(verdict, YES - states[absent])
        verdicts[rule.name] = verdict
        if verdict >= states.get(rule.finding, NO):
            states[rule.finding] = verdict

    def level_if(states: Mapping[str, int]) -> str:
        present = {levels[f] for f in levels if states[f] == YES}
        open_levels = {levels[f] for f in levels if states[f] == UNKNOWN}
        for level in LEVELS[:4]:
            if level in present:
                return level
        if open_levels & {"emergency", "same_day", "within_days"}:
            return "incomplete"
        gentle = "self_care" in present and "routine" not in open_levels
        return "self_care" if gentle else "routine"

    level = level_if(states)
    # At worst, every open question about more than self-care comes true, and no gentle one does.
    at_worst = {f: NO if levels[f] == "self_care" else YES for f in levels if states[f] == UNKNOWN}
    worst = level_if({**states, **at_worst})
    plan = (
        level in ("self_care", "routine")
        and all(states[f] == NO for f in levels if levels[f] not in ("self_care", "routine"))
        and truth(book.plan_only_if, answer_to, states.__getitem__) == YES
    )

    restricting = [rule for rule in book.rules.values() if rule.then.restrictions]

    def decision(exercise: str) -> str:
        if not plan:
            return "no_plan"
        decisions = ["do"]
        for rule in restricting:
            for key, (word, _) in rule.then.restrictions.items():
                if key in (exercise, "every_exercise") and verdicts[rule.name] != NO:
                    sure = word == "modify" or verdicts[rule.name] == YES
                    decisions.append(word if sure else "undecided")
        return min(decisions, key=STRICTEST_FIRST.index)

    said = [rule.then for rule in book.rules.values() if verdicts[rule.name] == YES]
    today = level == "incomplete" and worst in ("emergency", "same_day")
    wording = book.dispositions["incomplete_today" if today else level]
    sent = [(wording.referral, wording.within_days)]
    for then in said:
        up_to = book.referrals[then.referral].up_to if then.referral else None
        if up_to and level != "incomplete" and LEVELS.index(up_to) <= LEVELS.index(level):
            sent.append((then.referral, then.within_days))
    return Outcome(
        verdicts={name: IN_WORDS[verdict] for name, verdict in verdicts.items()},
        states={finding: IN_WORDS[state] for finding, state in states.items()},
        disposition=level,
        could_rise_to=worst if LEVELS.index(worst) < LEVELS.index(level) else None,
        plan_given=plan,
        decisions={then.exercise: decision(then.exercise) for then in said if then.exercise},
        advice={
            then.advice
            for then in said
            if then.advice and (plan or not book.advice[then.advice].part_of_plan)
        },
        referrals={name: min(days for other, days in sent if other == name) for name, _ in sent},
    )
