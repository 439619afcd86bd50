"""A strap that is held in a hand and goes around the end of a leg."""

from __future__ import annotations

from dataclasses import dataclass

from triage.book.written import Written
from triage.pictures import ink
from triage.pictures.body import ANKLE, Body, LimbName
from triage.pictures.camera import Camera
from triage.pictures.marks import Stroke
from triage.pictures.outlines import Line
from triage.pictures.points import PointReader
from triage.pictures.props.prop import Layers
from triage.pictures.space import Vec, cross, off

WIDTH = 2.2
LOOP = 6.0
"""How far before the ankle a strap goes around a sole, in centimetres."""
HALF_SOLE = 4.4


@dataclass(frozen=True, slots=True, kw_only=True)
class StrapShape(Written):
    """A strap from one limb, which holds it, around another one."""

    hand: LimbName
    around: LimbName

    def read(self, points: PointReader) -> tuple[Strap, ...]:
        """The strap."""
        return (Strap(points.body, self.hand, self.around),)


@dataclass(frozen=True, slots=True)
class Strap:
    """A strap from a hand around the end of a leg."""

    body: Body
    hand: str
    """A limb of the body, as is what it goes around."""
    around: str

    def layers(self, camera: Camera) -> Layers:
        """What lies behind the leg, and what lies over it."""
        hand, leg = self.body.limbs[self.hand].sole, self.body.limbs[self.around]
        along = off(leg.end, (LOOP, leg.pointing))
        wide = cross(leg.pointing, leg.back)
        strands = []
        for side in (-HALF_SOLE, HALF_SOLE):
            edge = off(along, (side, wide), (-1.5, leg.back))
            under = off(along, (side * 0.8, wide), (-ANKLE, leg.back))
            strands.append((camera.depth(edge), (hand, edge, under)))
        (_, near), (_, far) = sorted(strands)
        sole = camera.depth(near[2]) < camera.depth(near[1]) - 2
        loop = (*near, *far[:0:-1], hand) if sole else near
        return Layers((_ribbon(far, camera),), (_ribbon(loop, camera),), self.around)


def _ribbon(points: tuple[Vec, ...], camera: Camera) -> Stroke:
    line = Line(tuple(camera.spot(point) for point in points))
    return Stroke(line, ink.STRETCHY, WIDTH, ink.WHITE, 1.1)
