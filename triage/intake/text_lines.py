"""The lines of a text file in any usual encoding.

Not here: the cells of a line (`csv_records`, `delimited`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

HEAD = 1_000_000
"""Bytes that the encoding, the separator, the header and the sample are judged by."""
LONGEST_LINE = 10_000_000
"""Characters of a line that are read at once."""

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def encoding_of(head: bytes) -> str:
    """How the bytes that a file begins with are to be read."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return encoding
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[first:400:2]
        if half and half.count(0) > len(half) / 2:
            return encoding
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(head) == HEAD and error.start > HEAD - 4
        return "utf-8" if cut else "cp1252"
    return "utf-8"


def head_of(path: Path, encoding: str) -> list[str]:
    """The lines that a file begins with; one that is cut off is left out."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        cut = bool(stream.read(1))
    lines = list(lines_of(io.BytesIO(head), encoding))
    return lines[:-1] if cut and len(lines) > 1 else lines


def lines_of(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a file; a line that is not UTF-8 is taken for Windows-1252."""
    wide = encoding.startswith("utf-16")
    coding = (encoding, "replace") if wide else ("utf-8-sig", "surrogateescape")
    with io.TextIOWrapper(stream, *coding) as as_text:
        while line := as_text.readline(LONGEST_LINE):
            if line.isascii() or not any("\udc80" <= char <= "\udcff" for char in line):
                yield line
            else:
                yield line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
