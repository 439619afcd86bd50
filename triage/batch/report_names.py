"""File names for reports, from what forms are called.

A name is safe on every system: it stays in its folder, shows as it is, and is neither a device nor
too long.  Forms that would share a name are told apart by their rows, also where a system takes
two spellings for one.

Not here: writing the files (`report_maker`).
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Letters of a name, without its ending."""
LARGEST = 160
"""Bytes of it: systems allow 255, and a file on its way has a longer name than a finished one."""
_NOT_SHOWN = "C"
"""The categories of what is no letter: control characters, turns of direction, unknown ones."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Names that mean a device on Windows, whatever their ending."""


class Names:
    """Hands out names, none of them twice."""

    def __init__(self, ending: str) -> None:
        """Begin with none.

        Args:
            ending: what every name ends in, with its dot.
        """
        self.ending = ending
        self._taken: set[str] = set()

    def name(self, form: str | None, row: int) -> str:
        """The file name for a form; the same forms in the same order get the same names.

        Args:
            form: what the form is called, if anything.
            row: the number of its row.
        """
        stem = safe(form or "")
        wanted = stem or f"row{row}"
        chosen, times = wanted, 1
        while _spelling(chosen) in self._taken:
            chosen = f"{wanted}-row{row}" if times == 1 else f"{wanted}-row{row}-{times}"
            times += 1
        self._taken.add(_spelling(chosen))
        return chosen + self.ending


def safe(text: str) -> str:
    """A text as a file name without its ending; empty where nothing of it can stay."""
    composed = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    shown = (char for char in composed if unicodedata.category(char)[0] != _NOT_SHOWN)
    kept = "".join(char if char.isalnum() or char in "-_." else "_" for char in shown)
    name = re.sub(r"_{2,}", "_", kept)[:LONGEST]
    name = name.encode()[:LARGEST].decode(errors="ignore").strip("-_.")
    return f"form_{name}" if _DEVICE.match(name) else name


def _spelling(name: str) -> str:
    """The same for names that some system takes for the same."""
    return unicodedata.normalize("NFKC", name.casefold())
