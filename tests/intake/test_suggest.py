"""A draft of a mapping: what it guesses, what it leaves open, and the walk from it to scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests import exports
from tests.conftest import EXAMPLES
from tests.drafts import to_settle
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


OPEN = [
    *("Date of visit", "Seen by", "Sex", "Pregnant?", "Main sport", "Where is the pain?", "Side"),
    *("Km per week", "Rest days per week", "Sleep (h)", "Hours sitting at work", "Notes"),
    *("Had it before?", "How did it start?", "Stairs down hurt?", "Running hurts?"),
    *("Bladder problems?", "Calf swollen?", "Foam roller before?", "Getting to the floor"),
]


@pytest.mark.parametrize("column", OPEN)
def test_what_is_not_like_one_place_alone_is_left_open(column: str) -> None:
    assert None is guessed()[column]
    assert f'  "{column}":   # to do: a question, or ignore' in the_draft().splitlines()


def tick(item: str, option: str) -> dict[str, Any]:
    return {"item": item, "option": option, "asked": True, "confirmed": False}


@pytest.mark.parametrize(
    ("column", "guess"),
    [
        ("Age", "age"),
        ("Worst pain this week (0-10)", {"item": "pain_now", "confirmed": False}),
        ("Pain since (days)", {"item": "weeks_of_pain", "unit": "days", "confirmed": False}),
        ("Chest pain?", tick("signs_now", "chest_pain")),
        ("Fever or chills?", tick("illness_or_swelling", "fever")),
        ("Numb between the legs?", tick("nerve_signs", "numb_between_legs")),
        ("Blood thinner?", tick("medicines", "blood_thinner")),
    ],
)
def test_guesses(column: str, guess: object) -> None:
    assert guess == guessed()[column]


def said_of(column: str) -> list[str]:
    """The lines below a column that only tell of it."""
    lines = the_draft().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"  {json.dumps(column)}:"))
    rest = [line for line in lines[at + 1 :] if not line.startswith(("     ", "    item", "    l"))]
    more = [line for line in rest if not line.startswith("    confirmed")]
    return [line.strip() for line in takewhile(lambda line: line.startswith("    #"), more)]


def test_a_guess_says_why_and_what_question_it_would_answer() -> None:
    assert [
        "# likely: it shares 'chest' and 'pain' with 'Chest pain'",
        "# the question: Do you have any of these right now?",
        '# its cells: "No" 12',
    ] == said_of("Chest pain?")


def test_an_open_column_says_what_is_near_and_what_its_cells_hold() -> None:
    assert [
        "# near, and perhaps not meant: {item: nerve_signs, option: bladder_trouble, asked: yes}",
        '# its cells: "No" 11, "Yes" 1',
    ] == said_of("Bladder problems?")
    assert ["# its cells: numbers from 3 to 10"] == said_of("Hours sitting at work")[1:]


@pytest.mark.parametrize("column", ["Seen by", "Notes"])
def test_cells_that_may_name_somebody_are_not_shown(column: str) -> None:
    assert "not shown" in said_of(column)[-1]
    for text in ("KM", "wants to run"):
        assert text not in the_draft()


def test_every_guess_blocks() -> None:
    lines = the_draft().splitlines()
    for column, guess in guessed().items():
        (line,) = [line for line in lines if line.startswith(f"  {json.dumps(column)}:")]
        if isinstance(guess, dict):
            assert guess["confirmed"] is False
        elif guess is None:
            assert line.endswith("   # to do: a question, or ignore")
        else:
            assert column.lower() == guess


def test_labels_are_guessed_only_where_most_words_are_an_option_s() -> None:
    assert {"Normal": None, "Limping": "limp", "Cannot take 4 steps": "cannot"} == (
        guessed()["Walking"]["labels"]
    )
    assert {
        "When lying on it": "lying_on_it",
        "Most nights": "most_nights",
        "All the time": "all_the_time",
    } == guessed()["Rest or night pain"]["labels"]


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
    (guesses,) = [line for line in result.stderr.splitlines() if "nobody has confirmed" in line]
    for column, guess in guessed().items():
        assert (f"'{column}'" in guesses) == isinstance(guess, dict)


# --- The walk: draft, mend, score. ---

TO_DO = "   # to do: a question, or ignore"
MEANT = {
    "Pregnant?": "pregnancy",
    "Main sport": "{item: activities, labels: {Football: field_sport}}",
    "Km per week": "{item: running_habits, option: long_distance, at_least: 32}",
    "Rest days per week": "{item: daily_habits, option: no_rest_day, asked: yes, at_most: 0}",
    "Sleep (h)": "{item: daily_habits, option: short_sleep, asked: yes, at_most: 6.5}",
    "Hours sitting at work": (
        "{item: daily_habits, option: long_sitting, asked: yes, at_least: 7.5}"
    ),
    "Where is the pain?": (
        '{item: pain_places, labels: {"Knee, outside": outer_knee, "Hip, outside": outer_hip,'
        ' "Thigh, outside": outer_thigh, "Knee, don\'t know where": knee, "Back": low_back}}'
    ),
    "Side": "{item: which_side, labels: {L: one_side, R: one_side}}",
    "Had it before?": (
        '{item: pain_course, labels: {"No": none, "Yes, keeps coming back": keeps_coming,'
        ' "Yes, once": once_before}}'
    ),
    "How did it start?": '{item: onset, labels: {"After a hard hit": hard_hit}}',
    "Stairs down hurt?": "{item: pain_comes_with, option: stairs_down, asked: yes}",
    "Running hurts?": "{item: pain_comes_with, option: running, asked: yes}",
    "Bladder problems?": "{item: nerve_signs, option: bladder_trouble, asked: yes}",
    "Calf swollen?": "{item: illness_or_swelling, option: leg_swollen, asked: yes}",
    # Who has used a roller before is not new to it.
    "Foam roller before?": (
        "{item: before_exercise, option: new_to_rolling, asked: yes,"
        ' labels: {"No": yes, "Yes": no}}'
    ),
    "Getting to the floor": (
        "{item: before_exercise, option: unsteady, asked: yes,"
        ' labels: {"Easy": no, "With help": yes}}'
    ),
}
"""Columns that nothing is guessed of, and what the clinic knows them to mean."""


def by_hand() -> list[tuple[str, str]]:
    """What a person at the clinic changes: each line of the draft, and what it becomes."""
    return [
        *(
            (f'  "{column}":{TO_DO}', f'  "{column}": {MEANT.get(column, "ignore")}')
            for column, guess in guessed().items()
            if guess is None
        ),
        ('      "Normal":   # to do', '      "Normal": as_usual'),
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
    text = text.replace("confirmed: no", "confirmed: yes")  # every guess was right
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
    assert not to_settle(text)
    assert [] == problems(path, text)
    assert answers(path) == answers(path, text)


def test_a_header_only(draft: Draft) -> None:
    assert {"milk": "milk", "Zzz": None} == draft("milk,Zzz")["columns"]


def test_names_that_need_quotation_marks(draft: Draft) -> None:
    header = ['yes: "nay" #1', "[a]", "null", "caf\u00e9 'x'"]
    assert header == list(
        draft(",".join('"' + name.replace('"', '""') + '"' for name in header), "1,2,3,4")[
            "columns"
        ]
    )


def test_one_item_is_guessed_once(draft: Draft) -> None:
    columns = draft("milk,page/milk", "yes,no")["columns"]
    assert ["milk", None] == [columns["milk"], columns["page/milk"]]


def test_numbers_out_of_range_are_not_guessed(draft: Draft) -> None:
    assert {"Years": None} == draft("Years", "1999", "2001")["columns"]
    assert {"Years": "years"} == draft("Years", "19", "20", "n/a")["columns"]


def test_cells_say_more_than_a_name(draft: Draft) -> None:
    columns = draft("What", "It drips, It is cold", "The machine is noisy")["columns"]
    assert {"What": {"item": "troubles", "confirmed": False}} == columns


def test_commas_part_labels_only_where_the_parts_stand_alone_too(draft: Draft) -> None:
    columns = draft("Troubles", '"Leak, below; Loud"', '"Loud, Odd"', "Odd", '"Slow, Odd"')[
        "columns"
    ]
    assert {"Odd", "Loud", "Leak, below"} == set(columns["Troubles"]["labels"])


def test_a_column_of_very_many_texts_is_left_open_whatever_its_name(draft: Draft) -> None:
    columns = draft("noise", *(f"Sounds like {number} Bees" for number in range(40)))["columns"]
    assert {"noise": None} == columns


def test_labels_that_differ_in_case_only_are_listed_once(draft: Draft) -> None:
    columns = draft("noise", "loud", "LOUD", "Loud", "loud")["columns"]
    assert ["loud"] == list(columns["noise"]["labels"])


def test_codes_are_never_matched_by_their_order(draft: Draft) -> None:
    columns = draft("noise,troubles___1,troubles___unk", "1,1,0", "2,0,0", "2,0,1")["columns"]
    assert {"1": None, "2": None} == columns["noise"]["labels"]
    assert {"item": "troubles", "option": None} == columns["troubles___1"]
    assert "ignore" == columns["troubles___unk"]


KOBO = (
    "start,end,about/years,about/noise,bad/troubles,bad/troubles/slow,_id,_uuid,__version__",
    "2026-11-01T10:00,2026-11-01T10:05,3,hum,slow,1,77,ab-1,v1",
    "2026-11-01T10:00,2026-11-01T10:05,12,rattle,noisy cold,0,78,ab-2,v1",
)


def test_an_export_of_kobotoolbox_needs_no_mending(tmp_path: Path) -> None:
    path = tmp_path / "forms.csv"
    path.write_text("\n".join(KOBO) + "\n", encoding="utf-8")
    text = suggest(BOOK, open_table(BOOK, path))
    assert not to_settle(text)
    assert [] == problems(path, text)
    first, second = answers(path, text)
    assert {"form": "77", "years": 3.0, "noise": "hum", "troubles": {"slow"}} == first
    assert ({"noisy", "cold"}, "rattle") == (second["troubles"], second["noise"])


@pytest.mark.parametrize(
    "lines",
    [("Mother: Years", "30", "31"), ("page/noise", "yes", "no"), ("page/noise",), ("Noise",)],
)
def test_a_single_word_without_cells_that_tell_is_left_open(
    lines: tuple[str, ...], draft: Draft
) -> None:
    assert {lines[0]: None} == draft(*lines)["columns"]


def test_boxes_for_codes_of_no_answer_are_passed_over(draft: Draft) -> None:
    made = draft("troubles___slow,troubles___unk,years", "1,0,NASK", "0,1,3")
    assert "ignore" == made["columns"]["troubles___unk"]
    assert ["nask"] == made["blank"]


def test_a_list_and_its_boxes_are_read_once(draft: Draft) -> None:
    options = list(BOOK.items["troubles"].options)
    boxes = [f"troubles/{option}" for option in options]
    columns = draft(",".join(["troubles", *boxes]), "slow cold,1,1,0,0,0,0")["columns"]
    assert {"troubles": "ignore"} | {
        box: {"item": "troubles", "option": option}
        for box, option in zip(boxes, options, strict=True)
    } == columns
    columns = draft("troubles,troubles/slow", "slow cold,1", "noisy,0")["columns"]
    assert {"troubles": "troubles", "troubles/slow": "ignore"} == columns


def test_words_that_are_forms_of_one() -> None:
    assert alike("run", "running")
    assert alike("pregnant", "pregnancy")
    assert alike("swollen", "swollen")
    assert not alike("age", "agreement")
    assert not alike("in", "inner")
    assert not alike("seen", "speed")
    assert not alike("given", "gives")


def test_a_rare_word_says_more_than_a_common_one() -> None:
    like = Likeness({"one": ["sore knee"], "two": ["sore hip"], "three": ["sore arm"]})
    assert like.to("sore hip")["two"].value > like.to("sore knob")["two"].value > 0.0
    assert {} == like.to("fever")
    assert {} == like.to("")


def test_digits_say_nothing_and_denying_names_are_like_denying_texts_only() -> None:
    like = Likeness({"one": ["more than 4 hours"], "two": ["never used a roller"]})
    assert {} == like.to("q___4")
    assert {} == like.to("used a roller")
    assert {"two"} == set(like.to("has not used a roller"))
    assert {} == like.to("no hours")
