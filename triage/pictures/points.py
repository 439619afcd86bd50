"""A point as an author writes it, and where it is in space.

A written point is counted from the ground, from a point of the body that has a name, or from
somewhere between two of those.  Not here: the sums (`space`), and which names a body has (`body`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from triage.book.documents import Document, Path_
from triage.book.written import Length, Number, Text, Written
from triage.pictures.body import Body
from triage.pictures.space import Vec, add, between, length
from triage.problems import Problem, nearest, quoted

Three: TypeAlias = Annotated[tuple[Number, ...], Length(3, 3)]
Two: TypeAlias = Annotated[tuple[Number, ...], Length(2, 2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShape(Written):
    """A point: `at`, counted from a point of the body where one is named."""

    on: Text | None = None
    toward: Text | None = None
    part: Number = 0.0
    at: Three = (0.0, 0.0, 0.0)


def vec(numbers: Sequence[float]) -> Vec:
    """Three numbers as a vector."""
    x, y, z = numbers
    return (float(x), float(y), float(z))


@dataclass(frozen=True, slots=True)
class PointReader:
    """Finds written points beside one body, and notes what is wrong with them."""

    body: Body
    document: Document
    path: Path_
    """Where in the document they stand."""
    problems: list[Problem]

    def below(self, *keys: str | int) -> PointReader:
        """A reader of what stands below some keys."""
        return replace(self, path=(*self.path, *keys))

    def note(self, message: str, *keys: str | int) -> None:
        """Note a problem with what stands below some keys."""
        self.problems.append(self.document.problem((*self.path, *keys), message))

    def point(self, shape: PointShape, *keys: str | int) -> Vec:
        """Where a written point is; at the origin where a problem was noted."""
        anchors = self.body.anchors()
        for key, name in (("on", shape.on), ("toward", shape.toward)):
            if name is not None and name not in anchors:
                self.note(f"no point called {quoted(name)}{nearest(name, anchors)}", *keys, key)
                return (0.0, 0.0, 0.0)
        start = (0.0, 0.0, 0.0) if shape.on is None else anchors[shape.on]
        if shape.toward is not None:
            start = between(start, anchors[shape.toward], shape.part)
        return add(start, vec(shape.at))

    def points(self, shapes: Sequence[PointShape], *keys: str | int) -> tuple[Vec, ...]:
        """Where some written points are."""
        return tuple(self.point(shape, *keys, n) for n, shape in enumerate(shapes))

    def direction(self, numbers: Sequence[float], *keys: str | int) -> Vec:
        """A written direction; a problem is noted where it is none."""
        found = vec(numbers)
        if not length(found):
            self.note(f"{keys[-1]}: read {quoted(list(numbers))}, expected a direction", *keys)
        return found
