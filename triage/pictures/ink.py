"""The colours of pictures, and the hatching of what moves.

Colours are chosen so that they differ in grey too.
"""

from __future__ import annotations

LINE = "#1d2b34"
SKIN = "#f6e3d3"
HAIR = "#4b4039"
SHIRT = "#9cc3d5"
SHORTS = "#64839a"
SHOE = "#8496a0"
MOVING = "#f4a83f"
MOVING_SHORTS = "#7f97a8"
HATCHED = {MOVING: "m", MOVING_SHORTS: "s"}
"""Colours that are hatched too, and how the ids of their patterns end."""
GHOST = "#fff"
PALE = "#e9eef0"
PROP = "#cfd8dc"
PROP_DARK = "#b3c0c6"
WOOD = "#d9c3a0"
STRETCHY = "#b3123f"
WHITE = "#fff"


def paint(colour: str, prefix: str) -> str:
    """A colour as SVG knows it: itself, or the pattern that hatches it."""
    return f"url(#{prefix}-{HATCHED[colour]})" if colour in HATCHED else colour


def hatching(prefix: str) -> str:
    """The patterns that mark what moves or hurts."""
    return "".join(
        f'<pattern id="{prefix}-{end}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M-1-1H6V6H-1Z" fill="{colour}"/>'
        f'<path d="M-1 2.5H6" stroke="{LINE}" fill="none"/></pattern>'
        for colour, end in HATCHED.items()
    )
