"""The rule book as a decision graph of GoRules' ZEN engine.

One expression node a stratum, each handing on what it was given, besides one for the items that do
not apply and one for the disposition.  The expression language knows two truth values and null: a
rule is written as `yes ? true : no ? false : null`, where "no" is formed by De Morgan.  An answer
to a choose-many item is a list of options.

Not here: exercises, advice and referrals, which our scoring gives besides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import zen

from bench.peers import Said
from triage.answers.answer import Answer, in_doubt
from triage.book.conditions import (
    Absent,
    AllOf,
    AnswerLeaf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    Present,
    UnsureOf,
    items_of,
    needed,
)
from triage.book.items import NOT_SURE
from triage.book.levels import ABOVE_ROUTINE, INCOMPLETE, ROUTINE, SELF_CARE, STRATA, URGENCY
from triage.book.rulebook import RuleBook
from triage.book.rules import Finding

Expressions = dict[str, str]
"""Key to expression, in one node."""


class Zen:
    """A decision graph with the book's rules."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        graph = json.dumps(_graph(_Program(book).nodes()))
        self._decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(graph))
        self._result: dict[str, Any] = {}

    def prepare(self, answers: Mapping[str, Answer]) -> str:
        """The answers as JSON: a little quicker than a dictionary."""
        written = {
            _item(item): sorted(answer) if isinstance(answer, frozenset) else answer
            for item, answer in answers.items()
            if not (self._book.items[item].kind == "number" and answer == NOT_SURE)
        }
        return json.dumps(written)

    def judge(self, form: str) -> None:
        """Evaluates the graph."""
        self._result = self._decision.evaluate(form)["result"]

    def said(self) -> Said:
        """From the result, which holds what every node said."""
        verdicts = {rule: self._result.get(_rule(rule)) for rule in self._book.rules}
        return Said(self._result["disposition"], verdicts)


def _item(item: str) -> str:
    return f"item_{item}"


def _shut(item: str) -> str:
    """Whether an item does not apply."""
    return f"shut_{item}"


def _rule(rule: str) -> str:
    return f"rule_{rule.replace('/', '__')}"


def _finding(finding: Finding) -> str:
    """What several rules conclude has a key of its own."""
    return _rule(finding.rules[0].name) if len(finding.rules) == 1 else f"finding_{finding.id}"


def _three_valued(yes: str, no: str) -> str:
    return f"({yes}) ? true : (({no}) ? false : null)"


def _any_is(keys: Iterable[str], value: str) -> str:
    return " or ".join(f"{key} == {value}" for key in keys) or "false"


def _all_are(keys: Iterable[str], value: str) -> str:
    return " and ".join(f"{key} == {value}" for key in keys)


class _Program:
    """Writes the expressions of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    def nodes(self) -> Iterator[Expressions]:
        """The nodes in order: what one says, the next ones read."""
        yield from self._gates()
        for stratum in STRATA:
            rules = [rule for rule in self.book.rules.values() if rule.stratum == stratum]
            yield {
                _rule(rule.name): _three_valued(
                    self._said(rule.condition, True), self._said(rule.condition, False)
                )
                for rule in rules
            }
            yield {
                _finding(finding): _three_valued(
                    _any_is((_rule(rule.name) for rule in finding.rules), "true"),
                    _all_are((_rule(rule.name) for rule in finding.rules), "false"),
                )
                for finding in self.book.findings.values()
                if finding.stratum == stratum and len(finding.rules) > 1
            }
        yield {"disposition": self._disposition()}

    def _gates(self) -> Iterator[Expressions]:
        waiting = {item.id: item.ask_if for item in self.book.items.values() if item.ask_if}
        while waiting:
            ready = [n for n, gate in waiting.items() if waiting.keys().isdisjoint(items_of(gate))]
            yield {_shut(name): self._said(waiting.pop(name), False) for name in ready}

    def _disposition(self) -> str:
        asking: dict[str, list[str]] = {level: [] for level in URGENCY}
        for finding in self.book.findings.values():
            if finding.level is not None:
                asking[finding.level].append(_finding(finding))
        gentle = asking.pop(SELF_CARE)
        cases = [(_any_is(keys, "true"), level) for level, keys in asking.items()]
        cases += [
            (_any_is((key for one in ABOVE_ROUTINE for key in asking[one]), "null"), INCOMPLETE),
            (_any_is(asking[ROUTINE], "null"), ROUTINE),
            (_any_is(gentle, "true"), SELF_CARE),
        ]
        return "".join(f"({when}) ? '{level}' : " for when, level in cases) + f"'{ROUTINE}'"

    def _said(self, condition: Condition, verdict: bool) -> str:
        """An expression that is true where a condition is yes, or no."""
        match condition:
            case AllOf(parts) | AnyOf(parts):
                every = isinstance(condition, AllOf) is verdict
                joined = (" and " if every else " or ").join(
                    self._said(part, verdict) for part in parts
                )
                return f"({joined})"
            case CountOf(_, parts):
                ones = ", ".join(f"({self._said(part, verdict)} ? 1 : 0)" for part in parts)
                return f"(sum([{ones}]) >= {needed(condition, verdict)})"
            case Present(finding):
                return f"{_finding(self.book.findings[finding])} == {json.dumps(verdict)}"
            case Absent(finding):
                return f"{_finding(self.book.findings[finding])} == {json.dumps(not verdict)}"
            case _:
                said = f"({_item(condition.item)} != null and {_answer_says(condition, verdict)})"
                if verdict or self.book.items[condition.item].ask_if is None:
                    return said
                return f"({_shut(condition.item)} == true or {said})"


def _answer_says(leaf: AnswerLeaf, verdict: bool) -> str:
    """An expression that is true where an answer that was given makes a leaf yes, or no."""
    answer = _item(leaf.item)
    match leaf:
        case OneOf(_, options):
            return f"{answer} {'in' if verdict else 'not in'} {json.dumps(options)}"
        case Includes(_, options) if verdict:
            return "(" + " or ".join(f"'{option}' in {answer}" for option in options) + ")"
        case Includes(_, options):
            others = (*options, *map(in_doubt, options), NOT_SURE)
            return " and ".join(f"'{other}' not in {answer}" for other in others)
        case UnsureOf(_, options) if verdict:
            return "(" + " or ".join(f"'{in_doubt(o)}' in {answer}" for o in options) + ")"
        case UnsureOf(_, options):
            sure = " and ".join(f"'{in_doubt(option)}' not in {answer}" for option in options)
            ticked = " and ".join(f"'{option}' in {answer}" for option in options)
            return f"({sure} and ('{NOT_SURE}' not in {answer} or ({ticked})))"
        case AtLeast(_, number):
            return f"{answer} {'>=' if verdict else '<'} {number}"
        case AtMost(_, number):
            return f"{answer} {'<=' if verdict else '>'} {number}"


def _graph(nodes: Iterable[Expressions]) -> dict[str, Any]:
    """A chain of expression nodes between input and output, as the engine reads it."""
    inner = [
        {
            "type": "expressionNode",
            "content": {
                "passThrough": True,
                "expressions": [
                    {"id": key, "key": key, "value": value} for key, value in expressions.items()
                ],
            },
        }
        for expressions in nodes
        if expressions
    ]
    chain = [{"type": "inputNode", "content": {}}, *inner, {"type": "outputNode", "content": {}}]
    return {
        "nodes": [{"id": f"n{n}", "name": f"n{n}", **node} for n, node in enumerate(chain)],
        "edges": [
            {"id": f"e{n}", "type": "edge", "sourceId": f"n{n}", "targetId": f"n{n + 1}"}
            for n in range(len(chain) - 1)
        ],
    }
