"""A body as marks on paper: limbs, trunk and head, the farthest first.

Clothes are there to tell the limbs apart.  A limb that moves has a colour, a thicker outline and a
hatching of its own.  Not here: sizes (`body`) and colours (`ink`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from triage.pictures import ink
from triage.pictures.body import PARTS, Ball, Body, Limb
from triage.pictures.camera import Camera
from triage.pictures.marks import Group, Mark
from triage.pictures.outlines import Hull
from triage.pictures.space import Vec, between, cross, dot, off, scale, sub, unit

SLEEVE = 0.55
"""How much of an upper arm the sleeve covers."""
LEGGING = 0.62
"""How much of an upper leg the shorts cover."""
MOVING_LINE = 2.0
STRAIGHT = -0.6
"""A leg that hangs down from the trunk at least so well ends under the hem of the shirt."""
HIDDEN = 8.4
"""How thick such a leg begins, in centimetres."""
FOLDED = 0.6
"""The bones of a leg that point so differently, by the cosine, are drawn one over the other."""
BEHIND = 4.0
"""A limb that starts so many centimetres behind the trunk beside it is drawn before it."""


def figure(
    body: Body, camera: Camera, moving: Collection[str] = (), layers: Sequence[str] = ()
) -> list[tuple[str, list[Mark]]]:
    """The parts of a body with their marks, in the order of drawing.

    Args:
        body: the position.
        camera: from where it is seen.
        moving: the limbs that move.
        layers: parts from far to near where their distance does not tell; the others keep
            their place.
    """
    drawn = {
        name: _limb(limb, camera, name in moving, _hangs(body, limb))
        for name, limb in body.limbs.items()
    }
    drawn["trunk"] = _trunk(body, camera)
    drawn["head"] = _head(body, camera)
    order = _order(body, camera, layers)
    hem: tuple[str, Mark] | None = None
    for name in order[order.index("trunk") + 1 :]:
        limb = body.limbs.get(name)
        if limb is None:
            continue
        mark = _joining(body, name, limb, camera, name in moving)
        drawn[name].append(mark)
        if _hangs(body, limb):  # one hem over both
            if hem:
                drawn[hem[0]].remove(hem[1])
            hem = (name, mark)
    return [(part, drawn[part]) for part in order]


def ghost(limb: Limb, camera: Camera) -> Mark:
    """Where a limb was: its outline in dashes."""
    shapes = [*_pairs(limb.upper()), *_pairs(limb.lower()), *limb.tip_balls()]
    fills = tuple((_hull(shape, camera), ink.GHOST) for shape in shapes)
    return Group(fills, line="#44525a", width=1.1, dashed=True)


def _order(body: Body, camera: Camera, layers: Sequence[str]) -> list[str]:
    trunk = camera.depth(between(body.at, body.neck, 0.5))
    far = {"trunk": trunk, "head": camera.depth(body.skull) - 1}
    if dot(body.head.facing, camera.away) < 0:  # the chin lies before the neck
        far["head"] = min(far["head"], trunk - 0.5)
    for name, limb in body.limbs.items():
        centre = camera.depth(between(limb.root, limb.end, 0.5))
        start = camera.depth(limb.root)
        beside = camera.depth(body.neck if limb.kind == "arm" else body.at)
        far[name] = centre if start > beside + BEHIND else min(centre, trunk - 1)
    order = sorted(PARTS, key=lambda part: -far[part])
    places = sorted(order.index(part) for part in layers)
    for place, part in zip(places, layers, strict=True):
        order[place] = part
    return order


def _hull(balls: Iterable[Ball], camera: Camera) -> Hull:
    return Hull(tuple((*camera.spot(point), thick) for point, thick in balls))


def _pairs(balls: Sequence[Ball]) -> list[tuple[Ball, ...]]:
    """Neighbours along a chain of balls."""
    return list(pairwise(balls))


def _cut(balls: Sequence[Ball], part: float, more: float) -> list[tuple[Ball, ...]]:
    """The beginning of a chain of balls as a garment around it, `more` centimetres thicker."""
    ends = len(balls) - 1
    at = part * ends
    kept = [(point, thick + more) for point, thick in balls[: int(at) + 1]]
    if at > int(at):
        one, two = balls[int(at)], balls[int(at) + 1]
        rest = at - int(at)
        kept.append((between(one[0], two[0], rest), one[1] + (two[1] - one[1]) * rest + more))
    return _pairs(kept)


def _limb(limb: Limb, camera: Camera, moving: bool, hangs: bool) -> list[Mark]:
    """A limb; where it hangs from the pelvis it starts so thin that its line is hidden there."""
    upper = limb.upper()
    if hangs:
        upper = ((upper[0][0], HIDDEN), *upper[1:])
    arm = limb.kind == "arm"
    skin = ink.MOVING if moving else ink.SKIN
    shorts = ink.MOVING_SHORTS if moving else ink.SHORTS
    cloth = ink.SHIRT if arm else shorts
    tip = skin if arm else ink.SHOE
    width = MOVING_LINE if moving else 1.1
    below = [(_hull(pair, camera), skin) for pair in _pairs(limb.lower())]
    below += [(_hull(balls, camera), tip) for balls in limb.tip_balls()]
    # The garment covers the upper half of the upper bone.
    above = [(_hull(pair, camera), skin) for pair in _pairs(upper)[1:]]
    above += [(_hull(pair, camera), cloth) for pair in _cut(upper, SLEEVE if arm else LEGGING, 0.5)]
    folded = dot(unit(sub(limb.joint, limb.root)), unit(sub(limb.end, limb.joint))) < FOLDED
    if arm or not folded:
        return [Group((*below, *above), width=width)]
    # One bone lies over the other: a line between them, which ends at the joint.
    bones = [(limb.root, tuple(above)), (limb.end, tuple(below))]
    bones.sort(key=lambda bone: -camera.depth(bone[0]))
    joint = _hull([(limb.joint, limb.lower()[0][1])], camera)
    marks: list[Mark] = [Group(fills, width=width) for _, fills in bones]
    return [*marks, Group(((joint, skin),), width=0)]


def _hangs(body: Body, limb: Limb) -> bool:
    """Whether a leg hangs down from the trunk."""
    way = unit(sub(limb.joint, limb.root))
    return limb.kind == "leg" and dot(way, body.pelvis.up) < STRAIGHT


def _joining(body: Body, name: str, limb: Limb, camera: Camera, moving: bool) -> Mark:
    """What takes away the line between a limb's garment and that of the trunk."""
    if limb.kind == "arm":
        inward = -5 if name.startswith("right") else 5
        inner = off(limb.root, (inward, body.chest.right), (-1, body.chest.up))
        shoulder = (limb.root, limb.upper()[0][1] - 0.6)
        return Group(((_hull((shoulder, (inner, 4.0)), camera), ink.SHIRT),), width=0)
    if _hangs(body, limb):
        return Group(
            (
                (_hull(body.seat_balls(), camera), ink.SHORTS),
                (_hull(body.chest_balls()[0], camera), ink.SHIRT),
            ),
            width=0,
        )
    inner = between(limb.root, off(body.at, (3, body.pelvis.up)), 0.5)
    lap = (limb.root, limb.upper()[0][1] - 0.6)
    cloth = ink.MOVING_SHORTS if moving else ink.SHORTS
    return Group(((_hull((lap, (inner, 8.5)), camera), cloth),), width=0)


def _trunk(body: Body, camera: Camera) -> list[Mark]:
    fills = [(_hull(body.neck_balls(), camera), ink.SKIN)]
    fills.append((_hull(body.pelvis_balls(), camera), ink.SHORTS))
    fills += [(_hull(balls, camera), ink.SHIRT) for balls in body.chest_balls()]
    return [Group(tuple(fills))]


def _head(body: Body, camera: Camera) -> list[Mark]:
    """Face and hair are the two halves of a ball; the one that is turned to the viewer is over."""
    face = _hull(body.face_balls(), camera)
    hair_way = unit(off((0.0, 0.0, 0.0), (-0.75, body.head.facing), (0.66, body.head.up)))
    centre = off(body.skull, (1.5, body.head.up))
    shell = Hull(((*camera.spot(centre), 10.2),))
    nose = _hull(body.nose(), camera)
    to_viewer = dot(hair_way, scale(camera.away, -1))
    if to_viewer > 0:
        cap = _half_ball(centre, 10.2, hair_way, camera)
        return [Group(((nose, ink.SKIN), (face, ink.SKIN), (cap, ink.HAIR)))]
    near = _half_ball(centre, 9.6, scale(hair_way, -1), camera)
    fills = ((shell, ink.HAIR), (_chin(body, camera), ink.SKIN), (near, ink.SKIN))
    nose_over = (
        Group(((nose, ink.SKIN),), width=0.6)
        if abs(dot(body.head.facing, camera.away)) < 0.97
        else None
    )
    marks: list[Mark] = [Group(fills)]
    if nose_over:
        marks.insert(0, nose_over)
    eyes = tuple(
        (_hull([(point, thick)], camera), ink.LINE)
        for point, thick in body.eyes()
        if dot(sub(point, body.skull), camera.away) < -3
    )
    if eyes:
        marks.append(Group(eyes, width=0))
    return marks


def _chin(body: Body, camera: Camera) -> Hull:
    chin = body.face_balls()[1]
    return _hull(
        (chin, (off(body.skull, (-1, body.head.up), (1.5, body.head.facing)), 7.4)), camera
    )


def _half_ball(centre: Vec, thick: float, way: Vec, camera: Camera) -> Hull:
    """The visible part of the half of a ball that lies towards `way`, which faces the viewer."""
    view = scale(camera.away, -1)
    points = []
    for pole in (way, view):
        side = cross(pole, (0.3, 0.5, 0.81))
        one = unit(side)
        two = unit(cross(pole, one))
        for step in range(24):
            angle = 2 * math.pi * step / 24
            point = off((0.0, 0.0, 0.0), (math.cos(angle), one), (math.sin(angle), two))
            if dot(point, way) > -1e-6 and dot(point, view) > -1e-6:
                points.append(off(centre, (thick, point)))
    return Hull(tuple((*camera.spot(point), 0.01) for point in points))
