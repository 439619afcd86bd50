"""The `then` of a rule to its conclusion, with every problem placed on its line.

Not here: the rest of the rule (`rule_reader`), what a conclusion is (`rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from triage.book.documents import Document, Path_
from triage.book.entries import Advice, Exercise, Referral
from triage.book.folder import GROUPED
from triage.book.levels import LIKELIHOODS, SELF_CARE, URGENCY
from triage.book.rules import EVERY_EXERCISE, Conclusion
from triage.problems import Problem, listed, nearest, quoted


@dataclass(frozen=True, slots=True)
class Targets:
    """What a rule's `then` may name."""

    exercises: Mapping[str, Exercise]
    advice: Mapping[str, Advice]
    referrals: Mapping[str, Referral]


@dataclass(frozen=True, slots=True)
class ConclusionReader:
    """Reads the `then` of one rule."""

    document: Document
    problems: list[Problem]
    targets: Targets

    def read(self, stratum: str, finding: str, then: dict[str, Any]) -> Conclusion | None:
        """The conclusion, or `None` where a problem was noted."""
        before = len(self.problems)
        conclusion = self._read(stratum, finding, then)
        return conclusion if len(self.problems) == before else None

    def _read(self, stratum: str, finding: str, then: dict[str, Any]) -> Conclusion | None:
        match stratum:
            case "features":
                self._keys(then, ())
                return Conclusion()
            case "red_flags":
                self._keys(then, ("disposition",))
                levels = [level for level in URGENCY if level != SELF_CARE]
                return Conclusion(disposition=self._one_of(then, "disposition", levels))
            case "patterns" | "causes":
                key = GROUPED[stratum]
                self._keys(then, (key, "likelihood"))
                self._one_of(then, key, [finding])
                return Conclusion(likelihood=self._one_of(then, "likelihood", LIKELIHOODS))
            case "contraindications":
                return Conclusion(restrictions=self._restrictions(then))
            case _:
                return self._recommendation(then)

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(("then", *path), message))

    def _keys(self, then: dict[str, Any], expected: tuple[str, ...]) -> None:
        if set(then) != set(expected):
            wanted = ", ".join(expected) or "{}"
            self._note((), f"'then' holds {', '.join(then) or 'nothing'}, expected {wanted}")

    def _one_of(self, then: dict[str, Any], key: str, known: Iterable[str]) -> str | None:
        known = list(known)
        value = then.get(key)
        if isinstance(value, str) and value in known:
            return value
        if key in then:
            near = nearest(value, known) if isinstance(value, str) else ""
            self._note((key,), f"{key}: read {quoted(value)}, expected {listed(known)}{near}")
        return None

    def _restrictions(self, then: dict[str, Any]) -> Mapping[str, Any]:
        restrictions: dict[str, Any] = {}
        if not then:
            self._note((), "'then' is empty, expected an exercise and avoid, ask_first or modify")
        for name, value in then.items():
            exercise = self.targets.exercises.get(name)
            if exercise is None and name != EVERY_EXERCISE:
                known = [*self.targets.exercises, EVERY_EXERCISE]
                self._note((name,), f"no exercise called {quoted(name)}{nearest(name, known)}")
            elif value in ("avoid", "ask_first"):
                restrictions[name] = (value, None)
            elif exercise and isinstance(value, dict) and set(value) == {"modify"}:
                known = list(exercise.modifications)
                change = self._one_of_change(name, value["modify"], known)
                restrictions[name] = ("modify", change)
            else:
                expected = "expected avoid, ask_first or {modify: version}"
                self._note((name,), f"{name}: read {quoted(value)}, {expected}")
        return MappingProxyType(restrictions)

    def _one_of_change(self, exercise: str, value: object, known: list[str]) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(value, known) if isinstance(value, str) else ""
        expected = f"expected {listed(known)}" if known else "which has no changed version"
        self._note((exercise, "modify"), f"{exercise}: read {quoted(value)}, {expected}{near}")
        return None

    def _recommendation(self, then: dict[str, Any]) -> Conclusion | None:
        targets = self.targets
        if "exercise" in then:
            self._keys(then, ("exercise",))
            return Conclusion(exercise=self._one_of(then, "exercise", targets.exercises))
        if "advice" in then:
            self._keys(then, ("advice",))
            return Conclusion(advice=self._one_of(then, "advice", targets.advice))
        self._keys(then, ("referral", "within_days"))
        days = then.get("within_days", 0)
        if not isinstance(days, int) or days < 0:
            expected = "expected a whole number of days"
            self._note(("within_days",), f"within_days: read {quoted(days)}, {expected}")
        referral = self._one_of(then, "referral", targets.referrals)
        return Conclusion(referral=referral, within_days=days)
