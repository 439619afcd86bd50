"""From the evidence to what encodes it, and from what may go wrong to what stands against it.

Checks for `lint`, each from the book to problems, and the list that `triage rules --coverage`
prints.

Not here: whether a law or a test that a hazard names exists; that takes more than the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.book.origin import EvidenceRow
from triage.book.rulebook import RuleBook
from triage.book.rules import EVERY_EXERCISE, RESTRICTIONS
from triage.problems import Problem


def unencoded_rows(book: RuleBook) -> Iterator[Problem]:
    """A row that nothing encodes and nobody explains, or that has both."""
    for row in book.origin.evidence_rows.values():
        encoders = book.origin.encoded_by.get(row.id, ())
        if not encoders and row.not_a_rule is None:
            yield _about(row, "nothing covers it; expected that, or 'not_a_rule' with the reason")
        if encoders and row.not_a_rule is not None:
            yield _about(
                row, f"'not_a_rule', but {encoders[0]} covers it; expected only one of them"
            )


def levels_unlike_evidence(book: RuleBook) -> Iterator[Problem]:
    """The rules that encode a row ask for other levels, taken together, than the row says."""
    for row in book.origin.evidence_rows.values():
        encoders = [n for n in book.origin.encoded_by.get(row.id, ()) if n in book.rules]
        asked = {level for n in encoders if (level := book.rules[n].then.disposition)}
        if row.levels and encoders and asked != set(row.levels):
            yield _about(row, f"its rules ask for {_and(asked)}, expected {_and(row.levels)}")


def weaker_than_evidence(book: RuleBook) -> Iterator[Problem]:
    """The rules that encode a row, taken together, restrict an exercise less than the row says."""
    for row in book.origin.evidence_rows.values():
        encoders = [n for n in book.origin.encoded_by.get(row.id, ()) if n in book.rules]
        for exercise, wanted in row.restricts.items() if encoders else ():
            said = [book.rules[n].then.restrictions for n in encoders]
            told = [r[e][0] for r in said for e in (exercise, EVERY_EXERCISE) if e in r]
            if not set(told) & set(RESTRICTIONS[: RESTRICTIONS.index(wanted) + 1]):
                yield _about(row, f"{exercise}: its rules say {_and(told)}, expected {wanted}")


def red_flags_without_hazard(book: RuleBook) -> Iterator[Problem]:
    """A red flag that no hazard names as a control, where the book has a hazard log."""
    controls = {control.name for h in book.origin.hazards.values() for control in h.controls}
    for rule in book.rules.values() if book.origin.hazards else ():
        if rule.stratum == "red_flags" and rule.name not in controls:
            message = "no hazard of hazards.yaml names this red flag as a control"
            yield Problem(rule.place.file, rule.place.line, message)


def coverage(book: RuleBook) -> Iterator[str]:
    """Every row of the evidence with what encodes it, or why nothing does, as lines of text."""
    for row in book.origin.evidence_rows.values():
        yield f"{row.id}  {row.says}"
        encoders = book.origin.encoded_by.get(row.id, ())
        yield from (f"  encoded by {name}" for name in encoders)
        if row.not_a_rule is not None:
            yield f"  no rule: {row.not_a_rule}"
        elif not encoders:
            yield "  encoded nowhere"
    rows, encoded = book.origin.evidence_rows.values(), len(book.origin.encoded_by)
    explained = sum(row.not_a_rule is not None for row in rows)
    yield f"{len(rows)} rows: {encoded} encoded, {explained} explained as no rule"


def _about(row: EvidenceRow, message: str) -> Problem:
    return Problem(row.place.file, row.place.line, f"row {row.id}: {message}")


def _and(names: Iterable[str]) -> str:
    return " and ".join(sorted(set(names))) or "nothing"
