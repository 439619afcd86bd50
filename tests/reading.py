"""Reports as their readers see them: the words of each form, and the values of a view.

Words are compared without white space, because each form breaks its lines elsewhere.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw

from triage.languages.words import words
from triage.report.rendering import FORMS, Form, Paper, render
from triage.report.view import ReportView

EVERY_FORM: tuple[Form, ...] = tuple(FORMS.values())
DRAWN = ("svg",)
"""Fields of a view that are drawings, and not words."""
HIDDEN = ("iso_date", "language")
"""Fields of a view that only the properties of a file hold."""
AT_A_LINE_S_END = {0x02: "-", 0xFFFE: "-"}
"""What the reader of PDFs makes of a hyphen where a line ends."""


def footer(language: str) -> re.Pattern[str]:
    """The foot of a PDF's pages."""
    said = words(language)
    return re.compile(
        rf"{re.escape(said['not_a_diagnosis_short'])}.{{0,300}}?{said['page']} ?\d+/\d+"
    )


class Page(HTMLParser):
    """Reads an HTML report and refuses tags that do not match."""

    VOID = ("meta", "br")
    SILENT = ("style", "text")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "svg":
            self.words.append(dict(attrs).get("aria-label") or "")
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in self.SILENT:
            self.words.append(data)

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


def squeezed(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s", "", text)


@cache
def pages_of(pdf: bytes) -> tuple[str, ...]:
    """What each page of a PDF says."""
    with closing(pypdfium2.PdfDocument(pdf)) as pages:
        return tuple(" ".join(_said(page)) for page in pages)


def _said(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The words of a page, in the order in which they are drawn."""
    words = page.get_textpage()
    for drawn in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=words):
        yield drawn.extract().translate(AT_A_LINE_S_END)


@cache
def alternatives(pdf: bytes) -> tuple[str, ...]:
    """The words of every picture of a PDF, for those who do not see it."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return tuple(found)


rendered = cache(render)
"""A report, made once for all tests that read the same one."""


@cache
def read(view: ReportView, form: Form, paper: Paper = "a4") -> str:
    """What a report says, without white space; the foot of a PDF's pages is at the end once."""
    made = rendered(view, form, paper)
    if form == "html":
        return squeezed("".join(Page(made.decode()).words))
    if form == "text":
        return squeezed(made.decode())
    said = " ".join(" ".join(pages_of(made)).split())
    foot = footer(view.language).search(said)
    assert foot is not None
    return squeezed(footer(view.language).sub("", said) + "".join(alternatives(made)) + foot[0])


def strings(value: Any) -> Iterator[str]:
    """Every text in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in (*DRAWN, *HIDDEN):
                yield from strings(getattr(value, field.name))


def with_strings(value: Any, change: Callable[[str], str]) -> Any:
    """A view with every text changed, but empty ones."""
    if isinstance(value, str):
        return change(value) if value else value
    if isinstance(value, tuple):
        return tuple(with_strings(part, change) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: with_strings(getattr(value, field.name), change)
            for field in dataclasses.fields(value)
            if field.name not in (*DRAWN, *HIDDEN)
        }
        return dataclasses.replace(value, **changed)
    return value


def missing(shown: ReportView, form: Form) -> list[str]:
    """The texts of a view that a form of it does not say."""
    said = read(shown, form)
    return [text for text in strings(shown) if squeezed(text) not in said]
