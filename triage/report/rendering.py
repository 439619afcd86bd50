"""The take-home report: an assessment as a view, and the view as text, HTML or PDF.

The view holds everything that the report shows; a template shows everything that the view holds.
So a further form, or a test, needs no second look at the assessment.  Rendering is a pure function
of the view and a paper size, and may run in many threads.

Not here: what the report shows (`selection`), its words (`languages.words`), what a template may do
(`templates`), and how a PDF is made (`pdf`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from triage.assessment.assessment import Assessment
from triage.languages.words import draft_note, words
from triage.report import pdf
from triage.report.findings import Findings
from triage.report.fit import fitted
from triage.report.person_name import clean_name
from triage.report.plan import Planner
from triage.report.selection import Reader, Selection
from triage.report.templates import MARKS, fill_template
from triage.report.view import ReportView

Form: TypeAlias = Literal["text", "html", "pdf"]
Paper: TypeAlias = Literal["a4", "letter"]

FORMS: Mapping[str, Form] = {".pdf": "pdf", ".html": "html", ".txt": "text"}
"""The ending of a file and the form of report that belongs in it."""


def view(
    assessment: Assessment, today: datetime.date, name: str = "", reader: Reader = "person"
) -> ReportView:
    """What the report on an assessment shows.

    Args:
        assessment: the assessment.
        today: the day of the report; the days to look again are counted from it.
        name: the person's name as somebody typed it; it is cleaned and cut to one line.
        reader: whom it is for; a clinician's begins with the record, and has it in full.

    Raises:
        BadInput: the book's files of pictures cannot be read.
    """
    return Selection(assessment, words(assessment.book.language)).whole(
        today, clean_name(name), reader
    )


def render(view: ReportView, form: Form, paper: Paper = "a4") -> bytes:
    """A report as a file that stands alone.

    The same view, form and paper always give the same bytes.

    Raises:
        BadInput: a PDF is asked for, and some letter is in none of its fonts.
    """
    if form == "pdf":
        return pdf.make(view, words(view.language), paper, MARKS)
    if form == "html":
        sizes = fitted(view, words(view.language), paper)
        values = {"report": view, "paper": paper, "sizes": sizes}
        return fill_template("report.html", view.language, **values).encode()
    return _tidy(fill_template("report.txt", view.language, report=view)).encode()


def summary(assessment: Assessment) -> str:
    """The gist of an assessment for a terminal: how urgent, why, what it may be, what to do."""
    language = assessment.book.language
    selection = Selection(assessment, words(language))
    findings = Findings(assessment, words(language))
    planner = Planner(assessment, words(language))
    return _tidy(
        fill_template(
            "summary.txt",
            language,
            short=selection.short,
            urgency=selection.urgency(),
            could_rise=selection.could_rise(),
            warning_signs=findings.warning_signs(),
            possibilities=findings.possibilities(),
            contributors=findings.contributors(),
            plan=planner.plan(pictures=False),
            not_to_do=planner.not_to_do() if assessment.plan_given else None,
            draft=draft_note(assessment.book),
        )
    )


def _tidy(text: str) -> str:
    """No white space at the end of a line, at most two empty lines together, one line end last."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
