"""What a clinic's columns may hold, from their header, their first rows and their dictionary.

A column that is called by the book's own names is no guess.  Any other is guessed at only where
all of its words are found in one place of the book, and no other place fits as well; a question
that a red flag depends on is never guessed from a single word.  Whoever reads forms by a guess has
to confirm it first.

Not here: our own names (`own_names`), how like other names are (`likeness`), the words of the
cells (`label_guesses`), writing it all down (`suggest`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

import polars as pl

from triage.book.items import NONE, NOT_SURE, Item
from triage.book.rulebook import RuleBook
from triage.intake.dictionary import BOX, Dictionary
from triage.intake.extras import extras, naming
from triage.intake.guess import OURS, Guess, Open
from triage.intake.label_guesses import Label, LabelGuesses
from triage.intake.labels import fold
from triage.intake.likeness import Like, alike, words
from triage.intake.mapping import IntakeMapping, Role, Tick, Whole
from triage.intake.own_names import OwnName, OwnNames
from triage.intake.place_likeness import PlaceLikeness
from triage.intake.profiles import best_profile
from triage.intake.safety_places import Place, safety_places
from triage.intake.tables import Table
from triage.intake.values import Values
from triage.problems import listed, quoted

CLEARLY = 0.05
"""How much more like a place must be than the next one."""
HALF = 0.5
READABLE = HALF
"""How many of its different texts must be readable for a column to be called rightly."""
FEW_NUMBERS = 2
"""Different numbers of a column that may as well be codes for yes and no."""
GUESSED = "what its cells mean is guessed"
NO_ANSWERS = (
    *("n/a", "na", "#n/a", "-", "--", "?", "unknown", "not asked", "not recorded", "nan", "null"),
    *("ni", "unk", "nask", "asku", "nav", "navu", "msk", "-9", "-99", "-999", "-88", "-77"),
)
"""What people, programs and REDCap write into a cell that they have no answer for."""


@dataclass
class Guesses:
    """Guesses about one table."""

    book: RuleBook
    table: Table
    dictionary: Dictionary = field(default_factory=lambda: Dictionary({}))

    def __post_init__(self) -> None:
        """Look at the table."""
        sample = self.table.sample()
        self.texts = {column: _filled(sample[column]) for column in self.table.header}
        """How often each text stands in the cells of a column."""
        given = {fold(text) for texts in self.texts.values() for text in texts}
        self.blanks = [word for word in NO_ANSWERS if word in given]
        """Words that may stand for no answer."""
        self._own = OwnNames(self.book)
        self._like = PlaceLikeness(self.book)
        self._safety = safety_places(self.book)
        self.values = Values(self.book)
        """What may be said of the cells."""
        shown = self.values.may_be_shown
        self._labels = LabelGuesses(self.book, self._own, self.blanks, shown)
        added = extras(self.table.header)
        known = best_profile(self.table.header, self.book)
        adds = {**dict.fromkeys(known.ignored, known.source), **added.columns}
        self.ignored = {column: f"{maker} adds it" for column, maker in adds.items()}
        """Columns that answer nothing, or nothing more, and why."""
        for column in self.table.header:
            name, _, code = column.partition(BOX)
            if name in self.book.items and fold(code) in NO_ANSWERS:
                self.ignored[column] = "a box for a code of no answer"
        self.form_known = added.form or known.form
        self.open: dict[str, Open] = {}
        self.columns: Mapping[str, Guess] = self._guesses()
        """What is guessed of each column; an item is answered in one place."""
        free = {c: t for c, t in self.texts.items() if c not in (*self.columns, *self.ignored)}
        self.form = self.form_known or naming(free, sample.height)
        """The column that may name the form."""

    def answers(self, column: str) -> Counter[str]:
        """The texts of a column that are answers."""
        texts = self.texts[column]
        return Counter({t: n for t, n in texts.items() if fold(t) not in self.blanks})

    # --- Which column answers what. ---

    def _guesses(self) -> dict[str, Guess]:
        waiting = [c for c in self.table.header if c not in (*self.ignored, self.form_known)]
        offers: list[Guess] = []
        for column in waiting:
            own = self._own_name(column)
            offers += [own] if own else self._likely(column)
        taken: dict[Place, str] = {}
        guesses: dict[str, Guess] = {}
        boxed = {offer.place for offer in offers if offer.likeness == OURS}
        for offer in sorted(offers, key=lambda offer: (-offer.likeness, self._twice(offer, boxed))):
            stands = self._in_its_place(offer, taken)
            if stands is None:
                taken[offer.place] = offer.column
                guesses[offer.column] = offer
                self.open.pop(offer.column, None)
            elif offer.column not in guesses:
                why = f"{quoted(stands)} answers {offer.role.item} already"
                self.open[offer.column] = Open((offer.place,), why)
                if self._holds_no_more(offer, guesses[stands]):
                    self.ignored[offer.column] = why
        return dict(self._whole_lists(guesses))

    def _twice(self, offer: Guess, ours: Set[Place]) -> bool:
        """Whether a column holds a whole list that has a box for each option as well."""
        item, option = offer.place
        signs = self.book.items[item].signs
        many = option is None and self.book.items[item].kind == "many"
        return many and ours >= {(item, sign) for sign in signs}

    def _holds_no_more(self, offer: Guess, stands: Guess) -> bool:
        """Whether a column is a list, and another one a box of it, in the same place of a form."""
        one, other = self._own.find(offer.column), self._own.find(stands.column)
        same = one is not None and other is not None and one.group == other.group
        return same and offer.place != stands.place and not stands.confirm

    def _in_its_place(self, offer: Guess, taken: Mapping[Place, str]) -> str | None:
        """The column that answers already what another one offers to answer."""
        item, option = offer.place
        if offer.place in taken:
            return taken[offer.place]
        if option is not None and self.book.items[item].kind == "number":
            return None  # its box stands beside the number
        if option is not None:
            return taken.get((item, None))
        many = self.book.items[item].kind == "many"
        return next((c for (other, _), c in taken.items() if many and other == item), None)

    def _whole_lists(self, guesses: Mapping[str, Guess]) -> Iterator[tuple[str, Guess]]:
        """Guesses without boxes of lists that need a box for each option."""
        roles = {column: guess.role for column, guess in guesses.items()}
        mapping = IntakeMapping("", roles)
        for column, guess in guesses.items():
            item = self.book.items[guess.role.item]
            if mapping.not_offered(item) and NOT_SURE not in item.options:
                self.open[column] = Open((guess.place,), "not every option has a box")
            else:
                yield column, guess

    def _own_name(self, column: str) -> Guess | None:
        """What a column says that is called by our own names or words."""
        label = self.dictionary.label(column)
        own = self._own.find(column) or (self._own.find(label) if label else None)
        if own is None and (box := self.dictionary.box(column)) is not None:
            own = self._own_box(*box)
        if own is None:
            if boxed := self._own.numbered_box(column):
                why = "which option this number stands for only the form's data dictionary can say"
                self.open[column] = Open(why=why, item=boxed)
            return None
        item = self.book.items[own.item]
        role = self._role(item, own.option, column)
        if isinstance(role, Whole) and self._labels.only_yes_or_no(
            role, list(self.answers(column))
        ):
            why = "its cells say yes and no, and this question has other answers"
            self.open[column] = Open(((own.item, None),), why)
            return None
        labels = self._labels_of(role, column)
        doubt = self._doubt(column, label, own, labels)
        if own.one_word and doubt and doubt != GUESSED and (own.item, None) in self._safety:
            self.open[column] = Open(((own.item, own.option),), doubt)
            return None
        why = f"it is called as in the questionnaire{f', but {doubt}' if doubt else ''}"
        return Guess(column, role, why, OURS, bool(doubt), labels)

    def _own_box(self, name: str, words: str) -> OwnName | None:
        """The option of a list that a box is, by what the dictionary says of it."""
        field_name = self._own.find(name) or self._own.find(self.dictionary.label(name))
        if field_name is None or field_name.option is not None:
            return None
        option = self._own.option(field_name.item, words)
        return OwnName(field_name.item, option, "", one_word=False) if option else None

    def _doubt(self, column: str, label: str, own: OwnName, labels: tuple[Label, ...]) -> str:
        """Why a column called by our own name may not be ours; mostly nothing."""
        item, texts = self.book.items[own.item], self.answers(column)
        readable = self._labels.readable(self._role(item, own.option, column), list(texts))
        if label and self._own.find(label) is None and self._own.find(column):
            good, _ = self._like.to(label)
            boxed = self.dictionary.box(column)
            if (own.item, own.option) not in good and not boxed:
                return "its label says something else"
        if any(label.guessed for label in labels):
            return GUESSED
        if texts and readable < READABLE and not labels:
            return "few of its cells can be read"
        told = item.kind == "number" or not set(map(fold, texts)) <= {"yes", "no", "1", "0"}
        by_a_tool = column.endswith(item.id) and " " not in column
        shown = bool(texts) and told and (by_a_tool or not own.group)
        if own.one_word and column != item.id and not shown:
            return "a single word may mean something else"
        return ""

    def _likely(self, column: str) -> Iterator[Guess]:
        """What a column may answer by the words of its name and of its cells."""
        if column in self.open:
            return
        label = self.dictionary.label(column) or column
        good, near = self._like.to(label)
        self.open[column] = Open(near)
        fitting = {place: like for place, like in good.items() if self._fits(place, like, column)}
        if not fitting:
            yield from self._by_cells(column)
            return
        best, *others = sorted(fitting, key=lambda place: -fitting[place].value)
        found = fitting[best]
        if not others or found.value - fitting[others[0]].value >= CLEARLY:
            role = self._role(self.book.items[best[0]], best[1], column)
            shared = listed(map(quoted, sorted(found.shared | found.beside))).replace(
                " or ", " and "
            )
            why = f"likely: it shares {shared} with {self._said(best)}"
            yield Guess(column, role, why, found.value, labels=self._labels_of(role, column))

    def _fits(self, place: Place, like: Like, column: str) -> bool:
        """Whether the cells of a column may answer a place."""
        item, texts = self.book.items[place[0]], list(self.answers(column))
        if place[1] is not None and item.kind != "many":
            return False
        role = self._role(item, place[1], column)
        if item.kind == "number":
            # A name may ask whether, and not how much, unless it says a unit.
            amounts = len(texts) > FEW_NUMBERS or bool(like.beside)
            return amounts and self._labels.readable(role, texts) > READABLE
        return self._labels.may_be(role, texts)

    def _by_cells(self, column: str) -> Iterator[Guess]:
        """The one question that all the texts of a column are options of, and no yes or no."""
        texts = [t for t in self.answers(column) if fold(t) not in ("yes", "no", NONE)]
        if len(texts) < 2 or all(text.strip().isdigit() for text in texts):
            return
        reading = [
            role
            for item in self.book.items.values()
            if item.kind != "number" and self._labels.readable(role := Whole(item.id), texts) == 1
        ]
        if len(reading) == 1:
            why = "perhaps: its cells hold options of this question"
            yield Guess(column, reading[0], why, HALF, labels=self._labels_of(reading[0], column))

    # --- The parts of a guess. ---

    def _role(self, item: Item, option: str | None, column: str) -> Role:
        if option is None:
            return Whole(item.id, unit=_other_unit(item, column))
        return Tick(item.id, option, asked=self.asked((item.id, option), column))

    def asked(self, place: Place, column: str) -> bool:
        """Whether a column asks about an option by itself: some cell says no."""
        no = {fold(text) for text in self.texts[column]} & {"no", "n"}
        return bool(no) and place[1] in self.book.items[place[0]].doubtful

    def _labels_of(self, role: Role, column: str) -> tuple[Label, ...]:
        return self._labels.of(role, self.answers(column), self.dictionary.choices(column))

    def _said(self, place: Place) -> str:
        item, option = place
        return quoted(
            self.book.items[item].options[option] if option else self.book.items[item].ask
        )


def _other_unit(item: Item, column: str) -> str | None:
    """The unit that a column's name says, where it is not the item's own."""
    units = item.number.other_units if item.number else ()
    said = words(column)
    return next((unit for unit in units if any(alike(word, unit) for word in said)), None)


def _filled(cells: pl.Series) -> Counter[str]:
    """How often each text stands in the cells of a column."""
    return Counter(text for text in cells if text and text.strip())
