"""Checks of a book's pictures: that they are all there, and that a body can be like that.

A book without any file in `pictures/` has nothing to check.  Not here: how easy their words are,
which is asked of all texts alike (`plain_language`).
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.picture_loader import FOLDER, MAP, USUAL
from triage.pictures.body import lowest
from triage.pictures.scene import Scene, Versions
from triage.problems import Problem
from triage.rulebook import RuleBook

SUNK = 0.5
"""How far a body may press into the ground, in centimetres."""


def missing_pictures(book: RuleBook) -> Iterator[Problem]:
    """An exercise, or a version of it, of which the book neither shows nor says how it looks."""
    if book.pictures is None:
        return
    for exercise in book.exercises.values():
        file = f"{FOLDER}/{exercise.id}.yaml"
        versions = book.pictures.exercises.get(exercise.id)
        if versions is None:
            yield Problem(file, None, "missing; expected the pictures of this exercise")
            continue
        for name in exercise.modifications:
            if name not in versions.said:
                expected = f"expected a picture, or 'same_as: {USUAL}'"
                yield Problem(file, None, f"no word about the version '{name}'; {expected}")


def unplaced_options(book: RuleBook) -> Iterator[Problem]:
    """An answer that has no place on the body map and is not said to have none, or both."""
    map_ = book.pictures.body_map if book.pictures else None
    if map_ is None:
        return
    for option in book.items[map_.item].options:
        places, nowhere = option in map_.places, option in map_.nowhere
        if places == nowhere:
            both = "both among 'places' and 'nowhere'" if places else "no place"
            yield Problem(MAP, None, f"'{option}': {both}; expected one of the two")


def bodies_under_ground(book: RuleBook) -> Iterator[Problem]:
    """Somebody lies or stands deeper than the ground."""
    for file, scene in _scenes(book):
        for number, panel in enumerate(scene.panels, 1):
            deep = -lowest(panel.body)
            if deep > SUNK:
                where = f"{scene.id}: panel {number}"
                yield Problem(file, None, f"{where}: the body is {deep:.1f} cm under the ground")


def _scenes(book: RuleBook) -> Iterator[tuple[str, Scene]]:
    """Every picture of an exercise, once, with its file."""
    exercises = book.pictures.exercises if book.pictures else {}
    for exercise, versions in exercises.items():
        for scene in scenes_of(versions):
            yield f"{FOLDER}/{exercise}.yaml", scene


def scenes_of(versions: Versions) -> tuple[Scene, ...]:
    """Every picture of an exercise, once."""
    together = [scene for _, scene in versions.together]
    return tuple(dict.fromkeys([versions.usual, *versions.changed.values(), *together]))
