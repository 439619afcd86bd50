"""FHIR responses to a questionnaire of somebody else: their own linkIds and codes, by a mapping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.drafts import settled, to_settle
from tests.small import BOOK
from tests.tables_read import answers, outcome, problems
from triage.intake.files import open_table
from triage.intake.suggest import suggest


def item(link: str, *answer: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"linkId": link, **({"text": text} if text else {}), "answer": list(answer)}


def coded(code: str, display: str) -> dict[str, Any]:
    return {"valueCoding": {"system": "http://example.org", "code": code, "display": display}}


FIRST = {
    "resourceType": "QuestionnaireResponse",
    "id": "a",
    "item": [
        {"linkId": "g", "item": [item("/1", {"valueDecimal": 3.5}, text="How old is it?")]},
        item("/2", coded("LA1", "It is cold"), coded("LA2", "It drips"), text="What is wrong?"),
        item("n", coded("B", "A buzz"), text="What is the noise like?"),
        item("who", {"valueString": "Ann Lee"}, text="Your name"),
    ],
}
SECOND = {
    "resourceType": "QuestionnaireResponse",
    "id": "b",
    "item": [item("n", coded("A", "A hum")), item("/2", coded("LA9", "I cannot say"))],
}


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    path = tmp_path / "forms.ndjson"
    path.write_text("".join(json.dumps(one) + "\n" for one in (FIRST, SECOND)), encoding="utf-8")
    return path


def draft(path: Path) -> str:
    return suggest(BOOK, open_table(BOOK, path))


def test_the_draft_lists_the_file_s_own_questions_and_codes(forms: Path) -> None:
    made = yaml.safe_load(draft(forms))
    columns = made["columns"]
    assert ("form", ["/1", "/2", "n", "who"]) == (made["form"], list(columns))
    assert "years" == columns["/1"]
    assert {"LA1": "cold", "LA2": "drips", "LA9": "not_sure"} == columns["/2"]["labels"]
    assert {"B": None, "A": "hum"} == columns["n"]["labels"]
    assert None is columns["who"]
    assert "Ann" not in draft(forms)


def test_a_mapping_of_them_is_read(forms: Path) -> None:
    text = settled(draft(forms)).replace('"B": hum', '"B": rattle')
    assert [] == problems(forms, text)
    first, second = answers(forms, text)
    assert {"form": "a", "years": 3.5, "troubles": {"cold", "drips"}, "noise": "rattle"} == first
    assert {"form": "b", "troubles": {"not_sure"}, "noise": "hum"} == second


def test_what_the_mapping_does_not_name_is_said_at_once(forms: Path) -> None:
    text = "form: form\ncolumns: {/1: years}\n"
    said = [problem.split("column ")[1].split(":")[0] for problem in problems(forms, text)]
    assert ["'/2'", "'n'", "'who'"] == said


def test_a_question_that_no_form_answers_may_be_named(forms: Path) -> None:
    text = settled(draft(forms)).replace("columns:", 'columns:\n  "later": milk')
    assert [] == problems(forms, text)
    with forms.open("a", encoding="utf-8") as stream:
        third = {**SECOND, "id": "c", "item": [item("later", {"valueBoolean": True})]}
        stream.write(json.dumps(third) + "\n")
    assert "yes" == answers(forms, text)[2]["milk"]


def test_a_question_that_comes_late_and_unnamed_costs_its_form_only(forms: Path) -> None:
    text = settled(draft(forms))
    line = json.dumps(SECOND) + "\n"
    strange = {**SECOND, "id": "c", "item": [item("new", {"valueBoolean": True})]}
    forms.write_text(line * 1001 + json.dumps(strange) + "\n", encoding="utf-8")
    scored, rejected = outcome(forms, text)
    assert 1001 == len(scored)
    (reason,) = [f"{one['form']}: {one['reason']}" for one in rejected]
    assert reason.startswith("c: no item is called 'new'")


def test_our_own_questionnaire_leaves_nothing_to_settle(tmp_path: Path) -> None:
    ours = {
        **FIRST,
        "item": [
            item("years", {"valueDecimal": 3.5}),
            item("troubles", coded("cold", "It is cold")),
            item("noise", coded("hum", "Hum, hum")),
        ],
    }
    path = tmp_path / "forms.ndjson"
    path.write_text(json.dumps(ours) + "\n", encoding="utf-8")
    text = draft(path)
    assert not to_settle(text)
    assert answers(path) == answers(path, text)
