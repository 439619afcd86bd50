"""Columns of numbers that say whether an option fits: hours of sleep, kilometres a week."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables_read import answers, problems, reasons

MAPPING = """\
form: Id
columns:
  Litres: {item: puddle, option: under, asked: yes, at_least: 1.5}
  Metres: {item: puddle, option: socket, asked: yes, at_most: 2, labels: {far: no}}
"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    path = tmp_path / "forms.csv"
    rows = ["Id;Litres;Metres", "a;1,5;3", "b;1.49;2", "c;0;far", "d;;1", "e;much;1", "f;1,234;9"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_number_within_the_limit_is_a_tick(forms: Path) -> None:
    """At the limit too, with a comma or a point; a label still means what it says."""
    found = {form["form"]: form.get("puddle") for form in answers(forms, MAPPING)}
    assert {"under"} == found["a"]
    assert {"socket"} == found["b"]
    assert {"none"} == found["c"]
    assert {"socket", "not_sure"} == found["d"]


def test_what_is_no_number_is_said(forms: Path) -> None:
    """A word that means nothing, and a number that may be a thousand."""
    said = reasons(forms, MAPPING)
    assert ["e", "f"] == [reason.partition(":")[0] for reason in said]
    assert "much" in said[0]
    assert "read '1,234'" in said[1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "  Litres: {item: puddle, option: under, at_least: lots}",
            "read 'lots', expected a number",
        ),
        ("  Litres: {item: puddle, at_least: 3}", "'at_least' stands beside 'option' only"),
    ],
)
def test_a_limit_that_cannot_be_read_is_said(forms: Path, line: str, expected: str) -> None:
    text = f"form: Id\ncolumns:\n{line}\n  Metres: ignore\n"
    assert expected in "\n".join(str(problem) for problem in problems(forms, text))
