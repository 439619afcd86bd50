"""The shape of the files in `pictures/`, as pydantic models.

Only shapes, as in `book.shapes`.  Lengths are centimetres; `x` runs to the right of the picture,
`y` away from the viewer, `z` up.

Not here: points (`points`), things beside the body (`props`), arrows (`arrows`), and whether a body
can stand like that (`poses`).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from triage.book.shapes import Name, Shape, Text
from triage.pictures.arrows import ArrowShape
from triage.pictures.body import LimbName, PartName
from triage.pictures.points import PointShape, Three, Two
from triage.pictures.props.kinds import PropShape


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


class AreaShape(Shape):
    """An area on one view of the body map: its centre, half its width and half its height."""

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
    places: dict[Name, Annotated[list[AreaShape], Field(min_length=1)]]
    nowhere: list[Name]
