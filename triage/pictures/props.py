"""Things beside the body as marks on paper: boxes, cylinders, cushions, bands, straps, arrows."""

from __future__ import annotations

import math
from itertools import product
from typing import assert_never

from triage.pictures import ink
from triage.pictures.body import ANKLE, Body
from triage.pictures.camera import Camera, Spot
from triage.pictures.ink import Circle, Group, Hull, Line, Mark, Pointer, Stroke
from triage.pictures.scene import Arrow, Band, Block, Cushion, Roller, Shadow, Strap
from triage.pictures.space import Vec, cross, dot, off, unit

COLOURS = {
    "pale": (ink.PALE, ink.PROP),
    "prop": (ink.PROP, ink.PROP_DARK),
    "wood": (ink.WOOD, "#c2a87c"),
}
SOFT_LINE = "#7b8a92"
CUSHION = "#c3d3da"
PILLOW = (
    *((-1, -0.9), (-0.55, -1), (0, -1.1), (0.55, -1), (1, -0.9), (0.94, 0)),
    *((1, 0.9), (0.55, 1), (0, 1.1), (-0.55, 1), (-1, 0.9), (-0.94, 0), (-1, -0.9)),
)
"""The outline of a pillow, with half its length and half its height for one."""
BAND = 3.6
STRAP = 2.2
LOOP = 6.0
"""How far before the ankle a strap goes around a sole, in centimetres."""
HALF_SOLE = 4.4


def solid(one: Block | Shadow | Roller | Cushion, camera: Camera) -> list[Mark]:
    """A thing that lies behind the body, or beneath a part of it."""
    match one:
        case Block():
            return block(one, camera)
        case Shadow():
            return shadow(one, camera)
        case Roller():
            return roller(one, camera)
        case Cushion():
            return cushion(one, camera)
        case _:
            assert_never(one)


def block(one: Block, camera: Camera) -> list[Mark]:
    """A box: its outline, with the sides that face the viewer."""
    light, dark = COLOURS[one.colour]
    (x0, y0, z0), (x1, y1, z1) = one.low, one.high
    corners = list(product((x0, x1), (y0, y1), (z0, z1)))
    whole = Hull(tuple((*camera.spot(corner), 0.0) for corner in corners))
    sides: list[tuple[Hull | Line, str]] = [(whole, dark)]
    lines: list[Mark] = []
    for axis in range(3):
        way: Vec = (float(axis == 0), float(axis == 1), float(axis == 2))
        facing = -dot(camera.away, way)
        if abs(facing) < 0.02:
            continue
        level = one.high[axis] if facing > 0 else one.low[axis]
        face = [corner for corner in corners if corner[axis] == level]
        shape = Hull(tuple((*camera.spot(corner), 0.0) for corner in face))
        sides.append((shape, light if axis == 2 else dark if axis == 0 else ink.WHITE))
        ring = Line(tuple(camera.spot(face[i]) for i in (0, 1, 3, 2)), closed=True)
        lines.append(Stroke(ring, SOFT_LINE, 0.7))
    if one.colour != "prop":
        sides = [(shape, dark if colour == ink.WHITE else colour) for shape, colour in sides]
    sides = [(shape, light if colour == ink.WHITE else colour) for shape, colour in sides]
    return [Group(tuple(sides), line=SOFT_LINE, width=0.9), *lines]


def shadow(one: Shadow, camera: Camera) -> list[Mark]:
    """A patch of ground."""
    points = []
    for step in range(24):
        turn = 2 * math.pi * step / 24
        at = off(one.at, (math.cos(turn) * one.size[0] / 2, (1, 0, 0)))
        points.append(camera.spot(off(at, (math.sin(turn) * one.size[1] / 2, (0, 1, 0)))))
    hull = Hull(tuple((*point, 0.3) for point in points))
    return [Group(((hull, "#dde4e7"),), width=0)]


def roller(one: Roller, camera: Camera) -> list[Mark]:
    """A cylinder with its near end."""
    axis = unit(one.axis)
    ends = [off(one.at, (part * one.length / 2, axis)) for part in (-1, 1)]
    discs = [_ring(end, axis, one.thick, camera) for end in ends]
    near = discs[0] if camera.depth(ends[0]) <= camera.depth(ends[1]) else discs[1]
    whole = Hull(tuple(circle for disc in discs for circle in disc))
    marks: list[Mark] = [Group(((whole, "#8fa3ad"),), width=1.1)]
    face = Line(tuple((x, y) for x, y, _ in near), closed=True)
    marks.append(Group(((face, ink.PROP),), width=0.6))
    return marks


def cushion(one: Cushion, camera: Camera) -> list[Mark]:
    """A pillow: its corners stick out, and its long sides bulge."""
    spots = [camera.spot(point) for point in one.points]
    (x0, y0), (x1, y1) = spots[0], spots[-1]
    right, down = _way(spots[0], spots[-1]) if len(spots) > 1 else (1.0, 0.0)
    long = math.hypot(x1 - x0, y1 - y0) / 2 + one.thick
    centre = ((x0 + x1) / 2, (y0 + y1) / 2)
    outline = tuple(
        (
            centre[0] + along * long * right - beside * one.thick * down,
            centre[1] + along * long * down + beside * one.thick * right,
        )
        for along, beside in PILLOW
    )
    return [Group(((Line(outline, closed=True, curved=True), CUSHION),), width=1.0)]


def band(one: Band, camera: Camera) -> list[Mark]:
    """A loop, as far as it lies over the limbs: seen from so low, the rest is hidden by it."""
    circles: list[tuple[Vec, Spot]] = []
    for at, thick, axis in one.rings:
        first = unit(cross(axis, camera.away))
        second = unit(cross(axis, first))
        for step in range(16):
            turn = 2 * math.pi * step / 16
            point = off(at, (math.cos(turn) * thick, first), (math.sin(turn) * thick, second))
            circles.append((point, camera.spot(point)))
    ends = sorted(circles, key=lambda pair: pair[1][0])
    sag = [camera.depth(point) for point, _ in circles]
    rise = math.sin(math.radians(camera.raised)) * (max(sag) - min(sag)) / 2
    (lx, ly), (rx, ry) = ends[0][1], ends[-1][1]
    over = Line(((lx, ly), ((lx + rx) / 2, (ly + ry) / 2 + rise), (rx, ry)), curved=True)
    return [Stroke(over, ink.STRETCHY, BAND, ink.LINE, 0.8)]


def strap(one: Strap, body: Body, camera: Camera) -> tuple[list[Mark], list[Mark]]:
    """A strap from a hand around a sole: what lies behind the leg, and what lies over it."""
    hand, leg = body.limbs[one.hand].sole, body.limbs[one.around]
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
    return _ribbon(far, camera), _ribbon(loop, camera)


def _ribbon(points: tuple[Vec, ...], camera: Camera) -> list[Mark]:
    line = Line(tuple(camera.spot(point) for point in points))
    return [Stroke(line, ink.STRETCHY, STRAP, ink.WHITE, 1.1)]


def arrow(one: Arrow, camera: Camera) -> Mark:
    """An arrow, straight through two points or curved through three."""
    points = [camera.spot(point) for point in one.points]
    if len(points) == 3:
        a, b, c = points
        points = [_on_curve(a, b, c, k / 8) for k in range(9)]
    return Pointer(tuple(points), one.both)


def _on_curve(a: Spot, b: Spot, c: Spot, t: float) -> Spot:
    """A point of the curve from `a` to `c` that passes through `b`."""
    control = (2 * b[0] - (a[0] + c[0]) / 2, 2 * b[1] - (a[1] + c[1]) / 2)
    s = 1 - t
    return (
        s * s * a[0] + 2 * s * t * control[0] + t * t * c[0],
        s * s * a[1] + 2 * s * t * control[1] + t * t * c[1],
    )


def _way(one: Spot, two: Spot) -> Spot:
    dx, dy = two[0] - one[0], two[1] - one[1]
    far = math.hypot(dx, dy) or 1.0
    return (dx / far, dy / far)


def _ring(at: Vec, axis: Vec, thick: float, camera: Camera) -> tuple[Circle, ...]:
    one = unit(cross(axis, (0.31, 0.27, 0.91)))
    two = cross(axis, one)
    turns = [2 * math.pi * step / 24 for step in range(24)]
    points = [off(at, (math.cos(t) * thick, one), (math.sin(t) * thick, two)) for t in turns]
    return tuple((*camera.spot(point), 0.0) for point in points)
