"""The people whose reports are tested: the shipped forms, the published cases, and red flags."""

from __future__ import annotations

import datetime
from functools import cache

from tests.conftest import EXAMPLES
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.assessment.assess import assess
from triage.assessment.assessment import Assessment
from triage.book.levels import SELF_CARE, URGENCY
from triage.intake.answers_file import read_assumed, read_form
from triage.pictures.picture import Picture

TODAY = datetime.date(2026, 11, 22)
FORMS = sorted(path.stem for path in (EXAMPLES / "forms").glob("*.yaml"))
CASES = sorted(path.stem for path in (EXAMPLES / "cases").glob("*.yaml"))
WORRIED = [f"a red flag at {level}" for level in URGENCY[: URGENCY.index(SELF_CARE)]]
SMALL_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" width="320" height="200">'
    '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
    '<rect id="b" width="300" height="180" fill="url(#a)"/><use href="#b"/></svg>'
)


@cache
def case(name: str) -> Assessment:
    """An assessment by name: of a form, a published case, or a red flag's own example."""
    if name in FORMS:
        return assess(BOOK, read_form(BOOK, str(EXAMPLES / "forms" / f"{name}.yaml")).responses)
    if name in CASES:
        assumed = read_assumed(BOOK, str(EXAMPLES / "cases" / "assumed" / "reassuring.yaml"))
        form = read_form(BOOK, str(EXAMPLES / "cases" / f"{name}.yaml"))
        return assess(BOOK, form.responses.assuming(assumed))
    return assess(BOOK, flagged(name.split()[-1]))


def flagged(level: str) -> Responses:
    """Answers that fire a red flag of a level and, as far as it goes, nothing more urgent."""
    for rule in BOOK.rules.values():
        if rule.stratum == "red_flags" and rule.then.disposition == level:
            for example in rule.fires:
                if not example.findings:
                    assessment = assess(BOOK, example.answers)
                    if assessment.disposition == level:
                        return assessment.responses
    raise AssertionError(f"no red flag of {level} has an example of answers alone")


def drawing(alt: str) -> Picture:
    """A small drawing with ids in it, and words of its own."""
    return Picture(SMALL_DRAWING, alt, 320, 200)
