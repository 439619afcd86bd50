"""What lint says of translations: wrong numbers are problems, gaps are only counted.

A number that a translation changes may harm somebody, and anybody can check it without knowing the
language: the digits of the English text stand in the translation, the same ones as often, and no
others.  Not here: whether a translation says the same.  Only people can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from triage.book.rulebook import ENGLISH, RuleBook
from triage.languages.catalogue import (
    FOLDER,
    Wanted,
    available,
    found,
    messages,
    read,
    translated,
)
from triage.languages.translated import lines
from triage.problems import BadInput, Problem, listed, quoted

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

MOST_NAMED = 5
"""Places of missing texts that are named; more are counted."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}(?!\d))")
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def wanted_of(book: RuleBook) -> tuple[Wanted, ...]:
    """Every text of a book that a language should have, file by file."""
    found_ = list(lines(book.origin.documents))
    order = {file: number for number, file in enumerate(dict.fromkeys(x.file for x in found_))}
    found_.sort(key=lambda line: order[line.file])
    return tuple(Wanted(line.text, line.place) for line in found_)


def problems(book: RuleBook) -> Iterator[Problem]:
    """A translation that cannot be read, or that differs in a number or a placeholder."""
    if book.origin.folder:
        yield from problems_in(book.origin.folder)


def problems_in(folder: Path) -> Iterator[Problem]:
    """The same for any folder of texts."""
    for code in others(folder):
        try:
            catalog = read(folder, code)
        except BadInput as error:
            yield from error.problems
        else:
            for message in messages(catalog):
                yield from unlike(message, f"{FOLDER}/{code}.po")


def levels(folder: Path, wanted: Iterable[Wanted]) -> Iterator[str]:
    """A line for each language: how many texts it has, and what it lacks."""
    wanted = list(wanted)
    for code in others(folder):
        yield f"{FOLDER}/{code}.po: {_level(read(folder, code), wanted)}"


def others(folder: Path) -> tuple[str, ...]:
    """The languages of a folder without English."""
    return tuple(code for code in available(folder) if code != ENGLISH)


def missing(catalog: Catalog, wanted: Iterable[Wanted]) -> list[Wanted]:
    """The texts without a translation, each once."""
    once = {one.text: one for one in wanted if not _said(catalog, one)}
    return list(once.values())


def obsolete(catalog: Catalog, wanted: Iterable[Wanted]) -> list[str]:
    """The translations of texts that are no longer there, by their English."""
    used = {id(found(catalog, one)) for one in wanted}
    gone = [message for message in messages(catalog) if id(message) not in used]
    return [str(message.id) for message in (*gone, *catalog.obsolete.values())]


def _said(catalog: Catalog, one: Wanted) -> bool:
    message = found(catalog, one)
    return message is not None and translated(message)


def _level(catalog: Catalog, wanted: list[Wanted]) -> str:
    number = len({one.text for one in wanted})
    lacking = missing(catalog, wanted)
    fuzzy = sum(message.fuzzy for message in messages(catalog))
    said = f"{number - len(lacking)} of {number} texts translated"
    said += f", {fuzzy} to be looked at again" if fuzzy else ""
    gone = len(obsolete(catalog, wanted))
    said += f", {gone} no longer needed" if gone else ""
    if not lacking:
        return said
    named = [one.place for one in lacking[:MOST_NAMED]]
    more = len(lacking) - len(named)
    rest = [f"{more} more"] if more else []
    return f"{said}; missing: {', '.join([*named, *rest])}"


def unlike(message: Message, file: str) -> Iterator[Problem]:
    """What a translation says that its English text does not, or the other way round."""
    if not translated(message):
        return
    english: tuple[str, ...] = _forms(message.id)
    for text in _forms(message.string):
        for what, pattern in (("numbers", _NUMBER), ("placeholders", _PLACEHOLDER)):
            # A language may have more forms for several things than English: any of its two fits.
            expected = [_counted(pattern, form) for form in english]
            read_ = _counted(pattern, text)
            if read_ not in expected:
                wants = listed(expected[-1].elements())
                yield Problem(
                    file,
                    message.lineno,
                    f"read the {what} {listed(read_.elements())}, expected {wants}: {quoted(text)}",
                )


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """How often each stands in a text; a decimal comma is a point, and 5,000 is 5000."""
    return Counter(found_.replace(",", ".") for found_ in pattern.findall(_THOUSANDS.sub("", text)))


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())
