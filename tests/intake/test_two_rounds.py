"""A clinic's 500 messy rows, from the draft to scores in two rounds of editing.

The clinic is played by what it knows of its columns and its own words, and sees no more of its
file than the draft and the outcome of `score` show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from click.testing import CliRunner

from tests import messy_clinic as clinic
from tests.shipped import BOOK
from tests.tables_read import answers
from triage.commands.main import main
from triage.intake.labels import fold
from triage.intake.mapping_file import read_mapping

PEOPLE = clinic.people(500, seed=14)
SAFETY_ITEMS = ("walking", "rest_pain", "onset", "pregnancy", "pain_places")


@dataclass
class Clinic:
    """Somebody at the clinic, with the mapping that they edit."""

    folder: Path
    seen: dict[str, set[str]] = field(default_factory=dict)
    """The words of each column that they were shown, folded."""

    @property
    def mapping(self) -> Path:
        return self.folder / "mapping.yaml"

    def edit(self) -> None:
        """Write what every column means, and each word that they were shown."""
        columns: dict[str, Any] = dict.fromkeys(clinic.IGNORED, "ignore")
        for column, (place, _) in clinic.TICKS.items():
            item, option = place.split("/")
            asked = {"item": item, "option": option, "asked": "yes"}
            columns[column] = asked | self._labels(column, clinic.TICKED)
        for column, (item, meanings, _) in clinic.CHOICES.items():
            columns[column] = {"item": item} | self._labels(column, meanings)
        columns[clinic.SITE] = {"item": "pain_places"} | self._labels(clinic.SITE, clinic.PLACES)
        columns[clinic.AGE] = "age"
        columns[clinic.WEEKS] = "weeks_of_pain"
        columns[clinic.WORST] = "pain_now"
        sitting = {"item": "daily_habits", "option": "long_sitting", "asked": "yes"}
        columns[clinic.SITTING] = {**sitting, "at_least": 7.5}
        made = {"form": "Pt No.", "blank": ["n/a", "-", "?"], "columns": columns}
        self.mapping.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")

    def _labels(self, column: str, meanings: Mapping[str, str]) -> dict[str, Any]:
        known = {w: m for w, m in meanings.items() if fold(w) in self.seen.get(column, ())}
        return {"labels": known} if known else {}

    def look(self, column: str, texts: Iterable[str]) -> None:
        """Take note of words that stand in a column."""
        words = {fold(part) for text in texts for part in re.split(r" \+ |/|; ", text)}
        self.seen.setdefault(column, set()).update(words, map(fold, texts))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code in (0, 1), result.output
    return result.output


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What two rounds come to."""
    folder = tmp_path_factory.mktemp("clinic")
    forms = clinic.write(folder / "forms.csv", PEOPLE)
    someone = Clinic(folder)
    draft = run("map", "--suggest", str(forms))
    (folder / "draft.yaml").write_text(draft, encoding="utf-8")
    column = ""
    for line in draft.splitlines():
        if found := re.match(r'  ("(?:[^"\\]|\\.)*"):', line):
            column = json.loads(found[1])
        if found := re.match(r'      ("(?:[^"\\]|\\.)*"):', line):
            someone.look(column, [json.loads(found[1])])
        if "# its cells:" in line:
            someone.look(column, re.findall(r'"([^"]*)" \d+', line))
    rounds = []
    for _ in range(2):
        someone.edit()
        made = read_mapping(BOOK, someone.mapping)
        scored = folder / "scored.csv"
        said = run("score", str(forms), "--mapping", str(someone.mapping), "-o", str(scored))
        rejected = pl.read_csv(folder / "scored.rejected.csv", infer_schema=False)
        rounds.append((said, rejected))
        for item, value in zip(rejected["item"], rejected["value"], strict=True):
            for column in (*made.wholes(item or ""), *made.ticks(item or "")):
                someone.look(column, [value or "", *re.findall(r"[^:;]+: ([^;]*)", value or "")])
    return {"folder": folder, "forms": forms, "draft": draft, "rounds": rounds, "mapping": made}


def meant(column: str) -> str:
    """What a column asks, as the clinic knows it."""
    if column in clinic.TICKS:
        return clinic.TICKS[column][0]
    if column in clinic.CHOICES:
        return clinic.CHOICES[column][0]
    return {clinic.AGE: "age", clinic.WEEKS: "weeks_of_pain"}.get(column, "")


def test_no_guess_of_the_draft_is_wrong(walked: Mapping[str, Any]) -> None:
    columns = yaml.safe_load(walked["draft"])["columns"]
    guessed = {
        column: role if isinstance(role, str) else f"{role['item']}/{role.get('option', '')}"
        for column, role in columns.items()
        if role and role != "ignore"
    }
    assert len(guessed) > 5
    assert {c: meant(c) for c in guessed} == {c: place.strip("/") for c, place in guessed.items()}


def test_the_draft_shows_nearly_every_word_of_the_clinic(walked: Mapping[str, Any]) -> None:
    words = {*clinic.TICKED, *clinic.PLACES}
    words |= {word for _, meanings, _ in clinic.CHOICES.values() for word in meanings}
    hidden = {word for word in words if f'"{fold(word)}"' not in fold(walked["draft"])}
    assert len(hidden) <= 3, hidden


def test_the_draft_names_nobody(walked: Mapping[str, Any]) -> None:
    for text in ("Jürgen", "Lee", "Ann", "0171", "K1000", "2026", "run; soon"):
        assert text not in walked["draft"].partition("columns:")[2]


def messy(person: clinic.Person) -> bool:
    """Whether a row holds what no mapping can help: no whole number, or what does not apply."""
    numbers = [person.cells[c] for c in (clinic.AGE, clinic.WEEKS, clinic.WORST, clinic.SITTING)]
    in_words = any(text and not text.isdigit() for text in numbers)
    pregnancy = "pregnancy" in person.truth and person.truth["age"] > 55
    knees = {"outer_knee", "knee", "front_knee"}
    elsewhere = not person.truth["pain_places"] & knees
    knee = {person.truth.get(f"knee_trouble/{sign}") for sign in ("swells", "stuck")}
    return in_words or pregnancy or (elsewhere and bool(knee & {"yes", "not_sure"}))


def test_two_rounds_score_every_row_that_a_mapping_can_help(walked: Mapping[str, Any]) -> None:
    first, second = walked["rounds"]
    for said, _ in walked["rounds"]:
        assert f"read {len(PEOPLE):18}" in said
    rejected = [set(map(int, rows["row"])) for _, rows in (first, second)]
    assert rejected[1] <= rejected[0]
    can_be_helped = {n for n, person in enumerate(PEOPLE, 1) if not messy(person)}
    assert len(can_be_helped) > 150
    assert set() == can_be_helped & rejected[1]


def test_nobody_s_safety_answer_is_lost(walked: Mapping[str, Any]) -> None:
    read = answers(walked["forms"], walked["mapping"], BOOK)
    assert len(PEOPLE) == len(read)
    lost = []
    for row, (person, form) in enumerate(zip(PEOPLE, read, strict=True), 1):
        for place, said in person.truth.items():
            item, _, option = place.partition("/")
            if option and said == "yes" and option not in form.get(item, ()):
                lost.append((row, place, said, form.get(item)))
            if option and said == "no" and option in form.get(item, ()):
                lost.append((row, place, said, form.get(item)))
            if place in SAFETY_ITEMS and form.get(place) != said:
                lost.append((row, place, said, form.get(place)))
    assert [] == lost
