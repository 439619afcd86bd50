"""The one place that imports experta: it mends the import and passes on the names that we use.

experta 1.9.4, its last release, pins frozendict 1.2, which reads `collections.Mapping`.  Python
3.10 took that name away, so that the import fails (upstream issue nilp0inter/experta#34, still
open).  Only the import needs the name: it is lent for that long and taken back.
tests/engines/test_experta_import.py says when this can go.
"""

import collections
import collections.abc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Activation", "Fact", "KnowledgeEngine", "Matcher", "P", "Rule", "Strategy"]

_LENT = "Mapping"


@contextmanager
def _lent_mapping() -> Iterator[None]:
    """Lends `collections.Mapping` while the block runs, unless somebody else has set it."""
    if hasattr(collections, _LENT):
        yield
        return
    setattr(collections, _LENT, collections.abc.Mapping)
    try:
        yield
    finally:
        delattr(collections, _LENT)


@contextmanager
def _untouched_root_logger() -> Iterator[None]:
    """Undoes what the block does to the root logger: experta calls `logging.basicConfig()`.

    How a program logs is for that program to say, not for a library that it imports.
    """
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        for added in [handler for handler in root.handlers if handler not in handlers]:
            root.removeHandler(added)
            added.close()
        root.setLevel(level)


# Names come from the submodules: experta/__init__.py passes over an ImportError in silence, so that
# a broken installation would show only later, as a missing attribute.
with _lent_mapping(), _untouched_root_logger():
    from experta import watchers
    from experta.abstract import Matcher, Strategy
    from experta.activation import Activation
    from experta.engine import KnowledgeEngine
    from experta.fact import Fact
    from experta.fieldconstraint import P
    from experta.rule import Rule

# Its watchers log every fact as soon as a program turns logging on; answers about health never go
# into a log.
watchers.unwatch()
