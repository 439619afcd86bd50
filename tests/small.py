"""The small rule book: a coffee machine, where what is tested is not the medicine."""

from pathlib import Path

from tests.strategies import answer_sets
from triage.answers.reading import read
from triage.answers.responses import Responses
from triage.book.loading import load_rule_book
from triage.problems import Problem

FOLDER = Path(__file__).parent / "books" / "small"
BOOK = load_rule_book(FOLDER)
SMALL_ANSWERS = answer_sets(BOOK)


def given(answers: dict[str, object]) -> Responses:
    """Answers as somebody wrote them, checked."""
    return read(BOOK.items, answers, lambda item, text: Problem(f"<{item}>", None, text))
