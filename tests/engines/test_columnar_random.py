"""Tables of forms by rule books that nobody wrote.

Polars, DuckDB, the interview and the specification agree, also on answers that cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import duckdb
import polars as pl
import pytest
from duckdb import _relation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import triage
from tests.batches import interview
from tests.made_up import books
from tests.rows import row_of, specified
from tests.shipped import BOOK
from tests.strategies import answer_sets
from triage.answers.answer import OFF_STEP, TICKED, as_written
from triage.answers.responses import Responses
from triage.answers.table import columns, option_column, row
from triage.assessment.assess import assess
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook

FORMS_A_BOOK = 8

on_books = settings(
    max_examples=25,
    phases=[Phase.generate],  # compiling a book for each smaller example would take too long
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module", autouse=True)
def _folds_each_name_once() -> Iterator[None]:
    """DuckDB looks through the names of all columns for each expression, to warn of texts that are
    such a name, and writes each of them small anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_relation, "fold_name", cache(_relation.fold_name))
        yield


def table(book: RuleBook, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a table of forms in its types, numbered from 0."""
    kinds: dict[str, Any] = {"form": pl.Int64}
    for item in book.items.values():
        kinds |= dict.fromkeys(columns(item), pl.Boolean)
        if item.kind != "many":
            kinds[item.id] = pl.String if item.kind == "one" else pl.Float64
    return pl.DataFrame([{"form": n, **cells} for n, cells in enumerate(rows)], schema=kinds)


def scored(book: RuleBook, forms: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows that Polars makes; DuckDB makes the same."""
    found: pl.DataFrame = triage.score(forms, book)
    with duckdb.connect() as connection:
        other = triage.score(connection.from_arrow(forms.to_arrow()), book).pl()
    assert found.to_dicts() == other.sort("form").to_dicts()
    return found.to_dicts()


@on_books
@given(st.data())
def test_every_cell_is_as_specified(data: st.DataObject) -> None:
    """Whatever the rules are, a row says what the specification and the interview say."""
    book = data.draw(books())
    forms = [data.draw(answer_sets(book)) for _ in range(FORMS_A_BOOK)]
    people = [Responses(book.items, answers) for answers in forms]

    found = scored(book, table(book, [row(one) for one in people]))

    for number, (answers, one) in enumerate(zip(forms, people, strict=True)):
        expected = {"form": number, **specified(book, answers)}
        assert expected == found[number]
        rest = ("form", "missing", "refused")
        assert row_of(assess(book, one)) == {k: v for k, v in expected.items() if k not in rest}


def _bad(draw: Any, item: Item) -> tuple[dict[str, Any], Any]:
    """Cells of an answer that cannot be taken, and the same as one person would write it."""
    if item.kind == "one":
        return {item.id: "plum"}, "plum"
    if item.kind == "number":
        assert item.number is not None
        off = draw(st.sampled_from([-1.0, 5.0, 1.5, 2 + 2 * OFF_STEP, float("inf"), float("nan")]))
        return {item.id: off}, off
    cells: dict[str, Any] = {
        option_column(item.id, option): option in (NONE, "red") for option in item.options
    }
    if NOT_SURE in item.options and draw(st.booleans()):
        cells[option_column(item.id, "blue")] = None
        return cells, {TICKED: [NONE, "red"], NOT_SURE: ["blue"]}
    return cells, [NONE, "red"]


@on_books
@given(st.data())
def test_a_refused_form_shows_the_red_flags_of_its_other_answers(data: st.DataObject) -> None:
    """What cannot be taken is named; no red flag is shown that the interview would not show."""
    book = data.draw(books())
    rows, written = [], []
    for _ in range(FORMS_A_BOOK):
        answers = data.draw(answer_sets(book))
        cells: dict[str, Any] = dict(row(Responses(book.items, answers)))
        given: dict[str, Any] = {k: as_written(v) for k, v in answers.items()}
        for name in data.draw(st.lists(st.sampled_from(list(book.items)), max_size=2, unique=True)):
            item = book.items[name]
            if item.kind == "many" and NONE not in item.options:
                continue
            cells |= dict.fromkeys(columns(item))
            bad, given[name] = _bad(data.draw, item)
            cells |= bad
        rows.append(cells)
        written.append(given)

    found = scored(book, table(book, rows))

    for cells, answers in zip(found, written, strict=True):
        refused, red_flags = interview(answers, book)
        assert "; ".join(name for name in book.items if name in refused) == cells["refused"]
        assert set(cells["red_flags"].split("; ")) <= {*red_flags, ""}


def test_a_number_a_hair_off_a_step_is_taken_and_one_further_is_not() -> None:
    """The columns and the interview draw the line at the same place."""
    ages = [18.0, 18 + OFF_STEP / 2, 18 - OFF_STEP / 2, 18 + 2 * OFF_STEP, 17.5, 18.0001]
    found = triage.score(pl.DataFrame({"age": ages}), BOOK)["refused"].to_list()
    assert ["age" if interview({"age": age})[0] else "" for age in ages] == found
    assert ["", "", "", "age", "age", "age"] == found
