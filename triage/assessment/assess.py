"""Answers in, assessment out: the whole of the main job, for one person."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

from triage.answers import reading
from triage.answers.older import read_older
from triage.answers.responses import Responses
from triage.assessment.assessment import Assessment, conclude
from triage.book.rulebook import RuleBook
from triage.engines.forward import ForwardEngine
from triage.problems import Problem


class _Kept(threading.local):
    """What each thread keeps: an engine for a book, and one for the same in another language."""

    def __init__(self) -> None:
        self.engine: Callable[[RuleBook], ForwardEngine] = lru_cache(maxsize=2)(ForwardEngine)


_kept = _Kept()


def assess(book: RuleBook, answers: Mapping[str, object] | Responses) -> Assessment:
    """Assess one person's answers with the forward engine.

    Args:
        book: the rule book.
        answers: checked responses; or item id to a word, a list of words, a number in the item's
            own unit, or a number with a unit as text ("5 miles").  An item that is left out, or
            `None`, is not answered.  Names of an older book's questionnaire will do too.

    Raises:
        AnswersRefused: an answer is to no item, of the wrong type, out of range, or contradicts
            another.  It carries what could be used.
    """
    if not isinstance(answers, Responses):
        answers = _checked(book, answers)
    engine = engine_for(book)
    engine.tell_all(answers)
    return conclude(book, answers, engine.verdicts())


def _checked(book: RuleBook, given: Mapping[str, object]) -> Responses:
    def locate(_: str, message: str) -> Problem:
        return Problem("answers", None, message)

    older = read_older(book, given, locate)
    return reading.read(book.items, given, locate) if older is None else older.responses


def engine_for(book: RuleBook) -> ForwardEngine:
    """This thread's engine for a book: compiled once, its memory as it was left."""
    return _kept.engine(book)
