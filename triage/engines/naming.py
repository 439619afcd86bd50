"""Cells that hold several names, such as the red flags of a form.

Joining texts is by far the slowest part of scoring, and looking one up is quicker: which of a few
names hold is counted up as the digits of a binary number, and that number is looked up among all
the texts that those names can make.

Not here: which names hold (`scoring`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import TypeAlias

import narwhals as nw

SEPARATOR = "; "
"""Between the names in a cell that holds several."""
TOGETHER = 8
"""How many names are looked up at once."""

Holding: TypeAlias = Mapping[str, nw.Expr]
"""Names in order, and when each of them holds; unknown is no."""


def names(holding: Holding, lead: str = "") -> nw.Expr:
    """The names that hold, in one cell.

    Args:
        holding: the names.
        lead: stands before the names, and alone where none holds.
    """
    named = list(holding.items())
    few = [named[first : first + TOGETHER] for first in range(0, len(named), TOGETHER)]
    if len(few) <= 1:
        return _looked_up(named, lead).fill_null(lead) if named else nw.lit(lead)
    text = nw.concat_str(
        *(_looked_up(some) for some in few), separator=SEPARATOR, ignore_nulls=True
    )
    return nw.concat_str(nw.lit(lead), text) if lead else text


def _looked_up(named: Sequence[tuple[str, nw.Expr]], lead: str = "") -> nw.Expr:
    """The text of a few names; null where none holds."""
    nothing, zero = nw.lit(None, nw.String), nw.lit(0, nw.Int16)
    digits = (
        nw.when(holds).then(nw.lit(1 << place, nw.Int16)).otherwise(zero)
        for place, (_, holds) in enumerate(named)
    )
    texts = {
        code: lead
        + SEPARATOR.join(name for place, (name, _) in enumerate(named) if code >> place & 1)
        for code in range(1, 1 << len(named))
    }
    number = reduce(add, digits)
    return number.replace_strict(
        list(texts), list(texts.values()), default=nothing, return_dtype=nw.String
    )
