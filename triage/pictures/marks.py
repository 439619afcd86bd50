"""What is drawn as one thing, as SVG elements: a group of outlines, a stroke, an arrow.

The line around a group is drawn first and the fills over it, so that inner lines vanish.

Not here: the colours (`ink`), and the geometry of each outline (`outlines`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeAlias

from triage.pictures.camera import Spot
from triage.pictures.ink import LINE, WHITE, paint
from triage.pictures.outlines import Extent, Line, Outline, Transform, num, union

HEAD = 9.0
"""Length of an arrow's head, in units of the picture."""
SHAFT = 2.8
RIM = 1.2


@dataclass(frozen=True, slots=True)
class Group:
    """Outlines that are drawn as one thing."""

    fills: tuple[tuple[Outline, str], ...]
    """Each outline with its colour, in the order of drawing; the line around them brings
    the first colour with it, beneath all."""
    line: str = LINE
    width: float = 1.1
    """Of the line around them, in units of the picture with a large body; 0 draws none."""
    dashed: bool = False

    def extent(self) -> Extent:
        """Left, top, right and bottom."""
        return union(outline.extent() for outline, _ in self.fills)

    def svg(self, to: Transform, prefix: str) -> str:
        """The group as SVG elements; `prefix` begins the ids of the hatching."""
        drawn = [(outline.path(to), paint(colour, prefix)) for outline, colour in self.fills]
        out = ""
        if self.width:
            # The line lies beneath the fill, so that it shows around the whole only.
            every = "".join(data for data, _ in drawn)
            dash = ' stroke-dasharray="4 3"' if self.dashed else ""
            out = (
                f'<path d="{every}" fill="{drawn[0][1]}" stroke="{self.line}" '
                f'stroke-width="{num(2 * self.width * to.pen)}"{dash}/>'
            )
        for colour, run in groupby(drawn, key=lambda pair: pair[1]):
            if not self.width or colour != drawn[0][1]:
                data = "".join(data for data, _ in run)
                out += f'<path d="{data}" fill="{colour}"/>'
        return out


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line drawn with a pen, on a wider line of another colour if need be."""

    line: Line
    colour: str
    width: float
    halo: str | None = None
    halo_width: float = 0.0

    def extent(self) -> Extent:
        """Left, top, right and bottom."""
        return self.line.extent()

    def svg(self, to: Transform, prefix: str) -> str:
        """The line as SVG elements."""
        del prefix
        data = self.line.path(to)
        pens = [(self.colour, self.width)]
        if self.halo:
            pens.insert(0, (self.halo, self.width + 2 * self.halo_width))
        return "".join(
            f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{num(width * to.pen)}"/>'
            for colour, width in pens
        )


@dataclass(frozen=True, slots=True)
class Pointer:
    """An arrow, dark with a light rim so that it shows on anything.

    Shaft and heads are measured in units of the picture: a small body needs as large an arrow.
    """

    points: tuple[Spot, ...]
    both: bool
    """Whether it has a head at either end."""

    def extent(self) -> Extent:
        """Left, top, right and bottom, with room for a head."""
        left, top, right, bottom = Line(self.points).extent()
        return (left - HEAD / 2, top - HEAD / 2, right + HEAD / 2, bottom + HEAD / 2)

    def svg(self, to: Transform, prefix: str) -> str:
        """The arrow as SVG elements."""
        del prefix
        spots = [to.spot(point) for point in self.points]
        far = sum(math.dist(one, two) for one, two in pairwise(spots))
        size = min(HEAD, far * (0.4 if self.both else 0.6))
        heads, shaft = [_head_of(spots, size)], _shorten(spots, size)
        if self.both:
            heads.append(_head_of(spots[::-1], size))
            shaft = _shorten(shaft[::-1], size)
        here = Transform(1.0, 0.0, 0.0)
        line = Line(tuple(shaft), curved=True).path(here)
        tips = "".join(Line(head, closed=True).path(here) for head in heads)
        rim, pen = num(SHAFT + 2 * RIM), num(SHAFT)
        return (
            f'<path d="{line}" fill="none" stroke="{WHITE}" stroke-width="{rim}"/>'
            f'<path d="{tips}" fill="{LINE}" stroke="{WHITE}" stroke-width="{num(2 * RIM)}"/>'
            f'<path d="{line}" fill="none" stroke="{LINE}" stroke-width="{pen}"/>'
        )


Mark: TypeAlias = Group | Stroke | Pointer


def _behind(spots: Sequence[Spot], far: float) -> tuple[list[Spot], Spot]:
    """A way without its last `far` units, and where it then ends."""
    left = [*spots]
    while len(left) > 2 and math.dist(left[-2], spots[-1]) < far:
        left.pop()
    (x, y), (a, b) = left[-2], spots[-1]
    part = max(0.0, 1 - far / (math.dist((x, y), (a, b)) or 1.0))
    return left[:-1], (x + (a - x) * part, y + (b - y) * part)


def _head_of(spots: Sequence[Spot], size: float) -> tuple[Spot, ...]:
    """The head at the end of a way."""
    (x, y), (a, b) = _behind(spots, size)[1], spots[-1]
    dx, dy = (a - x) * 0.55, (b - y) * 0.55
    return ((a, b), (x - dy, y + dx), (x + dy, y - dx))


def _shorten(spots: Sequence[Spot], size: float) -> list[Spot]:
    """A way that ends inside the head at its end."""
    kept, end = _behind(spots, size * 0.7)
    return [*kept, end]
