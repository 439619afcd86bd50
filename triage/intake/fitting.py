"""Which mapping fits some files: the one that is given, a profile by its name, or the best profile.

A mapping fits by the items of the present book, or by those of an older one; the files are then
read by the older one, and handed on as if they had been filled in for the present book.

Not here: what a mapping says (`mapping`), the profiles (`profiles`), what became of older answers
(`older_tables`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from triage.answers.table import ID
from triage.book.older import OlderBook
from triage.book.older_reader import older_books
from triage.book.rulebook import RuleBook
from triage.intake.layouts import FHIR, REDCAP, TEMPLATE
from triage.intake.mapping import IntakeMapping, check
from triage.intake.older_tables import OlderTable, asked_by
from triage.intake.profiles import PROFILES, best_profile, detect
from triage.intake.raw_columns import RawColumns
from triage.intake.records import RecordTable
from triage.intake.tables import Table, most_careful
from triage.problems import BadInput, Problem


def fit(
    book: RuleBook, tables: Sequence[Table], mapping: IntakeMapping | str | None
) -> tuple[Sequence[Table], RawColumns]:
    """Find out what every column of some files holds.

    Args:
        book: the rule book.
        tables: the files of forms.
        mapping: a mapping, the name of a profile, or nothing: the profile that fits best.

    Returns:
        The files, as answers to the present questionnaire, and what their columns hold.

    Raises:
        BadInput: with every column that nothing is known of, and all else that is wrong.
    """
    if isinstance(mapping, IntakeMapping):
        tables = [_by_names_of(mapping, table) for table in tables]
    older = _asked(book, tables, mapping)
    if older is None:
        return tables, _fit(book, tables, mapping)
    asked = asked_by(book, older)
    careful = [_by_items_of(asked, most_careful(table)) for table in tables]
    columns = _fit(asked, careful, mapping)
    present = [OlderTable(table, columns, older, book) for table in careful]
    fitted = _fit(book, present, None)
    source = f"{columns.mapping.source}, the questions of book {older.version}"
    return present, RawColumns(book, replace(fitted.mapping, source=source), present[0].header)


def _asked(
    book: RuleBook, tables: Sequence[Table], mapping: IntakeMapping | str | None
) -> OlderBook | None:
    """The older book whose questions some files answer, if they do not answer the present one's.

    They are read only where a column is not known, or where it may mean something else than then.
    """
    if isinstance(mapping, IntakeMapping):
        if not mapping.asked_by:
            return None
        return next(older for older in older_books(book) if older.version == mapping.asked_by)
    needs = {table.profile for table in tables}
    names = tuple(dict.fromkeys(name for table in tables for name in _names(table)))
    if mapping is None and len(needs) == 1:
        mapping = tables[0].profile

    def known(asked: RuleBook) -> tuple[int, int]:
        """How many columns are known; where codes are numbers, how few lists lack a box."""
        made = PROFILES[mapping](names, asked) if mapping else best_profile(names, asked)
        columns = len(made.roles) + len(made.ignored) + (made.form is not None)
        numbered = made.source == REDCAP
        return columns, -sum(numbered and bool(made.not_offered(i)) for i in asked.items.values())

    best, most = None, known(book)
    if most == (len(names), 0):
        return None
    for older in older_books(book):
        fits = known(asked_by(book, older))
        if fits > most:
            best, most = older, fits
    return best


def _names(table: Table) -> Iterable[str]:
    """The columns of a file; of one that may lack any, those that its first rows have."""
    if isinstance(table, RecordTable) and table.profile == FHIR:
        return table.first_names()
    return table.header


def _by_names_of(mapping: IntakeMapping, table: Table) -> Table:
    """A file whose columns are our items, with its own instead, as a mapping names them."""
    if isinstance(table, RecordTable) and table.profile == FHIR:
        form = [mapping.form] if mapping.form else []
        return table.by_own_names((*form, *mapping.roles, *mapping.ignored))
    return table


def _by_items_of(asked: RuleBook, table: Table) -> Table:
    """A file whose columns are items, with those of an older book."""
    if isinstance(table, RecordTable) and table.profile == FHIR:
        return replace(table, header=(ID, *asked.items))
    return table


def _fit(
    book: RuleBook, tables: Sequence[Table], mapping: IntakeMapping | str | None
) -> RawColumns:
    """What every column holds, by the items of one book."""
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
