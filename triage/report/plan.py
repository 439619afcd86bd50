"""The plan as a report shows it: each exercise in the version to do, and what not to do and why.

What several contraindications say of one exercise is merged: a change stands in the place of the
steps that it replaces, so that no usual step says what a change forbids.  Reasons are named once,
and referred to by letter.

Not here: what is in the plan (`assessment`), and the rest of the report (`selection`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from triage.answers.wording import first_sentence
from triage.assessment.recommendations import Prescription
from triage.book.entries import Exercise, Modification
from triage.book.rules import EVERY_EXERCISE, Rule
from triage.pictures.exercises import exercise_pictures
from triage.report.reporter import Reporter
from triage.report.view import (
    LimitedExercise,
    LimitReason,
    Log,
    NotToDo,
    OpenQuestions,
    Plan,
    PlannedExercise,
    Step,
    StopRules,
)

START_WITH = 3
"""Exercises to begin with.  People do a few exercises better than many."""
LOG_DAYS = 14
"""Days in the table to tick: up to the first day to look again."""
MOST_QUESTIONS = 3
"""Open questions shown with an exercise that waits for them; more are counted."""
BARRED = ("avoid", "ask_first")
"""What keeps an exercise out of a plan, strictest first."""


class Planner(Reporter):
    """Says what to do and what not to do, for an assessment that gives a plan."""

    def plan(self, *, pictures: bool = True) -> Plan | None:
        """The exercises to do, those to begin with apart; nothing where there are none.

        Args:
            pictures: whether they are shown with their pictures.

        Raises:
            BadInput: the book's files of pictures cannot be read.
        """
        numbered = [(str(n), p) for n, p in enumerate(self.assessment.exercises, start=1)]
        if not numbered:
            return None
        shared = self._shared()
        planned = [self._exercise(number, p, shared, pictures) for number, p in numbered]
        return Plan(
            first=tuple(planned[:START_WITH]),
            later=tuple(planned[START_WITH:]),
            stop_rules=tuple(self._stop_rules(numbered, shared)),
            log=Log(
                days=tuple(str(day) for day in range(1, LOG_DAYS + 1)),
                rows=(
                    *(f"{one.number}. {one.title}" for one in planned[:START_WITH]),
                    self.words["log_pain"],
                    self.words["log_next"],
                ),
            ),
        )

    def not_to_do(self) -> NotToDo | None:
        """What is left out, and every present contraindication once; nothing where none is."""
        if not self._letters and not self.assessment.withheld:
            return None
        exercises = tuple(self._limited())
        reasons = tuple(
            LimitReason(letter, self.book.findings[finding].title, self._why(finding))
            for finding, letter in self._letters.items()
        )
        changed = [
            str(number)
            for number, prescription in enumerate(self.assessment.exercises, start=1)
            if prescription.modifications
        ]
        return NotToDo(
            exercises=exercises,
            changed=self.words.say("only_changed", numbers=", ".join(changed)) if changed else "",
            reasons=reasons,
        )

    @cached_property
    def _letters(self) -> dict[str, str]:
        """A letter for each contraindication that is told of; after z come aa, ab and so on.

        Those are the present ones, and those that change an exercise because they are open.
        """
        present = [finding.id for finding in self.assessment.present("contraindications")]
        planned = self.assessment.exercises
        changing = [rule.finding for one in planned for rule in one.restricted_by]
        found = dict.fromkeys((*present, *changing))
        return {finding: _letter(place) for place, finding in enumerate(found)}

    def _why(self, contraindication: str) -> str:
        """Why it stands against an exercise; or, where it is open, what it waits for."""
        finding = self.book.findings[contraindication]
        if rules := self.assessment.firing(finding):
            return first_sentence(rules[0].why)
        asks = [self.book.items[item].ask for item in self.explanation.settled_by(finding)]
        return self.words.say("not_settled", questions=" ".join(asks))

    def _letters_of(self, rules: Iterable[Rule]) -> str:
        return ", ".join(dict.fromkeys(self._letters[rule.finding] for rule in rules))

    def _limited(self) -> Iterable[LimitedExercise]:
        """Each exercise that something stands against and that is not in the plan, in its order."""
        planned = {p.exercise for p in self.assessment.exercises}
        withheld = {p.exercise: p for p in self.assessment.withheld}
        for exercise in self.book.exercises.values():
            if exercise.id in withheld:
                prescription = withheld[exercise.id]
                yield self._withheld(exercise, prescription)
            elif exercise.id not in planned:
                yield from self._barred(exercise)

    def _withheld(self, exercise: Exercise, prescription: Prescription) -> LimitedExercise:
        waits = prescription.decision == "undecided"
        rules = prescription.undecided if waits else prescription.restricted_by
        findings = [self.book.findings[rule.finding] for rule in rules]
        items = self.explanation.settling(findings) if waits else ()
        return LimitedExercise(
            title=exercise.title,
            limit=self.words.choice("limit_of", prescription.decision),
            letters="" if waits else self._letters_of(rules),
            questions=self.open_questions(items, MOST_QUESTIONS),
        )

    def _barred(self, exercise: Exercise) -> Iterable[LimitedExercise]:
        """An exercise that was not recommended, where something stands against it anyway."""
        for word in BARRED:
            rules = [
                rule
                for finding in self.assessment.present("contraindications")
                for rule in self.assessment.firing(finding)
                if any(
                    rule.then.restrictions.get(target, ("", None))[0] == word
                    for target in (exercise.id, EVERY_EXERCISE)
                )
            ]
            if rules:
                yield LimitedExercise(
                    title=exercise.title,
                    limit=self.words.choice("limit_of", word),
                    letters=self._letters_of(rules),
                    questions=OpenQuestions((), ""),
                )
                return

    def _exercise(
        self, number: str, prescription: Prescription, shared: frozenset[str], pictures: bool
    ) -> PlannedExercise:
        exercise = self.book.exercises[prescription.exercise]
        made = prescription.modifications
        changes = [exercise.modifications[name] for name in made]
        doses = tuple(dict.fromkeys(change.dose for change in changes if change.dose))
        first = int(number) <= START_WITH
        return PlannedExercise(
            number=number,
            title=exercise.title,
            changes="; ".join(change.title for change in changes),
            letters=self._letters_of(prescription.restricted_by),
            pictures=exercise_pictures(self.book, exercise.id, made) if pictures else (),
            equipment="; ".join(exercise.equipment),
            steps=merge_steps(exercise, changes),
            dose=doses or (exercise.dose,),
            dose_note=self.words["doses_differ"] if len(doses) > 1 else "",
            feel=exercise.feel if first else "",
            stop_if=tuple(line for line in exercise.stop_if if line not in shared),
            easier=exercise.easier if first else "",
            # A harder way may undo what a change is there for.
            harder=exercise.harder if first and not changes else "",
            science=self.book.grades[exercise.evidence].title,
        )

    def _shared(self) -> frozenset[str]:
        """The stop rules that several exercises of the plan have in common."""
        counts = Counter(
            line
            for prescription in self.assessment.exercises
            for line in self.book.exercises[prescription.exercise].stop_if
        )
        return frozenset(line for line, count in counts.items() if count > 1)

    def _stop_rules(
        self, numbered: Sequence[tuple[str, Prescription]], shared: frozenset[str]
    ) -> Iterable[StopRules]:
        """What several exercises share, those lines together that concern the same exercises."""
        lines = dict.fromkeys(
            line
            for _, prescription in numbered
            for line in self.book.exercises[prescription.exercise].stop_if
            if line in shared
        )
        groups: dict[tuple[str, ...], list[str]] = {}
        for line in lines:
            concerned = (n for n, p in numbered if line in self.book.exercises[p.exercise].stop_if)
            groups.setdefault(tuple(concerned), []).append(line)
        for numbers, said in sorted(groups.items(), key=lambda group: -len(group[0])):
            everywhere = len(numbers) == len(numbered)
            only = "" if everywhere else self.words.say("only_for", numbers=", ".join(numbers))
            yield StopRules(only, tuple(said))


def merge_steps(exercise: Exercise, changes: Sequence[Modification]) -> tuple[Step, ...]:
    """Merge the steps of an exercise with some changes.

    A change is told before its step, or in the place of the steps that it replaces; what two
    changes say in the same words is told once.
    """
    steps: list[Step] = []
    told: set[str] = set()
    replaced = {number for change in changes for number in change.replaces_steps}
    for number, usual in enumerate(exercise.steps, start=1):
        for change in changes:
            if change.told_before == number:
                new = [line for line in dict.fromkeys(change.change) if line not in told]
                told.update(new)
                if new:
                    steps.append(Step(" ".join(new), changed=True))
        if number not in replaced:
            steps.append(Step(usual, changed=False))
    return tuple(steps)


def _letter(place: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    before, last = divmod(place, len(letters))
    return (_letter(before - 1) if before else "") + letters[last]
