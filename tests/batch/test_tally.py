"""Forms that come in pieces are each counted once, however many are counted together."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from tests.exports import frame, people
from tests.shipped import BOOK
from triage.batch import tally
from triage.batch.scoring import Scoring
from triage.batch.tally import Tally

FORMS = 60


@pytest.fixture(scope="module")
def scoring() -> Scoring:
    return Scoring(BOOK)


@pytest.fixture(scope="module")
def judged(scoring: Scoring) -> pl.DataFrame:
    lazy = nw.from_native(frame(BOOK, people(BOOK, FORMS, seed=8)).lazy())
    native: pl.LazyFrame = scoring.judge(lazy, []).to_native()
    return native.collect()


@pytest.mark.parametrize("together", [1, 7, 25, FORMS, FORMS + 1])
@pytest.mark.parametrize("piece", [1, 7, FORMS])
def test_each_form_is_counted_once(
    scoring: Scoring,
    judged: pl.DataFrame,
    piece: int,
    together: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As many as the columns hold, and asking again changes nothing."""
    monkeypatch.setattr(tally, "TOGETHER", together)
    counting = Tally(scoring.columns)
    for start in range(0, FORMS, piece):
        counting.take(judged.slice(start, piece))
    counts = counting.counts()
    assert counts == counting.counts()
    assert FORMS == sum(counts["disposition"].values())
    for level, count in counts["disposition"].items():
        assert (judged["disposition"] == level).sum() == count
    for flag, count in counts["red_flags"].items():
        named = judged["red_flags"].str.split("; ").list.contains(flag)
        assert named.sum() == count
