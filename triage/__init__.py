"""Rule-based triage of pain along the iliotibial band: the public names.

    from triage import assess, load_rule_book

    assessment = assess(load_rule_book(), {"age": 34, "walking": "as_usual"})
    assessment.disposition

The package is a shell: every medical fact stands in the rule book.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.answers.reading import AnswersRefused
    from triage.answers.responses import Responses
    from triage.assessment.assess import assess
    from triage.assessment.assessment import Assessment
    from triage.assessment.explanation import Explanation
    from triage.batch.score_frame import score
    from triage.book.loading import load_rule_book
    from triage.book.rulebook import RuleBook
    from triage.problems import BadInput

__all__ = [
    "AnswersRefused",
    "Assessment",
    "BadInput",
    "Explanation",
    "Responses",
    "RuleBook",
    "assess",
    "load_rule_book",
    "score",
]

_HOMES = {
    "AnswersRefused": "triage.answers.reading",
    "Assessment": "triage.assessment.assessment",
    "BadInput": "triage.problems",
    "Explanation": "triage.assessment.explanation",
    "Responses": "triage.answers.responses",
    "RuleBook": "triage.book.rulebook",
    "assess": "triage.assessment.assess",
    "load_rule_book": "triage.book.loading",
    "score": "triage.batch.score_frame",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `triage --help` does not wait for all."""
    if name not in _HOMES:
        raise AttributeError(f"module 'triage' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
