"""The readers agree on rule books that nobody wrote; each example is a book and some answers."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import specification
from tests.made_up import books
from tests.outcomes import outcome
from tests.strategies import answer_sets
from triage.answers.responses import Responses
from triage.assessment.assessment import conclude
from triage.assessment.explanation import Explanation
from triage.engines.fold import Fold
from triage.engines.forward import ForwardEngine

FORMS_A_BOOK = 8

on_books = settings(
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@on_books
@given(st.data())
def test_the_assessment_is_as_specified(data: st.DataObject) -> None:
    """Whatever the rules are, the forward engine and the assessment follow the specification."""
    book = data.draw(books())
    engine = ForwardEngine(book)
    for _ in range(FORMS_A_BOOK):
        answers = data.draw(answer_sets(book))
        responses = Responses(book.items, answers)
        engine.tell_all(responses)

        said = outcome(conclude(book, responses, engine.verdicts()))

        assert specification.assess(book, answers) == said


@on_books
@given(st.data())
def test_the_fold_judges_as_specified(data: st.DataObject) -> None:
    """The plain fold, which examples inside rules are run with, has the same verdicts."""
    book = data.draw(books())
    for _ in range(FORMS_A_BOOK):
        answers = data.draw(answer_sets(book))

        verdicts = Fold(book, Responses(book.items, answers)).verdicts()

        assert specification.assess(book, answers).verdicts == dict(verdicts)


@on_books
@given(st.data())
def test_telling_in_any_order_gives_the_verdicts_so_far(data: st.DataObject) -> None:
    """After each answer, in whatever order they come, the engine knows what follows so far."""
    book = data.draw(books())
    answers = data.draw(answer_sets(book))
    engine = ForwardEngine(book)
    told = {}
    for item in data.draw(st.permutations(list(answers))):
        told[item] = answers[item]

        engine.tell(item, answers[item])

        assert specification.assess(book, told).verdicts == dict(engine.verdicts())


@on_books
@given(st.data())
def test_an_explanation_is_a_proof(data: st.DataObject) -> None:
    """Only the answers that an explanation cites are enough for the finding to be what it is."""
    book = data.draw(books())
    for _ in range(FORMS_A_BOOK):
        answers = data.draw(answer_sets(book))
        responses = Responses(book.items, answers)
        assessment = conclude(book, responses, Fold(book, responses).verdicts())
        explanation = Explanation(assessment)
        for finding in book.findings.values():
            if assessment.states[finding.id] is not None:
                cited = {item: answers[item] for item in explanation.because(finding)}

                state = specification.assess(book, cited).states[finding.id]

                assert assessment.states[finding.id] is state
