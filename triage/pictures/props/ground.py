"""A patch of ground."""

from __future__ import annotations

import math
from dataclasses import dataclass

from triage.book.written import Written
from triage.pictures.camera import Camera
from triage.pictures.marks import Group
from triage.pictures.outlines import Hull
from triage.pictures.points import PointReader, Two
from triage.pictures.props.prop import Layers
from triage.pictures.space import Vec, off

COLOUR = "#dde4e7"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundShape(Written):
    """A patch of ground, by its centre and its size."""

    at: Two
    size: Two

    def read(self, points: PointReader) -> tuple[Ground, ...]:  # noqa: ARG002 - it lies by itself
        """The patch."""
        (x, y), (wide, deep) = self.at, self.size
        return (Ground((x, y, 0.0), (wide, deep)),)


@dataclass(frozen=True, slots=True)
class Ground:
    """A patch of ground."""

    at: Vec
    size: tuple[float, float]
    """Width and depth."""

    def layers(self, camera: Camera) -> Layers:
        """An oval without a line around it."""
        points = []
        for step in range(24):
            turn = 2 * math.pi * step / 24
            at = off(self.at, (math.cos(turn) * self.size[0] / 2, (1, 0, 0)))
            points.append(camera.spot(off(at, (math.sin(turn) * self.size[1] / 2, (0, 1, 0)))))
        hull = Hull(tuple((*point, 0.3) for point in points))
        return Layers((Group(((hull, COLOUR),), width=0),))
