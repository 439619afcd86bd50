"""The words around the rule book's texts, as plain values: headings, labels and short sentences.

They are written once, in `reports/templates/words.jinja`, and every form of the report places them.
Their translations stand in `reports/languages/`.  Not here: what a report says
(`report_selection`), or where its words stand (the templates).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from gettext import NullTranslations
from types import MappingProxyType
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from triage.languages.catalogue import as_gettext, available, read
from triage.resources import reports_folder, templates_folder
from triage.rulebook import ENGLISH

Texts: TypeAlias = Mapping[str, str | Mapping[str, str]]


def _translations(language: str) -> NullTranslations:
    if language == ENGLISH or language not in available(reports_folder()):
        return NullTranslations()
    return as_gettext(read(reports_folder(), language))


class Words:
    """The words of one language."""

    def __init__(self, texts: Texts, sentences: Mapping[str, Callable[..., str]]) -> None:
        self.texts = texts
        """Every word and sentence that holds no value, by name; some are a choice by key."""
        self._sentences = sentences

    def __getitem__(self, name: str) -> str:
        """A word or sentence by name."""
        text = self.texts[name]
        assert isinstance(text, str), f"{name} is a choice"
        return text

    def choice(self, name: str, key: str) -> str:
        """One word of a choice, such as what is said of an exercise that is left out."""
        texts = self.texts[name]
        assert not isinstance(texts, str), f"{name} is no choice"
        return texts[key]

    def say(self, name: str, **values: object) -> str:
        """A sentence that holds values."""
        return str(self._sentences[name](**values))


@lru_cache
def words(language: str = ENGLISH) -> Words:
    """The words in a language; those that have no translation are in English."""
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=False,  # these are plain values; each form escapes what it places
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        _translations(language), newstyle=True
    )
    named = {
        name: value
        for name, value in vars(environment.get_template("words.jinja").module).items()
        if not name.startswith("_")
    }
    return Words(
        texts=MappingProxyType({k: v for k, v in named.items() if not callable(v)}),
        sentences=MappingProxyType({k: v for k, v in named.items() if callable(v)}),
    )
