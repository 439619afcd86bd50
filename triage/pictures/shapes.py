"""The shape of the files in `pictures/`.

Only shapes, as in `book.shapes`.  Lengths are centimetres; `x` runs to the right of the picture,
`y` away from the viewer, `z` up.

Not here: points (`points`), things beside the body (`props`), arrows (`arrows`), and whether a body
can stand like that (`poses`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from triage.book.written import Length, Name, Narrowed, Number, Text, Whole, Written
from triage.pictures.arrows import ArrowShape
from triage.pictures.body import LimbName, PartName
from triage.pictures.points import PointShape, Three, Two
from triage.pictures.props.kinds import PropShape


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
class AreaShape(Written):
    """An area on one view of the body map: its centre, half its width and half its height."""

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
    places: Mapping[Name, Annotated[tuple[AreaShape, ...], Length(1)]]
    nowhere: tuple[Name, ...]
