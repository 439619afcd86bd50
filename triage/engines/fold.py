"""The plain three-valued fold over the rule book: no working memory, only as much as is asked for.

It judges one rule or finding on one set of responses, and lets a caller state findings by name, as
the examples inside rules do.

Not here: telling answers one by one (`forward`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from triage.answers.responses import Responses
from triage.book.conditions import FINDING_LEAVES, Condition, Leaf, Truth, judge
from triage.book.rulebook import RuleBook
from triage.book.rules import Rule
from triage.engines.findings import state_of, truth_of


class Fold:
    """The truth of rules and findings for one set of responses."""

    def __init__(
        self,
        book: RuleBook,
        responses: Responses,
        stated: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        self.book = book
        self.responses = responses
        self._states: dict[str, Truth] = dict(stated)
        self._verdicts: dict[str, Truth] = {}

    def judge(self, condition: Condition) -> Truth:
        """The truth of a condition."""
        return judge(condition, self.truth)

    def truth(self, leaf: Leaf) -> Truth:
        """The truth of a leaf: from the responses, or from the finding's own rules."""
        if not isinstance(leaf, FINDING_LEAVES):
            return self.responses.truth(leaf)
        return truth_of(leaf, self.state(leaf.finding))

    def state(self, finding: str) -> Truth:
        """Present, ruled out, or undecided: as stated, else as its rules conclude."""
        if finding not in self._states:
            self._states[finding] = state_of(map(self.verdict, self.book.findings[finding].rules))
        return self._states[finding]

    def verdict(self, rule: Rule) -> Truth:
        """The truth of a rule."""
        if rule.name not in self._verdicts:
            self._verdicts[rule.name] = judge(rule.condition, self.truth)
        return self._verdicts[rule.name]

    def verdicts(self) -> Mapping[str, Truth]:
        """Every rule's name and its truth."""
        rules = self.book.rules.items()
        return MappingProxyType({name: self.verdict(rule) for name, rule in rules})
