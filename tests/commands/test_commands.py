"""The commands as a person types them: what they print, and how they refuse bad input."""

from __future__ import annotations

import datetime
import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.answers.wording import date_in_words
from triage.book.rulebook import RuleBook
from triage.commands.main import main

JSON_KEYS = {
    "disposition",
    "could_rise_to",
    "see_within_days",
    "red_flags",
    "patterns",
    "causes",
    "contraindications",
    "exercises",
    "advice",
    "referrals",
    "withheld",
    "undecided",
    "rule_book",
}


def triage(*arguments: object, given: str | bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_help_of_every_command_shows_an_example(command: str) -> None:
    """`--help` explains the command and ends with an example of it."""
    result = triage(command, "--help")
    assert 0 == result.exit_code
    assert f"Example: triage {command}" in result.output


def test_assess_prints_the_level_and_what_was_found(forms: Path) -> None:
    """The text says how urgent it is, what it may be, and that it is not a diagnosis."""
    result = triage("assess", forms / "textbook_runner.yaml")
    assert 0 == result.exit_code
    assert "IT band syndrome" in result.output
    assert "not a diagnosis" in result.output.lower()


def test_assess_json_holds_the_promised_keys(forms: Path, book: RuleBook) -> None:
    """The JSON holds every promised key, and each finding says what it rests on."""
    result = triage("assess", forms / "textbook_runner.yaml", "--format", "json")
    assert 0 == result.exit_code
    said = json.loads(result.output)
    assert set(said) >= JSON_KEYS
    assert {"version": book.version, "digest": book.digest} == said["rule_book"]
    for kind in ("red_flags", "patterns", "causes", "contraindications"):
        for finding in said[kind]:
            assert {"id", "title", "because", "rule", "references"} <= set(finding)
            assert finding["rule"] in book.rules
            assert finding["because"]
    assert "likely" == said["patterns"][0]["likelihood"]
    assert said["exercises"]


def test_json_of_an_empty_form_lists_what_would_settle_it(forms: Path) -> None:
    """With no answer nothing is present, all is undecided, and the questions are named."""
    said = json.loads(triage("assess", forms / "nothing_answered.yaml", "--format", "json").output)
    assert ("incomplete", "emergency") == (said["disposition"], said["could_rise_to"])
    assert all(finding["settled_by"] for finding in said["undecided"])
    assert [] == said["exercises"] == said["red_flags"] == said["patterns"]


def test_assess_reads_standard_input_and_json() -> None:
    """`-` is standard input; JSON and YAML of the same answers give the same assessment."""
    answers = {"answers": {"signs_now": ["chest_pain"], "age": 40}}
    as_json = triage("assess", "-", "--format", "json", given=json.dumps(answers))
    as_yaml = triage("assess", "-", "--format", "json", given="signs_now: [chest_pain]\nage: 40\n")
    assert "emergency" == json.loads(as_json.output)["disposition"]
    assert as_json.output == as_yaml.output


def test_exit_status_is_0_whatever_the_disposition() -> None:
    """An emergency is an answer, not a failure of the program."""
    assert 0 == triage("assess", "-", given="signs_now: [chest_pain]").exit_code


BAD_FORMS = [
    ("unknown item", "walkin: limp\n", ["1: no item called 'walkin'", "'walking'"]),
    ("unknown option", "age: 3\nwalking: limpp\n", [":2: ", "'limpp'", "cannot", "mean 'limp'"]),
    ("wrong type", "age: old\n", ["'age': read 'old'", "number from 1 to 110"]),
    ("several for one", "walking: [limp, cannot]\n", ["'walking'", "expected one of"]),
    ("a word for a list", "age: [3]\n", ["'age'", "expected a number"]),
    ("out of range", "age: 400\n", ["'age': read '400'", "from 1 to 110"]),
    ("between two steps", "age: 17.5\n", ["'age': read '17.5'", "in steps of 1"]),
    ("not a number", "age: .nan\n", ["'age'", "expected a number"]),
    ("unknown unit", "weeks_of_pain: 3 fortnights\n", ["3 fortnights", "days, months or years"]),
    ("none beside another", "signs_now: [none, fainting]\n", ["'none' beside fainting"]),
    ("repeated key", "age: 30\nage: 31\n", [":2:", "'age' is repeated", "line 1"]),
    ("not YAML", "age: [3\n", [": not YAML or JSON"]),
    ("a list", "- age\n", ["expected 'item: answer' lines"]),
    ("a word", "hello\n", ["read 'hello'", "expected 'item: answer' lines"]),
    ("empty", "", ["empty; expected 'item: answer' lines"]),
    ("comments only", "# nothing\n", ["empty"]),
    ("stray key", "answers: {}\nanswer: {}\n", ["read 'answer'", "'answers'"]),
    ("two documents", "age: 3\n---\nage: 4\n", ["second document"]),
    ("alias", "age: &a 3\nweeks_of_pain: *a\n", ["an anchor", "an alias"]),
    ("tag", "age: !!python/object:os.system 3\n", ["a tag"]),
    ("deep", "[" * 5000, ["nested more than"]),
    (
        "does not apply",
        "onset: slowly\ninjury_kind: fell\n",
        ["'injury_kind'", "does not apply beside 'onset: slowly'"],
    ),
]


@pytest.mark.parametrize(
    ("given", "expected"), [b[1:] for b in BAD_FORMS], ids=[b[0] for b in BAD_FORMS]
)
def test_bad_input_gets_one_clear_message(tmp_path: Path, given: str, expected: list[str]) -> None:
    """File, line or item, what was read, what was expected, the nearest name; status 2."""
    form = tmp_path / "form.yaml"
    form.write_text(given)
    result = triage("assess", form)
    assert 2 == result.exit_code
    assert str(form) in result.stderr
    for part in expected:
        assert part in result.stderr
    assert "" == result.stdout
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"age: \x00 3", "not text"),
        (b"a: 1\n" * 2_000_000, "too large"),
        ("age: 30\n".encode("utf-16"), "not text"),
    ],
    ids=["png", "NUL", "10 MB", "UTF-16"],
)
def test_files_that_are_no_form(tmp_path: Path, content: bytes, expected: str) -> None:
    """Binary, huge and wrongly encoded files are refused in a line."""
    form = tmp_path / "form.yaml"
    form.write_bytes(content)
    result = triage("assess", form)
    assert (2, 1) == (result.exit_code, len(result.stderr.splitlines()))
    assert expected in result.stderr


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    """What cannot be opened is said with its name and the reason."""
    missing = triage("assess", tmp_path / "nowhere.yaml")
    assert (2, True) == (missing.exit_code, "no such file" in missing.stderr)
    folder = triage("assess", tmp_path)
    assert (2, True) == (folder.exit_code, "is a directory" in folder.stderr)


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    """A form with three mistakes gets three lines."""
    form = tmp_path / "form.yaml"
    form.write_text("age: 400\nwalkin: limp\nonset: slow\n")
    assert 3 == len(triage("assess", form).stderr.splitlines())


@pytest.mark.parametrize(
    "given",
    [
        "age: 400\nsigns_now: [chest_pain]\n",
        "pain_places: [groin]\nknee_trouble: [stuck]\n",
        "onset: slowly\ninjury_kind: fell\nsigns_now: [coughing_blood]\n",
        "signs_now: [none, chest_pain]\n",
        "signs_now: [chest_pain, dizzy]\n",
    ],
    ids=[
        "another answer",
        "inside the contradiction",
        "beside the contradiction",
        "beside none",
        "beside an unknown option",
    ],
)
def test_a_refused_form_still_names_its_red_flags(tmp_path: Path, given: str) -> None:
    """An emergency is not lost because some other answer cannot be taken."""
    form = tmp_path / "form.yaml"
    form.write_text(given)
    result = triage("assess", form)
    assert 2 == result.exit_code
    assert "warning sign" in result.stderr
    assert "(today)" in result.stderr if "stuck" in given else "(now)" in result.stderr


@pytest.mark.parametrize("ending", ["pdf", "html", "txt"])
def test_report_is_written_whole_and_private(forms: Path, tmp_path: Path, ending: str) -> None:
    """The report is written under its name only when complete, readable by its owner."""
    target = tmp_path / f"report.{ending}"
    result = triage("report", forms / "textbook_runner.yaml", "-o", target)
    assert (0, f"report: {target}\n") == (result.exit_code, result.output)
    assert target.stat().st_size > 1000
    assert 0o600 == stat.S_IMODE(target.stat().st_mode)
    assert [target] == list(tmp_path.iterdir())


def test_report_refuses_other_endings_and_missing_folders(forms: Path, tmp_path: Path) -> None:
    """The ending chooses the form; what cannot be written is said."""
    form = forms / "textbook_runner.yaml"
    ending = triage("report", form, "-o", tmp_path / "report.docx")
    assert (2, True) == (ending.exit_code, ".html" in ending.stderr)
    folder = triage("report", form, "-o", tmp_path / "nowhere" / "report.html")
    assert (2, True) == (folder.exit_code, "no such file" in folder.stderr)


def test_report_takes_a_name_a_date_a_reader_and_a_paper(forms: Path, tmp_path: Path) -> None:
    """Each stands in what is written, and a name that is no name does no harm."""
    target = tmp_path / "report.html"
    options = ("--name", "Ana <b>María\n\u202e", "--date", "2026-11-22", "--for", "clinician")
    form = forms / "textbook_runner.yaml"
    assert 0 == triage("report", form, "-o", target, *options, "--paper", "letter").exit_code
    written = target.read_text("utf-8")
    assert "Ana &lt;b&gt;María</bdi>" in written
    assert "22 November 2026" in written
    assert "size: letter" in written
    assert written.index("For your clinician") < written.index("Start with these exercises")


def test_report_counts_from_today_where_no_date_is_given(forms: Path, tmp_path: Path) -> None:
    """And it is for the person, on A4."""
    target = tmp_path / "report.html"
    assert 0 == triage("report", forms / "textbook_runner.yaml", "-o", target).exit_code
    written = target.read_text("utf-8")
    assert date_in_words(datetime.date.today()) in written
    assert "size: A4" in written
    assert written.index("Start with these exercises") < written.index("For your clinician")


def test_report_says_which_letter_a_pdf_cannot_show(forms: Path, tmp_path: Path) -> None:
    """One sentence, and no file."""
    target = tmp_path / "report.pdf"
    result = triage("report", forms / "nothing_answered.yaml", "-o", target, "--name", "李")
    assert 2 == result.exit_code
    assert 1 == len(result.stderr.splitlines())
    assert "李" in result.stderr
    assert not target.exists()


@pytest.mark.parametrize(
    "option", [("--date", "22.11.2026"), ("--for", "nobody"), ("--paper", "a3")]
)
def test_report_refuses_options_that_it_does_not_know(
    forms: Path, tmp_path: Path, option: tuple[str, str]
) -> None:
    """Bad usage is 2, and nothing is written."""
    form = forms / "textbook_runner.yaml"
    assert 2 == triage("report", form, "-o", tmp_path / "report.txt", *option).exit_code
    assert [] == list(tmp_path.iterdir())


def test_blank_form_is_read_back_as_no_answers(tmp_path: Path, book: RuleBook) -> None:
    """The blank form names every question and option, and holds no answer."""
    blank = triage("form").output
    for item in book.items.values():
        assert f"\n  {item.id}:\n" in blank
        assert all(option in blank for option in item.options)
    form = tmp_path / "blank.yaml"
    form.write_text(blank)
    said = json.loads(triage("assess", form, "--format", "json").output)
    assert set(book.items) >= set(said["unanswered"])
    assert "incomplete" == said["disposition"]


def test_assumed_answers_fill_gaps_only(tmp_path: Path, forms: Path) -> None:
    """`--assume` answers what the form leaves open and never changes what it says."""
    form = tmp_path / "form.yaml"
    form.write_text("signs_now: [chest_pain]\n")
    said = triage("assess", form, "--assume", forms / "textbook_runner.yaml", "--format", "json")
    assert "emergency" == json.loads(said.output)["disposition"]


def test_explain_says_why_why_not_and_what_would_settle(forms: Path) -> None:
    """One finding is explained by the parts that decided; without a name all is shown."""
    runner = forms / "textbook_runner.yaml"
    why = triage("explain", runner, "itb_syndrome").output
    assert "present, likely" in why
    assert "it could" in why.lower() or "could change" in why
    why_not = triage("explain", runner, "gluteal_tendon_pain").output
    assert "ruled out" in why_not
    settle = triage("explain", forms / "nothing_answered.yaml", "itb_syndrome").output
    assert "would settle it" in settle
    assert "pain_places" in settle
    assert "itb_syndrome" in triage("explain", runner).output


def test_explain_takes_what_its_help_shows(forms: Path) -> None:
    """The example of the help, on every shipped form, says something of that very name."""
    *_, example = triage("explain", "--help").output.strip().splitlines()
    *_, name = example.split()
    for form in sorted(forms.glob("*.yaml")):
        result = triage("explain", form, name)
        assert 0 == result.exit_code, result.stderr
        assert f"({name}): " in result.output.splitlines()[0]


@pytest.mark.parametrize(
    ("form", "exercise", "said", "because"),
    [
        ("textbook_runner", "band_walk", "in the plan, changed: Band above the knees", "sore_knee"),
        ("textbook_runner", "side_leg_lift", "in the plan", "do_side_leg_lift"),
        ("told_bursitis", "foam_rolling", "left out", "sore_outer_hip"),
        (
            "nothing_answered",
            "foam_rolling",
            "not recommended yet, for answers are missing",
            "do_foam_rolling",
        ),
    ],
)
def test_explain_says_what_becomes_of_an_exercise_and_why(
    forms: Path, form: str, exercise: str, said: str, because: str
) -> None:
    """Its first line says what; each finding for or against it follows, with its rules."""
    first, *rest = triage("explain", forms / f"{form}.yaml", exercise).output.splitlines()
    assert first.endswith(f"({exercise}): {said}")
    assert any(f"({because}): " in line for line in rest)


def test_explain_says_what_a_plan_waits_for(forms: Path, tmp_path: Path) -> None:
    """Where an exercise is recommended and no plan is given at all."""
    young = tmp_path / "young.yaml"
    young.write_text((forms / "textbook_runner.yaml").read_text().replace("age: 34", "age: 17"))
    first, *rest = triage("explain", young, "side_leg_lift").output.splitlines()
    assert first.endswith(": recommended, but no plan is given")
    assert any(line.endswith("(age) is at least 18 years: no") for line in rest)


def test_unknown_names_get_the_nearest(forms: Path) -> None:
    """A misspelled finding is answered with the one that was meant."""
    for arguments in (
        ("rules", "itb_syndrom"),
        ("explain", forms / "told_bursitis.yaml", "itb_syndrom"),
    ):
        result = triage(*arguments)
        assert 2 == result.exit_code
        assert "did you mean 'itb_syndrome'?" in result.stderr


def test_rules_prints_the_whole_book_and_one_rule(book: RuleBook) -> None:
    """Every rule is printed in English with its sources; a name chooses."""
    whole = triage("rules").output
    assert book.digest[:12] in whole
    for rule in book.rules.values():
        assert f"({rule.place.file})" in whole
    one = triage("rules", "patterns/itb_syndrome/likely").output
    assert "When it may mislead" in one
    assert "patterns/itb_syndrome/possible" not in one


def test_a_folder_that_is_no_rule_book(tmp_path: Path, forms: Path) -> None:
    """`--rules` of a wrong folder says what was expected."""
    result = triage("assess", forms / "textbook_runner.yaml", "--rules", tmp_path)
    assert (2, True) == (result.exit_code, "no book.yaml" in result.stderr)


def test_ask_without_a_terminal_names_the_alternative() -> None:
    """Where nobody can be asked, the blank form is named."""
    result = triage("ask", given="1\n")
    assert 2 == result.exit_code
    assert "triage form > answers.yaml" in result.stderr


def test_no_answer_reaches_the_environment_or_a_log(
    forms: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Even with all logging on, nothing of the answers is logged."""
    caplog.set_level(0)
    before = dict(os.environ)
    triage("assess", forms / "told_bursitis.yaml")
    assert [] == [record for record in caplog.records if "bursitis" in record.getMessage()]
    assert [] == [record for record in caplog.records if record.name.startswith("experta")]
    assert before == dict(os.environ)
