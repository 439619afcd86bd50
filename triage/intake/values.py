"""What a column holds, in a few words for a draft, and never a text that may name a person.

A text is shown where it is short and one of few, and either made of words that everybody writes
into forms or written into several.  A column whose name speaks of a person shows none.

Not here: what a column may answer (`guesses`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from triage.book.rulebook import RuleBook
from triage.intake.labels import fold

MOST_SHOWN = 12
"""Different texts of a column that are shown."""
MOST_NUMBERS = 6
"""Different numbers of a column that are shown by themselves."""
LONGEST_SHOWN = 40
"""Characters of a text that is shown."""
LARGEST_SHOWN = 10_000
"""Numbers from here on may name a person or a place, and are not shown."""
_PERSON = re.compile(
    r"\b(names?|surname|forename|initials|e?-?mail|phone|mobile|tel|address|street|post ?code|zip"
    r"|city|town|birth|dob|born|doctor|dr|gp|clinician|physio\w*|therapist|consultant|nurse"
    r"|interviewer|enumerator|author|user\w*|staff|by|contact|kin|notes?|comments?|remarks?"
    r"|free text|signature|ip|url|location|latitude|longitude|employer|occupation|id|uuid|mrn|nhs"
    r"|ssn|insurance)\b"
)
"""What a column is called that may hold what names a person."""
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d.*)?|\d{1,2}:\d\d(:\d\d)?( ?[ap]m)?", re.IGNORECASE
)
SEVERAL = re.compile(r"[;\n|/+&]")
"""What stands between several answers in one cell."""
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_USUAL = frozenset(
    """
    yes no none not sure unsure unknown know dont don't other never rarely sometimes often always
    mild moderate severe normal abnormal left right both one two three first last day days week
    weeks month months year years little lot good bad better worse same easy hard with without
    help can cannot able unable true false checked unchecked positive negative male female man
    woman once twice keeps coming back present current former n/a na refused low medium high
    """.split()  # noqa: SIM905 - a list would take a line for each word
)


def about_a_person(column: str) -> bool:
    """Whether a column's name says that it may name a person."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", column)
    return _PERSON.search(fold(apart)) is not None


class Values:
    """Says what columns hold."""

    def __init__(self, book: RuleBook) -> None:
        """Take note of the words of a book, which name nobody."""
        self._book = book

    @cached_property
    def _known(self) -> frozenset[str]:
        items = self._book.items.values()
        texts = [text for item in items for text in (item.ask, *item.options.values())]
        return _USUAL | {word for text in texts for word in _WORD.findall(fold(text))}

    def may_be_shown(self, text: str, times: int) -> bool:
        """Whether a text that stands in so many cells is fit for others to read."""
        if len(text) > LONGEST_SHOWN or "@" in text or not text.isprintable():
            return False
        strange = [word for word in _WORD.findall(text) if not self._usual(word)]
        return len(strange) <= (1 if times > 1 else 0)

    def _usual(self, word: str) -> bool:
        # A name begins with a capital letter, and is longer than the J or OK of a tick.
        return not word[0].isupper() or len(word) < 3 or fold(word) in self._known

    def of(self, column: str, texts: Counter[str]) -> str:
        """What the cells of a column hold, in one line."""
        if not texts:
            return "no cell is filled"
        if all(_DATE.fullmatch(text.strip()) for text in texts):
            return "dates or times"
        numbers = [text for text in texts if _number(text)]
        largest = max((abs(_as_number(text)) for text in numbers), default=0)
        several = f"{len(texts)} different {'texts' if len(texts) > 1 else 'text'}, not shown"
        if about_a_person(column) or largest >= LARGEST_SHOWN:
            return several
        said = [_range(numbers)] if len(numbers) > MOST_NUMBERS else []
        rest = Counter({text: n for text, n in texts.items() if not (said and _number(text))})
        rest = _parts(rest) if len(rest) > MOST_SHOWN else rest
        shown = self._fit_to_show(_spellings_joined(rest))
        said += [f"{_one_line(text)} {number}" for text, number in shown]
        joined = {fold(text) for text, _ in shown}
        if hidden := sum(fold(text) not in joined for text in rest):
            said.append(f"and {hidden} not shown" if said else several)
        return ", ".join(said)

    def _fit_to_show(self, texts: Counter[str]) -> list[tuple[str, int]]:
        """Texts for others to read; of many different ones, those alone that come again."""
        many = len(texts) > MOST_SHOWN
        fit = [
            (text, times)
            for text, times in texts.most_common()
            if self.may_be_shown(text, 1 if many else times) and (times > 1 or not many)
        ]
        return fit[:MOST_SHOWN]


def _parts(texts: Counter[str]) -> Counter[str]:
    """What stands in texts beside one another, where that is a few things again and again."""
    parts: Counter[str] = Counter()
    for text, times in texts.items():
        parts.update({part: times for part in map(str.strip, SEVERAL.split(text)) if part})
    return parts if len(parts) <= MOST_SHOWN else texts


def _spellings_joined(texts: Mapping[str, int]) -> Counter[str]:
    """Texts that differ only in case as one, in the spelling that comes most often."""
    joined: Counter[str] = Counter()
    best: dict[str, str] = {}
    for text, times in sorted(texts.items(), key=lambda one: -one[1]):
        joined[best.setdefault(fold(text), text)] += times
    return joined


def _range(texts: Iterable[str]) -> str:
    numbers = sorted(map(_as_number, texts))
    return f"numbers from {numbers[0]:g} to {numbers[-1]:g}"


def _number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _as_number(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _one_line(text: str) -> str:
    return f'"{" ".join(text.split())}"'
