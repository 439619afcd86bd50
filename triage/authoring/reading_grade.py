"""What is asked of a text that people read: an easy grade, short sentences, terms explained.

The grade is an average, and says little of a short text.  So texts that are read together are
judged together, as a block.  Headings are a block of their own: they would make any other look
easier than it is.

Not here: the counting (`counting`), and which texts there are (`book.texts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from statistics import median

from triage.authoring.counting import grade, sentences, syllables, words
from triage.book import texts
from triage.book.origin import Vocabulary
from triage.book.rulebook import RuleBook
from triage.book.texts import Block, Entry, Line
from triage.problems import Problem, listed, quoted

HIGHEST_GRADE = 6.0
"""The school grade whose readers should manage every block."""
LONGEST_SENTENCE = 20
"""Words."""
HARDEST = 4
"""Words that a message names."""
LONG = 3
"""Syllables from which a word is named as hard."""


def problems(book: RuleBook) -> Iterator[Problem]:
    """Name each text that is too hard, sentence that is too long, and term left unexplained."""
    found = list(texts.entries(book.origin.documents))
    for block in _blocks(found):
        yield from hard(block, book.origin.vocabulary)
    by_name = {entry.name: entry for entry in found}
    for entry in found:
        yield from long_sentences(entry.lines)
        above = by_name.get(entry.below)
        yield from unexplained(entry, book.origin.vocabulary, above.lines if above else ())


def level(book: RuleBook) -> str:
    """The reading level of a whole book, as a sentence."""
    return summary(_blocks(list(texts.entries(book.origin.documents))), book.origin.vocabulary)


def summary(blocks: Iterable[Block], vocabulary: Vocabulary) -> str:
    """How many blocks there are, the grade of the hardest, and the median."""
    grades = {block.name: _grade(block, vocabulary) for block in blocks}
    hardest = max(grades, key=lambda name: grades[name])
    return (
        f"Reading level: {len(grades)} blocks, highest grade {grades[hardest]:.1f} ({hardest}), "
        f"median {median(grades.values()):.1f}"
    )


def hard(block: Block, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Name a block above the highest grade, on its hardest line, with its hardest words."""
    read = _grade(block, vocabulary)
    if round(read, 1) > HIGHEST_GRADE:
        name = block.name.partition(": ")[2]
        worst = max(block.lines, key=lambda line: grade(line.text, vocabulary.syllables))
        message = f"{name}: reads at grade {read:.1f}, expected {HIGHEST_GRADE} or lower"
        longest = max(len(words(sentence)) for sentence in sentences(block.text))
        details = f"longest sentence {longest} words{_long_words(block.text, vocabulary)}"
        yield Problem(worst.file, worst.line, f"{message}; {details}")


def _grade(block: Block, vocabulary: Vocabulary) -> float:
    return grade(block.text, vocabulary.syllables)


def _long_words(text: str, vocabulary: Vocabulary) -> str:
    counted = {word: syllables(word, vocabulary.syllables) for word in words(text)}
    long = sorted((w for w in counted if counted[w] >= LONG), key=lambda word: -counted[word])
    return f", long words {', '.join(long[:HARDEST])}" if long else ""


def long_sentences(lines: Iterable[Line]) -> Iterator[Problem]:
    """Name each sentence of more words than people keep in mind."""
    for line in lines:
        for sentence in sentences(line.text):
            length = len(words(sentence))
            if length > LONGEST_SENTENCE:
                message = f"a sentence of {length} words, expected at most {LONGEST_SENTENCE}"
                yield Problem(line.file, line.line, f"{message}: {quoted(sentence)}")


def unexplained(
    entry: Entry, vocabulary: Vocabulary, above: Iterable[Line] = ()
) -> Iterator[Problem]:
    """Name each clinical term that neither its entry nor what is read above it explains."""
    whole = "\n".join(line.text for line in (*above, *entry.lines))
    for term, plain in vocabulary.terms.items():
        used = _term(term)
        first = next((line for line in entry.lines if used.search(line.text)), None)
        if first is not None and not _explained(used.pattern, plain, whole):
            hint = listed([*map(quoted, plain), "plain words in brackets behind it"])
            message = f"{quoted(term)} is not explained here; expected {hint}"
            yield Problem(first.file, first.line, message)


def _explained(used: str, plain: Iterable[str], text: str) -> bool:
    """Whether a text says what a term means.

    By one of the plain words for it, by brackets behind it or around it, or by "doctors call it".
    """
    ways = [
        *(rf"\b{re.escape(word)}" for word in plain),
        rf"{used} \(",
        rf"\([^)]*{used}",
        rf"\b(?:call|calls|called)\b[^.?!]*{used}",
        rf"{used} means?\b",
    ]
    return any(re.search(way, text, re.IGNORECASE) for way in ways)


@cache
def _term(term: str) -> re.Pattern[str]:
    """A term as a word of its own, in the singular or the plural."""
    return re.compile(rf"\b{re.escape(term)}(?:e?s)?\b", re.IGNORECASE)


def _blocks(found: list[Entry]) -> list[Block]:
    every = [block for entry in found for block in entry.blocks]
    return [*every, *texts.headings(found)]
