"""Outlines on paper as SVG path data: hulls of circles, and lines through points.

Not here: the colours (`ink`), and what is drawn as one thing (`marks`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from triage.pictures.camera import Spot

Circle: TypeAlias = tuple[float, float, float]
"""Centre and radius on paper."""
Extent: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

_STEPS = 180
_WAYS = [(math.cos(t), math.sin(t)) for t in (2 * math.pi * k / _STEPS for k in range(_STEPS))]


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
class Hull:
    """The smallest convex shape around some circles."""

    circles: tuple[Circle, ...]

    def extent(self) -> Extent:
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

    def extent(self) -> Extent:
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


Outline: TypeAlias = Hull | Line


def union(extents: Iterable[Extent]) -> Extent:
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


def _tenths(spot: Spot) -> Spot:
    """A point as it will be written, so that steps from point to point add up."""
    return (round(spot[0], 1), round(spot[1], 1))


def _less(one: Spot, two: Spot) -> Spot:
    return (one[0] - two[0], one[1] - two[1])


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
