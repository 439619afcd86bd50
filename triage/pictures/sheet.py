"""A scene as a picture: panels are laid out, scaled to a common width, and numbered.

Not here: what is drawn in a panel (`figure`, `props`).
"""

from __future__ import annotations

from functools import lru_cache

from triage.pictures.camera import Camera
from triage.pictures.digits import badge
from triage.pictures.figure import figure, ghost
from triage.pictures.marks import Mark
from triage.pictures.outlines import Transform, union
from triage.pictures.picture import LARGEST, MARGIN, WIDTH, Picture, finish
from triage.pictures.scene import Panel, Scene

GAP = 8.0
BADGE = 8.0
"""Radius of a panel's number."""


@lru_cache(maxsize=256)
def draw(scene: Scene) -> Picture:
    """Draw a scene; the picture is kept for the next report that shows it."""
    drawn = [panel_marks(panel, scene.camera) for panel in scene.panels]
    extents = [union(mark.extent() for mark in marks) for marks in drawn]
    left, _, right, _ = union(extents)
    columns = scene.columns
    numbered = len(drawn) > 1
    room = (WIDTH - 2 * MARGIN - GAP * (columns - 1)) / columns
    scale = min(LARGEST, room / (right - left))
    # Alone in its row a lying body leaves room for the number in its corner.
    head = 2 * BADGE + 2 if numbered and columns > 1 else 0.0
    parts, down = [], MARGIN
    for row in range(0, len(drawn), columns):
        down += head
        _, top, _, bottom = union(extents[row : row + columns])
        for column, marks in enumerate(drawn[row : row + columns]):
            centre = MARGIN + room * (column + 0.5) + GAP * column
            to = Transform(scale, centre - (left + right) / 2 * scale, down - top * scale)
            parts.append("".join(mark.svg(to, scene.id) for mark in marks))
            if numbered:
                corner = (centre - room / 2 + BADGE, down - head + BADGE)
                parts.append(badge(row + column + 1, corner, BADGE))
        down += (bottom - top) * scale + GAP
    height = round(down - GAP + MARGIN, 1)
    return finish("".join(parts), scene.id, scene.alt, height)


def panel_marks(panel: Panel, camera: Camera) -> list[Mark]:
    """Everything in a panel, in the order of drawing."""
    behind: list[Mark] = []
    over: list[Mark] = []
    beneath: dict[str, list[Mark]] = {}
    for prop, part in panel.props:
        layers = prop.layers(camera)
        under = layers.beneath or part
        (behind if under is None else beneath.setdefault(under, [])).extend(layers.under)
        over += layers.over
    # Just beneath the limb that moved, for a limb that moved little hides where it was.
    for part, limb in zip(panel.moving, panel.ghosts, strict=False):
        beneath.setdefault(part, []).append(ghost(limb, camera))
    body: list[Mark] = []
    for part, marks in figure(panel.body, camera, panel.moving, panel.layers):
        body += [*beneath.get(part, []), *marks]
    return [*behind, *body, *over, *(arrow.mark(camera) for arrow in panel.arrows)]
