"""The camera: points in space to points on paper, without perspective.

Paper is in centimetres of the body, `x` to the right and `y` down.  Not here: how large the
picture comes out (`sheet`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from triage.pictures.space import Vec, dot

Spot: TypeAlias = tuple[float, float]
"""A point on paper."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the viewer stands."""

    turned: float
    """Degrees to which the viewer has walked round to the left of the picture."""
    raised: float
    """Degrees above the horizon; 90 looks straight down."""

    @property
    def away(self) -> Vec:
        """The direction in which the viewer looks."""
        turn, rise = math.radians(self.turned), math.radians(self.raised)
        return (
            math.sin(turn) * math.cos(rise),
            math.cos(turn) * math.cos(rise),
            -math.sin(rise),
        )

    def spot(self, point: Vec) -> Spot:
        """Where a point comes to lie on paper."""
        turn, rise = math.radians(self.turned), math.radians(self.raised)
        right = (math.cos(turn), -math.sin(turn), 0.0)
        up = (
            math.sin(turn) * math.sin(rise),
            math.cos(turn) * math.sin(rise),
            math.cos(rise),
        )
        return (dot(point, right), -dot(point, up))

    def depth(self, point: Vec) -> float:
        """How far away a point is; only differences mean something."""
        return dot(point, self.away)
