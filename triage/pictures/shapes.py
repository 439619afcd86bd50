"""The shape of the files in `pictures/`, as in `book.shapes`.

Only shapes: whether a body can stand like that is for `loading`.
Lengths are centimetres; `x` runs to the right of the picture, `y` away from the viewer, `z` up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from triage.book.written import (
    Length,
    Name,
    Narrowed,
    Number,
    Positive,
    Text,
    Whole,
    Written,
    YesNo,
)

Three: TypeAlias = Annotated[tuple[Number, ...], Length(3, 3)]
Two: TypeAlias = Annotated[tuple[Number, ...], Length(2, 2)]
LimbName: TypeAlias = Literal["left_arm", "right_arm", "left_leg", "right_leg"]
PartName: TypeAlias = Literal["left_arm", "right_arm", "left_leg", "right_leg", "trunk", "head"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShape(Written):
    """A point: `at`, counted from a point of the body where one is named."""

    on: Text | None = None
    toward: Text | None = None
    part: Number = 0.0
    at: Three = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnShape(Written):
    """How chest or head is turned."""

    up: Three
    facing: Three


@dataclass(frozen=True, slots=True, kw_only=True)
class PelvisShape(TurnShape):
    """Where the body is, and how it is turned."""

    at: Three


@dataclass(frozen=True, slots=True, kw_only=True)
class LimbShape(Written):
    """Where a limb goes: to a point, or in a direction with its joint bent by so many degrees."""

    reach: PointShape | None = None
    along: Three | None = None
    bent: Annotated[Number, Narrowed(ge=0, le=150)] = 0.0
    bend: Three | None = None
    tip: Three | None = None
    back: Three | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseShape(Written):
    """A position of the body; what is left out is as in the pose that it is `like`."""

    like: Name | None = None
    pelvis: PelvisShape | None = None
    chest: TurnShape | None = None
    head: TurnShape | None = None
    left_arm: LimbShape | None = None
    right_arm: LimbShape | None = None
    left_leg: LimbShape | None = None
    right_leg: LimbShape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraShape(Written):
    """From where a picture is seen, in degrees."""

    turned: Number
    raised: Annotated[Number, Narrowed(ge=0, le=90)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundShape(Written):
    """A mat or a patch of ground, by its centre and its size."""

    at: Two
    size: Two


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxShape(Written):
    """A box from its lowest to its highest corner."""

    low: Three
    high: Three
    colour: Literal["pale", "prop", "wood"] = "pale"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairShape(Written):
    """A chair whose sitter looks at the viewer."""

    at: Two
    seat: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class RollerShape(Written):
    """A cylinder by its centre and the direction of its axis."""

    at: PointShape
    axis: Three
    length: Positive
    thick: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class CushionShape(Written):
    """A pillow through some points, `thick` to either side."""

    through: Annotated[tuple[PointShape, ...], Length(1)]
    thick: Positive


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StrapShape(Written):
    """A strap from one limb, which holds it, around another one."""

    hand: LimbName
    around: LimbName


@dataclass(frozen=True, slots=True, kw_only=True)
class PropShape(Written):
    """One thing beside the body, and which part of the body is drawn over it; else all are."""

    mat: GroundShape | None = None
    ground: GroundShape | None = None
    box: BoxShape | None = None
    chair: ChairShape | None = None
    roller: RollerShape | None = None
    pillow: CushionShape | None = None
    band: BandShape | None = None
    strap: StrapShape | None = None
    beneath: PartName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowShape(Written):
    """A movement through two or three points, to and fro if `both`."""

    through: Annotated[tuple[PointShape, ...], Length(2, 3)]
    both: YesNo = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelShape(Written):
    """One position of a picture."""

    pose: Name
    moving: tuple[LimbName, ...] = ()
    ghost: Name | None = None
    layers: tuple[PartName, ...] = ()
    props: tuple[PropShape, ...] = ()
    arrows: tuple[ArrowShape, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShape(Written):
    """The picture of one version of an exercise, or which other version it looks like."""

    same_as: Name | None = None
    alt: Text | None = None
    camera: CameraShape | None = None
    columns: Annotated[Whole, Narrowed(ge=1, le=4)] | None = None
    covers: tuple[Name, ...] = ()
    props: tuple[PropShape, ...] = ()
    panels: tuple[PanelShape, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherShape(VersionShape):
    """The one picture of several versions that hold at once."""

    of: Annotated[tuple[Name, ...], Length(2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesFile(Written):
    """A file of `pictures/`."""

    camera: CameraShape
    poses: Annotated[Mapping[Name, PoseShape], Narrowed(min_length=1)]
    pictures: Annotated[Mapping[Name, VersionShape], Narrowed(min_length=1)]
    together: tuple[TogetherShape, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkShape(Written):
    """A place on one view of the body map: its centre, half its width and half its height."""

    view: Name
    at: PointShape
    size: Two


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFile(Written):
    """`pictures/body_map.yaml`."""

    item: Name
    intro: Text
    each: Text
    pose: PoseShape
    views: Annotated[Mapping[Name, CameraShape], Narrowed(min_length=1)]
    places: Mapping[Name, Annotated[tuple[MarkShape, ...], Length(1)]]
    nowhere: tuple[Name, ...]
