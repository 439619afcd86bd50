"""Exports in which the names of columns take several rows: two of SurveyMonkey, three of Qualtrics.

They are joined into one name for each column, so that the words of a question and of its choice
stand in it, and no row of names is taken for a form.

Not here: reading rows (`delimited`, `workbook`), what a name says (`own_names`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from triage.intake.labels import fold

MOST = 3
"""Rows that names may take."""
_IMPORT = '"importid"'
_QUESTION = '"qid'
_RESPONDENT = ("respondent id", "respondentid", "respondent_id")
_WHOLE = ("", "response", "open-ended response")
"""What SurveyMonkey writes below a question that has one column."""

Cells = Sequence[str]


def whole_header(rows: Sequence[Cells]) -> tuple[list[str], int]:
    """The names of the columns, and how many rows they take.

    Args:
        rows: the first rows of a table, the header among them; as many as `MOST`, if it has them.
    """
    names = [name.strip() for name in rows[0]] if rows else []
    for count in range(2, min(len(rows), MOST) + 1):
        ids = [fold(cell) for cell in rows[count - 1]]
        if ids and any(_IMPORT in cell for cell in ids) and all(_import_or_blank(c) for c in ids):
            asked = rows[1] if count == MOST else []
            return _of_qualtrics(names, asked, ids), count
    if len(rows) > 1 and names and fold(names[0]) in _RESPONDENT and _below(rows[1]):
        return _of_surveymonkey(names, rows[1]), 2
    return names, 1


def _import_or_blank(cell: str) -> bool:
    return _IMPORT in cell or not cell


def _below(row: Cells) -> bool:
    """Whether a row may stand below SurveyMonkey's questions: nothing is below the respondent."""
    return not row[0].strip() and any(fold(cell) in _WHOLE[1:] for cell in row)


def _of_qualtrics(names: Cells, asked: Cells, ids: Cells) -> list[str]:
    """A question's short name and its words; what Qualtrics adds keeps its name."""
    joined = []
    for name, words, identity in zip_longest(names, asked, ids, fillvalue=""):
        said = " ".join(words.split())
        question = _QUESTION in identity and said and fold(said) != fold(name)
        joined.append(f"{name}: {said}" if question else name)
    return joined


def _of_surveymonkey(names: Cells, below: Cells) -> list[str]:
    """A question and its choice; a question without a name is the one before it."""
    joined, question = [], ""
    for name, choice in zip_longest(names, below, fillvalue=""):
        question = name or question
        said = " ".join(choice.split())
        joined.append(question if fold(said) in _WHOLE else f"{question} - {said}")
    return joined
