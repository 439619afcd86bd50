"""Batches as a person runs them: the command `triage score`, and what it wrote."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
from click.testing import CliRunner, Result

from tests import specification
from tests.shipped import BOOK
from triage.answers.reading import AnswersRefused, read
from triage.answers.responses import Responses
from triage.book.rulebook import RuleBook
from triage.commands.main import main
from triage.problems import Problem


def score(*arguments: object) -> Result:
    """Run `triage score` in this process, with the shipped book, which is loaded already."""
    with patch("triage.commands.score.read_book", lambda _: BOOK):
        return CliRunner().invoke(main, ["score", *map(str, arguments)])


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of an output, as texts where it is CSV."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_texts(row: dict[str, Any]) -> dict[str, str]:
    """A row as CSV holds it."""
    return {name: "" if cell is None else str(cell) for name, cell in row.items()}


def interview(given: dict[str, Any], book: RuleBook = BOOK) -> tuple[list[str], list[str]]:
    """What a refusal of one person says: the items refused, and the red flags in what is left."""
    refused: list[str] = []

    def locate(item: str, message: str) -> Problem:
        refused.append(item)
        return Problem("", None, message)

    usable: Sequence[Responses]
    try:
        usable = [read(book.items, given, locate)]
    except AnswersRefused as error:
        usable = error.usable
    states = [specification.assess(book, one.answers).states for one in usable]
    red_flags = (f.id for f in book.findings.values() if f.stratum == "red_flags")
    return refused, [flag for flag in red_flags if any(state[flag] for state in states)]
