"""Shapes on paper and the ink they are drawn with, as SVG paths.

A shape is the hull of circles or a line through points.  A `Group` is drawn as one thing: the
outline of all its shapes first, their fills over it, so that inner lines vanish.
Colours are chosen so that they differ in grey too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeAlias

from triage.pictures.camera import Spot

Circle: TypeAlias = tuple[float, float, float]
"""Centre and radius on paper."""

LINE = "#1d2b34"
SKIN = "#f6e3d3"
HAIR = "#4b4039"
SHIRT = "#9cc3d5"
SHORTS = "#64839a"
SHOE = "#8496a0"
MOVING = "#f4a83f"
MOVING_SHORTS = "#7f97a8"
HATCHED = {MOVING: "m", MOVING_SHORTS: "s"}
"""Colours that are hatched too, and how the ids of their patterns end."""
GHOST = "#fff"
PALE = "#e9eef0"
PROP = "#cfd8dc"
PROP_DARK = "#b3c0c6"
WOOD = "#d9c3a0"
STRETCHY = "#b3123f"
WHITE = "#fff"

HEAD = 9.0
"""Length of an arrow's head, in units of the picture."""
SHAFT = 2.8
RIM = 1.2

_STEPS = 180
_WAYS = [(math.cos(t), math.sin(t)) for t in (2 * math.pi * k / _STEPS for k in range(_STEPS))]


@dataclass(frozen=True, slots=True)
class Hull:
    """The smallest convex shape around some circles."""

    circles: tuple[Circle, ...]

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return (
            min(x - r for x, _, r in self.circles),
            min(y - r for _, y, r in self.circles),
            max(x + r for x, _, r in self.circles),
            max(y + r for _, y, r in self.circles),
        )

    def path(self, to: Transform) -> str:
        """The shape as SVG path data: arcs joined by straight lines."""
        circles = [to.circle(one) for one in self.circles]
        order = _order(circles)
        if len(order) == 1:
            x, y, r = circles[order[0]]
            arc = f"A{num(r)} {num(r)} 0 1 1"
            return f"M{num(x + r)} {num(y)}{arc} {num(x - r)} {num(y)}{arc} {num(x + r)} {num(y)}Z"
        sides = [
            _tangent(circles[one], circles[two])
            for one, two in zip(order, [*order[1:], order[0]], strict=True)
        ]
        start = at = _tenths(sides[-1][1])
        data = f"M{pair(start)}"
        for index, one in enumerate(order):
            x, y, r = circles[one]
            enter, (leave, arrive) = sides[index - 1][1], sides[index]
            turn = math.atan2(leave[1] - y, leave[0] - x) - math.atan2(enter[1] - y, enter[0] - x)
            large = int(turn % (2 * math.pi) > math.pi)
            leave, arrive = _tenths(leave), _tenths(arrive)
            if leave != at:
                data += f"a{num(r)} {num(r)} 0 {large} 1 {pair(_less(leave, at))}"
            if arrive != leave and index < len(order) - 1:
                data += f"l{pair(_less(arrive, leave))}"
            at = arrive
        return data + "Z"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Spot, ...]
    closed: bool = False
    curved: bool = False

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return (min(xs), min(ys), max(xs), max(ys))

    def path(self, to: Transform) -> str:
        """The line as SVG path data."""
        points = [to.spot(point) for point in self.points]
        end = "Z" if self.closed else ""
        if not self.curved or len(points) < 3:
            return "M" + "L".join(map(pair, points)) + end
        data = f"M{pair(points[0])}"
        for index in range(len(points) - 1):
            before, one = points[max(index - 1, 0)], points[index]
            two, after = points[index + 1], points[min(index + 2, len(points) - 1)]
            c1 = (one[0] + (two[0] - before[0]) / 6, one[1] + (two[1] - before[1]) / 6)
            c2 = (two[0] - (after[0] - one[0]) / 6, two[1] - (after[1] - one[1]) / 6)
            data += f"C{pair(c1)} {pair(c2)} {pair(two)}"
        return data + end


Form: TypeAlias = Hull | Line


@dataclass(frozen=True, slots=True)
class Transform:
    """From centimetres of the body to units of the picture."""

    scale: float
    right: float
    down: float

    @property
    def pen(self) -> float:
        """How wide lines are drawn: finer where bodies are small, and never too fine to print."""
        return max(0.6, min(1.0, self.scale / 0.85))

    def spot(self, at: Spot) -> Spot:
        """A point in the picture."""
        return (at[0] * self.scale + self.right, at[1] * self.scale + self.down)

    def circle(self, one: Circle) -> Circle:
        """A circle in the picture."""
        return (*self.spot((one[0], one[1])), one[2] * self.scale)


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that are drawn as one thing."""

    fills: tuple[tuple[Form, str], ...]
    """Each shape with its colour, in the order of drawing; an outline brings
    the first colour with it, beneath all."""
    line: str = LINE
    width: float = 1.1
    """Of the outline, in units of the picture with a large body; 0 draws none."""
    dashed: bool = False

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return union(form.extent() for form, _ in self.fills)

    def svg(self, to: Transform, prefix: str) -> str:
        """The group as SVG elements; `prefix` begins the ids of the hatching."""
        drawn = [(form.path(to), paint(colour, prefix)) for form, colour in self.fills]
        out = ""
        if self.width:
            # The outline lies beneath the fill, so that it shows around the whole shape only.
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

    def extent(self) -> tuple[float, float, float, float]:
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

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, with room for a head."""
        left, top, right, bottom = Line(self.points).extent()
        return (left - HEAD / 2, top - HEAD / 2, right + HEAD / 2, bottom + HEAD / 2)

    def svg(self, to: Transform, prefix: str) -> str:
        """The arrow as SVG elements."""
        del prefix
        spots = [to.spot(point) for point in self.points]
        far = sum(math.dist(one, two) for one, two in pairwise(spots))
        size = min(HEAD, far * (0.4 if self.both else 0.6))
        heads, shaft = [_head(spots, size)], _shortened(spots, size)
        if self.both:
            heads.append(_head(spots[::-1], size))
            shaft = _shortened(shaft[::-1], size)
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


def union(
    extents: Iterable[tuple[float, float, float, float]],
) -> tuple[float, float, float, float]:
    """The extent that holds all of some extents."""
    left, top, right, bottom = zip(*extents, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def num(value: float) -> str:
    """A number for an SVG file: rounded to a tenth, and as short as can be."""
    text = f"{value:.1f}".removesuffix(".0")
    text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return "0" if text == "-0" else text


def pair(spot: Spot) -> str:
    """A point for an SVG file."""
    x, y = num(spot[0]), num(spot[1])
    return f"{x}{y}" if y.startswith("-") else f"{x} {y}"


def _behind(spots: Sequence[Spot], far: float) -> tuple[list[Spot], Spot]:
    """A way without its last `far` units, and where it then ends."""
    left = [*spots]
    while len(left) > 2 and math.dist(left[-2], spots[-1]) < far:
        left.pop()
    (x, y), (a, b) = left[-2], spots[-1]
    part = max(0.0, 1 - far / (math.dist((x, y), (a, b)) or 1.0))
    return left[:-1], (x + (a - x) * part, y + (b - y) * part)


def _head(spots: Sequence[Spot], size: float) -> tuple[Spot, ...]:
    """The head at the end of a way."""
    (x, y), (a, b) = _behind(spots, size)[1], spots[-1]
    dx, dy = (a - x) * 0.55, (b - y) * 0.55
    return ((a, b), (x - dy, y + dx), (x + dy, y - dx))


def _shortened(spots: Sequence[Spot], size: float) -> list[Spot]:
    """A way that ends inside the head at its end."""
    kept, end = _behind(spots, size * 0.7)
    return [*kept, end]


def _tenths(spot: Spot) -> Spot:
    """A point as it will be written, so that steps from point to point add up."""
    return (round(spot[0], 1), round(spot[1], 1))


def _less(one: Spot, two: Spot) -> Spot:
    return (one[0] - two[0], one[1] - two[1])


def paint(colour: str, prefix: str) -> str:
    """A colour as SVG knows it: itself, or the pattern that hatches it."""
    return f"url(#{prefix}-{HATCHED[colour]})" if colour in HATCHED else colour


def hatching(prefix: str) -> str:
    """The patterns that mark what moves or hurts."""
    return "".join(
        f'<pattern id="{prefix}-{end}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M-1-1H6V6H-1Z" fill="{colour}"/>'
        f'<path d="M-1 2.5H6" stroke="{LINE}" fill="none"/></pattern>'
        for colour, end in HATCHED.items()
    )


def _order(circles: Sequence[Circle]) -> list[int]:
    """Which circles the hull touches, clockwise on paper."""
    order: list[int] = []
    for c, s in _WAYS:
        best = max(
            range(len(circles)), key=lambda i: circles[i][0] * c + circles[i][1] * s + circles[i][2]
        )
        if not order or order[-1] != best:
            order.append(best)
    if len(order) > 1 and order[0] == order[-1]:
        order.pop()
    return order


def _tangent(one: Circle, two: Circle) -> tuple[Spot, Spot]:
    """Where the outer tangent leaves the first circle and reaches the second."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    far = math.hypot(dx, dy)
    lean = math.acos(max(-1.0, min(1.0, (one[2] - two[2]) / far))) if far else 0.0
    angle = math.atan2(dy, dx) - lean
    c, s = math.cos(angle), math.sin(angle)
    return (
        (one[0] + one[2] * c, one[1] + one[2] * s),
        (two[0] + two[2] * c, two[1] + two[2] * s),
    )
