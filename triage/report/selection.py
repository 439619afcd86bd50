"""From an assessment to the values that its report shows: what, in which order, and how much.

Pure functions of the assessment, a date and a name.  What a person takes home is short: long lists
are cut here by priority, never anything of safety, and the record for the clinician has the rest.

Not here: the values' types (`view`), exercises (`plan`), the record
(`record`), and the words around the rule book's texts (`languages.words`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal, TypeAlias

from triage.answers.wording import date_in_words, first_sentence
from triage.assessment.assessment import Assessment, ReferralMade
from triage.assessment.explanation import Explanation
from triage.book.conditions import items_of
from triage.book.entries import AdviceUse
from triage.book.levels import SELF_CARE, URGENCY, more_urgent, urgency_rank
from triage.book.rules import Finding, Rule
from triage.languages.words import Words
from triage.pictures.drawings import body_map
from triage.report.plan import Planner
from triage.report.record import Recorder
from triage.report.view import (
    Contributor,
    CouldRise,
    Figure,
    GivenAdvice,
    Possibility,
    ReportView,
    Review,
    Safety,
    Urgency,
    WarningSign,
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
WAITS = "within_days"
"""The most urgent level that leaves time to read a long report."""


class Selection:
    """Selects from one assessment."""

    def __init__(self, assessment: Assessment, words: Words) -> None:
        self.assessment = assessment
        self.book = assessment.book
        self.words = words
        self.explanation = Explanation(assessment)
        self.recorder = Recorder(assessment, words)

    def whole(self, today: datetime.date, name: str, reader: Reader) -> ReportView:
        """Everything, with days counted from `today`.

        Args:
            today: the day of the report.
            name: the person's name, cleaned; may be empty.
            reader: whom the report is for.
        """
        planner = Planner(self.assessment, self.recorder, self.words)
        given = self.assessment.plan_given
        possibilities = self.possibilities()
        return ReportView(
            name=name,
            language=self.book.language,
            date=date_in_words(today, self.book.language),
            iso_date=today.isoformat(),
            draft=self.book.draft or self.words.draft,
            short=self.short,
            record_first=reader == "clinician",
            urgency=self.urgency(today),
            could_rise=self.could_rise(),
            warning_signs=self.warning_signs(),
            no_sign=self._no_sign(),
            body_map=self._body_map(),
            possibilities=tuple(p for p in possibilities if p.note or not self.short),
            no_pattern=self._no_pattern(),
            contributors=() if self.short else self.contributors(),
            not_to_do=planner.not_to_do() if given else None,
            plan=planner.plan(),
            no_plan=self._no_plan(),
            guides=tuple(self._advice("how_much", "return", "course")),
            tips=tuple(self._tips()),
            referrals=() if self.short else self._referrals(today),
            safety=self._safety(today),
            record=self.recorder.record(reader == "clinician", self._unanswered()),
            book=self._book(),
        )

    @property
    def short(self) -> bool:
        """Whether being seen cannot wait."""
        return more_urgent(self.assessment.disposition, WAITS)

    def urgency(self, today: datetime.date | None = None) -> Urgency:
        """The disposition, with the last day of its time frame where today is known."""
        wording = self.book.dispositions[self.assessment.disposition]
        days = wording.within_days
        by = self.words.say("by", day=self._later(today, days)) if today and days > 1 else ""
        rank = urgency_rank(wording.id)
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
            time_frame=wording.time_frame,
            by=by,
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
        return CouldRise(
            level=f"{wording.title} ({wording.time_frame})",
            questions=self.recorder.open_questions(items, MOST_QUESTIONS),
        )

    def warning_signs(self) -> tuple[WarningSign, ...]:
        """The present red flags, most urgent first; in short where much else must be said."""
        brief = self.short or self.assessment.plan_given
        return tuple(
            WarningSign(
                title=finding.title,
                why=tuple(
                    first_sentence(rule.why) if brief else rule.why
                    for rule in self.assessment.firing(finding)
                ),
                you_said=self._you_said(finding),
                science=self._science(finding),
                note=self._note(finding),
            )
            for finding in self.assessment.present("red_flags")
        )

    def possibilities(self) -> tuple[Possibility, ...]:
        """The present patterns, most urgent first, then the best fit."""
        return tuple(
            Possibility(
                title=finding.title,
                fit=self._fit(finding),
                means=self.book.patterns[finding.id].means,
                course=self.book.patterns[finding.id].course,
                you_said=self._you_said(finding),
                science=self._science(finding),
                note=self._note(finding),
            )
            for finding in self.assessment.present("patterns")
        )

    def contributors(self) -> tuple[Contributor, ...]:
        """The present causes, the best fit first."""
        return tuple(
            Contributor(
                title=finding.title,
                fit=self._fit(finding),
                because=tuple(rule.title for rule in self._strongest(finding)),
                you_said=self._you_said(finding),
                science=self._science(finding),
            )
            for finding in self.assessment.present("causes")
        )

    def _no_sign(self) -> str:
        if self.assessment.present("red_flags"):
            return ""
        open_ = self.assessment.undecided("red_flags")
        return self.words["no_sign_yet" if open_ else "no_sign"]

    def _no_pattern(self) -> str:
        if self.short or self.assessment.present("patterns"):
            return ""
        open_ = self.assessment.undecided("patterns")
        return self.words["no_pattern_yet" if open_ else "no_pattern"]

    def _no_plan(self) -> str:
        withheld = any(p.decision == "no_plan" for p in self.assessment.withheld)
        return self.words["no_plan"] if withheld and not self.short else ""

    def _body_map(self) -> Figure | None:
        """Where it hurts; not where nothing may delay."""
        found = None if self.short else body_map(self.book, self.assessment.responses)
        return Figure(found.svg, found.alt, found.width, found.height) if found else None

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

    def _referrals(self, today: datetime.date) -> tuple[WhomToSee, ...]:
        """Who else there is to see than the one that the level sends to, unless that is sooner."""
        level = self.book.dispositions[self.assessment.disposition]
        return tuple(
            WhomToSee(
                title=self.book.referrals[made.referral].title,
                when=self._how_soon(made, today),
                why=self._why_see(made),
            )
            for made in self.assessment.referrals
            if (made.referral, made.within_days) != (level.referral, level.within_days)
        )

    def _how_soon(self, made: ReferralMade, today: datetime.date) -> str:
        days = made.within_days
        if days <= 1:
            return self.words.say("today" if days else "now")
        by = self._later(today, days)
        weeks, rest = divmod(days, 7)
        if weeks > 1 and not rest:
            return self.words.say("within_weeks", count=weeks, by=by)
        return self.words.say("within_days", count=days, by=by)

    def _why_see(self, made: ReferralMade) -> str:
        """Why that person, where the level by itself does not say so; else what they do."""
        for rule in made.rules:
            if rule.stratum == "recommendations":
                return first_sentence(rule.why)
        return first_sentence(self.book.referrals[made.referral].does)

    def _safety(self, today: datetime.date) -> Safety:
        follow_up = self.book.follow_up
        reviews = follow_up.reviews if self.assessment.plan_given else ()
        return Safety(
            reviews=tuple(Review(self._later(today, one.after_days), one.say) for one in reviews),
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

    def _later(self, day: datetime.date, days: int) -> str:
        return date_in_words(day + datetime.timedelta(days=days), self.book.language)

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

    def _fit(self, finding: Finding) -> str:
        word = self.assessment.likelihood(finding)
        assert word is not None, "a present pattern or cause has a word"
        return self.book.likelihoods[word].title.lower()

    def _note(self, finding: Finding) -> str:
        level = self.assessment.disposition
        decides = finding.level == level and more_urgent(level, SELF_CARE)
        return self.words["decides"] if decides else ""

    def _science(self, finding: Finding) -> str:
        """How good the science behind the strongest rules is, in the words of the book."""
        grades = {rule.evidence for rule in self._strongest(finding)}
        return "; ".join(word.title for key, word in self.book.grades.items() if key in grades)

    def _strongest(self, finding: Finding) -> tuple[Rule, ...]:
        """The rules that fired with the strongest word: weaker ones add nothing to them."""
        firing = self.assessment.firing(finding)
        return tuple(rule for rule in firing if rule.then.likelihood == firing[0].then.likelihood)

    def _you_said(self, finding: Finding) -> tuple[str, ...]:
        """The answers behind a finding in short, those that its strongest rules name first."""
        cited = self.explanation.because(finding)
        named = {item for rule in self._strongest(finding) for item in items_of(rule.condition)}
        return self.recorder.you_said(sorted(cited, key=lambda item: item not in named))
