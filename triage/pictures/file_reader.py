"""What readers of one file of `pictures/` have in common: how they note a problem with its line."""

from __future__ import annotations

from triage.book.documents import Document, Path_
from triage.pictures.body import Body
from triage.pictures.points import PointReader
from triage.problems import Problem


class FileReader:
    """Reads one file, and notes what is wrong with it."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.problems = problems

    def note(self, path: Path_, message: str) -> None:
        """Note a problem with the value at `path`."""
        self.problems.append(self.document.problem(path, message))

    def points(self, body: Body, path: Path_) -> PointReader:
        """A reader of the points below `path`, which are counted from a body."""
        return PointReader(body, self.document, path, self.problems)
