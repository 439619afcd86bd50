"""A file of the rule book by its shape, or every problem with it in our words.

Not here: the shapes themselves (`shapes`), and whether what they name exists (`loading`).
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from triage.book.documents import Document, Path_
from triage.problems import Problem, nearest, quoted

T = TypeVar("T")

LOWER_CASE = "expected lower-case letters, digits and underscores"


class ShapeReader:
    """Reads files of one book by their shapes, and notes what is wrong with them."""

    def __init__(self, documents: Mapping[str, Document], problems: list[Problem]) -> None:
        self._documents = documents
        self._problems = problems

    def read(self, file: str, shape: type[T]) -> T | None:
        """What a file holds, or `None` where a problem was noted."""
        document = self._documents.get(file)
        if document is None:
            message = "missing; expected this file in the rule book"
            self._problems.append(Problem(file, None, message))
            return None
        try:
            read: T = _adapter(shape).validate_python(document.value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._problems.append(_shape_problem(document, shape, detail))
            return None
        return read


_adapter: Callable[[Any], TypeAdapter[Any]] = lru_cache(TypeAdapter)
"""Pydantic's validator of a shape, built once: there are hundreds of rule files."""


def _shape_problem(document: Document, shape: Any, detail: ErrorDetails) -> Problem:
    """A pydantic error in our words, on the line of the value."""
    path: Path_ = tuple(part for part in detail["loc"] if part != "[key]")
    name = next((part for part in reversed(path) if isinstance(part, str)), document.file)
    match detail["type"]:
        case "missing":
            message = f"'{name}' is missing"
        case "extra_forbidden":
            message = f"no key called '{name}'{nearest(name, _keys_at(shape, path[:-1]))}"
        case "literal_error":
            expected = detail["ctx"]["expected"].replace("'", "")
            known = expected.replace(" or ", ", ").split(", ")
            near = nearest(str(detail["input"]), known)
            message = f"{name}: read {quoted(detail['input'])}, expected {expected}{near}"
        case "string_pattern_mismatch" if "[key]" in detail["loc"]:
            message = f"read {quoted(detail['input'])}, {LOWER_CASE}"
        case _:
            message = f"{name}: read {quoted(detail['input'])}, {_expected(detail)}"
    return document.problem(path, message)


def _expected(detail: ErrorDetails) -> str:
    """What pydantic expected, in our words."""
    match detail["type"]:
        case "string_type" | "string_too_short":
            return "expected text"
        case "int_type":
            return "expected a whole number"
        case "float_type":
            return "expected a number"
        case "list_type":
            return "expected a list"
        case "dict_type" | "model_type":
            return "expected keys with values"
        case "too_short":
            least = detail["ctx"]["min_length"]
            return "expected one or more" if least == 1 else f"expected {least} or more"
        case "too_long":
            return f"expected at most {detail['ctx']['max_length']}"
        case "string_pattern_mismatch" if "http" in detail["ctx"]["pattern"]:
            return "expected a link that starts with http:// or https://"
        case "string_pattern_mismatch":
            return LOWER_CASE
        case _:
            return detail["msg"].replace("Input should be", "expected").lower()


def _keys_at(shape: Any, path: Path_) -> list[str]:
    """The keys that a shape knows at a path, through lists and mappings on the way."""
    for part in path:
        fields = getattr(shape, "model_fields", None)
        shape = get_args(shape)[-1] if fields is None else fields[part].annotation
        if isinstance(shape, types.UnionType):  # a shape or nothing
            shape = get_args(shape)[0]
    fields = getattr(shape, "model_fields", {})
    return [info.alias or name for name, info in fields.items()]
