"""Catalogues: gettext files as somebody wrote them, read when they are needed.

Babel is imported by what reads or writes one, and not before: English needs none of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from triage.book.rulebook import ENGLISH
from triage.book.yaml_reader import read_bytes
from triage.problems import BadInput, Problem, listed, nearest, quoted

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

FOLDER = "languages"
"""The folder of the catalogues, one a language, below that of the texts."""
ENDING = ".po"
DRAFT = "DRAFT"
"""How a line at the top of a catalogue begins that nobody who speaks the language has checked."""

Text: TypeAlias = "str | tuple[str, str]"
"""An English text; or for one thing and for several, where the sheet counts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that a language should have."""

    text: Text
    place: str
    """Where it stands, without a space: what a translator looks up."""


def available(folder: Path) -> tuple[str, ...]:
    """The codes of the languages that a folder of texts has, English first."""
    found = sorted(file.stem for file in (folder / FOLDER).glob(f"*{ENDING}"))
    return (ENGLISH, *found)


def file_of(folder: Path, code: str) -> Path:
    """Where the catalogue of a language stands."""
    return folder / FOLDER / f"{code}{ENDING}"


def read(folder: Path, code: str) -> Catalog:
    """The catalogue of a language.

    Raises:
        BadInput: there is none, or it is not a gettext file.
    """
    known = available(folder)
    if code == ENGLISH or code not in known:
        message = f"no language called {quoted(code)}{nearest(code, known)}; expected "
        raise BadInput([Problem("--language", None, message + listed(known))])
    return parse(read_bytes(file_of(folder, code)), f"{FOLDER}/{code}{ENDING}", code)


def parse(content: bytes, name: str, code: str) -> Catalog:
    """The catalogue that a file holds.

    Args:
        content: the bytes of the file.
        name: how messages name it.
        code: the language.

    Raises:
        BadInput: it is not a gettext file in UTF-8.
    """
    from babel.core import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadInput([Problem(name, None, "not text; expected a .po file in UTF-8")]) from None
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        message = f"no language has the code {quoted(code)}; expected one such as es"
        raise BadInput([Problem(name, None, message)]) from None
    try:
        return read_po(lines, locale=code, abort_invalid=True)
    except PoFileError as error:
        message = f"not a .po file: {error.args[0].partition(' on ')[0]}"
        raise BadInput([Problem(name, error.lineno + 1, message)]) from None


def as_gettext(catalog: Catalog) -> GNUTranslations:
    """A catalogue as Python's own `gettext` has it: of usable translations alone."""
    from babel.messages.mofile import write_mo

    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)


def is_draft(catalog: Catalog) -> bool:
    """Whether the top of the file still says that it is a draft."""
    return any(line.lstrip("# ").startswith(DRAFT) for line in catalog.header_comment.splitlines())


def messages(catalog: Catalog) -> Iterator[Message]:
    """Every message but the head of the file."""
    return (message for message in catalog if message.id)


def translated(message: Message) -> bool:
    """Whether a message says something in every form that it has."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(forms)


def found(catalog: Catalog, wanted: Wanted) -> Message | None:
    """The message for a text: the one for this very place, or else the one for every place."""
    return catalog.get(key_of(wanted.text), wanted.place) or catalog.get(key_of(wanted.text))


def usable(catalog: Catalog, wanted: Wanted) -> str | None:
    """What a text is in the language; nothing where it is missing or waits to be looked at."""
    message = found(catalog, wanted)
    if message is None or message.fuzzy or not translated(message):
        return None
    return str(message.string)


def key_of(text: str | Sequence[str]) -> str:
    """What a catalogue finds a text by: that for one thing."""
    return text if isinstance(text, str) else text[0]
