"""A file of `pictures/` on one exercise: its versions, each a scene of one or more panels.

Not here: positions of the body (`poses`), and which versions are shown to whom (`exercises`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from triage.book.documents import Document, Path_
from triage.book.entries import Exercise
from triage.pictures import shapes
from triage.pictures.body import Body
from triage.pictures.camera import Camera
from triage.pictures.file_reader import FileReader
from triage.pictures.poses import PoseReader
from triage.pictures.scene import USUAL, Panel, Scene, Versions
from triage.problems import Problem, nearest, quoted


class ExerciseReader(FileReader):
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
        shared, own = self.points(body, path[:2]), self.points(body, path)
        props = [
            prop
            for points, written in ((shared, version.props), (own, shape.props))
            for n, one in enumerate(written)
            for prop in one.read(points.below("props", n))
        ]
        arrows = [one.read(own.below("arrows", n)) for n, one in enumerate(shape.arrows)]
        return Panel(
            body=body,
            moving=tuple(shape.moving),
            ghosts=tuple(before.limbs[limb] for limb in shape.moving) if before else (),
            layers=tuple(shape.layers),
            props=tuple(props),
            arrows=tuple(arrows),
        )


def _pictured(file: shapes.PicturesFile) -> list[str]:
    """The versions that have a picture of their own."""
    return [name for name, version in file.pictures.items() if version.same_as is None]
