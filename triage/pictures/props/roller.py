"""A foam roller, or anything else that is a cylinder."""

from __future__ import annotations

import math
from dataclasses import dataclass

from triage.book.written import Positive, Written
from triage.pictures import ink
from triage.pictures.camera import Camera
from triage.pictures.marks import Group
from triage.pictures.outlines import Circle, Hull, Line
from triage.pictures.points import PointReader, PointShape, Three
from triage.pictures.props.prop import Layers
from triage.pictures.space import Vec, cross, off, unit

COLOUR = "#8fa3ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollerShape(Written):
    """A cylinder by its centre and the direction of its axis."""

    at: PointShape
    axis: Three
    length: Positive
    thick: Positive

    def read(self, points: PointReader) -> tuple[Roller, ...]:
        """The cylinder."""
        at = points.point(self.at, "at")
        return (Roller(at, points.direction(self.axis, "axis"), self.length, self.thick),)


@dataclass(frozen=True, slots=True)
class Roller:
    """A cylinder."""

    at: Vec
    axis: Vec
    length: float
    thick: float
    """Its radius."""

    def layers(self, camera: Camera) -> Layers:
        """Its outline, with the end that is nearer."""
        axis = unit(self.axis)
        ends = [off(self.at, (part * self.length / 2, axis)) for part in (-1, 1)]
        discs = [_disc(end, axis, self.thick, camera) for end in ends]
        near = discs[0] if camera.depth(ends[0]) <= camera.depth(ends[1]) else discs[1]
        whole = Hull(tuple(circle for disc in discs for circle in disc))
        face = Line(tuple((x, y) for x, y, _ in near), closed=True)
        return Layers((Group(((whole, COLOUR),)), Group(((face, ink.PROP),), width=0.6)))


def _disc(at: Vec, axis: Vec, thick: float, camera: Camera) -> tuple[Circle, ...]:
    """Points around an end."""
    one = unit(cross(axis, (0.31, 0.27, 0.91)))
    two = cross(axis, one)
    turns = [2 * math.pi * step / 24 for step in range(24)]
    points = [off(at, (math.cos(t) * thick, one), (math.sin(t) * thick, two)) for t in turns]
    return tuple((*camera.spot(point), 0.0) for point in points)
