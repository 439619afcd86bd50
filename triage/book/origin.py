"""What a book was made of, as frozen values: its files, the evidence behind it, its hazards.

Those who write a book or translate it need this, and who draws its pictures; nobody who judges
answers by it does.  Not here: reading it (`origin_reader`), checking it (`authoring`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from triage.book.documents import Document, Place
from triage.book.levels import Level
from triage.book.rules import Restriction
from triage.book.written import (
    Id,
    Length,
    Made,
    Name,
    Narrowed,
    PutIn,
    Table,
    Text,
    Whole,
    Written,
    empty,
)


@dataclass(frozen=True, slots=True)
class EvidenceRow(Written):
    """One row of the evidence that the book was built from."""

    id: Id
    says: Text
    levels: tuple[Level, ...] = ()
    """The levels that the rules which encode it ask for, taken together; empty: not stated."""
    restricts: Table[Name, Restriction] = field(default_factory=empty)
    """Exercise, or every exercise, to what the rules which encode it say of it at the least."""
    not_a_rule: Text | None = None
    """Why nothing in the book encodes it; `None` where something does."""
    place: Annotated[Place, PutIn()] = field(kw_only=True)


ControlKind: TypeAlias = Literal["law", "rule", "test", "text"]


@dataclass(frozen=True, slots=True)
class Control:
    """Something that keeps a hazard small; written as its kind and its name."""

    kind: ControlKind
    name: str
    """A law or a test of the program by its name, a rule by its name, or a text by its path."""


def _control(written: Mapping[ControlKind, str]) -> Control:
    ((kind, name),) = written.items()
    return Control(kind, name)


WrittenControl: TypeAlias = Annotated[
    Control,
    Made(_control, of=Annotated[dict[ControlKind, Text], Narrowed(min_length=1, max_length=1)]),
]
Severity: TypeAlias = Annotated[Whole, Narrowed(ge=1, le=5)]


@dataclass(frozen=True, slots=True)
class Hazard(Written):
    """One entry of the hazard log: what may go wrong for a person, and what stands against it."""

    id: Id
    hazard: Text
    cause: Text
    effect: Text
    severity: Severity
    """1 (a nuisance) to 5 (death or lasting harm)."""
    likelihood: Severity
    """1 (hardly ever) to 5 (often), with the controls in place."""
    controls: Annotated[tuple[WrittenControl, ...], Length(1)]
    residual: Text
    place: Annotated[Place, PutIn()]


@dataclass(frozen=True, slots=True)
class Vocabulary(Written):
    """What the check of plain language has to know about single words."""

    syllables: Table[Text, Annotated[Whole, Narrowed(gt=0)]]
    """How many syllables a word has, in lower case, where the rules of spelling do not tell."""
    terms: Table[Text, tuple[Text, ...]]
    """A clinical term, and the plain words one of which has to stand beside it."""
    names: tuple[Text, ...] = ()
    """What people look for on a packet and need not say; counted in `syllables` too."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a book was made of."""

    folder: Path | None = None
    """Where it was read; its translations stand in a folder below."""
    documents: Mapping[str, Document] = field(default_factory=empty)
    """Every file as it was read, for pictures and for checks of wording that name a line."""
    evidence_rows: Mapping[str, EvidenceRow] = field(default_factory=empty)
    """The evidence, in the order of its file."""
    encoded_by: Mapping[str, tuple[str, ...]] = field(default_factory=empty)
    """Evidence row to what encodes it: names of rules, or other files and their entries."""
    hazards: Mapping[str, Hazard] = field(default_factory=empty)
    """The hazard log."""
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, {}))
    """What the check of plain language knows about words."""
