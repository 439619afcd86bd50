"""A scene as one SVG text: panels are laid out, scaled to a common width, and numbered.

Not here: what is drawn in a panel (`figure`, `props`).
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from triage.pictures import ink, props
from triage.pictures.camera import Camera
from triage.pictures.digits import badge
from triage.pictures.figure import figure, ghost
from triage.pictures.ink import Mark, Transform, num, union
from triage.pictures.scene import Band, Panel, Scene, Strap

WIDTH = 240.0
"""Units of the picture from left to right."""
MARGIN = 4.0
GAP = 8.0
BADGE = 8.0
"""Radius of a panel's number."""
LARGEST = 1.15
"""Units for a centimetre of the body at most."""


def svg(width: float, height: float, name: str, alt: str, content: str) -> str:
    """An SVG file around its content."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(height)}" '
        'stroke-linejoin="round" stroke-linecap="round" paint-order="stroke" '
        f'role="img" aria-label="{escape(alt)}"><defs>{ink.hatching(name)}</defs>{content}</svg>'
    )


@lru_cache(maxsize=256)
def picture(scene: Scene) -> tuple[str, float, float]:
    """A scene's SVG text, its width and its height."""
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
    return svg(WIDTH, height, scene.id, scene.alt, "".join(parts)), WIDTH, height


def panel_marks(panel: Panel, camera: Camera) -> list[Mark]:
    """Everything in a panel, in the order of drawing."""
    behind: list[Mark] = []
    over: list[Mark] = []
    beneath: dict[str, list[Mark]] = {}
    for prop, part in panel.props:
        match prop:
            case Band():
                over += props.band(prop, camera)
            case Strap():
                back, near = props.strap(prop, panel.body, camera)
                beneath.setdefault(prop.around, []).extend(back)
                over += near
            case _:
                marks = behind if part is None else beneath.setdefault(part, [])
                marks += props.solid(prop, camera)
    # Just beneath the limb that moved, for a limb that moved little hides where it was.
    for part, limb in zip(panel.moving, panel.ghosts, strict=False):
        beneath.setdefault(part, []).append(ghost(limb, camera))
    body: list[Mark] = []
    for part, marks in figure(panel.body, camera, panel.moving, panel.layers):
        body += [*beneath.get(part, []), *marks]
    arrows = [props.arrow(one, camera) for one in panel.arrows]
    return [*behind, *body, *over, *arrows]
