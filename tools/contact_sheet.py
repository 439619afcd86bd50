"""All pictures of the shipped book on one page, to be looked at by people.

`python -m tools.contact_sheet FILE.html` writes the page: each picture at 64 mm, and so large that
nothing hides; `--grey` takes the colours away.
"""

from __future__ import annotations

import sys
from pathlib import Path

from triage.answers.responses import Responses
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook
from triage.pictures.body_map import body_map
from triage.pictures.exercises import exercise_pictures
from triage.pictures.loading import pictures_of
from triage.pictures.picture import Picture


def all_pictures(book: RuleBook) -> dict[str, Picture]:
    """Every picture of a book by a name for it: versions of exercises, and each place by itself."""
    found: dict[str, Picture] = {}
    pictures = pictures_of(book)
    assert pictures
    for exercise in book.exercises.values():
        for change in (None, *exercise.modifications):
            changes = (change,) if change else ()
            for picture in exercise_pictures(book, exercise.id, changes):
                if picture not in found.values():
                    found[f"{exercise.id}-{change or 'usual'}"] = picture
    map_ = pictures.body_map
    if map_:
        choices = {"all": frozenset(map_.places), **{p: frozenset([p]) for p in map_.places}}
        for name, places in choices.items():
            shown = body_map(book, Responses(book.items, {map_.item: places}))
            assert shown is not None
            found[f"{map_.item}-{name}"] = shown
    return found


def page(pictures: dict[str, Picture], grey: bool) -> str:
    """The page as HTML."""
    style = "figure{display:inline-block;margin:8px;vertical-align:top;max-width:520px}"
    style += "figcaption{font:11px sans-serif;max-width:500px}.s{width:64mm}.l{width:500px}"
    style += "html{filter:grayscale(1)}" if grey else ""
    figures = "".join(
        f'<figure><div class="{size}">{picture.svg}</div>'
        f"<figcaption>{name}: {picture.alt if size == 'l' else ''}</figcaption></figure>"
        for size in ("s", "l")
        for name, picture in pictures.items()
    )
    head = f"<meta charset='utf-8'><title>Pictures</title><style>{style}</style>"
    return f"<!doctype html>{head}{figures}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(all_pictures(load_rule_book()), "--grey" in sys.argv), "utf-8")
