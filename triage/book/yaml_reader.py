"""YAML text to plain values, each with the line it stands on.

The dialect is small on purpose.  Every plain scalar but a number is text, so that `no`, `on` and
`12:30` are the words that were written.  A repeated key, an anchor, an alias, a tag or a second
document is refused.  JSON is read the same way, being YAML in flow style.

Values are built from the parser's events rather than by recursion, so that deep nesting is an
error message and not a crash.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType

import yaml

from triage.book.documents import Document, Path_
from triage.problems import BadInput, Problem, quoted

# The C parser is the one that is quick; it is missing only where PyYAML was built without libyaml.
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_FILE = 1_000_000
"""Bytes.  A form or a rule is a few thousand; anything near this is not one."""
DEEPEST = 30
TOO_DEEP = f"nested more than {DEEPEST} deep"
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
_LONGEST_NUMBER = 30


def read_bytes(file: Path) -> bytes:
    """The bytes of a file.

    Raises:
        BadInput: it is missing, cannot be read, or is larger than `LARGEST_FILE`.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise BadInput([Problem(str(file), None, f"cannot be read: {reason}")]) from None
    return content


def parse(content: bytes, file: str) -> Document:
    """The one YAML (or JSON) document that `content` holds.

    Args:
        content: the bytes as read, UTF-8, with or without a byte-order mark.
        file: how messages name where it came from.

    Raises:
        BadInput: it is too large, not text, not YAML, or outside the dialect; all problems at
            once where reading could go on.
    """
    if len(content) > LARGEST_FILE:
        expected = f"expected at most {LARGEST_FILE:,} bytes"
        raise BadInput([Problem(file, None, f"the file is too large; {expected}")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput([Problem(file, line, "not text; expected YAML or JSON in UTF-8")]) from None
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_Parser):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not YAML or JSON: {error.problem or 'cannot be read'}"
        if "nesting depth" in what:  # libyaml looks ahead, and has a limit of its own
            what = TOO_DEEP
        problem = Problem(file, mark.line + 1 if mark else None, what)
        raise BadInput([*builder.problems, problem]) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        message = "not text; expected YAML or JSON in UTF-8"
        raise BadInput([Problem(file, line, message)]) from None
    if builder.problems:
        raise BadInput(builder.problems)
    return Document(file, builder.value, MappingProxyType(builder.lines))


class _Builder:
    """Builds plain values from parser events, keeping its own stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.value: object = None
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self._stack: list[dict[str, object] | list[object]] = []
        self._paths: list[Path_] = []
        self._keys: list[str | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser."""
        # The commonest kinds first: a rule book is some fifty thousand events.
        match event:
            case yaml.ScalarEvent():
                self._check(event)
                self._scalar(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._stack.pop()
                self._paths.pop()
                self._keys.pop()
            case yaml.MappingStartEvent():
                self._check(event)
                self._open(event, {})
            case yaml.SequenceStartEvent():
                self._check(event)
                self._open(event, [])
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self._refuse(event, "a second document; expected one")
            case yaml.AliasEvent():
                self._refuse(event, "an alias; expected the text itself")
                self._add(event, None)
            case _:
                pass

    def _check(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, f"an anchor, {quoted(event.anchor)}; expected none")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse(event, f"a tag, {quoted(tag)}; expected none")

    def _refuse(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.file, _line(event), message))

    def _open(self, event: yaml.Event, container: dict[str, object] | list[object]) -> None:
        if len(self._stack) == DEEPEST:
            self._refuse(event, TOO_DEEP)
            raise BadInput(self.problems)
        path = self._add(event, container)
        self._stack.append(container)
        self._paths.append(path)
        self._keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        in_mapping = bool(self._stack) and isinstance(self._stack[-1], dict)
        if in_mapping and self._keys[-1] is None:
            self._key(event)
        else:
            plain = event.style in (None, "")
            self._add(event, _plain(event.value) if plain else event.value)

    def _key(self, event: yaml.ScalarEvent) -> None:
        key = event.value
        mapping = self._stack[-1]
        path = (*self._paths[-1], key)
        if key in mapping:
            first = self.lines.get(path)
            self._refuse(event, f"the key {quoted(key)} is repeated; it stands in line {first} too")
        else:
            self.lines[path] = _line(event)
        self._keys[-1] = key

    def _add(self, event: yaml.Event, value: object) -> Path_:
        if not self._stack:
            self.lines[()] = _line(event)
            self.value = value
            return ()
        container = self._stack[-1]
        if isinstance(container, list):
            path: Path_ = (*self._paths[-1], len(container))
            self.lines[path] = _line(event)
            container.append(value)
            return path
        key = self._keys[-1]
        if key is None:  # a list or a mapping in the place of a key
            self._refuse(event, "a list or mapping as a key; expected a word")
            raise BadInput(self.problems)
        self._keys[-1] = None
        container[key] = value
        return (*self._paths[-1], key)


def _line(event: yaml.Event) -> int:
    """The line an event starts on, counted from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(text: str) -> object:
    """A plain scalar: a number, nothing, or text."""
    if text in ("", "~", "null"):
        return None
    if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("+-").isdecimal() else float(text)
    return text
