"""`triage score` from end to end: any kind of file in, any kind out, and every form counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import triage
from tests.batches import as_texts, read_rows, score
from tests.exports import (
    as_csv,
    fhir_lines,
    frame,
    google_rows,
    json_lines,
    microsoft_rows,
    people,
    redcap_rows,
    template_rows,
    write_csv,
    write_workbook,
)
from tests.rows import row_of
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.answers.table import ID
from triage.assessment.assess import assess
from triage.assessment.assessment import Assessment
from triage.book.levels import INCOMPLETE, URGENCY
from triage.commands.batches import progress

FIFTY = people(BOOK, 50, seed=11)
OUTPUTS = (".csv", ".parquet", ".jsonl")


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _parquet(path: Path) -> Path:
    frame(BOOK, FIFTY).write_parquet(path)
    return path


EXPORTS: dict[str, Callable[[Path], Path]] = {
    "template.csv": lambda path: write_csv(path, template_rows(BOOK, FIFTY)),
    "template.tsv": lambda path: _text(path, as_csv(template_rows(BOOK, FIFTY), "\t")),
    "template.xlsx": lambda path: write_workbook(path, template_rows(BOOK, FIFTY)),
    "redcap.csv": lambda path: write_csv(path, redcap_rows(BOOK, FIFTY)),
    "google.csv": lambda path: write_csv(path, google_rows(BOOK, FIFTY)),
    "microsoft.xlsx": lambda path: write_workbook(path, microsoft_rows(BOOK, FIFTY)),
    "fhir.ndjson": lambda path: _text(path, fhir_lines(BOOK, FIFTY)),
    "table.parquet": _parquet,
    "lines.jsonl": lambda path: _text(path, json_lines(FIFTY)),
}


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    """The rows of fifty people, as the library makes them of a table in memory."""
    rows: pl.DataFrame = triage.score(frame(BOOK, FIFTY), BOOK)
    assert [""] * 50 == rows["refused"].to_list()
    return rows.drop("refused").to_dicts()


@pytest.fixture(scope="module")
def assessed() -> list[Assessment]:
    """Fifty people, each by the interview's engine."""
    return [assess(BOOK, one) for one in FIFTY]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of scores of fifty people in our own layout."""
    folder = tmp_path_factory.mktemp("ours")
    forms = EXPORTS["template.csv"](folder / "forms.csv")
    assert 0 == score(forms, "-o", folder / "scored.csv").exit_code
    return (folder / "scored.csv").read_bytes()


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Fifty people in our own layout."""
    return EXPORTS["template.csv"](tmp_path / "forms.csv")


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_people_get_the_same_scores_from_any_export(
    name: str, expected: list[dict[str, Any]], ours: bytes, tmp_path: Path
) -> None:
    """Whatever a clinic exports, the file of scores is the same to the byte."""
    export = EXPORTS[name](tmp_path / name)

    result = score(export, "-o", tmp_path / "scored.csv")

    assert (0, "") == (result.exit_code, result.stderr)
    rows = read_rows(tmp_path / "scored.csv")
    assert list(expected[0]) == list(rows[0])
    assert [as_texts(row) for row in expected] == rows
    assert ours == (tmp_path / "scored.csv").read_bytes()


@pytest.mark.parametrize("ending", OUTPUTS)
def test_the_ending_chooses_the_form_of_the_output(
    ending: str, expected: list[dict[str, Any]], forms: Path, tmp_path: Path
) -> None:
    """CSV, Parquet and JSON Lines hold the same rows."""
    target = tmp_path / f"scored{ending}"

    assert 0 == score(forms, "-o", target).exit_code

    want = [as_texts(row) for row in expected] if ending == ".csv" else expected
    assert want == read_rows(target)


def test_a_batch_says_what_the_interview_says(
    assessed: list[Assessment], forms: Path, tmp_path: Path
) -> None:
    """The row of a form holds what the interview's engine concludes from the same answers."""
    assert 0 == score(forms, "-o", tmp_path / "scored.parquet").exit_code
    for one, found in zip(assessed, read_rows(tmp_path / "scored.parquet"), strict=True):
        said = row_of(one)
        assert said == {name: found[name] for name in said}


def test_explain_adds_the_rules_that_fired(
    assessed: list[Assessment], forms: Path, tmp_path: Path
) -> None:
    """The last column names every rule that is yes, in the book's order."""
    assert 0 == score(forms, "-o", tmp_path / "scored.jsonl", "--explain").exit_code
    for one, found in zip(assessed, read_rows(tmp_path / "scored.jsonl"), strict=True):
        assert "; ".join(name for name, v in one.verdicts.items() if v) == found["rules"]
        assert "rules" == list(found)[-1]


def test_several_files_and_patterns_are_one_batch(
    expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """A column says which file a form stands in; a file that is named twice is read once."""
    table = template_rows(BOOK, FIFTY)
    first = write_csv(tmp_path / "a_1.csv", table[:21])
    second = write_csv(tmp_path / "a_2.csv", [table[0], *table[21:]])

    result = score(
        tmp_path / "a_*.csv", first, tmp_path / "." / "a_2.csv", "-o", tmp_path / "o.csv"
    )

    assert 0 == result.exit_code
    assert "from 2 files (template)" in result.stdout
    rows = read_rows(tmp_path / "o.csv")
    assert [str(first)] * 20 + [str(second)] * 30 == [row["file"] for row in rows]
    assert [str(number) for number in range(1, 51)] == [row[ID] for row in rows]
    scores = [{name: cell for name, cell in row.items() if name != "file"} for row in rows]
    assert [as_texts(row) for row in expected] == scores


def test_files_with_other_columns_are_no_batch(forms: Path, tmp_path: Path) -> None:
    """Each column that only one of them has is named, and nothing is written."""
    other = _text(
        tmp_path / "other.csv", forms.read_text(encoding="utf-8").replace("age", "agee", 1)
    )

    result = score(forms, other, "-o", tmp_path / "scored.csv")

    assert 2 == result.exit_code
    assert f"{other}:1: column 'agee' is not in {forms}; did you mean 'age'?" in result.stderr
    assert f"{other}:1: no column 'age', as in {forms}" in result.stderr
    assert not (tmp_path / "scored.csv").exists()


SPOILT = "form,age,walking\n1,30,as_usual\n2,400,limp\n,,\n1,31,limp\n"


def test_some_rejected_is_status_one(tmp_path: Path) -> None:
    """Blank rows are no forms, forms of one name are several, and the sum is right."""
    forms = _text(tmp_path / "forms.csv", SPOILT)

    result = score(forms, "-o", tmp_path / "scored.csv", "--rejected", tmp_path / "no.jsonl")

    assert 1 == result.exit_code
    assert ["1", "1"] == [row[ID] for row in read_rows(tmp_path / "scored.csv")]
    (row,) = read_rows(tmp_path / "no.jsonl")
    assert {
        "file": str(forms),
        "row": 2,
        "form": "2",
        "item": "age",
        "value": "400",
        "reason": "item 'age': read '400', expected a number from 1 to 110 (years)",
        "red_flags": "walks_with_limp",
    } == row
    lines = result.stdout.splitlines()
    assert ["read", "3", "from", str(forms), "(template)"] == lines[0].split()
    assert ["scored", "2", "in", str(tmp_path / "scored.csv")] == lines[1].split()
    assert ["rejected", "1", "in", str(tmp_path / "no.jsonl")] == lines[2].split()
    assert ["1", "of", "them", "with", "a", "red", "flag:"] == lines[3].split()[:-2]
    assert ["blank", "1"] == lines[4].split()[:2]
    assert "Rejected at age: 1" in lines
    assert lines[-1].endswith("forms a second")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty; expected a header"),
        ("form,age\n", "no form in it, only a header"),
        ("form,age\n,\n,\n", "no form in it, only a header"),
        ("form,age,shoe\n1,30,41\n", "column 'shoe': nothing says what it holds"),
    ],
)
def test_nothing_to_score_is_status_two(text: str, reason: str, tmp_path: Path) -> None:
    """One message, no traceback, no file."""
    forms = _text(tmp_path / "forms.csv", text)

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert (2, "") == (result.exit_code, result.stdout)
    assert reason in result.stderr
    assert [forms] == list(tmp_path.iterdir())


def test_the_closing_lines_count_what_was_written(
    forms: Path, tmp_path: Path, expected: list[dict[str, Any]]
) -> None:
    """Levels and causes are counted as they stand in the output."""
    result = score(forms, "-o", tmp_path / "scored.csv")

    counted = dict(line.split()[:2] for line in result.stdout.splitlines() if line.startswith("  "))
    for level in (*URGENCY, INCOMPLETE):
        assert counted[level] == str(sum(row["disposition"] == level for row in expected))
    causes = [name for name in counted if name in BOOK.causes]
    assert causes
    for cause in causes:
        fits = sum(row[f"cause_{cause}"] in ("likely", "possible") for row in expected)
        assert str(fits) == counted[cause]
    assert causes == sorted(causes, key=lambda cause: -int(counted[cause]))


class Tables(HTMLParser):
    """The tables of a page by the section that they stand in; every element must be closed."""

    VOID = ("meta", "link", "br", "rect")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: dict[str, list[list[str]]] = {}
        self.words: list[str] = []
        self.section = ""
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "section":
            self.section = dict(attrs)["aria-labelledby"] or ""
            self.rows[self.section] = []
        if tag == "tr":
            self.rows[self.section].append([])
        if tag in ("td", "th"):
            self.rows[self.section][-1].append("")
        if tag == "br" and "tr" in self.open:
            self.rows[self.section][-1][-1] += "\n"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "td" in self.open or "th" in self.open:
            self.rows[self.section][-1][-1] += data if data.strip() else ""


def test_the_summary_page_counts_what_was_written(
    forms: Path, tmp_path: Path, expected: list[dict[str, Any]]
) -> None:
    """Each table of the page says the same as the rows; the page is well formed."""
    page = tmp_path / "summary.html"
    assert 0 == score(forms, "-o", tmp_path / "scored.csv", "--summary", page).exit_code

    tables = Tables(page.read_text(encoding="utf-8"))

    levels = {row[0].split("\n")[0]: row[1] for row in tables.rows["levels"][1:]}
    for level in (*URGENCY, INCOMPLETE):
        count = sum(row["disposition"] == level for row in expected)
        assert str(count) == levels[BOOK.dispositions[level].title]
    flags = {row[0].split("\n")[0]: row[1] for row in tables.rows["red_flags"][1:]}
    for finding in BOOK.findings.values():
        if finding.stratum == "red_flags":
            count = sum(finding.id in row["red_flags"].split("; ") for row in expected)
            assert (str(count) if count else None) == flags.get(finding.title)
    causes = {row[0].strip(): row[1:4] for row in tables.rows["causes"][1:]}
    for cause in BOOK.causes.values():
        found = [row[f"cause_{cause.id}"] for row in expected]
        words = ("likely", "possible", "undecided")
        assert [str(found.count(word)) for word in words] == causes[cause.title]
    exercises = {row[0].strip(): row[1:7] for row in tables.rows["exercises"][1:]}
    decisions = ("do", "modify", "ask_first", "avoid", "undecided", "no_plan")
    for exercise in BOOK.exercises.values():
        found = [row[f"exercise_{exercise.id}"].split(":")[0] for row in expected]
        assert [str(found.count(word)) for word in decisions] == exercises[exercise.title]
    missing = {row[0].split("\n")[1]: row[1] for row in tables.rows["missing"][1:]}
    assert missing
    for item, shown in missing.items():
        assert shown == str(sum(item in row["missing"].split("; ") for row in expected))
    assert not tables.rows["rejected"]


def test_the_summary_page_holds_nothing_of_one_person(tmp_path: Path) -> None:
    """Neither names of forms nor values, and a file's name cannot become markup."""
    forms = _text(tmp_path / "<b>a&b.csv", "form,age,walking\nJane Roe,40.5,hopping\n7,33,limp\n")
    page = tmp_path / "summary.html"

    assert 1 == score(forms, "-o", tmp_path / "scored.csv", "--summary", page).exit_code

    text = page.read_text(encoding="utf-8")
    assert not [word for word in ("Jane", "Roe", "40.5", "hopping", "<b>") if word in text]
    assert "&lt;b&gt;a&amp;b.csv" in text
    tables = Tables(text)
    assert {"age", "walking"} == {row[0].split("\n")[1] for row in tables.rows["rejected"][1:]}
    assert str(tmp_path / "scored.rejected.csv") not in text  # for nobody shows a red flag


def test_constants_are_said(tmp_path: Path) -> None:
    """What a mapping settles for every form stands in the lines and on the page."""
    mapping = _text(
        tmp_path / "mapping.yaml",
        "form: id\ncolumns: {years: age}\nconstants: {walking: limp}\n",
    )
    forms = _text(tmp_path / "forms.csv", "id,years\n1,30\n2,31\n")
    page = tmp_path / "summary.html"

    result = score(forms, "-o", tmp_path / "scored.csv", "--mapping", mapping, "--summary", page)

    assert 0 == result.exit_code, result.stderr
    item = BOOK.items["walking"]
    assert f"Constant on every form: {item.ask} {item.options['limp']}" in result.stdout
    words = "".join(Tables(page.read_text(encoding="utf-8")).words)
    assert f"{item.ask} {item.options['limp']}" in " ".join(words.split())
    table = pl.DataFrame({"form": ["1", "2"], "age": [30.0, 31.0], "walking": ["limp"] * 2})
    said = triage.score(table, BOOK).drop("refused").to_dicts()
    assert [as_texts(row) for row in said] == read_rows(tmp_path / "scored.csv")


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    """A lazy frame comes back lazy, and no row of it was looked at."""
    looked: list[int] = []

    def look(ages: pl.Series) -> pl.Series:
        looked.append(len(ages))
        return ages

    lazy = (
        frame(BOOK, FIFTY)
        .lazy()
        .with_columns(pl.col("age").map_batches(look, return_dtype=pl.Float64))
    )
    scored = triage.score(lazy, BOOK)
    assert [] == looked
    assert 50 == scored.collect().height
    assert [50] == looked


def test_progress_is_for_terminals(
    forms: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It goes to standard error, says how far it is, and is cleared; elsewhere there is none."""
    from triage.intake.files import open_table

    table = open_table(BOOK, forms)
    with progress([table]) as tell:
        assert tell is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = iter([0.0, 1.0, 1.0, 1.1])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with progress([table]) as tell:
        assert tell is not None
        tell(20)
        tell(40)
    shown = capsys.readouterr()
    assert "" == shown.out
    assert "20 of 50 forms read" in shown.err
    assert "40" not in shown.err
    assert shown.err.endswith("\r")


def test_a_line_of_json_is_a_form_whatever_the_order(tmp_path: Path) -> None:
    """Blank lines are passed over; keys may stand in any order, and differ from line to line."""
    lines = [{"age": 30, "form": "a"}, {"form": "b", "walking": "limp"}, {"form": "c"}]
    text = "\n\n".join(map(json.dumps, lines))
    assert 0 == score(_text(tmp_path / "f.jsonl", text), "-o", tmp_path / "o.jsonl").exit_code
    rows = read_rows(tmp_path / "o.jsonl")
    alone = [Responses(BOOK.items, given) for given in ({"age": 30.0}, {"walking": "limp"}, {})]
    assert ["a", "b", "c"] == [row[ID] for row in rows]
    for one, row in zip(alone, rows, strict=True):
        said = row_of(assess(BOOK, one))
        assert said == {name: row[name] for name in said}
