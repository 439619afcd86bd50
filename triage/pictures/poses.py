"""Reads positions of the body: from what an author writes to where its joints are.

Each limb may reach for a point of another one, so that limbs are placed in the order in which they
rest on one another.  A position in which no body can be is a problem with its line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from triage.book.documents import Document, Path_
from triage.pictures.body import (
    BONES,
    CHEST,
    LIMBS,
    LOINS,
    Body,
    Frame,
    Limb,
    frame,
    limb_root,
)
from triage.pictures.points import PointReader, vec
from triage.pictures.shapes import LimbShape, PoseShape
from triage.pictures.space import (
    Vec,
    off,
    scale,
    span,
    square_to,
    sub,
    two_bones,
    unit,
)
from triage.problems import Problem, nearest, quoted


class PoseReader:
    """Reads the positions of one file."""

    def __init__(
        self, document: Document, shapes: Mapping[str, PoseShape], problems: list[Problem]
    ) -> None:
        self.document = document
        self.shapes = shapes
        self.problems = problems

    def body(self, name: str, path: Path_) -> Body | None:
        """The body in the position of that name, or `None` where a problem was noted.

        Args:
            name: the position.
            path: where the positions stand in the document.
        """
        parts, places = self._whole(name, path)
        if parts is None:
            return None
        pelvis = parts.pelvis
        if pelvis is None:
            self._note((*path, name), f"{name}: 'pelvis' is missing")
            return None
        before = len(self.problems)
        at = vec(pelvis.at)
        turned = self._frame(pelvis.up, pelvis.facing, places["pelvis"])
        chest = head = turned
        if parts.chest:
            chest = head = self._frame(parts.chest.up, parts.chest.facing, places["chest"])
        if parts.head:
            head = self._frame(parts.head.up, parts.head.facing, places["head"])
        limbs: dict[str, Limb] = {}
        if turned and chest and head:
            pending = {limb: getattr(parts, limb) for limb in LIMBS}
            for limb in LIMBS:
                if pending[limb] is None:
                    self._note((*path, name), f"{name}: '{limb}' is missing")
            if len(self.problems) == before:
                self._limbs(Body(at, turned, chest, head, limbs), limbs, pending, places)
        if len(self.problems) > before:
            return None
        assert turned
        assert chest
        assert head
        return Body(at, turned, chest, head, MappingProxyType({k: limbs[k] for k in LIMBS}))

    def _whole(self, name: str, path: Path_) -> tuple[PoseShape | None, dict[str, Path_]]:
        """A position with what it is like filled in, and where each part of it is written."""
        fields: dict[str, Any] = {}
        places: dict[str, Path_] = {}
        seen: list[str] = []
        at: str | None = name
        while at is not None:
            if at in seen or at not in self.shapes:
                what = "a circle of 'like'" if at in seen else f"no pose called {quoted(at)}"
                known = [pose for pose in self.shapes if pose not in seen]
                self._note((*path, *seen[-1:], "like"), what + nearest(at, known))
                return None, places
            seen.append(at)
            shape = self.shapes[at]
            for part in ("pelvis", "chest", "head", *LIMBS):
                if getattr(shape, part) is not None and part not in fields:
                    fields[part] = getattr(shape, part)
                    places[part] = (*path, at, part)
            at = shape.like
        return PoseShape(**fields), places

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(path, message))

    def _frame(self, up: Sequence[float], facing: Sequence[float], path: Path_) -> Frame | None:
        try:
            return frame(vec(up), vec(facing))
        except ValueError:
            self._note(path, f"{path[-1]}: 'up' and 'facing' point along one line")
            return None

    def _limbs(
        self,
        body: Body,
        limbs: dict[str, Limb],
        pending: dict[str, LimbShape],
        places: Mapping[str, Path_],
    ) -> None:
        """Put each limb where it goes, those first on which others rest."""
        while pending:
            ready = [
                name
                for name, shape in pending.items()
                if not {(on or "").partition(".")[0] for on in _named(shape)} & set(pending)
            ]
            if not ready:
                name = next(iter(pending))
                self._note(places[name], f"{name}: rests on what rests on it")
                return
            for name in ready:
                limb = self._limb(name, pending.pop(name), body, places[name])
                if limb is None:
                    return
                limbs[name] = limb

    def _limb(self, name: str, shape: LimbShape, body: Body, path: Path_) -> Limb | None:
        side, kind = name.split("_")
        leg = kind == "leg"
        turned = body.pelvis if leg else body.chest
        start = body.at if leg else off(body.at, (LOINS, body.pelvis.up), (CHEST, body.chest.up))
        root = limb_root(start, turned, side, kind)
        upper, lower = BONES[kind]
        bend = vec(shape.bend) if shape.bend else scale(turned.facing, 1.0 if leg else -1.0)
        if (shape.reach is None) == (shape.along is None):
            self._note(path, f"{name}: expected either 'reach' or 'along'")
            return None
        before = len(self.problems)
        try:
            if shape.reach is not None:
                points = PointReader(body, self.document, path, self.problems)
                end = points.point(shape.reach, "reach")
            else:
                end = off(root, (span(upper, lower, shape.bent), unit(vec(shape.along or ()))))
            if len(self.problems) > before:
                return None
            joint = two_bones(root, end, upper, lower, bend)
            natural = turned.facing if leg else sub(end, joint)
            pointing = unit(vec(shape.tip) if shape.tip else natural)
            back = _back(shape, joint, end, bend, pointing)
        except ValueError as error:
            span_ = f"{upper - lower:.0f} to {upper + lower:.0f} cm"
            self._note(path, f"{name}: {error}; expected {span_} from its root, and a direction")
            return None
        return Limb(kind, root, joint, end, pointing, bend, back)


def _back(shape: LimbShape, joint: Vec, end: Vec, bend: Vec, pointing: Vec) -> Vec:
    """Away from the palm or the sole: as written, or straight on from the lower bone."""
    if shape.back is not None:
        return square_to(vec(shape.back), pointing)
    try:
        return square_to(sub(joint, end), pointing)
    except ValueError:  # a hand in line with its arm
        return square_to(bend, pointing)


def _named(shape: LimbShape) -> tuple[str | None, ...]:
    return (shape.reach.on, shape.reach.toward) if shape.reach else ()
