"""The files of `pictures/`: what an author may write, and how each slip is named.

The small book, a coffee machine, gets pictures of a person here; it has none of its own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.authoring.test_lint import SMALL
from triage.answers.responses import Responses
from triage.authoring.lint import lint
from triage.book.loading import load_rule_book
from triage.pictures.body_map import body_map
from triage.pictures.exercises import choose_scenes, exercise_pictures
from triage.pictures.loading import pictures_of
from triage.pictures.scene import Pictures
from triage.problems import BadInput

POSE = """\
    pelvis: {at: [0, 0, 92], up: [0, 0, 1], facing: [0, -1, 0]}
    right_arm: {along: [-0.2, 0, -1]}
    left_arm: {along: [0.2, 0, -1]}
    right_leg: {along: [0, 0, -1]}
    left_leg: {along: [0, 0, -1]}
"""
RINSE = f"""\
camera: {{turned: 0, raised: 10}}
poses:
  upright:
{POSE}  kick:
    like: upright
    left_leg: {{reach: {{on: right_leg.joint, at: [20, -30, 0]}}, bend: [1, -1, 0]}}
pictures:
  usual:
    alt: You stand. You kick.
    panels:
      - pose: upright
      - pose: kick
        moving: [left_leg]
        ghost: upright
        props:
          - ground: {{at: [0, 0], size: [60, 40]}}
        arrows:
          - through: [{{at: [0, 0, 20]}}, {{at: [30, 0, 40]}}]
  hot: {{same_as: usual}}
"""
DESCALE = f"""\
camera: {{turned: 0, raised: 10}}
poses:
  upright:
{POSE}pictures:
  usual: {{alt: You stand., panels: [{{pose: upright}}]}}
  twice: {{alt: You stand twice., panels: [{{pose: upright}}, {{pose: upright}}]}}
  with_cleaner: {{alt: You stand by., panels: [{{pose: upright}}]}}
together:
  - {{of: [twice, with_cleaner], alt: Both., panels: [{{pose: upright}}]}}
"""
BODY_MAP = f"""\
item: troubles
intro: A body.
each: "Number {{number}} is {{place}}."
pose:
{POSE}views:
  face: {{turned: 0, raised: 0}}
places:
  slow: [{{view: face, at: {{on: right_leg.joint}}, size: [4, 4]}}]
  drips: [{{view: face, at: {{on: chest}}, size: [8, 8]}}]
nowhere: [cold, bitter, noisy, not_sure]
"""
FILES = {"rinse": RINSE, "descale": DESCALE, "body_map": BODY_MAP}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small book, with pictures."""
    folder = tmp_path / "book"
    shutil.copytree(SMALL, folder)
    (folder / "pictures").mkdir()
    for name, text in FILES.items():
        (folder / "pictures" / f"{name}.yaml").write_text(text)
    return folder


def change(folder: Path, name: str, old: str, new: str) -> str:
    """Replace a text that stands in a file once; the line on which it began, as problems say."""
    file = folder / "pictures" / f"{name}.yaml"
    text = file.read_text()
    assert 1 == text.count(old), old
    file.write_text(text.replace(old, new))
    return f"pictures/{name}.yaml:{text[: text.index(old)].count(chr(10)) + 1}"


def refused(folder: Path) -> list[str]:
    """What the loader says of a book that it refuses."""
    with pytest.raises(BadInput) as raised:
        pictures_of(load_rule_book(folder))
    return [str(problem) for problem in raised.value.problems]


def shown_by(folder: Path) -> Pictures:
    """The pictures of a book that has some."""
    pictures = pictures_of(load_rule_book(folder))
    assert pictures
    return pictures


def test_the_book_with_pictures_has_no_problem(folder: Path) -> None:
    assert () == lint(load_rule_book(folder))


def test_pictures_are_part_of_the_digest(folder: Path) -> None:
    before = load_rule_book(folder).digest
    change(folder, "rinse", "at: [30, 0, 40]", "at: [30, 0, 41]")

    assert before != load_rule_book(folder).digest


def test_a_pose_takes_from_another_what_it_leaves_out(folder: Path) -> None:
    first, second = shown_by(folder).exercises["rinse"].usual.panels

    assert first.body.limbs["right_arm"] == second.body.limbs["right_arm"]
    assert first.body.limbs["left_leg"] != second.body.limbs["left_leg"]
    assert (first.body.limbs["left_leg"],) == second.ghosts


def test_a_limb_reaches_for_a_point_of_another_limb(folder: Path) -> None:
    limbs = shown_by(folder).exercises["rinse"].usual.panels[1].body.limbs
    x, y, z = limbs["right_leg"].joint

    assert (x + 20, y - 30, z) == limbs["left_leg"].end


def test_versions_together_have_their_own_picture(folder: Path) -> None:
    versions = shown_by(folder).exercises["descale"]

    assert ["Both."] == [scene.alt for scene in choose_scenes(versions, ("with_cleaner", "twice"))]
    assert ["You stand twice."] == [scene.alt for scene in choose_scenes(versions, ("twice",))]


def test_a_version_that_covers_another_stands_for_it(folder: Path) -> None:
    change(folder, "descale", "together:\n", "")
    change(
        folder,
        "descale",
        "  - {of: [twice, with_cleaner], alt: Both., panels: [{pose: upright}]}\n",
        "",
    )
    both = ("twice", "with_cleaner")
    book = load_rule_book(folder)
    assert ["You stand twice.", "You stand by."] == [
        picture.alt for picture in exercise_pictures(book, "descale", both)
    ]
    change(folder, "descale", "alt: You stand by.", "covers: [twice], alt: You stand by.")
    book = load_rule_book(folder)
    assert ["You stand by."] == [
        picture.alt for picture in exercise_pictures(book, "descale", both)
    ]


def test_the_map_reads_its_question_from_the_book(folder: Path) -> None:
    book = load_rule_book(folder)
    picture = body_map(book, Responses(book.items, {"troubles": frozenset({"drips", "slow"})}))
    labels = book.items["troubles"].options

    assert picture
    assert f"A body. Number 1 is {labels['slow']}. Number 2 is {labels['drips']}." == picture.alt


FAULTS = {
    "an exercise that does not exist": (
        None,
        "",
        "",
        "pictures/rins.yaml: no exercise called 'rins'; did you mean 'rinse'?",
    ),
    "a version that does not exist": (
        "rinse",
        "  hot: {same_as",
        "  hott: {same_as",
        "no version called 'hott'; did you mean 'hot'?",
    ),
    "no usual picture": (
        "descale",
        "  usual: {alt: You stand., panels: [{pose: upright}]}\n",
        "",
        "9: a picture of 'usual' is missing",
    ),
    "a picture like one that is not there": (
        "rinse",
        "{same_as: usual}",
        "{same_as: usually}",
        "no version with a picture called 'usually'; did you mean 'usual'?",
    ),
    "a picture and the word that it looks like another": (
        "rinse",
        "{same_as: usual}",
        "{same_as: usual, alt: Hot.}",
        "expected 'same_as' by itself, or a picture",
    ),
    "neither a picture nor the word": (
        "rinse",
        "hot: {same_as: usual}",
        "hot: {alt: Hot.}",
        "expected 'alt' and 'panels', or 'same_as'",
    ),
    "a pose that does not exist": (
        "rinse",
        "pose: kick",
        "pose: kik",
        "no pose called 'kik'; did you mean 'kick'?",
    ),
    "a ghost that does not exist": (
        "rinse",
        "ghost: upright",
        "ghost: uprite",
        "no pose called 'uprite'; did you mean 'upright'?",
    ),
    "a pose like one that does not exist": (
        "rinse",
        "like: upright",
        "like: uprigt",
        "no pose called 'uprigt'; did you mean 'upright'?",
    ),
    "poses like each other": ("rinse", "like: upright", "like: kick", "a circle of 'like'"),
    "a pose that no picture uses": (
        "rinse",
        "  kick:\n",
        "  lonely:\n    like: upright\n  kick:\n",
        "no picture uses the pose 'lonely'",
    ),
    "a point that does not exist": (
        "rinse",
        "on: right_leg.joint",
        "on: right_leg.joynt",
        "no point called 'right_leg.joynt'; did you mean 'right_leg.joint'?",
    ),
    "a limb that rests on itself": (
        "rinse",
        "on: right_leg.joint",
        "on: left_leg.joint",
        "left_leg: rests on what rests on it",
    ),
    "a place out of reach": (
        "rinse",
        "at: [20, -30, 0]",
        "at: [20, -30, -90]",
        "left_leg: 136.4 cm away; expected 2 to 84 cm from its root, and a direction",
    ),
    "a limb that goes two ways": (
        "rinse",
        "{reach: {on",
        "{along: [0, 0, -1], reach: {on",
        "left_leg: expected either 'reach' or 'along'",
    ),
    "a body without a direction": (
        "body_map",
        "facing: [0, -1, 0]",
        "facing: [0, 0, 2]",
        "pelvis: 'up' and 'facing' point along one line",
    ),
    "a body without an arm": (
        "body_map",
        "    left_arm: {along: [0.2, 0, -1]}\n",
        "",
        "4: pose: 'left_arm' is missing",
    ),
    "a thing that is two things": (
        "rinse",
        "- ground: {at: [0, 0], size: [60, 40]}",
        "- {ground: {at: [0, 0], size: [60, 40]}, mat: {at: [0, 0], size: [60, 40]}}",
        "read ground, mat, expected one thing",
    ),
    "a thing that is none": (
        "rinse",
        "- ground: {at: [0, 0], size: [60, 40]}",
        "- ground:",
        "read nothing, expected one thing",
    ),
    "a roller without a direction": (
        "rinse",
        "ground: {at: [0, 0], size: [60, 40]}",
        "roller: {at: {at: [0, 0, 5]}, axis: [0, 0, 0], length: 30, thick: 5}",
        "axis: read '[0.0, 0.0, 0.0]', expected a direction",
    ),
    "a band around a limb without a direction": (
        "rinse",
        "ground: {at: [0, 0], size: [60, 40]}",
        "band: {around: [{on: right_leg.end, toward: right_leg.end, thick: 5}]}",
        "toward: read 'right_leg.end' twice, expected another point",
    ),
    "a thing that nobody knows": (
        "rinse",
        "- ground: {at",
        "- groud: {at",
        "no key called 'groud'; did you mean 'ground'?",
    ),
    "a point with two numbers": (
        "rinse",
        "at: [30, 0, 40]",
        "at: [30, 40]",
        "at: read '[30, 40]', expected 3 or more",
    ),
    "a limb that does not exist": (
        "rinse",
        "moving: [left_leg]",
        "moving: [left_log]",
        "moving: read 'left_log', expected left_arm, right_arm, left_leg or right_leg; "
        "did you mean 'left_leg'?",
    ),
    "a version together that does not exist": (
        "descale",
        "of: [twice, with_cleaner]",
        "of: [twicce, with_cleaner]",
        "no version called 'twicce'; did you mean 'twice'?",
    ),
    "a version together without its own picture": (
        "descale",
        "twice: {alt: You stand twice., panels: [{pose: upright}, {pose: upright}]}",
        "twice: {same_as: usual}",
        "14: of: 'twice' has no picture of its own",
    ),
    "a covered version that does not exist": (
        "descale",
        "alt: You stand by.",
        "covers: [twise], alt: You stand by.",
        "no version called 'twise'; did you mean 'twice'?",
    ),
    "a question that does not exist": (
        "body_map",
        "item: troubles",
        "item: trouble",
        "no item called 'trouble'; did you mean 'troubles'?",
    ),
    "an answer that does not exist": (
        "body_map",
        "  slow: [",
        "  slowly: [",
        "no option of 'troubles' called 'slowly'; did you mean 'slow'?",
    ),
    "an answer without a place that does not exist": (
        "body_map",
        "nowhere: [cold",
        "nowhere: [colt",
        "no option of 'troubles' called 'colt'; did you mean 'cold'?",
    ),
    "a view that does not exist": (
        "body_map",
        "slow: [{view: face",
        "slow: [{view: fase",
        "no view called 'fase'; did you mean 'face'?",
    ),
    "words without the place": (
        "body_map",
        "is {place}",
        "is it",
        "each: read 'Number {number} is it.', expected {place} in it",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_slip_is_named(folder: Path, name: str | None, old: str, new: str, expected: str) -> None:
    """With its file and line, what was read, what was expected and the nearest known name."""
    if name is None:
        (folder / "pictures" / "rinse.yaml").rename(folder / "pictures" / "rins.yaml")
        assert [expected] == refused(folder)
        return
    place = change(folder, name, old, new)
    if expected[0].isdigit():  # it shows on another line than that of the slip
        place, expected = f"pictures/{name}.yaml:{expected}".split(": ", maxsplit=1)
    assert [f"{place}: {expected}"] == refused(folder)


LINT = {
    "an exercise without pictures": (
        "rinse",
        None,
        "pictures/rinse.yaml: missing; expected the pictures of this exercise",
    ),
    "a version about which nothing is said": (
        "rinse",
        ("  hot: {same_as: usual}\n", ""),
        "no word about the version 'hot'; expected a picture, or 'same_as: usual'",
    ),
    "an answer without a place": (
        "body_map",
        ("nowhere: [cold, ", "nowhere: ["),
        "'cold': no place; expected one of the two",
    ),
    "an answer with a place and without": (
        "body_map",
        (
            "nowhere: [cold, bitter, noisy, not_sure]",
            "nowhere: [cold, bitter, noisy, not_sure, slow]",
        ),
        "'slow': both among 'places' and 'nowhere'; expected one of the two",
    ),
    "somebody under the ground": (
        "rinse",
        ("at: [0, 0, 92]", "at: [0, 0, 82]"),
        "picture-rinse-usual: panel 1: the body is 10.0 cm under the ground",
    ),
    "a sentence that is too long, about versions together": (
        "descale",
        ("alt: Both.", "alt: Both" + " and both" * 10 + "."),
        "a sentence of 21 words, expected at most 20: 'Both and both",
    ),
    "a sentence that is too long, about the map": (
        "body_map",
        ("intro: A body.", "intro: A body" + " and body" * 10 + "."),
        "a sentence of 22 words, expected at most 20: 'A body and body",
    ),
    "a sentence that is too long": (
        "rinse",
        ("You kick.", "You kick" + " and kick" * 10 + "."),
        "a sentence of 22 words, expected at most 20: 'You kick and kick",
    ),
}


@pytest.mark.parametrize(("name", "replaced", "expected"), LINT.values(), ids=LINT)
def test_lint_names_what_is_amiss(
    folder: Path, name: str, replaced: tuple[str, str] | None, expected: str
) -> None:
    """The book can be read, and still its pictures are not as they should be."""
    if replaced is None:
        (folder / "pictures" / f"{name}.yaml").unlink()
    else:
        change(folder, name, *replaced)
    said = [str(problem) for problem in lint(load_rule_book(folder))]
    assert [line for line in said if expected in line], said
    assert all(line.startswith(f"pictures/{name}.yaml") for line in said)


def test_a_book_may_have_pictures_and_no_body_map(folder: Path) -> None:
    (folder / "pictures" / "body_map.yaml").unlink()

    assert () == lint(load_rule_book(folder))
