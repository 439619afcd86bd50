"""What the words in a column's cells may mean: labels for a draft, guessed or left open.

A code is matched by the words that the form's dictionary has for it, and never by its order.

Not here: which question a column answers (`guesses`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.book.items import NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.cells import NO_WORDS, YES_WORDS, Unread
from triage.intake.labels import fold
from triage.intake.likeness import Likeness
from triage.intake.mapping import IntakeMapping, Role, Tick
from triage.intake.own_names import OwnNames
from triage.intake.safety_places import safety_places
from triage.intake.values import SEVERAL

LABEL_LIKE = 0.75
"""How like a label must be to an option; most of the label's words must be the option's."""
MOST_LABELS = 30
"""Different texts of a column that are listed as labels; those that stand there most often."""
MOST_CODES = 12
"""Different numbers of a column that may be codes, and no amounts."""
TICK_CODES = {0, 1, 2, 3, 7, 8, 9, 77, 88, 99, 777, 888, 999}
"""Numbers that may be codes for yes, no and why there is no answer."""
MOST_WORDS = 8
"""Different words of a column that may say yes and no beside those that are known."""

_CODE = re.compile(r"-?\d+(\.0+)?")
_DOUBT = ("not sure", "unsure", "don't know", "dont know", "do not know", "dk", "maybe", "possibly")


@dataclass(frozen=True, slots=True)
class Label:
    """A text that stands in a column's cells, and what it may mean."""

    text: str
    option: str
    """Empty where nothing is guessed."""
    guessed: bool = False
    words: str = ""
    """What the form's dictionary says that it means."""


class LabelGuesses:
    """Guesses at the words of cells."""

    def __init__(
        self,
        book: RuleBook,
        own: OwnNames,
        blanks: Iterable[str],
        may_be_shown: Callable[[str, int], bool],
    ) -> None:
        """Prepare to guess.

        Args:
            book: the rule book.
            own: the names and words of its options.
            blanks: words that stand for no answer.
            may_be_shown: whether a text in so many cells may stand in a draft.
        """
        self._book = book
        self._own = own
        self._mapping = IntakeMapping("", {}, blanks=frozenset(blanks))
        self._may_be_shown = may_be_shown
        self._safety = safety_places(book)

    def readable(self, role: Role, texts: Sequence[str]) -> float:
        """How many of some texts can be read as they are, from 0 to 1; 1 where there are none."""
        if not texts:
            return 1.0
        reader = self._mapping.reader(self._book, role)
        item = self._book.items[role.item]
        return sum(_can_be(item, role, reader.read(text)) for text in texts) / len(texts)

    def only_yes_or_no(self, role: Role, texts: Sequence[str]) -> bool:
        """Whether most texts that are no option of a question are words for yes and no."""
        strange = [fold(text) for text in texts if self.readable(role, [text]) < 1]
        said = [text for text in strange if text in YES_WORDS + NO_WORDS and text.isalpha()]
        item = self._book.items[role.item]
        fits = item.kind == "number" or not {"yes", "no"}.isdisjoint(item.options)
        return not fits and len(said) > len(strange) / 2

    def may_be(self, role: Role, texts: Sequence[str]) -> bool:
        """Whether some texts may be options, or a tick, for all that one can tell of them."""
        if texts and all(map(_CODE.fullmatch, texts)):
            tick = isinstance(role, Tick)
            return (
                {abs(float(t)) for t in texts} <= TICK_CODES if tick else len(texts) <= MOST_CODES
            )
        if isinstance(role, Tick):
            strange = {fold(text) for text in texts if self.readable(role, [text]) < 1}
            return len(strange) <= MOST_WORDS
        return len(texts) <= MOST_LABELS

    def of(self, role: Role, texts: Counter[str], choices: Mapping[str, str]) -> tuple[Label, ...]:
        """A label for each text of a column that is not known to mean something.

        Args:
            role: what the column may hold.
            texts: how often each stands in its cells.
            choices: what its codes mean, where a dictionary says so.
        """
        item = self._book.items[role.item]
        if item.kind == "number" and not isinstance(role, Tick):
            return ()
        option_of = self._ticked if isinstance(role, Tick) else self._option
        if choices:
            coded = [self._coded(role, item, code, said) for code, said in choices.items()]
            if isinstance(role, Tick) and all(map(self._says_itself, coded)):
                return ()
            return tuple(c for c in coded if not c.option or not self._ours(role, c))
        codes = [text for text in texts if _CODE.fullmatch(text)]
        usual = isinstance(role, Tick) and {text.partition(".")[0] for text in texts} <= {"0", "1"}
        if codes and len(codes) == len(texts) and not usual:
            return tuple(Label(code, "") for code in sorted(codes, key=float)[:MOST_LABELS])
        found: dict[str, Label] = {}
        for text, times in self._unread(role, item, texts).most_common():
            # An answer to a known question is no name, whatever single word it begins with.
            if self._may_be_shown(text, max(times, 2)) and len(found) < MOST_LABELS:
                option = option_of(item, text)
                found.setdefault(fold(text), Label(text, option, guessed=bool(option)))
        return tuple(found.values())

    def _unread(self, role: Role, item: Item, texts: Counter[str]) -> Counter[str]:
        """The parts of texts that no label is known for."""
        reader = self._mapping.reader(self._book, role)

        def strange(text: str) -> bool:
            return isinstance(reader.read(text), Unread)

        several = item.kind == "many" and not isinstance(role, Tick)
        parts = {t: _parts(t) if several else [t.strip()] for t in texts if strange(t)}
        alone = {part for found in parts.values() for part in found}
        unread: Counter[str] = Counter()
        for text, found in parts.items():
            for part in found:
                # For a draft only: where cells are read, labels are never split at commas.
                pieces = part.split(", ") if several else [part]
                if not all(piece in alone or not strange(piece) for piece in pieces):
                    pieces = [part]
                unread.update({piece: texts[text] for piece in pieces if strange(piece)})
        return unread

    def _coded(self, role: Role, item: Item, code: str, said: str) -> Label:
        """A code, by the words that the dictionary has for it."""
        if isinstance(role, Tick):
            option = self._ticked(item, said)
            return Label(code, option, words=said)
        own = self._own.option(item.id, said)
        option = own or self._option(item, said)
        return Label(code, option, guessed=not own and bool(option), words=said)

    @staticmethod
    def _says_itself(label: Label) -> bool:
        """Whether a code means to every reader what the dictionary says."""
        return label.text in (YES_WORDS if label.option == "yes" else NO_WORDS) and bool(
            label.option
        )

    def _ours(self, role: Role, label: Label) -> bool:
        """Whether a code is an option's own name, as it means."""
        return (
            not isinstance(role, Tick) and self._own.option(role.item, label.text) == label.option
        )

    def _ticked(self, item: Item, text: str) -> str:
        """What a word says of a tick, or nothing."""
        folded = fold(text)
        if folded in YES_WORDS:
            return "yes"
        if folded in NO_WORDS:
            return "no"
        return NOT_SURE if folded in _DOUBT and item.doubtful else ""

    def _option(self, item: Item, text: str) -> str:
        """The option that a text is most like, or nothing where none is or several are."""
        folded = fold(text)
        if len(folded) == 1 or folded in ("yes", "no"):
            begin = re.compile(rf"{re.escape(folded)}\b" if len(folded) > 1 else re.escape(folded))
            meant = [o for o, said in item.options.items() if begin.match(fold(said))]
            return meant[0] if len(meant) == 1 else ""
        if folded in _DOUBT:
            return NOT_SURE if NOT_SURE in item.options else ""
        like = Likeness({option: (option, said) for option, said in item.options.items()}).to(text)
        if not like:
            return ""
        best, *others = sorted(like, key=lambda option: -like[option].value)
        single = len(like[best].shared) < 2 and like[best].said < 1
        if single and {(item.id, best), (item.id, None)} & self._safety:
            return ""
        alone = not others or like[others[0]].value < like[best].value
        return best if like[best].value >= LABEL_LIKE and alone else ""


def _can_be(item: Item, role: Role, answer: object) -> bool:
    """Whether what was read of a cell may be an answer."""
    if isinstance(answer, float) and item.number and not isinstance(role, Tick):
        return item.number.low <= answer <= item.number.high
    return answer is not None and not isinstance(answer, Unread)


def _parts(text: str) -> list[str]:
    """What stands in one cell beside one another, but for what commas part."""
    return [part for part in map(str.strip, SEVERAL.split(text)) if part]
