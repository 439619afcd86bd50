"""Where the files are that come with the program: the rule book, the report templates and fonts.

They stand beside the package in a checkout, for people to read and change, and inside it once
installed from a wheel.  Not here: reading them (`loading`, `report`), or a clinic's own rule book,
whose folder is an argument wherever a rule book is read.
"""

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path


def rules_folder() -> Path:
    """Returns the folder of the rule book that comes with the program.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    return find_folder("rules", package=_package())


def templates_folder() -> Path:
    """Returns the folder of the report templates that come with the program.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    return find_folder("reports/templates", package=_package())


def reports_folder() -> Path:
    """Returns the folder that holds the templates, and their words in other languages.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    return find_folder("reports", package=_package())


def fonts_folder() -> Path:
    """Returns the folder of the fonts of a PDF report, with their licence.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    return find_folder("reports/fonts", package=_package())


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of the program and its templates: with the same one, the same reports are made."""
    digest = hashlib.sha256()
    for folder in (_package(), reports_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".typ", ".html", ".txt", ".jinja", ".css", ".po"):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def find_folder(name: str, *, package: Path) -> Path:
    """Returns a folder that is inside the package, or else one that stands beside it.

    Args:
        name: The folder, from the package or from what it stands in, with `/` between parts.
        package: The folder of the Python package.

    Raises:
        FileNotFoundError: Neither place has the folder; the message names both.
    """
    places = (package / name, package.parent / name)
    for place in places:
        if place.is_dir():
            return place
    looked = " nor ".join(str(place) for place in places)
    raise FileNotFoundError(f"no folder {name}: neither {looked} is there")


def _package() -> Path:
    """Returns the folder of this package, wherever it is installed."""
    return Path(str(files("triage")))
