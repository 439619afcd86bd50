"""Conditions from plain values, with every problem placed on its line.

Not here: what a condition means (`conditions`), what it is written in (`rule_reader`,
`questionnaire_reader`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from triage.book.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    Present,
    UnsureOf,
)
from triage.book.documents import Document, Path_
from triage.book.items import NONE, NOT_SURE, Item
from triage.book.levels import STRATA
from triage.problems import Problem, listed, nearest, plain, quoted

COMBINATIONS = ("all_of", "any_of", "count_of")
WORDS = (
    *COMBINATIONS,
    *("finding", "at_least", "at_most", "one_of", "includes", "unsure_of", "unless", "of"),
)
"""Every word of the language; no item and no finding may be called so."""


@dataclass
class ConditionReader:
    """Reads conditions of one document."""

    document: Document
    items: Mapping[str, Item]
    """The items that may be named: all of them, or only earlier ones for an `ask_if`."""
    findings: Mapping[str, str]
    """Every finding of the book and its stratum."""
    stratum: str | None
    """Where the condition stands; findings of earlier strata may be named, none without one."""
    problems: list[Problem] = field(default_factory=list)

    def read(self, value: object, path: Path_) -> Condition | None:
        """The condition that `value` says, or `None` where a problem was noted."""
        before = len(self.problems)
        condition = self._condition(value, path)
        return condition if len(self.problems) == before else None

    def finding(self, name: object, path: Path_) -> str | None:
        """A finding's name, where it is known and stands in an earlier stratum."""
        stratum = self.findings.get(name) if isinstance(name, str) else None
        if stratum is not None and self._is_earlier(stratum):
            return str(name)
        if stratum is not None and self.stratum is not None:
            said = f"read the finding '{name}' of {stratum}/, expected an earlier folder's"
            self._note(path, said)
        else:
            known = [other for other, where in self.findings.items() if self._is_earlier(where)]
            near = nearest(name, known) if isinstance(name, str) else ""
            self._note(path, f"no finding called {quoted(name)} in an earlier folder{near}")
        return None

    def _is_earlier(self, stratum: str) -> bool:
        """Whether the findings of a stratum may be named here."""
        return self.stratum is not None and STRATA.index(stratum) < STRATA.index(self.stratum)

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(path, message))

    def _condition(self, value: object, path: Path_) -> Condition | None:
        if not isinstance(value, dict) or len(value) != 1:
            read = f"{len(value)} keys" if isinstance(value, dict) else quoted(value)
            expected = "expected one of 'item: answer', finding, all_of, any_of, count_of"
            self._note(path, f"read {read}, {expected}; join several with all_of or any_of")
            return None
        ((word, inner),) = value.items()
        path = (*path, word)
        match word:
            case "all_of" | "any_of":
                parts = self._parts(inner, path)
                return AllOf(parts) if word == "all_of" else AnyOf(parts)
            case "count_of":
                return self._count(inner, path)
            case "finding":
                name = self.finding(inner, path)
                return Present(name) if name else None
            case _:
                return self._about_item(word, inner, path)

    def _parts(self, value: object, path: Path_) -> tuple[Condition, ...]:
        if not isinstance(value, list) or len(value) < 2:
            self._note(path, "expected a list of two conditions or more")
            return ()
        parts = [self._condition(part, (*path, index)) for index, part in enumerate(value)]
        return tuple(part for part in parts if part is not None)

    def _count(self, value: object, path: Path_) -> Condition | None:
        if not isinstance(value, dict) or set(value) != {"at_least", "of"}:
            self._note(path, f"read {quoted(value)}, expected {{at_least: number, of: [...]}}")
            return None
        parts = self._parts(value["of"], (*path, "of"))
        most = len(value["of"]) if parts else 0  # a part that cannot be read counts too
        number = value["at_least"]
        if not isinstance(number, int) or (parts and not 1 <= number <= most):
            expected = f"expected a whole number from 1 to {most}"
            self._note((*path, "at_least"), f"read {quoted(number)}, {expected}")
            return None
        return CountOf(number, parts)

    def _about_item(self, name: str, value: object, path: Path_) -> Condition | None:
        item = self.items.get(name)
        if item is None:
            near = nearest(name, [*self.items, *COMBINATIONS, "finding"])
            self._note(path, f"no item called {quoted(name)} that may be named here{near}")
            return None
        if isinstance(value, str) and item.kind == "one":
            return self._options(item, [value], path, ())
        words = {
            "one": ("one_of",),
            "many": ("includes", "one_of", "unsure_of"),
            "number": ("at_least", "at_most"),
        }[item.kind]
        if not isinstance(value, dict) or not value or not set(value) <= set(words):
            forms = [f"{{{word}: ...}}" for word in words]
            expected = listed(["an option", *forms] if item.kind == "one" else forms)
            self._note(path, f"item '{name}': read {quoted(value)}, expected {expected}")
            return None
        if item.kind == "number":
            return self._bounds(item, value, path)
        if len(value) != 1:
            self._note(path, f"item '{name}': expected one word only, of {listed(words)}")
            return None
        ((word, given),) = value.items()
        path = (*path, word)
        if word == "includes":
            return self._options(item, [given], path, (NOT_SURE,))
        if word == "unsure_of":
            return self._unsure_of(item, given, path)
        if not isinstance(given, list) or not given:
            self._note(path, f"item '{name}': read {quoted(given)}, expected a list of options")
            return None
        return self._options(item, given, path, (NOT_SURE,) if item.kind == "many" else ())

    def _options(
        self, item: Item, given: list[object], path: Path_, barred: tuple[str, ...]
    ) -> Condition | None:
        allowed = [option for option in item.options if option not in barred]
        good = True
        for option in given:
            if option in barred:
                reason = {
                    NOT_SURE: "it leaves every option unknown, so no rule can rest on it",
                    NONE: "nobody is asked about it by itself",
                }[str(option)]
                self._note(path, f"item '{item.id}': '{option}' cannot be named here; {reason}")
                good = False
            elif option not in allowed:
                near = nearest(option, allowed) if isinstance(option, str) else ""
                expected = f"expected {listed(allowed)}{near}"
                self._note(path, f"item '{item.id}': read {quoted(option)}, {expected}")
                good = False
        if len(set(map(str, given))) != len(given):
            self._note(path, f"item '{item.id}': an option is named twice")
            good = False
        if not good:
            return None
        options = tuple(str(option) for option in given)
        return OneOf(item.id, options) if item.kind == "one" else Includes(item.id, options)

    def _unsure_of(self, item: Item, given: object, path: Path_) -> Condition | None:
        if NOT_SURE not in item.options:
            self._note(path, f"item '{item.id}': nobody can be unsure here; it has no '{NOT_SURE}'")
            return None
        if given == []:
            expected = "expected an option or a list of options"
            self._note(path, f"item '{item.id}': read {quoted(given)}, {expected}")
            return None
        options = given if isinstance(given, list) else [given]
        named = self._options(item, options, path, (NONE, NOT_SURE))
        return UnsureOf(item.id, named.options) if isinstance(named, Includes) else None

    def _bounds(self, item: Item, value: dict[str, object], path: Path_) -> Condition | None:
        assert item.number is not None
        low, high = item.number.low, item.number.high
        bounds: list[Condition] = []
        for word, number in value.items():
            if not isinstance(number, int | float) or not low <= number <= high:
                expected = f"expected a number from {plain(low)} to {plain(high)}"
                message = f"item '{item.id}': read {quoted(number)}, {expected}"
                self._note((*path, word), message)
                return None
            made = AtLeast if word == "at_least" else AtMost
            bounds.append(made(item.id, float(number)))
        return bounds[0] if len(bounds) == 1 else AllOf(tuple(bounds))
