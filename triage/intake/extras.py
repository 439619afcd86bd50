"""Columns that answer nothing: those that tools for forms add, and the one that names the form.

They are known by their names where the table as a whole shows whose export it is, for another table
may mean something else by `start` or `status`.

Not here: the exports that `score` reads without a mapping (`profiles`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triage.intake.labels import fold


@dataclass(frozen=True, slots=True)
class Maker:
    """A tool for forms, by what its exports add."""

    name: str
    shows: re.Pattern[str]
    """A column that no other tool adds."""
    adds: re.Pattern[str]
    """Its columns that answer nothing."""
    form: tuple[str, ...]
    """Its columns that name the form, the best first."""


_FORM_WORDS = re.compile(
    r"\b(ids?|nr|no|number|case|record|patient|form|pt|mrn|uuid|key|participant|subject|respondent)\b"
)
_NEARLY_ALL = 0.95
"""How many cells must differ in a column that names the form."""


def _of(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("\n", "").replace(" ", ""))


MAKERS = (
    Maker(
        "REDCap",
        _of(r"redcap_\w+|\w+_complete"),
        _of(
            r"redcap_(event_name|repeat_instrument|repeat_instance|data_access_group"
            r"|survey_identifier)|\w+_(complete|timestamp)"
        ),
        ("record_id",),
    ),
    Maker(
        "KoboToolbox",
        _of(r"_uuid|_submission_time|_validation_status|__version__"),
        _of(
            r"start|end|today|deviceid|username|phonenumber|simserial|subscriberid|audit"
            r"|_(id|uuid|submission_time|validation_status|notes|status|submitted_by|tags|index"
            r"|attachments|geolocation|xform_id_string|bamboo_dataset_id|parent_index"
            r"|parent_table_name)|__version__|(meta|formhub|_formhub)/\w+|meta/\w+"
        ),
        ("_id", "_uuid"),
    ),
    Maker(
        "ODK",
        _of(r"meta-instanceid|instanceid|submissiondate|submitterid"),
        _of(
            r"submissiondate|submitterid|submittername|attachmentspresent|attachmentsexpected"
            r"|status|reviewstate|deviceid|edits|formversion|start|end|today|key|instanceid"
            r"|meta-instance(id|name)|meta-audit|generated_table_list_label_\d+"
        ),
        ("key", "instanceid", "meta-instanceid"),
    ),
    Maker(
        "Qualtrics",
        _of(r"recordeddate|recorded_date|duration\(inseconds\)|distributionchannel"),
        _of(
            r"(start|end|recorded)_?date|status|ip_?address|progress|duration\(inseconds\)"
            r"|finished|response_?id|recipient(lastname|firstname|email)|externalreference"
            r"|externaldatareference|location(latitude|longitude)|distributionchannel"
            r"|userlanguage|response_?type"
        ),
        ("responseid", "response_id"),
    ),
    Maker(
        "SurveyMonkey",
        _of(r"collectorid"),
        _of(
            r"respondentid|collectorid|startdate|enddate|datecreated|datemodified|ipaddress"
            r"|emailaddress|firstname|lastname|customdata\d*"
        ),
        ("respondentid",),
    ),
)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a tool added to a table."""

    columns: Mapping[str, str]
    """Columns that answer nothing, and whose they are."""
    form: str | None
    """The column that names the form."""


def extras(header: Iterable[str]) -> Extras:
    """Find the columns that tools for forms added to a table."""
    names = {column: "".join(fold(column).split()) for column in header}
    added: dict[str, str] = {}
    form: str | None = None
    for maker in MAKERS:
        if not any(maker.shows.fullmatch(name) for name in names.values()):
            continue
        by_name = {name: column for column, name in names.items()}
        form = form or next((by_name[name] for name in maker.form if name in by_name), None)
        for column, name in names.items():
            if maker.adds.fullmatch(name):
                added.setdefault(column, maker.name)
    if form:
        added.pop(form, None)
    return Extras(added, form)


def naming(columns: Mapping[str, Counter[str]], rows: int) -> str | None:
    """The column that may name the form: its cells are all filled, and nearly all different.

    Args:
        columns: the texts of each column that is free, and how often each stands there.
        rows: how many rows there are.
    """
    for column, texts in columns.items():
        named = _FORM_WORDS.search(fold(column.replace("_", " ")))
        filled = 0 < rows == texts.total()
        if named and filled and len(texts) >= _NEARLY_ALL * rows:
            return column
    return None
