"""What the questions of a file of FHIR responses say, and what the codes in its answers mean.

A response may bring the words beside each `linkId` and beside each code; they are what columns with
names of another form are known by.

Not here: the answers (`records`), what the questions may mean (`guesses`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.intake.dictionary import Dictionary, Field
from triage.intake.labels import fold


def fields_of(resources: Iterator[dict[str, object]]) -> Dictionary:
    """The questions of some responses, by their `linkId`s."""
    labels: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    for resource in resources:
        for item in _items(resource):
            link, words = item.get("linkId"), item.get("text")
            if not isinstance(link, str):
                continue
            labels.setdefault(link, words if isinstance(words, str) else "")
            for code, display in _codes(item):
                choices.setdefault(link, {}).setdefault(code, display)
    return Dictionary({k: Field(k, "fhir", said, choices.get(k, {})) for k, said in labels.items()})


def _items(part: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Every item below a response, an item or an answer."""
    for key in ("item", "answer"):
        for inner in _objects(part.get(key)):
            if key == "item":
                yield inner
            yield from _items(inner)


def _codes(item: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The codes of an item's answers, and the words beside them where they are other words."""
    for answer in _objects(item.get("answer")):
        coding = answer.get("valueCoding")
        if isinstance(coding, dict):
            code, display = coding.get("code"), coding.get("display")
            if isinstance(code, str) and isinstance(display, str) and fold(code) != fold(display):
                yield code, display


def _objects(value: object) -> list[dict[str, object]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
