"""From an assessment to the values that its report shows: what, in which order, and how much.

Pure functions of the assessment, a date and a name.  What a person takes home is short: long lists
are cut here by priority, never anything of safety, and the record for the clinician has the rest.

Not here: the values' types (`view`), what was found (`findings`), exercises (`plan`), the record
(`record`), how days are said (`dates`), and the words around the rule book's texts
(`languages.words`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal, TypeAlias

from triage.answers.wording import first_sentence
from triage.assessment.recommendations import ReferralMade
from triage.book.entries import AdviceUse
from triage.book.levels import ROUTINE, URGENCY, more_urgent, urgency_rank
from triage.pictures.body_map import body_map
from triage.report.dates import Dates, within
from triage.report.findings import Findings
from triage.report.plan import Planner
from triage.report.record import Recorder
from triage.report.reporter import Reporter
from triage.report.view import (
    CouldRise,
    GivenAdvice,
    ReportView,
    Review,
    Safety,
    Urgency,
    WhomToSee,
)

Reader: TypeAlias = Literal["person", "clinician"]
"""Whom a report is for: a clinician's begins with the record, and has it in full."""

MOST_QUESTIONS = 10
"""Open questions shown together; more are counted."""
DIGEST_SHOWN = 12
"""Characters of the rule book's digest: enough to tell two books apart."""
MOST_TIPS = 4
"""Tips beside a plan that say what to do; of the others the title stands alone."""


class Selection(Reporter):
    """Says everything, part by part."""

    def whole(self, today: datetime.date, name: str, reader: Reader) -> ReportView:
        """Everything, with days counted from `today`.

        Args:
            today: the day of the report.
            name: the person's name, cleaned; may be empty.
            reader: whom the report is for.
        """
        dates = Dates(today, self.book.language, self.words)
        findings = Findings(self.assessment, self.words)
        planner = Planner(self.assessment, self.words)
        recorder = Recorder(self.assessment, self.words)
        return ReportView(
            name=name,
            language=self.book.language,
            date=dates.after(0),
            iso_date=today.isoformat(),
            draft=self.book.draft or self.words.draft,
            short=self.short,
            record_first=reader == "clinician",
            urgency=self.urgency(dates),
            could_rise=self.could_rise(),
            warning_signs=findings.warning_signs(),
            no_sign=findings.no_sign(),
            body_map=None if self.short else body_map(self.book, self.assessment.responses),
            possibilities=tuple(p for p in findings.possibilities() if p.note or not self.short),
            no_pattern=findings.no_pattern(),
            contributors=() if self.short else findings.contributors(),
            not_to_do=planner.not_to_do() if self.assessment.plan_given else None,
            plan=planner.plan(),
            no_plan=self._no_plan(),
            guides=tuple(self._advice("how_much", "return", "course")),
            tips=tuple(self._tips()),
            referrals=() if self.short else self._referrals(dates),
            safety=self._safety(dates),
            record=recorder.record(reader == "clinician", self._unanswered()),
            book=self._book(),
        )

    def urgency(self, dates: Dates | None = None) -> Urgency:
        """The disposition, with the last day of its time frame where today is known."""
        wording = self.assessment.wording
        soonest = self.assessment.see_within_days
        rank = urgency_rank(self.assessment.disposition)
        levels = len(URGENCY)
        return Urgency(
            rank=rank,
            levels=levels,
            level=(
                self.words.say("level_of", number=levels - rank, of=levels)
                if rank < levels
                else self.words["level_open"]
            ),
            title=wording.title,
            time_frame=(
                wording.time_frame
                if soonest == wording.within_days
                else within(soonest, self.words)
            ),
            by=dates.last_day(soonest) if dates else "",
            who=wording.who,
            do=wording.do,
        )

    def could_rise(self) -> CouldRise | None:
        """What is still open and may change the level, with what settles the worst of it first."""
        reached, highest = self.assessment.disposition, self.assessment.could_rise_to
        if highest is None and (reached != ROUTINE or self.assessment.deciding()):
            return None
        items = [
            item
            for level in URGENCY
            if highest is None or more_urgent(level, reached)
            for item in self.explanation.settling(
                finding
                for finding in self.book.findings.values()
                if finding.level == level and self.assessment.states[finding.id] is None
            )
        ]
        if not items:
            return None
        questions = self.open_questions(items, MOST_QUESTIONS)
        if highest is None:
            return CouldRise(
                self.words["still_to_settle"], self.words["routine_until_settled"], "", questions
            )
        wording = self.book.dispositions[highest]
        level = f"{wording.title} ({wording.time_frame})"
        return CouldRise(self.words["could_rise"], self.words["could_rise_to"], level, questions)

    def _no_plan(self) -> str:
        withheld = any(p.decision == "no_plan" for p in self.assessment.withheld)
        return self.words["no_plan"] if withheld and not self.short else ""

    def _advice(self, *uses: AdviceUse) -> Iterable[GivenAdvice]:
        """Advice of some uses, in their order; it can wait where being seen cannot."""
        for use in () if self.short else uses:
            for given in self.assessment.advice:
                advice = self.book.advice[given.advice]
                if advice.use == use:
                    yield GivenAdvice(advice.title, advice.say)

    def _tips(self) -> Iterable[GivenAdvice]:
        """What else helps: whole, or beside a plan the first line of a few and the rest by name."""
        tips = [*self._advice("tip"), *self._advice("later")]
        if not self.assessment.plan_given:
            yield from tips
            return
        for place, tip in enumerate(tips):
            yield GivenAdvice(tip.title, tip.say[:1] if place < MOST_TIPS else ())

    def _referrals(self, dates: Dates) -> tuple[WhomToSee, ...]:
        """Who else there is to see than the one that the level sends to, unless that is sooner."""
        level = self.assessment.wording
        return tuple(
            WhomToSee(
                title=self.book.referrals[made.referral].title,
                when=dates.how_soon(made.within_days),
                why=self._why_see(made),
            )
            for made in self.assessment.referrals
            if (made.referral, made.within_days) != (level.referral, level.within_days)
        )

    def _why_see(self, made: ReferralMade) -> str:
        """Why that person, where the level by itself does not say so; else what they do."""
        for rule in made.rules:
            if rule.stratum == "recommendations":
                return first_sentence(rule.why)
        return first_sentence(self.book.referrals[made.referral].does)

    def _safety(self, dates: Dates) -> Safety:
        follow_up = self.book.follow_up
        reviews = follow_up.reviews if self.assessment.plan_given else ()
        return Safety(
            reviews=tuple(Review(dates.after(one.after_days), one.say) for one in reviews),
            watch_for=follow_up.watch_for,
            # A short report's first steps say what to do.
            if_worse=() if self.short else follow_up.if_worse,
            uncertainty=follow_up.uncertainty,
        )

    def _unanswered(self) -> tuple[str, ...]:
        """What holds no answer; what red flags wait for comes first."""
        items = self.assessment.responses.unanswered()
        waiting = self.explanation.settling(self.assessment.undecided("red_flags"))
        return tuple(dict.fromkeys((*(item for item in waiting if item in items), *items)))

    def _book(self) -> str:
        """Which rule book says so, and how much of it is not in the report's language."""
        said = self.words.say(
            "book",
            title=self.book.title,
            version=self.book.version,
            digest=self.book.digest[:DIGEST_SHOWN],
        )
        missing = self.book.untranslated
        return f"{said}. {self.words.say('untranslated', count=missing)}" if missing else said
