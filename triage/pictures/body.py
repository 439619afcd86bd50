"""An adult's body in one position: where its joints are, and the balls that fill it out.

The sizes are those of a person of about 170 cm.  A limb is two bones and a tip: an arm with its
hand, a leg with its sole.  Not here: how a position is written down (`poses`), or how the body
is drawn (`figure`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from triage.pictures.space import Vec, between, cross, off, square_to, sub, unit

Ball: TypeAlias = tuple[Vec, float]
"""A point of the body and how thick the body is around it, in centimetres."""

LimbName: TypeAlias = Literal["left_arm", "right_arm", "left_leg", "right_leg"]
PartName: TypeAlias = Literal[LimbName, "trunk", "head"]

SIDES = ("left", "right")
LIMBS: tuple[str, ...] = get_args(LimbName)
PARTS: tuple[str, ...] = get_args(PartName)
"""What is drawn one over the other."""

BONES = {"arm": (28.0, 25.0), "leg": (43.0, 41.0)}
"""Upper and lower bone of a limb."""
ANKLE = 8.0
"""How high the end of a leg stands over the ground under its sole."""
HALF_PELVIS = 8.5
LOINS = 14.0
CHEST = 33.0
HALF_SHOULDERS = 17.0
NECK = 9.0
SKULL = 11.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How a part of the trunk is turned; the three directions are square to each other."""

    up: Vec
    facing: Vec

    @property
    def right(self) -> Vec:
        """The person's own right."""
        return cross(self.facing, self.up)


def frame(up: Vec, facing: Vec) -> Frame:
    """The frame whose `up` is as given and whose `facing` is as near as can be.

    Raises:
        ValueError: the two point along one line.
    """
    return Frame(unit(up), square_to(facing, up))


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg."""

    kind: str
    """`arm` or `leg`."""
    root: Vec
    joint: Vec
    end: Vec
    pointing: Vec
    """Where the fingers or the toes point."""
    bend: Vec
    """The side towards which the joint bends."""
    back: Vec
    """Away from the palm or the sole; square to where it points."""

    @property
    def tip(self) -> Vec:
        """Where the fingers or toes end."""
        if self.kind == "arm":
            return off(self.end, (15, self.pointing))
        return off(self.end, (18, self.pointing), (-5, self.back))

    @property
    def sole(self) -> Vec:
        """The palm of a hand, or the centre of a sole."""
        if self.kind == "arm":
            return off(self.end, (6, self.pointing))
        return off(self.end, (7, self.pointing), (-ANKLE, self.back))

    def upper(self) -> tuple[Ball, ...]:
        """The balls of the upper bone, from the root on."""
        if self.kind == "arm":
            bulge = between(self.root, self.joint, 0.45)
            return ((self.root, 6.2), (bulge, 5.0), (self.joint, 4.1))
        bulge = off(between(self.root, self.joint, 0.35), (0.8, self._bent()))
        return ((self.root, 10.2), (bulge, 9.0), (self.joint, 6.1))

    def lower(self) -> tuple[Ball, ...]:
        """The balls of the lower bone, from the joint on."""
        if self.kind == "arm":
            return (
                (self.joint, 4.1),
                (between(self.joint, self.end, 0.25), 4.3),
                (self.end, 2.9),
            )
        calf = off(between(self.joint, self.end, 0.3), (-1.6, self._bent()))
        return ((self.joint, 6.1), (calf, 5.9), (self.end, 3.7))

    def tip_balls(self) -> tuple[tuple[Ball, ...], ...]:
        """The balls of a hand, or of what is below an ankle, in hulls."""
        along, back = self.pointing, self.back
        if self.kind == "arm":
            palm = (off(self.end, (5, along)), 3.5)
            return (
                ((self.end, 2.9), palm),
                (palm, (off(self.end, (13.5, along)), 1.9)),
            )
        return (
            (
                (self.end, 3.9),
                (off(self.end, (-4.2, along), (-4.4, back)), 3.6),
                (off(self.end, (11, along), (-4.7, back)), 3.3),
            ),
            (
                (off(self.end, (11, along), (-4.7, back)), 3.3),
                (off(self.end, (16.5, along), (-5.5, back)), 2.5),
            ),
        )

    def _bent(self) -> Vec:
        way = unit(sub(self.end, self.root))
        return square_to(self.bend, way)


@dataclass(frozen=True, slots=True)
class Body:
    """A body in one position."""

    at: Vec
    """The centre of the pelvis."""
    pelvis: Frame
    chest: Frame
    head: Frame
    limbs: Mapping[str, Limb]

    @property
    def waist(self) -> Vec:
        """Where the pelvis ends and the chest begins."""
        return off(self.at, (LOINS, self.pelvis.up))

    @property
    def neck(self) -> Vec:
        """The centre between the shoulders."""
        return off(self.waist, (CHEST, self.chest.up))

    @property
    def skull(self) -> Vec:
        """The centre of the head."""
        return off(self.neck, (NECK, self.chest.up), (SKULL, self.head.up), (2, self.head.facing))

    def anchors(self) -> Mapping[str, Vec]:
        """Every point of the body that has a name."""
        points = {
            "pelvis": self.at,
            "waist": self.waist,
            "chest": between(self.waist, self.neck, 0.5),
            "neck": self.neck,
            "head": self.skull,
        }
        for name, limb in self.limbs.items():
            for point in ("root", "joint", "end", "tip", "sole"):
                points[f"{name}.{point}"] = getattr(limb, point)
        return MappingProxyType(points)

    def pelvis_balls(self) -> tuple[Ball, ...]:
        """The balls of the pelvis and the loins."""
        return (*self.seat_balls(), *self._waist_balls(self.pelvis))

    def seat_balls(self) -> tuple[Ball, ...]:
        """The balls of the pelvis."""
        turned = self.pelvis
        hips = [(limb_root(self.at, turned, side, "leg"), 10.2) for side in SIDES]
        seat = [
            (off(self.at, (s * 6.0, turned.right), (-2.0, turned.facing), (1, turned.up)), 10.2)
            for s in (-1, 1)
        ]
        return (*hips, *seat)

    def _waist_balls(self, turned: Frame) -> tuple[Ball, ...]:
        return tuple((off(self.waist, (s * 5.5, turned.right)), 9.6) for s in (-1, 1))

    def chest_balls(self) -> tuple[tuple[Ball, ...], ...]:
        """The balls of the chest, in hulls, from below to above."""
        turned = self.chest
        ribs = tuple(
            (off(self.waist, (19, turned.up), (s * 7.5, turned.right)), 10.8) for s in (-1, 1)
        )
        shoulders = tuple(
            (off(self.neck, (-1.5, turned.up), (s * 14.0, turned.right)), 6.4) for s in (-1, 1)
        )
        base = ((off(self.neck, (1.2, turned.up)), 6.2),)
        low = tuple(
            (off(self.at, (7, self.pelvis.up), (s * 7.2, self.pelvis.right)), 9.8) for s in (-1, 1)
        )
        return (
            (*low, *self._waist_balls(turned)),
            (*self._waist_balls(turned), *ribs),
            (*ribs, *shoulders),
            (*shoulders, *base),
        )

    def neck_balls(self) -> tuple[Ball, ...]:
        """The balls of the neck."""
        return (
            (self.neck, 5.4),
            (off(self.skull, (-7, self.head.up), (-2, self.head.facing)), 5.2),
        )

    def face_balls(self) -> tuple[Ball, ...]:
        """The balls of the skull and the chin."""
        turned = self.head
        return (
            (off(self.skull, (1.5, turned.up)), 9.6),
            (off(self.skull, (-6.0, turned.up), (2.6, turned.facing)), 5.6),
        )

    def nose(self) -> tuple[Ball, ...]:
        """The balls of the nose."""
        turned = self.head
        return (
            (off(self.skull, (1.5, turned.up), (8.4, turned.facing)), 1.2),
            (off(self.skull, (-2.4, turned.up), (9.9, turned.facing)), 1.5),
        )

    def eyes(self) -> tuple[Ball, ...]:
        """The balls of the eyes."""
        turned = self.head
        return tuple(
            (off(self.skull, (0.6, turned.up), (8.6, turned.facing), (s * 3.6, turned.right)), 0.9)
            for s in (-1, 1)
        )

    def balls(self) -> Iterator[Ball]:
        """Every ball of the body."""
        for limb in self.limbs.values():
            yield from limb.upper()
            yield from limb.lower()
            for hull in limb.tip_balls():
                yield from hull
        yield from self.pelvis_balls()
        for hull in self.chest_balls():
            yield from hull
        yield from self.face_balls()


def limb_root(at: Vec, turned: Frame, side: str, kind: str) -> Vec:
    """Where a limb starts.

    Args:
        at: the centre of the pelvis for a leg, the centre between the shoulders for an arm.
        turned: the frame of that part of the trunk.
        side: `left` or `right`.
        kind: `arm` or `leg`.
    """
    half = (HALF_SHOULDERS if kind == "arm" else HALF_PELVIS) * (1 if side == "right" else -1)
    down = -2.5 if kind == "arm" else 0.0
    return off(at, (half, turned.right), (down, turned.up))


def lowest(body: Body) -> float:
    """How high the lowest point of the body is above the ground."""
    return min(point[2] - thick for point, thick in body.balls())
