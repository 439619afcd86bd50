"""The questionnaire as frozen values: items, the sections they stand in, the numbers they take.

Not here: reading them (`questionnaire_reader`), what people answer (`responses`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from triage.book.conditions import Condition
from triage.book.documents import Place
from triage.book.written import Name, Number, Positive, Table, Text, Written, empty

NONE = "none"
"""The option of a checklist that says "none of these"; it cannot stand beside another."""
NOT_SURE = "not_sure"
"""The option that says "I am not sure", wherever an item offers it."""


@dataclass(frozen=True, slots=True)
class NumberRange(Written):
    """What a number item accepts."""

    low: Number = field(metadata={"alias": "from"})
    high: Number = field(metadata={"alias": "to"})
    unit: Text
    """The unit in which rules see the number."""
    step: Positive = 1.0
    """The smallest difference a person would give; examples beside a threshold keep to it."""
    other_units: Table[Name, Positive] = field(default_factory=empty, metadata={"alias": "also"})
    """Further units a person may use: how many of `unit` one of them is."""
    words: Table[Text, Text] = field(default_factory=empty)
    """What people read for a unit, where that is not its name."""
    one: Table[Text, Text] = field(default_factory=empty)
    """What people read for one of a unit, where that is another word: a week, of weeks."""

    @property
    def units(self) -> Mapping[str, float]:
        """Every unit a person may use, the one that rules see first: how many of that it is."""
        return {self.unit: 1.0, **self.other_units}

    def unit_in_words(self, unit: str, number: float = math.inf) -> str:
        """What people read for a unit beside a number."""
        many = self.words.get(unit, unit)
        return self.one.get(unit, many) if number == 1 else many


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the questionnaire."""

    id: str
    section: str
    ask: str
    why: str
    help: str
    kind: Literal["one", "many", "number"]
    options: Mapping[str, str]
    """Option id to the words shown.  A number item has `not_sure` here where it offers it."""
    number: NumberRange | None
    """Set for kind "number" only."""
    ask_if: Condition | None
    """When the item applies; always, where this is `None`.  Names earlier items only."""
    place: Place

    @property
    def signs(self) -> tuple[str, ...]:
        """The options that say something is there: all but `none` and `not_sure`."""
        return tuple(option for option in self.options if option not in (NONE, NOT_SURE))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The options of which one may be not sure by themselves."""
        return self.signs if self.kind == "many" and NOT_SURE in self.options else ()


@dataclass(frozen=True, slots=True)
class Section:
    """Items that are asked together."""

    id: str
    title: str
    items: tuple[str, ...]
    not_after: str | None
    """An interview skips the section once this level, or a more urgent one, has been reached."""
