"""Files of forms that were filled in for an older book: they mean what one person's file means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import exports
from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK, FOLDER
from tests.tables_read import answers, job_of, outcome, problems, reasons
from triage.answers.answer import doubts_of
from triage.answers.older import turned
from triage.answers.responses import Responses
from triage.answers.table import ID
from triage.book.older_reader import older_books
from triage.book.rulebook import RuleBook
from triage.commands.main import main
from triage.intake import fitting, mapping_file
from triage.intake.older_tables import asked_by

(SMALL_OLDER,) = older_books(BOOK)
(SHIPPED_OLDER,) = older_books(SHIPPED)
OLDER = {id(BOOK): SMALL_OLDER, id(SHIPPED): SHIPPED_OLDER}


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "forms.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def became(book: RuleBook, person: Responses) -> dict[str, Any]:
    """What one person's older answers became."""
    return dict(turned(book, OLDER[id(book)], person).responses.answers)


def read(path: Path, book: RuleBook) -> list[dict[str, Any]]:
    """The answers of each form of a file, without its name."""
    return [{k: v for k, v in form.items() if k != ID} for form in answers(path, book=book)]


@pytest.mark.parametrize("name", exports.LAYOUTS)
@pytest.mark.parametrize("book", [BOOK, SHIPPED], ids=["small", "shipped"])
def test_each_export_means_what_one_persons_file_means(
    tmp_path: Path, book: RuleBook, name: str
) -> None:
    asked = asked_by(book, OLDER[id(book)])
    people = exports.people(asked, 30, seed=5)
    # Every other answer is there too: a first form without any shows all questions as columns.
    expected = [became(book, person) for person in people]

    assert expected == read(exports.write(tmp_path, name, asked, people), book)
    assert any(doubts_of(a) for form in expected for a in form.values() if isinstance(a, frozenset))


def test_a_form_of_today_is_read_as_one_of_today(tmp_path: Path) -> None:
    for name in exports.LAYOUTS:
        made = job_of(exports.write(tmp_path, name, BOOK, exports.people(BOOK, 5, seed=1)))
        assert "book" not in made.columns.mapping.source


def test_what_is_scored_and_what_is_said_of_it(tmp_path: Path) -> None:
    """The command says by which questions the forms were read, and what was lost."""
    forms = csv(
        tmp_path,
        "form,smoke,leaks,colour,troubles__drips",
        "a,yes,not_sure,red,1",
        "b,no,no,black,0",
        ",,,,",
    )
    summary = tmp_path / "summary.html"

    done = CliRunner().invoke(
        main,
        [
            *("score", str(forms), "-o", str(tmp_path / "out.csv")),
            *("--rules", str(FOLDER), "--summary", str(summary)),
        ],
    )

    said = "Filled in for book 0.0.0, and read as answers to book 0.0.1"
    lost = "nothing was made of colour (2 forms)"
    assert done.exit_code == 0, done.output
    assert "read                  2  from" in done.output
    assert "(template, the questions of book 0.0.0)" in done.output
    assert "blank                 1" in done.output
    assert f"{said}; {lost}\n" in done.output
    assert f"{said}; {lost}." in summary.read_text()
    assert "Asked in part, the rest is unknown: troubles" in done.output


def test_an_answer_that_cannot_be_taken_is_named_by_its_question_of_then(tmp_path: Path) -> None:
    """The form is rejected, and the warning sign in its other answers still shows."""
    forms = csv(tmp_path, "form,smoke,age_in_years,colour", "a,yes,99,red", "b,no,7,green")

    scored, rejected = outcome(forms)

    assert scored == []
    assert [(line["form"], line["red_flags"]) for line in rejected] == [("a", "smoke"), ("b", "")]
    assert reasons(forms) == [
        "a: item 'age_in_years': read '99', expected a number from 0 to 50 (years) or not_sure",
        "b: item 'colour': read 'green', expected red or black",
    ]


def test_a_damaged_row_costs_that_row_only(tmp_path: Path) -> None:
    forms = csv(tmp_path, "form,smoke,colour", "a,no,red", "b,no,red,x,y", "c,yes,red")

    scored, rejected = outcome(forms)

    assert [row["form"] for row in scored] == ["a", "c"]
    assert [line["form"] for line in rejected] == ["b"]


def test_forms_without_a_name_or_an_answer_are_forms(tmp_path: Path) -> None:
    """A cell that holds no answer makes a form of its row, as it does for forms of today."""
    forms = tmp_path / "forms.csv"
    exports.write_csv(forms, [["Timestamp", "Did you see smoke?"], ["x", ""], ["x", "Yes"]])

    scored, _ = outcome(forms)

    assert [row["form"] for row in scored] == ["1", "2"]


def test_a_mapping_that_names_older_questions(tmp_path: Path) -> None:
    forms = csv(tmp_path, "No,Rauch,Alter,Was", "7,ja,4,Tropft")
    mapping = """
form: No
columns:
  Rauch: {item: smoke, labels: {ja: yes}}
  Alter: age_in_years
  Was: {item: troubles, labels: {Tropft: drips}}
constants: {leaks: no}
"""

    assert [
        {
            "form": "7",
            "sparks": "yes",
            "years": 4,
            "puddle": frozenset({"socket?"}),
            "troubles": frozenset({"drips", "slow?"}),
        }
    ] == answers(forms, mapping)


def test_a_mapping_may_say_whose_questions_it_names(tmp_path: Path) -> None:
    """Where both books have all names, only that tells which is meant."""
    forms = csv(tmp_path, "Was", "drips")
    mapping = "columns: {Was: troubles}\nbook: "

    assert [frozenset({"drips"})] == [a["troubles"] for a in answers(forms, f"{mapping}0.0.1\n")]
    assert [frozenset({"drips", "slow?"})] == [
        a["troubles"] for a in answers(forms, f"{mapping}0.0.0\n")
    ]
    assert [
        "mapping.yaml:2: book: read '0.0.9', expected 0.0.1 or 0.0.0; did you mean '0.0.1'?"
    ] == problems(forms, f"{mapping}0.0.9\n")


def test_a_slip_in_a_mapping_of_then_is_said_in_its_words(tmp_path: Path) -> None:
    forms = csv(tmp_path, "a,b,c", "yes,4,red")
    mapping = "columns: {a: smoke, b: age_in_year, c: colour}\n# of 0.0.0\n"

    assert [
        "mapping.yaml:1: read 'age_in_year', expected an item; did you mean 'age_in_years'?"
    ] == problems(forms, mapping)


def test_a_column_of_neither_is_named_by_the_book_that_knows_more(tmp_path: Path) -> None:
    forms = csv(tmp_path, "form,smoke,color", "a,yes,red")

    (problem,) = problems(forms)

    assert "column 'color': nothing says what it holds" in problem
    assert "did you mean 'colour'?" in problem


def test_no_older_book_is_read_for_forms_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits for what it does not need."""
    monkeypatch.setattr(fitting, "older_books", None)
    monkeypatch.setattr(mapping_file, "older_books", None)
    for name in exports.LAYOUTS:
        answers(exports.write(tmp_path, name, BOOK, exports.people(BOOK, 2, seed=1)))
    forms = csv(tmp_path, "Was", "drips")
    answers(forms, "columns: {Was: troubles}\n")


def test_a_report_for_every_form_of_an_older_book(tmp_path: Path) -> None:
    """They are read in another way than for scoring, and it is said there too."""
    forms = csv(tmp_path, "form,age,floor,foot_strike", "a,34,easily,heel", "b,x,easily,heel")

    done = CliRunner().invoke(
        main,
        [
            *("report", str(forms), "--out-dir", str(tmp_path / "out")),
            *("--format", "txt", "--date", "2026-12-01"),
        ],
    )

    assert done.exit_code == 1, done.output
    assert "Filled in for book 0.1.0, and read as answers to book " in done.output
    assert (tmp_path / "out" / "a.txt").exists()
    assert "item 'age': read 'x'" in (tmp_path / "out" / "rejected.csv").read_text()


def test_numbers_for_options_are_those_of_the_book_whose_boxes_there_are(tmp_path: Path) -> None:
    """Where both books have all columns, the one whose list has all its boxes is meant."""

    def second_box_of(count: int) -> object:
        header = [f"troubles___{number}" for number in range(1, count + 1)]
        ticks = ["0", "1", *("0" for _ in header[2:])]
        (form,) = answers(csv(tmp_path, ",".join(["record_id", *header]), ",".join(["1", *ticks])))
        return form["troubles"]

    assert second_box_of(6) == frozenset({"cold"})
    assert second_box_of(4) == frozenset({"drips", "slow?"})
    assert second_box_of(2) == frozenset({"cold", "not_sure"}), "neither is whole: today's"


def test_a_warning_sign_shows_on_either_side_of_a_contradiction(tmp_path: Path) -> None:
    forms = csv(tmp_path, "form,smoke,troubles,rattles", "a,yes,drips,yes")

    _, rejected = outcome(forms)

    (line, *_) = rejected
    assert line["red_flags"] == "smoke"
    assert "item 'rattles': read 'yes', expected no answer" in line["reason"]
    assert "'troubles: drips'" in line["reason"]
