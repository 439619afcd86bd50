"""The data dictionary of a REDCap project: what each field is called, and what its codes mean.

The file that the project's page "Data Dictionary" gives, or the one that its API gives.

Not here: what the fields answer (`guesses`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import polars as pl

from triage.intake.delimited import open_delimited
from triage.problems import BadInput, Problem, listed, nearest, quoted

_NAMES: Mapping[str, tuple[str, str]] = {
    "name": ("Variable / Field Name", "field_name"),
    "kind": ("Field Type", "field_type"),
    "label": ("Field Label", "field_label"),
    "choices": ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"),
}
"""What the columns are called: in the file of the page, and in that of the API."""
_TAGS = re.compile(r"<[^>]*>")
_FIXED = {
    "yesno": {"1": "Yes", "0": "No"},
    "truefalse": {"1": "True", "0": "False"},
}
"""The kinds of field whose codes are the same in every project."""
_CHOSEN = ("radio", "dropdown", "checkbox")
BOX = "___"
"""Between a field's name and the code of one of its boxes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a project."""

    name: str
    kind: str
    label: str
    choices: Mapping[str, str]
    """Code to what it means."""


class Dictionary:
    """The fields of a project."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        """Take the fields, by their names."""
        self._fields = fields

    def label(self, column: str) -> str:
        """What a column asks, in the form's words; for a box, what the box says too."""
        field = self._fields.get(column)
        if field is not None:
            return field.label
        name, _, code = column.partition(BOX)
        field = self._fields.get(name)
        words = self._box(field, code) if field else None
        return f"{field.label} - {words}" if field and words else ""

    def choices(self, column: str) -> Mapping[str, str]:
        """What the codes of a column mean; nothing for a box, which is ticked or not."""
        field = self._fields.get(column)
        return field.choices if field else {}

    def box(self, column: str) -> tuple[str, str] | None:
        """The field that a box belongs to, and what the box says."""
        name, found, code = column.partition(BOX)
        field = self._fields.get(name)
        words = self._box(field, code) if field and found else None
        return (name, words) if words is not None else None

    @staticmethod
    def _box(field: Field, code: str) -> str | None:
        by_code = {re.sub(r"\W", "_", c.casefold()): words for c, words in field.choices.items()}
        return by_code.get(code.casefold())


def read_dictionary(path: Path) -> Dictionary:
    """Read a data dictionary.

    Raises:
        BadInput: it is no data dictionary.
        OSError: it cannot be read.
    """
    table = open_delimited(path)
    columns = {key: _column(names, table.header) for key, names in _NAMES.items()}
    missing = [_NAMES[key][0] for key, column in columns.items() if column is None]
    if missing:
        near = nearest(missing[0], table.header)
        expected = f"expected a data dictionary of REDCap, with the column {quoted(missing[0])}"
        raise BadInput([Problem(str(path), 1, f"{expected}{near}; read {listed(table.header)}")])
    named = {column: f"column___{place}" for place, column in enumerate(table.header)}
    rows = table.scan(named, dict.fromkeys(table.header, pl.String())).collect()
    fields: dict[str, Field] = {}
    for row in rows.iter_rows(named=True):
        name, kind, label, choices = (str(row[named[str(c)]] or "") for c in columns.values())
        if name:
            fields[name] = Field(name, kind, _plain(label), MappingProxyType(_read(kind, choices)))
    return Dictionary(MappingProxyType(fields))


def _column(names: tuple[str, str], header: tuple[str, ...]) -> str | None:
    return next((column for column in header if column.strip('"') in names), None)


def _read(kind: str, choices: str) -> dict[str, str]:
    """Code to words, from `1, Yes | 0, No`."""
    if kind in _FIXED:
        return _FIXED[kind]
    if kind not in _CHOSEN:
        return {}
    parts = (part.partition(",") for part in choices.split("|"))
    return {code.strip(): _plain(words) for code, comma, words in parts if comma}


def _plain(text: str) -> str:
    return " ".join(_TAGS.sub(" ", text).split())
