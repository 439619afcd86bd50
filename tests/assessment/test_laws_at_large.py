"""The laws on five thousand seeded forms, in the specification alone.

`test_laws` looks for the odd form that breaks a law; this is the plain count: people of every
kind, each with one answer more, and every law that a form can be held against.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from tests import specification
from tests.crowd import form, some_answer
from tests.shipped import BOOK
from tests.specification import LEVELS, Outcome
from triage.answers.answer import Answer
from triage.answers.responses import Responses

FORMS = 5_000


def broken(said: Outcome, age: Answer | None) -> Iterator[str]:
    """The laws that an outcome breaks by itself."""
    asked = {True: set[str](), None: set[str](), False: set[str]()}
    for finding in BOOK.findings.values():
        if finding.level is not None:
            asked[said.states[finding.id]].add(finding.level)
    reached = LEVELS.index(said.disposition)
    if any(LEVELS.index(level) < reached for level in asked[True] - {"self_care"}):
        yield "red flag trumps"
    if said.disposition == "self_care" and (asked[True] | asked[None]) - {"self_care"}:
        yield "self-care is earned"
    if said.plan_given and (said.disposition not in ("routine", "self_care") or age < 18):
        yield "no plan above self-care, none under 18"
    if not said.plan_given and set(said.decisions.values()) - {"no_plan"}:
        yield "no exercise without a plan"
    for rule in BOOK.rules.values():
        for exercise, (word, _) in rule.then.restrictions.items():
            kept_out = word != "modify" and said.verdicts[rule.name] is not False
            if kept_out and said.decisions.get(exercise) in ("do", "modify"):
                yield "contraindication beats recommendation"


def test_the_laws_hold_on_five_thousand_forms() -> None:
    """No law is broken, nothing is retracted by one answer more, and every level occurs."""
    chance = random.Random(20261122)
    seen: Counter[str] = Counter()
    for _ in range(FORMS):
        responses = form(chance)
        before = specification.assess(BOOK, responses.answers)
        assert [] == list(broken(before, responses.answers.get("age"))), responses.answers
        seen[before.disposition] += 1
        open_items = responses.unanswered()
        if open_items:
            item = BOOK.items[chance.choice(open_items)]
            more = {**responses.answers, item.id: some_answer(chance, item)}
            if all(Responses(BOOK.items, more).applies(name) is not False for name in more):
                after = specification.assess(BOOK, more)
                kept = {name: state for name, state in before.states.items() if state is not None}
                assert kept == {name: after.states[name] for name in kept}, (more, item.id)
    assert set(LEVELS) == set(seen), seen
