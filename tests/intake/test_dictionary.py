"""A data dictionary beside the forms: codes are matched by its words, and never by their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests.drafts import settled, to_settle
from tests.small import BOOK, FOLDER
from tests.tables_read import answers, problems
from triage.commands.main import main
from triage.intake.dictionary import read_dictionary
from triage.intake.files import open_table
from triage.intake.suggest import suggest
from triage.problems import BadInput

PAGE = (
    '"Variable / Field Name","Form Name","Field Type","Field Label",'
    '"Choices, Calculations, OR Slider Labels"\n'
)
FIELDS = PAGE + (
    "record_id,a,text,Record,\n"
    'noise,a,radio,<b>What is the noise like?</b>,"1, A rattle | 2, A hum | 9, Something else"\n'
    "milk,a,yesno,Do you steam milk?,\n"
    'wrong,a,checkbox,What is wrong?,"1, It is cold | 2, It runs slowly | -9, Never asked"\n'
    'last,a,dropdown,When was it last descaled?,"0, Never | 1, Longer ago | 2, Some weeks ago"\n'
)
FORMS = (
    "record_id,noise,milk,wrong___1,wrong___2,wrong____9,last\n"
    "a,1,1,1,0,0,0\n"
    "b,2,0,0,1,0,1\n"
    "c,9,,0,0,1,2\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fields.csv").write_text(FIELDS, encoding="utf-8")
    (tmp_path / "forms.csv").write_text(FORMS, encoding="utf-8")
    return tmp_path


def draft(folder: Path) -> str:
    fields = read_dictionary(folder / "fields.csv")
    return suggest(BOOK, open_table(BOOK, folder / "forms.csv"), fields)


def test_codes_and_boxes_are_matched_by_their_words(folder: Path) -> None:
    columns: dict[str, Any] = yaml.safe_load(draft(folder))["columns"]
    assert {
        "item": "noise",
        "labels": {"1": "rattle", "2": "hum", "9": "not_sure"},
    } == columns["noise"]
    assert "milk" == columns["milk"]["item"]
    assert {"1": True, "0": False} == columns["milk"]["labels"]
    assert {"item": "troubles", "option": "cold"} == columns["wrong___1"]
    assert {"item": "troubles", "option": "slow"} == columns["wrong___2"]
    assert None is columns["wrong____9"]
    assert {"0": "never", "1": "long_ago", "2": None} == columns["last"]["labels"]
    assert '      "2":   # to do: "Some weeks ago"' in draft(folder).splitlines()


def test_the_draft_reads_the_forms_as_the_dictionary_means_them(folder: Path) -> None:
    text = settled(draft(folder)).replace('"2": lately', '"2": not_sure')
    assert [] == problems(folder / "forms.csv", text)
    first, second, third = answers(folder / "forms.csv", text)
    assert ("rattle", "yes", "never") == (first["noise"], first["milk"], first["descaled"])
    assert ("hum", "no", "long_ago") == (second["noise"], second["milk"], second["descaled"])
    assert {"cold", "not_sure"} == first["troubles"]
    assert {"slow", "not_sure"} == second["troubles"]
    assert ("not_sure", None) == (third["noise"], third.get("milk"))


def test_a_dictionary_of_our_own_words_leaves_nothing_to_settle(folder: Path) -> None:
    (folder / "forms.csv").write_text("record_id,noise,wrong___1,wrong___2\na,1,1,0\n")
    assert not to_settle(draft(folder))
    assert [] == problems(folder / "forms.csv", draft(folder))


def test_a_label_that_says_something_else_makes_a_name_a_guess(folder: Path) -> None:
    (folder / "fields.csv").write_text(PAGE + "noise,a,text,Noise in the street,\n")
    (folder / "forms.csv").write_text("id,noise\n1,A hum\n")
    columns = yaml.safe_load(draft(folder))["columns"]
    assert None is columns["noise"]


def test_the_command_takes_it(folder: Path) -> None:
    command = ["map", "--suggest", str(folder / "forms.csv"), "--rules", str(FOLDER)]
    result = CliRunner().invoke(main, [*command, "--dictionary", str(folder / "fields.csv")])
    assert (0, draft(folder)) == (result.exit_code, result.output)
    result = CliRunner().invoke(main, [*command, "--dictionary", str(folder / "none.csv")])
    assert 2 == result.exit_code
    assert "none.csv" in result.stderr
    result = CliRunner().invoke(main, [*command, "--dictionary", str(folder / "forms.csv")])
    assert 2 == result.exit_code
    assert "expected a data dictionary of REDCap" in result.stderr


def test_the_file_of_the_api_is_the_same(folder: Path) -> None:
    heads = "field_name,form_name,field_type,field_label,select_choices_or_calculations\n"
    before = draft(folder)
    (folder / "fields.csv").write_text(FIELDS.replace(PAGE, heads))
    assert before == draft(folder)


def test_what_is_no_dictionary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="expected a data dictionary"):
        read_dictionary(tmp_path / "x.csv")
