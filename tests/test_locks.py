"""The lock files are closed: they are installed without resolving, so each must name all it needs.

What a package requires is read from the package itself, as it is installed here.  Nothing but what
`make bench` alone installs is not here; `make lock` looks into that too, and `pip check` does so
wherever a lock is installed.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from packaging.requirements import Requirement

from tests.locks import (
    ASKED,
    BENCH,
    BUILD,
    DEV,
    ENVIRONMENTS,
    PROJECT,
    RUNTIME,
    gaps,
    holds,
    installed_needs,
    pins,
    supported_pythons,
    text_of,
    version,
)

BROUGHT_BY_CLIPSPY = {"cffi", "pycparser"}
"""Nothing that is installed for the tests says that these are needed."""
EVERY_PIN = [(lock, pin) for lock in ASKED for pin in pins(text_of(lock))]
MISSED = [(lock, pin) for lock, pin in EVERY_PIN if pin.name not in BROUGHT_BY_CLIPSPY]


def without(text: str, pin: Requirement) -> str:
    """A lock file from which somebody took a pin."""
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    left = [block for block in blocks if pin not in pins(block)]
    assert len(left) == len(blocks) - 1
    return "".join(left)


def open_on(lock: str, text: str) -> set[str]:
    """The Pythons and systems on which a lock with this text is not closed."""
    return {name for name in ENVIRONMENTS if gaps(text, ASKED[lock], name)}


@pytest.mark.parametrize("name", ENVIRONMENTS)
@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_names_all_that_it_needs(lock: str, name: str) -> None:
    assert [] == gaps(text_of(lock), ASKED[lock], name)


def test_only_packages_of_the_benchmark_are_not_looked_into() -> None:
    seen = {pin for _, pin in EVERY_PIN if installed_needs(pin) is not None}
    assert set() == {pin for lock, pin in EVERY_PIN if lock != BENCH and holds(pin)} - seen


def test_what_every_extra_needs_is_locked_for_the_tests() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    for here in ENVIRONMENTS:
        assert [] == gaps(text_of(DEV), [need for extra in extras for need in extra], here)


def test_the_supported_pythons_begin_with_the_oldest_that_installs() -> None:
    oldest, *_ = pythons = supported_pythons()
    assert PROJECT["project"]["requires-python"] == f">={oldest}"
    minors = [int(python.removeprefix("3.")) for python in pythons]
    assert {1} == {after - before for before, after in pairwise(minors)}


@pytest.mark.parametrize("here", ENVIRONMENTS)
def test_no_lock_undoes_another(here: str) -> None:
    """A package has one version, whichever locks name it."""
    versions: dict[str, set[str]] = {}
    for _, pin in EVERY_PIN:
        if holds(pin, here):
            versions.setdefault(pin.name, set()).add(version(pin))
    assert {} == {name: several for name, several in versions.items() if len(several) > 1}


@pytest.mark.parametrize("lock", [DEV, BENCH])
def test_a_further_lock_holds_all_of_the_runtime(lock: str) -> None:
    assert [] == [pin for pin in pins(text_of(RUNTIME)) if pin not in pins(text_of(lock))]


# --- A lock that is not closed is noticed. ---


@pytest.mark.parametrize(("lock", "pin"), MISSED, ids=[f"{a}-{b.name}" for a, b in MISSED])
def test_a_pin_that_is_taken_out_is_missed(lock: str, pin: Requirement) -> None:
    """And so no lock names a package that nothing needs."""
    there = {name for name in ENVIRONMENTS if holds(pin, name)}
    missed = open_on(lock, without(text_of(lock), pin))
    assert missed <= there
    assert missed


def test_a_pin_that_only_later_pythons_need_is_missed_on_those() -> None:
    (later,) = [pin for pin in pins(text_of(BENCH)) if not holds(pin, "3.11-linux")]
    missed = open_on(BENCH, without(text_of(BENCH), later))
    assert {name for name in ENVIRONMENTS if not name.startswith("3.11-")} == missed


def test_an_extra_that_is_taken_off_is_missed() -> None:
    """As once when the lock named `coverage` where pytest-cov needs `coverage[toml]`."""
    text = text_of(DEV)
    bare = text.replace("\ncoverage[toml]==", "\ncoverage==")
    assert bare != text
    assert set(ENVIRONMENTS) == open_on(DEV, bare)


@pytest.mark.parametrize(
    ("lock", "name", "needed_by"),
    [
        (BUILD, "pluggy", "hatchling"),
        (RUNTIME, "pydantic-core", "pydantic"),
        (RUNTIME, "click", "the project"),
        (DEV, "duckdb", "the project"),
        (DEV, "py4j", "pyspark"),
    ],
)
def test_a_version_that_does_not_fit_is_noticed(lock: str, name: str, needed_by: str) -> None:
    old = re.sub(rf"^{name}==\S+", f"{name}==0.0.1", text_of(lock), flags=re.MULTILINE)
    for here in ENVIRONMENTS:
        found = gaps(old, ASKED[lock], here)
        assert any(said.startswith(f"{needed_by} needs {name}") for said in found), found


MADE_UP = {
    "kettle": [
        "Water[warm]>=2",
        "tomlish; python_version < '3.12'",
        "tap; sys_platform == 'win32'",
    ],
    "water": ["spring", "stove>=1; extra == 'warm'", "ice; extra == 'cold'"],
}
CLOSED = """\
kettle==1.0
spring==3.0
stove==1.5
tap==1.0 ; sys_platform == 'win32'
tomlish==1.0 ; python_full_version < '3.12'
water[warm]==2.0
"""


@pytest.mark.parametrize(
    ("line", "instead", "said", "where"),
    [
        ("spring==3.0\n", "", "water needs spring, which is not pinned", "3."),
        ("stove==1.5\n", "", 'water needs stove>=1; extra == "warm", which is not pinned', "3."),
        ("stove==1.5", "stove==0.9", "and stove==0.9 is pinned", "3."),
        ("water[warm]", "water", "kettle needs Water[warm]>=2, and the pin lacks the extra", "3."),
        ("tomlish==1.0 ; python_full_version < '3.12'\n", "", "kettle needs tomlish", "3.11-"),
        ("sys_platform == 'win32'", "sys_platform == 'linux'", "kettle needs tap", "-windows"),
        ("spring==3.0", "spring==3.0\nSpring==3.1", "a package is pinned twice", "3."),
    ],
)
def test_what_a_lock_leaves_open_is_said(line: str, instead: str, said: str, where: str) -> None:
    def left_open(text: str) -> dict[str, list[str]]:
        return {
            name: gaps(text, ["kettle"], name, lambda pin: needs_of(pin.name))
            for name in ENVIRONMENTS
        }

    def needs_of(name: str) -> list[Requirement]:
        return list(map(Requirement, MADE_UP.get(name, [])))

    assert [] == [name for name, found in left_open(CLOSED).items() if found]
    for name, found in left_open(CLOSED.replace(line, instead)).items():
        assert (where in name) == any(said in sentence for sentence in found), (name, found)
