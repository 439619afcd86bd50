"""Forms that are a line of JSON each: JSON Lines, and FHIR QuestionnaireResponses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tables_read import answers, outcome, problems
from triage.problems import BadInput

Write = Callable[..., Path]


@pytest.fixture
def lines(tmp_path: Path) -> Write:
    """Writes lines, each a text or what becomes JSON."""

    def written(*parts: object, name: str = "forms.jsonl") -> Path:
        texts = [part if isinstance(part, str) else json.dumps(part) for part in parts]
        (tmp_path / name).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return tmp_path / name

    return written


def only(path: Path) -> dict[str, Any]:
    (form,) = answers(path)
    return form


# --- JSON Lines. ---


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ({"years": 3, "milk": True}, {"years": 3.0, "milk": "yes"}),
        ({"years": 3.5, "milk": False}, {"years": 3.5, "milk": "no"}),
        ({"years": "6 months", "milk": "Yes"}, {"years": 0.5, "milk": "yes"}),
        ({"troubles": ["slow", "It is cold"]}, {"troubles": {"slow", "cold"}}),
        ({"troubles": "slow; cold"}, {"troubles": {"slow", "cold"}}),
        ({"troubles": [], "years": None, "milk": ""}, {}),
        ({"hardness": "not_sure", "cups": 4}, {"hardness": "not_sure", "cups": 4.0}),
        ({"milk": ["yes"]}, {"milk": "yes"}),
    ],
)
def test_what_an_object_holds(lines: Write, cells: dict[str, object], form: object) -> None:
    assert form == {k: v for k, v in only(lines({"form": 1, **cells})).items() if k != "form"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"form": 2, "years": 3, "years": 4}', "the key 'years' is repeated"),
        ('{"form": 2, "years": 3', "the line is no JSON object"),
        ("[1]", "the line is no JSON object"),
        ("[" * 5000, "the line is no JSON object"),
        ('{"form": 2, "years": ' + "9" * 5000 + "}", "the line is no JSON object"),
        (r'{"form": "\ud800", "years": 3}', "a text in the line holds half a character"),
        ({"form": 2, "years": {"a": 1}}, "item 'years': read '{\"a\": 1}', expected a number"),
        ({"form": 2, "troubles": [{"slow": 1}]}, "item 'troubles': read the key 'slow', expected"),
        ({"form": 2, "milk": ["yes", "no"]}, "item 'milk': read several answers, expected one"),
        ('{"form": 2, "years": NaN}', "item 'years': read 'NaN', expected a number from 0 to 50"),
        ('{"form": 2, "years": 1e400}', "item 'years': read 'Infinity', expected a number"),
    ],
)
def test_a_line_that_cannot_be_read_costs_its_form_only(
    lines: Write, line: object, reason: str
) -> None:
    path = lines({"form": 1, "years": 3}, line, "", {"form": 3, "troubles": ["slow"]})
    scored, (rejected,) = outcome(path)
    assert ["1", "3"] == [form["form"] for form in scored]
    assert (2, reason) == (rejected["row"], rejected["reason"][: len(reason)])


def test_red_flags_of_a_refused_line_are_shown(lines: Write) -> None:
    _, (rejected,) = outcome(lines({"form": 1, "sparks": "yes", "years": "old"}))
    assert rejected["red_flags"]


def test_a_key_that_no_first_line_has(lines: Write) -> None:
    first = [{"form": 1, "milk": "no"}] * 1000
    path = lines(*first, {"form": 2, "years": 4}, {"form": 3, "yeers": 4})
    assert {"form": "2", "years": 4.0} == answers(path)[-2]
    assert "no column is called 'yeers'; did you mean 'years'?" == answers(path)[-1]["damage"]


def test_a_key_that_nothing_is_known_of(lines: Write) -> None:
    (problem,) = problems(lines({"form": 1, "years": 3, "yeers": 4}))
    assert problem.endswith("'ignore' in a mapping; did you mean 'years'?")


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"{}\n", b"nothing\n", '{"form":1}'.encode("utf-16")]
)
def test_a_file_without_a_form(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "forms.jsonl").write_bytes(content)
    expected = "forms.jsonl:1: no form found; expected a JSON object a line, in UTF-8"
    assert [expected] == problems(tmp_path / "forms.jsonl")


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "forms.ndjson"
    path.write_bytes('\ufeff{"form": "a", "years": 3}\r\n{"form": "b", "years": 4}\r\n'.encode())
    assert [3.0, 4.0] == [form["years"] for form in answers(path)]


# --- FHIR. ---


def response(*items: object, **other: object) -> dict[str, object]:
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "r1",
        "status": "completed",
        **other,
        "item": list(items),
    }


def item(link: str, *given: object, **other: object) -> dict[str, object]:
    return {"linkId": link, "answer": list(given), **other}


def coding(code: str) -> dict[str, object]:
    return {"valueCoding": {"system": "urn:x", "code": code, "display": "words"}}


@pytest.mark.parametrize(
    ("given", "form"),
    [
        (item("years", {"valueInteger": 3}), {"years": 3.0}),
        (item("years", {"valueDecimal": 3.5}), {"years": 3.5}),
        (item("years", {"valueQuantity": {"value": 6, "unit": "months"}}), {"years": 0.5}),
        (item("years", {"valueQuantity": {"value": 6, "code": "months"}}), {"years": 0.5}),
        (item("years", {"valueQuantity": {"value": 6}}), {"years": 6.0}),
        (item("milk", coding("yes")), {"milk": "yes"}),
        (item("milk", {"valueBoolean": True}), {"milk": "yes"}),
        (item("milk", {"valueBoolean": False}), {"milk": "no"}),
        (item("milk", {"valueString": "Yes"}), {"milk": "yes"}),
        (item("milk", {"valueCoding": {"display": "No"}}), {"milk": "no"}),
        (item("hardness", coding("not_sure")), {"hardness": "not_sure"}),
        (item("troubles", coding("slow"), coding("cold")), {"troubles": {"slow", "cold"}}),
        (item("years"), {}),
        (item("years", {}), {}),
        (item("years", {"_valueInteger": {"extension": []}}), {}),
        ({"linkId": "a group", "text": "words"}, {}),
        (
            {
                "linkId": "outer",
                "item": [{"linkId": "inner", "item": [item("milk", coding("no"))]}],
            },
            {"milk": "no"},
        ),
        (
            item("puddle", {**coding("under"), "item": [item("cable_wet", coding("yes"))]}),
            {"puddle": {"under"}, "cable_wet": "yes"},
        ),
    ],
)
def test_answers_of_a_response(lines: Write, given: object, form: dict[str, object]) -> None:
    assert {"form": "r1", **form} == only(lines(response(given), name="forms.ndjson"))


@pytest.mark.parametrize(
    ("identifier", "form"),
    [({"value": "K1"}, "K1"), ([{"value": "K2"}, {"value": "K3"}], "K2"), ([], None)],
)
def test_a_response_without_an_id_is_called_by_its_identifier(
    lines: Write, identifier: object, form: str | None
) -> None:
    given = response(item("milk", coding("no")), identifier=identifier)
    del given["id"]
    assert form == only(lines(given, name="forms.ndjson"))["form"]


REFUSED = [
    (response(status="entered-in-error"), "the status of the response is 'entered-in-error'"),
    (
        response(item("yeers", {"valueInteger": 3})),
        "no item is called 'yeers'; did you mean 'years'?",
    ),
    (response(item("form", {"valueInteger": 3})), "no item is called 'form'"),
    (response({"answer": [{"valueInteger": 3}]}), "an item has an answer and no 'linkId'"),
    (response(item("years", {"valueInteger": 3, "valueDecimal": 3})), "an answer holds two values"),
    (response({"linkId": "years", "answer": {}}), "'item' and 'answer' hold no list of objects"),
    (
        response(item("years", {"valueInteger": 3}, {"valueInteger": 3})),
        "item 'years': read '3; 3'",
    ),
    (response(item("years", {"valueDate": "2026-01-02"})), "item 'years': read '2026-01-02'"),
    (response(item("years", {"valueQuantity": {"unit": "months"}})), "item 'years': read '{\"unit"),
    (
        response(item("years", {"valueQuantity": {"value": 6, "unit": "parsec"}})),
        "item 'years': read '6 parsec'",
    ),
    (response(item("milk", coding("yes"), coding("no"))), "item 'milk': read several answers"),
    (response(item("milk", coding("maybe"))), "item 'milk': read 'maybe', expected no or yes"),
    (response(item("milk", {"valueCoding": {"system": "x"}})), "item 'milk': read '{\"system"),
]


@pytest.mark.parametrize(("given", "reason"), REFUSED)
def test_a_response_that_is_refused_is_named(lines: Write, given: object, reason: str) -> None:
    good = response(item("milk", coding("no")), id="good")
    scored, (rejected,) = outcome(lines(good, given, name="forms.ndjson"))
    assert ["good"] == [form["form"] for form in scored]
    assert (2, "r1", reason) == (
        rejected["row"],
        rejected["form"],
        rejected["reason"][: len(reason)],
    )


@pytest.mark.parametrize("kind", ["Bundle", "Patient"])
def test_another_resource_is_refused_in_plain_words(lines: Write, kind: str) -> None:
    path = lines({"resourceType": kind}, response(item("milk", coding("no"))), name="forms.ndjson")
    _, (rejected,) = outcome(path)
    assert f"read the resource '{kind}', expected a QuestionnaireResponse" == rejected["reason"]


def test_red_flags_of_a_refused_response_are_shown(lines: Write) -> None:
    given = response(item("sparks", coding("yes")), item("yeers", {"valueInteger": 3}))
    _, (rejected,) = outcome(lines(given, name="forms.ndjson"))
    assert rejected["red_flags"]


def test_the_profile_is_for_responses_only(lines: Write) -> None:
    with pytest.raises(BadInput, match="no FHIR resources in it"):
        answers(lines({"form": 1, "years": 3}), "fhir")
