"""An assessment, reduced to what the specification speaks of, so that the two can be compared."""

from tests.specification import Outcome
from triage.assessment.assessment import Assessment


def outcome(assessment: Assessment) -> Outcome:
    """What an assessment says, in the words of the specification."""
    prescriptions = (*assessment.exercises, *assessment.withheld)
    return Outcome(
        verdicts=dict(assessment.verdicts),
        states=dict(assessment.states),
        disposition=assessment.disposition,
        could_rise_to=assessment.could_rise_to,
        plan_given=assessment.plan_given,
        decisions={p.exercise: p.decision for p in prescriptions},
        advice={given.advice for given in assessment.advice},
        referrals={made.referral: made.within_days for made in assessment.referrals},
    )
