"""The take-home report: an assessment as a view, and the view as text, HTML or PDF.

The view holds everything that the report shows; a template shows everything that the view holds.
So a further form, or a test, needs no second look at the assessment.  Rendering is a pure function
of the view and a paper size, and may run in many threads.

Not here: what the report shows (`selection`), its words (`languages.words`), and how a PDF is
made (`pdf`).
"""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triage.assessment.assessment import Assessment
from triage.book.rulebook import ENGLISH
from triage.languages.words import draft_note, words
from triage.report import pdf
from triage.report.fit import fitted
from triage.report.person_name import cleaned
from triage.report.plan import Planner
from triage.report.selection import Reader, Selection
from triage.report.view import Figure, ReportView
from triage.resources import templates_folder

Form: TypeAlias = Literal["text", "html", "pdf"]
Paper: TypeAlias = Literal["a4", "letter"]

FORMS: Mapping[str, Form] = {".pdf": "pdf", ".html": "html", ".txt": "text"}
"""The ending of a file and the form of report that belongs in it."""
WIDTH = 78
"""Columns of a text report; only what cannot be broken, such as a link, may be wider."""
MARKS = ("!!!", "!!", "!", "i", "i", "?")
"""A sign beside each level, most urgent first and the open one last: colour never stands alone."""
TICK_COLUMNS = 7
"""Days that stand side by side in the table to tick of a text report."""


def view(
    assessment: Assessment, today: datetime.date, name: str = "", reader: Reader = "person"
) -> ReportView:
    """What the report on an assessment shows.

    Args:
        assessment: the assessment.
        today: the day of the report; the days to look again are counted from it.
        name: the person's name as somebody typed it; it is cleaned and cut to one line.
        reader: whom it is for; a clinician's begins with the record, and has it in full.
    """
    return Selection(assessment, words(assessment.book.language)).whole(
        today, cleaned(name), reader
    )


def render(view: ReportView, form: Form, paper: Paper = "a4") -> bytes:
    """A report as a file that stands alone.

    The same view, form and paper always give the same bytes.

    Raises:
        BadInput: a PDF is asked for, and the extra that makes one is not installed, or a letter is
            in none of its fonts.
    """
    if form == "pdf":
        return pdf.compiled(view, words(view.language), paper, MARKS)
    if form == "html":
        sizes = fitted(view, words(view.language), paper)
        values = {"report": view, "paper": paper, "sizes": sizes}
        return rendered("report.html", form, view.language, **values).encode()
    return _tidy(rendered("report.txt", form, view.language, report=view)).encode()


def summary(assessment: Assessment) -> str:
    """The gist of an assessment for a terminal: how urgent, why, what it may be, what to do."""
    language = assessment.book.language
    selection = Selection(assessment, words(language))
    planner = Planner(assessment, selection.recorder, words(language))
    return _tidy(
        rendered(
            "summary.txt",
            "text",
            language,
            short=selection.short,
            urgency=selection.urgency(),
            could_rise=selection.could_rise(),
            warning_signs=selection.warning_signs(),
            possibilities=selection.possibilities(),
            contributors=selection.contributors(),
            plan=planner.plan(),
            not_to_do=planner.not_to_do() if assessment.plan_given else None,
            draft=draft_note(assessment.book),
        )
    )


def rendered(template: str, form: Form, language: str = ENGLISH, **values: Any) -> str:
    """A template of `reports/templates/` with its values filled in."""
    return _environment(form, language).get_template(template).render(**values)


@lru_cache
def _environment(form: Form, language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        filled=_filled, underlined=_underlined, drawn=_drawn, css_string=_css_string
    )
    environment.globals.update(
        words=words(language).texts, width=WIDTH, marks=MARKS, columns=TICK_COLUMNS, ticked=_ticked
    )
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


def _ticked(days: tuple[str, ...]) -> str:
    """Boxes to tick for some days."""
    return "  ".join(f"{day:>2} [  ]" for day in days)


def _drawn(figure: Figure, place: str) -> Markup:
    """A drawing inside an HTML page, with its words; nothing in it clashes with another drawing.

    Args:
        figure: the drawing, which is the program's own and no text from outside.
        place: what makes the ids of this drawing its own on the page.
    """
    place = re.sub(r"[^A-Za-z0-9-]", "", place)
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>", "", figure.svg, flags=re.DOTALL).strip()
    svg = re.sub(r'(?<=[\s])id="', f'id="{place}-', svg)
    svg = re.sub(r'((?:xlink:)?href)="#', rf'\1="#{place}-', svg)
    svg = re.sub(r"url\(#", f"url(#{place}-", svg)
    svg = re.sub(r'(aria-(?:labelledby|describedby))="([^"]*)"', "", svg)
    opening, rest = svg.split(">", 1)
    opening = re.sub(r'\s(?:role|aria-label|focusable)="[^"]*"', "", opening)
    label = Markup(' role="img" aria-label="{}"').format(figure.alt)
    return Markup(opening) + label + Markup(">" + rest)


def _css_string(text: str) -> Markup:
    """A text as a string of a style sheet inside an HTML page."""
    safe = "".join(
        char if char.isalnum() or char in " .,:" else f"\\{ord(char):x} " for char in text
    )
    return Markup(f'"{safe}"')


def _tidy(text: str) -> str:
    """No white space at the end of a line, at most two empty lines together, one line end last."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
