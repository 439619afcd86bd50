"""An elastic band around limbs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from triage.book.written import Length, Positive, Text, Written
from triage.pictures import ink
from triage.pictures.camera import Camera, Spot
from triage.pictures.marks import Stroke
from triage.pictures.outlines import Line
from triage.pictures.points import PointReader, PointShape
from triage.pictures.props.prop import Layers
from triage.pictures.space import Vec, cross, off, sub, unit
from triage.problems import quoted

WIDTH = 3.6


@dataclass(frozen=True, slots=True, kw_only=True)
class RingShape(PointShape):
    """Where a band lies around a limb, and how thick the limb is there."""

    on: Text
    toward: Text
    thick: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class BandShape(Written):
    """A loop around one limb or several."""

    around: Annotated[tuple[RingShape, ...], Length(1)]

    def read(self, points: PointReader) -> tuple[Band, ...]:
        """The loop."""
        before = len(points.problems)
        anchors = points.body.anchors()
        rings = []
        for n, ring in enumerate(self.around):
            at = points.point(ring, "around", n)
            if ring.toward == ring.on:
                message = f"toward: read {quoted(ring.toward)} twice, expected another point"
                points.note(message, "around", n, "toward")
            if len(points.problems) == before:
                along = unit(sub(anchors[ring.toward], anchors[ring.on]))
                rings.append((at, ring.thick, along))
        return (Band(tuple(rings)),) if len(points.problems) == before else ()


@dataclass(frozen=True, slots=True)
class Band:
    """A loop around some limbs: round their balls at one place each."""

    rings: tuple[tuple[Vec, float, Vec], ...]
    """Centre of each limb there, how thick it is, and the direction along it."""

    def layers(self, camera: Camera) -> Layers:
        """As far as it lies over the limbs: seen from so low, the rest is hidden by it."""
        circles: list[tuple[Vec, Spot]] = []
        for at, thick, along in self.rings:
            first = unit(cross(along, camera.away))
            second = unit(cross(along, first))
            for step in range(16):
                turn = 2 * math.pi * step / 16
                point = off(at, (math.cos(turn) * thick, first), (math.sin(turn) * thick, second))
                circles.append((point, camera.spot(point)))
        ends = sorted(circles, key=lambda pair: pair[1][0])
        sag = [camera.depth(point) for point, _ in circles]
        rise = math.sin(math.radians(camera.raised)) * (max(sag) - min(sag)) / 2
        (lx, ly), (rx, ry) = ends[0][1], ends[-1][1]
        over = Line(((lx, ly), ((lx + rx) / 2, (ly + ry) / 2 + rise), (rx, ry)), curved=True)
        return Layers(over=(Stroke(over, ink.STRETCHY, WIDTH, ink.LINE, 0.8),))
