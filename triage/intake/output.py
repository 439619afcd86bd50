"""Files that are written beside their final names, and renamed when all is complete.

Not here: what is written (`batch`, `rejects`).
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from triage.problems import BadInput, Problem, listed, quoted

ROWS = (".csv", ".parquet", ".jsonl", ".ndjson")
"""The endings of a file of scored forms."""
REJECTS = (".csv", ".jsonl", ".ndjson")
"""The endings of a file of rejected forms."""

_FORMULA = r"^[=+\-@\t\r]"
"""How a text begins that a spreadsheet would run."""


def neutral(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def neutral_column(column: str) -> pl.Expr:
    """The same for a whole column."""
    text = pl.col(column)
    harmful = text.str.contains(_FORMULA)
    return pl.when(harmful).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(column)


def check_ending(target: Path, endings: tuple[str, ...]) -> None:
    """Refuse a file name whose ending says nothing of its form.

    Raises:
        BadInput: the ending is none of those.
    """
    if target.suffix.lower() not in endings:
        message = f"read the ending {quoted(target.suffix)}, expected {listed(endings)}"
        raise BadInput([Problem(str(target), None, message)])


@contextmanager
def beside(*targets: Path) -> Iterator[Mapping[Path, Path]]:
    """Private empty files beside their final names, renamed in order when the block ends well.

    Raises:
        OSError: a folder cannot be written.
    """
    parts: dict[Path, Path] = {}
    try:
        for target in targets:
            try:
                handle, part = tempfile.mkstemp(
                    dir=target.parent, prefix=f".{target.name}.", suffix=".part"
                )
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(target)) from None
            os.close(handle)
            parts[target] = Path(part)
        yield parts
        for target, whole in parts.items():
            whole.replace(target)
    finally:
        for left in parts.values():
            left.unlink(missing_ok=True)


def sink(frame: pl.LazyFrame, part: Path, target: Path) -> pl.LazyFrame:
    """The plan that writes a frame to a part, in the form that the target's ending asks for."""
    ending = target.suffix.lower()
    if ending == ".parquet":
        return frame.sink_parquet(part, lazy=True)
    if ending == ".csv":
        return frame.sink_csv(part, lazy=True)
    return frame.sink_ndjson(part, lazy=True)
