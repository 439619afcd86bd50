"""The count of rows from sums alone: right wherever it says that a file is in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.batches import read_rows, score
from tests.exports import people, template_rows
from tests.shipped import BOOK
from triage.answers.table import ID, all_columns
from triage.intake import row_count
from triage.intake.csv_records import TOO_FEW_CELLS
from triage.intake.row_count import RowCount

WIDTH = 3
BELOW = st.text(alphabet='a,\r\n"', max_size=40)


@pytest.fixture(params=[(1 << 20, 16), (4, 1), (1, 2)], ids=["at once", "in a thread", "by bytes"])
def blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so short that most of a small file is counted in a thread."""
    block, first = request.param
    monkeypatch.setattr(row_count, "BLOCK", block)
    monkeypatch.setattr(row_count, "FIRST", first)


@pytest.mark.usefixtures("blocks")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BELOW)
@example("a,,\r\n,a,\r\n")
@example("a,,\r\n,,")
@example("a,\na,,,\n")
@example("a,,\r")
def test_rows_are_counted_or_the_file_is_out_of_order(tmp_path: Path, below: str) -> None:
    """Plain means: no quotation mark, no carriage return alone, and cells enough for all rows."""
    path = tmp_path / "forms.csv"
    path.write_bytes(f"a,b,c\n{below}".encode())
    rows = below.count("\n") + (bool(below) and not below.endswith("\n"))
    plain = '"' not in below and "\r" not in below.replace("\r\n", "\n")
    plain = plain and below.count(",") == rows * (WIDTH - 1)
    count = RowCount(path, 1, ",", WIDTH)
    assert plain == count.in_order() == count.in_order_so_far
    assert (rows if plain else None) == count.rows


FORMS = 20_000
"""Enough for Polars to bring them in several pieces."""


@pytest.fixture(scope="module")
def last_row_short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose last row lacks a cell, which Polars by itself does not mind."""
    columns = [ID, *all_columns(BOOK)]
    whole = template_rows(BOOK, people(BOOK, 100, seed=5))[1:]
    lines = [",".join(columns)]
    lines += [",".join([str(n), *whole[n % 100][1:]]) for n in range(1, FORMS + 1)]
    lines[-1] = lines[-1].rpartition(",")[0]
    path = tmp_path_factory.mktemp("late") / "forms.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("when", ["in the middle", "at the end"])
def test_damage_that_is_found_while_forms_are_scored(
    when: str, last_row_short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All begins anew, with every line looked at, and only the damaged row is rejected."""
    begun, asked = Event(), list[str]()
    take_rest, in_order = RowCount._take_rest, RowCount.in_order

    def waiting(self: RowCount, blocks: Iterator[bytes]) -> None:
        assert begun.wait(60)
        take_rest(self, blocks)

    class Asked:
        """`in_order_so_far`, which in one of the cases counts on at the third piece."""

        def __get__(self, count: RowCount, _: object) -> bool:
            asked.append("so far")
            if when == "in the middle" and asked.count("so far") == 4:
                begun.set()
                assert count._done.wait(60)
            return not count._done.is_set() or count.rows is not None

    def at_the_end(self: RowCount) -> bool:
        asked.append("whole")
        begun.set()
        return in_order(self)

    monkeypatch.setattr(row_count, "FIRST", 1)
    monkeypatch.setattr(RowCount, "_take_rest", waiting)
    monkeypatch.setattr(RowCount, "in_order_so_far", Asked())
    monkeypatch.setattr(RowCount, "in_order", at_the_end)
    out = tmp_path / "scored.csv"
    result = score(last_row_short, "-o", out)
    assert 1 == result.exit_code, result.output
    assert (when == "at the end") == ("whole" in asked)
    assert FORMS - 1 == len(read_rows(out))
    (rejected,) = read_rows(tmp_path / "scored.rejected.csv")
    assert (str(FORMS), TOO_FEW_CELLS) == (rejected["row"], rejected["reason"])
