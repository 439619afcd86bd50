"""A person who answers an interview from a form, question by question."""

from __future__ import annotations

from triage.answers.responses import Responses
from triage.book.rulebook import RuleBook
from triage.interview.interview import Interview


def walk(book: RuleBook, answers: Responses) -> tuple[Interview, list[str]]:
    """The interview at its end, and the items that it asked, in order.

    Raises:
        KeyError: it asked for an item that the answers do not hold.
    """
    interview = Interview(book)
    asked = []
    while (item := interview.next()) is not None:
        asked.append(item.id)
        interview.answer(item, answers.answers[item.id])
    return interview, asked
