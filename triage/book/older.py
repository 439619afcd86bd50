"""Questionnaires of older books, and what their answers became in the present one.

A form that was filled in with the questionnaire of a released book still has to be read.  So a rule
book keeps that questionnaire whole, in `older/<version>/questionnaire/`, and says in
`older/<version>/became.yaml` what its answers became: in the rule language, over the older items.
They are read when a form needs them, and by lint.

Not here: reading the files (`older_reader`), answers (`answers.older`, `engines.older_columns`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.book.conditions import Condition
from triage.book.items import Item


@dataclass(frozen=True, slots=True)
class Origin:
    """Which older answers make an option of the present book true.

    What was not asked is unknown, also where the older item did not apply: the present book may ask
    it of more people.  So is what follows from "not sure" on a choose-one item, unless the
    condition names it or the item was only `carried`.
    """

    condition: Condition
    maybe: bool = False
    """Whether it is only possible then: an older option that became several."""
    carried: bool = False
    """Whether it is the same option of the same item."""


@dataclass(frozen=True, slots=True, eq=False)
class OlderBook:
    """The questionnaire of a released book."""

    version: str
    also: tuple[str, ...]
    """Later books that asked the same."""
    items: Mapping[str, Item]
    """In the order in which they were asked."""
    origins: Mapping[str, Mapping[str, Origin]]
    """Present item with options to what makes each true; one without an entry was not asked."""
    numbers: Mapping[str, str]
    """Present item with a number to the older one whose number it takes as it is."""
    dropped: tuple[str, ...]
    """Older items, and options as `item.option`, that nothing was made of."""

    @property
    def versions(self) -> tuple[str, ...]:
        """Every book that asked these items."""
        return (self.version, *self.also)
