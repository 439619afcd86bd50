"""A first draft of a mapping, from a table's header and its first rows, for a person to mend.

A guess is marked as one, and a column that nothing is like is left open, so that the mapping cannot
be used before somebody has looked at it.

Not here: using a mapping (`mapping`, `mapping_file`).
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from triage.intake.cells import CellReader, TickReader, Unread, fold
from triage.intake.mapping import IntakeMapping, Role, Tick, Whole
from triage.intake.profiles import PROFILES
from triage.intake.tables import Table, Texts
from triage.rulebook import NONE, NOT_SURE, Item, RuleBook

LIKE = 0.62
"""How like a column's name must be to an item's for a guess, from 0 to 1."""
MOST_LABELS = 30
"""Different texts of a column that are listed as labels; a column of more is left alone."""
_COMMON = frozenset(
    """
    a an and any are at been by did do does else for from had has have how i if in is it of
    on or that the their there these they this to was were what when where which who with
    you your please select all choose apply fit number no yes
    """.split()  # noqa: SIM905 - a list would take a line for each word
)
_SEVERAL = re.compile(r"[;\n|]")


class _Guess:
    """What a column may hold, and how sure that is."""

    def __init__(self, role: Role, likeness: float) -> None:
        self.role = role
        self.likeness = likeness


def suggest(book: RuleBook, table: Table) -> str:
    """The text of a mapping file for a table."""
    return "\n".join(_Draft(book, table).lines()) + "\n"


class _Draft:
    def __init__(self, book: RuleBook, table: Table) -> None:
        self.book = book
        self.table = table
        self.rows = table.sample()
        self.known = self._known_already()
        self.form = self.known.form
        self.guesses = self._guesses()

    def _known_already(self) -> IntakeMapping:
        """What the profile that fits best knows of the header."""
        made = [PROFILES[name](self.table.header, self.book) for name in PROFILES]
        return max(made, key=lambda m: len(m.roles) + len(m.ignored) + (m.form is not None))

    def lines(self) -> Iterator[str]:
        yield f"# A draft for {self.table.file}. Look at every line before you use it:"
        yield "#   triage score FORMS -o OUT --mapping THIS_FILE"
        yield "# 'column: item', or what the column holds in braces. A column left open, with"
        yield "# nothing after its colon, must be given an item or moved below 'ignore'."
        yield ""
        form = self.form or self._form()
        yield f"form: {_quoted(form)}" if form else "# form: the column that names a form"
        yield "columns:"
        for column in self.table.header:
            if column != form and column not in self.known.ignored:
                yield from self._column(column)
        ignored = ", ".join(_quoted(c) for c in self.table.header if c in self.known.ignored)
        yield f"ignore: [{ignored}]"
        yield "# Words that stand for no answer:"
        yield "blank: []"
        yield from self._constants()

    def _form(self) -> str | None:
        """A column whose cells are all filled, all different, and that answers nothing."""
        for column in self.table.header:
            cells = [row.get(column) for row in self.rows]
            named = re.search(r"\b(id|nr|no|number|case|record|patient|form)\b", fold(column))
            free = named and column not in self.guesses
            if free and cells and all(cells) and len(set(cells)) == len(cells):
                return column
        return None

    def _column(self, column: str) -> Iterator[str]:
        guess = self.guesses.get(column)
        if guess is None:
            yield f"  {_quoted(column)}:   # nothing is like it"
            return
        role = guess.role
        sure = "" if guess.likeness >= 1 else "   # a guess"
        if isinstance(role, Whole):
            labels = self._labels(column, role)
            if not labels:
                yield f"  {_quoted(column)}: {role.item}{sure}"
                return
            yield f"  {_quoted(column)}:{sure}"
            yield f"    item: {role.item}"
        else:
            labels = self._labels(column, role)
            asked = ", asked: yes" if role.asked else ""
            if not labels:
                said = f"{{item: {role.item}, option: {role.option}{asked}}}"
                yield f"  {_quoted(column)}: {said}{sure}"
                return
            yield f"  {_quoted(column)}:{sure}"
            yield f"    item: {role.item}"
            yield f"    option: {role.option}"
            if role.asked:
                yield "    asked: yes"
        item = self.book.items[role.item]
        words = list(item.options) if isinstance(role, Whole) else ["yes", "no"]
        yield f"    labels:   # {', '.join(words)}"
        yield from (f"      {_quoted(label)}: {meaning}".rstrip() for label, meaning in labels)

    def _constants(self) -> Iterator[str]:
        answered = {guess.role.item for guess in self.guesses.values()}
        yield "# Answers that the clinic settles elsewhere and that hold for every form. No column"
        yield "# answers these questions; what stays open here stays unknown on every form:"
        yield "constants: {}"
        for item in self.book.items.values():
            if item.id not in answered:
                if item.kind == "number":
                    usual = "number"
                else:
                    usual = NONE if NONE in item.options else next(iter(item.options))
                value = f"[{usual}]" if item.kind == "many" else usual
                yield f"#  {item.id}: {value}   # {item.ask}"

    # --- Which item a column is about. ---

    def _guesses(self) -> Mapping[str, _Guess]:
        """The best guess for each column; an item's answer is in one place."""
        offers: list[tuple[float, str, Role]] = []
        for column in self.table.header:
            if column in self.known.ignored or column == self.known.form:
                continue
            if column in self.known.roles:
                offers.append((1.0, column, self.known.roles[column]))
            else:
                offers += [(like, column, role) for like, role in self._offers(column)]
        offers.sort(key=lambda offer: -offer[0])
        guesses: dict[str, _Guess] = {}
        taken: set[tuple[str, str | None]] = set()
        for likeness, column, role in offers:
            whole = (role.item, None)
            place = whole if isinstance(role, Whole) else (role.item, role.option)
            mixed = (
                any(item == role.item for item, _ in taken) if place == whole else whole in taken
            )
            if column in guesses or place in taken or mixed:
                continue
            taken.add(place)
            guesses[column] = _Guess(role, likeness)
        return guesses

    def _offers(self, column: str) -> Iterator[tuple[float, Role]]:
        texts = self._texts(column)
        for item in self.book.items.values():
            likeness = max(_likeness(column, words) for words in (item.id, item.ask))
            if texts and item.kind != "number":
                likeness = max(likeness, self._fitting(item, texts))
            if likeness >= LIKE:
                yield min(likeness, 0.99), Whole(item.id)
            if item.kind != "many":
                continue
            for option, words in item.options.items():
                likeness = max(_likeness(column, option), _likeness(column, words))
                if likeness >= LIKE and option not in (NONE, NOT_SURE) and _ticks_only(texts):
                    asked = bool({fold(text) for text in texts} & {"no", "n"})
                    yield min(likeness, 0.99), Tick(item.id, option, asked=asked)

    def _fitting(self, item: Item, texts: Sequence[str]) -> float:
        """How many of a column's texts are an item's own labels."""
        reader = IntakeMapping("", {}).reader(self.book, Whole(item.id))
        read = [reader.read(text) for text in texts]
        known = [answer for answer in read if not isinstance(answer, Unread)]
        few = len(set(texts)) < 2 or set(map(fold, texts)) <= {"yes", "no", "not sure"}
        return 0.0 if few else len(known) / len(texts)

    def _texts(self, column: str) -> list[str]:
        return list(dict.fromkeys(text for row in self.rows if (text := row.get(column))))

    # --- What its cells say. ---

    def _labels(self, column: str, role: Role) -> list[tuple[str, str]]:
        """Texts that are no known label, and the option that each is most like."""
        item = self.book.items[role.item]
        if item.kind == "number":
            return []
        reader = self.known.reader(self.book, role)
        pieces = list(dict.fromkeys(_pieces(self.rows, column, reader, item.kind == "many")))
        if not pieces or len(pieces) > MOST_LABELS:
            return []
        if isinstance(role, Tick):
            return [(piece, "") for piece in pieces]
        return [(piece, _nearest_option(item, piece)) for piece in pieces]


def _ticks_only(texts: Iterable[str]) -> bool:
    """Whether a column may be one of ticks: two different texts at the most."""
    return len({fold(text) for text in texts}) <= 3


def _pieces(
    rows: Sequence[Texts], column: str, reader: CellReader[object], several: bool
) -> Iterator[str]:
    """The parts of a column's cells that no label is known for, most frequent first."""
    counts: Counter[str] = Counter()
    for row in rows:
        text = row.get(column)
        if not text or not isinstance(reader.read(text), Unread):
            continue
        parts = [text]
        if several and not isinstance(reader, TickReader):
            # For a draft only: where cells are read, labels are never split at commas.
            parts = _SEVERAL.split(text) if _SEVERAL.search(text) else text.split(", ")
        for part in map(str.strip, parts):
            if part and isinstance(reader.read(part), Unread):
                counts[part] += 1
    for text, _ in counts.most_common():
        yield text


def _nearest_option(item: Item, text: str) -> str:
    """The option whose words are most like a text, or nothing."""
    likeness = {
        option: max(_likeness(text, words), _likeness(text, option))
        for option, words in item.options.items()
    }
    best = max(likeness, key=lambda option: likeness[option])
    return best if likeness[best] >= LIKE else ""


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W_]+", fold(text))
    return [word for word in found if word not in _COMMON] or found


def _likeness(one: str, other: str) -> float:
    """How like two names are, from 0 to 1: the words that they share, and their letters."""
    ours, theirs = _words(one), _words(other)
    if ours == theirs:
        return 1.0
    shared = sum(1 for word in ours if difflib.get_close_matches(word, theirs, 1, 0.8))
    share = shared / min(len(ours), len(theirs)) if ours and theirs else 0.0
    both = 2 * shared / (len(ours) + len(theirs)) if ours and theirs else 0.0
    letters = difflib.SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio()
    return max(letters, both, 0.9 * share if shared > 1 or len(theirs) == 1 else 0.0)


def _quoted(text: str) -> str:
    """A text as YAML and JSON both spell it."""
    return json.dumps(text, ensure_ascii=False)
