"""The files of rules to rules, each with its condition, its conclusion and its examples.

Not here: conditions (`condition_reader`), conclusions (`conclusion_reader`), what a rule is
(`rules`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from triage.book.catalogue_reader import check_references
from triage.book.conclusion_reader import ConclusionReader, Targets
from triage.book.condition_reader import WORDS, ConditionReader
from triage.book.conditions import Absent
from triage.book.documents import Path_
from triage.book.entries import Reference
from triage.book.folder import stratum_of
from triage.book.items import Item
from triage.book.levels import STRATA
from triage.book.rules import Example, Rule, RuleText, whole_condition
from triage.book.shape_reader import ShapeReader
from triage.book.shapes import RuleFile
from triage.problems import nearest, quoted


def read_rules(
    reader: ShapeReader,
    items: Mapping[str, Item],
    described: Mapping[str, Mapping[str, object]],
    references: Mapping[str, Reference],
    targets: Targets,
) -> Mapping[str, Rule]:
    """The rules by name, in the order of strata, without those in which a problem was noted.

    Args:
        reader: the files.
        items: the questions that a rule may ask about.
        described: stratum to the findings that have an entry in its catalogue.
        references: the sources that a rule may cite.
        targets: what a rule may conclude.
    """
    findings = _findings(reader, items, described)
    rules = _RuleReader(reader, items, findings, references, targets)
    read = {}
    for stratum in STRATA:
        for file in reader.documents:
            if stratum_of(file) == stratum:
                rule = rules.read(file)
                if rule:
                    read[rule.name] = rule
    return MappingProxyType(read)


def _findings(
    reader: ShapeReader, items: Mapping[str, Item], described: Mapping[str, Mapping[str, object]]
) -> Mapping[str, str]:
    """Every finding and its stratum: its name follows from its rule's path, and is used once."""
    findings: dict[str, str] = {}
    for file in reader.documents:
        stratum = stratum_of(file)
        if stratum is None:
            continue
        finding = file.split("/")[1].removesuffix(".yaml")
        if finding in items or finding in WORDS:
            taken = "an item" if finding in items else "a word of the rule language"
            reader.note_file(file, f"'{finding}' is the name of {taken}")
        elif findings.setdefault(finding, stratum) != stratum:
            where = findings[finding]
            reader.note_file(file, f"'{finding}' is the name of a finding of {where}/ too")
    for stratum, entries in described.items():
        for finding, where in findings.items():
            if where == stratum and finding not in entries:
                message = f"not an entry of {stratum}.yaml{nearest(finding, entries)}"
                reader.note_file(f"{stratum}/{finding}", message)
    return findings


class _RuleReader:
    """Reads rules of one book."""

    def __init__(
        self,
        reader: ShapeReader,
        items: Mapping[str, Item],
        findings: Mapping[str, str],
        references: Mapping[str, Reference],
        targets: Targets,
    ) -> None:
        self._reader = reader
        self._items = items
        self._findings = findings
        self._references = references
        self._targets = targets

    def read(self, file: str) -> Rule | None:
        """The rule of a file, or `None` where it has no meaning."""
        written = self._reader.read(file, RuleFile)
        if written is None:
            return None
        document, problems = self._reader.documents[file], self._reader.problems
        name = file.removesuffix(".yaml")
        stratum, finding = name.split("/")[:2]
        conditions = ConditionReader(document, self._items, self._findings, stratum, problems)
        when = conditions.read(written.when, ("when",))
        if stratum == "red_flags" and written.unless:
            message = "a red flag has no 'unless'; nothing may silence it"
            self._reader.note(file, ("unless",), message)
        for index, other in enumerate(written.unless):
            conditions.finding(other, ("unless", index))
        check_references(self._reader, self._references, file, (), written)
        conclusions = ConclusionReader(document, problems, self._targets)
        then = conclusions.read(stratum, finding, written.then)
        if when is None or then is None:
            return None
        return Rule(
            **{field.name: getattr(written, field.name) for field in fields(RuleText)},
            name=name,
            stratum=stratum,
            finding=finding,
            when=when,
            condition=whole_condition(when, tuple(Absent(other) for other in written.unless)),
            then=then,
            fires=self._examples(file, "fires", written.examples.fires),
            silent=self._examples(file, "silent", written.examples.silent),
            place=document.place(()),
        )

    def _examples(
        self, file: str, kind: str, written: tuple[dict[str, Any], ...]
    ) -> tuple[Example, ...]:
        examples = []
        for index, example in enumerate(written):
            path: Path_ = ("examples", kind, index)
            answers: dict[str, object] = {}
            findings: dict[str, bool] = {}
            for name, value in example.items():
                if name in self._items:
                    answers[name] = value
                elif name not in self._findings:
                    near = nearest(name, [*self._items, *self._findings])
                    message = f"no item or finding called {quoted(name)}{near}"
                    self._reader.note(file, (*path, name), message)
                elif value not in ("present", "ruled_out"):
                    message = f"read {quoted(value)}, expected present or ruled_out"
                    self._reader.note(file, (*path, name), message)
                else:
                    findings[name] = value == "present"
            place = self._reader.documents[file].place(path)
            examples.append(Example(MappingProxyType(answers), MappingProxyType(findings), place))
        return tuple(examples)
