"""The shape of the files in `pictures/`, as pydantic models.

Only shapes, as in `book.shapes`: whether a body can stand like that is for `loading`.
Lengths are centimetres; `x` runs to the right of the picture, `y` away from the viewer, `z` up.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from triage.book.shapes import Name, Shape, Text, YesNo

Three: TypeAlias = Annotated[list[float], Field(min_length=3, max_length=3)]
Two: TypeAlias = Annotated[list[float], Field(min_length=2, max_length=2)]
LimbName: TypeAlias = Literal["left_arm", "right_arm", "left_leg", "right_leg"]
PartName: TypeAlias = Literal["left_arm", "right_arm", "left_leg", "right_leg", "trunk", "head"]
Size: TypeAlias = Annotated[float, Field(gt=0)]


class PointShape(Shape):
    """A point: `at`, counted from a point of the body where one is named."""

    on: Text | None = None
    toward: Text | None = None
    part: float = 0.0
    at: Three = Field(default=[0.0, 0.0, 0.0])


class TurnShape(Shape):
    """How chest or head is turned."""

    up: Three
    facing: Three


class PelvisShape(TurnShape):
    """Where the body is, and how it is turned."""

    at: Three


class LimbShape(Shape):
    """Where a limb goes: to a point, or in a direction with its joint bent by so many degrees."""

    reach: PointShape | None = None
    along: Three | None = None
    bent: Annotated[float, Field(ge=0, le=150)] = 0.0
    bend: Three | None = None
    tip: Three | None = None
    back: Three | None = None


class PoseShape(Shape):
    """A position of the body; what is left out is as in the pose that it is `like`."""

    like: Name | None = None
    pelvis: PelvisShape | None = None
    chest: TurnShape | None = None
    head: TurnShape | None = None
    left_arm: LimbShape | None = None
    right_arm: LimbShape | None = None
    left_leg: LimbShape | None = None
    right_leg: LimbShape | None = None


class CameraShape(Shape):
    """From where a picture is seen, in degrees."""

    turned: float
    raised: Annotated[float, Field(ge=0, le=90)]


class GroundShape(Shape):
    """A mat or a patch of ground, by its centre and its size."""

    at: Two
    size: Two


class BoxShape(Shape):
    """A box from its lowest to its highest corner."""

    low: Three
    high: Three
    colour: Literal["pale", "prop", "wood"] = "pale"


class ChairShape(Shape):
    """A chair whose sitter looks at the viewer."""

    at: Two
    seat: Size


class RollerShape(Shape):
    """A cylinder by its centre and the direction of its axis."""

    at: PointShape
    axis: Three
    length: Size
    thick: Size


class CushionShape(Shape):
    """A pillow through some points, `thick` to either side."""

    through: Annotated[list[PointShape], Field(min_length=1)]
    thick: Size


class RingShape(PointShape):
    """Where a band lies around a limb, and how thick the limb is there."""

    on: Text
    toward: Text
    thick: Size


class BandShape(Shape):
    """A loop around one limb or several."""

    around: Annotated[list[RingShape], Field(min_length=1)]


class StrapShape(Shape):
    """A strap from one limb, which holds it, around another one."""

    hand: LimbName
    around: LimbName


class PropShape(Shape):
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


class ArrowShape(Shape):
    """A movement through two or three points, to and fro if `both`."""

    through: Annotated[list[PointShape], Field(min_length=2, max_length=3)]
    both: YesNo = "no"


class PanelShape(Shape):
    """One position of a picture."""

    pose: Name
    moving: list[LimbName] = Field(default=[])
    ghost: Name | None = None
    layers: list[PartName] = Field(default=[])
    props: list[PropShape] = Field(default=[])
    arrows: list[ArrowShape] = Field(default=[])


class VersionShape(Shape):
    """The picture of one version of an exercise, or which other version it looks like."""

    same_as: Name | None = None
    alt: Text | None = None
    camera: CameraShape | None = None
    columns: Annotated[int, Field(ge=1, le=4)] | None = None
    covers: list[Name] = Field(default=[])
    props: list[PropShape] = Field(default=[])
    panels: list[PanelShape] = Field(default=[])


class TogetherShape(VersionShape):
    """The one picture of several versions that hold at once."""

    of: Annotated[list[Name], Field(min_length=2)]


class PicturesFile(Shape):
    """A file of `pictures/`."""

    camera: CameraShape
    poses: Annotated[dict[Name, PoseShape], Field(min_length=1)]
    pictures: Annotated[dict[Name, VersionShape], Field(min_length=1)]
    together: list[TogetherShape] = Field(default=[])


class MarkShape(Shape):
    """A place on one view of the body map: its centre, half its width and half its height."""

    view: Name
    at: PointShape
    size: Two


class MapFile(Shape):
    """`pictures/body_map.yaml`."""

    item: Name
    intro: Text
    each: Text
    pose: PoseShape
    views: Annotated[dict[Name, CameraShape], Field(min_length=1)]
    places: dict[Name, Annotated[list[MarkShape], Field(min_length=1)]]
    nowhere: list[Name]
