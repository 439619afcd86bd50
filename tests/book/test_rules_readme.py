"""What rules/README.md says about the rule book is so: its worked example and its tables."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.commands.test_commands import triage
from tests.conftest import ROOT
from triage.book.rulebook import RuleBook
from triage.resources import rules_folder

README = (ROOT / "rules" / "README.md").read_text()
RULE = Path("red_flags") / "knee_injury_from_age_55.yaml"
SECTIONS = (
    "What it is for, and for whom",
    "What it is not for",
    "Limits",
    "What is where",
    "A rule",
    "How to read, change and check a rule",
    "From the evidence to the rules",
    "Hazards",
    "Pictures",
    "Conventions",
    "Plain language",
    "Other languages",
)


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the shipped rules with a text or several replaced in the rule of the example."""
    shutil.copytree(rules_folder(), folder)
    text = (folder / RULE).read_text()
    for old, new in changes:
        assert 1 == text.count(old), old
        text = text.replace(old, new)
    (folder / RULE).write_text(text)
    return folder


def test_the_sections_are_there_and_listed() -> None:
    """Each section, in the order of the list at the top, whose links lead to it."""
    assert list(SECTIONS) == re.findall(r"^## (.*)$", README, re.MULTILINE)
    for number, section in enumerate(SECTIONS, 1):
        anchor = re.sub(r"[^a-z -]", "", section.lower()).replace(" ", "-")
        assert f"{number}. [{section}](#{anchor})\n" in README


def test_lint_says_of_the_change_what_the_example_says(tmp_path: Path) -> None:
    """The number is changed and nothing else: three problems, as printed."""
    (said,) = blocks("console")
    rules = changed(tmp_path / "rules", ("age: {at_least: 55}", "age: {at_least: 50}"))
    result = triage("lint", "--rules", rules)
    assert 2 == result.exit_code
    assert said == result.stderr


def test_the_examples_of_the_example_mend_it(tmp_path: Path) -> None:
    """With the two lines that the page gives, lint finds no problem."""
    (examples,) = (block for block in blocks("yaml") if "age: 49" in block)
    fires, silent = re.findall(r"    - (\{.*\})", examples)
    rules = changed(
        tmp_path / "rules",
        ("age: {at_least: 55}", "age: {at_least: 50}"),
        (f"fires:\n    - {fires.replace('50', '55')}", f"fires:\n    - {fires}"),
        (f"    - {silent.replace('49', '54')}", f"    - {silent}"),
    )
    result = triage("lint", "--rules", rules)
    assert 0 == result.exit_code, result.stderr


def test_every_file_and_folder_of_the_book_is_in_the_table() -> None:
    """What is where: nothing is left out."""
    table = README.partition("## What is where")[2].partition("##")[0]
    for path in rules_folder().iterdir():
        if path.name != "README.md":
            assert f"`{path.name}{'/' if path.is_dir() else ''}`" in table, path.name


def test_every_kind_of_row_is_in_the_table(book: RuleBook) -> None:
    """From the evidence to the rules: each first row of a kind is named."""
    kinds = {re.sub(r"\d+$", "", row) for row in book.origin.evidence_rows}
    section = README.partition("## From the evidence to the rules")[2]
    for kind in kinds:
        first = "P-a" if kind.startswith("P-") else kind
        assert f"`{first}01`" in section, kind
