"""The cells of each record of a CSV file, read in Python: a damaged line costs that line only.

Not here: how a file is written, and whether a row has the cells that it needs (`delimited`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain, islice

LONGEST_RECORD = 100
"""Lines that a cell in quotation marks may run over."""

TOO_MANY_CELLS = "the row has more cells than the header has names"
TOO_FEW_CELLS = "the row has fewer cells than the header has names"
OPEN_QUOTE = "a quotation mark is opened and not closed"
STRAY_QUOTE = "a cell goes on after its closing quotation mark"


def records(
    lines: Iterator[str], separator: str, width: int
) -> Iterator[tuple[list[str], str | None]]:
    """The cells of each record, and what is wrong with it."""
    put_back: list[str] = []

    def coming() -> Iterator[str]:
        while line := put_back.pop() if put_back else next(lines, ""):
            yield line

    for line in coming():
        if '"' not in line:
            yield line.rstrip("\r\n").split(separator), None
            continue
        taken: list[str] = []
        cells, damage = _parsed(chain([line], coming()), taken, separator)
        if damage is None and not _swallowed(taken, separator, width):
            yield cells, None
            continue
        put_back.extend(reversed(taken[1:]))
        plain = [cell.strip('"') for cell in line.rstrip("\r\n").split(separator)]
        damage = damage if damage and len(taken) == 1 else OPEN_QUOTE
        yield plain if len(plain) == width else [], damage


def _parsed(lines: Iterator[str], taken: list[str], separator: str) -> tuple[list[str], str | None]:
    """The cells of one record and what is wrong with it; its lines go to `taken`."""

    def noted() -> Iterator[str]:
        for line in islice(lines, LONGEST_RECORD):
            taken.append(line)
            yield line

    try:
        return next(csv.reader(noted(), delimiter=separator, strict=True)), None
    except csv.Error as error:
        return [], OPEN_QUOTE if "unexpected end of data" in str(error) else STRAY_QUOTE


def _swallowed(lines: list[str], separator: str, width: int) -> bool:
    """Whether a record over several lines is several rows: two lines have a row's cells each."""
    full = [line for line in lines if line.count(separator) == width - 1]
    return len(lines) > 1 and len(full) > 1
