"""People by the thousand: seeded forms for the shipped questionnaire, quicker than drawn ones."""

from __future__ import annotations

import random

from tests.shipped import BOOK, PEOPLE
from triage.answers.answer import Answer
from triage.answers.responses import Responses
from triage.book.items import NONE, NOT_SURE, Item


def some_answer(chance: random.Random, item: Item) -> Answer:
    """Any answer that an item offers; on a checklist most often "none of these"."""
    if item.kind == "one":
        return chance.choice(list(item.options))
    if item.number is not None:
        if NOT_SURE in item.options and chance.random() < 0.1:
            return NOT_SURE
        return float(chance.randint(int(item.number.low), int(min(item.number.high, 100))))
    if NONE in item.options and chance.random() < 0.7:
        return frozenset({NONE})
    signs = [option for option in item.options if option != NONE]
    return frozenset(chance.sample(signs, chance.randint(1, min(3, len(signs)))))


def form(chance: random.Random) -> Responses:
    """Somebody: one of the example people with a few answers changed, or anybody at all."""
    person = dict(chance.choice(PEOPLE)) if chance.random() < 0.7 else {}
    changed = chance.random() * 0.3 if person else 0.85
    answers: dict[str, Answer] = {}
    for item in BOOK.items.values():
        if Responses(BOOK.items, answers).applies(item.id) is False:
            continue
        if chance.random() < changed:
            answers[item.id] = some_answer(chance, item)
        elif item.id in person:
            answers[item.id] = person[item.id]
    return Responses(BOOK.items, answers)
