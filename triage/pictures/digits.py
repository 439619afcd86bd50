"""Numbers drawn as lines, because a picture holds no letters: fonts and languages differ."""

from __future__ import annotations

from triage.pictures import ink
from triage.pictures.camera import Spot
from triage.pictures.outlines import num

STROKES = {
    "0": "M2 0C0 0 0 6 2 6C4 6 4 0 2 0",
    "1": "M.8 1.4L2.4 0V6",
    "2": "M.2 1.5C.3-.5 3.8-.5 3.8 1.6C3.8 3.2 1 4.4.2 6H4",
    "3": "M.3.9C1 -.4 3.7-.3 3.7 1.4C3.7 2.7 2.5 2.9 1.6 2.9"
    "C2.6 2.9 3.9 3.2 3.9 4.5C3.9 6.4.8 6.5.1 5",
    "4": "M3 6V0L0 4.3H4",
    "5": "M3.7 0H.7L.4 2.8C2 1.9 3.9 2.5 3.9 4.2C3.9 6.3.9 6.5.1 5.1",
    "6": "M3.4 0C1.4 1 .2 2.6.2 4.2C.2 6.6 3.9 6.6 3.9 4.2C3.9 2.1 1.1 2 .4 3.6",
    "7": "M0 0H4C2.6 1.8 1.9 3.8 1.6 6",
    "8": "M2 2.8C-.2 2.6 0 0 2 0C4 0 4.2 2.6 2 2.8C-.6 3 -.4 6 2 6C4.4 6 4.6 3 2 2.8",
    "9": "M.6 6C2.6 5 3.8 3.4 3.8 1.8C3.8-.6.1-.6.1 1.8C.1 3.9 2.9 4 3.6 2.4",
}
"""SVG path data, 4 units wide and 6 high."""


def badge(number: int, at: Spot, size: float) -> str:
    """A number in a disc.

    Args:
        number: 0 or more.
        at: the centre of the disc, in units of the picture.
        size: its radius.
    """
    text = str(number)
    scale = size / (5.2 if len(text) == 1 else 6.6)
    wide = (5.4 * len(text) - 1.4) * scale
    out = (
        f'<circle cx="{num(at[0])}" cy="{num(at[1])}" r="{num(size)}" '
        f'fill="{ink.LINE}" stroke="{ink.WHITE}"/>'
    )
    for index, digit in enumerate(text):
        x = at[0] - wide / 2 + 5.4 * scale * index
        y = at[1] - 3 * scale
        out += (
            f'<path transform="translate({num(x)} {num(y)}) scale({scale:.2f})" '
            f'd="{STROKES[digit]}" fill="none" stroke="{ink.WHITE}"/>'
        )
    return out
