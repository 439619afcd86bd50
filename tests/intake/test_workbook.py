"""Workbooks and Parquet files: cells that have types."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from tests.tables_read import answers, one_answer, outcome, problems, reasons

DAY = datetime.datetime(2026, 3, 5)
HEADER = ["form", "years", "milk"]
Write = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Write:
    """Writes a workbook; each sheet is a list of rows."""

    def written(*sheets: Sequence[Sequence[Any]], names: Iterable[str] = ()) -> Path:
        path = tmp_path / "forms.xlsx"
        workbook = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
        called = [*names] or [f"Sheet{number}" for number, _ in enumerate(sheets, 1)]
        for name, rows in zip(called, sheets, strict=True):
            sheet = workbook.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write(line, place, cell)
        workbook.close()
        return path

    return written


def test_numbers_texts_and_truth_values(book: Write) -> None:
    path = book([HEADER, ["a", 3, True], [2, "3,5", "no"], [3.0, " 4 ", False], ["d", None, ""]])
    assert [
        {"form": "a", "years": 3.0, "milk": "yes"},
        {"form": "2", "years": 3.5, "milk": "no"},
        {"form": "3", "years": 4.0, "milk": "no"},
        {"form": "d"},
    ] == answers(path)


def test_a_date_in_the_place_of_a_number_is_shown_and_refused(book: Write) -> None:
    path = book([HEADER, ["a", DAY, "yes"], ["b", 3, "no"]])
    (reason,) = reasons(path)
    assert reason.startswith("a: item 'years': read '2026-03-05 00:00:00', expected a number")


def test_a_date_that_is_ignored_does_no_harm(book: Write) -> None:
    path = book([[*HEADER, "Seen"], ["a", 3, "yes", DAY], ["b", 4, "no", None]])
    mapped = "form: form\ncolumns:\n  years: years\n  milk: milk\n  Seen: ignore\n"
    assert [3.0, 4.0] == one_answer("years", path, mapped)


def test_a_date_may_name_a_form(book: Write) -> None:
    assert ["2026-03-05 00:00:00"] == [f["form"] for f in answers(book([HEADER, [DAY, 3, "no"]]))]


def test_the_sheet_called_forms_or_else_the_first_that_is_not_empty(book: Write) -> None:
    one, other = [HEADER, ["one", 1, "yes"]], [HEADER, ["other", 2, "no"]]
    assert "other" == answers(book(one, other, names=["cover", "forms"]))[0]["form"]
    assert "one" == answers(book(one, other))[0]["form"]
    assert "one" == answers(book([], one, other))[0]["form"]


def test_formulas_give_what_they_were_last_worked_out_to_be(tmp_path: Path) -> None:
    path = tmp_path / "forms.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for line, (form, worked_out) in enumerate([("a", 3), ("b", "#N/A"), ("c", "")], 1):
        sheet.write(line, 0, form)
        sheet.write_formula(line, 1, "=A1", None, worked_out)
    workbook.close()
    assert [3.0, None, None] == one_answer("years", path)


def test_empty_rows_are_no_forms(book: Write) -> None:
    path = book([HEADER, ["a", 3, "yes"], [None] * 3, ["b", 4, "no"], [None, "", ""], [None] * 3])
    scored, rejected = outcome(path)
    assert (["a", "b"], []) == ([form["form"] for form in scored], rejected)


def test_a_cell_in_a_column_without_a_name(book: Write) -> None:
    path = book([[*HEADER, None], ["a", 3, "yes", None], ["b", 4, "no", "what?"]])
    assert ["b: a cell stands in a column without a name"] == reasons(path)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ([], "forms.xlsx: empty; expected a header and a row for each form"),
        ([["form", None, "years"], ["a", 1, 2]], "forms.xlsx:1: column 2 has no name"),
        ([["My clinic"], [], HEADER], "forms.xlsx: no column is known; expected the questions'"),
    ],
)
def test_a_sheet_without_a_header(book: Write, sheet: list[list[object]], said: str) -> None:
    (problem,) = problems(book(sheet))
    assert said == problem[: len(said)]


def test_what_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "forms.xlsx").write_text("form,years\na,3\n")
    assert ["forms.xlsx: not a workbook that can be read"] == problems(tmp_path / "forms.xlsx")


# --- Parquet. ---


@pytest.fixture
def parquet(tmp_path: Path) -> Write:
    """Writes columns into a Parquet file."""

    def written(**columns: Any) -> Path:
        pl.DataFrame({"form": list("abcd")[: len(next(iter(columns.values())))]}).with_columns(
            pl.Series(name, cells) for name, cells in columns.items()
        ).write_parquet(tmp_path / "forms.parquet")
        return tmp_path / "forms.parquet"

    return written


@pytest.mark.parametrize(
    ("item", "cells", "expected"),
    [
        ("milk", [True, False, None], ["yes", "no", None]),
        ("milk", pl.Series(["yes", "no"], dtype=pl.Categorical), ["yes", "no"]),
        ("milk", pl.Series(["yes", "no"], dtype=pl.Enum(["no", "yes"])), ["yes", "no"]),
        ("years", [1, None], [1.0, None]),
        ("years", ["1", "6 months", None], [1.0, 0.5, None]),
        ("years", pl.Series([0.5], dtype=pl.Float32), [0.5]),
        ("years", pl.Series(["1.5"]).cast(pl.Decimal(5, 2)), [1.5]),
        ("years", pl.Series([None], dtype=pl.Null), [None]),
        ("troubles", [["slow", "cold"], [], None], [{"slow", "cold"}, None, None]),
        ("troubles", ["slow; cold", ""], [{"slow", "cold"}, None]),
    ],
)
def test_types_of_columns(parquet: Write, item: str, cells: object, expected: list[object]) -> None:
    path = parquet(**{item: cells})
    assert expected == one_answer(item, path)
    assert [] == reasons(path)


def test_ticks_are_truth_values_or_numbers(parquet: Write) -> None:
    path = parquet(troubles__slow=[True, False, None, True], troubles__cold=[1, 0, None, 2])
    assert [{"slow", "cold", "not_sure"}, None, None] == one_answer("troubles", path)[:3]
    (reason,) = reasons(path)
    assert reason.startswith("d: item 'troubles': read '2', expected slow")


@pytest.mark.parametrize(
    ("item", "cells", "reason"),
    [
        ("years", [float("nan")], "a: item 'years': read 'nan', expected a number"),
        ("years", [float("inf")], "a: item 'years': read 'inf', expected a number"),
        ("years", [-1], "a: item 'years': read '-1', expected a number"),
        ("years", [[1, 2]], "a: item 'years': read '1; 2', expected a number"),
        ("years", [DAY.date()], "a: item 'years': read '2026-03-05', expected a number"),
        ("years", [True], "a: item 'years': read 'true', expected a number"),
        ("milk", [["yes", "no"]], "a: item 'milk': read several answers, expected one"),
        ("milk", [datetime.time(1)], "a: item 'milk': read '01:00:00', expected no or yes"),
        ("troubles", [["slow", "fast"]], "a: item 'troubles': read 'slow; fast', expected slow"),
    ],
)
def test_cells_that_are_no_answer(
    parquet: Write, item: str, cells: list[object], reason: str
) -> None:
    (found,) = reasons(parquet(**{item: cells}))
    assert reason == found[: len(reason)]


@pytest.mark.parametrize(
    "cells",
    [[{"a": 1}], [[["slow"]]], [b"slow"], [datetime.timedelta(1)]],
)
def test_columns_that_hold_no_cells(parquet: Write, cells: list[object]) -> None:
    (problem,) = problems(parquet(troubles=cells))
    assert problem.startswith("forms.parquet: column 'troubles': read ")
    assert problem.endswith(", expected text, numbers, truth values or dates, or lists of these")


def test_what_is_no_parquet_file(tmp_path: Path) -> None:
    (tmp_path / "forms.parquet").write_bytes(b"PAR1 and no more")
    assert ["forms.parquet: not a Parquet file"] == problems(tmp_path / "forms.parquet")
