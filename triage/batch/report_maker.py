"""One report of many, from checked answers to a file, by whichever process has time for it.

The answers are judged by the plain fold, which says the same as the forward engine and needs no
working memory.  Processes are started afresh: Typst keeps threads, which a fork would not survive.

Not here: reading forms, and what is left out (`reports`).
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import itertools
import json
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeVar

from triage.answers.answer import Answer, as_written
from triage.answers.responses import Responses
from triage.assessment.assessment import Assessment, conclude
from triage.batch.packed_book import pack, unpack
from triage.book.rulebook import ENGLISH, RuleBook
from triage.engines.fold import Fold
from triage.intake.answers_file import write_private
from triage.problems import BadInput
from triage.report.rendering import Form, Paper, render, view
from triage.report.selection import Reader
from triage.resources import program_digest

Form_ = TypeVar("Form_")
"""What is known of a form where it was read; it stays there."""
TOGETHER = 12
"""Reports that a process makes between two words with the one that reads the forms."""
AHEAD = 3
"""Such batches for each process that are read ahead of their turn, and not more: forms wait in
memory."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is the same for all reports of a run."""

    form: Form
    paper: Paper
    reader: Reader
    day: datetime.date
    """The day from which dates are counted."""
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Task:
    """A report to be made."""

    report: str
    """Its file name."""
    form: str
    """What the form is called, which stands at the top of the report."""
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task."""

    bytes: int
    """The size of the report."""
    reasons: tuple[str, ...] = ()
    """Why there is none, where there is none."""


def assess_by_fold(book: RuleBook, responses: Responses) -> Assessment:
    """The same assessment as `assessment.assess` gives, by the plain fold."""
    return conclude(book, responses, Fold(book, responses).verdicts())


def digest_of(book: RuleBook, options: Options, form: str, responses: Responses) -> str:
    """Of everything that a report depends on: two reports with the same digest are the same."""
    answers = {item: as_written(answer) for item, answer in responses.answers.items()}
    same = (options.form, options.paper, options.reader, options.day.isoformat())
    given = [program_digest(), book.digest, book.language, book.translation, *same, form, answers]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


class Maker:
    """Makes reports into a folder."""

    def __init__(self, book: RuleBook, options: Options, folder: Path) -> None:
        self.book = book
        self.options = options
        self.folder = folder

    def make(self, task: Task) -> Done:
        """Write one report, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        options = self.options
        assessment = assess_by_fold(self.book, Responses(self.book.items, task.answers))
        shown = view(assessment, options.day, task.form, options.reader)
        try:
            content = render(shown, options.form, options.paper)
        except BadInput as error:
            return Done(0, tuple(problem.message for problem in error.problems))
        write_private(self.folder / task.report, content)
        return Done(len(content))


def make_reports(
    turns: Iterable[tuple[Form_, Task | None]], maker: Maker, processes: int
) -> Iterator[tuple[Form_, Done | None]]:
    """Make reports, and say what became of each form, in the order of the forms.

    Few of them are made here, where starting processes would take longer.

    Args:
        turns: forms with the reports to be made of them, if any; taken as they are needed.
        maker: what makes them.
        processes: how many to start.

    Raises:
        BrokenProcessPool: a process was killed from outside.
    """
    batches = _batches(turns)
    first = list(itertools.islice(batches, 2))
    batches = itertools.chain(first, batches)
    if processes < 2 or len(first) < 2:
        for form, task in itertools.chain.from_iterable(batches):
            yield form, maker.make(task) if task else None
        return
    pool = ProcessPoolExecutor(
        processes,
        multiprocessing.get_context("spawn"),
        _begin,
        (pack(maker.book), maker.options, maker.folder),
    )
    try:
        under_way: deque[tuple[list[tuple[Form_, Task | None]], Future[list[Done]] | None]]
        under_way = deque()
        for batch in batches:
            tasks = [task for _, task in batch if task]
            under_way.append((batch, pool.submit(_work, tasks) if tasks else None))
            if len(under_way) >= processes * AHEAD:
                yield from _finished(*under_way.popleft())
        while under_way:
            yield from _finished(*under_way.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(
    batch: list[tuple[Form_, Task | None]], future: Future[list[Done]] | None
) -> Iterator[tuple[Form_, Done | None]]:
    done = iter(future.result() if future else ())
    for form, task in batch:
        yield form, next(done) if task else None


def _batches(
    turns: Iterable[tuple[Form_, Task | None]],
) -> Iterator[list[tuple[Form_, Task | None]]]:
    waiting = iter(turns)
    while batch := list(itertools.islice(waiting, TOGETHER)):
        yield batch


# --- In a process of its own. ---

_maker: Maker


def _begin(book: bytes, options: Options, folder: Path) -> None:
    global _maker
    # A key that stops the program reaches every process; the first one stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # There is a process for each processor: threads of Typst's own would only wait for one another.
    os.environ["RAYON_NUM_THREADS"] = "1"
    parent = multiprocessing.parent_process()
    assert parent is not None, "this runs in a process that was started"
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _maker = Maker(unpack(book), options, folder)
    gc.collect()
    gc.freeze()  # the book is never given back, and looking through it again and again takes time


def _end_with(sentinel: int) -> None:
    """End this process when the first one is no more, also where that was killed."""
    wait([sentinel])
    os._exit(1)


def _work(batch: Sequence[Task]) -> list[Done]:
    return [_maker.make(task) for task in batch]
