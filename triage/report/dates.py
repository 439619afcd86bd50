"""The days of a report in words: when it was made, by when to be seen, when to look again.

Every form of a report shows the same words.  Not here: how a language writes a day
(`answers.wording.date_in_words`), and the sentences around it (`reports/templates/words.jinja`).
"""

from __future__ import annotations

import datetime

from triage.answers.wording import date_in_words
from triage.languages.words import Words


def within(days: int, words: Words) -> str:
    """In how many days or weeks at the latest, where the day itself is not told."""
    if days <= 1:
        return words.say("today" if days else "now")
    weeks, rest = divmod(days, 7)
    if weeks > 1 and not rest:
        return words.say("within_weeks", count=weeks)
    return words.say("within_days", count=days)


class Dates:
    """Counts days from the day of one report."""

    def __init__(self, today: datetime.date, language: str, words: Words) -> None:
        self.today = today
        self.language = language
        self.words = words

    def after(self, days: int) -> str:
        """The day that comes so many days after that of the report."""
        return date_in_words(self.today + datetime.timedelta(days=days), self.language)

    def last_day(self, days: int) -> str:
        """By which day, where somebody is to be seen within so many days; nothing for today."""
        return self.words.say("by", day=self.after(days)) if days > 1 else ""

    def how_soon(self, days: int) -> str:
        """Within how many days or weeks, and by which day that is."""
        return ", ".join(filter(None, (within(days, self.words), self.last_day(days))))
