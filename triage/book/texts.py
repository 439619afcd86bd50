"""The texts of a rule book that a person reads, as blocks: what stands together on a page.

A further catalogue with texts for people is one more line in `READ`.  The check of plain language
and the translations both go by it.

Not read here: `citation` (a source is called what it is called), `evidence_rows.yaml` and
`hazards.yaml` (for those who keep the book), who signed a rule, and the examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby

from triage.book.documents import Document, Path_
from triage.book.entries import FollowUp
from triage.book.levels import STRATA


@dataclass(frozen=True, slots=True)
class Line:
    """One text: a sentence or several, an entry of a list, or a heading."""

    text: str
    file: str
    line: int | None
    """Counted from 1; `None` where the place has no line."""
    path: Path_ = ()
    """Where in the file a translation of it goes."""

    @property
    def place(self) -> str:
        """File and path as one text without a space."""
        return "/".join([self.file, *map(str, self.path)])


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that a person reads one after the other, judged as one text."""

    name: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file or a part of it says: its headings, and its blocks in the order of reading."""

    name: str
    headings: tuple[Line, ...]
    blocks: tuple[Block, ...]
    below: str = ""
    """The name of the entry that is read before this one, where there is one."""
    names: tuple[Line, ...] = ()
    unjudged: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that is to be easy to read, headings first."""
        blocks = (line for block in self.blocks for line in block.lines)
        return (*self.headings, *blocks, *self.names)

    @property
    def shown(self) -> tuple[Line, ...]:
        """Every line that anybody is shown."""
        return (*self.lines, *self.unjudged)


@dataclass(frozen=True, slots=True)
class Kind:
    """Where entries of one kind stand, and which of their keys are read together."""

    files: str
    """A pattern of file names; `*` stands for one or more names."""
    at: tuple[str, ...] = ()
    """The path of an entry inside its file; `*` stands for any key, and any place in a list."""
    blocks: tuple[tuple[str, ...], ...] = ()
    """The keys of each block."""
    headings: tuple[str, ...] = ("title",)
    names: tuple[str, ...] = ()
    """Keys at which people read a name that rules and forms use as well: a text, or the keys of a
    mapping.  A translation leaves it alone and stands beside it, under `WORDS`."""
    unjudged: tuple[str, ...] = ()
    """Keys of texts that are shown, and need not be easy to read."""


WORDS = "words"
"""The key, beside a name, of the words that people read for it."""

READ = (
    Kind("book.yaml", blocks=(("opening",),)),
    Kind("questionnaire/*.yaml"),
    Kind(
        "questionnaire/*.yaml",
        ("items", "*"),
        (("ask", "help", "why"), ("options", "not_sure")),
        headings=("number/one",),
        names=("number/unit", "number/also"),
    ),
    Kind("dispositions.yaml", ("*",), (("who", "do"),), ("title", "time_frame")),
    Kind("patterns.yaml", ("*",), (("means", "course"),)),
    Kind("causes.yaml", ("*",), (("means",), ("proof",))),
    Kind("advice.yaml", ("*",), (("say", "more"),)),
    # A profession is called what it is called.  What it does is said beside it.
    Kind("referrals.yaml", ("*",), (("does",),), headings=(), unjudged=("title",)),
    Kind("evidence.yaml", ("*", "*"), (("means",),)),
    Kind(
        "follow_up.yaml",
        blocks=tuple((field.name,) for field in fields(FollowUp) if field.name != "covers"),
    ),
    Kind(
        "exercises/*.yaml",
        (),
        (
            ("purpose", "equipment", "feel"),
            ("steps",),
            ("dose",),
            ("stop_if",),
            ("easier", "harder"),
            ("proof",),
        ),
    ),
    Kind("exercises/*.yaml", ("modifications", "*"), (("change", "dose"),)),
    Kind("pictures/*.yaml", ("pictures", "*"), (("alt",),)),
    Kind("pictures/*.yaml", ("together", "*"), (("alt",),)),
    Kind("pictures/*.yaml", (), (("intro", "each"),)),
    # Caveats stand in the clinician's part of a report.
    *(Kind(f"{stratum}/*.yaml", (), (("why",),), unjudged=("caveats",)) for stratum in STRATA),
)
"""Every text of the book that a person reads."""


def entries(documents: Mapping[str, Document]) -> Iterator[Entry]:
    """Every entry of a rule book's files, kind by kind."""
    for kind in READ:
        pattern = re.compile(re.escape(kind.files).replace(r"\*", ".+"))
        for file, document in documents.items():
            if pattern.fullmatch(file):
                for path, value in _found(document.value, kind.at, ()):
                    yield _entry(kind, document, path, value)


def headings(found: Iterable[Entry]) -> Iterator[Block]:
    """Headings are too short to be judged one by one: those of a file, or of a folder, together."""

    def source(line: Line) -> str:
        return line.file.partition("/")[0]

    every = sorted((line for entry in found for line in entry.headings), key=source)
    for name, lines in groupby(every, source):
        yield Block(f"{name}: headings", tuple(lines))


def _entry(kind: Kind, document: Document, path: Path_, value: object) -> Entry:
    name = ": ".join([document.file, *map(str, path[-1:])])
    blocks = []
    for keys in kind.blocks:
        lines = tuple(line for key in keys for line in _lines(document, path, value, key))
        if lines:
            blocks.append(Block(f"{name}: {keys[0]}", lines))
    return Entry(
        name=name,
        headings=tuple(
            line for key in kind.headings for line in _lines(document, path, value, key)
        ),
        blocks=tuple(blocks),
        below=_above(document.file),
        names=tuple(line for key in kind.names for line in _names(document, path, value, key)),
        unjudged=tuple(
            line for key in kind.unjudged for line in _lines(document, path, value, key)
        ),
    )


def _above(file: str) -> str:
    """A rule of a pattern or a cause is read below the entry of its catalogue."""
    folder, *rest = file.split("/")
    return f"{folder}.yaml: {rest[0]}" if len(rest) == 2 else ""


def _lines(document: Document, path: Path_, value: object, key: str) -> Iterator[Line]:
    """Every text at or below a key of an entry; none where the entry has no such key."""
    for start, below in _found(value, tuple(key.split("/")), path):
        for deeper, text in _texts(below, start):
            line = document.lines.get(deeper)
            yield Line(" ".join(text.split()), document.file, line, deeper)


def _names(document: Document, path: Path_, value: object, key: str) -> Iterator[Line]:
    """Every name at a key of an entry: the text there, or the keys there."""
    for at, below in _found(value, tuple(key.split("/")), path):
        for name in below if isinstance(below, dict) else [str(below)]:
            yield Line(name, document.file, document.lines.get(at), (*at[:-1], WORDS, name))


def _found(value: object, at: tuple[str, ...], path: Path_) -> Iterator[tuple[Path_, object]]:
    """Every value at a path in which `*` stands for any key or place."""
    if not at:
        yield path, value
    elif isinstance(value, dict):
        for key, below in value.items():
            if at[0] in ("*", key):
                yield from _found(below, at[1:], (*path, key))
    elif isinstance(value, list) and at[0] == "*":
        for index, below in enumerate(value):
            yield from _found(below, at[1:], (*path, index))


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _texts(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _texts(below, (*path, index))
