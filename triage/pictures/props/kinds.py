"""The kinds of things that may stand beside the body, by the word that an author writes."""

from __future__ import annotations

from dataclasses import dataclass, fields

from triage.book.written import Written
from triage.pictures.body import PartName
from triage.pictures.points import PointReader
from triage.pictures.props.band import BandShape
from triage.pictures.props.blocks import BoxShape, ChairShape, MatShape
from triage.pictures.props.ground import GroundShape
from triage.pictures.props.pillow import PillowShape
from triage.pictures.props.prop import Prop, WrittenProp
from triage.pictures.props.roller import RollerShape
from triage.pictures.props.strap import StrapShape


@dataclass(frozen=True, slots=True, kw_only=True)
class PropShape(Written):
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
        kinds = [field.name for field in fields(self) if field.name != "beneath"]
        given: dict[str, WrittenProp] = {
            kind: thing for kind in kinds if (thing := getattr(self, kind)) is not None
        }
        if len(given) != 1:
            read = ", ".join(sorted(given)) or "nothing"
            points.note(f"read {read}, expected one thing")
            return []
        ((key, thing),) = given.items()
        return [(prop, self.beneath) for prop in thing.read(points.below(key))]
