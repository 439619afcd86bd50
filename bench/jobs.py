"""What the benchmark measures, one job in a process of its own: `python -m bench.jobs JOB ...`.

A job prints one line of JSON: the seconds it took, the processor's seconds, and the most memory
that its process held.  Reading the rule book and compiling it are done before the clock starts.

Not here: which jobs are run, and what comes of it (`score_files`).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from bench import forms
from triage import load_rule_book
from triage.batch import score_files
from triage.batch.scoring import Scoring
from triage.book.rulebook import RuleBook
from triage.engines.columnar import rule_column
from triage.intake import output
from triage.intake.files import open_tables

Numbers = dict[str, float]


def main() -> None:
    """Runs the job that the arguments name."""
    name, *arguments = sys.argv[1:]
    print(json.dumps(JOBS[name](*arguments)))


def make(parquet: str, csv: str, rows: str) -> Numbers:
    """Makes up forms, as Parquet and as CSV."""
    book = load_rule_book()
    forms.write_parquet(book, Path(parquet), int(rows))
    forms.write_csv(Path(parquet), Path(csv))
    return {}


def copy(source: str, target: str) -> Numbers:
    """A bare copy of a file to Parquet, as Polars does it."""
    book = load_rule_book()
    return _timed(lambda: _scan(book, source).sink_parquet(target))


def score(source: str, target: str) -> Numbers:
    """Scores a file to Parquet as the command does: found out, checked, counted, rejects told."""
    book = load_rule_book()

    def run() -> None:
        with output.beside(Path(target), Path(f"{target}.rejected.csv")) as (scored, rejected):
            score_files.run(
                score_files.job(book, open_tables(book, [source]), None), scored, rejected
            )

    return _timed(run)


def library(source: str, target: str) -> Numbers:
    """Scores a file to Parquet as a program does that knows its columns."""
    book = load_rule_book()

    def run() -> None:
        frame = nw.from_native(_scan(book, source))
        Scoring(book).over(frame).to_native().sink_parquet(target)

    return _timed(run)


def agree(source: str, count: str, target: str) -> Numbers:
    """What scoring says of the first forms, for the peers to be compared with."""
    book = load_rule_book()
    scoring = Scoring(book)
    frame = nw.from_native(pl.scan_parquet(source).head(int(count)))
    said = scoring.over(frame).to_native().select("disposition").collect()["disposition"]
    laid = scoring.compiled.over(scoring.answers(frame, []))
    verdicts = laid.select(*map(rule_column, book.rules)).to_native().collect()
    _write(target, [list(pair) for pair in zip(said, verdicts.iter_rows(), strict=True)])
    return {}


def judge(peer: str, source: str, count: str, target: str) -> Numbers:
    """Lets a peer judge the first forms, one by one."""
    from bench import peers

    book = load_rule_book()
    rows = pl.read_parquet(source, n_rows=int(count)).iter_rows(named=True)
    answers = [peers.answers_of(book, row) for row in rows]
    seconds, said = peers.judged(_peer(peer, book), answers)
    _write(target, [[one.disposition, [one.verdicts[rule] for rule in book.rules]] for one in said])
    return {"seconds": seconds, "peak": _peak()}


def _peer(name: str, book: RuleBook) -> Any:
    """Each peer's library is needed only where it is measured."""
    if name == "clipspy":
        from bench.clips_peer import Clips

        return Clips(book)
    if name == "zen-engine":
        from bench.zen_peer import Zen

        return Zen(book)
    from bench import peers
    from triage.engines._experta import KnowledgeEngine

    return {
        "experta, our matcher": lambda: peers.Experta(book),
        "experta, its own matcher": lambda: peers.Experta(
            book, matcher=KnowledgeEngine.__matcher__
        ),
        "the specification": lambda: peers.Specification(book),
    }[name]()


def _scan(book: RuleBook, source: str) -> pl.LazyFrame:
    if source.endswith(".parquet"):
        return pl.scan_parquet(source)
    ticks = {name: pl.Int8 if kind == pl.Boolean else kind for name, kind in _schema(book)}
    return pl.scan_csv(source, schema=pl.Schema(ticks))


def _schema(book: RuleBook) -> Any:
    return forms.schema(book).items()


def _write(target: str, said: list[Any]) -> None:
    Path(target).write_text(json.dumps(said), encoding="utf-8")


def _timed(work: Callable[[], object]) -> Numbers:
    start, processor = time.perf_counter(), time.process_time()
    work()
    taken, busy = time.perf_counter() - start, time.process_time() - processor
    return {"seconds": taken, "processor": busy, "peak": _peak()}


def _peak() -> float:
    """The most memory that this process held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # the other count begins with what the parent process held
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


JOBS: dict[str, Callable[..., Numbers]] = {
    "make": make,
    "copy": copy,
    "score": score,
    "library": library,
    "agree": agree,
    "judge": judge,
}

if __name__ == "__main__":
    main()
