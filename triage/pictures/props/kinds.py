"""The kinds of things that may stand beside the body, by the word that an author writes."""

from __future__ import annotations

from triage.book.shapes import Shape
from triage.pictures.body import PartName
from triage.pictures.points import PointReader
from triage.pictures.props.band import BandShape
from triage.pictures.props.blocks import BoxShape, ChairShape, MatShape
from triage.pictures.props.ground import GroundShape
from triage.pictures.props.pillow import PillowShape
from triage.pictures.props.prop import Prop, Written
from triage.pictures.props.roller import RollerShape
from triage.pictures.props.strap import StrapShape


class PropShape(Shape):
    """One thing beside the body, and which part of the body is drawn over it; else all are."""

    mat: MatShape | None = None
    ground: GroundShape | None = None
    box: BoxShape | None = None
    chair: ChairShape | None = None
    roller: RollerShape | None = None
    pillow: PillowShape | None = None
    band: BandShape | None = None
    strap: StrapShape | None = None
    beneath: PartName | None = None

    def read(self, points: PointReader) -> list[tuple[Prop, str | None]]:
        """What is meant, with the part of the body that is drawn over it."""
        given: dict[str, Written] = {
            key: thing for key, thing in self if key != "beneath" and thing is not None
        }
        if len(given) != 1:
            read = ", ".join(sorted(given)) or "nothing"
            points.note(f"read {read}, expected one thing")
            return []
        ((key, thing),) = given.items()
        return [(prop, self.beneath) for prop in thing.read(points.below(key))]
