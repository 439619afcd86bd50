"""How a value may be written in a file: what a single value may be, and what is made of it.

The values of the book carry these as annotations, so that each shape is said once; reading files by
them is the `shape_reader`'s.  Nothing here imports pydantic until a file is read: a book that has
been read needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, get_args

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler as Handler
    from pydantic_core import CoreSchema

K = TypeVar("K")
V = TypeVar("V")


class Written:
    """What an author writes as a mapping: it has no keys but those of its own."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, object]] = {"extra": "forbid"}


class Narrowed:
    """Narrows a type, by keywords of pydantic's schema of it."""

    def __init__(self, **keywords: object) -> None:
        self._keywords = keywords

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        schema: Any = {**handler(source), **self._keywords}
        return schema  # type: ignore[no-any-return]


class Made:
    """What a function makes of a value that was read as another type, or as this one."""

    def __init__(self, make: Callable[[Any], object], of: Any = None) -> None:
        self._make = make
        self._of = of

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core import core_schema

        read = handler(source) if self._of is None else handler.generate_schema(self._of)
        return core_schema.no_info_after_validator_function(self._make, read)


class Length:
    """How many entries a list has: what is written counts, whether it can be read or not."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self._least = least
        self._most = most

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core import core_schema

        entry = handler.generate_schema(get_args(source)[0])
        read = core_schema.list_schema(entry, min_length=self._least, max_length=self._most)
        return core_schema.no_info_after_validator_function(tuple, read)


class EachWord:
    """A mapping with every word of a closed list as a key, and no other."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core import core_schema

        value = get_args(source)[-1]
        field = core_schema.typed_dict_field(handler.generate_schema(value))
        fields = dict.fromkeys(self.words, field)
        return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


class PutIn:
    """What no author may write: the reader puts it in when the rest has been read."""

    def __get_pydantic_core_schema__(self, _: Any, __: Handler) -> CoreSchema:
        from pydantic_core import PydanticKnownError, core_schema

        def refuse(_: object) -> object:
            raise PydanticKnownError("unexpected_keyword_argument")

        refused = core_schema.no_info_plain_validator_function(refuse)
        return core_schema.with_default_schema(refused, default=None)


def empty() -> Mapping[Any, Any]:
    """A read-only mapping of nothing, for a field that is left out."""
    return MappingProxyType({})


NAME = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"

Text: TypeAlias = Annotated[str, Narrowed(strict=True, strip_whitespace=True, min_length=1)]
Texts: TypeAlias = Annotated[tuple[Text, ...], Length(1)]
Name: TypeAlias = Annotated[str, Narrowed(strict=True, pattern=NAME)]
Link: TypeAlias = Annotated[str, Narrowed(strict=True, pattern=r"^https?://\S+$")]
Whole: TypeAlias = Annotated[int, Narrowed(strict=True)]
Number: TypeAlias = Annotated[float, Narrowed(strict=True)]
Positive: TypeAlias = Annotated[float, Narrowed(strict=True, gt=0)]
YesNo: TypeAlias = Annotated[bool, Made("yes".__eq__, Literal["yes", "no"])]
READ_ONLY = Made(MappingProxyType)
Table: TypeAlias = Annotated[Mapping[K, V], READ_ONLY]
"""A mapping that nobody can change once it has been read."""
Id: TypeAlias = Annotated[str, PutIn()]
"""The key under which an entry stands, or the name of its file."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoding(Written):
    """What may say which rows of the evidence it encodes."""

    covers: tuple[Text, ...] = ()
