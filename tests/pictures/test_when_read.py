"""Pictures are read when somebody asks for them: what a slip in them stops, and what not."""

from __future__ import annotations

import gc
import shutil
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner, Result

from tests.batches import read_rows
from tests.conftest import EXAMPLES, ROOT
from tests.report_cases import TODAY, case
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.answers.table import ID
from triage.assessment.assess import assess
from triage.authoring import lint_pictures, reading_grade
from triage.batch.packed_book import pack, unpack
from triage.book import loading as book_loading
from triage.book.loading import load_rule_book
from triage.book.yaml_reader import parse
from triage.commands.main import main
from triage.languages import translated
from triage.languages.translated import in_language
from triage.pictures import loading
from triage.pictures.exercises import exercise_pictures
from triage.pictures.loading import FOLDER, pictures_of
from triage.pictures.scene import Pictures
from triage.problems import BadInput
from triage.report.rendering import render, view

FORM = EXAMPLES / "forms" / "textbook_runner.yaml"
SLIP = ("pose: ready\n", "pose: reddy\n")
SAID = "no pose called 'reddy'; did you mean 'ready'?"


@pytest.fixture(scope="module")
def slipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The shipped book with a slip in a picture of its plan, and what is to be said of it.

    Commands find it loaded, translated and compiled after the first of them.
    """
    folder = tmp_path_factory.mktemp("book") / "rules"
    shutil.copytree(ROOT / "rules", folder)
    file = folder / "pictures" / "band_walk.yaml"
    text = file.read_text("utf-8")
    line = text[: text.index(SLIP[0])].count("\n") + 1
    file.write_text(text.replace(*SLIP, 1), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("triage.book.loading.load_rule_book", cache(book_loading.load_rule_book))
        patch.setattr("triage.languages.translated.in_language", cache(translated.in_language))
        yield folder, f"pictures/band_walk.yaml:{line}: {SAID}"


def triage(*arguments: object, rules: Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--rules", str(rules)])


def test_lint_names_a_slip_with_its_line(slipped: tuple[Path, str]) -> None:
    rules, said = slipped
    result = triage("lint", rules=rules)
    assert 2 == result.exit_code
    assert [said, "1 problems"] == result.stderr.splitlines()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("ending", ["pdf", "html", "txt"])
def test_no_report_is_written_without_its_pictures(
    slipped: tuple[Path, str], tmp_path: Path, ending: str, language: str
) -> None:
    """Each form of it shows them, or says what they show."""
    rules, said = slipped
    target = tmp_path / f"report.{ending}"
    result = triage("report", FORM, "-o", target, "--language", language, rules=rules)
    assert 2 == result.exit_code
    assert [said] == result.stderr.splitlines()
    assert not target.exists()


@pytest.mark.parametrize("ending", ["pdf", "html", "txt"])
def test_no_report_of_many_is_written_either(
    slipped: tuple[Path, str], tmp_path: Path, ending: str
) -> None:
    """The slip is said once, and not of each form; nothing is left behind."""
    rules, said = slipped
    forms, target = tmp_path / "forms.csv", tmp_path / "reports"
    forms.write_text(f"{ID},age\n1,34\n2,35\n", "utf-8")
    result = triage("report", forms, "--out-dir", target, "--format", ending, rules=rules)
    assert 2 == result.exit_code
    assert [said] == result.stderr.splitlines()
    assert not target.exists()


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--language", "es"]])
def test_whoever_needs_no_picture_is_answered_all_the_same(
    slipped: tuple[Path, str], options: list[str]
) -> None:
    """Word for word as without the slip, but for the digest of the book."""
    rules, _ = slipped
    result = triage("assess", FORM, *options, rules=rules)
    expected = CliRunner().invoke(main, ["assess", str(FORM), *options])
    assert (0, 0) == (result.exit_code, expected.exit_code), result.output
    digests = load_rule_book(rules).digest, BOOK.digest
    assert expected.stdout.replace(digests[1], digests[0]) == result.stdout
    assert "band_walk" in {one.exercise for one in case(FORM.stem).exercises}


def test_what_a_scored_table_says_needs_no_picture(
    slipped: tuple[Path, str], tmp_path: Path
) -> None:
    rules, _ = slipped
    forms, target = tmp_path / "forms.csv", tmp_path / "scored.csv"
    forms.write_text(f"{ID},age\n1,34\n", "utf-8")
    result = triage("score", forms, "-o", target, rules=rules)
    assert 0 == result.exit_code, result.output
    assert 1 == len(read_rows(target))


BROKEN = [
    "[]",
    "camera: 1\npictures: usual\n",
    "pictures: [usual]\ntogether: {of: 3}\n",
    "pictures: {usual: {alt: {a: b}}}\n",
    "intro: [1]\neach: {number: place}\n",
    "",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_of_any_shape_is_a_problem_and_no_crash(text: str) -> None:
    """Checks of wording and translations see the file as it is: nobody has read it before them."""
    files = {file for file in BOOK.origin.documents if file.startswith(f"{FOLDER}/")}
    broken = {file: parse(text.encode(), file) for file in files}
    documents = MappingProxyType({**BOOK.origin.documents, **broken})
    book = replace(BOOK, origin=replace(BOOK.origin, documents=documents))
    spanish = in_language(book, "es")
    for found in (
        [*lint_pictures.problems(book), *reading_grade.problems(book)],
        [*lint_pictures.problems(spanish)],
    ):
        assert files == {problem.file for problem in found}
        assert all(problem.line for problem in found)


def test_many_threads_read_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All get the very same pictures, also where none was there before."""
    readings: list[int] = []
    read, together = loading._read, threading.Barrier(8)

    def counted(book: object) -> Pictures | None:
        readings.append(1)
        return read(book)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "_read", counted)
    book = load_rule_book()

    def first() -> Pictures | None:
        together.wait()
        return pictures_of(book)

    with ThreadPoolExecutor(8) as pool:
        found = [future.result() for future in [pool.submit(first) for _ in range(8)]]
    assert 1 == len(readings)
    assert 1 == len({id(pictures) for pictures in found})


def test_many_threads_make_the_first_reports_of_a_book() -> None:
    """In each thread a report is the one that is made alone."""
    expected = render(view(case(FORM.stem), TODAY), "html")
    book = load_rule_book()
    assessment = assess(book, Responses(book.items, case(FORM.stem).responses.answers))
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda _: render(view(assessment, TODAY), "html"), range(4))
        assert [expected] * 4 == list(made)


def test_a_slip_is_said_again_to_who_asks_again(slipped: tuple[Path, str]) -> None:
    rules, said = slipped
    book = load_rule_book(rules)
    for _ in range(2):
        with pytest.raises(BadInput) as raised:
            pictures_of(book)
        assert said == str(raised.value)


def test_a_translated_book_has_pictures_with_its_own_words() -> None:
    """The drawings are the same, but for what is said of them."""
    spanish = in_language(BOOK, "es")
    for exercise in BOOK.exercises:
        for ours, theirs in zip(
            exercise_pictures(BOOK, exercise), exercise_pictures(spanish, exercise), strict=True
        ):
            assert ours.alt != theirs.alt
            assert ours.svg.partition("<defs>")[2] == theirs.svg.partition("<defs>")[2]
    assert pictures_of(spanish) is not pictures_of(BOOK)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_book_in_another_process_has_the_same_pictures(language: str) -> None:
    book = in_language(BOOK, language)
    copy = unpack(pack(book))
    assert {file for file in book.origin.documents if "pictures" in file} == {
        *copy.origin.documents
    }
    for exercise in book.exercises:
        assert exercise_pictures(book, exercise) == exercise_pictures(copy, exercise)


def test_pictures_keep_no_book_alive() -> None:
    book = load_rule_book()
    assert pictures_of(book)
    gone = weakref.ref(book)
    del book
    gc.collect()
    assert gone() is None
