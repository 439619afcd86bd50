"""Files that are written beside their final names, and renamed when all is complete.

Not here: what is written (`batch.one_pass`, `rejects`, `answers_file`).
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from triage.problems import BadInput, Problem, listed, quoted

if TYPE_CHECKING:
    import polars as pl

ROWS = (".csv", ".parquet", ".jsonl", ".ndjson")
"""The endings of a file of scored forms."""
REJECTS = (".csv", ".jsonl", ".ndjson")
"""The endings of a file of rejected forms."""
PAGES = (".html", ".htm")
"""The endings of a summary page."""

_FORMULA = "^(?:[\t\r\n]|[ \u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20])"
"""How a text begins that a spreadsheet may run; some pass over spaces, and know wide signs too."""

_SYSTEM_ERROR = re.compile(r"\(os error ([0-9]+)\)$")
"""How Polars ends what it says where the system refused it something."""


def neutral(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def neutral_column(column: str) -> pl.Expr:
    """The same for a whole column."""
    import polars as pl

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


@dataclass(frozen=True, slots=True)
class Part:
    """A file on its way: written at `path`, and called `target` when all is complete."""

    path: Path
    target: Path

    @property
    def ending(self) -> str:
        """The ending of its final name, which says what form it has."""
        return self.target.suffix.lower()

    def write(self, content: bytes) -> None:
        """Write all of it.

        Raises:
            OSError: it cannot be written; it names the target.
        """
        with naming(self.target):
            self.path.write_bytes(content)


@contextmanager
def beside(*targets: Path) -> Iterator[tuple[Part, ...]]:
    """Private empty files beside their final names, all renamed when the block ends well.

    Raises:
        OSError: a folder cannot be written, or a target is a folder; it names the target.
    """
    parts: list[Part] = []
    try:
        for target in targets:
            parts.append(_part(target))
        yield tuple(parts)
        for part in parts:
            part.path.replace(part.target)
    finally:
        for part in parts:
            part.path.unlink(missing_ok=True)


def _part(target: Path) -> Part:
    try:
        if target.is_dir():  # known before anything is read, and not when it is to be renamed
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, path = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}.", suffix=".part"
        )
    except OSError as error:  # it may name the part, which means nothing to anybody
        raise OSError(error.errno, error.strerror, str(target)) from None
    os.close(handle)
    return Part(Path(path), target)


@contextmanager
def naming(target: Path) -> Iterator[None]:
    """Name the target in what goes wrong, where the system names no file."""
    try:
        yield
    except OSError as error:
        if error.filename:
            raise
        raise OSError(error.errno, error.strerror, str(target)) from None


@contextmanager
def naming_for_polars(target: Path) -> Iterator[None]:
    """The same for Polars, and in the system's words: its own may hold answers."""
    import polars as pl

    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        if isinstance(error, OSError) and error.filename:
            raise
        found = _SYSTEM_ERROR.search(str(error))
        if isinstance(error, pl.exceptions.PolarsError) and not found:
            raise
        number = int(found[1]) if found else 0
        words = os.strerror(number) if found else "cannot be written"
        raise OSError(number, words, str(target)) from None


def sink(frame: pl.LazyFrame, part: Part) -> pl.LazyFrame:
    """The plan that writes a frame to a part, in the form that its ending asks for."""
    if part.ending == ".parquet":
        return frame.sink_parquet(part.path, lazy=True)
    if part.ending == ".csv":
        return frame.sink_csv(part.path, lazy=True)
    return frame.sink_ndjson(part.path, lazy=True)
