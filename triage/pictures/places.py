"""The body map: one body from several sides, with numbered marks where it hurts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from triage.pictures import ink
from triage.pictures.camera import Spot
from triage.pictures.digits import badge
from triage.pictures.figure import figure
from triage.pictures.ink import Transform, num, union
from triage.pictures.scene import Map
from triage.pictures.sheet import LARGEST, MARGIN, WIDTH, svg

NAME = "picture-map"
BADGE = 6.0
RING = "#b3123f"


def in_words(map_: Map, labels: Sequence[str]) -> str:
    """What the map shows, as a text."""
    said = [map_.said(number, label) for number, label in enumerate(labels, 1)]
    return " ".join([map_.intro, *said])


def drawing(map_: Map, marked: Sequence[str], alt: str) -> tuple[str, str, float, float]:
    """The SVG text, the alternative text, the width and the height.

    Args:
        map_: the body map.
        marked: the places to mark, numbered from 1 in this order.
        alt: what the map shows, in words.
    """
    bodies, transforms, height = views(map_)
    rings: list[tuple[float, str]] = []
    badges = ""
    taken: list[Spot] = []
    for number, place in enumerate(marked, 1):
        for mark in map_.places[place]:
            camera, to = map_.views[mark.view], transforms[mark.view]
            x, y = to.spot(camera.spot(mark.at))
            wide, high = mark.size[0] * to.scale, mark.size[1] * to.scale
            rings.append((wide * high, _ring(x, y, wide, high)))
            centre = to.spot(camera.spot(map_.body.at))[0]
            spot = _free((x, y), wide, centre, height, taken)
            taken.append(spot)
            badges += (
                f'<path d="M{num(x)} {num(y)}L{num(spot[0])} {num(spot[1])}" stroke="{ink.LINE}"/>'
            )
            badges += badge(number, spot, BADGE)
    # The larger ones beneath, so that a small place inside a large one is still seen.
    content = bodies + "".join(ring for _, ring in sorted(rings, reverse=True)) + badges
    return svg(WIDTH, height, NAME, alt, content), alt, WIDTH, height


def _ring(x: float, y: float, wide: float, high: float) -> str:
    shape = f'cx="{num(x)}" cy="{num(y)}" rx="{num(wide)}" ry="{num(high)}"'
    return (
        f'<ellipse {shape} fill="none" stroke="{ink.WHITE}" stroke-width="3.4"/>'
        f'<ellipse {shape} fill="{ink.paint(ink.MOVING, NAME)}" fill-opacity=".85" '
        f'stroke="{RING}" stroke-width="1.8"/>'
    )


def _free(at: Spot, wide: float, centre: float, height: float, taken: Sequence[Spot]) -> Spot:
    """Where a number stands: beside its mark, away from the body's centre and other numbers."""
    side = -1 if at[0] < centre else 1
    x = at[0] + side * (wide + 5 + BADGE)
    clear = (2 * BADGE + 1) ** 2
    steps = [3.0 * step * turn for step in range(60) for turn in (1, -1)]
    rows = [at[1] + step for step in steps if BADGE < at[1] + step < height - BADGE]
    free = ((x, y) for y in rows if all((x - a) ** 2 + (y - b) ** 2 > clear for a, b in taken))
    return next(free, at)


@lru_cache(maxsize=8)
def views(map_: Map) -> tuple[str, dict[str, Transform], float]:
    """The bodies as SVG elements, where each view lies, and the height of the picture."""
    drawn = {
        name: [mark for _, marks in figure(map_.body, camera) for mark in marks]
        for name, camera in map_.views.items()
    }
    extents = {name: union(mark.extent() for mark in marks) for name, marks in drawn.items()}
    _, top, _, bottom = union(extents.values())
    room = (WIDTH - 2 * MARGIN) / len(drawn)
    scale = min(LARGEST, room / (4 * BADGE + max(e[2] - e[0] for e in extents.values())))
    out, transforms = "", {}
    for index, (name, marks) in enumerate(drawn.items()):
        left, _, right, _ = extents[name]
        centre = MARGIN + room * (index + 0.5)
        to = Transform(scale, centre - (left + right) / 2 * scale, MARGIN - top * scale)
        transforms[name] = to
        out += "".join(mark.svg(to, NAME) for mark in marks)
    return out, transforms, round((bottom - top) * scale + 2 * MARGIN, 1)
