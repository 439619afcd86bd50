"""The small dialect of YAML: words stay words, and what could surprise is refused with its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.book.yaml_reader import DEEPEST, LARGEST_FILE, parse, read_bytes
from triage.problems import LONGEST_QUOTE, BadInput, listed, nearest, quoted


def value_of(text: str) -> object:
    """What a document holds."""
    return parse(text.encode(), "a.yaml").value


def said(content: str | bytes) -> list[str]:
    """What is said about a document that is refused, problem by problem."""
    with pytest.raises(BadInput) as caught:
        parse(content.encode() if isinstance(content, str) else content, "a.yaml")
    return [str(problem) for problem in caught.value.problems]


# What is read


@pytest.mark.parametrize(
    "word",
    [
        *("yes", "no", "on", "off", "true", "false", "True", "NO", "y", "n", "Null", "NULL"),
        *("12:30", "1_000", "0x1f", "0o17", "2026-11-22", "1.2.3", ".", "-", "+", "e5", "1e", "="),
        *("<<", "1 000", "3 days", ".inf", ".nan", "nan", "inf", "-inf", "1e1000", "9" * 31),
    ],
)
def test_a_plain_word_stays_text(word: str) -> None:
    """Only a plain decimal number is anything but text, so that `no` and `on` are answers."""
    assert word == value_of(word if word not in ("-", "=") else f"{word}x")[: len(word)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3),
        ("-3", -3),
        ("+3", 3),
        ("007", 7),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("9" * 30, int("9" * 30)),
    ],
)
def test_a_plain_number_is_a_number(text: str, expected: float) -> None:
    """Whole numbers are `int`, others `float`."""
    read = value_of(text)

    assert expected == read
    assert type(expected) is type(read)


@pytest.mark.parametrize("text", ["'3'", '"3"', "|-\n  3", ">-\n  3"])
def test_a_quoted_number_is_text(text: str) -> None:
    """Quotation marks, and blocks of text, say that text is meant."""
    assert value_of(f"a: {text}\n") == {"a": "3"}


@pytest.mark.parametrize("text", ["", "~", "null", "# only a remark"])
def test_nothing_is_nothing(text: str) -> None:
    """An empty value, `~` and `null` are no value."""
    assert value_of(text) is None
    assert value_of(f"a: {text}\nb: c\n") == {"a": None, "b": "c"}


def test_keys_are_always_text() -> None:
    """`no: No` in a list of options is the option `no`, and `3: x` the key "3"."""
    assert value_of("{no: No, 3: x, ~: y, 'on': z}") == {"no": "No", "3": "x", "~": "y", "on": "z"}


def test_values_nest() -> None:
    """Lists and mappings, in blocks and in flow, hold one another."""
    text = "a:\n  - b\n  - {c: [1, d]}\n  - []\ne: {}\n"

    assert {"a": ["b", {"c": [1, "d"]}, []], "e": {}} == value_of(text)


def test_a_byte_order_mark_is_passed_over() -> None:
    """Some editors write one in front."""
    assert {"a": "é"} == parse("a: é".encode("utf-8-sig"), "a.yaml").value


TEXT = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.integers(-(10**12), 10**12) | st.floats(-1e6, 1e6) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(st.dictionaries(TEXT, JSON))
def test_json_is_read_the_same_way(values: dict) -> None:
    """Any JSON document of text and numbers comes back as it was."""
    text = json.dumps(values)

    assert json.loads(text) == value_of(text)


def test_a_limit_of_reading_json_as_yaml() -> None:
    """A character beyond U+FFFF is read as it stands, but not escaped in two halves."""
    assert value_of(json.dumps({"a": "\U0001f6b2"}, ensure_ascii=False)) == {"a": "\U0001f6b2"}
    (problem,) = said(json.dumps({"a": "\U0001f6b2"}))
    assert problem.startswith("a.yaml:1: not YAML or JSON: ")


# Where it stands


def test_every_value_knows_its_line() -> None:
    """Keys and list entries are found by their path; a path that is not there, by what is above."""
    document = parse(b"a:\n  - b\n  -\n    c: d\n\n    e: [f,\n      g]\n", "a.yaml")

    for path, line in [
        ((), 1),
        (("a",), 1),
        (("a", 0), 2),
        (("a", 1), 4),
        (("a", 1, "c"), 4),
        (("a", 1, "e"), 6),
        (("a", 1, "e", 1), 7),
        (("a", 1, "e", 5), 6),
        (("x", "y"), 1),
    ]:
        assert f"a.yaml:{line}: wrong" == str(document.problem(path, "wrong"))


# What is refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ["a.yaml:3: the key 'a' is repeated; it stands in line 1 too"]),
        (
            "x:\n  a: 1\n  'a': 3",
            ["a.yaml:3: the key 'a' is repeated; it stands in line 2 too"],
        ),
        ("a: &b c", ["a.yaml:1: an anchor, 'b'; expected none"]),
        (
            "a: &b [c]\nd: *b",
            [
                "a.yaml:1: an anchor, 'b'; expected none",
                "a.yaml:2: an alias; expected the text itself",
            ],
        ),
        ("<<: *b", ["a.yaml:1: an alias; expected the text itself"]),
        ("a: !!int '3'", ["a.yaml:1: a tag, 'tag:yaml.org,2002:int'; expected none"]),
        (
            "a: !!python/object/apply:os.system [ls]",
            [
                "a.yaml:1: a tag, 'tag:yaml.org,2002:python/object/apply:os.system'; expected none",
            ],
        ),
        ("a: !b {c: d}", ["a.yaml:1: a tag, '!b'; expected none"]),
        ("a: 1\n---\nb: 2", ["a.yaml:2: a second document; expected one"]),
        ("[a]: b", ["a.yaml:1: a list or mapping as a key; expected a word"]),
        ("? {a: b}\n: c", ["a.yaml:1: a list or mapping as a key; expected a word"]),
        ("a: \x07", ["a.yaml:1: not text; expected YAML or JSON in UTF-8"]),
        ("a: b\nc: \x00", ["a.yaml:2: not text; expected YAML or JSON in UTF-8"]),
    ],
    ids=[
        *("a repeated key", "a repeated key further in", "an anchor", "an alias", "a merge"),
        *("a tag", "a tag that asks for code", "a tag on a mapping", "a second document"),
        *("a list as a key", "a mapping as a key", "a bell", "a null byte"),
    ],
)
def test_what_could_surprise_is_refused(text: str, expected: list[str]) -> None:
    """Each with file and line."""
    assert expected == said(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: ]", 2), ("a: b\n c: d", 2), ("a:\n\t- b", 2), ("a: {b: 1}}", 1)],
    ids=["a bracket too many", "a stray indent", "a tab", "a brace too many"],
)
def test_what_is_no_yaml_is_refused(text: str, line: int) -> None:
    """With the line, and with what the parser says of it."""
    (problem,) = said(text)

    assert problem.startswith(f"a.yaml:{line}: not YAML or JSON: ")


def test_all_problems_of_a_file_are_named_at_once() -> None:
    """Two repeated keys, an anchor, a tag, and an end that is missing."""
    problems = said("a: 1\na: 2\nb: &x 1\nb: !t 2\nc: [")

    assert [
        "a.yaml:2: the key 'a' is repeated; it stands in line 1 too",
        "a.yaml:3: an anchor, 'x'; expected none",
        "a.yaml:4: the key 'b' is repeated; it stands in line 3 too",
        "a.yaml:4: a tag, '!t'; expected none",
    ] == problems[:4]
    assert "not YAML or JSON" in problems[4]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfea\x00", b"a: \xe9", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04"],
    ids=["UTF-16", "Latin-1", "a picture", "a zip file"],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    """A picture or another encoding in the place of a file."""
    assert ["a.yaml:1: not text; expected YAML or JSON in UTF-8"] == said(content)


def test_the_line_of_a_wrong_byte_is_named() -> None:
    """Counted from 1."""
    assert ["a.yaml:3: not text; expected YAML or JSON in UTF-8"] == said(b"a: 1\nb: 2\nc: \xff")


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    """As deep as allowed is read; one deeper is refused, and so is a bomb of brackets."""
    assert value_of("[" * DEEPEST + "]" * DEEPEST)
    expected = [f"a.yaml:1: nested more than {DEEPEST} deep"]

    assert expected == said("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert expected == said("[" * 100_000)
    assert expected == said("{a: " * 100_000)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """As large as allowed is read; one byte more is not, and no more than that is taken in."""
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * LARGEST_FILE)
    assert parse(read_bytes(file), "a.yaml").value is None
    file.write_bytes(b"#" * (LARGEST_FILE + 100))

    content = read_bytes(file)

    assert LARGEST_FILE + 1 == len(content)
    assert ["a.yaml:1: the file is too large; expected at most 1,000,000 bytes"] == [
        problem.replace("a.yaml:", "a.yaml:1:") for problem in said(content)
    ]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, and a folder in the place of a file."""
    for file, reason in [
        (tmp_path / "none.yaml", "no such file or directory"),
        (tmp_path, "is a directory"),
    ]:
        with pytest.raises(BadInput) as caught:
            read_bytes(file)

        assert f"{file}: cannot be read: {reason}" == str(caught.value)


# How problems are said


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "nothing"),
        ("a", "'a'"),
        (3, "'3'"),
        (["a"], "'['a']'"),
        ("a\nb\x1b[31m", "'a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m'"),
        ("x" * LONGEST_QUOTE, f"'{'x' * LONGEST_QUOTE}'"),
        ("x" * (LONGEST_QUOTE + 1), f"'{'x' * LONGEST_QUOTE}...'"),
    ],
)
def test_a_value_is_quoted_on_one_line(value: object, expected: str) -> None:
    """Cut where it is long, and without what could steer a terminal."""
    assert expected == quoted(value)


def test_the_nearest_name_is_suggested() -> None:
    """Where one is near; and a very long word is no burden."""
    assert "; did you mean 'sparks'?" == nearest("spark", ["milk", "sparks"])
    assert "" == nearest("x", ["milk", "sparks"])
    assert "" == nearest("x" * 1_000_000, ["milk"])


def test_names_are_listed_in_words() -> None:
    """With "or" before the last."""
    assert "a" == listed(["a"])
    assert "a or b" == listed(["a", "b"])
    assert "a, b or c" == listed(iter("abc"))
