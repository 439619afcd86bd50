"""Tables of forms: the same row for every form as for one person alone, in every table engine."""

from __future__ import annotations

import random
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

import triage
from tests import specification
from tests.crowd import form
from tests.rows import row_of, specified
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.answers.table import all_columns, row
from triage.assessment.assess import assess
from triage.engines.columnar import Compiled, finding_column, rule_column

FORMS = 5_000


def typed(column: str) -> Any:
    """The Polars type of a column of the table of forms."""
    item = BOOK.items.get(column)
    if item is None:
        return pl.Boolean
    return pl.String if item.kind == "one" else pl.Float64


SCHEMA = {"form": pl.Int64, **{column: typed(column) for column in all_columns(BOOK)}}


def table(responses: list[Responses]) -> pl.DataFrame:
    """Forms as a Polars table, numbered from 0."""
    rows = [{"form": number, **row(one)} for number, one in enumerate(responses)]
    return pl.DataFrame(rows, schema=SCHEMA)


@pytest.fixture(scope="module")
def crowd() -> list[Responses]:
    """Five thousand people."""
    chance = random.Random(7)
    return [form(chance) for _ in range(FORMS)]


@pytest.fixture(scope="module")
def expected(crowd: list[Responses]) -> list[dict[str, Any]]:
    """Their rows, from the specification alone."""
    rows = enumerate(specified(BOOK, one.answers) for one in crowd)
    return [{"form": number, **cells} for number, cells in rows]


@pytest.fixture(scope="module")
def scored(crowd: list[Responses]) -> pl.DataFrame:
    """Their rows, scored as a Polars table."""
    return triage.score(table(crowd), BOOK)


def test_polars_agrees_with_the_specification(
    scored: pl.DataFrame, expected: list[dict[str, Any]]
) -> None:
    """Every cell of every form is as the specification has it."""
    assert list(expected[0]) == scored.columns
    assert expected == scored.to_dicts()


def test_duckdb_agrees_with_polars(
    crowd: list[Responses], scored: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A DuckDB relation gives the same table, and comes back as a relation."""
    # DuckDB 2.0 reads the names of all columns for each expression, to warn of texts that are such
    # a name: half a minute with the shipped book.  The small books of `test_columnar_random` do it.
    monkeypatch.setattr("duckdb._relation._warn_on_literal_names", lambda *_: None)
    relation = duckdb.connect().from_arrow(table(crowd).to_arrow())

    result = triage.score(relation, BOOK)

    assert isinstance(result, duckdb.DuckDBPyRelation)
    assert scored.equals(result.pl().sort("form"), null_equal=True)


def test_the_forward_engine_agrees(crowd: list[Responses], scored: pl.DataFrame) -> None:
    """The interview's engine says the same of two hundred of them."""
    rows = scored.head(200).to_dicts()
    for one, found in zip(crowd, rows, strict=False):
        said = row_of(assess(BOOK, one))
        assert said == {name: found[name] for name in said}


def test_every_rule_and_finding_is_judged_alike(crowd: list[Responses]) -> None:
    """Not only what is shown: each rule's and each finding's truth is the specification's."""
    some = crowd[:500]
    judged = Compiled(BOOK).over(nw.from_native(table(some).lazy())).collect().to_native()
    for number, one in enumerate(some):
        said = specification.assess(BOOK, one.answers)
        found = judged.row(number, named=True)
        assert said.verdicts == {name: found[rule_column(name)] for name in said.verdicts}
        assert said.states == {name: found[finding_column(name)] for name in said.states}


def test_a_lazy_frame_stays_lazy(crowd: list[Responses], scored: pl.DataFrame) -> None:
    """A frame comes back as the kind that it was."""
    result = triage.score(table(crowd[:50]).lazy(), BOOK)
    assert isinstance(result, pl.LazyFrame)
    assert scored.head(50).equals(result.collect(), null_equal=True)


def test_missing_columns_are_silence() -> None:
    """A column that is not there is unknown for everybody, never no; others are passed over."""
    alone = pl.DataFrame({"signs_now__chest_pain": [True, None], "shoe_size": [41, 42]})
    found = triage.score(alone, BOOK)
    assert ["emergency", "incomplete"] == found["disposition"].to_list()
    assert "emergency" == found["could_rise_to"][1]
    assert "age" in found["missing"][1]


REFUSED = {
    "an unknown option": ({"walking": "hops"}, "walking"),
    "a number out of range": ({"age": 400.0}, "age"),
    "a number between two steps": ({"age": 17.5}, "age"),
    "no number at all": ({"age": float("nan")}, "age"),
    "none beside another": (
        {"conditions__none": True, "conditions__cancer": True},
        "conditions",
    ),
    "an answer that does not apply": (
        {"pain_places__groin": True, "knee_trouble__stuck": True},
        "knee_trouble",
    ),
}


@pytest.fixture(scope="module")
def refused() -> dict[str, dict[str, Any]]:
    """The row of each such form."""
    forms = [{**answers, "signs_now__chest_pain": True} for answers, _ in REFUSED.values()]
    found: pl.DataFrame = triage.score(pl.DataFrame(forms, infer_schema_length=None), BOOK)
    return dict(zip(REFUSED, found.to_dicts(), strict=True))


@pytest.mark.parametrize("form", REFUSED)
def test_an_answer_that_cannot_be_taken_refuses_the_form(
    form: str, refused: dict[str, dict[str, Any]]
) -> None:
    """Its item is named, nothing is scored, and a red flag among the other answers is shown."""
    said = refused[form]
    _, item = REFUSED[form]
    assert item == said["refused"]
    assert "chest_or_breathing_signs" in said["red_flags"]
    shown = {name for name, value in said.items() if value is not None}
    assert {"refused", "red_flags"} == shown


def test_the_rules_that_fired_can_be_added(crowd: list[Responses]) -> None:
    """`explain` adds a cell with the names of the rules that are yes."""
    found = triage.score(table(crowd[:20]), BOOK, explain=True)
    for one, cell in zip(crowd, found["rules"], strict=False):
        verdicts = specification.assess(BOOK, one.answers).verdicts
        assert [name for name, verdict in verdicts.items() if verdict] == [
            name for name in cell.split("; ") if name
        ]
