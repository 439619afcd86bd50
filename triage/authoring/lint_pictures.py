"""Checks of a book's pictures: that they are all there, and that a body can be like that.

A book without any file in `pictures/` has nothing to check.  Not here: how easy their words are,
which is asked of all texts alike (`reading_grade`).
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.book.rulebook import RuleBook
from triage.pictures.body import lowest
from triage.pictures.loading import FOLDER, MAP, pictures_of
from triage.pictures.scene import USUAL, BodyMap, Pictures, Scene, Versions
from triage.problems import BadInput, Problem

SUNK = 0.5
"""How far a body may press into the ground, in centimetres."""


def problems(book: RuleBook) -> Iterator[Problem]:
    """What is wrong with the files of pictures, or else with what they show."""
    try:
        pictures = pictures_of(book)
    except BadInput as error:
        yield from error.problems
        return
    if pictures is None:
        return
    yield from missing_pictures(book, pictures)
    if pictures.body_map:
        yield from unplaced_options(book, pictures.body_map)
    yield from bodies_under_ground(pictures)


def missing_pictures(book: RuleBook, pictures: Pictures) -> Iterator[Problem]:
    """An exercise, or a version of it, of which the book neither shows nor says how it looks."""
    for exercise in book.exercises.values():
        file = f"{FOLDER}/{exercise.id}.yaml"
        versions = pictures.exercises.get(exercise.id)
        if versions is None:
            yield Problem(file, None, "missing; expected the pictures of this exercise")
            continue
        for name in exercise.modifications:
            if name not in versions.said:
                expected = f"expected a picture, or 'same_as: {USUAL}'"
                yield Problem(file, None, f"no word about the version '{name}'; {expected}")


def unplaced_options(book: RuleBook, body_map: BodyMap) -> Iterator[Problem]:
    """An answer that has no place on the body map and is not said to have none, or both."""
    for option in book.items[body_map.item].options:
        places, nowhere = option in body_map.places, option in body_map.nowhere
        if places == nowhere:
            both = "both among 'places' and 'nowhere'" if places else "no place"
            yield Problem(MAP, None, f"'{option}': {both}; expected one of the two")


def bodies_under_ground(pictures: Pictures) -> Iterator[Problem]:
    """Somebody lies or stands deeper than the ground."""
    for exercise, versions in pictures.exercises.items():
        file = f"{FOLDER}/{exercise}.yaml"
        for scene in scenes_of(versions):
            for number, panel in enumerate(scene.panels, 1):
                deep = -lowest(panel.body)
                if deep > SUNK:
                    said = f"panel {number}: the body is {deep:.1f} cm under the ground"
                    yield Problem(file, None, f"{scene.id}: {said}")


def scenes_of(versions: Versions) -> tuple[Scene, ...]:
    """Every picture of an exercise, once."""
    together = [scene for _, scene in versions.together]
    return tuple(dict.fromkeys([versions.usual, *versions.changed.values(), *together]))
