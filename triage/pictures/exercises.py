"""Which pictures of an exercise are shown, by the changed versions that hold for a person.

Not here: how they are drawn (`sheet`), and which places the body map marks (`body_map`).
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.book.rulebook import RuleBook
from triage.pictures import sheet
from triage.pictures.loading import pictures_of
from triage.pictures.picture import Picture
from triage.pictures.scene import Scene, Versions


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

    Raises:
        BadInput: the book's files of pictures cannot be read.
    """
    pictures = pictures_of(book)
    versions = pictures.exercises.get(exercise) if pictures else None
    if versions is None:
        return ()
    scenes = list(choose_scenes(versions, changes)) or [versions.usual]
    return tuple(map(sheet.draw, scenes))


def choose_scenes(versions: Versions, changes: tuple[str, ...]) -> Iterator[Scene]:
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
