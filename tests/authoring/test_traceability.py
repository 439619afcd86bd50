"""From evidence to rules and from hazards to controls: each gap on the way is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.test_lint import SMALL, with_fault
from tests.commands.test_commands import triage
from triage.authoring.lint import lint
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook
from triage.problems import BadInput

ROWS = "evidence_rows.yaml"
HAZARDS = "hazards.yaml"

GAPS = {
    "a row that nothing covers": (
        ROWS,
        "",
        "S6:\n  says: Cold cups cool the coffee.\n",
        "row S6: nothing covers it",
    ),
    "a row that is covered and called no rule": (
        ROWS,
        "says: One cup is enough to begin with.",
        "says: One cup is enough to begin with.\n  not_a_rule: It is too little.",
        "row S5: 'not_a_rule', but advice.yaml: start_small covers it",
    ),
    "a level below the evidence": (
        "red_flags/smoke.yaml",
        "{disposition: emergency}",
        "{disposition: same_day}",
        "row S1: its rules ask for same_day, expected emergency",
    ),
    "a level above the evidence": (
        "red_flags/wet_cable.yaml",
        "{disposition: same_day}",
        "{disposition: emergency}",
        "row S2: its rules ask for emergency, expected same_day",
    ),
    "a restriction that is weaker than the evidence": (
        ROWS,
        "{every_exercise: ask_first}",
        "{every_exercise: avoid}",
        "row S4: every_exercise: its rules say ask_first, expected avoid",
    ),
    "a restriction that the evidence asks for and no rule says": (
        "contraindications/boiler.yaml",
        "{every_exercise: ask_first}",
        "{rinse: ask_first}",
        "row S4: every_exercise: its rules say nothing, expected ask_first",
    ),
    "a red flag that no hazard names": (
        HAZARDS,
        "    - rule: red_flags/old_boiler\n",
        "",
        "no hazard of hazards.yaml names this red flag",
    ),
}

UNKNOWN_NAMES = {
    "a row that does not exist": (
        "red_flags/smoke.yaml",
        "covers: [S1]",
        "covers: [S11]",
        "no evidence row called 'S11'; did you mean 'S1'?",
    ),
    "a row that does not exist, in a catalogue": (
        "advice.yaml",
        "covers: [S5]",
        "covers: [S55]",
        "no evidence row called 'S55'; did you mean 'S5'?",
    ),
    "a row whose name starts small": (
        ROWS,
        "S5:",
        "s5:",
        "read 's5', expected a capital letter, then letters, digits and hyphens",
    ),
    "an exercise that does not exist": (
        ROWS,
        "{every_exercise: ask_first}",
        "{descaling: ask_first}",
        "no exercise called 'descaling'; did you mean 'descale'?",
    ),
    "a rule that does not exist": (
        HAZARDS,
        "rule: red_flags/smoke",
        "rule: red_flags/smok",
        "no rule called 'red_flags/smok'; did you mean 'red_flags/smoke'?",
    ),
    "a text that does not exist": (
        HAZARDS,
        "text: follow_up.yaml/watch_for",
        "text: follow_up.yaml/watch_out",
        "no text called 'follow_up.yaml/watch_out'; did you mean 'watch_for'?",
    ),
    "a file that does not exist": (
        HAZARDS,
        "text: follow_up.yaml/watch_for",
        "text: follow_ups.yaml/watch_for",
        "did you mean 'follow_up.yaml'?",
    ),
    "a control of no known kind": (
        HAZARDS,
        "law: red_flag_trumps",
        "hope: it goes well",
        "expected",
    ),
    "a severity off the scale": (HAZARDS, "severity: 4", "severity: 6", "severity"),
}


@pytest.mark.parametrize(("file", "old", "new", "expected"), GAPS.values(), ids=GAPS)
def test_a_gap_is_named(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    """Each gap is one problem, with the line of the row or of the rule."""
    problems = lint(with_fault(tmp_path / "book", file, old, new))
    found = [problem for problem in problems if expected in problem.message]
    assert 1 == len(found), problems
    assert found[0].line is not None


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), UNKNOWN_NAMES.values(), ids=UNKNOWN_NAMES
)
def test_an_unknown_name_is_refused(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """What is named elsewhere in the book must be there; the nearest name is offered."""
    with pytest.raises(BadInput) as refused:
        with_fault(tmp_path / "book", file, old, new)
    problems = [p for p in refused.value.problems if p.file == file and p.line is not None]
    assert any(expected in problem.message for problem in problems), refused.value


def test_a_restriction_of_every_exercise_counts_for_each(tmp_path: Path) -> None:
    """The evidence may speak of one exercise, and the rule of all."""
    fault = (ROWS, "{every_exercise: ask_first}", "{rinse: ask_first, descale: modify}")
    assert () == lint(with_fault(tmp_path / "book", *fault))


def test_an_empty_hazard_log_asks_for_nothing(tmp_path: Path) -> None:
    """A book that is only begun may have no hazard yet; then no red flag has to stand in one."""
    book = tmp_path / "book"
    with_fault(book, ROWS, "", "")
    (book / HAZARDS).write_text("{}\n")
    assert () == lint(load_rule_book(book))


def test_coverage_lists_what_encodes_each_row() -> None:
    """Each row with its rules and entries, or the reason why there is none, and the sum."""
    result = triage("rules", "--coverage", "--rules", SMALL)
    assert 0 == result.exit_code
    assert "are an emergency.\n  encoded by red_flags/smoke\n" in result.output
    assert "  encoded by advice.yaml: start_small\n" in result.output
    assert "  no rule: Nobody asked about the taste.\n" in result.output
    assert result.output.endswith("5 rows: 4 encoded, 1 explained as no rule\n")


def test_coverage_shows_a_gap(tmp_path: Path) -> None:
    """A row that lint complains of is listed too."""
    with_fault(tmp_path / "book", *GAPS["a row that nothing covers"][:3])
    output = triage("rules", "--coverage", "--rules", tmp_path / "book").output
    assert "S6  Cold cups cool the coffee.\n  encoded nowhere\n" in output


def test_coverage_is_of_the_whole_book() -> None:
    """A name beside `--coverage` is refused."""
    result = triage("rules", "itb_syndrome", "--coverage")
    assert 2 == result.exit_code
    assert "whole book" in result.stderr


def test_every_row_of_the_shipped_book_is_encoded_or_explained(book: RuleBook) -> None:
    """The shipped book has a row for each kind of evidence, and none of them is left open."""
    rows, encoded_by = book.origin.evidence_rows, book.origin.encoded_by
    assert {"C01", "I01", "P-a01", "RF01", "X01", "D01", "F01", "W01"} <= set(rows)
    for row in rows.values():
        assert (row.id in encoded_by) is (row.not_a_rule is None), row.id
