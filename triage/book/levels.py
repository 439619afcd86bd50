"""The closed lists of words: levels of urgency, strata, words of fit and grades of evidence.

Not here: how a book says them to people (`entries`).
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

STRATA = (
    "features",
    "red_flags",
    "patterns",
    "causes",
    "contraindications",
    "recommendations",
)
"""The rule folders in the order in which they are concluded; a rule names earlier ones only."""

Level: TypeAlias = Literal["emergency", "same_day", "within_days", "routine", "self_care"]
SELF_CARE = "self_care"
ROUTINE = "routine"
EMERGENCY = "emergency"
INCOMPLETE = "incomplete"
INCOMPLETE_TODAY = "incomplete_today"
"""How a book words `incomplete` where a level that cannot wait is still open."""
SELF_CARE_ALONE = "self_care_without_exercises"
"""How a book words `self_care` where no exercise is left in the plan."""
URGENCY: tuple[str, ...] = get_args(Level)
"""The levels that a finding may ask for, most urgent first; `incomplete` is none of them."""
WORDED = (*URGENCY, SELF_CARE_ALONE, INCOMPLETE_TODAY, INCOMPLETE)
"""What a book has words for, in the order in which they stand there."""
ABOVE_SELF_CARE = URGENCY[: URGENCY.index(SELF_CARE)]
ABOVE_ROUTINE = URGENCY[: URGENCY.index(ROUTINE)]
"""Where one of these is open, nothing less urgent is settled."""
CANNOT_WAIT = URGENCY[: URGENCY.index("within_days")]

LIKELIHOODS = ("likely", "possible")
"""How well a pattern or a cause fits, strongest first.  Words of fit, not probabilities."""

Evidence: TypeAlias = Literal[
    "guideline", "review", "trial", "cohort", "case_series", "expert", "pragmatic"
]
GRADES: tuple[str, ...] = get_args(Evidence)
"""How good the science is behind a rule or an entry."""


def more_urgent(one: str, other: str) -> bool:
    """Whether one level is more urgent than another; `incomplete` is less urgent than any."""
    return urgency_rank(one) < urgency_rank(other)


def urgency_rank(level: str) -> int:
    """0 for the most urgent level; `incomplete` comes last."""
    return URGENCY.index(level) if level in URGENCY else len(URGENCY)
