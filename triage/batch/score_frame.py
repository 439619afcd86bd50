"""A table of forms in, a table of assessments out, in whatever engine holds it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import narwhals as nw

from triage.batch.scoring import scoring
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook


def score(frame: Any, book: RuleBook | None = None, *, explain: bool = False) -> Any:
    """Score every form of a table.

    Args:
        frame: a Polars `DataFrame` or `LazyFrame`, a DuckDB relation or a Spark `DataFrame`, laid
            out as `triage.answers.table` says; it may have further columns, and lack some.
        book: the rule book; the one that comes with the package where it is left out.
        explain: add a column `rules`, the names of the rules that fired.

    Returns:
        A frame of the same kind with one row a form, as `batch.scoring` says.  A
        Polars `DataFrame` is scored at once; the others are lazy.

    Raises:
        TypeError: the frame is of no kind that is known.
    """
    native = nw.from_native(frame)
    scored = scoring(book or _shipped()).over(native.lazy(), explain=explain)
    if isinstance(native, nw.DataFrame):
        return scored.collect().to_native()
    return scored.to_native()


@lru_cache(maxsize=1)
def _shipped() -> RuleBook:
    return load_rule_book()
