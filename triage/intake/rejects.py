"""Forms that are refused: a line for each thing that is wrong, and any red flag that still shows.

The columns say that a form is refused; the words for it are those of the interview, found by
checking its answers once more with `reading.read`.  Where that finds nothing wrong, the two
disagree: that is a bug, and is raised.

Not here: which forms are refused (`batch.score_files`).
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from triage.answers.reading import AnswersRefused, read
from triage.answers.responses import Responses
from triage.answers.table import ID
from triage.engines.fold import Fold
from triage.engines.name_lists import SEPARATOR
from triage.intake.constants import with_constant_answers
from triage.intake.output import neutral
from triage.intake.row_answers import RowAnswers
from triage.intake.tables import DAMAGE, ROW
from triage.problems import EnginesDisagree, Problem

COLUMNS = ("file", "row", "form", "item", "value", "reason", "red_flags")
WHOLE_ROW = "the whole row"
"""What stands for the item where the row as a whole is damaged, in counts."""


class Rejects:
    """Writes what is wrong with each refused form, and counts."""

    def __init__(self, answers: RowAnswers, stream: TextIO, form: str) -> None:
        """Begin a file.

        Args:
            answers: what reads those of a row.
            stream: where to write.
            form: the ending that chooses its form, one of `output.REJECTS`.
        """
        self.answers = answers
        self.book = answers.columns.book
        self.forms = 0
        self.with_red_flags = 0
        self.by_item: Counter[str] = Counter()
        """Item to how many refused forms have something wrong there."""
        self._write = _as_csv(stream) if form == ".csv" else _as_json(stream)

    def take(self, file: str, row: Mapping[str, Any], reasons: Sequence[str] = ()) -> None:
        """Write one refused form.

        Args:
            file: the file that it stands in.
            row: its raw cells, number, damage and name.
            reasons: what is wrong with it as a whole, whatever its answers.
        """
        problems, usable = self._problems(row)
        problems += [("", reason) for reason in reasons]
        if row[DAMAGE] is not None:
            problems.insert(0, ("", row[DAMAGE]))
        if not problems:
            message = f"{file}: row {row[ROW]} is refused, but nothing is found wrong with it"
            raise EnginesDisagree(message)
        red_flags = SEPARATOR.join(self._red_flags(usable))
        self.forms += 1
        self.with_red_flags += bool(red_flags)
        self.by_item.update({item or WHOLE_ROW for item, _ in problems})
        for item, reason in problems:
            self._write(
                {
                    "file": file,
                    "row": row[ROW],
                    "form": row[ID],
                    "item": item,
                    "value": self.answers.value(item, row) if item else "",
                    "reason": reason,
                    "red_flags": red_flags,
                }
            )

    def _problems(
        self, row: Mapping[str, Any]
    ) -> tuple[list[tuple[str, str]], tuple[Responses, ...]]:
        """Each item and what is wrong with it, and the answers that can be used."""
        given = self.answers.written(row)
        given = with_constant_answers(self.book, given, self.answers.columns.mapping.constants)
        found: list[tuple[str, str]] = []

        def locate(item: str, message: str) -> Problem:
            found.append((item, message))
            return Problem("", None, message)

        try:
            return [], (read(self.book.items, given, locate),)
        except AnswersRefused as error:
            return found, error.usable

    def _red_flags(self, usable: Iterable[Responses]) -> Iterator[str]:
        folds = [Fold(self.book, responses) for responses in usable]
        for finding in self.book.findings.values():
            if finding.stratum == "red_flags" and any(f.state(finding.id) is True for f in folds):
                yield finding.id


def _as_csv(stream: TextIO) -> Callable[[dict[str, Any]], object]:
    # Every text in quotation marks: a value may hold a line's end of any kind.
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()

    def write(line: dict[str, Any]) -> object:
        texts = {column: neutral(v) if isinstance(v, str) else v for column, v in line.items()}
        return writer.writerow(texts)

    return write


def _as_json(stream: TextIO) -> Callable[[dict[str, Any]], object]:
    return lambda line: stream.write(json.dumps(line, ensure_ascii=False) + "\n")
