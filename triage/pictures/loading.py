"""The files of `pictures/` to scenes: what a rule book shows beside its words.

They are read when somebody first looks at them: an answer to a form needs none.  A book may have no
pictures at all; that each version of each exercise has one is for `authoring.lint_pictures`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from weakref import WeakKeyDictionary

from triage.book.documents import Document, Path_
from triage.book.entries import Exercise
from triage.book.items import Item
from triage.book.rulebook import RuleBook
from triage.book.shape_reader import ShapeReader
from triage.pictures import shapes
from triage.pictures.body import Body
from triage.pictures.camera import Camera
from triage.pictures.poses import PoseReader, locate, vec
from triage.pictures.scene import (
    Arrow,
    Band,
    Block,
    Cushion,
    Map,
    Mark,
    Panel,
    Pictures,
    Prop,
    Roller,
    Scene,
    Shadow,
    Strap,
    Versions,
)
from triage.pictures.space import Vec, sub, unit
from triage.problems import BadInput, Problem, in_order, nearest, quoted

FOLDER = "pictures"
MAP = f"{FOLDER}/body_map.yaml"
USUAL = "usual"
"""The version of an exercise to which nothing is changed."""


_known: WeakKeyDictionary[RuleBook, Pictures | None] = WeakKeyDictionary()


def pictures_of(book: RuleBook) -> Pictures | None:
    """The pictures of a book, read once; `None` where it has no file of them.

    Raises:
        BadInput: with every problem found in the files.
    """
    if book not in _known:
        problems: list[Problem] = []
        found = _read(book, problems)
        if problems:
            raise BadInput(in_order(problems))
        _known[book] = found
    return _known[book]


def _read(book: RuleBook, problems: list[Problem]) -> Pictures | None:
    shapes_of = ShapeReader(book.origin.documents, problems)
    versions: dict[str, Versions] = {}
    body_map = None
    files = [file for file in book.origin.documents if file.startswith(f"{FOLDER}/")]
    for file in files:
        document = book.origin.documents[file]
        name = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
        if file == MAP:
            map_file = shapes_of.read(file, shapes.MapFile)
            body_map = _Map(document, problems).read(map_file, book.items) if map_file else None
        elif name not in book.exercises:
            near = nearest(name, book.exercises)
            problems.append(Problem(file, None, f"no exercise called {quoted(name)}{near}"))
        elif pictures := shapes_of.read(file, shapes.PicturesFile):
            found = _Exercise(document, problems, book.exercises[name]).read(pictures)
            if found:
                versions[name] = found
    return Pictures(MappingProxyType(versions), body_map) if files else None


class _Reader:
    """Notes problems of one file."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.problems = problems

    def note(self, path: Path_, message: str) -> None:
        """Note a problem with the value at `path`."""
        self.problems.append(self.document.problem(path, message))

    def point(self, shape: shapes.PointShape, body: Body, path: Path_) -> Vec:
        """Where a written point is."""
        return locate(shape, body.anchors(), self.document, path, self.problems)

    def points(
        self, given: Sequence[shapes.PointShape], body: Body, path: Path_
    ) -> tuple[Vec, ...]:
        """Where written points are."""
        return tuple(self.point(one, body, (*path, n)) for n, one in enumerate(given))


class _Exercise(_Reader):
    """Reads the pictures of one exercise."""

    def __init__(self, document: Document, problems: list[Problem], exercise: Exercise) -> None:
        super().__init__(document, problems)
        self.exercise = exercise

    def read(self, file: shapes.PicturesFile) -> Versions | None:
        """The pictures, or `None` where a problem was noted."""
        before = len(self.problems)
        known = (USUAL, *self.exercise.modifications)
        poses = PoseReader(self.document, file.poses, self.problems)
        bodies = {name: poses.body(name, ("poses",)) for name in file.poses}
        scenes: dict[str, Scene] = {}
        for name, version in file.pictures.items():
            path: Path_ = ("pictures", name)
            if name not in known:
                self._unknown(name, known, path)
            elif version.same_as is None:
                scene = self._scene(name, path, version, file, bodies)
                if scene:
                    scenes[name] = scene
        if USUAL not in file.pictures or file.pictures[USUAL].same_as:
            self.note(("pictures",), f"a picture of '{USUAL}' is missing")
        for name, version in file.pictures.items():
            if version.same_as is not None:
                self._same(("pictures", name), version, file)
        together = self._together(file, scenes, bodies)
        if len(self.problems) == before:
            self._unused(file)
        if USUAL not in scenes or len(self.problems) > before:
            return None
        for name, version in file.pictures.items():
            if version.same_as not in (None, USUAL):
                scenes[name] = scenes[str(version.same_as)]
        changed = {name: scenes[name] for name in self.exercise.modifications if name in scenes}
        said = frozenset(file.pictures)
        return Versions(scenes[USUAL], MappingProxyType(changed), together, said)

    def _together(
        self,
        file: shapes.PicturesFile,
        scenes: Mapping[str, Scene],
        bodies: Mapping[str, Body | None],
    ) -> tuple[tuple[frozenset[str], Scene], ...]:
        """The pictures of several versions at once, those of most versions first."""
        known = tuple(self.exercise.modifications)
        found = []
        for index, version in enumerate(file.together):
            path: Path_ = ("together", index)
            for n, name in enumerate(version.of):
                if name not in known:
                    self._unknown(name, known, (*path, "of", n))
                elif name not in _pictured(file):
                    message = f"of: '{name}' has no picture of its own"
                    self.note((*path, "of", n), message)
            if version.same_as is not None:
                self._same(path, version, file)
                scene = scenes.get(version.same_as)
            else:
                scene = self._scene("-".join(version.of), path, version, file, bodies)
            if scene:
                found.append((frozenset(version.of), scene))
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))

    def _unknown(self, name: str, known: tuple[str, ...], path: Path_) -> None:
        self.note(path, f"no version called {quoted(name)}{nearest(name, known)}")

    def _unused(self, file: shapes.PicturesFile) -> None:
        versions = [*file.pictures.values(), *file.together]
        panels = [panel for version in versions for panel in version.panels]
        used = {panel.pose for panel in panels} | {panel.ghost for panel in panels}
        used |= {pose.like for pose in file.poses.values()}
        for name in file.poses:
            if name not in used:
                self.note(("poses", name), f"no picture uses the pose '{name}'")

    def _same(self, path: Path_, version: shapes.VersionShape, file: shapes.PicturesFile) -> None:
        path = (*path, "same_as")
        known = _pictured(file)
        if version.same_as not in known:
            near = nearest(str(version.same_as), known)
            message = f"no version with a picture called {quoted(version.same_as)}{near}"
            self.note(path, message)
        if version.panels or version.alt:
            self.note(path, "expected 'same_as' by itself, or a picture")

    def _scene(
        self,
        name: str,
        path: Path_,
        version: shapes.VersionShape,
        file: shapes.PicturesFile,
        bodies: Mapping[str, Body | None],
    ) -> Scene | None:
        before = len(self.problems)
        if version.alt is None or not version.panels:
            self.note(path, "expected 'alt' and 'panels', or 'same_as'")
        for index, other in enumerate(version.covers):
            if other not in self.exercise.modifications:
                self._unknown(other, tuple(self.exercise.modifications), (*path, "covers", index))
        panels = [
            self._panel(panel, version, bodies, (*path, "panels", n))
            for n, panel in enumerate(version.panels)
        ]
        if len(self.problems) > before:
            return None
        camera = version.camera or file.camera
        return Scene(
            id=f"picture-{self.exercise.id}-{name}",
            alt=str(version.alt),
            camera=Camera(camera.turned, camera.raised),
            columns=version.columns or len(panels),
            panels=tuple(panel for panel in panels if panel),
            covers=tuple(version.covers),
        )

    def _panel(
        self,
        shape: shapes.PanelShape,
        version: shapes.VersionShape,
        bodies: Mapping[str, Body | None],
        path: Path_,
    ) -> Panel | None:
        for key, name in (("pose", shape.pose), ("ghost", shape.ghost)):
            if name is not None and name not in bodies:
                message = f"no pose called {quoted(name)}{nearest(name, bodies)}"
                self.note((*path, key), message)
        body = bodies.get(shape.pose)
        if body is None:
            return None
        before = bodies.get(shape.ghost) if shape.ghost else None
        props: list[tuple[Prop, str | None]] = []
        for start, given in ((path[:2], version.props), (path, shape.props)):
            for n, prop in enumerate(given):
                found = self._props(prop, body, (*start, "props", n))
                props += [(one, prop.beneath) for one in found]
        arrows = [
            Arrow(self.points(one.through, body, (*path, "arrows", n, "through")), one.both)
            for n, one in enumerate(shape.arrows)
        ]
        return Panel(
            body=body,
            moving=tuple(shape.moving),
            ghosts=tuple(before.limbs[limb] for limb in shape.moving) if before else (),
            layers=tuple(shape.layers),
            props=tuple(props),
            arrows=tuple(arrows),
        )

    def _props(self, shape: shapes.PropShape, body: Body, path: Path_) -> list[Prop]:
        names = [field.name for field in fields(shape) if field.name != "beneath"]
        given = [name for name in names if getattr(shape, name) is not None]
        if len(given) != 1:
            self.note(path, f"read {', '.join(sorted(given)) or 'nothing'}, expected one thing")
            return []
        path = (*path, given[0])
        if shape.mat:
            (x, y), (wide, deep) = shape.mat.at, shape.mat.size
            low, high = (x - wide / 2, y - deep / 2, -2.0), (x + wide / 2, y + deep / 2, 0.0)
            return [Block(low, high, "pale")]
        if shape.ground:
            (x, y), (wide, deep) = shape.ground.at, shape.ground.size
            return [Shadow((x, y, 0.0), (wide, deep))]
        if shape.box:
            return [Block(vec(shape.box.low), vec(shape.box.high), shape.box.colour)]
        if shape.chair:
            return list(_chair(shape.chair))
        if shape.roller:
            one = shape.roller
            at = self.point(one.at, body, (*path, "at"))
            return [Roller(at, vec(one.axis), one.length, one.thick)]
        if shape.pillow:
            points = self.points(shape.pillow.through, body, (*path, "through"))
            return [Cushion(points, shape.pillow.thick)]
        if shape.band:
            return self._band(shape.band, body, path)
        assert shape.strap
        return [Strap(shape.strap.hand, shape.strap.around)]

    def _band(self, shape: shapes.BandShape, body: Body, path: Path_) -> list[Prop]:
        before = len(self.problems)
        anchors = body.anchors()
        rings = []
        for n, ring in enumerate(shape.around):
            at = self.point(ring, body, (*path, "around", n))
            if len(self.problems) == before:
                rings.append((at, ring.thick, unit(sub(anchors[ring.toward], anchors[ring.on]))))
        return [Band(tuple(rings))] if len(self.problems) == before else []


class _Map(_Reader):
    """Reads the body map."""

    def read(self, file: shapes.MapFile, items: Mapping[str, Item]) -> Map | None:
        """The map, or `None` where a problem was noted."""
        before = len(self.problems)
        item = items.get(file.item)
        if item is None:
            message = f"no item called {quoted(file.item)}{nearest(file.item, items)}"
            self.note(("item",), message)
            return None
        options = item.options
        for key, names in (("places", [*file.places]), ("nowhere", file.nowhere)):
            for n, name in enumerate(names):
                if name not in options:
                    message = f"no option of '{file.item}' called {quoted(name)}"
                    path = (key, name) if key == "places" else (key, n)
                    self.note(path, message + nearest(name, options))
        for key in ("number", "place"):
            if f"{{{key}}}" not in file.each:
                self.note(("each",), f"each: read {quoted(file.each)}, expected {{{key}}} in it")
        poses = PoseReader(self.document, {"pose": file.pose}, self.problems)
        body = poses.body("pose", ())
        if body is None or len(self.problems) > before:
            return None
        places = {}
        for name in options:
            if name in file.places:
                marks = file.places[name]
                path = ("places", name)
                places[name] = tuple(
                    self._mark(mark, body, file.views, (*path, n)) for n, mark in enumerate(marks)
                )
        if len(self.problems) > before:
            return None
        return Map(
            item=file.item,
            intro=file.intro,
            each=file.each,
            body=body,
            views=MappingProxyType(
                {name: Camera(view.turned, view.raised) for name, view in file.views.items()}
            ),
            places=MappingProxyType(places),
            nowhere=frozenset(file.nowhere),
        )

    def _mark(
        self,
        shape: shapes.MarkShape,
        body: Body,
        views: Mapping[str, shapes.CameraShape],
        path: Path_,
    ) -> Mark:
        if shape.view not in views:
            message = f"no view called {quoted(shape.view)}{nearest(shape.view, views)}"
            self.note((*path, "view"), message)
        at = self.point(shape.at, body, (*path, "at"))
        return Mark(shape.view, at, (shape.size[0], shape.size[1]))


def _pictured(file: shapes.PicturesFile) -> list[str]:
    """The versions that have a picture of their own."""
    return [name for name, version in file.pictures.items() if version.same_as is None]


def _chair(shape: shapes.ChairShape) -> tuple[Block, ...]:
    """A chair of boxes, the farthest first."""
    (x, y), top = shape.at, shape.seat
    half, rail = 21.0, 3.5

    def post(dx: float, dy: float, high: float) -> Block:
        low = (x + dx - rail / 2, y + dy - rail / 2, 0.0)
        return Block(low, (low[0] + rail, low[1] + rail, high), "wood")

    back, near = half - rail / 2, -half + rail / 2
    return (
        post(back, back, top + 40),
        post(near, back, top + 40),
        Block((x - half, y + back, top + 14), (x + half, y + half, top + 42), "wood"),
        post(back, near, top),
        post(near, near, top),
        Block((x - half, y - half, top - 4), (x + half, y + half, top), "wood"),
    )
