"""What `doubts.yml` may say: what somebody has answered to a doubt about a figure."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from generator.desk.forms import Config, Day, Month, Reference, UnfitError, Words, quarter_of
from generator.periods import Quarter


class Ruling(StrEnum):
    """What is to become of a figure in doubt."""

    STANDS = "stands"
    LEAVE_OUT = "leave out"


class Answer(Config):
    """One answer: it holds for the counts that were seen, and no longer once they are restated."""

    dataset: Reference
    area: Reference
    step: Month
    """The first month of the quarter that is in doubt."""
    counts: dict[Words, int] = Field(min_length=1)
    """What is counted, by the story's label, and the number that was answered for."""
    ruling: Ruling = Field(alias="answer")
    by: Words
    at: Day
    why: Words
    words: Words | None = None
    """Of an area that is left out: what copy says of it, to follow its name."""
    source: Words | None = None
    """Who gave these words, and where."""

    @model_validator(mode="after")
    def _has_its_words(self) -> Self:
        """Refuse a reason in print that nobody gave, and a month that begins no quarter."""
        if int(self.step[5:7]) % 3 != 1:
            raise UnfitError(
                "a doubt is about a quarter, which is named by its first month",
                ("step",),
                mend="Write the month as `newscopy doubts` does.",
                found=str(self.step),
                expected="a month from 01, 04, 07 or 10",
            )
        lacking = "words" if self.words is None else "source" if self.source is None else ""
        if self.ruling is Ruling.LEAVE_OUT and lacking:
            raise UnfitError(
                "an area that is left out needs words for the copy, and who gave them",
                (lacking,),
                mend="Write what the publisher or the body itself has said, and where.",
                found=f"no `{lacking}`",
                expected="`words` and `source`",
            )
        if self.ruling is Ruling.STANDS and (self.words or self.source):
            raise UnfitError(
                "copy says nothing of a figure that stands",
                ("words" if self.words else "source",),
                mend="Put the reason into `why`, or answer `leave out`.",
                found="`words` or `source`",
                expected="`why` alone",
            )
        return self

    @property
    def place(self) -> tuple[object, ...]:
        """What it is an answer to: of two with the same place, one takes the other's."""
        return self.dataset, self.area, self.step, frozenset(self.counts.items())

    @property
    def quarter(self) -> Quarter:
        """The quarter that is in doubt."""
        return quarter_of(self.step)


class AnswersFile(Config):
    """`config/doubts.yml`: what has been answered, one record each."""

    answers: tuple[Answer, ...] = ()

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        """Refuse two answers to one doubt: nobody could say which holds."""
        seen: dict[tuple[object, ...], int] = {}
        for at, answer in enumerate(self.answers):
            first = seen.setdefault(answer.place, at)
            if first != at:
                raise UnfitError(
                    "two answers to the same doubt",
                    ("answers", at),
                    mend="Keep the one that holds.",
                    found=f"answers {first + 1} and {at + 1}, to {answer.area} {answer.step}",
                    expected="one answer to a doubt",
                )
        return self
