"""The rule book that comes with the program, and the people of its examples."""

from tests.conftest import EXAMPLES
from tests.strategies import answer_sets
from triage.answers.answer import Answer
from triage.answers.reading import read
from triage.book.loading import load_rule_book
from triage.book.yaml_reader import parse, read_bytes
from triage.problems import Problem

BOOK = load_rule_book()


def _people() -> list[dict[str, Answer]]:
    people = []
    for file in sorted([*EXAMPLES.glob("forms/*.yaml"), *EXAMPLES.glob("cases/*.yaml")]):
        given = parse(read_bytes(file), file.name).value["answers"]
        responses = read(BOOK.items, given, lambda _, text, file=file: Problem(file.name, 1, text))
        people.append(dict(responses.answers))
    return people


PEOPLE = _people()
"""The answers of every example form and case."""

SHIPPED_ANSWERS = answer_sets(BOOK, PEOPLE)
"""Answers to the shipped questionnaire that one form may hold together."""
