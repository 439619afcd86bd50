"""How many rows a CSV file has, from the sums of its separators and line ends alone.

That is quick, and holds for a file without quotation marks: where there are as many separators as
its rows need, a row that is too short has one that is too long beside it, which Polars refuses.
A long file is counted to its end while it is already being read.

Not here: reading rows, and telling which of them are damaged (`line_check`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from threading import Event, Thread

BLOCK = 1 << 20
"""Bytes that are looked over at once."""
FIRST = 16
"""Blocks that are looked over before anything is read; most files that are out of order show it."""


class RowCount:
    """The count of one file, which may be going on."""

    def __init__(self, path: Path, skipped: int, separator: str, width: int) -> None:
        """Begin to count.

        Args:
            path: the file.
            skipped: lines before the first row.
            separator: what stands between two cells.
            width: cells of a row.

        Raises:
            OSError: the file cannot be read.
        """
        self._separator = separator.encode()
        self._between = width - 1
        self._separators = self._ends = 0
        self._last = b"\n"
        self._rows: int | None = None
        self._plain = True
        self._done = Event()
        blocks = _blocks(path, skipped)
        first = list(islice(blocks, FIRST))
        self._take(first)
        if self._plain and len(first) == FIRST:
            Thread(target=self._take_rest, args=(blocks,), daemon=True).start()
        else:
            self._end()

    @property
    def rows(self) -> int | None:
        """How many rows there are, once that is known."""
        return self._rows

    @property
    def in_order_so_far(self) -> bool:
        """Whether nothing is known yet that needs more than sums."""
        return not self._done.is_set() or self._rows is not None

    def in_order(self) -> bool:
        """Whether sums are enough for the whole file; this waits for the end of the count."""
        self._done.wait()
        return self._rows is not None

    def _take(self, blocks: Iterable[bytes]) -> None:
        for block in blocks:
            if b'"' in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")):
                self._plain = False
                return
            self._separators += block.count(self._separator)
            self._ends += block.count(b"\n")
            self._last = block

    def _take_rest(self, blocks: Iterator[bytes]) -> None:
        try:
            self._take(blocks)
        except OSError:  # reading the rows will meet it too, and name it
            self._plain = False
        self._end()

    def _end(self) -> None:
        rows = self._ends + (not self._last.endswith(b"\n"))
        if self._plain and self._separators == rows * self._between:
            self._rows = rows
        self._done.set()


def _blocks(path: Path, skipped: int) -> Iterator[bytes]:
    """The bytes below the header; none ends between the two letters that may end a line."""
    with path.open("rb") as stream:
        for _ in range(skipped):
            stream.readline()
        while block := stream.read(BLOCK):
            yield block + stream.read(1) if block.endswith(b"\r") else block
