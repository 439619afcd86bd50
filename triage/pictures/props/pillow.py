"""A pillow, or a bolster."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from triage.book.written import Length, Positive, Written
from triage.pictures.camera import Camera, Spot
from triage.pictures.marks import Group
from triage.pictures.outlines import Line
from triage.pictures.points import PointReader, PointShape
from triage.pictures.props.prop import Layers
from triage.pictures.space import Vec

COLOUR = "#c3d3da"
OUTLINE = (
    *((-1, -0.9), (-0.55, -1), (0, -1.1), (0.55, -1), (1, -0.9), (0.94, 0)),
    *((1, 0.9), (0.55, 1), (0, 1.1), (-0.55, 1), (-1, 0.9), (-0.94, 0), (-1, -0.9)),
)
"""With half its length and half its height for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PillowShape(Written):
    """A pillow through some points, `thick` to either side."""

    through: Annotated[tuple[PointShape, ...], Length(1)]
    thick: Positive

    def read(self, points: PointReader) -> tuple[Pillow, ...]:
        """The pillow."""
        return (Pillow(points.points(self.through, "through"), self.thick),)


@dataclass(frozen=True, slots=True)
class Pillow:
    """Something soft, from one point to another."""

    points: tuple[Vec, ...]
    thick: float
    """Half of its height."""

    def layers(self, camera: Camera) -> Layers:
        """Its corners stick out, and its long sides bulge."""
        spots = [camera.spot(point) for point in self.points]
        (x0, y0), (x1, y1) = spots[0], spots[-1]
        right, down = _way(spots[0], spots[-1]) if len(spots) > 1 else (1.0, 0.0)
        long = math.hypot(x1 - x0, y1 - y0) / 2 + self.thick
        centre = ((x0 + x1) / 2, (y0 + y1) / 2)
        outline = tuple(
            (
                centre[0] + along * long * right - beside * self.thick * down,
                centre[1] + along * long * down + beside * self.thick * right,
            )
            for along, beside in OUTLINE
        )
        return Layers((Group(((Line(outline, closed=True, curved=True), COLOUR),), width=1.0),))


def _way(one: Spot, two: Spot) -> Spot:
    dx, dy = two[0] - one[0], two[1] - one[1]
    far = math.hypot(dx, dy) or 1.0
    return (dx / far, dy / far)
