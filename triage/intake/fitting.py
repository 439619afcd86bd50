"""Which mapping fits some files: the one that is given, a profile by its name, or the best profile.

Not here: what a mapping says (`mapping`), the profiles (`profiles`).
"""

from __future__ import annotations

from collections.abc import Sequence

from triage.book.rulebook import RuleBook
from triage.intake.layouts import FHIR, TEMPLATE
from triage.intake.mapping import IntakeMapping, check
from triage.intake.profiles import PROFILES, detect
from triage.intake.raw_columns import RawColumns
from triage.intake.tables import Table
from triage.problems import BadInput, Problem


def fit(book: RuleBook, tables: Sequence[Table], mapping: IntakeMapping | str | None) -> RawColumns:
    """Find out what every column of some files holds.

    Args:
        book: the rule book.
        tables: the files of forms.
        mapping: a mapping, the name of a profile, or nothing: the profile that fits best.

    Raises:
        BadInput: with every column that nothing is known of, and all else that is wrong.
    """
    columns = tuple(dict.fromkeys(column for table in tables for column in table.header))
    sparse = all(table.sparse for table in tables)
    first = tables[0].file
    needs = {table.profile for table in tables}
    if mapping == FHIR and needs != {FHIR}:
        message = "no FHIR resources in it, expected a QuestionnaireResponse a line"
        raise BadInput([Problem(first, None, message)])
    if mapping is None:
        mapping = tables[0].profile if len(needs) == 1 else None
    if mapping is None:
        mapping = detect(columns, book, first)
    if isinstance(mapping, str):
        mapping = PROFILES[mapping](columns, book)
    if sparse and mapping.source in (TEMPLATE, FHIR):
        # Where rows leave out what has no answer, the first ones need not show every column.
        answered = mapping.items()
        columns = (*columns, *(i for i in book.items if i not in answered and i not in columns))
        mapping = PROFILES[mapping.source](columns, book)
    problems = list(check(mapping, columns, book, first))
    if problems:
        raise BadInput(problems)
    return RawColumns(book, mapping, columns)
