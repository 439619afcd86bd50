"""Drafts of mappings, as somebody settles them who agrees with every guess and knows no more."""

from __future__ import annotations

import re

OPEN = re.compile(r'^(  ".*":) (?:  # to do|\{item: \w+, option: \}).*$', re.MULTILINE)
"""A column that is left open."""
LABELS = re.compile(r'^    labels:   # each is one of: (\w+).*\n((?:      ".*\n)+)', re.MULTILINE)
OPEN_LABEL = re.compile(r'^(      ".*":)   # to do.*$', re.MULTILINE)


def settled(draft: str) -> str:
    """A draft with its guesses confirmed, open columns ignored, and some option for each label."""
    text = OPEN.sub(r"\1 ignore", draft).replace("confirmed: no", "confirmed: yes")
    return LABELS.sub(lambda found: OPEN_LABEL.sub(rf"\1 {found[1]}", found[0]), text)


def to_settle(draft: str) -> bool:
    """Whether anything in a draft is left for somebody."""
    return "confirmed: no" in draft or OPEN.search(draft) is not None or "# to do" in draft
