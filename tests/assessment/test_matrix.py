"""One option more on each warning list: the level of each is written down and read by people."""

from __future__ import annotations

from tests.matrix import GOLDEN, PEOPLE, lines, warning_lists
from triage.book.yaml_reader import parse, read_bytes


def test_the_level_of_every_single_warning_sign_is_the_one_written_down() -> None:
    """A change is printed anew, read, and kept: see `tests/matrix.py`."""
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == list(lines())


def test_the_table_covers_every_list_that_can_warn() -> None:
    """Each question with an option of its own for each person."""
    table = parse(read_bytes(GOLDEN), GOLDEN.name).value
    assert [item.id for item in warning_lists()] == list(table)
    assert all(set(PEOPLE) == set(row) for rows in table.values() for row in rows.values())
