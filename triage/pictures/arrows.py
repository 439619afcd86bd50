"""Arrows that show a movement: how they are written, where they are, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from triage.book.written import Length, Written, YesNo
from triage.pictures.camera import Camera, Spot
from triage.pictures.marks import Pointer
from triage.pictures.points import PointReader, PointShape
from triage.pictures.space import Vec


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowShape(Written):
    """A movement through two or three points, to and fro if `both`."""

    through: Annotated[tuple[PointShape, ...], Length(2, 3)]
    both: YesNo = False

    def read(self, points: PointReader) -> Arrow:
        """The arrow."""
        return Arrow(points.points(self.through, "through"), self.both)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement."""

    points: tuple[Vec, ...]
    both: bool
    """Whether it goes to and fro."""

    def mark(self, camera: Camera) -> Pointer:
        """The arrow on paper, straight through two points or curved through three."""
        points = [camera.spot(point) for point in self.points]
        if len(points) == 3:
            a, b, c = points
            points = [_on_curve(a, b, c, k / 8) for k in range(9)]
        return Pointer(tuple(points), self.both)


def _on_curve(a: Spot, b: Spot, c: Spot, t: float) -> Spot:
    """A point of the curve from `a` to `c` that passes through `b`."""
    control = (2 * b[0] - (a[0] + c[0]) / 2, 2 * b[1] - (a[1] + c[1]) / 2)
    s = 1 - t
    return (
        s * s * a[0] + 2 * s * t * control[0] + t * t * c[0],
        s * s * a[1] + 2 * s * t * control[1] + t * t * c[1],
    )
