"""The words around the rule book's texts, as plain values: headings, labels and short sentences.

They are written once: those of the report in `reports/templates/words.jinja`, and every form of it
places them; those of the terminal in `terminal.jinja` beside it.  Their translations stand in
`reports/languages/`.  Not here: what a report says (`selection`), or where its words stand
(the templates).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, reduce
from gettext import NullTranslations
from types import MappingProxyType
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from triage.book.rulebook import ENGLISH, RuleBook
from triage.languages.catalogue import as_gettext, available, is_draft, read
from triage.resources import reports_folder, templates_folder

Texts: TypeAlias = Mapping[str, str | Mapping[str, str]]

REPORT, TERMINAL = "words.jinja", "terminal.jinja"
"""The templates that hold words."""


def _translations(language: str) -> tuple[NullTranslations, bool]:
    """The translations of a language, and whether they are a draft."""
    if language == ENGLISH or language not in available(reports_folder()):
        return NullTranslations(), False
    catalog = read(reports_folder(), language)
    return as_gettext(catalog), is_draft(catalog)


class Words:
    """The words of one language."""

    def __init__(
        self, texts: Texts, sentences: Mapping[str, Callable[..., str]], draft: bool
    ) -> None:
        self.texts = texts
        """Every word and sentence that holds no value, by name; some are a choice by key."""
        self.draft = draft
        """Whether they are translations that nobody who speaks the language has checked."""
        self._sentences = sentences

    def __getitem__(self, name: str) -> str:
        """A word or sentence by name."""
        text = self.texts[name]
        assert isinstance(text, str), f"{name} is a choice"
        return text

    def choice(self, name: str, key: str) -> str:
        """One word of a choice, such as what is said of an exercise that is left out."""
        return self.choices(name)[key]

    def choices(self, name: str) -> Mapping[str, str]:
        """All words of a choice, by key."""
        texts = self.texts[name]
        assert not isinstance(texts, str), f"{name} is no choice"
        return texts

    def say(self, name: str, **values: object) -> str:
        """A sentence that holds values."""
        return str(self._sentences[name](**values))

    def any_of(self, options: Iterable[str]) -> str:
        """Some things of which any will do, joined by "or"."""
        return reduce(lambda one, more: self.say("either", one=one, next=more), options)


@lru_cache
def words(language: str = ENGLISH, template: str = REPORT) -> Words:
    """The words of a template in a language; those that have no translation are in English."""
    translations, draft = _translations(language)
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=False,  # these are plain values; each form escapes what it places
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        translations, newstyle=True
    )
    named = {
        name: value
        for name, value in vars(environment.get_template(template).module).items()
        if not name.startswith("_")
    }
    return Words(
        texts=MappingProxyType({k: v for k, v in named.items() if not callable(v)}),
        sentences=MappingProxyType({k: v for k, v in named.items() if callable(v)}),
        draft=draft,
    )


def words_of(book: RuleBook) -> Words:
    """The words of the terminal in the language of a book."""
    return words(book.language, TERMINAL)


def draft_note(book: RuleBook) -> str:
    """That a book in another language is a draft, as a terminal says it; else nothing."""
    if book.language == ENGLISH:
        return ""
    said = words(book.language)
    return said["draft"] if book.draft or said.draft else ""
