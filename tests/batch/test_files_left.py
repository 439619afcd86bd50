"""What a batch leaves on the disk: whole files or none, private, and harmless in a spreadsheet."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tests.batches import read_rows, score
from tests.damage import as_line, calm
from tests.exports import people, template_rows, write_csv
from tests.shipped import BOOK
from triage.answers.table import ID, all_columns
from triage.commands.refusals import A_BUG
from triage.intake.output import neutral, neutral_column

FORM = "form,age,walking\n1,30,as_usual\n"
SECRET = "Zebedee"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """One form in a folder of its own."""
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "forms.csv"
    path.write_text(FORM, encoding="utf-8")
    return path


def in_a_process(*arguments: object, code: str = "") -> list[str]:
    """The command line that runs `triage score` in a process of its own, after some code."""
    program = f"{code}\nfrom triage.commands.main import program\nprogram()"
    return [sys.executable, "-c", program, "score", *map(str, arguments)]


def many(path: Path, count: int, spoilt: Sequence[int] = ()) -> Path:
    """So many forms, of which some are refused."""
    names = [ID, *all_columns(BOOK)]
    row = calm(BOOK)
    good = as_line(names, row).removeprefix(",")
    bad = as_line(names, {**row, "age": "forty"}).removeprefix(",")
    lines = (f"{n},{bad if n in spoilt else good}\n" for n in range(1, count + 1))
    path.write_text(",".join(names) + "\n" + "".join(lines), encoding="utf-8")
    return path


# --- Where nothing can be written. ---


@pytest.mark.parametrize("option", ["-o", "--rejected", "--summary"])
@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("missing/{}", "no such file or directory"),
        ("forms.csv/{}", "not a directory"),
        ("folder{}", "is a directory"),
    ],
)
def test_a_place_that_cannot_be_written(
    option: str, place: str, reason: str, forms: Path, tmp_path: Path
) -> None:
    """It is named before anything is read, and nothing is left behind."""
    name = "x.html" if option == "--summary" else "x.csv"
    target = forms.parent / place.format(name)
    (forms.parent / f"folder{name}").mkdir()
    others = [] if option == "-o" else ["-o", tmp_path / "scored.csv"]
    beside = [] if option != "-o" else ["--rejected", tmp_path / "rejected.csv"]

    result = score(forms, option, target, *others, *beside)

    assert (2, "") == (result.exit_code, result.stdout)
    assert f"{target}: {reason}\n" == result.stderr
    assert [forms.parent] == list(tmp_path.iterdir())


def test_a_folder_without_leave_to_write(
    forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the file that was asked for, not one that is made on the way."""

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "/some/.part")

    monkeypatch.setattr("tempfile.mkstemp", refuse)

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert 2 == result.exit_code
    assert f"{tmp_path / 'scored.rejected.csv'}: permission denied\n" == result.stderr


@pytest.mark.parametrize(
    "written",
    [
        ["-o", "in/forms.csv"],
        ["-o", "in/../in/forms.csv"],
        ["-o", "a.csv", "--rejected", "a.csv"],
        ["-o", "a.csv", "--rejected", "in/forms.csv"],
    ],
)
def test_no_file_is_for_two_things(
    written: list[str], forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The forms are never overwritten, however their file is spelled."""
    monkeypatch.chdir(tmp_path)

    result = score(forms, *written)

    assert 2 == result.exit_code
    assert "named twice; expected a file of its own" in result.stderr
    assert FORM == forms.read_text(encoding="utf-8")
    assert [tmp_path / "in"] == list(tmp_path.iterdir())


def test_a_second_run_over_a_pattern_does_not_score_its_own_output(
    forms: Path, tmp_path: Path
) -> None:
    """An output beside the forms, which the pattern finds, is refused."""
    target = forms.parent / "scored.csv"
    assert (
        0 == score(forms.parent / "*.csv", "-o", target, "--rejected", tmp_path / "r.csv").exit_code
    )
    first = target.read_bytes()

    result = score(forms.parent / "*.csv", "-o", target, "--rejected", tmp_path / "r.csv")

    assert 2 == result.exit_code
    assert first == target.read_bytes()


@pytest.mark.parametrize(
    ("option", "name"), [("-o", "a.txt"), ("--rejected", "a.parquet"), ("--summary", "a.csv")]
)
def test_an_ending_says_what_a_file_is(option: str, name: str, forms: Path, tmp_path: Path) -> None:
    """One that says nothing of its form is refused, with those that are known."""
    others = [] if option == "-o" else ["-o", tmp_path / "scored.csv"]
    result = score(forms, option, tmp_path / name, *others)
    assert 2 == result.exit_code
    assert f"read the ending '{Path(name).suffix}', expected ." in result.stderr


LITTLE = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
"""No file may grow past so many bytes: the system says no, as it does when a disk is full."""


@pytest.mark.parametrize(
    ("target", "refused", "full"),
    [
        ("scored.csv", "rejected.csv", "scored.csv"),
        ("scored.parquet", "rejected.csv", "scored.parquet"),
        ("scored.jsonl", "rejected.csv", "scored.jsonl"),
        ("scored.csv", "rejected.jsonl", "rejected.jsonl"),
    ],
)
def test_a_full_disk(target: str, refused: str, full: str, tmp_path: Path) -> None:
    """One line names the file and says why; no file is left, whole or in part."""
    folder = tmp_path / "out"
    folder.mkdir()
    all_refused = full.startswith("rejected")
    forms = tmp_path / "forms.csv"
    if all_refused:
        many(forms, 2_000, spoilt=range(2, 2_001))
    else:
        write_csv(forms, _different(2_000))
    ran = subprocess.run(
        in_a_process(forms, "-o", folder / target, "--rejected", folder / refused, code=LITTLE),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (2, "") == (ran.returncode, ran.stdout)
    assert f"{folder / full}: file too large\n" == ran.stderr
    assert [] == list(folder.iterdir())


def _different(count: int) -> list[list[str]]:
    """Forms with names that do not compress."""
    header, *rows = template_rows(BOOK, people(BOOK, 100, seed=2))
    names = (os.urandom(40).hex() for _ in range(count))
    return [header, *([name, *rows[n % 100][1:]] for n, name in enumerate(names))]


# --- What breaks off. ---


def test_a_killed_run_leaves_no_file_that_looks_whole(tmp_path: Path) -> None:
    """Killed in the middle, there is nothing under a final name; running again succeeds."""
    forms = many(tmp_path / "forms.csv", 30_000, spoilt=range(1, 30_000, 100))
    folder = tmp_path / "out"
    folder.mkdir()
    wanted = ["scored.csv", "scored.rejected.csv", "summary.html"]
    arguments = (forms, "-o", folder / wanted[0], "--summary", folder / wanted[2])
    running = subprocess.Popen(in_a_process(*arguments), stdout=subprocess.PIPE)
    while not any(path.stat().st_size for path in folder.glob(".scored.*.part")):
        assert running.poll() is None, "it was done before it could be killed"
        time.sleep(0.005)
    running.kill()
    running.communicate()

    left = {path.name for path in folder.iterdir()}
    assert -signal.SIGKILL == running.returncode
    assert left
    assert left.isdisjoint(wanted)
    assert all(name.startswith(".") and name.endswith(".part") for name in left)

    result = score(*arguments)

    assert 1 == result.exit_code, result.output
    assert {*left, *wanted} == {path.name for path in folder.iterdir()}
    assert 29_700 == len(read_rows(folder / wanted[0]))


def test_a_run_that_somebody_stops_says_so(tmp_path: Path) -> None:
    """Control-C is no batch of which some were rejected: status 2, one line, and no file."""
    forms = many(tmp_path / "forms.csv", 30_000)
    folder = tmp_path / "out"
    folder.mkdir()
    running = subprocess.Popen(
        in_a_process(forms, "-o", folder / "scored.csv"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not any(path.stat().st_size for path in folder.glob(".scored.csv.*.part")):
        assert running.poll() is None, "it was done before it could be stopped"
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate()

    assert (2, "stopped: nothing was written\n") == (running.returncode, said)
    assert [] == list(folder.iterdir())


def test_a_bug_shows_no_answer(
    forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug stops the run with status 2 and its place; what Python says of it is left out."""
    forms.write_text(f"form,age,walking\n1,30,{SECRET}\n", encoding="utf-8")

    def stumble(_self: object, _file: str, row: dict[str, object]) -> None:
        raise ValueError(f"cannot make sense of {row}")

    monkeypatch.setattr("triage.intake.rejects.Rejects.take", stumble)

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert 2 == result.exit_code
    assert result.stderr.startswith("ValueError in one_pass.py:")
    assert A_BUG in result.stderr
    assert SECRET not in result.output
    assert [forms.parent] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "cell", [SECRET, f"{SECRET} (os error 28)", f"a: {SECRET} (os error 28)", '"os error"']
)
def test_an_answer_is_no_message(cell: str, tmp_path: Path) -> None:
    """Polars quotes what it cannot read: that is never shown, nor taken for the system's words."""
    forms = many(tmp_path / "forms.csv", 1_500)
    header = forms.read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {**calm(BOOK), ID: "late", "age": cell}
    with forms.open("a", encoding="utf-8") as stream:
        stream.write(as_line(header, row).replace('""', '"') + "\n")

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert (1, "") == (result.exit_code, result.stderr)
    assert SECRET not in result.stdout
    (refused,) = read_rows(tmp_path / "scored.rejected.csv")
    assert ("late", "age", "1501") == (refused["form"], refused["item"], refused["row"])


# --- What is written. ---


def test_what_holds_answers_is_private(forms: Path, tmp_path: Path) -> None:
    """Only its owner may read any of the files, also where an older one was open to all."""
    written = [tmp_path / name for name in ("scored.csv", "rejected.csv", "summary.html")]
    for path in written:
        path.write_text("old", encoding="utf-8")
        path.chmod(0o644)

    assert (
        0
        == score(
            forms, "-o", written[0], "--rejected", written[1], "--summary", written[2]
        ).exit_code
    )

    assert [0o600] * 3 == [stat.S_IMODE(path.stat().st_mode) for path in written]
    assert "old" not in [path.read_text(encoding="utf-8") for path in written]


FORMULAS = [
    "=cmd|'/c calc'!A0",
    "+1",
    "-1",
    "@x",
    "\tq",
    "\rq",
    "\nq",
    " =1",
    "\u00a0=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
]
HARMLESS = ["1", "a=1", "x-1", "'=1", " 1", ""]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_made_text(text: str) -> None:
    """A quotation mark before it makes a spreadsheet show it, in a cell and in a column alike."""
    assert f"'{text}" == neutral(text)
    column = pl.DataFrame({"a": [text]}).select(neutral_column("a"))
    assert [f"'{text}"] == column["a"].to_list()


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert text == neutral(text)
    column = pl.DataFrame({"a": [text]}).select(neutral_column("a"))
    assert [text] == column["a"].to_list()


def test_no_cell_of_a_csv_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of forms and of files are made harmless, in both outputs, and values too."""
    monkeypatch.chdir(tmp_path)
    rows = [*([name, "30"] for name in FORMULAS), ["@bad", "=400"], ["bad", "x\r=1,\n=2"]]
    lines = (json.dumps({"form": name, "age": age}) for name, age in rows)
    text = "\n".join(lines)
    for file in ("=a.jsonl", "-b.jsonl"):
        Path(file).write_text(text, encoding="utf-8")

    assert (
        1 == score("./=a.jsonl", "./-b.jsonl", "-o", "scored.csv", "--rejected", "no.csv").exit_code
    )

    scored, refused = read_rows(Path("scored.csv")), read_rows(Path("no.csv"))
    assert [f"'{name}" for name in FORMULAS] * 2 == [row["form"] for row in scored]
    assert {"'=a.jsonl", "'-b.jsonl"} == {row["file"] for row in scored}
    values = [(row["file"], row["form"], row["value"]) for row in refused]
    assert [
        (f"'{file}", form, value)
        for file in ("=a.jsonl", "-b.jsonl")
        for form, value in (("'@bad", "'=400"), ("bad", "x\r=1,\n=2"))
    ] == values


def test_json_lines_and_parquet_hold_names_as_they_are(tmp_path: Path) -> None:
    """No spreadsheet runs these, and a name must be found again."""
    forms = write_csv(tmp_path / "forms.csv", [["form", "age"], ["=1", "30"], ["=2", "400"]])
    for ending in (".jsonl", ".parquet"):
        target = tmp_path / f"scored{ending}"
        assert 1 == score(forms, "-o", target, "--rejected", tmp_path / "no.jsonl").exit_code
        assert ["=1"] == [row["form"] for row in read_rows(target)]
        assert ["=2"] == [row["form"] for row in read_rows(tmp_path / "no.jsonl")]


def test_a_name_that_is_no_text_is_refused(forms: Path, tmp_path: Path) -> None:
    """Polars takes no such name, and no table can hold it."""
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    for arguments in ((odd, "-o", tmp_path / "o.csv"), (forms, "-o", odd)):
        result = score(*arguments)
        assert 2 == result.exit_code
        assert "its name is not in UTF-8; rename it" in result.stderr
