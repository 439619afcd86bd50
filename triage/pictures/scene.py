"""A picture as plain values: bodies that stand where they should, things beside them, arrows.

What a rule book says about its pictures becomes these values when it is read.

Not here: reading (`loading`), drawing (`sheet`), and the kinds of things (`props`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from triage.pictures.arrows import Arrow
from triage.pictures.body import Body, Limb
from triage.pictures.camera import Camera
from triage.pictures.props.prop import Prop
from triage.pictures.space import Vec

USUAL = "usual"
"""The version of an exercise to which nothing is changed."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One position."""

    body: Body
    moving: tuple[str, ...]
    ghosts: tuple[Limb, ...]
    """Where the moving limbs were before, if that is shown."""
    layers: tuple[str, ...]
    props: tuple[tuple[Prop, str | None], ...]
    """Each thing, and the part of the body that is drawn next after it; `None`: the first."""
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A whole picture.  Two scenes are the same only if they are one object."""

    id: str
    """Unique in the book; the beginning of every id in the picture."""
    alt: str
    camera: Camera
    columns: int
    """How many panels stand side by side."""
    panels: tuple[Panel, ...]
    covers: tuple[str, ...]
    """Other versions that need no picture of their own beside this one."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The pictures of one exercise."""

    usual: Scene
    changed: Mapping[str, Scene]
    """By version; one that looks as usual is not among them."""
    together: tuple[tuple[frozenset[str], Scene], ...]
    """The one picture of several versions that hold at once."""
    said: frozenset[str]
    """Every version about which the book says something, with a picture of its own or without."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area on one view of the body map."""

    view: str
    at: Vec
    size: tuple[float, float]
    """Half the width and half the height."""


@dataclass(frozen=True, slots=True, eq=False)
class BodyMap:
    """The body map: a body seen from several sides, and where on it each answer lies."""

    item: str
    """The question whose answers are marked."""
    intro: str
    each: str
    """What is said of a place, with `{number}` and `{place}`."""
    body: Body
    views: Mapping[str, Camera]
    places: Mapping[str, tuple[Area, ...]]
    """By option, in the order of the question."""
    nowhere: frozenset[str]
    """Options that have no place on a body."""

    def said(self, number: int, place: str) -> str:
        """What is said of a marked place."""
        return self.each.replace("{number}", str(number)).replace("{place}", place)


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of a rule book."""

    exercises: Mapping[str, Versions] = field(default_factory=lambda: MappingProxyType({}))
    body_map: BodyMap | None = None
