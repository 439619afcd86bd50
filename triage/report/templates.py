"""Fills in templates of `reports/templates/`, and says what they may do with a text or a picture.

Not here: which template makes which form of a report (`rendering`), and the PDF's (`pdf`).
"""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triage.book.rulebook import ENGLISH
from triage.languages.words import words
from triage.pictures.picture import Picture
from triage.resources import templates_folder

WIDTH = 78
"""Columns of a text report; only what cannot be broken, such as a link, may be wider."""
MARKS = ("!!!", "!!", "!", "i", "i", "?")
"""A sign beside each level, most urgent first and the open one last: colour never stands alone."""
TICK_COLUMNS = 7
"""Days that stand side by side in the table to tick of a text report."""


def fill_template(template: str, language: str = ENGLISH, **values: Any) -> str:
    """Fill values into a template; in one of HTML, no text becomes markup."""
    environment = _environment(language, template.endswith(".html"))
    return environment.get_template(template).render(**values)


@lru_cache
def _environment(language: str, html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(wrap=_wrap, underline=_underline, draw=_draw, css_string=_css_string)
    environment.globals.update(
        words=words(language).texts, width=WIDTH, marks=MARKS, columns=TICK_COLUMNS, boxes=_boxes
    )
    return environment


def _wrap(text: str, lead: str = "") -> str:
    """A text wrapped below its lead, such as a bullet; further lines are indented as far."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _underline(text: str, stroke: str) -> str:
    """A heading, wrapped and underlined."""
    lines = _wrap(text)
    return f"{lines}\n{stroke * max(map(len, lines.splitlines()))}"


def _boxes(days: tuple[str, ...]) -> str:
    """Boxes to tick for some days."""
    return "  ".join(f"{day:>2} [  ]" for day in days)


def _draw(picture: Picture, place: str) -> Markup:
    """A drawing inside an HTML page, with its words; nothing in it clashes with another drawing.

    Args:
        picture: the drawing, which is the program's own and no text from outside.
        place: what makes the ids of this drawing its own on the page.
    """
    place = re.sub(r"[^A-Za-z0-9-]", "", place)
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>", "", picture.svg, flags=re.DOTALL).strip()
    svg = re.sub(r'(?<=[\s])id="', f'id="{place}-', svg)
    svg = re.sub(r'((?:xlink:)?href)="#', rf'\1="#{place}-', svg)
    svg = re.sub(r"url\(#", f"url(#{place}-", svg)
    svg = re.sub(r'(aria-(?:labelledby|describedby))="([^"]*)"', "", svg)
    opening, rest = svg.split(">", 1)
    opening = re.sub(r'\s(?:role|aria-label|focusable)="[^"]*"', "", opening)
    label = Markup(' role="img" aria-label="{}"').format(picture.alt)
    return Markup(opening) + label + Markup(">" + rest)


def _css_string(text: str) -> Markup:
    """A text as a string of a style sheet inside an HTML page."""
    safe = "".join(
        char if char.isalnum() or char in " .,:" else f"\\{ord(char):x} " for char in text
    )
    return Markup(f'"{safe}"')
