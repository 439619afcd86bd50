"""A rule book in another language: the same book with every text replaced that a person reads.

The texts are replaced in the files as they were read, and the loader makes a book of them again.
So no text can be forgotten here, and nothing but texts can change: ids, conditions, levels, numbers
and the digest are those of the English book.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from triage.book.documents import Document
from triage.book.loading import with_documents
from triage.book.rulebook import ENGLISH, RuleBook
from triage.book.texts import Line, entries
from triage.languages.catalogue import Wanted, file_of, is_draft, read, usable


def in_language(book: RuleBook, code: str) -> RuleBook:
    """A rule book in another language.

    Args:
        book: the book in English, as it was read from its folder.
        code: the language, such as `es`; English is the book itself.

    Returns:
        The same book in its texts' translations.  A text that has none stays English, and is
        counted in `untranslated`.

    Raises:
        BadInput: the book's folder has no such language, or its file cannot be read.
    """
    assert book.language == ENGLISH, "a translation is made of the English book"
    if code == ENGLISH:
        return book
    folder, english = book.origin.folder, book.origin.documents
    assert folder, "a book that was read has a folder"
    catalog = read(folder, code)
    values = {file: copy.deepcopy(document.value) for file, document in english.items()}
    missing = 0
    for line in lines(english):
        text = usable(catalog, Wanted(line.text, line.place))
        if text is None:
            missing += 1
        else:
            _put(values[line.file], line, text)
    documents = {
        file: Document(file, values[file], document.lines) for file, document in english.items()
    }
    return replace(
        with_documents(book, documents),
        language=code,
        translation=hashlib.sha256(file_of(folder, code).read_bytes()).hexdigest(),
        untranslated=missing,
        translation_draft=is_draft(catalog),
    )


def lines(documents: Mapping[str, Document]) -> Iterator[Line]:
    """Every text of a book's files that anybody is shown."""
    return (line for entry in entries(documents) for line in entry.shown)


def _put(value: Any, line: Line, text: str) -> None:
    """Sets the text at a line's path; the words beside a name are made where there are none."""
    for key in line.path[:-1]:
        value = value.setdefault(key, {}) if isinstance(value, dict) else value[key]
    value[line.path[-1]] = text
