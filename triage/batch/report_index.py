"""The index of a folder of reports: which report is of which form, and what it was made from.

A run adds a line as soon as a report is complete, so that the next run can go on where one was
stopped.  When all is done the index is written anew, in the order of the forms.

Not here: making reports (`report_maker`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TypeAlias

from triage.intake.output import beside, naming, neutral
from triage.problems import BadInput, Problem, quoted

INDEX = "index.csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """One report."""

    report: str
    """Its file name."""
    file: str
    """The file of forms."""
    row: int
    form: str
    """What the form is called."""
    digest: str
    """Of all that the report is made from."""
    bytes: int
    """The size of the report."""


HEADER = tuple(field.name for field in fields(Entry))
Add: TypeAlias = Callable[[Entry, bool], None]
"""Takes note of a report, in the order of the forms, and whether it is a new one."""


def read_index(folder: Path, files: Iterable[str]) -> Mapping[str, Entry]:
    """What the index of a folder says of each file name; nothing where there is no index.

    Args:
        folder: the folder of reports.
        files: the files of forms whose reports are to be there.

    Raises:
        BadInput: the file is no such index, or the folder holds the reports of other forms.
        OSError: it cannot be read.
    """
    path = folder / INDEX
    try:
        with path.open(encoding="utf-8", newline="", errors="replace") as stream:
            rows = csv.reader(stream)
            if tuple(next(rows, ())) != HEADER:
                message = "is no index of reports; expected a folder for reports only"
                raise BadInput([Problem(str(path), None, message)])
            found = {entry.report: entry for row in rows if (entry := _entry(row))}
    except FileNotFoundError:
        return {}
    except csv.Error:
        raise BadInput([Problem(str(path), None, "is damaged; remove it to begin anew")]) from None
    known = set(map(neutral, files))
    others = sorted({entry.file for entry in found.values()} - known)
    if others:
        message = f"holds reports on {quoted(others[0])}; expected a folder of its own"
        raise BadInput([Problem(str(folder), None, f"{message} for these forms")])
    return found


def _entry(row: list[str]) -> Entry | None:
    """A line of the index, unless it is the end of a run that was killed in the midst of it."""
    if len(row) != len(HEADER) or not (row[2].isdecimal() and row[5].isdecimal()):
        return None
    return Entry(row[0], row[1], int(row[2]), row[3], row[4], int(row[5]))


@contextmanager
def keep_index(folder: Path, before: Mapping[str, Entry]) -> Iterator[Add]:
    """What takes note of reports; the index is complete, and in order, when the block ends well.

    Args:
        folder: the folder of reports.
        before: what the index says so far.

    Raises:
        OSError: the index cannot be written.
    """
    path = folder / INDEX
    with beside(path) as (part,), _lines(part.path, path) as kept:
        kept(before.values())
    with (
        beside(path) as (part,),
        _lines(part.path, path) as whole,
        _lines(path, path, header=False) as journal,
    ):

        def add(entry: Entry, new: bool) -> None:
            whole([entry])
            if new:
                journal([entry])

        yield add


@contextmanager
def _lines(
    path: Path, target: Path, *, header: bool = True
) -> Iterator[Callable[[Iterable[Entry]], None]]:
    """Adds lines at the end of a file; those taken at once are on the disk at once."""
    with naming(target), path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        if header:
            writer.writerow(HEADER)

        def write(some: Iterable[Entry]) -> None:
            for entry in some:
                cells = astuple(entry)
                writer.writerow([neutral(c) if isinstance(c, str) else c for c in cells])
            stream.flush()

        yield write
