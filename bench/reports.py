"""How many reports a second `triage report --out-dir` writes, and in how much memory.

Two kinds of forms: made-up ones as a clinic might get them, and ones that each get a full plan with
pictures, which is the most work there is.  The whole command is measured, from its start.
Processor time stands beside the clock, for other programs may want the processors too.

    python -m bench.reports                 100 and 1,000 reports of each kind
    python -m bench.reports --forms 10000   so many of each kind
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench import forms
from triage import load_rule_book
from triage.answers.table import ID, row
from triage.batch.report_maker import assess_by_fold
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_form

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = (100, 1000)
AIM = 60
"""Reports a second on two processors."""
PROGRAM = "from triage.commands.main import program; program()"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    seconds: float
    processor: float
    """Seconds of all processes together."""
    largest: float
    """Most memory of any of its processes, in megabytes."""


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description="Reports a second, and memory.")
    parser.add_argument("--forms", type=int, action="append", help="how many; may be repeated")
    parser.add_argument("--format", default="pdf", choices=["pdf", "html", "txt"])
    given = parser.parse_args()
    book = load_rule_book()
    print("| forms | reports | a second | processor time each | largest process |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind, write in {"as a clinic gets them": _drawn, "a full plan each": _planned}.items():
        for size in given.forms or SIZES:
            with tempfile.TemporaryDirectory(prefix="itb-triage-bench-") as folder:
                source = Path(folder) / "forms.parquet"
                write(book, source, size)
                run = _measured(source, Path(folder) / "reports", given.format)
            print(
                f"| {kind} | {size:,} | {size / run.seconds:.1f} | "
                f"{1000 * run.processor / size:.1f} ms | {run.largest:.0f} MB |",
                flush=True,
            )
    print(f"\nThe aim is {AIM} PDFs a second on two processors.")


def _measured(source: Path, target: Path, ending: str) -> Run:
    command = [sys.executable, "-c", PROGRAM, "report", str(source), "--out-dir", str(target)]
    before, started = os.times(), time.perf_counter()
    with subprocess.Popen(
        [*command, "--format", ending], cwd=REPOSITORY, stdout=subprocess.DEVNULL
    ) as running:
        largest = 0.0
        while running.poll() is None:
            largest = max([largest, *_memory(running.pid)])
            time.sleep(0.1)
    if running.returncode != 0:
        sys.exit("no reports were written")
    after = os.times()
    processor = after.children_user + after.children_system
    processor -= before.children_user + before.children_system
    return Run(time.perf_counter() - started, processor, largest)


def _memory(process: int) -> Iterator[float]:
    """Megabytes of a process and of those that it started, where the system tells."""
    tasks = Path(f"/proc/{process}/task")
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = [(task / "children").read_text() for task in tasks.iterdir()]
    except OSError:  # it has ended, or this is another system
        return
    yield from (int(line.split()[1]) / 1024 for line in status.splitlines() if "VmRSS" in line)
    for child in " ".join(children).split():
        yield from _memory(int(child))


def _drawn(book: RuleBook, target: Path, count: int) -> None:
    forms.write_parquet(book, target, count)


def _planned(book: RuleBook, target: Path, count: int) -> None:
    """The shipped forms that get a plan, over and over, with other ages."""
    files = sorted((REPOSITORY / "examples" / "forms").glob("*.yaml"))
    people = [read_form(book, str(file)).responses for file in files]
    people = [person for person in people if assess_by_fold(book, person).plan_given]
    rows = []
    for number in range(count):
        person = people[number % len(people)].with_answer("age", float(20 + number // 7 % 40))
        rows.append({ID: f"{number + 1:09}", **row(person)})
    pl.DataFrame(rows, schema=forms.schema(book)).write_parquet(target)


if __name__ == "__main__":
    main()
