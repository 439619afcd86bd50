"""Pictures of exercises, and of where it hurts, drawn from what the rule book says of them.

A picture is one SVG text that needs no other file, holds no letters and is the same whenever it is
drawn.  Not here: reading the book (`loading`) and showing pictures (`report`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from triage.answers.responses import Responses
from triage.book.rulebook import RuleBook
from triage.pictures import places, sheet
from triage.pictures.loading import pictures_of
from triage.pictures.scene import Scene, Versions


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and its words."""

    svg: str
    """A whole SVG file; every id in it begins with a name that no other picture has."""
    alt: str
    """What is to be seen, for those who do not see it."""
    width: float
    """Of the drawing, in units of its `viewBox`."""
    height: float


def exercise_pictures(
    book: RuleBook, exercise: str, changes: tuple[str, ...] = ()
) -> tuple[Picture, ...]:
    """The pictures of the version of an exercise that is to be done.

    Args:
        book: the rule book.
        exercise: an exercise of the book.
        changes: the changed versions that hold for a person.

    Returns:
        Those of the changes that have a picture of their own, each once and without those that
        another one covers; else the usual picture; nothing where the book has none.
    """
    pictures = pictures_of(book)
    versions = pictures.exercises.get(exercise) if pictures else None
    if versions is None:
        return ()
    chosen = list(chosen_scenes(versions, changes)) or [versions.usual]
    drawn = [(scene.alt, *sheet.picture(scene)) for scene in chosen]
    return tuple(Picture(svg, alt, width, height) for alt, svg, width, height in drawn)


def chosen_scenes(versions: Versions, changes: tuple[str, ...]) -> Iterator[Scene]:
    """The pictures of some changes, each once, and none that another one covers."""
    left = [change for change in changes if change in versions.changed]
    found: list[tuple[frozenset[str], Scene]] = []
    for names, scene in versions.together:
        # Versions that look the same count as one.
        wanted = {versions.changed[name] for name in names}
        if wanted <= {versions.changed[change] for change in left}:
            found.append((names, scene))
            left = [change for change in left if versions.changed[change] not in wanted]
    found += [(frozenset([change]), versions.changed[change]) for change in left]
    shown = [
        scene
        for names, scene in found
        if not any(names <= set(other.covers) for _, other in found if other is not scene)
    ]
    yield from {scene.id: scene for scene in shown}.values()


def body_map(book: RuleBook, responses: Responses) -> Picture | None:
    """The body map with the places that a person named.

    Args:
        book: the rule book.
        responses: the person's answers.

    Returns:
        The map, or `None` where the book has none or nothing on it is to be marked.
    """
    pictures = pictures_of(book)
    figure = pictures.body_map if pictures else None
    if figure is None or responses.applies(figure.item) is False:
        return None
    answer = responses.answers.get(figure.item)
    given = answer if isinstance(answer, frozenset) else {answer}
    marked = tuple(place for place in figure.places if place in given)
    if not marked:
        return None
    labels = book.items[figure.item].options
    alt = places.in_words(figure, [labels[place] for place in marked])
    return Picture(*places.drawing(figure, marked, alt))
