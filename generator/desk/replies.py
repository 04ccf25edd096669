"""What a desk says of the right of reply: of whom it is asked, and what was answered."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from generator.desk.forms import (
    Config,
    Email,
    Moment,
    Name,
    PeriodName,
    Reference,
    UnfitError,
    Words,
)
from generator.desk.quotes import Quote

_NUMBER = re.compile(
    r"\w*\d[\w.,:%]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|hundred|once|twice)\b",
    re.IGNORECASE,
)


def _as_predicate(words: str) -> str:
    """Put words on one line, without the stop that copy adds.

    Raises UnfitError where there is a number in them: in copy it would be no figure's.
    """
    number = _NUMBER.search(words)
    if number:
        raise UnfitError(
            f"why there is no answer has a number in it, “{number[0]}”, which is no figure of the "
            "story",
            (),
            mend="Say it without the number.",
            found=words,
            expected="words without a number, such as: was approached for comment",
        )
    return " ".join(words.split()).rstrip(". ")


class RightOfReply(Config):
    """`right_of_reply` of desk.yml: the forces that stories are about are asked for an answer."""

    by: Moment
    """Until when a force may answer."""
    stories: Annotated[tuple[Reference, ...], Field(min_length=1)] | None = None
    """The stories for which they are asked; without it all."""
    sender: Email | None = None
    """Whom the requests are from."""

    def is_asked_for(self, story: str) -> bool:
        """Tell whether the forces are asked to answer a story."""
        return self.stories is None or story in self.stories


class Reply(Config):
    """What became of the request to one force: its answer, or why there is none."""

    story: Reference
    area: Reference
    about: PeriodName
    """The period of the figures that the force was asked about."""
    quote: Name | None = None
    """The id of the quote whose words are the answer."""
    closed: Annotated[Words, AfterValidator(_as_predicate)] | None = None
    """Why there is none, to follow the force's name in copy: "was approached for comment"."""

    @model_validator(mode="after")
    def _is_either(self) -> Self:
        if self.quote and self.closed:
            raise UnfitError(
                "a reply is a quote or it is closed with a reason, and not both",
                ("closed",),
                mend="Take one of the two out.",
            )
        if not self.quote and not self.closed:
            raise UnfitError(
                "the reply says neither what was answered nor why it is closed",
                (),
                mend="Add `quote:` with the id of the answer, or `closed: was approached for "
                "comment`.",
            )
        return self

    def is_answered_by(self, quote: Quote) -> bool:
        """Tell whether a quote is the answer: words of this force alone or with others."""
        meant = quote.id == self.quote and quote.is_about(self.story, self.about)
        return meant and self.area in quote.areas and bool(quote.words)


class RepliesFile(Config):
    """`config/replies.yml`: what has come of the requests."""

    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Slot:
    """The place in a draft for the force's answer, and what stands there."""

    by: datetime.datetime
    """Until when the force may answer."""
    answer: Quote | None = None
    closed: str = ""
    """Why there is no answer, to follow the force's name."""

    @property
    def is_open(self) -> bool:
        """True while the answer is still to come."""
        return self.answer is None and not self.closed
