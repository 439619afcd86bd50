"""A person's name as it may stand on a report: one line of visible letters, cut where it is long.

Not here: escaping, which each form of the report does for every text that it places.
"""

from __future__ import annotations

import unicodedata

LONGEST = 60
"""Letters of a name that are shown; what is cut off is marked by dots."""
CUT = "\N{HORIZONTAL ELLIPSIS}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Invisible, but part of how some languages spell names."""
MOST_MARKS = 3
"""Accents on one letter; more would climb out of the line."""


def clean_name(name: str) -> str:
    """Drop what is invisible or turns the text around, and put the rest on one line.

    Line ends and other spaces become one space.  Control characters, and those that change the
    direction of the text, are dropped.
    """
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", name):
        category = unicodedata.category(char)
        marks = marks + 1 if category.startswith("M") else 0
        if char.isspace() or category.startswith("Z"):
            kept.append(" ")
        elif (category[0] != "C" or char in JOINERS) and marks <= MOST_MARKS:
            kept.append(char)
    line = " ".join("".join(kept).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + CUT
