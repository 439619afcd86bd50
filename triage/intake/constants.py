"""Answers that hold for every form, because the clinic settles them elsewhere.

A constant stands only where its item applies: a form on which it does not is left without it.

Not here: where constants are written (`mapping_file`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import narwhals as nw

from triage.answers.answer import Answer, as_written
from triage.answers.reading import AnswersRefused, read
from triage.answers.responses import Responses
from triage.answers.table import row
from triage.book.rulebook import RuleBook
from triage.engines.answer_columns import shut_column
from triage.engines.columnar import Compiled
from triage.engines.expressions import aliased
from triage.problems import Problem


def with_constants(
    frame: nw.LazyFrame[Any], compiled: Compiled, constants: Mapping[str, Answer]
) -> nw.LazyFrame[Any]:
    """A table of forms with the constants in it; it must have every column of the table."""
    book = compiled.book
    for item in book.items.values():
        if item.id not in constants:
            continue
        alone = Responses(MappingProxyType({item.id: item}), {item.id: constants[item.id]})
        cells = {column: nw.lit(value) for column, value in row(alone).items() if value is not None}
        if item.ask_if is None:
            frame = frame.with_columns(aliased(cells))
            continue
        columns = frame.collect_schema().names()
        applies = ~nw.col(shut_column(item.id))
        there = compiled.applying(frame)
        set_ = {column: nw.when(applies).then(value) for column, value in cells.items()}
        frame = there.with_columns(aliased(set_)).select(*columns)
    return frame


def with_constant_answers(
    book: RuleBook, given: Mapping[str, object], constants: Mapping[str, Answer]
) -> dict[str, object]:
    """The answers of one form, as written, with the constants among them."""
    answers = dict(given)
    for name in book.items:
        if name in constants and _readable(book, answers).applies(name) is not False:
            answers[name] = as_written(constants[name])
    return answers


def _readable(book: RuleBook, answers: Mapping[str, object]) -> Responses:
    """The answers that can be taken, each by itself."""
    try:
        return read(book.items, answers, lambda item, message: Problem(item, None, message))
    except AnswersRefused as error:
        return error.usable[0]
