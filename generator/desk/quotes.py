"""What `quotes.yml` may say: the only words that copy may put in quotation marks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from generator.desk.areas import Area
from generator.desk.forms import SAID, Config, Day, Name, PeriodName, Reference, UnfitError, Words


class Quote(Config):
    """Something somebody said, word for word, and for how long it may be used."""

    id: Name
    story: Reference
    areas: tuple[Reference, ...] = ()
    """The forces whose drafts may have the words; without these and `regions`, all may."""
    regions: tuple[Words, ...] = ()
    """The same, by the region that forces.yml gives them."""
    speaker: str = ""
    short: Words
    """How copy names the speaker the second time: "Ms Almeida"."""
    known_as: tuple[Words, ...] = ()
    """What else copy may call the speaker: "campaigners", "she"."""
    role: Words
    organisation: str = ""
    said: Annotated[str, Field(pattern=SAID)]
    source: Words
    about: PeriodName
    """The period of the figures that the words are about: with another they are not used."""
    fresh_from: Day
    """The release that the words are about: with an earlier one they are not used."""
    stale_after: Day
    words: Mapping[Name, Words] = {}
    reported: Mapping[Name, Words] = {}
    """What the speaker is reported to have said, not in the speaker's own words."""

    @field_validator("words")
    @classmethod
    def _stands_between_marks(cls, words: Mapping[str, str]) -> Mapping[str, str]:
        """Refuse double quote marks: copy sets the words between such, which are then no pairs."""
        for key, text in words.items():
            if marks := re.search(r"""["“”].*["“”]|["“”]""", text):
                raise UnfitError(
                    "there are double quote marks inside the quote, which copy prints between "
                    "such marks itself",
                    (key,),
                    mend="Write ‘ and ’ inside, and none at its ends.",
                    found=marks[0],
                    expected="words with no quote marks but ‘ and ’",
                )
        return words

    @field_validator("stale_after")
    @classmethod
    def _goes_stale_last(cls, day: datetime.date, info: ValidationInfo) -> datetime.date:
        """Refuse an end before the words were said, or may be used; `said` may be a month."""
        begun = [str(info.data[key]) for key in ("said", "fresh_from") if info.data.get(key)]
        late = [each for each in begun if str(day)[: len(each)] < each]
        if late:
            raise UnfitError(
                "the quote goes stale before it can be used",
                (),
                mend="Correct `said`, `fresh_from` or `stale_after`.",
                found=str(day),
                expected=f"{max(late)} or later",
            )
        return day

    def is_for(self, area: Area) -> bool:
        """Tell whether the area's copy may have the words; the nation's has only those for all."""
        everywhere = not (self.areas or self.regions)
        return everywhere or area.id in self.areas or area.region in self.regions

    def is_about(self, story: str, period: str) -> bool:
        """Tell whether the words are about a story's figures of the period."""
        return (self.story, self.about) == (story, period)


class QuotesFile(Config):
    """`config/quotes.yml`: the only words that copy may put in quotation marks."""

    quotes: tuple[Quote, ...] = ()
