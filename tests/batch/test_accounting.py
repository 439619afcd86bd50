"""Every form of a batch is accounted for, and no warning sign is lost among the rejected ones."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import damage
from tests.batches import interview, read_rows, score
from tests.exports import people, template_rows
from tests.shipped import BOOK, SHIPPED_ANSWERS
from triage.answers.answer import as_written
from triage.answers.table import ID, all_columns
from triage.batch import one_pass, score_files
from triage.batch.accounts import Accounting
from triage.book.items import NONE
from triage.intake.rejects import Rejects
from triage.intake.tables import SAMPLE

FORMS = 5_000
EVERY = 100
"""One row of so many is damaged."""

COLUMNS = [ID, *all_columns(BOOK)]


def damaged_file(path: Path, kinds: dict[str, damage.Damage]) -> dict[str, str]:
    """Write a file of which one row in a hundred is damaged; the kind of each such row."""
    whole = template_rows(BOOK, people(BOOK, 500, seed=3))[1:]
    lines, done = [",".join(COLUMNS)], {}
    for number in range(1, FORMS + 1):
        if number % EVERY != EVERY // 2:
            lines.append(",".join([str(number), *whole[number % 500][1:]]))
            continue
        kind = list(kinds)[len(done) % len(kinds)]
        done[str(number)] = kind
        row = kinds[kind].cells({**damage.calm(BOOK), ID: str(number)})
        lines.append(kinds[kind].line(damage.as_line(COLUMNS, row)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return done


IN_LINES = ("open quote", "stray quote")
"""Damage for which a file is read line by line."""


@pytest.mark.parametrize("with_quotes", [False, True], ids=["by columns", "line by line"])
def test_every_damaged_row_is_rejected_for_its_own_reason(
    with_quotes: bool, tmp_path: Path
) -> None:
    """Fifty rows are damaged in many ways: each is rejected and says why, all others are scored."""
    kinds = damage.kinds(BOOK)
    used = {k: d for k, d in kinds.items() if with_quotes or k not in IN_LINES}
    assert len(used) >= 8
    done = damaged_file(tmp_path / "forms.csv", used)
    assert set(used) == set(done.values())

    result = score(tmp_path / "forms.csv", "-o", tmp_path / "scored.csv")

    assert (1, "") == (result.exit_code, result.stderr)
    scored = [row[ID] for row in read_rows(tmp_path / "scored.csv")]
    assert [str(n) for n in range(1, FORMS + 1) if str(n) not in done] == scored
    reasons = defaultdict(list)
    for row in read_rows(tmp_path / "scored.rejected.csv"):
        reasons[row["row"]].append(row["reason"])
    assert done.keys() == reasons.keys()
    for number, kind in done.items():
        assert any(used[kind].reason in reason for reason in reasons[number]), (kind, reasons)
    counted = dict(line.split()[:2] for line in result.stdout.splitlines()[:3])
    rejected = len(done)
    assert {
        "read": f"{FORMS:,}",
        "scored": f"{FORMS - rejected:,}",
        "rejected": f"{rejected:,}",
    } == counted


def test_a_damaged_row_costs_no_other(tmp_path: Path) -> None:
    """Between any two kinds of damage a whole form is scored, whatever stands around it."""
    kinds = damage.kinds(BOOK)
    drawn = random.Random(4)
    order = [kind for kind in kinds for _ in range(4)]
    drawn.shuffle(order)
    calm = damage.calm(BOOK)
    lines, whole = [",".join(COLUMNS)], []
    for number, kind in enumerate(order, 1):
        row = kinds[kind].cells({**calm, ID: f"bad{number}"})
        lines.append(kinds[kind].line(damage.as_line(COLUMNS, row)))
        whole.append(f"good{number}")
        lines.append(damage.as_line(COLUMNS, {**calm, ID: whole[-1]}))
    (tmp_path / "forms.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert 1 == score(tmp_path / "forms.csv", "-o", tmp_path / "scored.csv").exit_code

    assert whole == [row[ID] for row in read_rows(tmp_path / "scored.csv")]
    rows = {row["row"] for row in read_rows(tmp_path / "scored.rejected.csv")}
    assert {str(2 * place + 1) for place in range(len(order))} == rows


def _spoilt(draw: Any) -> dict[str, Any]:
    """Answers of somebody, as a file would hold them, some of which cannot be taken."""
    answers = draw(SHIPPED_ANSWERS)
    given = {item: as_written(answer) for item, answer in answers.items()}
    for name in draw(st.lists(st.sampled_from(list(BOOK.items)), max_size=3, unique=True)):
        item = BOOK.items[name]
        signs = [option for option in item.options if option != NONE]
        ways: list[Any]
        if item.kind == "number":
            ways = ["forty", 1e6, -1, "1,234", [1, 2]]
        elif item.kind == "one":
            ways = ["hops", signs[:2], 7, *signs]  # the last may contradict what opens it
        else:
            ways = [["hops"], [signs[-1], "hops"], ["hops", signs[0], signs[-1]], [signs[0]]]
            ways += [[NONE, signs[0]]] if NONE in item.options else []
        given[name] = draw(st.sampled_from(ways))
    return given


@st.composite
def spoilt(draw: Any) -> dict[str, Any]:
    """One such form."""
    return _spoilt(draw)


@settings(
    max_examples=12,
    phases=[Phase.generate],  # each example takes too long to look for a smaller one
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(forms=st.lists(spoilt(), min_size=1, max_size=20))
def test_a_rejected_form_shows_the_red_flags_that_the_interview_sees(
    forms: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same forms are refused, at the same items, with the same red flags in their answers."""
    folder = tmp_path_factory.mktemp("spoilt")
    lines = [json.dumps({ID: str(number), **answers}) for number, answers in enumerate(forms)]
    (folder / "forms.jsonl").write_text("\n".join(lines), encoding="utf-8")
    expected, scored = {}, []
    for number, answers in enumerate(forms):
        refused, red_flags = interview(answers)
        if refused:
            expected[str(number)] = (sorted(refused), red_flags)
        else:
            scored.append(str(number))

    result = score(
        folder / "forms.jsonl",
        "-o",
        folder / "scored.csv",
        "--rejected",
        folder / "no.jsonl",
        "--profile",
        "template",
    )

    assert (1 if expected else 0) == result.exit_code, result.output
    found: dict[str, tuple[list[str], list[str]]] = {}
    for row in read_rows(folder / "no.jsonl"):
        items, _ = found.setdefault(row[ID], ([], [n for n in row["red_flags"].split("; ") if n]))
        items.append(row["item"])
    assert expected == {name: (sorted(items), flags) for name, (items, flags) in found.items()}
    assert scored == [row[ID] for row in read_rows(folder / "scored.csv")]


def test_forms_of_one_name_and_rows_without_anything(tmp_path: Path) -> None:
    """A name that comes twice is two forms; a row with a name alone is a form, a bare one none."""
    text = "form,age,walking\n7,30,\n7,30,limp\n7,500,\n,,\n8,,\n,31,\n,,\n"
    (tmp_path / "forms.csv").write_text(text, encoding="utf-8")

    result = score(tmp_path / "forms.csv", "-o", tmp_path / "scored.csv")

    names = Counter(row[ID] for row in read_rows(tmp_path / "scored.csv"))
    assert Counter({"7": 2, "8": 1, "": 1}) == names
    assert ["7"] == [row[ID] for row in read_rows(tmp_path / "scored.rejected.csv")]
    counted = [line.split()[:2] for line in result.stdout.splitlines()[:4]]
    assert [["read", "5"], ["scored", "4"], ["rejected", "1"], ["blank", "2"]] == counted


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each pass over the forms trusts what the first cells show."""
    made: list[bool] = []

    class Watched(one_pass.Pass):
        """A pass that is noted."""

        def __init__(self, *arguments: Any, trusting: bool, **options: Any) -> None:
            made.append(trusting)
            super().__init__(*arguments, trusting=trusting, **options)

    monkeypatch.setattr(score_files, "Pass", Watched)
    return made


def late_cell(path: Path, cell: str) -> Path:
    """Forms of which the very last one answers in another way than those before it."""
    rows = [f"{number},as_usual" for number in range(1, SAMPLE + 1)]
    path.write_text("\n".join(["form,walking", *rows, f"late,{cell}"]) + "\n", encoding="utf-8")
    return path


def test_a_late_cell_in_other_words_is_read(passes: list[bool], tmp_path: Path) -> None:
    """The forms are gone through once more, and every cell is read."""
    words = BOOK.items["walking"].options["limp"]
    forms = late_cell(tmp_path / "forms.csv", f'"{words}"')

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert (0, [True, False]) == (result.exit_code, passes)
    *_, last = read_rows(tmp_path / "scored.csv")
    assert ("late", "walks_with_limp") == (last[ID], last["red_flags"])


@pytest.mark.parametrize("cell", ["hopping", "limp; as_usual"])
def test_a_late_cell_that_nobody_can_read_costs_no_second_pass(
    cell: str, passes: list[bool], tmp_path: Path
) -> None:
    """Its form is refused for what stands there."""
    forms = late_cell(tmp_path / "forms.csv", cell)

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert (1, [True]) == (result.exit_code, passes)
    (row,) = read_rows(tmp_path / "scored.rejected.csv")
    assert ("late", "walking", cell) == (row[ID], row["item"], row["value"])


def test_readers_that_disagree_are_not_asked_again(
    passes: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that is refused though nothing is wrong with it is a bug, and ends the batch, also
    where another way of reading it would hide that."""
    monkeypatch.setattr(Rejects, "_problems", lambda _self, _row: ([], ()))
    forms = late_cell(tmp_path / "forms.csv", "hopping")

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert (2, [True]) == (result.exit_code, passes)
    assert f"row {SAMPLE + 1} is refused, but nothing is found wrong with it" in result.stderr
    assert "this is a bug in the program, please report it" in result.stderr
    assert [forms] == list(tmp_path.iterdir())


def test_a_form_that_is_lost_is_not_looked_for_again(
    passes: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where fewer forms are written than were read, the batch ends and says so."""
    monkeypatch.setattr(Accounting, "take_written", lambda _self, rows: rows)
    forms = late_cell(tmp_path / "forms.csv", "limp")

    result = score(forms, "-o", tmp_path / "scored.csv")

    assert (2, [True]) == (result.exit_code, passes)
    assert f"{SAMPLE + 1} forms were read, and 0 are accounted for" in result.stderr
    assert [forms] == list(tmp_path.iterdir())
