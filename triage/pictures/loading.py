"""The pictures of a rule book, read from its folder `pictures/` when somebody first asks for them.

A book may have none.  Whoever assesses a form needs none either, so that a slip in them is named
by `triage lint` and by whatever shows pictures, and by nothing else.

Not here: what is in a file (`exercise_file`, `map_file`), and whether every exercise has its
pictures (`authoring.lint_pictures`).
"""

from __future__ import annotations

import threading
from types import MappingProxyType
from weakref import WeakKeyDictionary

from triage.book.rulebook import RuleBook
from triage.book.shape_reader import ShapeReader
from triage.pictures.exercise_file import ExerciseReader
from triage.pictures.map_file import MapReader
from triage.pictures.scene import BodyMap, Pictures, Versions
from triage.pictures.shapes import MapFile, PicturesFile
from triage.problems import BadInput, Problem, in_order, nearest, quoted

FOLDER = "pictures"
MAP = f"{FOLDER}/body_map.yaml"

_known: WeakKeyDictionary[RuleBook, Pictures | None] = WeakKeyDictionary()
"""The pictures of each book that is still in use; a translated book is a book of its own."""
_one_at_a_time = threading.Lock()
"""Many threads may make reports: the first reads, and the others wait for what it read."""


def pictures_of(book: RuleBook) -> Pictures | None:
    """The pictures of a book, read once; `None` where it has no file of them.

    Raises:
        BadInput: with every problem found in the files.
    """
    with _one_at_a_time:
        if book not in _known:
            _known[book] = _read(book)
        return _known[book]


def _read(book: RuleBook) -> Pictures | None:
    files = [file for file in book.origin.documents if file.startswith(f"{FOLDER}/")]
    if not files:
        return None
    problems: list[Problem] = []
    shapes = ShapeReader(book.origin.documents, problems)
    versions: dict[str, Versions] = {}
    body_map: BodyMap | None = None
    for file in files:
        document = book.origin.documents[file]
        name = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
        if file == MAP:
            if map_file := shapes.read(file, MapFile):
                body_map = MapReader(document, problems).read(map_file, book.items)
        elif name not in book.exercises:
            near = nearest(name, book.exercises)
            problems.append(Problem(file, None, f"no exercise called {quoted(name)}{near}"))
        elif pictures_file := shapes.read(file, PicturesFile):
            exercise = ExerciseReader(document, problems, book.exercises[name])
            if found := exercise.read(pictures_file):
                versions[name] = found
    if problems:
        raise BadInput(in_order(problems))
    return Pictures(MappingProxyType(versions), body_map)
