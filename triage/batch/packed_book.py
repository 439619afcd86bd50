"""A rule book on its way to another process, which then need not read its files again.

It goes as Python's own bytes, which are to be read only where this program wrote them.
Not here: what the other process does with it (`report_maker`).
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from triage.book.rulebook import RuleBook
from triage.pictures.loading import FOLDER


def pack(book: RuleBook) -> bytes:
    """A rule book without the files that it was read from, save its pictures, as bytes."""
    files = book.origin.documents.items()
    pictures = _read_only({name: file for name, file in files if name.startswith(f"{FOLDER}/")})
    slim = replace(book, origin=replace(book.origin, documents=pictures))
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(slim)
    return stream.getvalue()


def unpack(content: bytes) -> RuleBook:
    """The rule book of some bytes that `pack` gave."""
    book = pickle.loads(content)
    assert isinstance(book, RuleBook)
    return book


class _Pickler(pickle.Pickler):
    """Takes read-only mappings as well, which Python's own does not."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(value: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(value)
