"""Lists of the shipped book, and the options of them that are an emergency by themselves."""

from __future__ import annotations

from functools import cache

from tests import specification
from tests.shipped import BOOK
from triage.book.items import NOT_SURE, Item


@cache
def emergencies() -> tuple[tuple[Item, str], ...]:
    """Each option that is an emergency alone, of the lists that are always asked."""
    return tuple(
        (item, option)
        for item in BOOK.items.values()
        if item.kind == "many" and NOT_SURE in item.options and item.ask_if is None
        for option in item.signs
        if "emergency" == specification.assess(BOOK, {item.id: frozenset({option})}).disposition
    )
