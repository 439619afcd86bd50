"""Why, why not, and what would settle it: one fold over a rule and the responses.

The fold keeps the parts that decided.  Of a condition that is yes it keeps the parts that are yes,
of one that is no the parts that are no, of an unknown one the parts that are unknown.  What it
cites is a proof: with only those answers given, the finding comes back.

Works on any engine's verdicts, so that an interview and a table row are explained by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.assessment.assessment import Assessment
from triage.book.conditions import (
    FINDING_LEAVES,
    Absent,
    AllOf,
    AnyOf,
    Condition,
    CountOf,
    Leaf,
    Present,
    Truth,
    judge,
)
from triage.book.rules import Finding, Rule
from triage.engines.findings import truth_of


@dataclass(frozen=True, slots=True)
class Step:
    """A condition, its truth, and the parts that made it so."""

    condition: Condition
    truth: Truth
    because: tuple[Step, ...]
    """Parts of a combination; of a finding, what decided it; of an item that does not apply, its
    `ask_if`; nothing for an answer."""


@dataclass(frozen=True, slots=True)
class RuleStep:
    """A rule, its truth, and what made it so."""

    rule: Rule
    truth: Truth
    step: Step


class Explanation:
    """Explains one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._steps: dict[str, tuple[RuleStep, ...]] = {}
        self._cited: dict[str, frozenset[str]] = {}
        self._settling: dict[str, frozenset[str]] = {}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {item: place for place, item in enumerate(self.assessment.book.items)}

    def of(self, finding: Finding) -> tuple[RuleStep, ...]:
        """The rules that made a finding what it is, each with the parts that did."""
        if finding.id not in self._steps:  # many conditions may lead to one finding
            state = self.assessment.states[finding.id]
            self._steps[finding.id] = tuple(
                RuleStep(rule, state, self.step(rule.condition))
                for rule in finding.rules
                if self.assessment.verdicts[rule.name] is state
            )
        return self._steps[finding.id]

    def step(self, condition: Condition) -> Step:
        """A condition with the parts that decided it, or that leave it undecided."""
        truth = judge(condition, self._truth)
        match condition:
            case AllOf(parts) | AnyOf(parts) | CountOf(_, parts):
                steps = (self.step(part) for part in parts)
                return Step(condition, truth, tuple(s for s in steps if s.truth is truth))
            case Present(name) | Absent(name):
                finding = self.assessment.book.findings[name]
                return Step(condition, truth, tuple(rule.step for rule in self.of(finding)))
            case _:
                return Step(condition, truth, tuple(self._gate(condition.item)))

    def because(self, finding: Finding) -> tuple[str, ...]:
        """The items whose answers a decided finding rests on, in the order of asking."""
        return self._sorted(self._cited_by(finding))

    def settled_by(self, finding: Finding) -> tuple[str, ...]:
        """The items that could decide an undecided finding, in the order of asking."""
        return self._sorted(self._settled_by(finding))

    def settling(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        """The items that could decide any of some undecided findings, in the order of asking."""
        return self._sorted({item for finding in findings for item in self._settled_by(finding)})

    def _sorted(self, items: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(items, key=self._order.__getitem__))

    def _truth(self, leaf: Leaf) -> Truth:
        if not isinstance(leaf, FINDING_LEAVES):
            return self.assessment.responses.truth(leaf)
        return truth_of(leaf, self.assessment.states[leaf.finding])

    def _gate(self, item: str) -> Iterator[Step]:
        """Why an item does not apply, or may not."""
        gate = self.assessment.book.items[item].ask_if
        applies = self.assessment.responses.applies(item)
        answered = item in self.assessment.responses.answers
        if gate is not None and (applies is False or (applies is None and not answered)):
            yield self.step(gate)

    def _cited_by(self, finding: Finding) -> frozenset[str]:
        if finding.id not in self._cited:
            cited = {item for rule in self.of(finding) for item in self._answered(rule.step)}
            self._cited[finding.id] = frozenset(cited)
        return self._cited[finding.id]

    def _answered(self, step: Step) -> Iterator[str]:
        if isinstance(step.condition, Present | Absent):
            yield from self._cited_by(self.assessment.book.findings[step.condition.finding])
        elif step.because:
            for part in step.because:
                yield from self._answered(part)
        elif not isinstance(step.condition, AllOf | AnyOf | CountOf):
            yield step.condition.item

    def _settled_by(self, finding: Finding) -> frozenset[str]:
        if finding.id not in self._settling:
            opened = {item for rule in self.of(finding) for item in self._open(rule.step)}
            self._settling[finding.id] = frozenset(opened)
        return self._settling[finding.id]

    def _open(self, step: Step) -> Iterator[str]:
        if isinstance(step.condition, Present | Absent):
            yield from self._settled_by(self.assessment.book.findings[step.condition.finding])
            return
        if not isinstance(step.condition, AllOf | AnyOf | CountOf):
            yield step.condition.item
        for part in step.because:
            yield from self._open(part)
