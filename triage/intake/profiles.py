"""Mappings for well-known exports, made from a table's header and the questionnaire.

Each was written after the export's documented shape, without a real export at hand.

- `template`: our own blank form: `form`; a column an item; or a column an option, `item__option`.
- `redcap`: raw data, with the items as fields: `field___code` for ticks, codes being the option's
  name or its number from 1.
- `google`, `microsoft`: the questions' own words as headers; options in one cell.
- `fhir`: QuestionnaireResponses, whose rows `records` lays out as the template does.

Not here: cells (`cells`), a clinic's own columns (`mapping_file`, `suggest`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from triage.answers.table import ID, option_column
from triage.book.items import NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.labels import fold
from triage.intake.layouts import FHIR, GOOGLE, MICROSOFT, REDCAP, TEMPLATE
from triage.intake.mapping import IntakeMapping, Role, Tick, Whole
from triage.problems import BadInput, Problem

_REDCAP_FORM = "record_id"
_REDCAP_EXTRA = re.compile(
    r"redcap_(event_name|repeat_instrument|repeat_instance|data_access_group|survey_identifier)"
    r"|.*_(complete|timestamp)"
)
_GOOGLE_EXTRA = ("timestamp", "email address", "username", "score")
_MICROSOFT_FORM = "id"
_MICROSOFT_EXTRA = (
    "start time",
    "completion time",
    "last modified time",
    "email",
    "name",
    "total points",
    "quiz feedback",
)


def template(header: Iterable[str], book: RuleBook) -> IntakeMapping:
    """Our own layout, as `triage form` writes it."""
    known: dict[str, Role] = {item: Whole(item) for item in book.items}
    known |= {
        option_column(item.id, option): Tick(item.id, option)
        for item in book.items.values()
        for option in _ticked(item)
    }
    return _with(header, TEMPLATE, known.get, lambda column: column == ID, blank_is_doubt=True)


def redcap(header: Iterable[str], book: RuleBook) -> IntakeMapping:
    """REDCap's raw export."""

    def role(column: str) -> Role | None:
        name, found, code = column.partition("___")
        item = book.items.get(name)
        if item is None:
            return None
        if not found:
            return Whole(name)
        options = list(item.options)
        option = options[int(code) - 1] if code in _numbers(options) else code
        return Tick(name, option) if option in _ticked(item) else None

    return _with(
        header,
        REDCAP,
        role,
        lambda column: column == _REDCAP_FORM,
        lambda column: _REDCAP_EXTRA.fullmatch(column) is not None,
        numbered=True,
    )


def _numbers(options: list[str]) -> list[str]:
    return [str(number) for number in range(1, len(options) + 1)]


def google(header: Iterable[str], book: RuleBook) -> IntakeMapping:
    """Google Forms: its sheet of answers, or the CSV made of it."""
    return _worded(header, book, GOOGLE, None, _GOOGLE_EXTRA)


def microsoft(header: Iterable[str], book: RuleBook) -> IntakeMapping:
    """Microsoft Forms: its workbook of answers."""
    return _worded(header, book, MICROSOFT, _MICROSOFT_FORM, _MICROSOFT_EXTRA)


def fhir(header: Iterable[str], book: RuleBook) -> IntakeMapping:
    """FHIR QuestionnaireResponses, as rows of the template."""
    mapping = template(header, book)
    return IntakeMapping(FHIR, mapping.roles, mapping.form, mapping.ignored)


PROFILES: Mapping[str, Callable[[Iterable[str], RuleBook], IntakeMapping]] = {
    TEMPLATE: template,
    REDCAP: redcap,
    GOOGLE: google,
    MICROSOFT: microsoft,
    FHIR: fhir,
}


def detect(header: Iterable[str], book: RuleBook, file: str) -> IntakeMapping:
    """The profile that knows most columns of a header.

    Args:
        header: the columns.
        book: the rule book.
        file: the table, for messages.

    Raises:
        BadInput: none knows a column that answers an item.
    """
    best = best_profile(list(header), book)
    if not best.roles:
        message = (
            "no column is known; expected the questions' names or words as headers. Draft a "
            f"mapping with: triage map --suggest {file}"
        )
        raise BadInput([Problem(file, None, message)])
    return best


def best_profile(header: Sequence[str], book: RuleBook) -> IntakeMapping:
    """The profile that knows most columns, and least of all one that knows no answer."""
    made = [profile(header, book) for name, profile in PROFILES.items() if name != FHIR]
    return max(made, key=lambda mapping: (bool(mapping.roles), _columns_known(mapping)))


def _columns_known(mapping: IntakeMapping) -> int:
    return len(mapping.roles) + len(mapping.ignored) + (mapping.form is not None)


def _ticked(item: Item) -> tuple[str, ...]:
    """The options that may have a column of their own."""
    if item.kind == "many":
        return tuple(item.options)
    return (NOT_SURE,) if item.kind == "number" and NOT_SURE in item.options else ()


def _with(
    header: Iterable[str],
    source: str,
    role: Callable[[str], Role | None],
    names_form: Callable[[str], bool],
    is_extra: Callable[[str], bool] = lambda _: False,
    *,
    numbered: bool = False,
    blank_is_doubt: bool = False,
) -> IntakeMapping:
    roles: dict[str, Role] = {}
    ignored: set[str] = set()
    form: str | None = None
    for column in header:
        found = role(column)
        if found is not None:
            roles[column] = found
        elif form is None and names_form(column):
            form = column
        elif is_extra(column):
            ignored.add(column)
    return IntakeMapping(
        source,
        roles,
        form,
        frozenset(ignored),
        numbered=numbered,
        blank_is_doubt=blank_is_doubt,
    )


def _worded(
    header: Iterable[str], book: RuleBook, source: str, form: str | None, extra: tuple[str, ...]
) -> IntakeMapping:
    """A mapping by the questions' own words; words that two questions share name neither."""
    by_words: dict[str, list[str]] = {}
    for item in book.items.values():
        by_words.setdefault(fold(item.ask), []).append(item.id)

    def role(column: str) -> Role | None:
        named = by_words.get(fold(column), ())
        return Whole(named[0]) if len(named) == 1 else None

    return _with(
        header,
        source,
        role,
        lambda column: fold(column) == form,
        lambda column: fold(column) in extra,
    )
