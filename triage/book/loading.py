"""The rule book's folder to a `RuleBook`.

All problems of all files are collected and raised together, each with its file, its line, what was
read, what was expected and the nearest known name.  What can only be seen with the book as a whole
(unreachable rules, undefended premises and the like) is `lint`'s.
"""

from __future__ import annotations

import hashlib
import re
import types
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from triage.book import shapes
from triage.book.condition_reader import WORDS, ConditionReader
from triage.book.conditions import Absent, Condition
from triage.book.documents import Document, Path_, parse, read_bytes
from triage.book.rulebook import (
    EVERY_EXERCISE,
    INCOMPLETE,
    LIKELIHOODS,
    NOT_SURE,
    SELF_CARE,
    STRATA,
    URGENCY,
    Advice,
    Cause,
    Conclusion,
    Control,
    Disposition,
    EvidenceRow,
    Example,
    Exercise,
    FollowUp,
    Hazard,
    Item,
    Modification,
    NumberRange,
    Pattern,
    Place,
    Reference,
    Referral,
    Review,
    Rule,
    RuleBook,
    Section,
    Vocabulary,
    Wording,
    whole_condition,
)
from triage.book.shape_reader import LOWER_CASE, ShapeReader
from triage.problems import BadInput, Problem, in_order, listed, nearest, quoted

T = TypeVar("T")

ROW_ID = re.compile(r"[A-Z][A-Za-z0-9-]*")
GROUPED = {"patterns": "pattern", "causes": "cause"}
"""Strata whose rules stand in a folder each finding, and the key of `then` that names it."""
SINGLE = ("book", "dispositions", "patterns", "causes", "advice", "referrals", "references")
CATALOGUES = (*SINGLE, "evidence", "follow_up", "evidence_rows", "hazards", "words")
FOLDERS = ("questionnaire", "exercises", "pictures", *STRATA)
NAME_SYLLABLES = 2
"""What a name counts that people look for on a packet and need not say."""
_NAME = re.compile(shapes.NAME)


def load_rule_book(folder: Path | str | None = None) -> RuleBook:
    """Read a rule book.

    Args:
        folder: the folder that holds `yaml`; the book that comes with the package where it
            is left out.

    Raises:
        BadInput: with every problem found in the files.
    """
    if folder is None:
        from triage.resources import rules_folder

        folder = rules_folder()
    loader = _Loader(Path(folder))
    loader.read_files()
    return loader.book()


def with_documents(book: RuleBook, documents: Mapping[str, Document]) -> RuleBook:
    """The book that changed files make, with the folder and the digest of the book as it was read.

    Raises:
        BadInput: with every problem found in the changed files.
    """
    assert book.folder
    loader = _Loader(book.folder)
    loader.documents.update(documents)
    loader.digest = book.digest
    return loader.book()


class _Loader:
    """Loads one book.  Each step notes problems and goes on with what it has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.digest = ""
        self.shapes = ShapeReader(self.documents, self.problems)
        self.items: dict[str, Item] = {}
        self.findings: dict[str, str] = {}
        self.references: Mapping[str, Reference] = {}
        self.evidence_rows: Mapping[str, EvidenceRow] = {}

    def book(self) -> RuleBook:
        """The book that the documents make, or every problem raised at once."""
        self._stop_at_problems()
        book = self.shapes.read("book.yaml", shapes.BookFile)
        sections = self._questionnaire(book.sections) if book else ()
        encoded_by = self._evidence_rows()
        hazards = self._records("hazards.yaml", shapes.Name, shapes.HazardShape, _hazard)
        self._check_controls(hazards)
        self.references = self._catalogue("references", shapes.ReferenceShape, _reference)
        referrals = self._catalogue("referrals", shapes.ReferralShape, _referral)
        dispositions = self._catalogue("dispositions", shapes.DispositionShape, _disposition)
        patterns = self._catalogue("patterns", shapes.PatternShape, _pattern)
        causes = self._catalogue("causes", shapes.CauseShape, _cause)
        advice = self._catalogue("advice", shapes.AdviceShape, _advice)
        exercises = self._exercises()
        self._check_rows(exercises)
        evidence = self.shapes.read("evidence.yaml", shapes.EvidenceFile)
        follow_up = self.shapes.read("follow_up.yaml", shapes.FollowUpFile)
        words = self.shapes.read("words.yaml", shapes.WordsFile)
        self._check_dispositions(dispositions, referrals)
        self._name_findings(patterns, causes)
        targets = _Targets(patterns, causes, exercises, advice, referrals)
        rules = {
            name: rule
            for name, shape in self._rule_files()
            if (rule := self._rule(name, shape, targets)) is not None
        }
        plan_only_if = self._plan_condition(book)
        self._stop_at_problems()
        assert book
        assert evidence
        assert follow_up
        assert words
        assert plan_only_if
        return RuleBook(
            title=book.title,
            version=book.version,
            digest=self.digest,
            opening=tuple(book.opening),
            sections=sections,
            items=MappingProxyType(self.items),
            rules=MappingProxyType(rules),
            plan_only_if=plan_only_if,
            dispositions=dispositions,
            patterns=patterns,
            causes=causes,
            exercises=exercises,
            advice=advice,
            referrals=referrals,
            references=self.references,
            grades=_wordings(evidence.grades),
            likelihoods=_wordings(evidence.likelihoods),
            follow_up=_follow_up(follow_up),
            evidence_rows=self.evidence_rows,
            hazards=hazards,
            encoded_by=encoded_by,
            vocabulary=_vocabulary(words),
            documents=MappingProxyType(self.documents),
            folder=self.folder,
        )

    # Files

    def read_files(self) -> None:
        """Read every file of the folder as a document."""
        files = sorted(
            (file.relative_to(self.folder).as_posix(), file)
            for file in self.folder.rglob("*")
            if file.suffix.lower() in (".yaml", ".yml") and file.is_file()
        )
        if not any(name == "book.yaml" for name, _ in files):
            message = "no book.yaml; expected the folder of a rule book"
            raise BadInput([Problem(str(self.folder), None, message)])
        digest = hashlib.sha256()
        for name, file in files:
            if not _belongs(name):
                self._note_file(name, _stray(name))
                continue
            content = read_bytes(file)
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
            try:
                self.documents[name] = parse(content, name)
            except BadInput as error:
                self.problems.extend(error.problems)
        self.digest = digest.hexdigest()

    def _stop_at_problems(self) -> None:
        if self.problems:
            raise BadInput(in_order(self.problems))

    def _note_file(self, file: str, message: str) -> None:
        self.problems.append(Problem(file, None, message))

    # Catalogues

    def _catalogue(self, name: str, shape: type, build: Callable[[str, Any], T]) -> Mapping[str, T]:
        file = f"{name}.yaml"
        whole = cast("type[dict[str, Any]]", types.GenericAlias(dict, (shapes.Name, shape)))
        entries = self.shapes.read(file, whole) or {}
        for key, entry in entries.items():
            self._check_references(file, (key,), entry)
        return MappingProxyType({key: build(key, entry) for key, entry in entries.items()})

    def _records(
        self, file: str, key: Any, shape: type, build: Callable[[str, Any, Place], T]
    ) -> Mapping[str, T]:
        """The entries of a file, each of which knows its line."""
        whole = cast("type[dict[str, Any]]", types.GenericAlias(dict, (key, shape)))
        entries = (self.shapes.read(file, whole) or {}).items()
        return MappingProxyType(
            {k: build(k, e, Place(file, self.documents[file].lines[k,])) for k, e in entries}
        )

    def _evidence_rows(self) -> Mapping[str, tuple[str, ...]]:
        """Keeps the rows of the evidence; says by what each of them is encoded."""
        before = len(self.problems)
        self.evidence_rows = self._records(
            "evidence_rows.yaml", shapes.Text, shapes.EvidenceRowShape, _evidence_row
        )
        return self._covers() if len(self.problems) == before else MappingProxyType({})

    def _check_rows(self, exercises: Mapping[str, Exercise]) -> None:
        known = [*exercises, EVERY_EXERCISE]
        for row in self.evidence_rows.values():
            document = self.documents[row.place.file]
            if not ROW_ID.fullmatch(row.id):
                expected = "expected a capital letter, then letters, digits and hyphens"
                self.problems.append(document.problem((row.id,), f"read '{row.id}', {expected}"))
            for exercise in row.restricts:
                if exercise not in known:
                    message = f"no exercise called {quoted(exercise)}{nearest(exercise, known)}"
                    path = (row.id, "restricts", exercise)
                    self.problems.append(document.problem(path, message))

    def _check_controls(self, hazards: Mapping[str, Hazard]) -> None:
        """A control that is a rule or a text of this book exists."""
        rules = [file.removesuffix(".yaml") for file in self.documents if _stratum(file)]
        for hazard in hazards.values():
            for index, control in enumerate(hazard.controls):
                near = None
                if control.kind == "rule" and control.name not in rules:
                    near = nearest(control.name, rules)
                if control.kind == "text":
                    near = self._near_text(control.name)
                if near is not None:
                    message = f"no {control.kind} called {quoted(control.name)}{near}"
                    path = (hazard.id, "controls", index)
                    self.problems.append(self.documents[hazard.place.file].problem(path, message))

    def _near_text(self, name: str) -> str | None:
        """`None` where the book holds a text of this path, else a hint at the nearest one."""
        file, _, keys = name.partition(".yaml/")
        document = self.documents.get(f"{file}.yaml")
        if document is None:
            return nearest(f"{file}.yaml", self.documents)
        known = ["/".join(map(str, path)) for path in document.lines]
        return None if keys in known else nearest(keys, known)

    def _covers(self) -> Mapping[str, tuple[str, ...]]:
        """Evidence row to what names it under `covers`: rules, or entries of the other files."""
        encoded_by: dict[str, tuple[str, ...]] = {}
        for document in self.documents.values():
            for path in document.lines:
                if len(path) not in (2, 3) or path[-2] != "covers":
                    continue
                row = str(_at(document.value, path))
                if row in self.evidence_rows:
                    entry = f": {path[0]}" if len(path) == 3 else ""
                    name = document.file.removesuffix(".yaml" if "/" in document.file else "")
                    encoded_by[row] = (*encoded_by.get(row, ()), f"{name}{entry}")
                else:
                    near = nearest(row, self.evidence_rows)
                    message = f"no evidence row called {quoted(row)}{near}"
                    self.problems.append(document.problem(path, message))
        return MappingProxyType(encoded_by)

    def _exercises(self) -> Mapping[str, Exercise]:
        exercises: list[Exercise] = []
        for file in self.documents:
            if file.startswith("exercises/"):
                shape = self.shapes.read(file, shapes.ExerciseFile)
                if shape:
                    self._check_references(file, (), shape)
                    self._check_steps(file, shape)
                    exercises.append(_exercise(file.split("/")[1].removesuffix(".yaml"), shape))
        exercises.sort(key=lambda exercise: (exercise.order, exercise.id))
        return MappingProxyType({exercise.id: exercise for exercise in exercises})

    def _check_steps(self, file: str, shape: shapes.ExerciseFile) -> None:
        """A changed version names steps that are there."""
        for name, change in shape.modifications.items():
            places: list[tuple[Path_, int]] = [
                (("replaces_steps", index), step)
                for index, step in enumerate(change.replaces_steps)
            ]
            if change.before_step is not None:
                places.append((("before_step",), change.before_step))
            for path, step in places:
                if step > len(shape.steps):
                    message = f"read step {step}, expected 1 to {len(shape.steps)}"
                    problem = self.documents[file].problem(("modifications", name, *path), message)
                    self.problems.append(problem)

    def _check_references(self, file: str, path: Path_, shape: Any) -> None:
        """What a rule or an entry cites exists, and its grade does not stand without a source."""
        document, path = self.documents[file], (*path, "references")
        names, evidence = getattr(shape, "references", ()), getattr(shape, "evidence", "expert")
        if not names and evidence not in ("expert", "pragmatic"):
            message = f"graded '{evidence}' without a reference; expected one or more"
            self.problems.append(document.problem(path, message))
        for index, name in enumerate(names):
            if name not in self.references:
                message = f"no reference called {quoted(name)}{nearest(name, self.references)}"
                self.problems.append(document.problem((*path, index), message))

    def _check_dispositions(
        self, dispositions: Mapping[str, Disposition], referrals: Mapping[str, Referral]
    ) -> None:
        file = "dispositions.yaml"
        expected = [*URGENCY, INCOMPLETE]
        if file in self.documents and list(dispositions) != expected:
            read = listed(dispositions) if dispositions else "none"
            self._note_file(
                file, f"read the levels {read}, expected {listed(expected)}, so ordered"
            )
        for level, wording in dispositions.items():
            if wording.referral not in referrals:
                near = nearest(wording.referral, referrals)
                message = f"no referral called {quoted(wording.referral)}{near}"
                problem = self.documents[file].problem((level, "referral"), message)
                self.problems.append(problem)

    def _plan_condition(self, book: shapes.BookFile | None) -> Condition | None:
        if book is None:
            return None
        reader = ConditionReader(self.documents["book.yaml"], self.items, {}, None, self.problems)
        return reader.read(book.plan_only_if, ("plan_only_if",))

    # Questionnaire

    def _questionnaire(self, names: list[str]) -> tuple[Section, ...]:
        files = {f"questionnaire/{name}.yaml": name for name in names}
        for file in self.documents:
            if file.startswith("questionnaire/") and file not in files:
                message = "not among the sections of book.yaml"
                self._note_file(file, message + nearest(Path(file).stem, names))
        sections = []
        if len(files) != len(names):
            problem = self.documents["book.yaml"].problem(("sections",), "a section is named twice")
            self.problems.append(problem)
        for file, name in files.items():
            shape = self.shapes.read(file, shapes.SectionFile)
            if shape is None:
                continue
            for item_id, item in shape.items.items():
                self._item(file, name, item_id, item)
            not_after = shape.not_after
            sections.append(Section(name, shape.title, tuple(shape.items), not_after))
        return tuple(sections)

    def _item(self, file: str, section: str, name: str, shape: shapes.ItemShape) -> None:
        document = self.documents[file]
        path: Path_ = ("items", name)
        if name in self.items or name in WORDS:
            taken = "another item" if name in self.items else "a word of the rule language"
            self.problems.append(document.problem(path, f"'{name}' is the name of {taken}"))
            return
        problem = _item_problem(shape)
        if problem:
            self.problems.append(document.problem(path, f"item '{name}': {problem}"))
            return
        reader = ConditionReader(document, self.items, {}, None, self.problems)
        gate = shape.ask_if
        options = shape.options
        if shape.number and shape.not_sure:
            options = {NOT_SURE: shape.not_sure}
        self.items[name] = Item(
            id=name,
            section=section,
            ask=shape.ask,
            why=shape.why,
            help=shape.help,
            kind=shape.choose or "number",
            options=MappingProxyType(options),
            number=_number(shape.number) if shape.number else None,
            ask_if=None if gate is None else reader.read(gate, (*path, "ask_if")),
            place=Place(file, document.lines.get(path, 1)),
        )

    # Rules

    def _name_findings(self, patterns: Mapping[str, Pattern], causes: Mapping[str, Cause]) -> None:
        """Every finding's name follows from its rule's path; names are used once."""
        for file in self.documents:
            stratum, _, rest = file.partition("/")
            if stratum not in STRATA or not rest:
                continue
            finding = rest.partition("/")[0].removesuffix(".yaml")
            if finding in self.items or finding in WORDS:
                taken = "an item" if finding in self.items else "a word of the rule language"
                self._note_file(file, f"'{finding}' is the name of {taken}")
            elif self.findings.setdefault(finding, stratum) != stratum:
                where = self.findings[finding]
                self._note_file(file, f"'{finding}' is the name of a finding of {where}/ too")
        for stratum, entries in (("patterns", patterns), ("causes", causes)):
            for finding, where in self.findings.items():
                if where == stratum and finding not in entries:
                    near = nearest(finding, entries)
                    self._note_file(f"{stratum}/{finding}", f"not an entry of {stratum}.yaml{near}")

    def _rule_files(self) -> Iterable[tuple[str, shapes.RuleFile]]:
        for stratum in STRATA:
            for file in self.documents:
                if file.startswith(f"{stratum}/"):
                    shape = self.shapes.read(file, shapes.RuleFile)
                    if shape:
                        yield file.removesuffix(".yaml"), shape

    def _rule(self, name: str, shape: shapes.RuleFile, targets: _Targets) -> Rule | None:
        file = f"{name}.yaml"
        document = self.documents[file]
        stratum, finding = name.split("/")[:2]
        reader = ConditionReader(document, self.items, self.findings, stratum, self.problems)
        when = reader.read(shape.when, ("when",))
        if stratum == "red_flags" and shape.unless:
            message = "a red flag has no 'unless'; nothing may silence it"
            self.problems.append(document.problem(("unless",), message))
        for index, other in enumerate(shape.unless):
            reader.finding(other, ("unless", index))
        self._check_references(file, (), shape)
        then = _Then(document, self.problems, targets).read(stratum, finding, shape.then)
        if when is None or then is None:
            return None
        absent = tuple(Absent(other) for other in shape.unless)
        return Rule(
            name=name,
            stratum=stratum,
            finding=finding,
            title=shape.title,
            when=when,
            unless=tuple(shape.unless),
            condition=whole_condition(when, absent),
            then=then,
            why=shape.why,
            caveats=tuple(shape.caveats),
            references=tuple(shape.references),
            evidence=shape.evidence,
            review=Review(shape.review.status, shape.review.by, shape.review.on),
            covers=tuple(shape.covers),
            fires=self._examples(document, "fires", shape.examples.fires),
            silent=self._examples(document, "silent", shape.examples.silent),
            place=Place(file, 1),
        )

    def _examples(
        self, document: Document, kind: str, given: list[dict[str, Any]]
    ) -> tuple[Example, ...]:
        examples = []
        for index, example in enumerate(given):
            path: Path_ = ("examples", kind, index)
            answers: dict[str, object] = {}
            findings: dict[str, bool] = {}
            for name, value in example.items():
                if name in self.items:
                    answers[name] = value
                elif name not in self.findings:
                    near = nearest(name, [*self.items, *self.findings])
                    message = f"no item or finding called {quoted(name)}{near}"
                    self.problems.append(document.problem((*path, name), message))
                elif value not in ("present", "ruled_out"):
                    message = f"read {quoted(value)}, expected present or ruled_out"
                    self.problems.append(document.problem((*path, name), message))
                else:
                    findings[name] = value == "present"
            place = Place(document.file, document.lines.get(path, 1))
            examples.append(Example(MappingProxyType(answers), MappingProxyType(findings), place))
        return tuple(examples)


class _Targets:
    """What a rule's `then` may name."""

    def __init__(
        self,
        patterns: Mapping[str, Pattern],
        causes: Mapping[str, Cause],
        exercises: Mapping[str, Exercise],
        advice: Mapping[str, Advice],
        referrals: Mapping[str, Referral],
    ) -> None:
        self.patterns = patterns
        self.causes = causes
        self.exercises = exercises
        self.advice = advice
        self.referrals = referrals


class _Then:
    """Reads the `then` of one rule."""

    def __init__(self, document: Document, problems: list[Problem], targets: _Targets) -> None:
        self.document = document
        self.problems = problems
        self.targets = targets

    def read(self, stratum: str, finding: str, then: dict[str, Any]) -> Conclusion | None:
        """The conclusion, or `None` where a problem was noted."""
        before = len(self.problems)
        conclusion = self._read(stratum, finding, then)
        return conclusion if len(self.problems) == before else None

    def _read(self, stratum: str, finding: str, then: dict[str, Any]) -> Conclusion | None:
        match stratum:
            case "features":
                self._keys(then, ())
                return Conclusion()
            case "red_flags":
                self._keys(then, ("disposition",))
                levels = [level for level in URGENCY if level != SELF_CARE]
                return Conclusion(disposition=self._one_of(then, "disposition", levels))
            case "patterns" | "causes":
                key = GROUPED[stratum]
                self._keys(then, (key, "likelihood"))
                self._one_of(then, key, [finding])
                return Conclusion(likelihood=self._one_of(then, "likelihood", LIKELIHOODS))
            case "contraindications":
                return Conclusion(restrictions=self._restrictions(then))
            case _:
                return self._recommendation(then)

    def _note(self, path: Path_, message: str) -> None:
        self.problems.append(self.document.problem(("then", *path), message))

    def _keys(self, then: dict[str, Any], expected: tuple[str, ...]) -> None:
        if set(then) != set(expected):
            wanted = ", ".join(expected) or "{}"
            self._note((), f"'then' holds {', '.join(then) or 'nothing'}, expected {wanted}")

    def _one_of(self, then: dict[str, Any], key: str, known: Iterable[str]) -> str | None:
        known = list(known)
        value = then.get(key)
        if isinstance(value, str) and value in known:
            return value
        if key in then:
            near = nearest(value, known) if isinstance(value, str) else ""
            self._note((key,), f"{key}: read {quoted(value)}, expected {listed(known)}{near}")
        return None

    def _restrictions(self, then: dict[str, Any]) -> Mapping[str, Any]:
        restrictions: dict[str, Any] = {}
        if not then:
            self._note((), "'then' is empty, expected an exercise and avoid, ask_first or modify")
        for name, value in then.items():
            exercise = self.targets.exercises.get(name)
            if exercise is None and name != EVERY_EXERCISE:
                known = [*self.targets.exercises, EVERY_EXERCISE]
                self._note((name,), f"no exercise called {quoted(name)}{nearest(name, known)}")
            elif value in ("avoid", "ask_first"):
                restrictions[name] = (value, None)
            elif exercise and isinstance(value, dict) and set(value) == {"modify"}:
                known = list(exercise.modifications)
                change = self._one_of_change(name, value["modify"], known)
                restrictions[name] = ("modify", change)
            else:
                expected = "expected avoid, ask_first or {modify: version}"
                self._note((name,), f"{name}: read {quoted(value)}, {expected}")
        return MappingProxyType(restrictions)

    def _one_of_change(self, exercise: str, value: object, known: list[str]) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(value, known) if isinstance(value, str) else ""
        expected = f"expected {listed(known)}" if known else "which has no changed version"
        self._note((exercise, "modify"), f"{exercise}: read {quoted(value)}, {expected}{near}")
        return None

    def _recommendation(self, then: dict[str, Any]) -> Conclusion | None:
        targets = self.targets
        if "exercise" in then:
            self._keys(then, ("exercise",))
            return Conclusion(exercise=self._one_of(then, "exercise", targets.exercises))
        if "advice" in then:
            self._keys(then, ("advice",))
            return Conclusion(advice=self._one_of(then, "advice", targets.advice))
        self._keys(then, ("referral", "within_days"))
        days = then.get("within_days", 0)
        if not isinstance(days, int) or days < 0:
            expected = "expected a whole number of days"
            self._note(("within_days",), f"within_days: read {quoted(days)}, {expected}")
        referral = self._one_of(then, "referral", targets.referrals)
        return Conclusion(referral=referral, within_days=days)


def _belongs(name: str) -> bool:
    """Whether a file of this name is part of a book."""
    folder, *rest = name.removesuffix(".yaml").split("/")
    if not rest:
        return name.endswith(".yaml") and folder in CATALOGUES
    depth = 2 if folder in GROUPED else 1
    good = name.endswith(".yaml") and all(_NAME.fullmatch(part) for part in rest)
    return good and folder in FOLDERS and len(rest) == depth


def _stray(name: str) -> str:
    folder, *rest = name.split("/")
    if not name.endswith(".yaml"):
        return "expected the ending .yaml"
    if folder in FOLDERS and not all(_NAME.fullmatch(p.removesuffix(".yaml")) for p in rest):
        return f"in a file's name, {LOWER_CASE}"
    if not rest:
        return "not a file of the rule book" + nearest(folder, [f"{c}.yaml" for c in CATALOGUES])
    if folder in GROUPED:
        return f"expected {folder}/<{GROUPED[folder]}>/<rule>.yaml"
    if folder in FOLDERS:
        return f"expected {folder}/<name>.yaml"
    return "not a folder of the rule book" + nearest(folder, FOLDERS)


def _at(value: Any, path: Path_) -> object:
    """The value at a path of a document."""
    for key in path:
        value = value[key]
    return value


def _stratum(file: str) -> str | None:
    """The stratum of a rule's file; `None` for any other file."""
    folder, _, rest = file.partition("/")
    return folder if folder in STRATA and rest else None


def _item_problem(shape: shapes.ItemShape) -> str | None:
    """What is wrong with an item's kind, beyond the types of its keys."""
    if (shape.choose is None) == (shape.number is None):
        return "expected either 'choose' with 'options', or 'number'"
    if shape.number is None:
        if len(shape.options) < 2:
            return "expected two options or more"
        if shape.not_sure:
            return "'not_sure' beside 'number' only; here it is an option"
        return None
    if shape.options:
        return "a number has no options"
    if shape.number.from_ >= shape.number.to:
        return "expected 'from' to be less than 'to'"
    units = [shape.number.unit, *shape.number.also]
    for unit in (*shape.number.words, *shape.number.one):
        if unit not in units:
            return f"read unit {quoted(unit)}, expected {listed(units)}{nearest(unit, units)}"
    return None


def _number(shape: shapes.NumberShape) -> NumberRange:
    return NumberRange(
        low=shape.from_,
        high=shape.to,
        unit=shape.unit,
        step=shape.step,
        other_units=MappingProxyType(shape.also),
        words=MappingProxyType(shape.words),
        one=MappingProxyType(shape.one),
    )


def _reference(key: str, shape: shapes.ReferenceShape) -> Reference:
    return Reference(key, shape.citation, shape.link, shape.year)


def _referral(key: str, shape: shapes.ReferralShape) -> Referral:
    return Referral(key, shape.title, shape.does, shape.up_to)


def _disposition(key: str, shape: shapes.DispositionShape) -> Disposition:
    return Disposition(
        id=key,
        title=shape.title,
        time_frame=shape.time_frame,
        within_days=shape.within_days,
        who=shape.who,
        do=tuple(shape.do),
        referral=shape.referral,
    )


def _pattern(key: str, shape: shapes.PatternShape) -> Pattern:
    references = tuple(shape.references)
    return Pattern(
        id=key,
        title=shape.title,
        level=shape.level,
        place=shape.place,
        means=shape.means,
        course=shape.course,
        references=references,
    )


def _cause(key: str, shape: shapes.CauseShape) -> Cause:
    return Cause(key, shape.title, shape.means, shape.proof, tuple(shape.references))


def _advice(key: str, shape: shapes.AdviceShape) -> Advice:
    part_of_plan = shape.part_of_plan == "yes"
    references = tuple(shape.references)
    return Advice(
        id=key,
        title=shape.title,
        say=tuple(shape.say),
        part_of_plan=part_of_plan,
        evidence=shape.evidence,
        references=references,
        use=shape.use,
        more=tuple(shape.more),
    )


def _exercise(key: str, shape: shapes.ExerciseFile) -> Exercise:
    return Exercise(
        id=key,
        title=shape.title,
        purpose=shape.purpose,
        order=shape.order,
        equipment=tuple(shape.equipment),
        steps=tuple(shape.steps),
        dose=shape.dose,
        feel=shape.feel,
        stop_if=tuple(shape.stop_if),
        easier=shape.easier,
        harder=shape.harder,
        proof=shape.proof,
        evidence=shape.evidence,
        references=tuple(shape.references),
        modifications=MappingProxyType(
            {name: _modification(name, change) for name, change in shape.modifications.items()}
        ),
    )


def _modification(key: str, shape: shapes.ModificationShape) -> Modification:
    return Modification(
        id=key,
        title=shape.title,
        change=tuple(shape.change),
        replaces_steps=tuple(shape.replaces_steps),
        before_step=shape.before_step or min(shape.replaces_steps, default=1),
        dose=shape.dose,
    )


def _wordings(wordings: shapes.GradesShape | shapes.LikelihoodsShape) -> Mapping[str, Wording]:
    words: dict[str, shapes.WordingShape] = dict(wordings)
    return MappingProxyType({key: Wording(s.title, s.means) for key, s in words.items()})


def _follow_up(shape: shapes.FollowUpFile) -> FollowUp:
    return FollowUp(
        reviews=tuple((review.after_days, review.say) for review in shape.reviews),
        watch_for=tuple(shape.watch_for),
        if_worse=tuple(shape.if_worse),
        uncertainty=tuple(shape.uncertainty),
    )


def _vocabulary(shape: shapes.WordsFile) -> Vocabulary:
    terms = {term: tuple(plain) for term, plain in shape.terms.items()}
    syllables = {**shape.syllables, **dict.fromkeys(shape.names, NAME_SYLLABLES)}
    return Vocabulary(MappingProxyType(syllables), MappingProxyType(terms))


def _evidence_row(key: str, shape: shapes.EvidenceRowShape, place: Place) -> EvidenceRow:
    return EvidenceRow(
        id=key,
        says=shape.says,
        levels=tuple(shape.levels),
        restricts=MappingProxyType(shape.restricts),
        not_a_rule=shape.not_a_rule,
        place=place,
    )


def _hazard(key: str, shape: shapes.HazardShape, place: Place) -> Hazard:
    return Hazard(
        id=key,
        hazard=shape.hazard,
        cause=shape.cause,
        effect=shape.effect,
        severity=shape.severity,
        likelihood=shape.likelihood,
        controls=tuple(Control(*entry) for given in shape.controls for entry in given.items()),
        residual=shape.residual,
        place=place,
    )
