"""The shell holds no name that the rule book gives to anything: all medicine is in the book.

Levels, the words of the rule language, and yes, no, none and not_sure are the shell's own.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from triage.book.rulebook import RuleBook
from triage.resources import templates_folder

SHELL = Path(__file__).parent.parent / "triage"
OWN_OPTIONS = {"yes", "no", "none", "not_sure"}

ENGLISH = {
    "cannot": "an option; every message says what cannot be",
    "does_not": "an option; in prose, and in the name of what does not apply",
    "elsewhere": "an option; in prose",
    "runs": "a feature; in prose, of programs",
    "told": "a question; in prose, and in names of what an engine was told",
    "cast": "an option; Python's typing.cast",
    "conditions": "a question; the module of the rule language",
}
"""Common words that the book uses as names too, and what they are in the shell.

They are let pass in prose and as parts of Python names, never as a literal by themselves."""

EXAMPLES = {
    "__init__.py": {"age", "walking", "as_usual"},
    "commands/explain.py": {"foam_rolling", "footwear", "worn_out"},
    "commands/main.py": {"hip", "knee", "thigh"},
    "commands/rules.py": {"itb_syndrome"},
    "intake/answers_file.py": {"age", "walking", "as_usual"},
    "intake/mapping_file.py": {
        *("age", "chest_pain", "knee", "outer_knee", "pain_places"),
        *("signs_now", "weeks_of_pain"),
    },
    "book/rules.py": {"fever"},
}
"""Files whose docstrings and help show a reader, by example, what to write or what it is about.

They are let pass in prose only: a text with a space in it decides nothing."""


class Use(NamedTuple):
    """A place where the shell says a name of the book."""

    file: str
    name: str
    prose: bool
    """In a text with white space in it."""
    literal: bool
    """In a text, rather than in a Python name."""


def names_given(book: RuleBook) -> set[str]:
    """Every name that the book gives."""
    options = {option for item in book.items.values() for option in item.options}
    changed = {name for exercise in book.exercises.values() for name in exercise.modifications}
    return (
        {*book.items, *book.findings, *book.patterns, *book.causes, *book.exercises}
        | {*book.advice, *book.referrals, *book.references}
        | (options - OWN_OPTIONS)
        | changed
    )


def texts_in(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Every text literal of a program, and every Python name; and whether it is a literal."""
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield text, isinstance(node, ast.Constant)


def said_in(text: str) -> Iterator[str]:
    """Every word of a text, every part of it between underscores, and every run of such parts."""
    for word in re.findall(r"\w+", text.lower()):
        parts = word.strip("_").split("_")
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                yield "_".join(parts[start:end])


def uses_in(file: str, program: str, names: set[str]) -> set[Use]:
    """Where a program says names of the book."""
    return {
        Use(file, name, prose=bool(re.search(r"\s", text)), literal=literal)
        for text, literal in texts_in(ast.parse(program))
        for name in names.intersection(said_in(text))
    }


def excused(use: Use) -> bool:
    """Whether a use is one of the exceptions above."""
    english = use.name in ENGLISH and (use.prose or not use.literal)
    return english or (use.prose and use.name in EXAMPLES.get(use.file, ()))


@pytest.fixture(scope="module")
def uses(book: RuleBook) -> set[Use]:
    """Every use of a name of the shipped book in the shell."""
    files = sorted(SHELL.rglob("*.py"))
    names = names_given(book)
    return {
        use
        for file in files
        for use in uses_in(file.relative_to(SHELL).as_posix(), file.read_text("utf-8"), names)
    }


def test_no_name_of_the_book_is_in_the_shell(uses: set[Use]) -> None:
    """No question, option, finding, exercise, advice, referral or source is known by name."""
    assert [] == sorted(use for use in uses if not excused(use))


def test_every_exception_is_still_one(uses: set[Use]) -> None:
    """An exception that nothing needs any more goes, lest it hide something later."""
    examples = {(file, name) for file, names in EXAMPLES.items() for name in names}

    assert set() == set(ENGLISH) - {use.name for use in uses}
    assert set() == examples - {(use.file, use.name) for use in uses}


@pytest.mark.parametrize(
    "program",
    [
        'if item == "pain": ...',
        "answers['pain']",
        "pain = 1",
        "def when_pain_is_bad(): ...",
        "person.pain",
        "f(pain=3)",
        "from book import pain",
        'f"{x}/pain"',
        'f"{pain}"',
        "match x:\n    case Item(pain): ...",
        '"red_flags/pain"',
        '"""About pain."""',
        'x = "PAIN"',
    ],
)
def test_a_name_is_seen_wherever_it_hides(program: str) -> None:
    """In literals, in Python names and their parts, in f-strings and in docstrings."""
    assert {"pain"} == {use.name for use in uses_in("a.py", program, {"pain", "ache"})}


@pytest.mark.parametrize("program", ["painting = 1", '"painful"', "# pain", "x = 1"])
def test_a_longer_word_and_a_remark_are_no_names(program: str) -> None:
    """Only whole words, and parts between underscores, count."""
    assert set() == uses_in("a.py", program, {"pain"})


def test_a_literal_by_itself_is_never_excused() -> None:
    """The word alone may steer the program; in prose it cannot."""
    assert excused(Use("a.py", "told", prose=True, literal=True))
    assert excused(Use("a.py", "told", prose=False, literal=False))
    assert not excused(Use("a.py", "told", prose=False, literal=True))
    assert not excused(Use("book/rules.py", "fever", prose=False, literal=True))
    assert not excused(Use("book/rules.py", "fever", prose=False, literal=False))


def test_no_template_names_anything_of_the_book(book: RuleBook) -> None:
    """Nor do the templates hold one between quotation marks within their tags."""
    names = names_given(book)
    tags = re.compile(r"{[%{].*?[%}]}", re.DOTALL)
    quoted = re.compile(r"""'([^']*)'|"([^"]*)\"""")
    found = {
        (file.name, text)
        for file in templates_folder().iterdir()
        for tag in tags.findall(file.read_text("utf-8"))
        for pair in quoted.findall(tag)
        for text in pair
        if text in names
    }

    assert set() == found
