"""Rule-based triage of pain along the iliotibial band: the public names.

    from triage import assess, load_rule_book

    assessment = assess(load_rule_book(), {"age": 34, "walking": "as_usual"})
    assessment.disposition

The package is a shell: every medical fact stands in the rule book.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.assess_one import assess
    from triage.assessment import Assessment
    from triage.explanation import Explanation
    from triage.loader import load_rule_book
    from triage.problems import BadInput
    from triage.responses import AnswersRefused, Responses
    from triage.rulebook import RuleBook
    from triage.score_table import score

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
    "AnswersRefused": "triage.responses",
    "Assessment": "triage.assessment",
    "BadInput": "triage.problems",
    "Explanation": "triage.explanation",
    "Responses": "triage.responses",
    "RuleBook": "triage.rulebook",
    "assess": "triage.assess_one",
    "load_rule_book": "triage.loader",
    "score": "triage.score_table",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `triage --help` does not wait for all."""
    if name not in _HOMES:
        raise AttributeError(f"module 'triage' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
