"""Pictures: bodies that could stand like that, files that any viewer takes, and words for them."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.shipped import BOOK
from tests.small import BOOK as BOOK_WITHOUT_PICTURES
from tests.small import given as given_to_small
from tools.contact_sheet import all_pictures
from triage.answers.responses import Responses
from triage.authoring import lint_pictures
from triage.authoring.lint_pictures import scenes_of
from triage.pictures import body_map as map_drawing
from triage.pictures import sheet
from triage.pictures.body import BONES, lowest
from triage.pictures.body_map import body_map
from triage.pictures.exercises import choose_scenes, exercise_pictures
from triage.pictures.ink import LINE, MOVING, SKIN
from triage.pictures.loading import pictures_of
from triage.pictures.marks import Pointer, Stroke
from triage.pictures.outlines import Hull, Transform
from triage.pictures.picture import Picture
from triage.pictures.props.band import Band
from triage.pictures.props.blocks import Block
from triage.pictures.props.roller import Roller
from triage.pictures.props.strap import Strap
from triage.pictures.scene import Panel, Scene
from triage.pictures.space import Vec, between, dot, length, off, scale, span, sub, two_bones, unit

PICTURES = pictures_of(BOOK)
assert PICTURES
assert PICTURES.body_map
MAP = PICTURES.body_map
VERSIONS = PICTURES.exercises
PICTURES = all_pictures(BOOK)
SCENES = {scene.id: scene for versions in VERSIONS.values() for scene in scenes_of(versions)}
PANELS = {
    f"{name}-{n}": panel for name, scene in SCENES.items() for n, panel in enumerate(scene.panels)
}
NUMBERS = st.floats(-200, 200)
POINTS = st.tuples(NUMBERS, NUMBERS, NUMBERS)


def usual(exercise: str) -> Scene:
    """The picture of an exercise to which nothing is changed."""
    return VERSIONS[exercise].usual


# The joint between two bones


@given(POINTS, POINTS, st.floats(1, 100), st.floats(1, 100), POINTS)
def test_a_joint_keeps_both_bones_whole_and_points_to_its_side(
    root: Vec, way: Vec, upper: float, lower: float, bend: Vec
) -> None:
    assume(length(way) > 1 and length(bend) > 1)
    far = (abs(upper - lower) + upper + lower) / 2
    assume(far > 0.1 and abs(dot(unit(way), unit(bend))) < 0.99)
    end = tuple(r + w * far for r, w in zip(root, unit(way), strict=True))

    joint = two_bones(root, end, upper, lower, bend)

    assert upper == pytest.approx(length(sub(joint, root)), abs=1e-5)
    assert lower == pytest.approx(length(sub(joint, end)), abs=1e-5)
    straight = between(root, end, dot(sub(joint, root), unit(way)) / far)
    assert -1e-6 <= dot(sub(joint, straight), bend)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0.1, 100))
def test_what_is_too_far_away_is_out_of_reach(upper: float, lower: float, more: float) -> None:
    with pytest.raises(ValueError, match="cm away"):
        two_bones((0, 0, 0), (upper + lower + more, 0, 0), upper, lower, (0, 0, 1))


def test_a_straight_limb_is_as_long_as_its_bones_and_a_bent_one_shorter() -> None:
    assert 84 == pytest.approx(span(43, 41, 0))
    assert 5 == pytest.approx(span(3, 4, 90))


# Bodies


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_no_bone_is_ever_stretched(panel: Panel) -> None:
    for limb in panel.body.limbs.values():
        upper, lower = BONES[limb.kind]
        assert upper == pytest.approx(length(sub(limb.joint, limb.root)), abs=1e-6)
        assert lower == pytest.approx(length(sub(limb.end, limb.joint)), abs=1e-6)


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_nothing_of_a_body_is_under_the_ground(panel: Panel) -> None:
    assert -lint_pictures.SUNK <= lowest(panel.body)


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_every_body_rests_on_the_ground_or_on_a_thing(panel: Panel) -> None:
    """No body floats: its lowest point is on the ground, which is also the top of a bed."""
    assert lowest(panel.body) < 2


def test_the_ankle_lies_on_the_other_thigh() -> None:
    """Closer than the two are thick, above it, and near the knee."""
    legs = usual("figure_four").panels[1].body.limbs
    thigh, ankle = legs["left_leg"], legs["right_leg"].end
    along = unit(sub(thigh.joint, thigh.root))
    part = dot(sub(ankle, thigh.root), along) / length(sub(thigh.joint, thigh.root))

    assert 0.6 < part < 1
    assert 8 < length(sub(ankle, between(thigh.root, thigh.joint, part))) < 14
    assert ankle[2] > thigh.joint[2]


def test_the_strap_goes_from_the_hand_of_the_other_side_around_the_foot() -> None:
    """It passes clear of the knee, so that it is not taken for a part of the leg."""
    for panel in usual("leg_twist").panels:
        (strap,) = [prop for prop, _ in panel.props if isinstance(prop, Strap)]
        assert ("left_arm", "right_leg") == (strap.hand, strap.around)
        hand, leg = panel.body.limbs[strap.hand].sole, panel.body.limbs[strap.around]
        foot = unit(sub(leg.sole, hand))
        beside = dot(sub(leg.joint, hand), foot)
        assert 15 < length(sub(leg.joint, between(hand, off(hand, (1, foot)), beside)))


def test_a_strap_is_drawn_from_the_hand_around_both_sides_of_the_foot() -> None:
    scene = usual("leg_twist")
    body = scene.panels[0].body
    hand, foot = body.limbs["left_arm"].sole, body.limbs["right_leg"]
    layers = Strap(body, "left_arm", "right_leg").layers(scene.camera)
    assert "right_leg" == layers.beneath
    for (mark,) in (layers.under, layers.over):
        assert isinstance(mark, Stroke)
        assert scene.camera.spot(hand) == mark.line.points[0]
        (x, y), (a, b) = mark.line.points[2], scene.camera.spot(foot.sole)
        assert math.hypot(x - a, y - b) < 5
    assert layers.under != layers.over


def test_the_leg_crosses_the_body_while_the_shoulders_stay_down() -> None:
    """The foot is on the far side of the other leg; both shoulders keep the height of lying."""
    before, after = (panel.body for panel in usual("leg_twist").panels)
    other = after.limbs["left_leg"].root

    assert after.limbs["right_leg"].end[1] < other[1] - 40
    for arm in ("left_arm", "right_arm"):
        assert before.limbs[arm].root[2] == pytest.approx(after.limbs[arm].root[2], abs=2)


@pytest.mark.parametrize("index", [0, 1])
def test_the_roller_lies_under_the_outer_thigh(index: int) -> None:
    """It touches the lower thigh from below, between hip bone and knee, and lies on the ground."""
    panel = usual("foam_rolling").panels[index]
    (roller,) = [prop for prop, _ in panel.props if isinstance(prop, Roller)]
    thigh = panel.body.limbs["right_leg"]
    part = (roller.at[0] - thigh.root[0]) / (thigh.joint[0] - thigh.root[0])
    gap = between(thigh.root, thigh.joint, part)[2] - roller.at[2] - roller.thick

    assert roller.thick == roller.at[2]
    assert (0.7 < part < 0.9) if index == 0 else (0.25 < part < 0.5)
    assert 6 < gap < 10.5


ROLLING = {
    f"{name}-{n}": panel
    for name, scene in SCENES.items()
    for n, panel in enumerate(scene.panels)
    if any(isinstance(prop, Roller) for prop, _ in panel.props)
}


@pytest.mark.parametrize("panel", ROLLING.values(), ids=ROLLING)
def test_a_roller_touches_the_body_and_an_arrow_shows_that_it_rolls(panel: Panel) -> None:
    """Neither a gap is between them, nor is the roller deep inside a limb."""
    (roller,) = [prop for prop, _ in panel.props if isinstance(prop, Roller)]
    limbs = [panel.body.limbs[leg] for leg in ("left_leg", "right_leg")]
    chains = [balls for limb in limbs for balls in (limb.upper(), limb.lower())]
    balls = [
        (between(one[0], two[0], k / 20), one[1] + (two[1] - one[1]) * k / 20)
        for chain in chains
        for one, two in pairwise(chain)
        for k in range(21)
    ]
    gaps = []
    for point, thick in (*balls, *panel.body.seat_balls()):
        way = sub(point, roller.at)
        beside = sub(way, scale(unit(roller.axis), dot(way, unit(roller.axis))))
        gaps.append(length(beside) - thick - roller.thick)

    assert -3 < min(gaps) < 1
    assert [True] == [arrow.both for arrow in panel.arrows]


@pytest.mark.parametrize("index", [0, 1])
def test_elbow_and_top_foot_stand_on_the_ground(index: int) -> None:
    limbs = usual("foam_rolling").panels[index].body.limbs

    assert 4.1 == pytest.approx(limbs["right_arm"].joint[2], abs=1)
    assert 0 == pytest.approx(limbs["left_leg"].sole[2], abs=1)
    assert limbs["left_leg"].end[1] < limbs["right_leg"].root[1] - 20


def test_the_band_lies_around_both_shins_and_both_knees_are_bent() -> None:
    for panel in usual("band_walk").panels:
        (band,) = [prop for prop, _ in panel.props if isinstance(prop, Band)]
        heights = [at[2] for at, _, _ in band.rings]
        assert 2 == len(heights)
        for leg, height in zip(("left_leg", "right_leg"), heights, strict=True):
            limb = panel.body.limbs[leg]
            assert limb.end[2] < height < between(limb.end, limb.joint, 0.4)[2]
            assert length(sub(limb.end, limb.root)) < sum(BONES["leg"]) - 0.5


def test_at_a_counter_both_hands_lie_on_it_and_the_step_is_across_the_picture() -> None:
    scene = VERSIONS["band_walk"].changed["hold_support"]
    assert 0 == scene.camera.turned
    for panel in scene.panels:
        (counter,) = [prop for prop, _ in panel.props if isinstance(prop, Block)]
        for arm in ("left_arm", "right_arm"):
            hand = panel.body.limbs[arm].sole
            assert all(counter.low[axis] <= hand[axis] <= counter.high[axis] for axis in (0, 1))
            assert counter.high[2] + 2 < hand[2] < counter.high[2] + 6
    for way in [arrow.points for panel in scene.panels for arrow in panel.arrows]:
        assert way[0][1:] == way[-1][1:]


def test_the_head_of_one_who_lies_on_the_side_rests_on_the_arm() -> None:
    for panel in usual("side_leg_lift").panels:
        arm = panel.body.limbs["right_arm"]
        assert 0 == pytest.approx(panel.body.skull[2] - 9.6 - 4.4 - arm.joint[2], abs=1.5)


def test_the_toes_of_the_lifted_leg_point_down_and_it_stays_at_the_height_of_the_hip() -> None:
    for panel in usual("side_leg_lift").panels:
        leg = panel.body.limbs["left_leg"]
        assert leg.pointing[2] < -0.7
        assert leg.end[2] < leg.root[2] + 4
    straight = VERSIONS["side_leg_lift"].changed["toes_forward"].panels[1].body.limbs["left_leg"]
    assert abs(straight.pointing[2]) < 0.2


# Files


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_is_a_whole_svg_file_without_letters(picture: Picture) -> None:
    root = ET.fromstring(picture.svg)
    tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}

    assert tags <= {"svg", "defs", "pattern", "path", "circle", "ellipse"}
    assert f"0 0 {picture.width:g} {picture.height:g}" == root.get("viewBox")
    assert picture.alt == root.get("aria-label")
    assert "href" not in picture.svg
    assert not re.search(r"\d\.\d{3}|\de-|nan|inf\b", picture.svg)
    assert len(picture.svg) < 33_500


def test_an_id_is_in_one_picture_only() -> None:
    """So that many pictures can stand in one page; the same picture may stand there twice."""
    ids = [
        (name, one)
        for scene in SCENES.values()
        for name in [scene.id]
        for one in re.findall(r' id="([^"]+)"', sheet.draw(scene).svg)
    ]
    assert len(ids) == len({one for _, one in ids})
    assert all(one.startswith(f"{name}-") for name, one in ids)
    for svg in [sheet.draw(scene).svg for scene in SCENES.values()]:
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r' id="([^"]+)"', svg))


def test_what_is_drawn_twice_is_the_same() -> None:
    before = all_pictures(BOOK)
    sheet.draw.cache_clear()
    map_drawing.views.cache_clear()

    assert before == all_pictures(BOOK)


def test_everything_drawn_lies_inside_the_picture() -> None:
    """The hull of each part, as the numbers of its path say."""
    hull = Hull(((0, 0, 3), (10, 5, 1)))
    left, top, right, bottom = hull.extent()
    assert (-3, -3, 11, 6) == (left, top, right, bottom)
    assert "M" == hull.path(Transform(1, 0, 0))[0]
    for picture in PICTURES.values():
        starts = re.findall(r"M(-?[\d.]+)[ ]?(-?[\d.]+)[al]", picture.svg)
        assert starts
        for x, y in starts:
            assert -3 <= float(x) <= picture.width + 3
            assert -3 <= float(y) <= picture.height + 3


def test_what_moves_is_marked_by_more_than_colour() -> None:
    """Hatched, outlined more thickly, and with an arrow or what was before."""
    for scene in SCENES.values():
        svg = sheet.draw(scene).svg
        moving = rf'fill="url\(#{scene.id}-m\)" stroke="{LINE}" stroke-width="([\d.]+)"'
        still = rf'fill="{SKIN}" stroke="{LINE}" stroke-width="([\d.]+)"'
        thick, thin = (list(map(float, re.findall(kind, svg))) for kind in (moving, still))
        assert any(panel.moving for panel in scene.panels) is bool(thick)
        assert all(one > 1.5 * max(thin) for one in thick)
    assert MOVING in sheet.draw(usual("band_walk")).svg


@given(st.floats(0.2, 1.15), st.floats(0, 2 * math.pi), st.booleans())
def test_an_arrow_is_as_large_in_a_small_picture_as_in_a_large_one(
    scale: float, turn: float, both: bool
) -> None:
    """Its head is 9 units long where there is room, and its end is where it should be."""
    end = (60 * math.cos(turn) / scale, 60 * math.sin(turn) / scale)
    arrow = Pointer(((0, 0), end), both)
    tips = arrow.svg(Transform(scale, 0, 0), "").split("<path ")[2]
    corners = [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+)[ ]?(-?[\d.]+)", tips)]

    assert (6 if both else 3) == len(corners)
    (x, y), one, two = corners[:3]
    assert 60 == pytest.approx(math.hypot(x, y), abs=0.2)
    assert 9 == pytest.approx(60 - math.hypot(one[0] + two[0], one[1] + two[1]) / 2, abs=0.3)


# Words


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_the_words_are_short_sentences(picture: Picture) -> None:
    sentences = re.split(r"(?<=[.!?])\s+", picture.alt)
    assert 2 <= len(sentences)
    assert all(len(sentence.split()) <= 20 for sentence in sentences)
    assert picture.alt == picture.alt.strip()
    assert "\n" not in picture.alt


def test_the_words_name_every_thing_in_the_picture() -> None:
    """Whoever cannot see a band, strap, roller, pillow or chair reads of it."""
    wanted = {"Band": "band", "Strap": "strap", "Roller": "roller", "Pillow": "pillow|bed"}
    for scene in SCENES.values():
        shown = {type(prop).__name__ for panel in scene.panels for prop, _ in panel.props}
        for kind, word in wanted.items():
            if kind in shown:
                assert re.search(word, scene.alt), (scene.id, kind)


# Which picture is shown


def shown(exercise: str, *changes: str) -> list[str]:
    """The names of the pictures of an exercise with these changes."""
    found = choose_scenes(VERSIONS[exercise], changes)
    return [scene.id.removeprefix(f"picture-{exercise}-") for scene in found]


def test_every_exercise_and_every_change_has_a_picture() -> None:
    for exercise in BOOK.exercises.values():
        assert 1 == len(exercise_pictures(BOOK, exercise.id))
        for change in exercise.modifications:
            assert 1 == len(exercise_pictures(BOOK, exercise.id, (change,)))
        for pair in combinations(exercise.modifications, 2):
            assert 1 <= len(exercise_pictures(BOOK, exercise.id, pair)) <= 2


def test_a_change_that_looks_as_usual_shows_the_usual_picture() -> None:
    assert [] == shown("band_walk", "half_and_light")
    usual_ = exercise_pictures(BOOK, "band_walk")
    assert usual_ == exercise_pictures(BOOK, "band_walk", ("half_and_light",))


def test_changes_that_look_the_same_are_shown_once() -> None:
    assert ["band_above_knees"] == shown("band_walk", "band_above_knees", "band_over_clothes")


def test_changes_that_hold_at_once_are_one_picture_where_there_is_one() -> None:
    both = "hold_support-band_above_knees"
    assert [both] == shown("band_walk", "hold_support", "band_above_knees")
    assert [both] == shown("band_walk", "band_over_clothes", "hold_support")
    changes = ("small_steps_no_crossing", "hold_support", "band_above_knees")
    assert [both] == shown("band_walk", *changes)


def sets_of_changes(exercise: str, *needed: str) -> Iterator[tuple[str, ...]]:
    """Every set of changes of an exercise that holds at least one of these."""
    known = [*BOOK.exercises[exercise].modifications]
    for size in range(1, len(known) + 1):
        for changes in combinations(known, size):
            if set(needed) & set(changes):
                yield changes


def panels_shown(exercise: str, changes: tuple[str, ...]) -> list[Panel]:
    """Every position in the pictures of an exercise with these changes."""
    scenes = choose_scenes(VERSIONS[exercise], changes)
    return [panel for scene in scenes for panel in scene.panels]


def test_who_is_to_stand_sees_nobody_lying() -> None:
    for changes in sets_of_changes("side_leg_lift", "standing_kick"):
        assert ["standing_kick"] == shown("side_leg_lift", *changes)
    for changes in sets_of_changes("foam_rolling", "standing_at_wall"):
        assert ["standing_at_wall"] == shown("foam_rolling", *changes)


def test_who_keeps_the_toes_forward_sees_no_toes_that_point_down() -> None:
    for changes in sets_of_changes("side_leg_lift", "toes_forward", "replaced_hip"):
        panels = panels_shown("side_leg_lift", changes)
        assert panels
        assert all(abs(panel.body.limbs["left_leg"].pointing[2]) < 0.3 for panel in panels)


def test_who_keeps_the_leg_at_the_centre_sees_no_leg_across() -> None:
    """But for the rest on one side, where both legs lie in front."""
    resting = panels_shown("leg_twist", ("short_on_back",))[-1].body
    for changes in sets_of_changes("leg_twist", "small_range", "short_on_back"):
        panels = panels_shown("leg_twist", changes)
        assert panels
        for body in (panel.body for panel in panels):
            crosses = body.limbs["right_leg"].end[1] < body.limbs["left_leg"].root[1]
            assert not crosses or body.limbs == resting.limbs


def test_who_is_to_lie_on_a_bed_sees_no_mat() -> None:
    """A mat is one box, and a bed is two."""
    for changes in sets_of_changes("leg_twist", "on_bed"):
        for panel in panels_shown("leg_twist", changes):
            assert 1 != sum(isinstance(prop, Block) for prop, _ in panel.props)


def test_who_is_to_hold_on_sees_nobody_stand_free() -> None:
    for changes in sets_of_changes("band_walk", "hold_support"):
        for panel in panels_shown("band_walk", changes):
            assert any(isinstance(prop, Block) for prop, _ in panel.props)


def test_who_wears_the_band_above_the_knees_sees_none_below() -> None:
    for changes in sets_of_changes("band_walk", "band_above_knees", "band_over_clothes"):
        for panel in panels_shown("band_walk", changes):
            for band in [prop for prop, _ in panel.props if isinstance(prop, Band)]:
                assert all(at[2] > 45 for at, _, _ in band.rings)


def test_a_book_without_pictures_shows_none() -> None:
    assert pictures_of(BOOK_WITHOUT_PICTURES) is None
    for exercise in BOOK_WITHOUT_PICTURES.exercises:
        assert () == exercise_pictures(BOOK_WITHOUT_PICTURES, exercise)
    assert body_map(BOOK_WITHOUT_PICTURES, given_to_small({})) is None


# The body map


def mapped(*answered: str) -> Picture | None:
    """The body map of somebody who ticked these places."""
    return body_map(BOOK, Responses(BOOK.items, {MAP.item: frozenset(answered)}))


@given(st.sets(st.sampled_from(sorted(BOOK.items[MAP.item].options))))
def test_the_map_marks_exactly_the_places_that_were_named(answered: set[str]) -> None:
    placed = [place for place in MAP.places if place in answered]
    picture = mapped(*answered)

    if not placed:
        assert picture is None
        return
    assert picture
    areas = [area for place in placed for area in MAP.places[place]]
    drawn = re.findall(r'<ellipse cx="([\d.]+)" cy="([\d.]+)"[^>]* stroke-width="1.8"', picture.svg)
    _, transforms, _ = map_drawing.views(MAP)
    expected = [transforms[a.view].spot(MAP.views[a.view].spot(a.at)) for a in areas]
    assert sorted((round(x, 1), round(y, 1)) for x, y in expected) == sorted(
        (float(x), float(y)) for x, y in drawn
    )
    labels = [BOOK.items[MAP.item].options[place] for place in placed]
    assert picture.alt == " ".join(
        [MAP.intro, *(MAP.said(number, label) for number, label in enumerate(labels, 1))]
    )


def test_without_an_answer_there_is_no_map() -> None:
    assert body_map(BOOK, Responses(BOOK.items, {})) is None


@pytest.mark.parametrize("place", MAP.places)
def test_an_area_lies_on_the_body(place: str) -> None:
    """Its centre is no farther outside than the body is thick there."""
    for area in MAP.places[place]:
        camera = MAP.views[area.view]
        x, y = camera.spot(area.at)
        near = min(
            math.hypot(x - a, y - b) - thick
            for point, thick in MAP.body.balls()
            for a, b in [camera.spot(point)]
        )
        assert near < 3


def test_a_place_that_cannot_be_told_exactly_marks_a_larger_area() -> None:
    """The whole knee around each of its parts, in every view in which they are shown."""
    whole = {area.view: area for area in MAP.places["knee"]}
    for place in ("front_knee", "back_knee", "outer_knee_joint", "outer_knee"):
        for area in MAP.places[place]:
            assert math.prod(whole[area.view].size) > 1.3 * math.prod(area.size)
    assert set(MAP.views) == set(whole)


def test_three_numbers_close_together_do_not_cover_each_other() -> None:
    picture = mapped("outer_knee_above", "outer_knee_joint", "outer_knee_knob")
    assert picture
    discs = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="6"', picture.svg)
    centres = [(float(x), float(y)) for x, y in discs]
    assert 3 == len(centres)
    assert all(math.dist(one, other) > 12 for one, other in combinations(centres, 2))
