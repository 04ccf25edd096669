"""What `comparability.yml` may say: quarters that cannot be compared as they stand."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from generator.desk.forms import (
    Config,
    Day,
    Month,
    Name,
    Reference,
    UnfitError,
    Words,
    quarter_of,
)
from generator.periods import Quarter


class Effect(StrEnum):
    """What an entry of the register does."""

    INCOMPLETE = "incomplete"
    CAVEAT = "caveat"


class Entry(Config):
    """Quarters of one area, or of all, that cannot be compared as they stand."""

    dataset: Reference
    counts: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    """The counts of the dataset that it speaks of; None for all of them."""
    area: Reference = "everywhere"
    from_: Month = Field(alias="from")
    to: Month | None = None
    """The last month concerned; None for "since then"."""
    effect: Effect
    reason: Words
    """What is known of the area, to follow its name: "did not submit complete data".

    Of what is incomplete it stands in copy, so it is what the source says, and no more.
    """
    sentence: Words | None = Field(None, alias="copy")
    """Of a caveat: what readers have to know of it, in a sentence that a story may print."""
    source: Words
    added: Day

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise UnfitError(
                "the entry ends before it begins",
                ("to",),
                mend="Correct `from` or `to`: as it is, the entry covers nothing.",
                found=f"{self.from_} to {self.to}",
                expected=f"{self.from_} or a later month",
            )
        return self

    @model_validator(mode="after")
    def _has_a_sentence_that_is_one(self) -> Self:
        if self.sentence is None:
            return self
        if self.effect is Effect.INCOMPLETE:
            raise UnfitError(
                "copy names an area that is left out with its `reason`, and needs no sentence",
                ("copy",),
                mend="Take `copy` out, or write `effect: caveat` if the figures are to stand.",
            )
        if not (self.sentence[0].isupper() and self.sentence.endswith(".")):
            raise UnfitError(
                "what readers are to be told is not a whole sentence",
                ("copy",),
                mend="Begin it with a capital letter, and end it with a full stop.",
                found=self.sentence,
                expected="a sentence, such as The force changed its system in May 2019.",
            )
        return self

    @property
    def first(self) -> Quarter:
        """The first quarter that the entry touches."""
        return quarter_of(self.from_)

    @property
    def last(self) -> Quarter | None:
        """The last quarter that it touches, None while it goes on."""
        return quarter_of(self.to) if self.to else None

    def is_of(self, dataset: str, counts: Collection[str]) -> bool:
        """Tell whether the entry speaks of any of these counts of a dataset."""
        spoken_of = self.counts is None or not set(counts).isdisjoint(self.counts)
        return self.dataset == dataset and spoken_of

    def covers(self, area: str, quarter: Quarter) -> bool:
        """Tell whether the entry is about this quarter of this area."""
        return self.area in (area, "everywhere") and (
            self.first <= quarter and (self.last is None or quarter <= self.last)
        )


class ComparabilityFile(Config):
    """`config/comparability.yml`: the register of exclusions and caveats."""

    entries: tuple[Entry, ...] = ()
