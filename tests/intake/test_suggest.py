"""A draft of a mapping: what it guesses, what it leaves open, and the walk from it to scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests import exports
from tests.conftest import EXAMPLES
from tests.shipped import BOOK as SHIPPED
from tests.small import BOOK
from tests.tables_read import answers, outcome, problems
from triage.commands.main import main
from triage.intake.files import open_table
from triage.intake.likeness import Likeness, alike
from triage.intake.mapping_file import read_mapping
from triage.intake.suggest import suggest

CLINIC = EXAMPLES / "intake" / "clinic.csv"
MENDED = EXAMPLES / "intake" / "clinic_mapping.yaml"


@cache
def the_draft() -> str:
    """What is guessed of the clinic's spreadsheet."""
    return suggest(SHIPPED, open_table(SHIPPED, CLINIC))


@cache
def guessed() -> dict[str, Any]:
    """What it guesses of each column."""
    return yaml.safe_load(the_draft())["columns"]


# --- A clinic's own spreadsheet. ---


def test_the_draft_is_yaml_with_a_line_for_every_column() -> None:
    header = open_table(SHIPPED, CLINIC).header
    assert list(header[1:]) == list(guessed())
    assert header[0] == yaml.safe_load(the_draft())["form"]
    assert ["n/a"] == yaml.safe_load(the_draft())["blank"]


@pytest.mark.parametrize("column", ["Date of visit", "Seen by", "Sex", "Km per week", "Notes"])
def test_what_nothing_is_like_is_left_open(column: str) -> None:
    assert None is guessed()[column]
    assert f'  "{column}":   # to do: a question, or ignore' in the_draft().splitlines()


@pytest.mark.parametrize(
    ("column", "guess"),
    [
        ("Age", "age"),
        ("Pregnant?", "pregnancy"),
        ("Worst pain this week (0-10)", "pain_now"),
        ("Pain since (days)", {"item": "weeks_of_pain", "unit": "days"}),
        ("Chest pain?", {"item": "signs_now", "option": "chest_pain", "asked": True}),
        ("Fever or chills?", {"item": "illness_or_swelling", "option": "fever", "asked": True}),
        ("Running hurts?", {"item": "pain_comes_with", "option": "running"}),
    ],
)
def test_guesses(column: str, guess: object) -> None:
    assert guess == guessed()[column]


def test_every_guess_is_marked() -> None:
    lines = the_draft().splitlines()
    for column in guessed():
        (line,) = [line for line in lines if line.startswith(f"  {json.dumps(column)}:")]
        assert line.endswith(("   # a guess", "   # to do: a question, or ignore"))


def test_labels_are_guessed_only_where_most_words_are_an_option_s() -> None:
    assert {
        "Knee, outside": None,
        "Hip, outside": None,
        "Thigh, outside": None,
        "Knee, don't know where": None,
        "Back": None,
    } == guessed()["Where is the pain?"]["labels"]
    assert {"Normal": None, "Limping": "limp", "Cannot take 4 steps": "cannot"} == (
        guessed()["Walking"]["labels"]
    )


def test_questions_without_a_column_are_listed_and_not_answered() -> None:
    said = "#   operations: Have you had any of these operations, injuries or treatments?"
    assert said in the_draft().splitlines()
    assert {} == yaml.safe_load(the_draft())["constants"]


def test_a_draft_cannot_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text(the_draft())
    result = score(CLINIC, tmp_path / "draft.yaml", tmp_path / "scored.csv")
    assert 2 == result.exit_code
    assert "draft.yaml:" in result.stderr
    assert "column 'Notes': read nothing, expected an item or 'ignore'" in result.stderr


# --- The walk: draft, mend, score. ---

TO_DO = "   # to do: a question, or ignore"
NUMBERS = {
    "Km per week": "{item: running_habits, option: long_distance, at_least: 32}",
    "Rest days per week": "{item: daily_habits, option: no_rest_day, asked: yes, at_most: 0}",
    "Sleep (h)": "{item: daily_habits, option: short_sleep, asked: yes, at_most: 6.5}",
    "Hours sitting at work": (
        "{item: daily_habits, option: long_sitting, asked: yes, at_least: 7.5}"
    ),
    "Getting to the floor": (
        "{item: before_exercise, option: unsteady, asked: yes,"
        ' labels: {"Easy": no, "With help": yes}}'
    ),
}
"""Columns that nothing is guessed of, and what the clinic knows them to mean."""
NEVER = 'labels: {"No": yes, "Yes": no}'
"""Who has used a roller before is not new to it: the guess takes no notice of that."""


def by_hand() -> list[tuple[str, str]]:
    """What a person at the clinic changes: each line of the draft, and what it becomes."""
    return [
        *(
            (f'  "{column}":{TO_DO}', f'  "{column}": ignore')
            for column in guessed()
            if not guessed()[column] and column not in NUMBERS
        ),
        *((f'  "{column}":{TO_DO}', f'  "{column}": {meant}') for column, meant in NUMBERS.items()),
        ('      "L":   # to do', '      "L": one_side'),
        ('      "R":   # to do', '      "R": one_side'),
        ("    item: training_changes", "    item: pain_course"),
        ('      "No":   # to do', '      "No": none'),
        (
            '      "Yes, keeps coming back":   # to do',
            '      "Yes, keeps coming back": keeps_coming',
        ),
        ('      "Yes, once":   # to do', '      "Yes, once": once_before'),
        ('      "Knee, outside":   # to do', '      "Knee, outside": outer_knee'),
        ('      "Hip, outside":   # to do', '      "Hip, outside": outer_hip'),
        ('      "Thigh, outside":   # to do', '      "Thigh, outside": outer_thigh'),
        ('      "Knee, don\'t know where":   # to do', '      "Knee, don\'t know where": knee'),
        ('      "Back":   # to do', '      "Back": low_back'),
        ('      "Normal":   # to do', '      "Normal": as_usual'),
        ("option: new_to_rolling, asked: yes}", f"option: new_to_rolling, asked: yes, {NEVER}}}"),
        ("option: running}", "option: running, asked: yes}"),
        ("constants: {}", "constants: {operations: [none]}"),
    ]


def score(forms: Path, mapping: Path, target: Path) -> Any:
    arguments = ["score", str(forms), "--mapping", str(mapping), "-o", str(target)]
    return CliRunner().invoke(main, arguments)


def test_from_a_clinic_s_spreadsheet_to_scores(tmp_path: Path) -> None:
    drafted = CliRunner().invoke(main, ["map", "--suggest", str(CLINIC)])
    assert (0, "") == (drafted.exit_code, drafted.stderr)
    text = drafted.stdout
    for before, after in by_hand():
        assert 1 == text.count(before), before
        text = text.replace(before, after)
    assert "to do" not in text
    (tmp_path / "mapping.yaml").write_text(text)
    result = score(CLINIC, tmp_path / "mapping.yaml", tmp_path / "scored.csv")
    assert (1, "") == (result.exit_code, result.stderr)
    assert ["read 12", "scored 11", "rejected 1"] == [
        " ".join(line.split()[:2]) for line in result.output.splitlines()[:3]
    ]
    mended = read_mapping(SHIPPED, MENDED)
    made = read_mapping(SHIPPED, tmp_path / "mapping.yaml")
    assert mended.roles == made.roles
    assert (mended.ignored, mended.constants, mended.blanks, mended.form) == (
        (made.ignored, made.constants, made.blanks, made.form)
    )


def test_the_example_is_read_as_the_clinic_meant_it() -> None:
    mapping = read_mapping(SHIPPED, MENDED)
    forms = {form["form"]: form for form in answers(CLINIC, mapping, SHIPPED)}
    assert {"outer_knee", "outer_hip"} == forms["P-103"]["pain_places"]
    assert 2.0 == forms["P-103"]["weeks_of_pain"]
    assert "long_distance" in forms["P-101"]["running_habits"]
    assert {"long_sitting", "not_sure"} == forms["P-101"]["daily_habits"]
    assert {"new_to_rolling", "not_sure"} == forms["P-102"]["before_exercise"]
    assert "lying_on_it" == forms["P-102"]["rest_pain"]
    assert "rest_pain" not in forms["P-106"]
    assert {"bladder_trouble", "numb_between_legs", "not_sure"} >= forms["P-110"]["nerve_signs"]
    assert "nerve_signs" not in forms["P-101"]
    scored, (rejected,) = outcome(CLINIC, mapping, SHIPPED)
    levels = {form["form"]: form["disposition"] for form in scored}
    assert {"emergency"} == {levels["P-106"], levels["P-110"]}
    assert ("P-112", "pain_now") == (rejected["form"], rejected["item"])


# --- Other tables. ---

Draft = Callable[..., dict[str, Any]]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """The draft for a table with these lines, as YAML reads it."""

    def drafted(*lines: str) -> dict[str, Any]:
        (tmp_path / "forms.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = suggest(BOOK, open_table(BOOK, tmp_path / "forms.csv"))
        found: dict[str, Any] = yaml.safe_load(text)
        return found

    return drafted


def test_a_known_layout_needs_no_mending(tmp_path: Path) -> None:
    people = exports.people(BOOK, 20, seed=5)
    path = exports.write_csv(tmp_path / "forms.csv", exports.google_rows(BOOK, people))
    text = suggest(BOOK, open_table(BOOK, path))
    assert "guess" not in text
    assert [] == problems(path, text)
    assert answers(path) == answers(path, text)


def test_a_header_only(draft: Draft) -> None:
    assert {"Milk": "milk", "Zzz": None} == draft("Milk,Zzz")["columns"]


def test_names_that_need_quotation_marks(draft: Draft) -> None:
    header = ['yes: "nay" #1', "[a]", "null", "caf\u00e9 'x'"]
    assert header == list(
        draft(",".join('"' + name.replace('"', '""') + '"' for name in header), "1,2,3,4")[
            "columns"
        ]
    )


def test_one_item_is_guessed_once(draft: Draft) -> None:
    columns = draft("Milk,Milk again", "yes,no")["columns"]
    assert ["milk", None] == [columns["Milk"], columns["Milk again"]]


def test_numbers_out_of_range_are_not_guessed(draft: Draft) -> None:
    assert {"Years": None} == draft("Years", "1999", "2001")["columns"]
    assert {"Years": "years"} == draft("Years", "19", "20", "n/a")["columns"]


def test_cells_say_more_than_a_name(draft: Draft) -> None:
    columns = draft("What", "It drips, It is cold", "The machine is noisy")["columns"]
    assert {"What": "troubles"} == columns


def test_commas_part_labels_only_where_the_parts_stand_alone_too(draft: Draft) -> None:
    columns = draft("Troubles", '"Leak, below; Loud"', '"Loud, Odd"', "Odd", '"Slow, Odd"')[
        "columns"
    ]
    assert {"Odd", "Loud", "Leak, below"} == set(columns["Troubles"]["labels"])


def test_a_column_of_very_many_texts_lists_none(draft: Draft) -> None:
    columns = draft("Noise", *(f"sounds like {number}" for number in range(40)))["columns"]
    assert columns in ({"Noise": "noise"}, {"Noise": None})


def test_words_that_are_forms_of_one() -> None:
    assert alike("run", "running")
    assert alike("pregnant", "pregnancy")
    assert alike("swollen", "swollen")
    assert not alike("age", "agreement")
    assert not alike("in", "inner")
    assert not alike("seen", "speed")


def test_a_rare_word_says_more_than_a_common_one() -> None:
    like = Likeness({"one": ["sore knee"], "two": ["sore hip"], "three": ["sore arm"]})
    assert like.to("sore hip")["two"] > like.to("sore knob")["two"] > 0.0
    assert {"one": 0.0, "two": 0.0, "three": 0.0} == like.to("fever")
    assert {"one": 0.0, "two": 0.0, "three": 0.0} == like.to("")
