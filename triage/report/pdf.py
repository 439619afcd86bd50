"""A report view as a tagged PDF, by Typst.

The view goes in as JSON, as one string, so that no text of a person or of a rule book is ever read
as markup.  Typst parses anew whatever file it is given, but the template, which stands in a folder,
only once.
Fonts come with the program, and none of the machine's are used: a report looks the same everywhere.
What Typst keeps of a report to lay out the next one quicker changes no byte of that one, and many
threads may make reports at once.
Typst is imported when the first PDF is made: whoever wants text or HTML need not wait for it.

Not here: where things stand on the page (`reports/templates/report.typ`).
"""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from triage.languages.words import Words
from triage.problems import BadInput, Problem
from triage.report.fit import fitted
from triage.report.view import ReportView
from triage.resources import fonts_folder, templates_folder

if TYPE_CHECKING:
    import typst

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1, which a screen reader can read; Typst refuses to write a picture without words."""
TEMPLATE = "report.typ"


def make(view: ReportView, words: Words, paper: str, marks: tuple[str, ...]) -> bytes:
    """Make a PDF of a view, as bytes.

    Args:
        view: what the report shows.
        words: the words around it.
        paper: `a4` or `letter`.
        marks: a sign beside each level, most urgent first.

    Raises:
        BadInput: no font that comes with the program has some letter.
    """
    import typst

    given = {
        "report": view,
        "words": {
            name: text if isinstance(text, str) else dict(text)
            for name, text in words.texts.items()
        },
        "marks": marks,
        "paper": paper,
        "sizes": fitted(view, words, paper),
    }
    try:
        made = _compiler().compile(
            input=_document(json.dumps(given, default=_fields)),
            format="pdf",
            pdf_standards=STANDARD,
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
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _document(given: str) -> bytes:
    """What Typst compiles: the template, called with a JSON text."""
    return f'#import "/{TEMPLATE}": report\n#report(json(bytes({as_literal(given)})))'.encode()


def as_literal(text: str) -> str:
    """A JSON text as a string of Typst's, which is one word to its parser, whatever it holds.

    The text is ASCII without line ends, so that JSON's way to write it down is Typst's way too.
    """
    return json.dumps(text)


_of_this_thread = threading.local()


def _compiler() -> typst.Compiler:
    """One for each thread, which keeps the template; it cannot serve two at once."""
    if not hasattr(_of_this_thread, "compiler"):
        import typst

        _of_this_thread.compiler = typst.Compiler(
            root=templates_folder(), font_paths=_fonts(), ignore_system_fonts=True
        )
    compiler: typst.Compiler = _of_this_thread.compiler
    return compiler


@lru_cache
def _fonts() -> typst.Fonts:
    """The fonts, read once: ours, and those inside Typst for letters that ours lacks."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(fonts_folder())],
    )
