"""What can be wrong with something that was read, and how it is said.

A problem names the place, what was read, what was expected and the nearest known name.
Readers collect all problems and raise them together.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60
"""Characters of a value that a message quotes; a longer value is cut."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    file: str
    line: int | None
    """Counted from 1; `None` where the place has no line."""
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file and line."""
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0))


class BadInput(Exception):
    """Something that was read cannot be used.  Carries every problem found, at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class EnginesDisagree(RuntimeError):
    """Two readers of the same form do not say the same: a bug in this program."""


def quoted(value: object) -> str:
    """A value as a message shows it: on one line, printable, and cut where it is long."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else repr(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    if len(text) > LONGEST_QUOTE:
        text = text[:LONGEST_QUOTE] + "..."
    return f"'{text}'"


def plain(number: float) -> str:
    """A number without a needless fraction: `3`, `0.5`."""
    return f"{number:g}" if abs(number) < 1e15 else str(number)


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean '...'?` for the nearest known name, or nothing where none is near."""
    found = difflib.get_close_matches(name[:LONGEST_QUOTE], list(known), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""


def listed(names: Iterable[str]) -> str:
    """Names as `a, b or c`; "nothing" where there are none."""
    *most, last = list(names) or ["nothing"]
    return f"{', '.join(most)} or {last}" if most else last
