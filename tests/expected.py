"""What a careful triage expects of a person, and what ours says: one value for both.

Answers that were given are kept apart from assumed ones (see examples/cases/assumed).  The
published cases and the made-up people share it; what is asked of each stands in their tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.conftest import EXAMPLES
from triage.answers.responses import Responses
from triage.assessment.assess import assess
from triage.assessment.assessment import Assessment
from triage.book.levels import LIKELIHOODS, more_urgent
from triage.book.rulebook import RuleBook
from triage.intake.answers_file import read_assumed, read_form


@dataclass(frozen=True)
class Case:
    """A case or a person, what was expected of it and what it came to."""

    name: str
    expects: dict[str, Any]
    stated: Assessment = field(repr=False)
    """On the answers that were given, and no others."""
    filled: Assessment = field(repr=False)
    """With the assumed answers in the gaps."""

    @property
    def level(self) -> str:
        """The level reached with the gaps filled."""
        return self.filled.disposition

    @property
    def exact(self) -> bool:
        """Whether the level is the one expected."""
        return self.level == str(self.expects["disposition"])

    @property
    def acceptable(self) -> bool:
        """Whether the level is the one expected, or another that a careful triage could give."""
        return self.level in self.expects["acceptable"]

    @property
    def under(self) -> bool:
        """Whether the level is less urgent than any acceptable one; `incomplete` always is."""
        return all(more_urgent(level, self.level) for level in self.expects["acceptable"])

    @property
    def over(self) -> bool:
        """Whether the level is more urgent than any acceptable one."""
        return all(more_urgent(self.level, level) for level in self.expects["acceptable"])

    @property
    def verdict(self) -> str:
        """How the level compares with what was expected, in one word."""
        if self.exact:
            return "exact"
        off = "UNDER" if self.under else "OVER"
        return "acceptable" if self.acceptable else off

    @property
    def missing(self) -> str:
        """The fact that the history leaves out, where the case cannot come out as expected."""
        return str(self.expects["missing"])

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns named, best fit first."""
        return self._named("patterns")

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes named, best fit first."""
        return self._named("causes")

    @property
    def right_patterns(self) -> frozenset[str]:
        """The patterns of which one is to be named; none where only a red flag speaks of it."""
        right = self.expects["pattern"]
        return frozenset(right if isinstance(right, list) else [right]) - {"none"}

    @property
    def right_causes(self) -> frozenset[str]:
        """The causes that the history tells."""
        return frozenset(self.expects["causes"])

    @property
    def pattern_named(self) -> bool:
        """Whether a right pattern is among those named."""
        return not self.right_patterns.isdisjoint(self.patterns)

    def _named(self, stratum: str) -> tuple[str, ...]:
        found = self.filled.present(stratum)
        fits = [*LIKELIHOODS, None]
        ranked = sorted(found, key=lambda f: fits.index(self.filled.likelihood(f)))
        return tuple(finding.id for finding in ranked)


def reassuring(book: RuleBook) -> Responses:
    """The one set of reassuring answers that serves all of them."""
    return read_assumed(book, str(EXAMPLES / "cases" / "assumed" / "reassuring.yaml"))


def assessed(path: Path, book: RuleBook, assumed: Responses) -> Case:
    """A file with answers and what is expected, scored without and with the assumed answers."""
    form = read_form(book, str(path))
    about: Any = form.about
    stated = assess(book, form.responses)
    filled = assess(book, form.responses.assuming(assumed))
    return Case(path.stem, dict(about["expects"]), stated, filled)


def rows(cases: Sequence[Case]) -> list[str]:
    """One line a case: level, verdict, patterns and causes; for people to read."""
    lines = [f"{'case':55} {'level':12} {'verdict':10} {'pattern':8} patterns named; causes named"]
    for case in cases:
        named = "named" if case.pattern_named else "MISSED" if case.right_patterns else "-"
        absent = [f"{cause} MISSED" for cause in sorted(case.right_causes - set(case.causes))]
        found = [f"{cause} right" if cause in case.right_causes else cause for cause in case.causes]
        said = f"{', '.join(case.patterns) or '-'}; {', '.join(found + absent) or '-'}"
        lines.append(f"{case.name:55} {case.level:12} {case.verdict:10} {named:8} {said}")
    return lines


def sums(cases: Sequence[Case]) -> list[str]:
    """How many levels, patterns and causes came out right; for people to read."""
    fitting = [case for case in cases if case.right_patterns]
    told = [(case, cause) for case in cases for cause in case.right_causes]
    said = {
        "exact level": _share(sum(case.exact for case in cases), len(cases)),
        "exact or acceptable": _share(sum(case.acceptable for case in cases), len(cases)),
        "under-triaged": _share(sum(case.under for case in cases), len(cases)),
        "over-triaged": _share(sum(case.over for case in cases), len(cases)),
        "right pattern named": _share(sum(c.pattern_named for c in fitting), len(fitting)),
        "patterns named, median": median(len(case.patterns) for case in fitting),
        "right causes named": _share(sum(cause in c.causes for c, cause in told), len(told)),
        "causes named, median": median(len(c.causes) for c in cases if c.right_causes),
    }
    return [f"{name}: {value}" for name, value in said.items()]


def _share(kept: int, of: int) -> str:
    return f"{kept} of {of} ({kept / of:.0%})"
