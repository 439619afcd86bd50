"""The readers agree on rule books that nobody wrote; each example is a book and some answers."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import specification
from made_up import books
from outcomes import outcome
from strategies import answer_sets
from triage import assess
from triage.engines.forward import ForwardEngine
from triage.responses import Responses

on_books = settings(
    max_examples=300,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@on_books
@given(st.data())
def test_the_assessment_is_as_specified(data: st.DataObject) -> None:
    """Whatever the rules are, the forward engine and what is made of it follow the specification."""
    book = data.draw(books())
    answers = data.draw(answer_sets(book))

    assert specification.assess(book, answers) == outcome(assess(book, Responses(book.items, answers)))
