"""A report for every form of a table: what they are called, what they say, and runs that go on."""

from __future__ import annotations

import csv
import datetime
import random
import stat
import string
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests import crowd
from tests.batches import read_rows
from tests.conftest import EXAMPLES
from tests.damage import calm
from tests.exports import template_rows
from tests.reading import pages_of, squeezed
from tests.report_cases import CASES, FORMS, case
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.answers.table import ID, all_columns
from triage.assessment.assess import assess
from triage.batch import report_maker
from triage.batch.packed_book import pack, unpack
from triage.batch.report_maker import Maker, Options, Task, assess_by_fold, digest_of, make_reports
from triage.batch.report_names import Names, safe
from triage.commands.main import main
from triage.report.rendering import view

DAY = datetime.date(2026, 11, 22)
BOOKKEEPING = {"index.csv", "rejected.csv"}
HOSTILE = [
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "CON",
    "com1.txt",
    "x" * 10_000,
    "\u202egnp.exe\u202c",
    "a\x01b\nc",
    "",
    "...",
    "-rf",
    "<script>alert(1)</script>",
    '#read("/etc/passwd") *bold* $x$',
    "=cmd()",
    "\N{LATIN SMALL LETTER E WITH ACUTE}" * 200,
]


def report(*arguments: object, processes: int = 1) -> Result:
    """Run `triage report` in this process, with the shipped book, which is loaded already."""
    with (
        patch("triage.commands.report.read_book", lambda _: BOOK),
        patch("triage.batch.reports._processors", lambda: processes),
    ):
        given = ["report", *map(str, arguments), "--date", DAY.isoformat()]
        return CliRunner().invoke(main, given)


def table(path: Path, ids: Sequence[str], changed: Mapping[int, dict[str, str]] = {}) -> Path:
    """A file of calm forms under some names, a few of them changed; counted from 0."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [ID, *all_columns(BOOK)])
        writer.writeheader()
        for place, form in enumerate(ids):
            writer.writerow({**calm(BOOK), **changed.get(place, {}), ID: form})
    return path


def drawn(path: Path, count: int) -> Path:
    """A file of forms of all kinds, called 1, 2, 3 and so on."""
    people = [crowd.form(random.Random(seed)) for seed in range(count)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(template_rows(BOOK, people))
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def reports(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - BOOKKEEPING


# --- What is in them. ---


@pytest.mark.parametrize("people", [[*FORMS, *CASES], range(200)], ids=["cases", "drawn"])
def test_the_report_is_that_of_one_person(people: Iterable[str | int]) -> None:
    """What a bulk report shows is what the report of the same person alone shows."""
    for person in people:
        if isinstance(person, str):
            alone = case(person)
        else:
            alone = assess(BOOK, crowd.form(random.Random(person)))
        many = assess_by_fold(BOOK, alone.responses)
        assert alone == many
        assert view(alone, DAY) == view(many, DAY)
        assert view(alone, DAY, reader="clinician") == view(many, DAY, reader="clinician")


def test_a_book_that_was_handed_over_says_the_same() -> None:
    """In another process a report is made by a copy of the book."""
    copy = unpack(pack(BOOK))
    for seed in range(20):
        form = crowd.form(random.Random(seed))
        ours, theirs = (
            assess_by_fold(one, Responses(one.items, form.answers)) for one in (BOOK, copy)
        )
        assert view(ours, DAY, reader="clinician") == view(theirs, DAY, reader="clinician")
    assert (BOOK.digest, BOOK.origin.folder) == (copy.digest, copy.origin.folder)
    with pytest.raises(TypeError):
        copy.rules["x"] = None  # type: ignore[index]


def test_same_forms_give_the_same_files(tmp_path: Path) -> None:
    """Every file of two runs is the same, whichever processes made it and in which order."""
    forms = drawn(tmp_path / "forms.csv", 30)
    alone = report(forms, "--out-dir", tmp_path / "alone")
    several = report(forms, "--out-dir", tmp_path / "several", processes=2)
    assert (0, 0) == (alone.exit_code, several.exit_code), several.output
    assert contents(tmp_path / "alone") == contents(tmp_path / "several")
    assert {f"{n}.pdf" for n in range(1, 31)} == reports(tmp_path / "alone")


@pytest.mark.parametrize("ending", ["pdf", "html", "txt"])
def test_a_report_says_which_form_it_is_of(ending: str, tmp_path: Path) -> None:
    """It is of the form asked for, names its form and its day, and is private."""
    forms = table(tmp_path / "forms.csv", ["Ward-7"])
    result = report(forms, "--out-dir", tmp_path / "out", "--format", ending)
    assert 0 == result.exit_code, result.output
    made_of = tmp_path / "out" / f"Ward-7.{ending}"
    content = made_of.read_bytes()
    text = "".join(pages_of(content)) if ending == "pdf" else content.decode()
    assert "Ward-7" in text
    assert "22 November 2026" in text
    assert 0o600 == stat.S_IMODE(made_of.stat().st_mode)
    assert 0o700 == stat.S_IMODE(made_of.parent.stat().st_mode)


def test_the_mapping_of_a_clinic_is_used(tmp_path: Path) -> None:
    """The columns of a clinic's own table are read as its mapping says."""
    forms, mapping = EXAMPLES / "intake" / "clinic.csv", EXAMPLES / "intake" / "clinic_mapping.yaml"
    result = report(forms, "--out-dir", tmp_path / "out", "--mapping", mapping, "--format", "txt")
    rejected = {row["row"] for row in read_rows(tmp_path / "out" / "rejected.csv")}
    with forms.open(encoding="utf-8") as stream:
        count = len(list(csv.reader(stream))) - 1
    assert (1 if rejected else 0) == result.exit_code, result.output
    assert count == len(reports(tmp_path / "out")) + len(rejected)


# --- What they are called. ---


@given(st.lists(st.text() | st.sampled_from(HOSTILE)))
def test_names_are_safe_and_never_the_same(ids: list[str]) -> None:
    """Any id makes a name of one part that no system takes for another one or for a device."""
    names = Names(".pdf")
    made_of = [names.name(form, row) for row, form in enumerate(ids, 1)]
    assert len(ids) == len({name.casefold() for name in made_of})
    for name in made_of:
        stem = name.removesuffix(".pdf")
        assert all(char.isalnum() or char in "-_." for char in stem)
        assert stem == stem.strip("-_.")
        assert 0 < len(name.encode()) < 200
        assert stem.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("17", "17"),
        ("Ward 7/b", "Ward_7_b"),
        ("../../x", "x"),
        ("CON", "form_CON"),
        ("nul.txt", "form_nul.txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("M\u00fcller", "M\u00fcller"),
        ("...", ""),
    ],
)
def test_a_name_keeps_what_it_can(form: str, name: str) -> None:
    """An id that is safe stays as it is."""
    assert name == safe(form)


def test_forms_of_one_name_are_told_apart_by_their_rows() -> None:
    """Also where only some system would take them for the same, and where a name is taken."""
    names = Names(".txt")
    given = [("a", 1), ("A", 2), ("a", 3), ("a-row2", 4), (None, 5), ("row5", 6)]
    expected = ["a", "A-row2", "a-row3", "a-row2-row4", "row5", "row5-row6"]
    assert [f"{name}.txt" for name in expected] == [names.name(*form) for form in given]


def test_hostile_ids_stay_text_and_in_their_folder(tmp_path: Path) -> None:
    """Nothing is written outside the folder, and an id is shown as the text that it is."""
    forms = table(tmp_path / "in" / "forms.csv", HOSTILE)
    result = report(forms, "--out-dir", tmp_path / "out", "--format", "html")
    assert 0 == result.exit_code, result.output
    assert {"in", "out"} == {path.name for path in tmp_path.iterdir()}
    assert {"forms.csv"} == {path.name for path in (tmp_path / "in").iterdir()}
    assert len(HOSTILE) == len(reports(tmp_path / "out"))
    pages = [path.read_text() for path in (tmp_path / "out").glob("*.html")]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any("<script" in page or "\u202e" in page for page in pages)
    index = read_rows(tmp_path / "out" / "index.csv")
    assert "'=cmd()" in {row["form"] for row in index}
    assert reports(tmp_path / "out") == {row["report"] for row in index}


def test_hostile_ids_come_out_in_pdfs(tmp_path: Path) -> None:
    """What a font has is shown as text; what it lacks costs that form only."""
    forms = table(tmp_path / "forms.csv", ['#read("x") *b*', "\u674e", "y" * 10_000])
    result = report(forms, "--out-dir", tmp_path / "out")
    assert 1 == result.exit_code, result.output
    assert {"read_x_b.pdf", "y" * 60 + ".pdf"} == reports(tmp_path / "out")
    first, *_ = pages_of((tmp_path / "out" / "read_x_b.pdf").read_bytes())
    assert squeezed('#read("x") *b*') in squeezed(first)
    (refused,) = read_rows(tmp_path / "out" / "rejected.csv")
    assert "2" == refused["row"]
    assert "could not be displayed" in refused["reason"]


# --- What goes wrong. ---


def test_a_bad_form_stops_no_other(tmp_path: Path) -> None:
    """It is listed with its reasons and its red flags, and counted."""
    wrong = {1: {"age": "forty"}}
    forms = table(tmp_path / "forms.csv", ["a", "b", "c"], wrong)
    result = report(forms, "--out-dir", tmp_path / "out", "--format", "txt")
    assert 1 == result.exit_code
    assert {"a.txt", "c.txt"} == reports(tmp_path / "out")
    (refused,) = read_rows(tmp_path / "out" / "rejected.csv")
    assert ("2", "b", "age", "forty") == tuple(
        refused[column] for column in ("row", "form", "item", "value")
    )
    counts = [line.split()[:2] for line in result.output.splitlines()[:4]]
    assert [["read", "3"], ["written", "2"], ["skipped", "0"], ["rejected", "1"]] == counts


def test_a_damaged_row_and_a_blank_one(tmp_path: Path) -> None:
    """A row that is cut off is rejected, and one without anything is no form."""
    forms = table(tmp_path / "forms.csv", ["a", "b"])
    with forms.open("a", encoding="utf-8") as stream:
        stream.write("c,1\n" + "," * len(all_columns(BOOK)) + "\n")
    result = report(forms, "--out-dir", tmp_path / "out", "--format", "txt")
    assert 1 == result.exit_code
    assert {"a.txt", "b.txt"} == reports(tmp_path / "out")
    assert ["3"] == [row["row"] for row in read_rows(tmp_path / "out" / "rejected.csv")]
    assert "blank                 1" in result.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "neither of -o and --out-dir"),
        (["-o", "x.pdf", "--out-dir", "out"], "both of -o and --out-dir"),
        (["--out-dir", "out", "--name", "Ann"], "--name beside --out-dir"),
        (["--out-dir", "out", "--assume", "x.yaml"], "--assume beside --out-dir"),
        (["-o", "x.pdf", "--format", "txt"], "--format beside -o"),
        (["-o", "x.pdf", "--profile", "fhir"], "--profile beside -o"),
        (["--out-dir", "nowhere/out"], "no such file or directory"),
        (["--out-dir", "."], "expected a folder for reports only"),
    ],
)
def test_one_clear_error(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options that do not go together are refused in one line, before anything is written."""
    monkeypatch.chdir(tmp_path)
    table(tmp_path / "forms.csv", ["a"])
    result = report("forms.csv", *options)
    assert 2 == result.exit_code
    assert said in result.stderr
    assert 1 == len(result.stderr.splitlines())
    assert ["forms.csv"] == [path.name for path in tmp_path.iterdir()]


def test_a_folder_with_other_reports_is_refused(tmp_path: Path) -> None:
    """The reports of one clinic never take the place of another's."""
    one, other = table(tmp_path / "one.csv", ["a"]), table(tmp_path / "other.csv", ["a"])
    out = tmp_path / "out"
    assert 0 == report(one, "--out-dir", out, "--format", "txt").exit_code
    before = contents(out)
    result = report(other, "--out-dir", out, "--format", "txt")
    assert 2 == result.exit_code
    assert "holds reports on" in result.stderr
    assert before == contents(out)


def test_an_index_that_is_not_ours_is_kept(tmp_path: Path) -> None:
    """A file of that name that somebody else wrote is no index, and stays."""
    forms = table(tmp_path / "forms.csv", ["a"])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.csv").write_text("mine,yours\n", encoding="utf-8")
    result = report(forms, "--out-dir", tmp_path / "out")
    assert 2 == result.exit_code
    assert {"index.csv": b"mine,yours\n"} == contents(tmp_path / "out")


# --- Going on. ---


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """What is there is not made again; what is missing, damaged or half noted is."""
    forms = table(tmp_path / "forms.csv", list("abcdef"))
    out = tmp_path / "out"
    assert 0 == report(forms, "--out-dir", out, "--format", "txt").exit_code
    whole = contents(out)
    (out / "b.txt").unlink()
    (out / "c.txt").write_text("half", encoding="utf-8")
    (out / ".d.txt.abc123.part").write_text("half", encoding="utf-8")
    index = (out / "index.csv").read_text(encoding="utf-8")
    (out / "index.csv").write_text(index[:-90], encoding="utf-8")  # the end of the last line
    kept = {name: (out / name).stat().st_mtime_ns for name in ("a.txt", "d.txt", "e.txt")}

    result = report(forms, "--out-dir", out, "--format", "txt")
    assert ["written", "3"] == result.output.splitlines()[1].split()[:2]
    assert ["skipped", "3"] == result.output.splitlines()[2].split()[:2]
    assert whole == contents(out)
    assert kept == {name: (out / name).stat().st_mtime_ns for name in kept}


def test_a_run_that_breaks_off_keeps_what_it_made(tmp_path: Path) -> None:
    """The reports that were complete are noted, also where the program was stopped from outside."""
    forms = table(tmp_path / "forms.csv", list(string.ascii_lowercase))
    out = tmp_path / "out"
    real = Maker.make

    def stopped(maker: Maker, task: Task) -> report_maker.Done:
        if task.form == "p":
            raise KeyboardInterrupt
        return real(maker, task)

    with patch.object(Maker, "make", stopped):
        broken = report(forms, "--out-dir", out, "--format", "txt")
    assert (2, "stopped: what is written stays, and the same command goes on from there\n") == (
        broken.exit_code,
        broken.stderr,
    )
    on = report(forms, "--out-dir", out, "--format", "txt")
    assert ["written", "11"] == on.output.splitlines()[1].split()[:2]
    assert ["skipped", "15"] == on.output.splitlines()[2].split()[:2]
    report(forms, "--out-dir", tmp_path / "anew", "--format", "txt")
    assert contents(tmp_path / "anew") == contents(out)


@pytest.mark.parametrize(
    "change",
    [["--paper", "letter", "--format", "html"], ["--for", "clinician", "--format", "html"]],
)
def test_other_options_make_other_reports(change: list[str], tmp_path: Path) -> None:
    """Nothing is skipped that would not be the same."""
    forms = table(tmp_path / "forms.csv", ["a", "b"])
    out = tmp_path / "out"
    report(forms, "--out-dir", out, "--format", "html")
    before = contents(out)
    result = report(forms, "--out-dir", out, *change)
    assert ["written", "2"] == result.output.splitlines()[1].split()[:2]
    assert all(before[name] != content for name, content in contents(out).items() if "ht" in name)


def test_an_answer_that_changed_makes_its_report_anew(tmp_path: Path) -> None:
    """And only that one; a report whose form is gone is counted and stays."""
    out = tmp_path / "out"
    report(table(tmp_path / "forms.csv", list("abc")), "--out-dir", out, "--format", "txt")
    forms = table(tmp_path / "forms.csv", list("ab"), {1: {"age": "61"}})
    result = report(forms, "--out-dir", out, "--format", "txt")
    lines = [line.split()[:2] for line in result.output.splitlines()]
    assert [["written", "1"], ["skipped", "1"]] == lines[1:3]
    assert "left over             1" in result.output
    assert {"a.txt", "b.txt", "c.txt"} == reports(out)


def test_the_digest_rests_on_all_that_a_report_is_made_from() -> None:
    """Form, answers and every option."""
    options = Options("pdf", "a4", "person", DAY)
    none = Responses(BOOK.items, {})
    others = [
        Options("html", "a4", "person", DAY),
        Options("pdf", "letter", "person", DAY),
        Options("pdf", "a4", "clinician", DAY),
        Options("pdf", "a4", "person", DAY + datetime.timedelta(1)),
    ]
    digests = [digest_of(BOOK, one, "a", none) for one in (options, *others)]
    digests += [digest_of(BOOK, options, "b", none)]
    digests += [digest_of(BOOK, options, "a", crowd.form(random.Random(1)))]
    assert len(digests) == len(set(digests))
    assert digests[0] == digest_of(BOOK, options, "a", none)


def test_few_forms_are_read_ahead(tmp_path: Path) -> None:
    """However many forms there are, only so many wait in memory."""
    options = Options("text", "a4", "person", DAY)
    taken = 0

    def turns() -> Iterable[tuple[int, None]]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number, None

    results = make_reports(turns(), Maker(BOOK, options, tmp_path), 2)
    assert (0, None) == next(iter(results))
    assert taken <= report_maker.TOGETHER * report_maker.AHEAD * 2
