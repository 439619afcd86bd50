"""The body map: one body from several sides, with numbered marks where a person says it hurts.

Not here: how the map is written down (`map_file`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from triage.answers.responses import Responses
from triage.book.rulebook import RuleBook
from triage.pictures import ink
from triage.pictures.camera import Spot
from triage.pictures.digits import badge
from triage.pictures.figure import figure
from triage.pictures.loading import pictures_of
from triage.pictures.outlines import Transform, num, union
from triage.pictures.picture import LARGEST, MARGIN, WIDTH, Picture, finish
from triage.pictures.scene import BodyMap

NAME = "picture-map"
BADGE = 6.0
RING = "#b3123f"


def body_map(book: RuleBook, responses: Responses) -> Picture | None:
    """The body map with the places that a person named.

    Args:
        book: the rule book.
        responses: the person's answers.

    Returns:
        The map, or `None` where the book has none or nothing on it is to be marked.

    Raises:
        BadInput: the book's files of pictures cannot be read.
    """
    pictures = pictures_of(book)
    map_ = pictures.body_map if pictures else None
    if map_ is None or responses.applies(map_.item) is False:
        return None
    answer = responses.answers.get(map_.item)
    given = answer if isinstance(answer, frozenset) else {answer}
    marked = tuple(place for place in map_.places if place in given)
    if not marked:
        return None
    labels = book.items[map_.item].options
    said = [map_.said(number, labels[place]) for number, place in enumerate(marked, 1)]
    return _draw(map_, marked, " ".join([map_.intro, *said]))


def _draw(map_: BodyMap, marked: Sequence[str], alt: str) -> Picture:
    """The map with some places marked, which are numbered from 1 in their order."""
    bodies, transforms, height = views(map_)
    rings: list[tuple[float, str]] = []
    badges = ""
    taken: list[Spot] = []
    for number, place in enumerate(marked, 1):
        for area in map_.places[place]:
            camera, to = map_.views[area.view], transforms[area.view]
            x, y = to.spot(camera.spot(area.at))
            wide, high = area.size[0] * to.scale, area.size[1] * to.scale
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
    return finish(content, NAME, alt, height)


def _ring(x: float, y: float, wide: float, high: float) -> str:
    shape = f'cx="{num(x)}" cy="{num(y)}" rx="{num(wide)}" ry="{num(high)}"'
    return (
        f'<ellipse {shape} fill="none" stroke="{ink.WHITE}" stroke-width="3.4"/>'
        f'<ellipse {shape} fill="{ink.paint(ink.MOVING, NAME)}" fill-opacity=".85" '
        f'stroke="{RING}" stroke-width="1.8"/>'
    )


def _free(at: Spot, wide: float, centre: float, height: float, taken: Sequence[Spot]) -> Spot:
    """Where a number stands: beside its area, away from the body's centre and other numbers."""
    side = -1 if at[0] < centre else 1
    x = at[0] + side * (wide + 5 + BADGE)
    clear = (2 * BADGE + 1) ** 2
    steps = [3.0 * step * turn for step in range(60) for turn in (1, -1)]
    rows = [at[1] + step for step in steps if BADGE < at[1] + step < height - BADGE]
    free = ((x, y) for y in rows if all((x - a) ** 2 + (y - b) ** 2 > clear for a, b in taken))
    return next(free, at)


@lru_cache(maxsize=8)
def views(map_: BodyMap) -> tuple[str, dict[str, Transform], float]:
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
