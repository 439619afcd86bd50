"""Points and directions in space, and the joint that lies between two bones.

Lengths are centimetres.  `x` runs to the right of the picture, `y` away from the viewer and `z` up
from the ground, at a camera that is not turned.  Not here: what the points belong to (`body`), or
how they come onto paper (`camera`).
"""

from __future__ import annotations

import math
from typing import TypeAlias

Vec: TypeAlias = tuple[float, float, float]
"""A point or a direction."""


def add(one: Vec, two: Vec) -> Vec:
    """The sum of two vectors."""
    return (one[0] + two[0], one[1] + two[1], one[2] + two[2])


def sub(one: Vec, two: Vec) -> Vec:
    """What leads from `two` to `one`."""
    return (one[0] - two[0], one[1] - two[1], one[2] - two[2])


def scale(one: Vec, by: float) -> Vec:
    """A vector made `by` times as long."""
    return (one[0] * by, one[1] * by, one[2] * by)


def dot(one: Vec, two: Vec) -> float:
    """The inner product."""
    return one[0] * two[0] + one[1] * two[1] + one[2] * two[2]


def cross(one: Vec, two: Vec) -> Vec:
    """The outer product, right-handed."""
    return (
        one[1] * two[2] - one[2] * two[1],
        one[2] * two[0] - one[0] * two[2],
        one[0] * two[1] - one[1] * two[0],
    )


def length(one: Vec) -> float:
    """How long a vector is."""
    return math.sqrt(dot(one, one))


def unit(one: Vec) -> Vec:
    """A vector's direction, one centimetre long.

    Raises:
        ValueError: it has no length, and so no direction.
    """
    size = length(one)
    if size < 1e-9:
        raise ValueError("no direction")
    return scale(one, 1 / size)


def off(start: Vec, *steps: tuple[float, Vec]) -> Vec:
    """The point that is reached from `start` by going so far along each direction."""
    for far, way in steps:
        start = add(start, scale(way, far))
    return start


def between(one: Vec, two: Vec, part: float) -> Vec:
    """The point at a part of the way from `one` (0) to `two` (1)."""
    return add(one, scale(sub(two, one), part))


def square_to(way: Vec, along: Vec) -> Vec:
    """The direction that is square to `along` and nearest to `way`.

    Raises:
        ValueError: the two point the same way, or right against each other.
    """
    along = unit(along)
    return unit(sub(unit(way), scale(along, dot(unit(way), along))))


def two_bones(root: Vec, end: Vec, upper: float, lower: float, bend: Vec) -> Vec:
    """The joint between two bones whose far ends are given.

    Args:
        root: where the upper bone starts.
        end: where the lower bone ends.
        upper: length of the upper bone in centimetres.
        lower: length of the lower bone in centimetres.
        bend: the side towards which the joint points.

    Raises:
        ValueError: the bones cannot span that distance, or `bend` points along it.
    """
    far = length(sub(end, root))
    if not abs(upper - lower) <= far <= upper + lower + 1e-6:
        raise ValueError(f"{far:.1f} cm away")
    way = unit(sub(end, root))
    down = (upper**2 - lower**2 + far**2) / (2 * far)
    out = math.sqrt(max(0.0, upper**2 - down**2))
    return off(root, (down, way), (out, square_to(bend, way)))


def span(upper: float, lower: float, bent: float) -> float:
    """How far apart the ends of two bones are when the joint is bent by so many degrees."""
    inner = math.radians(180 - bent)
    return math.sqrt(upper**2 + lower**2 - 2 * upper * lower * math.cos(inner))
