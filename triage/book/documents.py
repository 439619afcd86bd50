"""A YAML document as plain values, each with the line it stands on.

Not here: reading one (`yaml_reader`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from triage.problems import Problem

Path_: TypeAlias = tuple[str | int, ...]
"""Where a value stands inside a document: keys and list positions from the top."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the rule book something was written."""

    file: str
    """Path below the rule book's folder, with forward slashes."""
    line: int
    """Counted from 1."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as plain values."""

    file: str
    value: object
    """`dict`, `list`, `str`, `int`, `float` or `None`, nested."""
    lines: Mapping[Path_, int]
    """The line of each value, by its path; the line of a mapping's entry is that of its key."""

    def place(self, path: Path_) -> Place:
        """Where the value at `path` stands."""
        return Place(self.file, self.lines.get(path, 1))

    def problem(self, path: Path_, message: str) -> Problem:
        """A problem with the value at `path`, or at the nearest place above it that has a line."""
        while path and path not in self.lines:
            path = path[:-1]
        return Problem(self.file, self.lines.get(path, 1), message)
