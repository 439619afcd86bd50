"""Questionnaires of older books, and what their answers became in the present one.

A form that was filled in with the questionnaire of a book that was released still has to be read.
So the rule book keeps that questionnaire whole, in `older/<version>/questionnaire/`, and says in
`older/<version>/became.yaml` what its answers became: in the rule language, over the older items.
They are read when a form needs them, and by lint.

Not here: reading the files (`older_reader`), turning answers (`answers.older`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triage.book.conditions import Absent, AnswerLeaf, Condition, Present, leaves
from triage.book.items import Item, Section


@dataclass(frozen=True, slots=True)
class Origin:
    """Which older answers make an option of the present book true."""

    when: Condition | None
    """What makes it true."""
    maybe: Condition | None
    """What makes it possible, so that one is not sure: an older option that became several."""

    def leaves(self) -> Iterator[AnswerLeaf]:
        """What it asks of older answers."""
        for condition in (self.when, self.maybe):
            if condition is not None:
                yield from (
                    leaf for leaf in leaves(condition) if not isinstance(leaf, Present | Absent)
                )

    def items(self) -> Iterator[str]:
        """The older items that it rests on."""
        return (leaf.item for leaf in self.leaves())


@dataclass(frozen=True, slots=True, eq=False)
class OlderBook:
    """The questionnaire of a released book."""

    version: str
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    """In the order in which they were asked."""
    origins: Mapping[str, Mapping[str, Origin]]
    """Present item to its options, each with what makes it true.  An item that is not here is the
    older one of the same name, if there is one of its kind."""
    renamed: Mapping[str, str]
    """Present item to the older one whose answers it takes as they are."""
    dropped: tuple[str, ...]
    """Older items, and options as `item.option`, that nothing was made of."""
