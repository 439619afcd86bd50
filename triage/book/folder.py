"""The folder of a rule book: which files belong to it, and their digest.

Not here: what stands in the files (`loading` and the readers that it calls).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from triage.book.documents import Document
from triage.book.levels import STRATA
from triage.book.shape_reader import LOWER_CASE
from triage.book.written import NAME
from triage.book.yaml_reader import parse, read_bytes
from triage.problems import BadInput, Problem, in_order, nearest

GROUPED = {"patterns": "pattern", "causes": "cause"}
"""Strata whose rules stand in a folder each finding, and the key of `then` that names it."""
CATALOGUES = (
    *("book", "dispositions", "patterns", "causes", "advice", "referrals", "references"),
    *("evidence", "follow_up", "evidence_rows", "hazards", "words"),
)
FOLDERS = ("questionnaire", "exercises", "pictures", *STRATA)
OLDER = "older"
"""Below it stand questionnaires of older books, which are no part of this one."""
_NAME = re.compile(NAME)


def read_folder(folder: Path) -> tuple[dict[str, Document], str]:
    """Every file of a rule book as a document, by its path below the folder; and their digest.

    Raises:
        BadInput: there is no book, a file does not belong to one, or one cannot be read.
    """
    files = sorted(
        (file.relative_to(folder).as_posix(), file)
        for file in folder.rglob("*")
        if file.suffix.lower() in (".yaml", ".yml") and file.is_file()
    )
    files = [(name, file) for name, file in files if not name.startswith(f"{OLDER}/")]
    if not any(name == "book.yaml" for name, _ in files):
        message = "no book.yaml; expected the folder of a rule book"
        raise BadInput([Problem(str(folder), None, message)])
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for name, file in files:
        if not _belongs(name):
            problems.append(Problem(name, None, _stray(name)))
            continue
        content = read_bytes(file)
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
        try:
            documents[name] = parse(content, name)
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(in_order(problems))
    return documents, digest.hexdigest()


def stratum_of(file: str) -> str | None:
    """The stratum of a rule's file; `None` for any other file."""
    folder, _, rest = file.partition("/")
    return folder if folder in STRATA and rest else None


def _belongs(name: str) -> bool:
    """Whether a file of this name is part of a book."""
    folder, *rest = name.removesuffix(".yaml").split("/")
    if not rest:
        return name.endswith(".yaml") and folder in CATALOGUES
    depth = 2 if folder in GROUPED else 1
    good = name.endswith(".yaml") and all(_NAME.fullmatch(part) for part in rest)
    return good and folder in FOLDERS and len(rest) == depth


def _stray(name: str) -> str:
    """What is wrong with a file of this name, which is part of no book."""
    folder, *rest = name.split("/")
    if not name.endswith(".yaml"):
        return "expected the ending .yaml"
    if folder in FOLDERS and not all(_NAME.fullmatch(p.removesuffix(".yaml")) for p in rest):
        return f"in a file's name, {LOWER_CASE}"
    if not rest:
        return "not a file of the rule book" + nearest(folder, [f"{c}.yaml" for c in CATALOGUES])
    if folder in GROUPED:
        return f"expected {folder}/<{GROUPED[folder]}>/<rule>.yaml"
    if folder in FOLDERS:
        return f"expected {folder}/<name>.yaml"
    return "not a folder of the rule book" + nearest(folder, FOLDERS)
