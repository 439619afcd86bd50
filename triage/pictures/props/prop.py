"""What all things beside the body have in common: how they are read, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from triage.pictures.camera import Camera
from triage.pictures.marks import Mark
from triage.pictures.points import PointReader


@dataclass(frozen=True, slots=True)
class Layers:
    """A thing as marks on paper, parted where the body comes between."""

    under: tuple[Mark, ...] = ()
    over: tuple[Mark, ...] = ()
    """Before the whole body."""
    beneath: str | None = None
    """The part of the body that lies over `under`, where the thing itself says which."""


class Prop(Protocol):
    """A thing, placed."""

    def layers(self, camera: Camera) -> Layers:
        """The thing as marks, as a camera sees it."""
        ...


class WrittenProp(Protocol):
    """A thing as an author writes it."""

    def read(self, points: PointReader) -> tuple[Prop, ...]:
        """What is meant; nothing where a problem was noted."""
        ...
