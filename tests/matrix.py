"""One warning sign more: what each single option makes of two people who are otherwise well.

The textbook runner and the desk worker, whose forms are at self-care, with one option ticked of
each "choose all" question on which a red flag rests, and nothing else changed.  A question that
only then applies stays open, so a level may be `incomplete`, and what it could rise to stands
beside it.  The plain fold judges them, which is quicker; a law says that the readers agree.

`python -m tests.matrix` prints the table anew, for tests/golden/matrix.yaml.  Read it before you
keep it: no dangerous sign may stand at self-care.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

from tests.conftest import EXAMPLES
from tests.shipped import BOOK
from triage.answers.responses import Responses
from triage.batch.report_maker import assess_by_fold
from triage.book.conditions import findings_of, items_of
from triage.book.items import NONE, NOT_SURE, Item
from triage.intake.answers_file import read_form

PEOPLE = {"runner": "textbook_runner", "desk": "desk_worker_tight_thigh"}
"""The two people, and their forms in examples/forms."""
GOLDEN = EXAMPLES.parent / "tests" / "golden" / "matrix.yaml"
HEAD = """\
# The level of the textbook runner and of the desk worker with one option more, and what it could
# still rise to. `python -m tests.matrix` prints it anew; tests/matrix.py says what for.
"""


def warning_lists() -> tuple[Item, ...]:
    """The "choose all" questions that a red flag names, itself or by way of a feature."""
    named: set[str] = set()
    for rule in BOOK.rules.values():
        if rule.stratum == "red_flags":
            named |= _items_behind(rule.name)
    return tuple(i for i in BOOK.items.values() if i.kind == "many" and i.id in named)


@cache
def _items_behind(name: str) -> frozenset[str]:
    rule = BOOK.rules[name]
    found = set(items_of(rule.when))
    for finding in findings_of(rule.when):
        for other in BOOK.rules.values():
            if other.finding == finding:
                found |= _items_behind(other.name)
    return frozenset(found)


def lines() -> Iterator[str]:
    """The table as YAML, a line an option."""
    forms = {
        who: read_form(BOOK, str(EXAMPLES / "forms" / f"{name}.yaml")).responses
        for who, name in PEOPLE.items()
    }
    yield from HEAD.splitlines()
    for item in warning_lists():
        yield f"{item.id}:"
        for option in item.options:
            if option not in (NONE, NOT_SURE):
                levels = {who: _level(form, item, option) for who, form in forms.items()}
                said = ", ".join(f"{who}: {level}" for who, level in levels.items())
                yield f"  {option}: {{{said}}}"


def _level(form: Responses, item: Item, option: str) -> str:
    if form.applies(item.id) is False:
        return "not asked"
    given = form.answers.get(item.id, frozenset())
    assert isinstance(given, frozenset)
    assessed = assess_by_fold(BOOK, form.with_answer(item.id, given - {NONE} | {option}))
    could = assessed.could_rise_to
    return f"{assessed.disposition} or {could}" if could else assessed.disposition


if __name__ == "__main__":
    sys.stdout.write("\n".join([*lines(), ""]))
