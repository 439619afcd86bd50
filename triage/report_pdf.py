"""A report view as a tagged PDF, by Typst.

The view goes in as JSON, so that no text of a person or of a rule book is ever read as markup.  It
goes in as a file that is in memory only: Typst lays out anew whatever rests on its other inputs.
Fonts come with the program, and none of the machine's are used: a report looks the same everywhere.
What Typst keeps of a report to lay out the next one quicker changes no byte of that one, and many
threads may make reports at once.

Not here: where things stand on the page (`reports/templates/report.typ`).
"""

from __future__ import annotations

import dataclasses
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from triage.problems import BadInput, Problem
from triage.report_fit import fitted
from triage.report_view import ReportView
from triage.report_words import Words
from triage.resources import fonts_folder, templates_folder

if TYPE_CHECKING:
    import typst

EXTRA = 'a PDF needs the extra "pdf": pip install "itb-triage[pdf]"; .html and .txt work without it'
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1, which a screen reader can read; Typst refuses to write a picture without words."""


def check_installed() -> None:
    """Refuse to begin where no PDF can be made.

    Raises:
        BadInput: Typst is not installed.
    """
    try:
        import typst  # noqa: F401 - only whether it is there
    except ImportError:
        raise BadInput([Problem("report", None, EXTRA)]) from None


def compiled(view: ReportView, words: Words, paper: str, marks: tuple[str, ...]) -> bytes:
    """A view as the bytes of a PDF.

    Args:
        view: what the report shows.
        words: the words around it.
        paper: `a4` or `letter`.
        marks: a sign beside each level, most urgent first.

    Raises:
        BadInput: Typst is not installed, or no font that comes with the program has some letter.
    """
    check_installed()
    import typst

    given = {
        "report": view,
        "words": {
            name: text if isinstance(text, str) else dict(text)
            for name, text in words.texts.items()
        },
        "marks": marks,
        "paper": paper,
        "sizes": fitted(view, paper),
    }
    # Typst takes files by their names; its declared types do not say so yet.
    files: Any = {
        "main.typ": _template(),
        "given.json": json.dumps(given, default=_fields).encode(),
    }
    try:
        made = typst.compile(
            files,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=STANDARD,
            format="pdf",
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            problem = f"{error.message.split(': ', 1)[-1]}; write .html or .txt instead"
            raise BadInput([Problem("report", None, problem)]) from None
        raise
    assert isinstance(made, bytes)
    return made


def _fields(value: Any) -> dict[str, Any]:
    """A dataclass as JSON has it; quicker than `asdict`, which copies every text."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


@lru_cache
def _template() -> bytes:
    return (templates_folder() / "report.typ").read_bytes()


@lru_cache
def _fonts() -> typst.Fonts:
    """The fonts, read once: ours, and those inside Typst for letters that ours lacks."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(fonts_folder())],
    )
