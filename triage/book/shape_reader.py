"""A file of the rule book by its shape, or every problem with it in our words.

A shape is a dataclass whose fields say how they may be written (`written`).
Not here: the shapes themselves, and whether what they name exists (the readers).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import GenericAlias, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from triage.book.documents import Document, Path_
from triage.book.written import EachWord, Name, PutIn
from triage.problems import Problem, nearest, quoted

T = TypeVar("T")

LOWER_CASE = "expected lower-case letters, digits and underscores"


class ShapeReader:
    """Reads files of one book by their shapes, and notes what is wrong with them."""

    def __init__(self, documents: Mapping[str, Document], problems: list[Problem]) -> None:
        self.documents = documents
        self.problems = problems

    def read(self, file: str, shape: type[T]) -> T | None:
        """What a file holds, or `None` where a problem was noted."""
        document = self.documents.get(file)
        if document is None:
            self.note_file(file, "missing; expected this file in the rule book")
            return None
        try:
            read: T = _adapter(shape).validate_python(document.value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.problems.append(_shape_problem(document, shape, detail))
            return None
        return read

    def read_each(self, file: str, shape: type[T], key: Any = Name) -> Mapping[str, T]:
        """The entries of a file, all of one shape; none where a problem was noted."""
        whole = cast("type[dict[str, T]]", GenericAlias(dict, (key, shape)))
        return self.read(file, whole) or {}

    def note(self, file: str, path: Path_, message: str) -> None:
        """Note a problem with the value at a path of a file."""
        self.problems.append(self.documents[file].problem(path, message))

    def note_file(self, file: str, message: str) -> None:
        """Note a problem with a file, or with one that is not there."""
        self.problems.append(Problem(file, None, message))


_adapter: Callable[[Any], TypeAdapter[Any]] = lru_cache(TypeAdapter)
"""Pydantic's validator of a shape, built once: there are hundreds of rule files."""


def _shape_problem(document: Document, shape: Any, detail: ErrorDetails) -> Problem:
    """A pydantic error in our words, on the line of the value."""
    path: Path_ = tuple(part for part in detail["loc"] if part != "[key]")
    name = next((part for part in reversed(path) if isinstance(part, str)), document.file)
    match detail["type"]:
        case "missing":
            message = f"'{name}' is missing"
        case "unexpected_keyword_argument" | "extra_forbidden":
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
        case "list_type" | "tuple_type":
            return "expected a list"
        case "dict_type" | "dataclass_type":
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


def _keys_at(shape: Any, path: Path_) -> Sequence[str]:
    """The keys that a shape knows at a path, through lists and mappings on the way."""
    for part in path:
        bare = _bare(shape)
        if is_dataclass(bare):
            shape = _keys(bare)[part]
        else:
            inner = get_args(bare)
            shape = inner[0] if get_origin(bare) is tuple else inner[-1]
    closed = [mark.words for mark in get_args(shape) if isinstance(mark, EachWord)]
    return closed[0] if closed else list(_keys(_bare(shape)))


def _bare(kind: Any) -> Any:
    """A type without what is said about it, and without "or nothing"."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = get_args(kind)[0]
    return kind


def _keys(shape: Any) -> dict[Any, Any]:
    """The keys that an author may write, and the type of what stands there."""
    kinds = get_type_hints(shape, include_extras=True)
    return {
        field.metadata.get("alias", field.name): kinds[field.name]
        for field in fields(shape)
        if not any(isinstance(mark, PutIn) for mark in get_args(kinds[field.name]))
    }
