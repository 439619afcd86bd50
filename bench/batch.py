"""Scoring tables of forms beside a bare copy of the file and beside peers: `make bench`.

In one run, with the same rules and the same forms: a bare copy to Parquet by Polars, our scoring,
and the peers that judge forms one by one.  Their answers are compared, and the benchmark ends with
what differs where they do not agree.  It prints a table and writes it into `bench/README.md`.

Not here: what is measured (`jobs`), the forms (`forms`), the peers' rules (`clips_peer`,
`zen_peer`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from triage import load_rule_book
from triage.answers.table import all_columns

REPOSITORY = Path(__file__).resolve().parent.parent
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
LIBRARIES = ("polars", "narwhals", "clipspy", "zen-engine", "experta")

ROWS = (1_000_000, 10_000_000)
QUICK = (100_000,)
FEW = 1_000
"""So few that a run of them shows what every run costs before it has judged much."""
ROUNDS = 3
"""How often each file is copied and scored; the smallest one once more, after the last round."""
RUNS = 3
"""How often peers judge.  Each run is a process of its own, and the best one counts."""
PEERS = {
    "clipspy": 2000,
    "zen-engine": 2000,
    "the specification": 2000,
    "experta, our matcher": 200,
    "experta, its own matcher": 5,
}
"""Each peer, and how many forms it is given: the same ones, fewer for a slow peer."""
AIMS = {"parquet": 2.0, "csv": 1.5, "clipspy": 300, "zen-engine": 100}
"""At most so many times the bare copy; at least so many times the forms of a peer."""
BYTES_A_CELL = 3
"""What a cell takes on the disk, as CSV, as Parquet and scored, with room to spare."""

Numbers: TypeAlias = dict[str, float]
"""What one run of a job printed."""
Run: TypeAlias = Mapping[str, Numbers]
"""One run of each job."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file, copied and scored."""

    ending: str
    forms: int
    copied: Numbers
    library: Numbers
    scored: Numbers

    @property
    def a_second(self) -> float:
        """Forms scored a second."""
        return self.forms / self.scored["seconds"]

    @property
    def ratio(self) -> float:
        """Scoring, in bare copies."""
        return self.scored["seconds"] / self.copied["seconds"]


def main() -> None:
    """Measures, compares, prints, and writes the table."""
    parser = argparse.ArgumentParser(description="Batch scoring beside a bare copy and its peers.")
    parser.add_argument("--quick", action="store_true", help="100,000 forms; README.md stays")
    quick = parser.parse_args().quick
    sizes = QUICK if quick else ROWS
    with tempfile.TemporaryDirectory(prefix="itb-triage-bench-") as folder:
        _check_space(Path(folder), max(sizes))
        rows, starts, peers = _measure(Path(folder), sizes)
    growth = _growth(rows, starts)
    text = "\n\n".join((_table(rows), *growth, _peer_table(rows, peers), _machine()))
    print(text)
    if not quick:
        before, rest = README.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _check_space(folder: Path, rows: int) -> None:
    needed = rows * len(all_columns(load_rule_book())) * BYTES_A_CELL
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(f"{folder} needs {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free")


def _measure(folder: Path, sizes: Sequence[int]) -> tuple[list[Row], Numbers, dict[str, Numbers]]:
    """Every file copied and scored, what few forms take by their ending, and the peers' numbers."""
    made = {size: _made_up(folder, size) for size in (FEW, *sizes)}
    peers = _judged(folder, made[sizes[0]][0])
    rows, starts = [], {}
    for place, source in enumerate(made[FEW]):
        files = {size: made[size][place] for size in sizes}
        done, start = _by_turns(files, source)
        rows += [_row(source.suffix[1:], size, done[size]) for size in sizes]
        starts[source.suffix[1:]] = start["seconds"]
    return rows, starts, peers


def _made_up(folder: Path, size: int) -> tuple[Path, Path]:
    """Forms as Parquet and as CSV."""
    _say(f"{size:,} forms are made up")
    parquet, csv = folder / f"{size}.parquet", folder / f"{size}.csv"
    _run("make", parquet, csv, size)
    return parquet, csv


def _by_turns(files: Mapping[int, Path], few: Path) -> tuple[Mapping[int, Sequence[Run]], Numbers]:
    """The runs of each file, and the best one of a few forms.

    By turns, so that whatever else the machine does falls on all of them.
    """
    target = few.with_name("out.parquet")
    done: dict[int, list[Run]] = {size: [] for size in files}
    starts = []
    for size in (*[*files] * ROUNDS, min(files)):
        _say(f"{size:,} forms, {few.suffix[1:]}: copied and scored")
        jobs = ("copy", "library", "score")
        done[size].append({job: _run(job, files[size], target) for job in jobs})
        starts.append(_run("score", few, target))
    return done, _best(starts)


def _row(ending: str, size: int, done: Sequence[Run]) -> Row:
    best = [_best(run[job] for run in done) for job in ("copy", "library", "score")]
    return Row(ending, size, *best)


def _judged(folder: Path, forms: Path) -> dict[str, Numbers]:
    """The peers' numbers; ends the benchmark where one of them says something else than we do."""
    ours = folder / "ours.json"
    _run("agree", forms, max(PEERS.values()), ours)
    expected = json.loads(ours.read_text(encoding="utf-8"))
    numbers = {}
    for peer, count in PEERS.items():
        _say(f"{peer}: {count:,} forms")
        theirs = folder / "theirs.json"
        runs = [_run("judge", peer, forms, count, theirs) for _ in range(RUNS)]
        _compare(peer, expected[:count], json.loads(theirs.read_text(encoding="utf-8")))
        numbers[peer] = {**_best(runs), "forms": count}
    return numbers


def _compare(peer: str, ours: Sequence[Any], theirs: Sequence[Any]) -> None:
    if len(ours) != len(theirs):
        sys.exit(f"{peer} judged {len(theirs)} forms, and we {len(ours)}")
    rules = list(load_rule_book().rules)
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True), start=1):
        pairs = zip(_flat(one), _flat(other), strict=True)
        named = dict(zip(["disposition", *rules], pairs, strict=True))
        unlike = [f"{name}: {a}, {peer} says {b}" for name, (a, b) in named.items() if a != b]
        if unlike:
            sys.exit("\n".join([f"form {number} differs:", *unlike]))


def _flat(said: Sequence[Any]) -> list[Any]:
    disposition, verdicts = said
    return [disposition, *verdicts]


def _run(*job: object) -> Numbers:
    """One job in a fresh process; a failure ends the benchmark."""
    command = [sys.executable, "-m", "bench.jobs", *map(str, job)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{job[0]} failed:\n{done.stderr}")
    numbers: Numbers = json.loads(done.stdout.splitlines()[-1])
    return numbers


def _best(runs: Iterable[Numbers]) -> Numbers:
    """The numbers of the quickest run, and the most memory of any."""
    runs = list(runs)
    quickest = min(runs, key=lambda numbers: numbers["seconds"])
    return {**quickest, "peak": max(numbers["peak"] for numbers in runs)}


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruler = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ruler, *rows))


def _table(rows: Iterable[Row]) -> str:
    header = (
        "forms",
        "bare copy",
        "`triage score`",
        "copies",
        "aim at most",
        "forms a second",
        "memory",
        "`triage.score`",
        "copies",
    )
    return _lines(
        header,
        (
            (
                f"{row.forms:,} in {row.ending.upper() if row.ending == 'csv' else 'Parquet'}",
                f"{row.copied['seconds']:.2f} s",
                f"{row.scored['seconds']:.2f} s",
                f"{row.ratio:.2f}",
                f"{AIMS[row.ending]:.1f}",
                f"{row.a_second:,.0f}",
                f"{row.scored['peak'] / 1e6:,.0f} MB",
                f"{row.library['seconds']:.2f} s",
                f"{row.library['seconds'] / row.copied['seconds']:.2f}",
            )
            for row in rows
        ),
    )


def _growth(rows: Sequence[Row], starts: Mapping[str, float]) -> Iterable[str]:
    """How cost grows with the forms, as a whole and beyond what every run costs."""
    for ending in ("parquet", "csv"):
        small, *more = (row for row in rows if row.ending == ending)
        start = starts[ending]
        for large in more:
            seconds, less = large.scored["seconds"], small.scored["seconds"]
            beyond = (seconds - start) / (less - start)
            yield (
                f"{'CSV' if ending == 'csv' else 'Parquet'}: {large.forms // small.forms} times "
                f"the forms took {seconds / less:.1f} times as long; {beyond:.1f} times, but for "
                f"the {start:.2f} s that a run of {FEW:,} forms takes.  A bare copy took "
                f"{large.copied['seconds'] / small.copied['seconds']:.1f} times as long."
            )


def _peer_table(rows: Sequence[Row], peers: dict[str, Numbers]) -> str:
    ours = max(row.a_second for row in rows if row.ending == "parquet")
    header = ("one form after another", "forms", "forms a second", "scoring is", "aim at least")
    lines = _lines(
        header,
        (
            (
                peer,
                f"{numbers['forms']:,}",
                f"{numbers['forms'] / numbers['seconds']:,.1f}",
                f"{ours / numbers['forms'] * numbers['seconds']:,.0f} times as fast",
                f"{AIMS[peer]:,.0f}" if peer in AIMS else "",
            )
            for peer, numbers in peers.items()
        ),
    )
    return f"{lines}\n\nEvery verdict and every disposition was the same."


def _machine() -> str:
    book = load_rule_book()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"Rule book {book.version}: {len(book.rules)} rules, {len(book.items)} items, "
        f"{len(all_columns(book))} columns.  Machine: {cores} cores, {platform.system()} on "
        f"{platform.machine()}, Python {platform.python_version()}; {libraries}."
    )


if __name__ == "__main__":
    main()
