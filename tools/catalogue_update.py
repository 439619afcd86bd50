"""A catalogue brought up to date with its English texts: what is new is missing, nothing is lost.

Not here: which texts there are, and reading or writing files.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from triage.languages.catalogue import Text, Wanted, key_of, messages

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

FORMER = "|"
"""How the comment begins in which a file keeps the English text that a fuzzy message had before."""


def updated(old: Catalog, wanted: Iterable[Wanted]) -> Catalog:
    """A catalogue of the wanted texts, in their order, with the translations of an old one.

    A text that has changed keeps the translation of what stood in its place before, marked fuzzy:
    it is not used until somebody has looked at it.  Translations that nobody wants any more are
    kept at the end, should their texts come back.
    """
    from babel.messages.catalog import Catalog

    places: dict[Any, list[str]] = {}
    for one in wanted:
        places.setdefault(one.text, []).append(one.place)
    new = Catalog(old.locale, header_comment=old.header_comment, fuzzy=False)
    new.mime_headers = old.mime_headers  # as the file has it, such as how many forms a plural has
    by_place: dict[str, Message] = {
        place: message for message in messages(old) for place, _ in message.locations
    }
    kept: set[int] = set()
    text: Any
    for text, at in places.items():
        for context in (None, *at):
            same = _same(old, text, context)
            if context is None or same:
                message = same or _before(by_place, at, places)
                kept.add(id(message))
                _add(new, text, context, at if context is None else [context], message, not same)
    gone = [m for m in (*messages(old), *old.obsolete.values()) if id(m) not in kept]
    new.obsolete.update({key_of(m.id): m for m in gone if m.string and m.id not in places})
    return new


def written(catalog: Catalog) -> bytes:
    """A catalogue as a .po file."""
    from babel.messages.pofile import write_po

    file = io.BytesIO()
    write_po(file, catalog, include_previous=True)
    return file.getvalue()


def _same(old: Catalog, text: Text, context: str | None) -> Message | None:
    """The message of a text that is still the same, or was so once."""
    return old.get(key_of(text), context) or (None if context else old.obsolete.get(key_of(text)))


def _before(
    by_place: dict[str, Message], at: list[str], places: dict[Any, list[str]]
) -> Message | None:
    """What stood in one of some places before, if it stands nowhere any more."""
    before = [by_place[place] for place in at if place in by_place]
    return next((message for message in before if message.id not in places), None)


def _add(
    new: Catalog,
    text: Text,
    context: str | None,
    at: list[str],
    message: Message | None,
    changed: bool,
) -> None:
    flags = set(message.flags) if message else set()
    if message and message.string and changed:
        flags.add("fuzzy")
    new.add(
        text,
        message.string if message else None,
        locations=[(place, None) for place in at],  # type: ignore[misc] # places have no line
        flags=flags,
        user_comments=_own(message.user_comments) if message else (),
        previous_id=(message.id if changed and message else message.previous_id if message else ()),
        context=context,
    )


def _own(comments: Iterable[str]) -> list[str]:
    """A translator's comments without the lines of a former text, which Babel takes for some."""
    return [comment for comment in comments if not comment.startswith(FORMER)]
