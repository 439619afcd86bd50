"""What a mapping makes of a clinic's columns, and what is said of a mapping that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.small import BOOK
from tests.tables_read import (
    UNREADABLE,
    answers,
    job_of,
    one_answer,
    outcome,
    problems,
    reasons,
)
from triage.answers.answer import doubts_of, ticks_of
from triage.answers.reading import AnswersRefused, read
from triage.intake.row_answers import RowAnswers
from triage.problems import Problem

Write = Callable[[str], Path]
MAP = "form: No\ncolumns:\n"


@pytest.fixture
def clinic(tmp_path: Path) -> Write:
    """Writes a table whose columns are called as the clinic calls them."""

    def written(text: str) -> Path:
        (tmp_path / "clinic.csv").write_text(text, encoding="utf-8")
        return tmp_path / "clinic.csv"

    return written


# --- What columns say. ---


def test_columns_labels_units_and_words_for_no_answer(clinic: Write) -> None:
    path = clinic(
        "No,Age,Milk?,Bother,Seen\n"
        "7,6,J,Drops; it is COLD,2026-01-02\n"
        "8,n/a,N,n/a,2026-01-02\n"
        "9,3 years,,Drops,\n"
    )
    mapped = MAP + (
        "  Age: {item: years, unit: months}\n"
        "  Milk?: {item: milk, labels: {J: yes, N: no}}\n"
        "  Bother: {item: troubles, labels: {Drops: drips}}\n"
        "  Seen: ignore\n"
        "blank: [N/A]\n"
    )
    assert [
        {"form": "7", "years": 0.5, "milk": "yes", "troubles": {"drips", "cold"}},
        {"form": "8", "milk": "no"},
        {"form": "9", "years": 3.0, "troubles": {"drips"}},
    ] == answers(path, mapped)


def test_without_a_column_of_names_forms_are_called_by_their_row(clinic: Write) -> None:
    path = clinic("Milk?\nYes\nNo\n")
    assert ["1", "2"] == [f["form"] for f in answers(path, "columns:\n  Milk?: milk\n")]


def test_options_by_their_number(clinic: Write) -> None:
    path = clinic("No,Noise,Bother\n1,2,1;3.0\n2,1.0,\n3,7,\n")
    mapped = MAP + "  Noise: noise\n  Bother: troubles\nnumbered: yes\n"
    assert ["rattle", "hum", UNREADABLE] == one_answer("noise", path, mapped)


NUMBERS = MAP + "  Age: years\n  Hardness: {item: hardness, labels: {98: not_sure}}\nblank: [99]\n"


def test_a_number_may_be_a_word_for_no_answer(clinic: Write) -> None:
    path = clinic("No,Age,Hardness\n1,99,99\n2,9,98\n3,99.0,3\n")
    assert [None, 9.0, None] == one_answer("years", path, NUMBERS)
    assert [None, "not_sure", 3.0] == one_answer("hardness", path, NUMBERS)
    assert [] == reasons(path, NUMBERS)


def test_the_same_in_a_file_with_types(tmp_path: Path) -> None:
    frame = {"No": [1, 2, 3], "Age": [99, 9, None], "Hardness": [99.0, 98.0, 3.0]}
    pl.DataFrame(frame).write_parquet(tmp_path / "clinic.parquet")
    assert [None, 9.0, None] == one_answer("years", tmp_path / "clinic.parquet", NUMBERS)
    assert [None, "not_sure", 3.0] == one_answer("hardness", tmp_path / "clinic.parquet", NUMBERS)


TICKS = MAP + "  Slow: {item: troubles, option: slow, labels: {1: yes, 2: no}}\nblank: [0]\n"


@pytest.mark.parametrize("first", ["", "1,1\n"])
def test_a_number_may_be_a_word_for_a_tick(clinic: Write, first: str) -> None:
    path = clinic("No,Slow\n" + first * 1001 + "2,2\n3,0\n4,5\n")
    ticked = frozenset({"slow", "not_sure"})
    assert [ticked] * (1001 if first else 0) + [None] * 3 == one_answer("troubles", path, TICKS)
    assert 1 == len(reasons(path, TICKS))


def test_the_same_ticks_in_a_file_with_types(tmp_path: Path) -> None:
    path = tmp_path / "clinic.parquet"
    pl.DataFrame({"No": [1, 2, 3], "Slow": [1, 2, 0]}).write_parquet(path)
    assert [{"slow", "not_sure"}, None, None] == one_answer("troubles", path, TICKS)
    assert [] == reasons(path, TICKS)
    pl.DataFrame({"No": [1, 2], "Slow": [True, False]}).write_parquet(path)
    assert [{"slow", "not_sure"}, None] == one_answer("troubles", path, TICKS)


def test_an_option_s_name_may_be_a_word_for_no_answer(clinic: Write) -> None:
    path = clinic("No,Noise\n1,hum\n2,not_sure\n")
    mapped = MAP + "  Noise: noise\nblank: [not_sure]\n"
    assert ["hum", None] == one_answer("noise", path, mapped)


# --- Blank is unknown. ---

HEADER = "No,Under,Socket,Nowhere,Unsure\n"
BOXES = MAP + (
    "  Under: {item: puddle, option: under}\n"
    "  Socket: {item: puddle, option: socket}\n"
    "  Nowhere: {item: puddle, option: none}\n"
    "  Unsure: {item: puddle, option: not_sure}\n"
)


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ("0,0,0,0", None),
        (",,,", None),
        ("0,0,1,0", {"none"}),
        ("1,0,0,0", {"under"}),
        ("1,,,", {"under"}),
        ("0,0,0,1", {"not_sure"}),
        ("1,0,0,1", {"under", "not_sure"}),
    ],
)
def test_boxes(clinic: Write, cells: str, answer: object) -> None:
    path = clinic(f"{HEADER}1,{cells}\n2,,,,1\n")
    assert answer == one_answer("puddle", path, BOXES)[0]


def test_no_tick_at_all_is_missing_and_not_none(clinic: Write) -> None:
    (scored,), _ = outcome(clinic(f"{HEADER}1,0,0,0,0\n"), BOXES)
    assert "puddle" in scored["missing"].split("; ")


@pytest.mark.parametrize(
    ("cells", "answer"),
    [("1", {"under", "not_sure"}), ("0", None), ("", None)],
)
def test_what_a_list_does_not_offer_stays_unknown(
    clinic: Write, cells: str, answer: object
) -> None:
    mapped = MAP + "  Under: {item: puddle, option: under}\n"
    assert [answer] == one_answer("puddle", clinic(f"No,Under\n1,{cells}\n"), mapped)


def test_none_of_a_part_of_a_list_is_none_of_that_part_only(clinic: Write) -> None:
    mapped = MAP + (
        "  Under: {item: puddle, option: under}\n  Nowhere: {item: puddle, option: none}\n"
    )
    path = clinic("No,Under,Nowhere\n1,0,1\n2,1,1\n")
    assert {"not_sure"} == one_answer("puddle", path, mapped)[0]
    assert [
        "2: item 'puddle': read 'none' beside not_sure and under, expected one or the other"
    ] == [
        reason.replace("not_sure or under", "not_sure and under")
        for reason in reasons(path, mapped)
    ]


ASKED = MAP + (
    "  Under: {item: puddle, option: under, asked: yes}\n"
    "  Socket: {item: puddle, option: socket, asked: yes}\n"
)


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ("No,No", {"none"}),
        ("Yes,No", {"under"}),
        ("Yes,", {"under", "not_sure"}),
        ("No,", None),
        (",", None),
    ],
)
def test_a_no_to_a_question_of_its_own_is_an_answer(
    clinic: Write, cells: str, answer: object
) -> None:
    path = clinic(f"No,Under,Socket\n1,{cells}\n")
    assert [answer] == one_answer("puddle", path, ASKED)


DOUBTS = ASKED.replace("asked: yes", 'asked: yes, labels: {"?": not_sure}')


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ("?,No", {"under?"}),
        ("?,?", {"under?", "socket?"}),
        ("Yes,I have not looked", {"under", "socket?"}),
        ("not_sure,Yes", {"under?", "socket"}),
        ("?,", {"not_sure"}),
        ("No,No", {"none"}),
    ],
)
def test_a_question_of_its_own_may_be_answered_not_sure(
    clinic: Write, cells: str, answer: object
) -> None:
    path = clinic(f"No,Under,Socket\n1,{cells}\n")
    assert [answer] == one_answer("puddle", path, DOUBTS)


BOXES_OF_OURS = "form,puddle__under,puddle__socket,puddle__none,puddle__not_sure\n"


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ("1,not_sure,,", {"under", "socket?"}),
        ("not_sure,not_sure,,", {"under?", "socket?"}),
        ("not_sure,,1,0", {"under?", "socket?", "none"}),
        ("1,,,", {"under"}),
        ("1,,,0", {"under", "socket?"}),
        (",,,0", {"under?", "socket?"}),
        ("0,,1,0", {"socket?", "none"}),
        ("0,0,0,0", None),
        (",,,", None),
        ("1,not_sure,,1", {"under", "not_sure"}),
    ],
)
def test_a_box_of_our_own_may_say_not_sure(clinic: Write, cells: str, answer: object) -> None:
    """By the word; or by a blank, beside a plain no to "not sure" of the whole list."""
    assert [answer] == one_answer("puddle", clinic(f"{BOXES_OF_OURS}1,{cells}\n"))


def test_a_blank_box_of_another_product_is_no_doubt(clinic: Write) -> None:
    header = "record_id,puddle___1,puddle___2,puddle___3,puddle___4\n"
    assert [{"under"}] == one_answer("puddle", clinic(f"{header}1,1,,0,0\n"))


def test_a_word_for_not_sure_needs_an_option_that_can_be_so(clinic: Write) -> None:
    mapped = MAP + "  Milk: {item: puddle, option: none, labels: {x: not_sure}}\n"
    expected = "item 'puddle', label 'x': read 'not_sure', expected yes or no"
    assert [f"mapping.yaml:3: {expected}"] == problems(clinic("No,Milk\n1,x\n"), mapped)


IN_A_BOX = ["", "1", "0", "not_sure", "?", "yes", "perhaps"]
WAYS = {
    "our own": (BOXES_OF_OURS, None),
    "each asked": ("No,Under,Socket\n", DOUBTS),
    "not asked": ("No,Under,Socket\n", DOUBTS.replace("asked: yes, ", "")),
    "one asked": ("No,Under\n", "".join(DOUBTS.splitlines(keepends=True)[:-1])),
}


def row_by_row(path: Path, mapped: str | None) -> list[object]:
    """The answers to the question about water, each row read by itself."""
    made = job_of(path, mapped)
    found: list[object] = []
    rows = made.tables[0].scan(made.columns.names, {}).collect()
    for row in rows.iter_rows(named=True):
        given = RowAnswers(made.columns).written(row)
        try:
            answers = read(BOOK.items, given, lambda _, text: Problem("", None, text)).answers
        except AnswersRefused:
            found.append(UNREADABLE)
        else:
            found.append(answers.get("puddle"))
    return found


def as_read(form: Mapping[str, Any]) -> object:
    """What columns hold of it, as one answer: "none" hangs on what is in doubt."""
    answer = form.get("puddle", frozenset())
    if UNREADABLE in form or ("none" in answer and ticks_of(answer) != {"none"}):
        return UNREADABLE
    return (answer - {"none"} if doubts_of(answer) else answer) or None


@pytest.mark.parametrize(("header", "mapped"), WAYS.values(), ids=WAYS)
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(st.sampled_from(IN_A_BOX), min_size=4, max_size=4), min_size=1, max_size=9)
)
def test_columns_and_single_rows_give_the_same_answers(
    clinic: Write, header: str, mapped: str | None, rows: list[list[str]]
) -> None:
    cells = [",".join([str(number), *row[: header.count(",")]]) for number, row in enumerate(rows)]
    path = clinic(header + "\n".join(cells) + "\n")
    assert row_by_row(path, mapped) == [as_read(form) for form in answers(path, mapped)]


@pytest.mark.parametrize(("cell", "answer"), [("No", None), ("Yes", {"under", "not_sure"})])
def test_a_no_to_a_part_of_the_questions_says_nothing_of_the_others(
    clinic: Write, cell: str, answer: object
) -> None:
    mapped = MAP + "  Under: {item: puddle, option: under, asked: yes}\n"
    assert [answer] == one_answer("puddle", clinic(f"No,Under\n1,{cell}\n"), mapped)


# --- Constants. ---

CONSTANT = MAP + "  Bother: troubles\nconstants: {noise: hum, milk: no, puddle: [none]}\n"


def test_a_constant_stands_only_where_its_question_applies(clinic: Write) -> None:
    path = clinic("No,Bother\n1,The machine is noisy\n2,It drips\n3,\n")
    scored, rejected = outcome(path, CONSTANT)
    assert [] == rejected
    assert [False] * 3 == ["milk" in form["missing"].split("; ") for form in scored]
    assert [False] * 3 == ["noise" in form["missing"].split("; ") for form in scored]


def test_a_constant_is_used_where_a_form_is_refused_too(clinic: Write) -> None:
    path = clinic("No,Bother\n1,Nonsense\n")
    (reason,) = reasons(path, CONSTANT)
    assert reason.startswith("1: item 'troubles': read 'Nonsense', expected slow, cold")


# --- Whatever stands in the cells. ---

ANY = (
    MAP
    + """\
  Age: {item: years, unit: months}
  Hard: {item: hardness, labels: {98: not_sure, x: not_sure}}
  Unsure: {item: hardness, option: not_sure}
  Bother: {item: troubles, labels: {Loud: noisy, "a, b": cold}}
  Under: {item: puddle, option: under, asked: yes, labels: {1: no, 2: yes}}
  Nowhere: {item: puddle, option: none}
  Milk: {item: milk, labels: {J: yes}}
  Noise: noise
  Cups: cups
blank: [99, n/a, hum]
constants: {sparks: no, cable_wet: no, fuse: yes}
numbered: yes
"""
)
CELLS = [
    *("", " ", "0", "1", "2", "-1", "3.0", "6", "7", "60", "98", "99", "99.0", "1,5", "1,234"),
    *("6 years", "\N{FULLWIDTH DIGIT THREE} dH", "nan", "1e400", "x", "n/a", "J", "yes", "true"),
    *("Loud, a, b", "slow; cold", "slow, nope", "hum", "rattle", "noisy", "under", "none"),
    *("not_sure", "I do not know", "It drips"),
]


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=9, max_size=9), min_size=1, max_size=9))
def test_every_form_is_scored_or_rejected(clinic: Write, rows: list[list[str]]) -> None:
    header = "No;Age;Hard;Unsure;Bother;Under;Nowhere;Milk;Noise;Cups\n"
    lines = [";".join([str(number), *row]) for number, row in enumerate(rows)]
    scored, rejected = outcome(clinic(header + "\n".join(lines) + "\n"), ANY)
    names = [form["form"] for form in scored] + list({line["form"] for line in rejected})
    assert sorted(map(str, range(len(rows)))) == sorted(names)


# --- What is wrong with a mapping file. ---


def said(path: Path, text: str) -> list[str]:
    return problems(path, text)


WRONG = [
    ("  A: yeers", "3: read 'yeers', expected an item; did you mean 'years'?"),
    ("  A:", "3: column 'A': read nothing, expected an item or 'ignore'"),
    ("  A: [years]", "3: read '['years']', expected an item"),
    (
        "  A: {itm: years}",
        "3: read 'itm', expected item, option, labels, unit, asked, confirmed, at_least or at_most",
    ),
    ("  A: {item: years, unit: month}", "3: item 'years': read unit 'month', expected years or "),
    ("  A: {item: milk, unit: months}", "3: item 'milk': read unit 'months', which is for numbers"),
    (
        "  A: {item: milk, labels: {Y: yess}}",
        "3: item 'milk', label 'Y': read 'yess', expected no ",
    ),
    ("  A: {item: milk, labels: {Y: yes, y: no}}", "3: item 'milk': label 'y' stands here twice"),
    ("  A: {item: milk, labels: [Y]}", "3: labels: read '['Y']', expected 'name: value' lines"),
    (
        "  A: {item: years, labels: {x: yes}}",
        "3: item 'years', label 'x': read 'yes', which has no",
    ),
    (
        "  A: {item: troubles, option: slo}",
        "3: item 'troubles': read option 'slo', expected slow, ",
    ),
    ("  A: {item: milk, option: yes}", "3: item 'milk': read option 'yes', which has no ticks"),
    (
        "  A: {item: hardness, option: soft}",
        "3: item 'hardness': read option 'soft', expected not_",
    ),
    ("  A: {item: milk, asked: yes}", "3: 'asked' stands beside 'option' only"),
    ("  A: {item: puddle, option: under, asked: 1}", "3: asked: read '1', expected yes or no"),
    ("  A: {item: puddle, option: under, unit: x}", "3: 'unit' stands beside a number only"),
    ("  A: milk\n  A: years", "4: the key 'A' is repeated; it stands in line 3 too"),
    (
        "  A: milk\nconstants: {cups: 500}",
        "4: item 'cups': read '500', expected a number from 0 to",
    ),
    ("  A: milk\nconstants: {cup: 5}", "4: read 'cup', expected an item; did you mean 'cups'?"),
    ("  A: milk\nconstants: [cups]", "4: constants: read '['cups']', expected 'name: value' lines"),
    ("  A: milk\nblank: x", "4: blank: read 'x', expected a list: [one, two]"),
    ("  A: milk\nnumbered: 1", "4: numbered: read '1', expected yes or no"),
    ("  A: milk\ncolums: {}", "4: read 'colums', expected form, columns, constants, blank, numb"),
    # What shows only beside the table:
    ("  A: milk\n  Milk: years", "4: no column 'Milk' in clinic.csv"),
    ("  A: milk\n  B: milk", "4: item 'milk': the columns 'A' and 'B' answer it, expected one"),
    ("  A: milk\n  No: years", "4: column 'No' names the form, and holds something else too"),
    (
        "  A: milk\n  B: years\nconstants: {years: 4}",
        "4: item 'years': read a constant answer and ",
    ),
    (
        "  A: puddle\n  B: {item: puddle, option: under}",
        "4: item 'puddle': the columns 'A' and 'B'",
    ),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_mistake_is_said_with_its_line(clinic: Write, text: str, message: str) -> None:
    found = said(clinic("No,A,B\n1,,\n"), MAP + text + "\n")
    expected = f"mapping.yaml:{message}"
    assert expected in [problem[: len(expected)] for problem in found]


@pytest.mark.parametrize("text", ["", "[1]", "x"])
def test_a_file_that_is_no_mapping(clinic: Write, text: str) -> None:
    (found,) = said(clinic("No,A\n1,\n"), text + "\n")
    assert found.startswith("mapping.yaml:1: read ")


def test_all_mistakes_are_said_at_once(clinic: Write) -> None:
    text = MAP + "  A: yeers\n  B: {item: mlik}\nblank: x\n"
    assert ["3", "4", "5"] == [p.split(":")[1] for p in said(clinic("No,A,B\n1,,\n"), text)]


def test_a_column_that_nothing_is_said_of(clinic: Write) -> None:
    found = said(clinic("No,A,yeers\n1,,\n"), MAP + "  A: milk\n")
    assert [
        "clinic.csv:1: column 'yeers': nothing says what it holds; "
        "expected an item or 'ignore' in a mapping; did you mean 'years'?"
    ] == found


def test_a_mapping_without_an_answer(clinic: Write) -> None:
    found = said(clinic("No,A\n1,\n"), MAP + "  A: ignore\n")
    assert ["mapping.yaml: no column holds an answer"] == found


# --- Guesses that nobody has looked at. ---


def test_unconfirmed_guesses_are_refused_together(clinic: Write) -> None:
    path = clinic("No,Age,Milk?,Noise\n1,3,yes,hum\n")
    mapped = MAP + (
        "  Age: {item: years, confirmed: no}\n"
        "  Milk?: {item: milk, confirmed: yes}\n"
        "  Noise:\n    item: noise\n    confirmed: no\n"
    )
    assert [
        "mapping.yaml:3: 2 guesses that nobody has confirmed: 'Age', 'Noise'; "
        "look at each, mend it, and write 'confirmed: yes'"
    ] == problems(path, mapped)
    assert [] == problems(path, mapped.replace("confirmed: no", "confirmed: yes"))
    said = "mapping.yaml:3: confirmed: read 'perhaps', expected yes or no"
    assert said in problems(
        path, mapped.replace("years, confirmed: no", "years, confirmed: perhaps")
    )
