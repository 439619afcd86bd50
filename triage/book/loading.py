"""A rule book's folder to a `RuleBook`.

All problems of all files are collected and raised together, each with its file, its line, what was
read, what was expected and the nearest known name.  What can only be seen with the book as a whole
(unreachable rules, undefended premises and the like) is `lint`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from triage.book.catalogue_reader import check_dispositions, read_catalogue, read_exercises
from triage.book.conclusion_reader import Targets
from triage.book.condition_reader import ConditionReader
from triage.book.documents import Document
from triage.book.entries import (
    Advice,
    Cause,
    Disposition,
    FollowUp,
    Pattern,
    Reference,
    Referral,
)
from triage.book.folder import read_folder
from triage.book.origin_reader import read_origin
from triage.book.questionnaire_reader import read_questionnaire
from triage.book.rule_reader import read_rules
from triage.book.rulebook import RuleBook
from triage.book.shape_reader import ShapeReader
from triage.book.shapes import BookFile, EvidenceFile
from triage.problems import BadInput, Problem, in_order


def load_rule_book(folder: Path | str | None = None) -> RuleBook:
    """Read a rule book.

    Args:
        folder: the folder that holds `book.yaml`; the book that comes with the package where it
            is left out.

    Raises:
        BadInput: with every problem found in the files.
    """
    if folder is None:
        from triage.resources import rules_folder

        folder = rules_folder()
    documents, digest = read_folder(Path(folder))
    return _book(documents, digest, Path(folder))


def with_documents(book: RuleBook, documents: Mapping[str, Document]) -> RuleBook:
    """The book that changed files make, with the folder and the digest of the book as it was read.

    Raises:
        BadInput: with every problem found in the changed files.
    """
    return _book(documents, book.digest, book.origin.folder)


def _book(documents: Mapping[str, Document], digest: str, folder: Path | None) -> RuleBook:
    """The book that documents make.  Each step notes problems and goes on with what it has."""
    problems: list[Problem] = []
    reader = ShapeReader(documents, problems)
    written = reader.read("book.yaml", BookFile)
    sections, items = read_questionnaire(reader, written.sections) if written else ((), {})
    references = read_catalogue(reader, "references", Reference, {})
    referrals = read_catalogue(reader, "referrals", Referral, references)
    dispositions = read_catalogue(reader, "dispositions", Disposition, references)
    patterns = read_catalogue(reader, "patterns", Pattern, references)
    causes = read_catalogue(reader, "causes", Cause, references)
    advice = read_catalogue(reader, "advice", Advice, references)
    exercises = read_exercises(reader, references)
    check_dispositions(reader, dispositions, referrals)
    origin = read_origin(reader, folder, exercises)
    evidence = reader.read("evidence.yaml", EvidenceFile)
    follow_up = reader.read("follow_up.yaml", FollowUp)
    described = {"patterns": patterns, "causes": causes}
    targets = Targets(exercises, advice, referrals)
    rules = read_rules(reader, items, described, references, targets)
    plan_only_if = None
    if written:
        conditions = ConditionReader(documents["book.yaml"], items, {}, None, problems)
        plan_only_if = conditions.read(written.plan_only_if, ("plan_only_if",))
    if problems:
        raise BadInput(in_order(problems))
    assert written
    assert plan_only_if
    assert evidence
    assert follow_up
    return RuleBook(
        title=written.title,
        version=written.version,
        digest=digest,
        opening=written.opening,
        sections=sections,
        items=items,
        rules=rules,
        plan_only_if=plan_only_if,
        dispositions=dispositions,
        patterns=patterns,
        causes=causes,
        exercises=exercises,
        advice=advice,
        referrals=referrals,
        references=references,
        grades=evidence.grades,
        likelihoods=evidence.likelihoods,
        follow_up=follow_up,
        origin=origin,
    )
