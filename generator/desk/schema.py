"""What a desk's config may say, file by file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from generator.periods import PeriodKind, Quarter

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1), AfterValidator(str.strip)]


class Config(BaseModel):
    """A part of a config file: frozen, and no key that it does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=True
    )


# --- desk.yml -----------------------------------------------------------------------------


class Limits(Config):
    """How much a published archive may unpack to."""

    files: int = Field(500, ge=1)
    unpacked_megabytes: int = Field(4096, ge=1)
    compression_ratio: int = Field(250, ge=2)


class DeskFile(Config):
    """`config/desk.yml`: who the desk is and where its folders are."""

    name: Words
    releases: Words = "releases"
    output: Words = "output"
    sample: Slug = "police-outcomes"
    """The dataset that the built-in sample is a release of."""
    limits: Limits = Limits()


# --- forces.yml ---------------------------------------------------------------------------


class Area(Config):
    """What a story is localised to: a police force's area, or the nation."""

    id: Slug
    name: Words
    where: Words
    """How copy says "there": in Derbyshire, across England and Wales."""
    names: tuple[Words, ...] = ()
    """How published tables spell it."""
    police: str = ""
    code: str = ""
    country: str = ""
    region: str = ""
    local: bool = True
    """False for a force with no territory: it has a draft but no rank among areas."""
    note: str = ""


class ForcesFile(Config):
    """`config/forces.yml`: every area a table may name."""

    nation: Area
    forces: tuple[Area, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_name_twice(self) -> Self:
        seen: dict[str, str] = {}
        for area in (self.nation, *self.forces):
            for name in {area.id, *map(folded, area.names)}:
                if seen.setdefault(name, area.id) != area.id:
                    raise ValueError(f"both {seen[name]} and {area.id} are called {name!r}")
        if len({area.id for area in self.forces}) != len(self.forces):
            raise ValueError("two forces have the same id")
        return self


# --- style.yml ----------------------------------------------------------------------------


class Style(Config):
    """`config/style.yml`: the thresholds of the copy rules.

    Shares are given in per cent, tolerances in per cent of the exact value, and
    `slight_points` in percentage points.
    """

    figures_from: int = Field(10, ge=1)
    """The first whole number that copy writes in figures."""
    smallest_share_base: int = Field(100, ge=1)
    smallest_percentage_base: int = Field(20, ge=1)
    slight_points: int = Field(2, ge=0)
    around_within: int = Field(1, ge=0)
    nearly_within: int = Field(2, ge=0)
    record_periods: int = Field(3, ge=2)
    """How many complete periods a record has to stand out from, itself included."""
    collapse_below: int = Field(60, ge=0, le=100)
    """Per cent of its neighbours' median under which a quarter is taken for a collapse."""
    spike_above: int = Field(140, ge=100)
    neighbours: int = Field(4, ge=1)
    """Quarters on either side that a quarter is judged by."""
    smallest_neighbours: int = Field(100, ge=0)
    """A median under this is too small to judge by."""
    missing_reason: Words = "did not submit complete data"
    """Said of a force that the published file itself marks as missing."""


# --- comparability.yml --------------------------------------------------------------------


class Effect(StrEnum):
    """What an entry of the register does."""

    INCOMPLETE = "incomplete"
    CAVEAT = "caveat"


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError("write a month as 2019-07")
    return text


Month = Annotated[str, AfterValidator(_month)]


class Entry(Config):
    """Quarters of one area, or of all, that cannot be compared as they stand."""

    dataset: Slug
    area: Slug = "everywhere"
    from_: Month = Field(alias="from")
    to: Month | None = None
    """The last month concerned; None for "since then"."""
    effect: Effect
    reason: Words
    """What the force did, to follow its name in copy: "did not submit complete data"."""
    source: Words
    added: datetime.date

    @property
    def first(self) -> Quarter:
        """The first quarter that the entry touches."""
        return _quarter_of(self.from_)

    @property
    def last(self) -> Quarter | None:
        """The last quarter that it touches, None while it goes on."""
        return _quarter_of(self.to) if self.to else None

    def covers(self, area: str, quarter: Quarter) -> bool:
        """Tell whether the entry is about this quarter of this area."""
        return self.area in (area, "everywhere") and (
            self.first <= quarter and (self.last is None or quarter <= self.last)
        )


def _quarter_of(month: str) -> Quarter:
    return Quarter(int(month[:4]), (int(month[5:]) + 2) // 3)


class ComparabilityFile(Config):
    """`config/comparability.yml`: the register of exclusions and caveats."""

    entries: tuple[Entry, ...] = ()


# --- quotes.yml ---------------------------------------------------------------------------


class Quote(Config):
    """Something somebody said, word for word, and for how long it may be used."""

    id: Name
    story: Slug
    speaker: str = ""
    short: Words
    """How copy names the speaker the second time: "Ms Almeida"."""
    role: Words
    organisation: str = ""
    said: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    source: Words
    fresh_from: datetime.date
    """The release that the words are about: with an earlier one they are not used."""
    stale_after: datetime.date
    words: Mapping[Name, Words] = {}
    reported: Mapping[Name, Words] = {}
    """What the speaker is reported to have said, not in the speaker's own words."""


class QuotesFile(Config):
    """`config/quotes.yml`: the only words that copy may put in quotation marks."""

    quotes: tuple[Quote, ...] = ()


# --- datasets/*.yml -----------------------------------------------------------------------


class Column(Config):
    """A column of a published table, by every header it has had."""

    headers: tuple[Words, ...] = Field(min_length=1)


class Columns(Config):
    """The columns that say what a row is about."""

    year: Column
    quarter: Column
    area: Column
    offence_code: Column | None = None
    offence_group: Column | None = None
    outcome: Column | None = None


class Marks(Config):
    """Texts that stand in a count column in place of a number."""

    not_applicable: tuple[Words, ...] = ()
    missing: tuple[Words, ...] = ()


class Outcome(Config):
    """A code of the outcome column."""

    label: Words
    counted: bool = True
    """False for a code that is not an outcome: it is out of every total."""


class Sibling(Config):
    """A table that looks like the dataset and must not be read with it.

    It is known by any one of: its file name, a header, an outcome code or an area name.
    """

    table: Words
    why: Words
    files: tuple[Words, ...] = ()
    headers: tuple[Words, ...] = ()
    outcomes: tuple[Words, ...] = ()
    areas: tuple[Words, ...] = ()


class Dataset(Config):
    """`config/datasets/<id>.yml`: how one published table is laid out."""

    id: Slug
    title: Words
    publisher: Words
    source: str = ""
    licence: str = ""
    sheets: tuple[Words, ...] = ()
    """Names of the sheets that hold data, as patterns with `*`, case and punctuation apart."""
    columns: Columns
    counts: Mapping[Name, Column] = Field(min_length=1)
    marks: Marks = Marks()
    outcomes: Mapping[str, Outcome] = {}
    not_areas: tuple[Words, ...] = ()
    """Names in the area column that are left out."""
    dense: bool = False
    """True where every area has the same rows in a quarter, so that a short one is incomplete."""
    siblings: tuple[Sibling, ...] = ()

    @property
    def counted_outcomes(self) -> tuple[str, ...]:
        """The codes that are outcomes, in the order of the file."""
        return tuple(code for code, outcome in self.outcomes.items() if outcome.counted)


# --- stories/*.yml ------------------------------------------------------------------------


class Measure(Config):
    """What a story counts, or the share of one of its counts in another."""

    label: Words
    """What it is, in words, for tables and ledgers."""
    count: Name | None = None
    """For a count: the dataset's count column."""
    outcomes: tuple[str, ...] | None = None
    """For a count: outcome codes and ranges (`1-22`); None for all that are outcomes."""
    offence_groups: tuple[Words, ...] | None = None
    offence_codes: tuple[Words, ...] | None = None
    share: Name | None = None
    """For a share: the count that is its numerator…"""
    of: Name | None = None
    """…and the one that is its denominator."""
    decimals: int = Field(1, ge=0, le=3)
    """For a share: decimal places of the percentage in print."""
    small: int | None = None
    """For a share: the percentage up to which copy may call it "just"."""

    @model_validator(mode="after")
    def _a_count_or_a_share(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise ValueError("give either `count`, or `share` and `of`")
        if (self.share is None) != (self.of is None):
            raise ValueError("`share` and `of` go together")
        if self.share and (self.outcomes or self.offence_groups or self.offence_codes):
            raise ValueError("a share takes no filter: give it to the counts it is made of")
        return self

    @property
    def is_share(self) -> bool:
        """True for a share, False for a count."""
        return self.share is not None


class Story(Config):
    """`config/stories/<id>.yml`: what a story measures; its words are in `templates/<id>/`."""

    id: Slug
    title: Words
    dataset: Slug
    period: PeriodKind = PeriodKind.CALENDAR
    baseline: str = "previous"
    """What the period is set against: `previous`, or a fixed period such as `2019`."""
    lead: Name
    """The measure that areas are ranked and drafts scored by."""
    measures: Mapping[Name, Measure] = Field(min_length=1)

    @model_validator(mode="after")
    def _measures_known(self) -> Self:
        for name, measure in self.measures.items():
            for part in (measure.share, measure.of):
                if part is not None and (part not in self.measures or self.measures[part].is_share):
                    raise ValueError(f"`{name}` is a share of `{part}`, which is no count here")
        if self.lead not in self.measures:
            raise ValueError(f"`lead` is {self.lead!r}, which is none of the measures")
        return self


@dataclass(frozen=True)
class Desk:
    """A desk's config, read once and valid as a whole."""

    folder: Path
    file: DeskFile
    nation: Area
    forces: tuple[Area, ...]
    style: Style
    register: tuple[Entry, ...]
    quotes: tuple[Quote, ...]
    datasets: Mapping[str, Dataset]
    stories: Mapping[str, Story]
    hashes: Mapping[str, str]
    """sha256 of every config and template file, by its path within the desk."""

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area a draft is written for: the forces, then the nation."""
        return (*self.forces, self.nation)

    @property
    def templates(self) -> Path:
        """The folder of the stories' templates."""
        return self.folder / "templates"


def folded(text: str) -> str:
    """Return the text without case, punctuation and odd spaces; `&` is "and".

    Published headers, sheet and area names are matched in this form.
    """
    return re.sub(r"[\W_]+", " ", text.casefold().replace("&", " and ")).strip()
