"""A clinic's spreadsheet as clinics keep them: 500 made-up people, its own columns and spellings.

Beside each row stands what it means.  What the clinic knows of its columns and words is here too,
so that a test can mend a draft as the clinic would, from what the draft and `score` show.

Not here: the walk from the draft to scores (`intake.test_two_rounds`).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Truth = dict[str, Any]
"""Item to its answer, or item and option, with a slash between them, to yes, no or not_sure."""

YES = {"Yes": 50, "yes": 15, "Y": 15, "y": 8, "YES": 4, "x": 4, "ja": 2}
NO = {"No": 50, "no": 20, "N": 12, "n": 8, "NO": 4, "none": 2, "nein": 1}
UNSURE = {"not sure": 5, "?": 3, "don't know": 1}
TICKED = {"ja": "yes", "nein": "no", "none": "no", "not sure": "not_sure", "don't know": "not_sure"}
"""The clinic's own words in columns of yes and no."""
TICKS = {
    "Chest pain?": ("signs_now/chest_pain", 0.03),
    "SOB": ("signs_now/sudden_breathlessness", 0.03),
    "Fever / chills": ("illness_or_swelling/fever", 0.05),
    "Calf swelling?": ("illness_or_swelling/leg_swollen", 0.06),
    "Saddle numbness": ("nerve_signs/numb_between_legs", 0.02),
    "Bladder": ("nerve_signs/bladder_trouble", 0.03),
    "Foot drop": ("nerve_signs/foot_drops", 0.02),
    "Wt loss": ("general_signs/weight_loss", 0.04),
    "Night sweats": ("general_signs/night_sweats", 0.04),
    "PMH cancer": ("conditions/cancer", 0.06),
    "DVT before": ("conditions/clot", 0.04),
    "Anticoagulant": ("medicines/blood_thinner", 0.08),
    "Steroids": ("medicines/steroids", 0.05),
    "THR": ("operations/hip_replacement", 0.05),
    "Runs?": ("activities/running", 0.4),
    "?meniscus": ("told/meniscus_or_ligament", 0.05),
    "Knee swelling": ("knee_trouble/swells", 0.1),
    "Locking": ("knee_trouble/stuck", 0.05),
    "Groin pinch": ("hip_signs/groin_pinch", 0.1),
}
"""Columns of yes and no, what they ask, and how often the answer is yes."""
CHOICES: Mapping[str, tuple[str, Mapping[str, str], Mapping[str, int]]] = {
    "Gait": (
        "walking",
        {
            "normal": "as_usual",
            "ok": "as_usual",
            "antalgic": "limp",
            "limps": "limp",
            "NWB": "cannot",
        },
        {"normal": 60, "Normal": 15, "ok": 5, "antalgic": 12, "limps": 3, "Antalgic": 3, "NWB": 2},
    ),
    "Night pain": (
        "rest_pain",
        {"no": "no", "none": "no", "on side": "lying_on_it", "most nights": "most_nights"},
        {"no": 60, "No": 10, "none": 4, "on side": 16, "most nights": 7, "On side": 3},
    ),
    "AM stiffness": (
        "morning_stiffness",
        {"nil": "no", "<30 min": "up_to_half_hour", ">30 min": "over_half_hour"},
        {"nil": 60, "Nil": 10, "<30 min": 20, ">30 min": 10},
    ),
    "Onset": (
        "onset",
        {
            **{"gradual": "slowly", "insidious": "slowly", "fall": "small_fall_or_twist"},
            **{"twist": "small_fall_or_twist", "RTA": "major_accident", "tackle": "hard_hit"},
        },
        {
            "gradual": 60,
            "Gradual": 10,
            "insidious": 12,
            "fall": 8,
            "twist": 6,
            "RTA": 2,
            "tackle": 2,
        },
    ),
    "Preg": (
        "pregnancy",
        {"no": "no", "n/a": "no", "2nd trimester": "after_16_weeks", "post partum": "gave_birth"},
        {"no": 70, "No": 20, "2nd trimester": 2, "post partum": 2},
    ),
    "Side": (
        "which_side",
        {"L": "one_side", "R": "one_side", "L+R": "both_sides", "bilat": "both_sides"},
        {"L": 40, "R": 40, "r": 5, "l": 5, "L+R": 6, "bilat": 2},
    ),
}
"""Columns of words: the question, what the words mean, and how often each comes."""
PLACES = {
    **{
        "lat knee": "outer_knee",
        "outer knee": "outer_knee",
        "knee": "knee",
        "ant knee": "front_knee",
    },
    **{"GT": "outer_hip", "lat hip": "outer_hip", "groin": "groin", "lat thigh": "outer_thigh"},
    **{"LBP": "low_back", "buttock": "buttock"},
}
SITE = "Site"
AGE, WEEKS, WORST, SITTING = "Age", "How long", "VAS worst", "Hrs sitting"
IGNORED = ("Date", "Seen by", "DOB", "Sex", "Comments")
HEADER = ("Pt No.", *IGNORED[:4], AGE, SITE, WEEKS, WORST, SITTING, *CHOICES, *TICKS, "Comments")
BLANKS = {"": 6, "n/a": 2, "-": 1}


@dataclass(frozen=True)
class Person:
    """One row, and what it means."""

    cells: Mapping[str, str]
    truth: Truth


def _drawn(drawn: random.Random, weights: Mapping[str, int]) -> str:
    return drawn.choices(list(weights), list(weights.values()))[0]


def people(count: int, seed: int) -> Sequence[Person]:
    """So many made-up people, the same for the same seed."""
    drawn = random.Random(seed)
    made = [_person(drawn, number) for number in range(count)]
    for again in drawn.sample(range(1, count), 3):  # three came twice
        made[again] = Person(
            {**made[again].cells, "Pt No.": made[again - 1].cells["Pt No."]}, made[again].truth
        )
    return made


def _person(drawn: random.Random, number: int) -> Person:
    truth: Truth = {}
    cells = {
        "Pt No.": f"K{1000 + number}",
        "Date": f"{drawn.randint(1, 28):02}.11.2026",
        "Seen by": drawn.choice(["AB", "Jürgen", "M. Lee"]),
        "Sex": _drawn(drawn, {"F": 40, "M": 40, "f": 10, "m": 8, "female": 2}),
        "Comments": drawn.choice(["", "", "wants to run; soon", "Tel. 0171 / mother: Ann", "§ 3"]),
    }
    age = drawn.randint(13, 80)
    truth["age"] = float(age)
    cells[AGE] = drawn.choices([str(age), f"{age} yrs", f"{age}y", f"{age} years"], [90, 3, 3, 4])[
        0
    ]
    cells["DOB"] = f"{drawn.randint(1, 28):02}.{drawn.randint(1, 12):02}.{2026 - age}"
    weeks = drawn.randint(1, 60)
    months = drawn.randint(2, 12)
    cells[WEEKS], truth["weeks_of_pain"] = drawn.choices(
        [
            (str(weeks), weeks),
            (f"{weeks} wks", weeks),
            (f"{months} months", months * 4.345),
            (f"{months} mo", months * 4.345),
        ],
        [85, 5, 6, 4],
    )[0]
    worst = drawn.randint(1, 9)
    cells[WORST] = drawn.choices([str(worst), f"{worst}/10", f"{worst},5", "poor"], [88, 6, 4, 2])[
        0
    ]
    cells[SITTING] = drawn.choices([str(drawn.randint(2, 10)), "8h", "6 h", ""], [85, 4, 3, 8])[0]
    places = drawn.sample(list(PLACES), drawn.choices([1, 2], [80, 20])[0])
    cells[SITE] = drawn.choice([" + ", "/", "; "]).join(places)
    truth["pain_places"] = {PLACES[place] for place in places}
    for column, (item, meanings, weights) in CHOICES.items():
        word = _drawn(drawn, {**weights, **BLANKS})
        meant = {**meanings, **{w.casefold(): m for w, m in meanings.items()}}
        cells[column] = word
        if word not in BLANKS:
            truth[item] = meant.get(word) or meant[word.casefold()]
    for column, (place, share) in TICKS.items():
        said = drawn.choices(["yes", "no", "not_sure", ""], [share, 0.86 - share, 0.03, 0.11])[0]
        words = {"yes": YES, "no": NO, "not_sure": UNSURE, "": BLANKS}[said]
        cells[column] = _drawn(drawn, words)
        if said and cells[column] != "?":
            truth[place] = said
    return Person(cells, truth)


def write(path: Path, rows: Sequence[Person]) -> Path:
    """The people as the clinic's German Excel exports them: semicolons, Windows-1252."""
    with path.open("w", newline="", encoding="cp1252") as stream:
        writer = csv.DictWriter(stream, HEADER, delimiter=";")
        writer.writeheader()
        writer.writerows(person.cells for person in rows)
    return path
