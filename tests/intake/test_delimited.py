"""CSV and its relatives: any usual encoding, separator and line end; damage costs its line only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables_read import UNREADABLE, answers, answers_of, job_of, outcome, problems
from triage.intake.csv_records import (
    OPEN_QUOTE,
    STRAY_QUOTE,
    TOO_FEW_CELLS,
    TOO_MANY_CELLS,
)
from triage.intake.delimited import DelimitedTable, open_delimited
from triage.intake.tables import NO_NAME
from triage.problems import BadInput

HEADER = ["form", "years", "milk", "troubles__slow", "troubles__cold"]
ROWS = [["Caf\u00e9", "3.5", "yes", "1", "0"], ["b", "", "no", "", ""]]
FORMS = [
    {"form": "Caf\u00e9", "years": 3.5, "milk": "yes", "troubles": {"slow", "not_sure"}},
    {"form": "b", "milk": "no"},
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(content: str | bytes, name: str = "forms.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def table(separator: str = ",", end: str = "\n") -> str:
    return "".join(separator.join(row) + end for row in [HEADER, *ROWS])


# --- How files are written. ---


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_line_ends_and_separators(
    write: Callable[..., Path], encoding: str, end: str, separator: str
) -> None:
    path = write(table(separator, end).encode(encoding))
    assert FORMS == answers(path)
    if end != "\r" and encoding.startswith("utf-8"):
        made = open_delimited(path)
        assert ("typed", 2) == (made.manner, made.rows)


def test_utf_16_with_the_big_end_first_and_a_mark(write: Callable[..., Path]) -> None:
    assert FORMS == answers(write(b"\xfe\xff" + table().encode("utf-16-be")))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_first_line_that_names_the_separator(write: Callable[..., Path], separator: str) -> None:
    assert FORMS == answers(write(f"sep={separator}\r\n" + table(separator, "\r\n")))


def test_a_line_in_another_encoding_does_not_change_the_others(
    write: Callable[..., Path],
) -> None:
    content = table().encode() + "n\u00e9,1,yes,,\n".encode("cp1252")
    assert [*FORMS, {"form": "n\u00e9", "years": 1.0, "milk": "yes"}] == answers(write(content))


def test_names_with_commas_between_semicolons(write: Callable[..., Path]) -> None:
    path = write("What is wrong?;How, in years, old, is it?;Do you steam milk?\nIt drips;2,5;Yes\n")
    assert ("What is wrong?", "How, in years, old, is it?", "Do you steam milk?") == (
        open_delimited(path).header
    )


def test_quoted_newlines_and_doubled_quotes(write: Callable[..., Path]) -> None:
    path = write(table() + '"c\nd","3","yes","1",""\n"e ""f""",1,no,,\n')
    assert ["Caf\u00e9", "b", "c\nd", 'e "f"'] == [form["form"] for form in answers(path)]
    assert "careful" == open_delimited(path).manner


def test_a_name_over_two_lines(write: Callable[..., Path]) -> None:
    path = write('form,"years\n",milk\na,3,yes\n')
    assert [{"form": "a", "years": 3.0, "milk": "yes"}] == answers(path)


# --- Rows. ---


def test_empty_lines_are_no_forms(write: Callable[..., Path]) -> None:
    path = write("form,years,milk\n\na,3,yes\n,,\n,\n\r\nb,4,no\n\n\n")
    scored, rejected = outcome(path)
    assert (["a", "b"], []) == ([form["form"] for form in scored], rejected)


def test_a_row_too_long_and_one_too_short(write: Callable[..., Path]) -> None:
    path = write(table() + "c,1,yes,,,\nd,2,yes,\ne,3,no,,\n")
    assert open_delimited(path).count
    scored, rejected = outcome(path)
    assert ["Caf\u00e9", "b", "e"] == [form["form"] for form in scored]
    assert [TOO_MANY_CELLS, TOO_FEW_CELLS] == [row["reason"] for row in rejected]


def test_columns_without_a_name_at_the_end(write: Callable[..., Path]) -> None:
    path = write('form,years,,\na,3,,\nb,4,,x\nc,5,"",\n')
    assert [None, NO_NAME, None] == [form.get("damage") for form in answers(path)]


def test_a_number_keeps_its_text_where_a_later_row_is_odd(write: Callable[..., Path]) -> None:
    path = write("form,years,troubles__slow\n" + "a,3,1\n" * 1001 + "b,3 years,x\n")
    assert {"form": "b", "years": 3.0, "troubles": {"slow", "not_sure"}} == answers(path)[-1]


@pytest.mark.parametrize(
    ("line", "damage"),
    [
        ("b,4,no,1,0,1", TOO_MANY_CELLS),
        ("b,4", TOO_FEW_CELLS),
        ('b,4,no,1,"0', OPEN_QUOTE),
        ('b,4,no,1,"0"x', STRAY_QUOTE),
        ('b,"4\n5,no,1,0', OPEN_QUOTE),
        ('"b,4,no,1,0', OPEN_QUOTE),
        (" ", TOO_FEW_CELLS),
    ],
)
def test_a_damaged_line_costs_that_line_only(
    write: Callable[..., Path], line: str, damage: str
) -> None:
    path = write(table() + line + "\nc,5,yes,1,0\nd,6,no,,\n")
    assert [
        *FORMS,
        {"form": "c", "years": 5.0, "milk": "yes", "troubles": {"slow", "not_sure"}},
        {"form": "d", "years": 6.0, "milk": "no"},
    ] == [form for form in answers(path) if "damage" not in form]
    scored, rejected = outcome(path)
    assert {"Caf\u00e9", "b", "c", "d"} == {form["form"] for form in scored}
    assert damage in {row["reason"] for row in rejected}


def test_every_line_may_be_damaged(write: Callable[..., Path]) -> None:
    path = write(",".join(HEADER) + "\n" + 'a,"1\n' * 300)
    assert ([], 300) == (outcome(path)[0], len(outcome(path)[1]))


def test_what_is_left_of_a_damaged_line_is_still_read(write: Callable[..., Path]) -> None:
    path = write('form,sparks,milk\na,yes,"no\nb,no,no\n')
    first, second = answers(path)
    assert {"form": "a", "sparks": "yes", "milk": "no", "damage": OPEN_QUOTE} == first
    assert {"form": "b", "sparks": "no", "milk": "no"} == second


def test_a_line_of_ten_megabytes(write: Callable[..., Path]) -> None:
    long = "x" * 10_000_000
    path = write(f"form,years,milk\na,{long},yes\nb,4,no\n")
    assert [
        {"form": "a", "years": UNREADABLE, "milk": "yes"},
        {"form": "b", "years": 4.0, "milk": "no"},
    ] == answers(path)


# --- Files that are no tables. ---


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "forms.csv: empty; expected a header and a row for each form"),
        ("\n\n", "forms.csv: empty; expected a header and a row for each form"),
        ("form,,years\n", "forms.csv:1: column 2 has no name"),
        ("\nform,years\n", "forms.csv:1: the header cannot be read; expected names with a comma, "),
        ('"form,years\n', "forms.csv:1: the header cannot be read; expected names with a comma, "),
        (b"\x00\x01\x02\x03,\x00" * 9, "forms.csv: not text; expected a table in UTF-8, UTF-16"),
        (
            b"PK\x03\x04....",
            "forms.csv: not text; where it is a workbook, its name must end in .xl",
        ),
        ("a,b\n1,2\n", "forms.csv: no column is known; expected the questions' names or words as "),
    ],
)
def test_what_is_no_table(write: Callable[..., Path], content: str | bytes, said: str) -> None:
    (problem,) = problems(write(content))
    assert said == problem[: len(said)]


def test_a_header_without_a_form(write: Callable[..., Path]) -> None:
    path = write("form,years\n")
    assert [] == answers(path)
    with pytest.raises(BadInput, match="no form in it, only a header"):
        outcome(path)


def test_a_name_that_comes_twice_gets_a_number(write: Callable[..., Path]) -> None:
    path = write("form,milk,Note,milk,Note,Note (2)\na,yes,x,no,y,z\n")
    header = ("form", "milk", "Note", "milk (2)", "Note (3)", "Note (2)")
    assert header == open_delimited(path).header
    said = (
        "forms.csv:1: column 'milk (2)': nothing says what it holds; expected an item or 'ignore'"
    )
    assert said in [problem[: len(said)] for problem in problems(path)]
    mapped = "form: form\ncolumns:\n  milk: milk\n" + "".join(
        f"  {name}: ignore\n" for name in header[2:]
    )
    assert [{"form": "a", "milk": "yes"}] == answers(path, mapped)


# --- Both ways of reading say the same. ---

CELLS = [
    *("0", "1", "over", "running", "3", "2.5", "x", "no", "yes", "99", "3\u00a0", "\u00e9", "\r"),
    *("1,2", "3.0", "nan", "1e400", "1_000", '"a,b"', '"over"', '"1"', '""', '"', 'a"b', '"a"b'),
    *('"a""b"', '"no\n"', '"a\nb"', "", " "),
]
SMALL_HEADER = ["form", "warranty", "years", "milk", "troubles__slow", "puddle__under", "hardness"]


@st.composite
def tables(draw: st.DrawFn) -> str:
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    unnamed = draw(st.sampled_from([0, 2]))
    odd = st.sampled_from(CELLS)
    good = [
        st.sampled_from(["a", "b"]),
        st.sampled_from(["over", ""]),
        st.sampled_from(["3", "2.5", ""]),
        st.sampled_from(["no", ""]),
        st.sampled_from("10"),
        st.sampled_from(["1", ""]),
        st.sampled_from(["4", ""]),
        *[st.just("")] * unnamed,
    ]
    lines = [separator.join(SMALL_HEADER) + separator * unnamed]
    for _ in range(draw(st.integers(0, 5))):
        cells = [draw(odd if draw(st.integers(0, 9)) == 9 else cell) for cell in good]
        cut = draw(st.sampled_from([None, None, None, -1, -3, 1]))
        lines.append(separator.join(cells[:cut] + ["x"] * draw(st.sampled_from([0, 0, 0, 1]))))
    return end.join(lines) + draw(st.sampled_from(["", end, end + end]))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables())
def test_polars_and_python_read_the_same(write: Callable[..., Path], content: str) -> None:
    path = write(content)
    made = job_of(path, "template")
    (found,) = made.tables
    assert isinstance(found, DelimitedTable)
    careful = replace(found, manner="careful", count=None, damage={}, lines=None, has_quotes=False)
    by_python: list[dict[str, Any]] = answers_of(made, careful)
    assert by_python == answers_of(made, found)
    assert found.rows in (None, len(by_python))
