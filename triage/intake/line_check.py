"""A CSV file looked over line by line, before Polars reads it.

Where every quotation mark and line end is in order, a line is a row, and one with too few or too
many cells is known by its number.

Not here: files without quotation marks, where sums are enough (`row_count`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from triage.intake.csv_records import TOO_FEW_CELLS, TOO_MANY_CELLS

MOST_DAMAGED = 10_000
"""Rows with too few or too many cells that Polars is told of."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a file whose quotation marks and line ends are in order."""

    count: int
    damage: Mapping[int, str]
    """What is wrong with whole rows, by their number from 1."""
    has_quotes: bool


def check_lines(path: Path, skipped: int, separator: str, width: int) -> Lines | None:
    """Look over a file; nothing is said of one that is not in order, or is damaged much.

    Args:
        path: the file.
        skipped: lines before the first row.
        separator: what stands between two cells.
        width: cells of a row.

    Raises:
        OSError: the file cannot be read.
    """
    between, mark = width - 1, separator.encode()
    ends = rb"(?=%b|\r?\n?$)" % re.escape(mark)
    in_quotes = re.compile(rb'(^|%b)"(?:[^"]|"")*"' % re.escape(mark) + ends)
    nothing_in_quotes = re.compile(rb'(^|%b)""' % re.escape(mark) + ends)
    no_cell = mark + b"\r\n"
    damage: dict[int, str] = {}
    number, has_quotes = 0, False
    with path.open("rb") as stream:
        for number, line in enumerate(islice(stream, skipped, None), 1):
            if b"\r" in line and b"\r" in line.removesuffix(b"\r\n"):
                return None
            if b'"' in line:
                has_quotes = True
                line = in_quotes.sub(rb"\1x", nothing_in_quotes.sub(rb"\1", line))
                if b'"' in line:
                    return None
            found = line.count(mark)
            if found != between and line.strip(no_cell):
                damage[number] = TOO_MANY_CELLS if found > between else TOO_FEW_CELLS
                if len(damage) > MOST_DAMAGED:
                    return None
    return Lines(number, damage, has_quotes)
