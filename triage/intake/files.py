"""Files of forms by their names: which files are meant, and what reads each.

Not here: the formats themselves.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from triage.book.rulebook import RuleBook
from triage.intake.delimited import open_delimited
from triage.intake.parquet import open_parquet
from triage.intake.records import open_records
from triage.intake.tables import Table
from triage.intake.workbook import open_workbook
from triage.problems import BadInput, Problem, listed, nearest, quoted

_OPEN: Mapping[str, Callable[[Path], Table]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), open_delimited),
    **dict.fromkeys((".parquet", ".pq"), open_parquet),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), open_workbook),
}
_RECORDS = (".jsonl", ".ndjson")


def open_tables(book: RuleBook, patterns: Iterable[str]) -> Sequence[Table]:
    """Open files of forms that have the same columns.

    Args:
        book: the rule book.
        patterns: paths, or patterns such as `exports/*.csv`.

    Raises:
        BadInput: with every problem found.
    """
    tables: list[Table] = []
    problems: list[Problem] = []
    for path in _paths(patterns, problems):
        try:
            check_name(path)
            tables.append(open_table(book, path))
        except BadInput as error:
            problems += error.problems
        except OSError as error:
            reason = (error.strerror or "cannot be read").lower()
            problems.append(Problem(str(path), None, reason))
    problems += _differences(tables)
    if problems:
        raise BadInput(problems)
    return tables


def open_table(book: RuleBook, path: Path) -> Table:
    """Open one file; its ending says what it is.

    Raises:
        BadInput: it is not what its ending says, or has another.
        OSError: it cannot be read.
    """
    ending = path.suffix.lower()
    if ending in _RECORDS:
        return open_records(path, book)
    if ending in _OPEN:
        return _OPEN[ending](path)
    message = f"read the ending {quoted(ending)}, expected {listed([*_OPEN, *_RECORDS])}"
    raise BadInput([Problem(str(path), None, message)])


def check_name(path: Path) -> None:
    """Refuse a file whose name is no text, which neither Polars nor a table can take.

    Raises:
        BadInput: its name is no text.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        name = str(path).encode(errors="replace").decode()
        raise BadInput([Problem(name, None, "its name is not in UTF-8; rename it")]) from None


def _paths(patterns: Iterable[str], problems: list[Problem]) -> Iterable[Path]:
    paths: dict[Path, Path] = {}  # where a file is: one that is named twice is read once
    for pattern in patterns:
        found = [pattern]
        if glob.has_magic(pattern) and not Path(pattern).exists():
            found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
            if not found:
                problems.append(Problem(pattern, None, "no file fits this pattern"))
        for path in map(Path, found):
            paths.setdefault(path.resolve(), path)
    return paths.values()


def _differences(tables: Sequence[Table]) -> Iterable[Problem]:
    """Where files do not have the columns of the first."""
    if any(table.sparse for table in tables):
        return
    for table in tables[1:]:
        first = tables[0]
        for column in table.header:
            if column not in first.header:
                near = nearest(column, first.header)
                yield Problem(
                    table.file, 1, f"column {quoted(column)} is not in {first.file}{near}"
                )
        for column in first.header:
            if column not in table.header:
                yield Problem(table.file, 1, f"no column {quoted(column)}, as in {first.file}")
