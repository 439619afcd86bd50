"""The file of the body map: a body, the sides it is seen from, and where each answer lies.

Not here: how the map is drawn (`body_map`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from triage.book.documents import Path_
from triage.book.items import Item
from triage.pictures import shapes
from triage.pictures.body import Body
from triage.pictures.camera import Camera
from triage.pictures.file_reader import FileReader
from triage.pictures.poses import PoseReader
from triage.pictures.scene import Area, BodyMap
from triage.problems import nearest, quoted


class MapReader(FileReader):
    """Reads the body map."""

    def read(self, file: shapes.MapFile, items: Mapping[str, Item]) -> BodyMap | None:
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
                areas = file.places[name]
                path = ("places", name)
                places[name] = tuple(
                    self._area(area, body, file.views, (*path, n)) for n, area in enumerate(areas)
                )
        if len(self.problems) > before:
            return None
        return BodyMap(
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

    def _area(
        self,
        shape: shapes.AreaShape,
        body: Body,
        views: Mapping[str, shapes.CameraShape],
        path: Path_,
    ) -> Area:
        if shape.view not in views:
            message = f"no view called {quoted(shape.view)}{nearest(shape.view, views)}"
            self.note((*path, "view"), message)
        at = self.points(body, path).point(shape.at, "at")
        return Area(shape.view, at, (shape.size[0], shape.size[1]))
