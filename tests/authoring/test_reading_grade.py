"""What people read is easy to read: the rule book, the report's own words and the terminal's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.small import FOLDER
from tools.own_words import main, of_templates, of_words
from triage.authoring import reading_grade
from triage.authoring.counting import grade, words
from triage.book.loading import load_rule_book
from triage.book.origin import Vocabulary
from triage.book.rulebook import RuleBook
from triage.book.texts import READ, Block, Entry, Line, entries, headings
from triage.languages.words import REPORT, TERMINAL
from triage.resources import templates_folder

ADVICE = "advice.yaml"
NOBODY_IS_SHOWN = {
    "references.yaml": "a source is called what it is called",
    "evidence_rows.yaml": "for those who keep the book",
    "hazards.yaml": "for those who keep the book",
    "words.yaml": "what the check itself is made of",
    "referrals.yaml: */title": "a profession is called what it is called, and `does` explains it",
    "*: caveats/*": "in the clinician's part of a report",
    "*: review/*": "who signed it",
}
"""Files, or paths in them, whose texts are not judged, and why."""
EMPTY = Vocabulary({}, {})


def block(*texts: str) -> Block:
    """A made-up block."""
    return Block(
        "a.yaml: b: say", tuple(Line(text, "a.yaml", n) for n, text in enumerate(texts, 1))
    )


def entry(*texts: str) -> Entry:
    """A made-up entry without a heading."""
    return Entry("a.yaml: b", (), (block(*texts),))


def changed(folder: Path, file: str, old: str, new: str) -> RuleBook:
    """The small book with one text replaced."""
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text()
    assert 1 == text.count(old)
    (folder / file).write_text(text.replace(old, new))
    return load_rule_book(folder)


def texts_of(book: RuleBook) -> Iterator[tuple[str, str, int, str]]:
    """Every value of a book with several words in it: file, path, line, text."""
    for file, document in book.origin.documents.items():
        for path, line in document.lines.items():
            value = document.value
            for key in path:
                value = value[key]  # type: ignore[index]
            if isinstance(value, str) and re.search(r"\w\s+\w", value):
                yield file, "/".join(map(str, path)), line, " ".join(value.split())


# Which texts are read


def test_every_text_of_the_book_is_judged_or_named_as_not_shown(book: RuleBook) -> None:
    """A key or a catalogue that somebody adds cannot slip past the check."""
    judged = {(line.file, line.text) for e in entries(book.origin.documents) for line in e.lines}
    left = {
        f"{file}: {path}"
        for file, path, _, text in texts_of(book)
        if (file, text) not in judged
        and not any(fnmatch(f"{file}: {path}", p) or file == p for p in NOBODY_IS_SHOWN)
    }
    assert set() == left


def test_every_exemption_is_still_needed(book: RuleBook) -> None:
    """An exemption that exempts nothing goes, lest it hide something later."""
    judged = {(line.file, line.text) for e in entries(book.origin.documents) for line in e.lines}
    others = {f"{f}: {p}": f for f, p, _, text in texts_of(book) if (f, text) not in judged}
    needed = {
        pattern
        for pattern in NOBODY_IS_SHOWN
        for path, file in others.items()
        if fnmatch(path, pattern) or file == pattern
    }
    assert set(NOBODY_IS_SHOWN) == needed


@pytest.mark.parametrize("kind", READ, ids=lambda kind: f"{kind.files}:{'/'.join(kind.at)}")
def test_each_kind_of_text_is_found(
    kind: object, book: RuleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of the table is misspelt."""
    monkeypatch.setattr("triage.book.texts.READ", (kind,))
    found = list(entries(book.origin.documents))
    assert any(e.lines for e in found)


def test_a_line_knows_where_it_stands(book: RuleBook) -> None:
    """The line of the file is the line of the text, in lists and below keys."""
    for e in entries(book.origin.documents):
        for line in e.lines:
            written = Path("rules", line.file).read_text().splitlines()[(line.line or 0) - 1 :]
            assert words(line.text)[0] in " ".join(written[:2]), line


def test_headings_count_towards_no_block_but_their_own() -> None:
    """Else a short title would make the text below it look easier."""
    small = load_rule_book(FOLDER)
    found = {e.name: e for e in entries(small.origin.documents)}
    descale = found["exercises/descale.yaml"]
    assert ["Descale"] == [line.text for line in descale.headings]
    assert "Descale" not in [line.text for b in descale.blocks for line in b.lines]
    together = {b.name: [line.text for line in b.lines] for b in headings(found.values())}
    assert ["Descale", "Rinse"] == [t for t in together["exercises: headings"] if " " not in t]


def test_a_question_and_its_options_are_two_blocks() -> None:
    """Else many short options would hide a hard question."""
    small = load_rule_book(FOLDER)
    (noise,) = (e for e in entries(small.origin.documents) if e.name.endswith(": noise"))
    assert [
        ["What is the noise like?", "A rattle is the pump."],
        ["A hum", "A rattle", "Something else"],
    ] == [[line.text for line in b.lines] for b in noise.blocks]


# What is asked of them


def test_the_shipped_book_reads_at_grade_six_or_lower(book: RuleBook) -> None:
    """Every block; lint would name it with its line."""
    assert [] == [str(problem) for problem in reading_grade.problems(book)]
    found = re.fullmatch(
        r"Reading level: (\d+) blocks, highest grade (\d\.\d) \(.+\), median (\d\.\d)",
        reading_grade.level(book),
    )
    assert found
    assert 600 <= int(found[1])
    assert float(found[3]) < float(found[2]) <= 6.0


def test_a_hard_text_is_named_with_its_hardest_line_and_words(tmp_path: Path) -> None:
    """File, line, grade read and expected, the longest sentence and the longest words."""
    small = changed(
        tmp_path / "book",
        ADVICE,
        "say: [Use a filter.]",
        "say:\n    - Use a filter.\n    - Utilise contemporary filtration equipment continuously.",
    )
    assert [
        "advice.yaml:5: filter_water: say: reads at grade 16.4, expected 6.0 or lower; longest "
        "sentence 5 words, long words contemporary, continuously, Utilise, filtration"
    ] == [str(problem) for problem in reading_grade.problems(small)]


def test_a_long_sentence_is_named_even_where_the_block_is_easy() -> None:
    """Twenty words are fine, and twenty-one are not."""
    assert [] == list(reading_grade.long_sentences([Line("so " * 20, "a.yaml", 3)]))
    (problem,) = reading_grade.long_sentences([Line("so " * 21, "a.yaml", 3)])
    assert ("a.yaml", 3) == (problem.file, problem.line)
    assert problem.message.startswith("a sentence of 21 words, expected at most 20: 'so so")


def test_the_grade_that_is_printed_is_the_one_that_is_judged() -> None:
    """A block that prints as 6.0 is no problem, and one that prints as 6.1 is."""
    # 10 words with 15 syllables, and 16 words with 21, each in one sentence
    easy, hard_ = "so over " * 5, "so over " * 5 + "so " * 6
    assert (6.01, 6.14) == (round(grade(easy, {}), 2), round(grade(hard_, {}), 2))
    assert 0 == len(list(reading_grade.hard(block(easy), EMPTY)))
    assert 1 == len(list(reading_grade.hard(block(hard_), EMPTY)))


@pytest.mark.parametrize(
    "text",
    [
        "The gasket (a ring of rubber) leaks.",
        "A ring of rubber (the gasket) leaks.",
        "Makers call this the gasket.",
        "The ring wears out. It is called a gasket.",
        "A gasket means a ring of rubber.",
        "A gasket leaks. It is a seal.",
        "Gaskets are seals.",
        "The engasketed part leaks.",
        "It leaks.",
    ],
)
def test_a_term_that_is_explained_is_fine(text: str) -> None:
    """By brackets, by naming it after plain words, or by a plain word of the list."""
    assert [] == list(reading_grade.unexplained(entry(text), Vocabulary({}, {"gasket": ("seal",)})))


@pytest.mark.parametrize(
    "text", ["A gasket leaks.", "Gaskets leak.", "The GASKET leaks (now).", "The seaweed gasket"]
)
def test_a_term_that_is_not_explained_is_named(text: str) -> None:
    """On the line where it stands first, with the words that would do."""
    vocabulary = Vocabulary({}, {"gasket": ("seal", "rubber ring")})
    (problem,) = reading_grade.unexplained(entry("It runs.", text, text), vocabulary)
    assert (
        "a.yaml:2: 'gasket' is not explained here; expected 'seal', 'rubber ring' or plain words "
        "in brackets behind it"
    ) == str(problem)


def test_a_rule_may_rely_on_what_its_pattern_says(tmp_path: Path) -> None:
    """People read the pattern first; a rule of another pattern explains the term itself."""
    small = changed(
        tmp_path / "book", "patterns.yaml", "Scale has built up", "Scale (tartar) has built up"
    )
    found = {e.name: e for e in entries(small.origin.documents)}
    assert "patterns.yaml: limescale" == found["patterns/limescale/hard_water.yaml"].below
    assert "causes.yaml: neglect" == found["causes/neglect/busy.yaml"].below
    assert "" == found["red_flags/smoke.yaml"].below
    vocabulary = Vocabulary({}, {"gasket": ("seal",)})
    above = (Line("A gasket is a seal.", "patterns.yaml", 1),)
    assert [] == list(reading_grade.unexplained(entry("The gasket leaks."), vocabulary, above))


def test_every_term_and_every_exception_is_used(book: RuleBook) -> None:
    """What no text of the book says any more goes from the list."""
    said = " ".join(line.text for e in entries(book.origin.documents) for line in e.lines).lower()
    listed = [*book.origin.vocabulary.terms, *book.origin.vocabulary.syllables]
    assert [] == [word for word in listed if word not in said]


# The words around the book


@pytest.mark.parametrize(
    ("template", "said"), [(REPORT, "Your answers fit"), (TERMINAL, "Please type one")]
)
def test_the_words_read_at_grade_six_or_lower(template: str, said: str, book: RuleBook) -> None:
    """What the report and the terminal say themselves, between the texts of the book."""
    found = of_words(template)
    assert any(b.text.startswith(said) for b in found)
    assert [] == [
        str(problem)
        for b in found
        for problem in (
            *reading_grade.hard(b, book.origin.vocabulary),
            *reading_grade.long_sentences(b.lines),
        )
    ]


def test_the_templates_have_no_hard_sentence(book: RuleBook) -> None:
    """The sentences around the book's texts, in every form of the report."""
    found = of_templates(templates_folder())
    assert found
    hard_ = [
        str(problem)
        for b in found
        for problem in (
            *reading_grade.hard(b, book.origin.vocabulary),
            *reading_grade.long_sentences(b.lines),
        )
    ]
    assert [] == hard_


def test_a_sentence_of_a_template_is_found_in_tags_and_between_them(tmp_path: Path) -> None:
    """Names of templates and markup are none; labels stand together."""
    (tmp_path / "a.html").write_text(
        '{% import "words.jinja" as w %}{% set x = "Sit down. Rest." %}\n'
        '<p class="Big.">Stand up.</p>\n{% set y = "How much" %}{% set z = "When to stop" %}'
    )
    (tmp_path / "style.css").write_text("/* Not a text. */")
    assert [
        ("a.html: line 1", "Sit down. Rest."),
        ("a.html: line 1", "Stand up."),
        ("templates: labels", "How much\nWhen to stop"),
    ] == [(b.name, b.text) for b in of_templates(tmp_path)]


def test_what_is_filled_into_a_sentence_counts_as_a_number() -> None:
    """And of one thing and of several, several are judged."""
    said = [b.text for b in of_words(TERMINAL)]
    assert "Please type a number from 1 to 7." in said
    assert "Going on with 7 questions done." in said


def test_their_level_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, for the report and for the terminal."""
    main()
    said = capsys.readouterr().out.splitlines()
    assert ["The report's own words.", "The terminal's own words."] == [
        line.partition(" Reading level: ")[0] for line in said
    ]
