"""What `comparability.yml` may say: quarters that cannot be compared as they stand."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from generator.desk.forms import Config, Day, Month, Reference, UnfitError, Words, quarter_of
from generator.periods import Quarter


class Effect(StrEnum):
    """What an entry of the register does."""

    INCOMPLETE = "incomplete"
    CAVEAT = "caveat"


class Entry(Config):
    """Quarters of one area, or of all, that cannot be compared as they stand."""

    dataset: Reference
    area: Reference = "everywhere"
    from_: Month = Field(alias="from")
    to: Month | None = None
    """The last month concerned; None for "since then"."""
    effect: Effect
    reason: Words
    """What the force did, to follow its name in copy: "did not submit complete data"."""
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

    @property
    def first(self) -> Quarter:
        """The first quarter that the entry touches."""
        return quarter_of(self.from_)

    @property
    def last(self) -> Quarter | None:
        """The last quarter that it touches, None while it goes on."""
        return quarter_of(self.to) if self.to else None

    def covers(self, area: str, quarter: Quarter) -> bool:
        """Tell whether the entry is about this quarter of this area."""
        return self.area in (area, "everywhere") and (
            self.first <= quarter and (self.last is None or quarter <= self.last)
        )


class ComparabilityFile(Config):
    """`config/comparability.yml`: the register of exclusions and caveats."""

    entries: tuple[Entry, ...] = ()
