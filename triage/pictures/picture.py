"""A finished picture: one SVG text that needs no other file, with its words and its size.

It holds no letters, and is the same whenever it is drawn.  Not here: what is in it (`sheet`,
`body_map`), and how a report shows it (`reports/templates/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from triage.pictures import ink
from triage.pictures.outlines import num

WIDTH = 240.0
"""Units of every picture from left to right."""
MARGIN = 4.0
LARGEST = 1.15
"""Units for a centimetre of the body at most."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and its words."""

    svg: str
    """A whole SVG file; every id in it begins with a name that no other picture has."""
    alt: str
    """What is to be seen, for those who do not see it."""
    width: float
    """In units of the drawing's `viewBox`, as is the height: only their ratio counts."""
    height: float


def finish(content: str, name: str, alt: str, height: float) -> Picture:
    """Make a picture of what was drawn.

    Args:
        content: SVG elements.
        name: begins every id in the picture.
        alt: what is to be seen, in words.
        height: of the picture, in its units.
    """
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(WIDTH)} {num(height)}" '
        'stroke-linejoin="round" stroke-linecap="round" paint-order="stroke" '
        f'role="img" aria-label="{escape(alt)}"><defs>{ink.hatching(name)}</defs>{content}</svg>'
    )
    return Picture(svg, alt, WIDTH, height)
