"""The lock files: what each one pins, what the project asks of it, and what it leaves open.

Not here: how they are written and installed (`Makefile`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BUILD, RUNTIME = "requirements-build.lock", "requirements.lock"
DEV, BENCH = "requirements-dev.lock", "requirements-bench.lock"

_GROUPS, _LIBRARIES = PROJECT["dependency-groups"], PROJECT["project"]["dependencies"]
ASKED: dict[str, list[str]] = {
    BUILD: PROJECT["build-system"]["requires"] + _GROUPS["build"],
    RUNTIME: _LIBRARIES,
    DEV: _LIBRARIES + _GROUPS["dev"],
    BENCH: _LIBRARIES + _GROUPS["bench"],
}
"""What pyproject.toml wants each lock to hold."""

Needs = Callable[[Requirement], list[Requirement] | None]
"""What a pinned package requires; none where that is not known here."""


def supported_pythons() -> list[str]:
    """The versions that pyproject.toml names, such as 3.11."""
    named = "\n".join(PROJECT["project"]["classifiers"])
    return re.findall(r"^Programming Language :: Python :: (3\.\d+)$", named, re.MULTILINE)


def _environments() -> dict[str, dict[str, str]]:
    systems = {
        "linux": ("linux", "Linux", "posix", "x86_64"),
        "macos": ("darwin", "Darwin", "posix", "arm64"),
        "windows": ("win32", "Windows", "nt", "AMD64"),
    }
    return {
        f"{python}-{name}": {
            "python_version": python,
            # The first release of each: backports are for the older ones.
            "python_full_version": f"{python}.0",
            "implementation_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "sys_platform": platform,
            "platform_system": system,
            "os_name": family,
            "platform_machine": machine,
        }
        for python in supported_pythons()
        for name, (platform, system, family, machine) in systems.items()
    }


ENVIRONMENTS = _environments()
"""What markers ask about, on every supported Python and system."""


def text_of(lock: str) -> str:
    """The text of a lock file."""
    return (ROOT / lock).read_text("utf-8")


@cache
def pins(text: str) -> list[Requirement]:
    """Every pin of a lock file, for whatever Python and system."""
    return list(map(Requirement, re.findall(r"^([\w.\[\],-]+==[^\\\n]+)", text, re.MULTILINE)))


@cache
def holds(need: Requirement, environment: str | None = None, extra: str = "") -> bool:
    """Whether a requirement counts here, or on a Python and system of `ENVIRONMENTS`."""
    there = ENVIRONMENTS[environment] if environment else {}
    return need.marker is None or need.marker.evaluate({**there, "extra": extra})


def version(pin: Requirement) -> str:
    """The version that is pinned."""
    (exactly,) = pin.specifier
    return exactly.version


@cache
def installed_needs(pin: Requirement) -> list[Requirement] | None:
    """What a pinned package requires, where this very version is installed here."""
    try:
        found = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        return None
    if found.version != version(pin):
        return None
    return list(map(Requirement, found.requires or []))


def gaps(
    text: str, asked: Iterable[str], environment: str, needs: Needs = installed_needs
) -> list[str]:
    """What a lock leaves open on one Python and system, in sentences: none where it is closed.

    Args:
        text: the lock file.
        asked: what the project wants of it.
        environment: the name of the Python and system.
        needs: what each package requires.
    """
    here = [pin for pin in pins(text) if holds(pin, environment)]
    held = {canonicalize_name(pin.name): pin for pin in here}
    found = [] if len(held) == len(here) else ["a package is pinned twice"]
    wanted = [("the project", need) for need in map(Requirement, asked) if holds(need, environment)]
    wanted += [
        (pin.name, need)
        for pin in here
        for need in needs(pin) or []
        if any(holds(need, environment, extra) for extra in ("", *pin.extras))
    ]
    for who, need in wanted:
        if why := _unmet(need, held):
            found.append(f"{who} needs {need}, {why}")
    return found


def _unmet(need: Requirement, held: Mapping[str, Requirement]) -> str | None:
    pin = held.get(canonicalize_name(need.name))
    if pin is None:
        return "which is not pinned"
    if not need.specifier.contains(version(pin), prereleases=True):
        return f"and {pin} is pinned"
    if need.extras - pin.extras:
        return "and the pin lacks the extra"
    return None
