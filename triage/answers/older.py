"""Answers to the questionnaire of an older book, as answers to the present one.

What an older form did not ask stays open, and what one option became of several is not sure of
exactly those: nothing is ever "no" because nobody asked.

Not here: which older books there are (`older_reader`), files (`intake`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.answers import reading
from triage.answers.answer import (
    TICKED,
    Answer,
    NotAnAnswer,
    as_written,
    doubts_of,
    read_answer,
    ticks_of,
)
from triage.answers.reading import Locate
from triage.answers.responses import Responses
from triage.book.conditions import Truth, judge
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.older import OlderBook, Origin
from triage.book.older_reader import older_books
from triage.book.rulebook import RuleBook


def present_answers(
    items: Mapping[str, Item], older: OlderBook, responses: Responses
) -> dict[str, object]:
    """What older answers became, as `reading.read` checks it.

    Args:
        items: the present questionnaire.
        older: the older one.
        responses: answers to the older one, checked.
    """
    return _Turning(items, older, responses).whole()


class _Turning:
    def __init__(self, items: Mapping[str, Item], older: OlderBook, responses: Responses) -> None:
        self.items = items
        self.older = older
        self.responses = responses

    def whole(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for item in self.items.values():
            answer = self._answer(item)
            if answer is not None:
                found[item.id] = answer
        return found

    def _answer(self, item: Item) -> object:
        origins = self.older.origins.get(item.id, {})
        source = self.older.items.get(self.older.renamed.get(item.id, item.id))
        if source is not None and source.kind != item.kind:
            source = None
        if item.kind == "many":
            return self._many(item, origins, source)
        if origins:
            return self._one(origins)
        answer = None if source is None else self.responses.answers.get(source.id)
        if answer is None:
            return None
        try:
            return as_written(read_answer(item, as_written(answer)))
        except NotAnAnswer:
            return None  # an option, a number or a "not sure" that is not offered any more

    def _one(self, origins: Mapping[str, Origin]) -> str | None:
        """The option that holds for sure, where no other one may hold instead."""
        truths = {option: self._truth(origin) for option, origin in origins.items()}
        sure = [option for option, truth in truths.items() if truth is True]
        return sure[0] if len(sure) == 1 and None not in truths.values() else None

    def _truth(self, origin: Origin) -> Truth:
        yes = False if origin.when is None else judge(origin.when, self.responses.truth)
        maybe = False if origin.maybe is None else judge(origin.maybe, self.responses.truth)
        return None if maybe is not False and yes is False else yes

    def _many(self, item: Item, origins: Mapping[str, Origin], source: Item | None) -> object:
        given = self.responses.answers.get(source.id) if source else None
        own = given if isinstance(given, frozenset) else None
        ticked: list[str] = []
        doubts: list[str] = []
        unsure = own is not None and NOT_SURE in own
        open_ = unsure
        asked = own is not None
        for option in item.options:
            if option in (NONE, NOT_SURE):
                continue
            origin = origins.get(option)
            truth = self._truth(origin) if origin else self._carried(option, source, own)
            if truth:
                ticked.append(option)
            elif truth is None:
                silent = origin is not None and not self._heard(origin)
                missing = origin is None and source is not None and option in source.options
                open_ = open_ or silent or (missing and own is None)
                doubts.append(option)
            asked = asked or (origin is not None and self._heard(origin))
        if not asked:
            return None
        if open_:
            # What was not answered leaves all unknown: `not_sure` says so of nothing by itself.
            return [*ticked, NOT_SURE] if ticked or unsure else None
        if doubts and NOT_SURE in item.options:
            return {TICKED: ticked, NOT_SURE: doubts}
        return ticked or ([NONE] if NONE in item.options else None)

    def _carried(self, option: str, source: Item | None, own: frozenset[str] | None) -> Truth:
        """An option that the older item of the same name had too; what it had not is unknown."""
        if source is None or own is None or option not in source.options:
            return None
        if option in ticks_of(own):
            return True
        return None if NOT_SURE in own or option in doubts_of(own) else False

    def _heard(self, origin: Origin) -> bool:
        """Whether all that decides an option was answered, or did not apply."""
        return all(
            item in self.responses.answers or self.responses.applies(item) is False
            for item in origin.items()
        )


@dataclass(frozen=True, slots=True)
class Turned:
    """Answers to the present questionnaire, made of those to an older one."""

    responses: Responses
    version: str
    """Of the older book."""
    lost: tuple[str, ...]
    """Older items whose answers say nothing any more, and present ones that do not apply now."""

    def notice(self, present: str) -> str:
        """What to say of it, in a line.

        Args:
            present: the version of the present book.
        """
        return notice(self.version, present, self.lost)


def notice(older: str, present: str, lost: Iterable[str]) -> str:
    """What to say of forms of an older book, by its version and that of the present one."""
    said = f"filled in for book {older}, and read as answers to book {present}"
    nothing = ", ".join(lost)
    return f"{said}; nothing was made of {nothing}" if nothing else said


def read_older(
    book: RuleBook, given: Mapping[str, object], locate: Locate, version: object = None
) -> Turned | None:
    """Read answers that were given to an older questionnaire; `None` where they were not.

    Args:
        book: the present rule book.
        given: item id to what was written, as for `reading.read`.
        locate: as for `reading.read`.
        version: the version of the book that the form names, where it names one.

    Raises:
        AnswersRefused: some of them are no answers to it; what can be used is turned too.
        BadInput: an older questionnaire cannot be read.
    """
    older = _asked_by(book, given, version)
    if older is None:
        return None
    try:
        return turned(book, older, reading.read(older.items, given, locate))
    except reading.AnswersRefused as error:
        usable = tuple(turned(book, older, one).responses for one in error.usable)
        raise reading.AnswersRefused(error.problems, usable) from None


def turned(book: RuleBook, older: OlderBook, responses: Responses) -> Turned:
    """Checked answers to an older questionnaire, as answers to the present one."""
    answers: dict[str, Answer] = {}
    lost = [item for item in responses.answers if item in older.dropped]
    for name, value in present_answers(book.items, older, responses).items():
        answer = read_answer(book.items[name], value)
        if Responses(book.items, answers).applies(name) is not False:
            answers[name] = answer
        elif answer not in (frozenset({NONE}), "no"):
            lost.append(name)
    return Turned(Responses(book.items, answers), older.version, tuple(lost))


def _asked_by(book: RuleBook, given: Mapping[str, object], version: object) -> OlderBook | None:
    """The older book whose questionnaire alone has all the names that were written."""
    if version == book.version or (version is None and _known(book.items, given)):
        return None
    olders = older_books(book)
    for older in olders:
        if older.version == version:
            return older
    return next((older for older in olders if _known(older.items, given)), None)


def _known(items: Mapping[str, Item], given: Mapping[str, object]) -> bool:
    """Whether every item that was written, and every option, is known."""
    return all(
        name in items and all(word in items[name].options for word in _words(items[name], value))
        for name, value in given.items()
    )


def _words(item: Item, value: object) -> Iterator[str]:
    """The options that a written answer names."""
    if item.kind == "number":
        return
    if isinstance(value, dict):
        for part in value.values():
            yield from _words(item, part)
        return
    for word in value if isinstance(value, list) else [value]:
        if isinstance(word, str):
            yield word
