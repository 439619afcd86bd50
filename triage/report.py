"""The take-home report: an assessment as a view, and the view as text or HTML.

The view holds everything that the report shows; a template shows everything that the view holds.
So a further form, or a test, needs no second look at the assessment.

Not here: what the report shows (`report_selection`), and its sentences (`reports/templates/`).
"""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from triage.assessment import Assessment
from triage.report_selection import Selection
from triage.report_view import ReportView
from triage.resources import templates_folder

Form: TypeAlias = Literal["text", "html"]

FORMS: Mapping[str, Form] = {".html": "html", ".txt": "text"}
"""The ending of a file and the form of report that belongs in it."""
WIDTH = 78
"""Columns of a text report; only what cannot be broken, such as a link, may be wider."""
MARKS = ("!!!", "!!", "!", "i", "i", "?")
"""A sign beside each level, most urgent first and the open one last: colour never stands alone."""


def view(assessment: Assessment, today: datetime.date) -> ReportView:
    """What the report on an assessment shows.

    Args:
        assessment: the assessment.
        today: the day of the report; the days to look again are counted from it.
    """
    return Selection(assessment).whole(today)


def render(view: ReportView, form: Form) -> str:
    """A report as one text that stands alone: for a terminal, or as an HTML file.

    The same view always gives the same text.
    """
    if form == "html":
        return rendered("report.html", form, report=view)
    return _tidy(rendered("report.txt", form, report=view))


def summary(assessment: Assessment) -> str:
    """The gist of an assessment for a terminal: how urgent, why, what it may be, what to do."""
    selection = Selection(assessment)
    return _tidy(
        rendered(
            "summary.txt",
            "text",
            short=selection.short,
            urgency=selection.urgency(),
            could_rise=selection.could_rise(),
            warning_signs=selection.warning_signs(),
            possibilities=selection.possibilities(),
            contributors=selection.contributors(),
            exercises=selection.exercises(),
            held_back=selection.held_back(),
        )
    )


def rendered(template: str, form: Form, **values: Any) -> str:
    """A template of `reports/templates/` with its values filled in."""
    return _environment(form).get_template(template).render(**values)


@lru_cache
def _environment(form: Form) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["filled"] = _filled
    environment.filters["underlined"] = _underlined
    environment.globals.update(width=WIDTH, marks=MARKS)
    return environment


def _filled(text: str, lead: str = "") -> str:
    """A text wrapped below its lead, such as a bullet; further lines are indented as far."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _underlined(text: str, stroke: str) -> str:
    """A heading, wrapped and underlined."""
    lines = _filled(text)
    return f"{lines}\n{stroke * max(map(len, lines.splitlines()))}"


def _tidy(text: str) -> str:
    """No white space at the end of a line, at most two empty lines together, one line end last."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
