"""What every part of a report is made from: an assessment, and its questions and answers in words.

Not here: the parts themselves (`findings`, `plan`, `record`), and the whole of them (`selection`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from triage.answers.answer import Answer
from triage.answers.wording import answer_in_words, doubts_in_words, first_sentence
from triage.assessment.assessment import Assessment
from triage.assessment.explanation import Explanation
from triage.book.items import Item
from triage.book.levels import more_urgent
from triage.languages.words import Words
from triage.report.view import Answered, OpenQuestions

WAITS = "within_days"
"""The most urgent level that leaves time to read a long report."""


class Reporter:
    """Says something of one assessment; each part of a report has a reporter of its own."""

    def __init__(self, assessment: Assessment, words: Words) -> None:
        self.assessment = assessment
        self.book = assessment.book
        self.words = words

    @cached_property
    def explanation(self) -> Explanation:
        """Why each finding is what it is, and what would settle it."""
        return Explanation(self.assessment)

    @property
    def short(self) -> bool:
        """Whether being seen cannot wait."""
        return more_urgent(self.assessment.disposition, WAITS)

    def question(self, name: str) -> Answered:
        """A question and its answer, if any."""
        item = self.book.items[name]
        answer = self.assessment.responses.answers.get(name)
        if answer is None:
            return Answered(item.ask, "")
        # How to fill in a form is of no use beside the answer.
        return Answered(first_sentence(item.ask), self._in_words(item, answer))

    def open_questions(self, items: Iterable[str], most: int) -> OpenQuestions:
        """The first of some questions, each once, and how many more there are."""
        once = list(dict.fromkeys(items))
        more = len(once) - most
        return OpenQuestions(
            shown=tuple(self.question(item) for item in once[:most]),
            more=self.words.say("more_questions", count=more) if more > 0 else "",
        )

    def in_short(self, name: str) -> Iterable[str]:
        """What an answer says is there, in short; nothing where it is a plain no.

        The options of a checklist speak for themselves; any other answer needs its question.
        """
        item = self.book.items[name]
        answer = self.assessment.responses.answers.get(name)
        if isinstance(answer, frozenset):
            yield from (item.options[option] for option in item.signs if option in answer)
            yield from doubts_in_words(item, answer)
        elif answer is not None and answer != "no":
            yield f"{first_sentence(item.ask)} {self._in_words(item, answer)}"

    def _in_words(self, item: Item, answer: Answer) -> str:
        return answer_in_words(item, answer, self.book.language)
