"""What is guessed of real forms: how much of it is right, and that no safety question is wrong.

The names and labels of the columns are those of public forms and surveys; each form in the file
names the repository they come from.  What a column means in our questionnaire was written beside it
by hand: the same sign of the same person, now or in the present illness.  No cell was copied.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.shipped import BOOK
from triage.intake.dictionary import read_dictionary
from triage.intake.files import open_table
from triage.intake.guesses import Guesses
from triage.intake.safety_places import Place, safety_places

FORMS = json.loads((Path(__file__).parent / "public_forms.json").read_text(encoding="utf-8"))
SAFETY = safety_places(BOOK)
CELLS = {"header only": [], "yes and no": ["Yes", "No"], "codes": ["1", "2"]}


def said(place: Place) -> str:
    """A place as the file of forms writes it."""
    return "/".join(filter(None, place))


@dataclass(frozen=True)
class Column:
    """One column of a public form."""

    form: str
    name: str
    label: str
    means: str
    guessed: Place | None
    near: tuple[Place, ...]

    @property
    def right(self) -> bool:
        return self.guessed is not None and self.means == said(self.guessed)

    def __str__(self) -> str:
        return f"{self.form}: {self.name} ({self.label}) is {self.means}; guessed {self.guessed}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("public")


@cache
def columns_of(folder: Path, cells: str) -> list[Column]:
    """Every column of the forms, and what is guessed of it where its cells are these."""
    return [column for form in FORMS for column in _columns(form, folder, CELLS[cells])]


def _columns(form: dict[str, object], folder: Path, cells: list[str]) -> Iterator[Column]:
    labels, means = form["columns"], form["means"]
    assert isinstance(labels, dict)
    assert isinstance(means, dict)
    _write(folder / "forms.csv", [list(labels), *([cell] * len(labels) for cell in cells)])
    fields = [[name, "text", label, ""] for name, label in labels.items() if label]
    heads = ["field_name", "field_type", "field_label", "select_choices_or_calculations"]
    _write(folder / "fields.csv", [heads, *fields])
    table = open_table(BOOK, folder / "forms.csv")
    guesses = Guesses(BOOK, table, read_dictionary(folder / "fields.csv"))
    for name, label in labels.items():
        guess = guesses.columns.get(name)
        near = guesses.open[name].near if name in guesses.open else ()
        place = guess.place if guess else None
        yield Column(str(form["form"]), name, label, means.get(name, ""), place, near)


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)


def test_there_are_forms_enough() -> None:
    assert len(FORMS) >= 8
    assert len({form["source"] for form in FORMS}) >= 8
    assert sum(len(form["columns"]) for form in FORMS) > 1500
    places = {f"{item.id}/{option}" for item in BOOK.items.values() for option in item.options}
    for form in FORMS:
        assert set(form["means"].values()) <= {*BOOK.items, *places}
        assert set(form["means"]) <= set(form["columns"])


@pytest.mark.parametrize("cells", CELLS)
def test_no_safety_question_is_guessed_wrongly(cells: str, folder: Path) -> None:
    guessed = [column for column in columns_of(folder, cells) if column.guessed]
    assert [] == [str(c) for c in guessed if c.guessed in SAFETY and not c.right]


@pytest.mark.parametrize(
    ("cells", "least_right"), [("header only", 5), ("yes and no", 5), ("codes", 4)]
)
def test_the_figures(cells: str, least_right: int, folder: Path) -> None:
    columns = columns_of(folder, cells)
    guessed = [column for column in columns if column.guessed]
    ours = [column for column in columns if column.means]
    right = sum(column.right for column in guessed)
    named = sum(c.right or c.means in map(said, c.near) for c in ours)
    print(  # noqa: T201 - the figures, with `pytest -s`
        f"\n{cells}: {len(columns)} columns of {len(FORMS)} forms, {len(ours)} of them ours; "
        f"guessed {len(guessed)}, right {right}, left open {1 - len(guessed) / len(columns):.1%}; "
        f"guessed or named as near {named} of {len(ours)}"
    )
    assert right >= least_right
    assert right >= 0.9 * len(guessed)
    assert named >= 0.5 * len(ours)


def test_the_documents_give_these_figures(folder: Path) -> None:
    columns = columns_of(folder, "header only")
    text = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
    ours = [column for column in columns if column.means]
    assert f"On {len(columns):,} columns of twenty public forms" in text
    named = sum(c.right or c.means in map(said, c.near) for c in ours)
    assert f"of the {len(ours)} columns that\ndo ask what we ask, {named} are guessed" in text
    assert 20 == len(FORMS)
