"""Boxes, and what is made of boxes: a mat, a chair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

from triage.book.written import Positive, Written
from triage.pictures import ink
from triage.pictures.camera import Camera
from triage.pictures.marks import Group, Mark, Stroke
from triage.pictures.outlines import Hull, Line
from triage.pictures.points import PointReader, Three, Two, vec
from triage.pictures.props.prop import Layers
from triage.pictures.space import Vec, dot

Colour: TypeAlias = Literal["pale", "prop", "wood"]

COLOURS = {
    "pale": (ink.PALE, ink.PROP),
    "prop": (ink.PROP, ink.PROP_DARK),
    "wood": (ink.WOOD, "#c2a87c"),
}
"""The light and the dark tone of each colour."""
SOFT_LINE = "#7b8a92"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatShape(Written):
    """A mat, by its centre and its size."""

    at: Two
    size: Two

    def read(self, points: PointReader) -> tuple[Block, ...]:  # noqa: ARG002 - it lies on the ground
        """The mat, as high as the ground."""
        (x, y), (wide, deep) = self.at, self.size
        low, high = (x - wide / 2, y - deep / 2, -2.0), (x + wide / 2, y + deep / 2, 0.0)
        return (Block(low, high, "pale"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxShape(Written):
    """A box from its lowest to its highest corner."""

    low: Three
    high: Three
    colour: Colour = "pale"

    def read(self, points: PointReader) -> tuple[Block, ...]:  # noqa: ARG002 - it stands by itself
        """The box."""
        return (Block(vec(self.low), vec(self.high), self.colour),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairShape(Written):
    """A chair whose sitter looks at the viewer."""

    at: Two
    seat: Positive

    def read(self, points: PointReader) -> tuple[Block, ...]:  # noqa: ARG002 - it stands by itself
        """A chair of boxes, the farthest first."""
        (x, y), top = self.at, self.seat
        half, rail = 21.0, 3.5

        def post(dx: float, dy: float, high: float) -> Block:
            low = (x + dx - rail / 2, y + dy - rail / 2, 0.0)
            return Block(low, (low[0] + rail, low[1] + rail, high), "wood")

        back, near = half - rail / 2, -half + rail / 2
        return (
            post(back, back, top + 40),
            post(near, back, top + 40),
            Block((x - half, y + back, top + 14), (x + half, y + half, top + 42), "wood"),
            post(back, near, top),
            post(near, near, top),
            Block((x - half, y - half, top - 4), (x + half, y + half, top), "wood"),
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A box: a mat, a seat, a counter, a wall."""

    low: Vec
    """The corner with the smallest numbers."""
    high: Vec
    colour: Colour

    def layers(self, camera: Camera) -> Layers:
        """Its outline, with the sides that face the viewer."""
        light, dark = COLOURS[self.colour]
        (x0, y0, z0), (x1, y1, z1) = self.low, self.high
        corners = list(product((x0, x1), (y0, y1), (z0, z1)))
        tones = (dark, light if self.colour == "prop" else dark, light)
        sides: list[tuple[Hull | Line, str]] = [(_hull(corners, camera), dark)]
        lines: list[Mark] = []
        for axis, tone in enumerate(tones):
            way: Vec = (float(axis == 0), float(axis == 1), float(axis == 2))
            facing = -dot(camera.away, way)
            if abs(facing) < 0.02:
                continue
            level = self.high[axis] if facing > 0 else self.low[axis]
            face = [corner for corner in corners if corner[axis] == level]
            sides.append((_hull(face, camera), tone))
            ring = Line(tuple(camera.spot(face[i]) for i in (0, 1, 3, 2)), closed=True)
            lines.append(Stroke(ring, SOFT_LINE, 0.7))
        return Layers((Group(tuple(sides), line=SOFT_LINE, width=0.9), *lines))


def _hull(corners: list[Vec], camera: Camera) -> Hull:
    return Hull(tuple((*camera.spot(corner), 0.0) for corner in corners))
