"""Expressions that are kept for Polars: the same columns as narwhals lays, on any frame."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from triage.engines.expressions import Layers, any_of, count_of
from triage.engines.polars_expressions import in_polars

A, B = nw.col("a"), nw.col("b")
LAYER = [
    any_of([A, B]).alias("some"),
    count_of(2, [A, B, ~A]).alias("two"),
    nw.when(A).then(nw.lit("yes")).otherwise(nw.lit("no")).alias("self"),
]
TRUTHS = (True, False, None)
FRAME = pl.LazyFrame(
    {"a": [a for a in TRUTHS for _ in TRUTHS], "b": [*TRUTHS] * 3},
    schema={"a": pl.Boolean, "b": pl.Boolean},
)


def test_they_are_those_that_narwhals_lays() -> None:
    """Each column has the same cells, and the same name."""
    laid = nw.from_native(FRAME).with_columns(*LAYER).to_native()
    kept = FRAME.with_columns(in_polars(LAYER))
    assert laid.collect().equals(kept.collect(), null_equal=True)
    assert ["a", "b", "some", "two", "self"] == kept.collect_schema().names()


def test_layers_are_laid_over_one_frame_after_another() -> None:
    """Also over a frame with other columns beside those that they read."""
    layers = Layers([{"some": any_of([A, B])}, {}, {"none": ~nw.col("some")}])
    expected = layers.over(nw.from_native(FRAME)).collect()["none"].to_list()
    assert [False, False, False, False, True, None, False, None, None] == expected
    wider = FRAME.with_columns(c=pl.lit("more"))
    assert expected == layers.over(nw.from_native(wider)).collect()["none"].to_list()
