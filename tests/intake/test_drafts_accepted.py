"""A draft, once it is settled, is taken by `score`; where nothing is to settle, as it stands."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.drafts import settled, to_settle
from tests.small import BOOK
from tests.tables_read import problems
from triage.answers.table import all_columns
from triage.intake.files import open_table
from triage.intake.suggest import suggest

OWN = [*BOOK.items, *all_columns(BOOK), *(item.ask for item in BOOK.items.values())]
BOXES = [
    f"{group}{item.id}{joint}{option}"
    for item in BOOK.items.values()
    for option in (*item.options, "2", "unk")
    for group, joint in (("", "/"), ("page/", "."), ("", "___"))
]
CLINICS = ["No", "Patient", "Seen by", "Age (months)", "Water under the machine", "Wet cable?"]
WORDS = [word for item in BOOK.items.values() for word in (*item.options, *item.options.values())]
CELLS = st.one_of(
    st.sampled_from(["", "yes", "No", "no", "Y", "n", "x", "1", "0", "2", "F", "f", "n/a", "NASK"]),
    st.sampled_from(WORDS).flatmap(lambda w: st.sampled_from([w, w.upper(), w.title(), f"{w}; x"])),
    st.sampled_from(["3,5", "12", "2026-01-02", "Ann Lee", "some of it", "{}", "'", '"a": b', "#"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=6),
)
COLUMNS = st.one_of(
    st.sampled_from(OWN),
    st.sampled_from(BOXES),
    st.sampled_from(CLINICS),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=6),
).map(str.strip)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header and a few rows."""
    header = draw(st.lists(COLUMNS.filter(bool), min_size=1, max_size=7))
    cells = st.lists(CELLS, min_size=len(header), max_size=len(header))
    rows = draw(st.lists(cells, max_size=5))
    return [["years", *header], *(["3", *row] for row in rows)]


def draft_of(folder: Path, rows: list[list[str]]) -> str:
    with (folder / "forms.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return suggest(BOOK, open_table(BOOK, folder / "forms.csv"))


@given(tables())
@example([["years", "Milk"], ["3", "Y"], ["4", "y"]])
@example([["noise", "milk"], ["Loud", "yes"], ["loud", "no"], ["LOUD ", "no"]])
@example([["troubles", "troubles/slow"], ["It drips; x", "1"]])
@settings(max_examples=150, deadline=None)
def test_a_settled_draft_is_taken(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        draft = draft_of(folder, rows)
        assert [] == problems(folder / "forms.csv", settled(draft))
        if not to_settle(draft):
            assert [] == problems(folder / "forms.csv", draft)
        else:
            assert [] != problems(folder / "forms.csv", draft)
