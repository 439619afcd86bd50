"""Tables of forms on Apache Spark: the same rows as Polars gives, from workers of its own.

Starting Spark takes most of the time, so that all is shown in one run.  Where no Java is found that
Spark runs on, `conftest` leaves this file out, and says so at the end of the test run.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator

import pytest
from pyspark.sql import DataFrame, SparkSession

import triage
from tests.exports import frame, people
from tests.shipped import BOOK
from triage.answers.table import ID

FORMS = 200
SOON = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""What a Java does that runs for some seconds only: it neither optimizes nor collects garbage at
length."""
SETTINGS = {
    "spark.driver.extraJavaOptions": SOON,
    "spark.executor.extraJavaOptions": SOON,
    "spark.ui.enabled": "false",
    # Else pyspark looks up the line of the program behind each of some ten thousand columns.
    "spark.python.sql.dataFrameDebugging.enabled": "false",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A small cluster on this machine: two workers of one core each, in processes of their own."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # Sockets that pyspark leaves to the garbage collector are no concern of ours.
        warnings.filterwarnings("ignore", category=ResourceWarning)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = (
            SparkSession.builder.master("local-cluster[2,1,2048]")
            .config(map=SETTINGS)
            .getOrCreate()
        )
        yield session
        session.stop()


def test_spark_gives_the_rows_that_polars_gives(spark: SparkSession) -> None:
    """Every cell of two hundred forms is the same, refused forms among them, and all is lazy."""
    forms = frame(BOOK, people(BOOK, FORMS, seed=5))
    spoilt = forms.head(3).with_columns(walking=None, age=400.0)
    table = forms.vstack(spoilt.select(forms.columns).cast(dict(forms.schema)))
    numbered = table.with_columns(form=table[ID].cum_count().cast(str))
    expected = triage.score(numbered, BOOK)
    given = spark.createDataFrame(numbered.rows(), schema=_ddl(numbered.schema))

    scored = triage.score(given, BOOK)

    assert isinstance(scored, DataFrame)
    rows = {row[ID]: row.asDict() for row in scored.collect()}
    assert {row[ID]: row for row in expected.to_dicts()} == rows
    assert FORMS + 3 == len(rows)
    assert 3 == sum(row["refused"] == "age" for row in rows.values())


def _ddl(schema: dict[str, object]) -> str:
    """A Polars schema in Spark's words."""
    names = {"String": "string", "Boolean": "boolean", "Float64": "double"}
    return ", ".join(f"`{column}` {names[str(kind)]}" for column, kind in schema.items())
