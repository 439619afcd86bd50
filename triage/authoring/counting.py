"""Words, syllables, sentences, and the school grade that a text asks of its reader.

The grade is Flesch and Kincaid's: 0.39 times the words of a sentence, and 11.8 times the syllables
of a word, less 15.59.  It is a smoke alarm and no proof: it sees long words and long sentences, and
not whether a text makes sense.

English spelling does not say how many syllables a word has.  A few rules get most words right; the
exceptions come as an argument.  Not here: which texts are read, and how hard they may be
(`reading_grade`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

GRADE_A_WORD = 0.39
"""Grades for each word of the average sentence."""
GRADE_A_SYLLABLE = 11.8
"""Grades for each syllable of the average word."""
GRADE_OFFSET = 15.59
FEWEST_WORDS = 10
"""In a shorter text, one long word would decide: it is filled up with words as they come."""
USUAL_SYLLABLES = 1.4
"""Syllables of a word of plain English, on average."""

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
"""A number, or letters that apostrophes and hyphens may join: `self-care` is one word."""
BETWEEN_SENTENCES = re.compile(
    r"(?<=[.!?])(?P<close>[\"'\u201d\u2019)]*)(?:\s+(?=[\"'\u201c\u2018(]*[^\W_a-z])|$)"
)
"""After a full stop, before a capital letter or a number."""
NO_END = re.compile(r"(?:^|[\s(])(?:[A-Za-z](?:\.[A-Za-z])*|Dr|Mr|Mrs|Ms|St|No|vs|approx)\.$")
"""What a full stop does not end: `e.g.`, an initial, a title."""

SILENT = re.compile(
    r"""
      (?<=[^aeiouyl]) e $                     # bone, but not tree or little
    | (?<=[aeiouy]l) e (?=s?$)                # scale, whole
    | (?<=[^aeiouycgszxl]) (?<![sc]h) e (?=s$)  # bones, but not pulses, inches, changes
    | (?<=[^aeiouytd]) e (?=d$)               # walked, but not lifted
    | (?<=[gq]) ue $                          # league, technique
    | (?<=[aeiouy][^aeiouy]) e (?=(?:ly|ful|fully|fulness|less|ness|ments?|some)$)  # careful
    | (?<=^som) e (?=[tw]) | (?<=^sid) e (?=[wb]) | (?<=ther) e (?=f) | (?<=guid) e (?=l)
    """,
    re.VERBOSE,
)
"""An `e` that is written and not said."""
APART = re.compile(
    r"""
      (?<![cgstx]) i (?=[ao])                 # trial, period; but not special, motion
    | (?<=^sc) i (?=a) | (?<=[st]) i (?=at[ei]|os?$) | (?<=ys) i (?=o)  # sciatica, ratio, physio
    | i (?=e[rt]y?$ | est$)                   # easier, diet, variety
    | (?<![cgstx]) i (?=en(?:t|ts|ce)$) | (?<=^sc) i (?=en)  # experience, science; but not patient
    | [aeou] (?<![qg]u) (?=ing) | (?<=[^aeiou]) y (?=i)      # doing, trying
    | e (?=us?$|ums?$|as?$) (?<![ts]ea)       # gluteus, museum, idea
    | (?<=t) e (?=o) | (?<=cr) e (?=at)       # osteopath, create
    | u (?<![qgs]u) (?=[ao])                  # January
    | s (?=ms?$) | th (?=ms?$)                # prism, rhythm
    | (?<=[ds]) n (?=['\u2019]t$)            # didn't
    """,
    re.VERBOSE,
)
"""Where two vowels written together are said apart, or a syllable has no vowel letter."""
VOWELS = re.compile(r"[aeiouy]+")


def words(text: str) -> list[str]:
    """The words of a text, in order; a number is one."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; what has no word in it is none.

    A line of its own, such as a heading or an entry of a list, is a sentence even without a full
    stop.  A colon or a semicolon ends none.
    """
    return [one for line in text.split("\n") for one in _sentences(line) if words(one)]


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for gap in BETWEEN_SENTENCES.finditer(line):
        if not NO_END.search(line[start : gap.start()]) or gap.end() == len(line):
            yield line[start : gap.end("close")].strip()
            start = gap.end()
    yield line[start:].strip()


def syllables(word: str, known: Mapping[str, int]) -> int:
    """The syllables of a word.

    Args:
        word: as `words` gives it.  A number counts one; what is in capitals is spelled out.
        known: the syllables of words that the rules get wrong, in lower case.  A plural or a
            possessive of such a word need not be there by itself.
    """
    if word[0].isdigit():
        return 1
    return sum(_part(part, known) for part in word.replace("\u2019", "'").split("-"))


def _part(part: str, known: Mapping[str, int]) -> int:
    lower = part.lower()
    for stem in (lower, lower.removesuffix("'s"), lower.removesuffix("s")):
        if stem in known:
            return known[stem]
    if part.isupper() and len(part) > 1:
        return len(part)
    lower = re.sub(r"'(?!t$)", "", lower)
    groups = VOWELS.findall(SILENT.sub("", lower))
    return max(1, len(groups) + len(APART.findall(lower)))


def grade(text: str, known: Mapping[str, int]) -> float:
    """The school grade in the United States whose readers should manage a text; 0 without words.

    Args:
        text: one or more lines.
        known: as for `syllables`.
    """
    found = words(text)
    if not found:
        return 0.0
    length = len(found) / len(sentences(text))
    missing = max(0, FEWEST_WORDS - len(found))
    counted = sum(syllables(word, known) for word in found) + USUAL_SYLLABLES * missing
    weight = counted / (len(found) + missing)
    return GRADE_A_WORD * length + GRADE_A_SYLLABLE * weight - GRADE_OFFSET
