"""The catalogues, and the files of `exercises/`, to entries; and whether what they name is there.

Not here: what an entry is (`entries`), the evidence rows and the hazard log (`origin_reader`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from triage.book.documents import Path_
from triage.book.entries import Advice, Cause, Disposition, Exercise, Pattern, Reference, Referral
from triage.book.levels import SELF_CARE, SELF_CARE_ALONE, WORDED
from triage.book.shape_reader import ShapeReader
from triage.problems import listed, nearest, quoted

Entry = TypeVar("Entry", Disposition, Pattern, Cause, Advice, Referral, Reference)


def read_catalogue(
    reader: ShapeReader, name: str, shape: type[Entry], references: Mapping[str, Reference]
) -> Mapping[str, Entry]:
    """The entries of a catalogue by their keys; none where a problem was noted."""
    file = f"{name}.yaml"
    entries = reader.read_each(file, shape)
    for key, entry in entries.items():
        check_references(reader, references, file, (key,), entry)
    return MappingProxyType({key: replace(entry, id=key) for key, entry in entries.items()})


def read_exercises(
    reader: ShapeReader, references: Mapping[str, Reference]
) -> Mapping[str, Exercise]:
    """The exercises in the order of the plan, without those in which a problem was noted."""
    exercises: list[Exercise] = []
    for file in reader.documents:
        if file.startswith("exercises/"):
            exercise = reader.read(file, Exercise)
            if exercise:
                check_references(reader, references, file, (), exercise)
                _check_steps(reader, file, exercise)
                exercises.append(replace(exercise, id=PurePosixPath(file).stem))
    exercises.sort(key=lambda exercise: (exercise.order, exercise.id))
    return MappingProxyType({exercise.id: exercise for exercise in exercises})


def check_references(
    reader: ShapeReader, known: Mapping[str, Reference], file: str, path: Path_, written: Any
) -> None:
    """What a rule or an entry cites exists, and its grade does not stand without a source."""
    path = (*path, "references")
    names, evidence = getattr(written, "references", ()), getattr(written, "evidence", "expert")
    if not names and evidence not in ("expert", "pragmatic"):
        message = f"graded '{evidence}' without a reference; expected one or more"
        reader.note(file, path, message)
    for index, name in enumerate(names):
        if name not in known:
            message = f"no reference called {quoted(name)}{nearest(name, known)}"
            reader.note(file, (*path, index), message)


def check_dispositions(
    reader: ShapeReader, dispositions: Mapping[str, Disposition], referrals: Mapping[str, Referral]
) -> None:
    """Every level has its wording, in order, and sends to somebody known."""
    file = "dispositions.yaml"
    expected = list(WORDED)
    if file in reader.documents and list(dispositions) != expected:
        read = listed(dispositions) if dispositions else "none"
        message = f"read the levels {read}, expected {listed(expected)}, so ordered"
        reader.note_file(file, message)
    for level, wording in dispositions.items():
        usual = dispositions.get(SELF_CARE)
        sent = (wording.referral, wording.within_days)
        if level == SELF_CARE_ALONE and usual and sent != (usual.referral, usual.within_days):
            reader.note(file, (level,), f"expected the referral and the days of {SELF_CARE}")
        if wording.referral not in referrals:
            near = nearest(wording.referral, referrals)
            message = f"no referral called {quoted(wording.referral)}{near}"
            reader.note(file, (level, "referral"), message)


def _check_steps(reader: ShapeReader, file: str, exercise: Exercise) -> None:
    """A changed version names steps that are there."""
    last = len(exercise.steps)
    for name, change in exercise.modifications.items():
        steps: dict[Path_, int] = {
            ("replaces_steps", index): step for index, step in enumerate(change.replaces_steps)
        }
        if change.before_step is not None:
            steps["before_step",] = change.before_step
        for path, step in steps.items():
            if step > last:
                message = f"read step {step}, expected 1 to {last}"
                reader.note(file, ("modifications", name, *path), message)
