"""Answers in, assessment out: the whole of the main job, for one person."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from triage.answers import reading
from triage.answers.responses import Responses
from triage.assessment.assessment import Assessment, conclude
from triage.book.rulebook import RuleBook
from triage.engines.forward import ForwardEngine
from triage.problems import Problem

_kept = threading.local()


def assess(book: RuleBook, answers: Mapping[str, object] | Responses) -> Assessment:
    """Assess one person's answers with the forward engine.

    Args:
        book: the rule book.
        answers: checked responses; or item id to a word, a list of words, a number in the item's
            own unit, or a number with a unit as text ("5 miles").  An item that is left out, or
            `None`, is not answered.

    Raises:
        AnswersRefused: an answer is to no item, of the wrong type, out of range, or contradicts
            another.  It carries what could be used.
    """
    if not isinstance(answers, Responses):
        answers = reading.read(book.items, answers, lambda _, text: Problem("answers", None, text))
    engine = engine_for(book)
    engine.tell_all(answers)
    return conclude(book, answers, engine.verdicts())


def engine_for(book: RuleBook) -> ForwardEngine:
    """This thread's engine for a book: compiled once, its memory as it was left."""
    engine: ForwardEngine | None = getattr(_kept, "engine", None)
    if engine is None or engine.book is not book:
        engine = _kept.engine = ForwardEngine(book)
    return engine
