"""From an assessment to the values that its report shows: what, in which order, and how much.

Pure functions of the assessment and a date.  Only selects and orders: every text comes from the
rule book as it stands.

Not here: the values' types (`report_view`), and the sentences around them (`reports/templates/`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from triage.assessment import AdviceGiven, Assessment, Prescription
from triage.explanation import Explanation
from triage.report_record import Record
from triage.report_view import (
    Answered,
    Caution,
    Change,
    Contributor,
    CouldRise,
    GivenAdvice,
    HeldBack,
    LimitedExercise,
    OpenQuestions,
    PlannedExercise,
    Possibility,
    ReportView,
    Review,
    Safety,
    Urgency,
    WarningSign,
    WhomToSee,
)
from triage.rulebook import (
    EVERY_EXERCISE,
    URGENCY,
    Finding,
    Rule,
    more_urgent,
    urgency_rank,
)
from triage.wording import date_in_words

START_WITH = 3
"""Exercises to begin with.  People do a few exercises better than many."""
MOST_QUESTIONS = 10
"""Open questions shown together; more are counted."""
MOST_UNANSWERED = 12
"""Unanswered questions shown; more are counted."""
DIGEST_SHOWN = 12
"""Characters of the rule book's digest: enough to tell two books apart."""
WAITS = "within_days"
"""The most urgent level that leaves time to read a long report."""


class Selection:
    """Selects from one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.book = assessment.book
        self.explanation = Explanation(assessment)
        self.record = Record(assessment, self._shown_advice)

    def whole(self, today: datetime.date) -> ReportView:
        """Everything, with review dates counted from `today`."""
        return ReportView(
            date=date_in_words(today),
            draft=self.book.draft,
            short=self.short,
            urgency=self.urgency(),
            could_rise=self.could_rise(),
            warning_signs=self.warning_signs(),
            patterns_open=bool(self.assessment.undecided("patterns")),
            possibilities=self.possibilities(),
            contributors=self.contributors(),
            cautions=self.cautions(),
            exercises=self.exercises(),
            held_back=self.held_back(),
            no_plan=any(p.decision == "no_plan" for p in self.assessment.withheld),
            advice=self._advice(),
            referrals=() if self.short else self._referrals(today),
            safety=self._safety(today),
            unanswered=self._unanswered(),
            terms=self.record.terms(),
            background=self.record.background(),
            book_title=self.book.title,
            book_version=self.book.version,
            book_digest=self.book.digest[:DIGEST_SHOWN],
        )

    @property
    def short(self) -> bool:
        """Whether being seen cannot wait."""
        return more_urgent(self.assessment.disposition, WAITS)

    def urgency(self) -> Urgency:
        """The disposition."""
        wording = self.book.dispositions[self.assessment.disposition]
        return Urgency(
            rank=urgency_rank(wording.id),
            levels=len(URGENCY),
            title=wording.title,
            time_frame=wording.time_frame,
            who=wording.who,
            do=wording.do,
        )

    def could_rise(self) -> CouldRise | None:
        """What is still open above the disposition, with what settles the worst of it first."""
        if self.assessment.could_rise_to is None:
            return None
        wording = self.book.dispositions[self.assessment.could_rise_to]
        rising = [
            finding
            for finding in self.book.findings.values()
            if finding.level is not None
            and self.assessment.states[finding.id] is None
            and more_urgent(finding.level, self.assessment.disposition)
        ]
        items = [
            item
            for level in URGENCY
            for item in self.explanation.settling(f for f in rising if f.level == level)
        ]
        return CouldRise(wording.title, wording.time_frame, self._open(items, MOST_QUESTIONS))

    def warning_signs(self) -> tuple[WarningSign, ...]:
        """The present red flags, most urgent first."""
        return tuple(
            WarningSign(
                title=finding.title,
                decides=finding.level == self.assessment.disposition,
                reasons=self.record.reasons(self.assessment.firing(finding)),
                answers=self._answers_behind(finding),
            )
            for finding in self.assessment.present("red_flags")
        )

    def possibilities(self) -> tuple[Possibility, ...]:
        """The present patterns, most urgent first, then the best fit."""
        return tuple(
            Possibility(
                title=finding.title,
                decides=finding.level == self.assessment.disposition,
                likelihood=self._likelihood(finding),
                means=self.book.patterns[finding.id].means,
                course=self.book.patterns[finding.id].course,
                reasons=self.record.reasons(self.assessment.firing(finding)),
                answers=self._answers_behind(finding),
                sources=self.record.numbers(self.book.patterns[finding.id].references),
            )
            for finding in self.assessment.present("patterns")
        )

    def contributors(self) -> tuple[Contributor, ...]:
        """The present causes, the best fit first."""
        return tuple(
            Contributor(
                title=finding.title,
                likelihood=self._likelihood(finding),
                means=self.book.causes[finding.id].means,
                proof=self.book.causes[finding.id].proof,
                reasons=self.record.reasons(self.assessment.firing(finding)),
                answers=self._answers_behind(finding),
                sources=self.record.numbers(self.book.causes[finding.id].references),
            )
            for finding in self.assessment.present("causes")
        )

    def cautions(self) -> tuple[Caution, ...]:
        """The present contraindications, in the order of the book."""
        return tuple(
            Caution(
                title=finding.title,
                exercises=tuple(
                    limited
                    for rule in self.assessment.firing(finding)
                    for limited in self._limited(rule)
                ),
                reasons=self.record.reasons(self.assessment.firing(finding)),
                answers=self._answers_behind(finding),
            )
            for finding in self.assessment.present("contraindications")
        )

    def exercises(self) -> tuple[PlannedExercise, ...]:
        """The plan, in its order."""
        return tuple(
            self._planned(prescription, place < START_WITH)
            for place, prescription in enumerate(self.assessment.exercises)
        )

    def held_back(self) -> tuple[HeldBack, ...]:
        """What was recommended and is kept out of the plan, where there is one."""
        held = []
        for prescription in self.assessment.withheld:
            # Without a plan the report says so once, and not of each exercise.
            if prescription.decision in ("avoid", "ask_first", "undecided"):
                open_ = prescription.decision == "undecided"
                rules = prescription.undecided if open_ else prescription.restricted_by
                findings = [self.book.findings[rule.finding] for rule in rules]
                items = self.explanation.settling(findings) if open_ else ()
                held.append(
                    HeldBack(
                        title=self.book.exercises[prescription.exercise].title,
                        limit=prescription.decision,
                        because=tuple(rule.title for rule in rules),
                        questions=self._open(items, MOST_QUESTIONS),
                    )
                )
        return tuple(held)

    def _planned(self, prescription: Prescription, first: bool) -> PlannedExercise:
        exercise = self.book.exercises[prescription.exercise]
        changes = [exercise.modifications[name] for name in prescription.modifications]
        return PlannedExercise(
            title=exercise.title,
            first=first,
            purpose=exercise.purpose,
            reasons=self.record.reasons(prescription.rules),
            changes=tuple(Change(change.title, change.change) for change in changes),
            changed_because=tuple(rule.title for rule in prescription.restricted_by),
            equipment=exercise.equipment,
            steps=exercise.steps,
            dose=exercise.dose,
            feel=exercise.feel,
            stop_if=exercise.stop_if,
            easier=exercise.easier,
            harder=exercise.harder,
            proof=exercise.proof,
            grade=self.book.grades[exercise.evidence].title,
            sources=self.record.numbers(exercise.references),
        )

    def _limited(self, rule: Rule) -> Iterable[LimitedExercise]:
        """The exercises that a contraindication names, in the order of the plan."""
        for name in (EVERY_EXERCISE, *self.book.exercises):
            if name in rule.then.restrictions:
                limit, change = rule.then.restrictions[name]
                if name == EVERY_EXERCISE:
                    yield LimitedExercise("", limit, "")
                else:
                    exercise = self.book.exercises[name]
                    changed = exercise.modifications[change].title if change else ""
                    yield LimitedExercise(exercise.title, limit, changed)

    def _advice(self) -> tuple[GivenAdvice, ...]:
        return tuple(
            GivenAdvice(
                title=self.book.advice[given.advice].title,
                say=self.book.advice[given.advice].say,
                reasons=self.record.reasons(given.rules),
                grade=self.book.grades[self.book.advice[given.advice].evidence].title,
                sources=self.record.numbers(self.book.advice[given.advice].references),
            )
            for given in self._shown_advice
        )

    def _referrals(self, today: datetime.date) -> tuple[WhomToSee, ...]:
        return tuple(
            WhomToSee(
                title=self.book.referrals[made.referral].title,
                does=self.book.referrals[made.referral].does,
                within_days=made.within_days,
                by=_later(today, made.within_days) if made.within_days > 1 else "",
                # What decided the level is explained where it is shown; here its title is enough.
                because=tuple(
                    rule.why if rule.stratum == "recommendations" else rule.title
                    for rule in made.rules
                ),
            )
            for made in self.assessment.referrals
        )

    def _safety(self, today: datetime.date) -> Safety:
        follow_up = self.book.follow_up
        reviews = follow_up.reviews if self.assessment.plan_given else ()
        return Safety(
            reviews=tuple(Review(_later(today, days), say) for days, say in reviews),
            watch_for=follow_up.watch_for,
            if_worse=() if self.short else follow_up.if_worse,
            uncertainty=follow_up.uncertainty,
        )

    def _unanswered(self) -> OpenQuestions:
        """What holds no answer; where that is much, what red flags wait for comes first."""
        items = self.assessment.responses.unanswered()
        if len(items) > MOST_UNANSWERED:
            waiting = self.explanation.settling(self.assessment.undecided("red_flags"))
            items = (*(item for item in waiting if item in items), *items)
        return self._open(items, MOST_UNANSWERED)

    @property
    def _shown_advice(self) -> tuple[AdviceGiven, ...]:
        """Advice can wait where being seen cannot."""
        return () if self.short else self.assessment.advice

    def _likelihood(self, finding: Finding) -> str:
        word = self.assessment.likelihood(finding)
        assert word is not None, "a present pattern or cause has a word"
        return self.book.likelihoods[word].title

    def _answers_behind(self, finding: Finding) -> tuple[Answered, ...]:
        return tuple(self.record.answered(item) for item in self.explanation.because(finding))

    def _open(self, items: Iterable[str], most: int) -> OpenQuestions:
        """The first of some questions, each once, and how many more there are."""
        once = list(dict.fromkeys(items))
        return OpenQuestions(
            shown=tuple(self.record.answered(item) for item in once[:most]),
            more=max(0, len(once) - most),
        )


def _later(day: datetime.date, days: int) -> str:
    return date_in_words(day + datetime.timedelta(days=days))
