"""The rule book as a CLIPS program, run by `clipspy`.

It is compiled as our forward engine compiles it: each rule into rules for *yes* and, by De Morgan,
for *no*, and what neither concludes is unknown.  Working memory holds a fact for each answer,
called after its item; for a choose-many item one for each option that is ticked, and one that says
that the others are not.  Ordered facts are used, for they took two thirds of the time of
`deftemplate`s with named slots.

Not here: exercises, advice and referrals, which our scoring gives besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import clips

from bench.peers import Said
from triage.answers.answer import Answer, doubts_of, ticks_of
from triage.book.conditions import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    CountOf,
    Includes,
    OneOf,
    Present,
    Truth,
    UnsureOf,
)
from triage.book.items import NOT_SURE
from triage.book.levels import ABOVE_ROUTINE, INCOMPLETE, ROUTINE, SELF_CARE, URGENCY
from triage.book.rulebook import RuleBook
from triage.engines.forward import chains

SHUT = "does_not_apply"
"""The value of an item whose `ask_if` is no."""
TRUTHS = {"yes": True, "no": False}
TOLD = """
(deffunction told (?relation)
  (bind ?told (create$))
  (do-for-all-facts ((?fact ?relation)) TRUE (bind ?told (create$ ?told ?fact:implied)))
  ?told)
"""
"""What the facts of one relation hold, one after another."""


class Clips:
    """A CLIPS environment with the book's rules."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._environment = clips.Environment()
        for construct in _Program(book).constructs:
            self._environment.build(construct)

    def prepare(self, answers: Mapping[str, Answer]) -> str:
        """The facts of a form, as text: one call that loads them all is the quickest way in."""
        return "\n".join(_facts(answers))

    def judge(self, form: str) -> None:
        """Asserts the facts and runs until the agenda is empty."""
        self._environment.reset()
        self._environment.load_facts(form)
        self._environment.run()

    def said(self) -> Said:
        """From the facts that rules asserted.

        Lists are read, and not facts: `clipspy` never lets go of a fact that it has handed out.
        """
        told = self._environment.eval("(told verdict)")
        verdicts: dict[str, Truth] = dict.fromkeys(self._book.rules)
        verdicts.update(zip(told[::2], (TRUTHS[word] for word in told[1::2]), strict=True))
        (level,) = self._environment.eval("(told disposition)")
        return Said(str(level), verdicts)


def _facts(answers: Mapping[str, Answer]) -> Iterator[str]:
    for item, answer in answers.items():
        if isinstance(answer, frozenset):
            ticked = ticks_of(answer) - {NOT_SURE}
            yield from (f"({_item(item)} {option})" for option in ticked)
            yield from (f"({_unsure(item)} {option})" for option in doubts_of(answer))
            if NOT_SURE not in answer:
                yield f"(no_other {item})"
        else:
            yield f"({_item(item)} {answer})"


def _item(item: str) -> str:
    """A relation of its own for each item, apart from the names that the program uses."""
    return f"item_{item}"


def _unsure(item: str) -> str:
    """The relation of the options of which one is not sure by themselves."""
    return f"unsure_{item}"


class _Program:
    """Compiles a book into CLIPS constructs."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.constructs: list[str] = []
        self._parts: dict[tuple[Condition, bool], str] = {}
        for item in book.items.values():
            if item.ask_if is not None:
                many = item.kind == "many"
                fact = f"(no_other {item.id})" if many else f"({_item(item.id)} {SHUT})"
                self._rules(item.ask_if, False, [fact])
        for rule in book.rules.values():
            finding = book.findings[rule.finding]
            present = [f"(verdict {rule.name} yes)", f"(finding {rule.finding} present)"]
            if finding.level is not None:
                present.append(f"(asked {finding.level})")
            self._rules(rule.condition, True, present)
            ruled_out = [f"(verdict {rule.name} no)"]
            if len(finding.rules) == 1:
                ruled_out.append(f"(finding {rule.finding} ruled_out)")
            self._rules(rule.condition, False, ruled_out)
        for finding in book.findings.values():
            if len(finding.rules) > 1:
                verdicts = [f"(verdict {rule.name} no)" for rule in finding.rules]
                self._rule(verdicts, [f"(finding {finding.id} ruled_out)"])
        self._disposition()
        self.constructs.append(TOLD)

    def _disposition(self) -> None:
        """The levels in turn, once all rules have fired."""
        asking = [finding for finding in self.book.findings.values() if finding.level is not None]
        levels = " ".join(f"(level {finding.id} {finding.level})" for finding in asking)
        self.constructs.append(f"(deffacts levels {levels})")
        undecided = "(not (finding ?finding ?))"
        cases = [([f"(asked {level})"], level) for level in URGENCY if level != SELF_CARE]
        cases += [
            ([f"(level ?finding {'|'.join(ABOVE_ROUTINE)})", undecided], INCOMPLETE),
            ([f"(level ?finding {ROUTINE})", undecided], ROUTINE),
            ([f"(asked {SELF_CARE})"], SELF_CARE),
            ([], ROUTINE),
        ]
        for rank, (patterns, level) in enumerate(cases, start=1):
            still_open = ["(not (disposition ?))", *patterns]
            self._rule(still_open, [f"(disposition {level})"], salience=-rank)

    def _rule(self, patterns: Iterable[str], facts: Iterable[str], salience: int = 0) -> None:
        declared = f"(declare (salience {salience})) " if salience else ""
        conditions, conclusions = " ".join(patterns), " ".join(facts)
        name = f"rule_{len(self.constructs)}"
        self.constructs.append(f"(defrule {name} {declared}{conditions} => (assert {conclusions}))")

    def _rules(self, condition: Condition, verdict: bool, facts: list[str]) -> None:
        for chain in chains(condition, verdict):
            patterns = [text for part in dict.fromkeys(chain) for text in self._patterns(*part)]
            self._rule(patterns, facts)

    def _patterns(self, part: Condition, verdict: bool) -> list[str]:
        match part:
            case Present(finding):
                return [f"(finding {finding} {'present' if verdict else 'ruled_out'})"]
            case Absent(finding):
                return [f"(finding {finding} {'ruled_out' if verdict else 'present'})"]
            case AllOf() | AnyOf() | CountOf():
                return [self._part(part, verdict)]
            case OneOf(item, options):
                allowed = "|".join(options) if verdict else "&".join(f"~{o}" for o in options)
                return [f"({_item(item)} {allowed})"]
            case Includes(item, options):
                ticked = f"({_item(item)} {'|'.join(options)})"
                if verdict:
                    return [ticked]
                unsure = f"({_unsure(item)} {'|'.join(options)})"
                return [f"(no_other {item})", f"(not {ticked})", f"(not {unsure})"]
            case UnsureOf(item, options):
                unsure = f"({_unsure(item)} {'|'.join(options)})"
                ticked = " ".join(f"({_item(item)} {option})" for option in options)
                settled = f"(or (no_other {item}) (and {ticked}))"
                return [unsure] if verdict else [settled, f"(not {unsure})"]
            case AtLeast(item, number):
                return [self._number(item, ">=" if verdict else "<", number, verdict)]
            case AtMost(item, number):
                return [self._number(item, "<=" if verdict else ">", number, verdict)]

    def _number(self, item: str, operator: str, number: float, verdict: bool) -> str:
        value = f"?{item}"
        test = f"(and (numberp {value}) ({operator} {value} {number}))"
        shut = self.book.items[item].ask_if is not None and not verdict
        also = f"(eq {value} {SHUT})"
        return f"({_item(item)} {value}&:{f'(or {also} {test})' if shut else test})"

    def _part(self, part: Condition, verdict: bool) -> str:
        """A fact of its own for an inner node, so that alternatives add up and do not multiply."""
        if (part, verdict) not in self._parts:
            self._parts[part, verdict] = f"(part {len(self._parts)})"
            self._rules(part, verdict, [self._parts[part, verdict]])
        return self._parts[part, verdict]
