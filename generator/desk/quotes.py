"""What `quotes.yml` may say: the only words that copy may put in quotation marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from generator.desk.forms import SAID, Config, Day, Name, Slug, Words


class Quote(Config):
    """Something somebody said, word for word, and for how long it may be used."""

    id: Name
    story: Slug
    speaker: str = ""
    short: Words
    """How copy names the speaker the second time: "Ms Almeida"."""
    known_as: tuple[Words, ...] = ()
    """What else copy may call the speaker: "campaigners", "she"."""
    role: Words
    organisation: str = ""
    said: Annotated[str, Field(pattern=SAID)]
    source: Words
    about: str
    """The period of the figures that the words are about: with another they are not used."""
    fresh_from: Day
    """The release that the words are about: with an earlier one they are not used."""
    stale_after: Day
    words: Mapping[Name, Words] = {}
    reported: Mapping[Name, Words] = {}
    """What the speaker is reported to have said, not in the speaker's own words."""


class QuotesFile(Config):
    """`config/quotes.yml`: the only words that copy may put in quotation marks."""

    quotes: tuple[Quote, ...] = ()
