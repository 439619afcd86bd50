"""An assessment, reduced to what the specification speaks of, so that the two can be compared."""

from types import SimpleNamespace

from triage.assessment import Assessment


def outcome(assessment: Assessment) -> SimpleNamespace:
    """What an assessment says, in the shape of `specification.assess`."""
    prescriptions = (*assessment.exercises, *assessment.withheld)
    return SimpleNamespace(
        verdicts=dict(assessment.verdicts),
        states=dict(assessment.states),
        disposition=assessment.disposition,
        could_rise_to=assessment.could_rise_to,
        plan_given=assessment.plan_given,
        decisions={p.exercise: p.decision for p in prescriptions},
        advice={given.advice for given in assessment.advice},
        referrals={made.referral: made.within_days for made in assessment.referrals},
    )
