"""What `desk.yml` and `style.yml` may say: folders, limits and the thresholds of the copy rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from generator.desk.forms import TAG, Config, Reference, Words
from generator.desk.replies import RightOfReply


class Format(StrEnum):
    """What a draft may be filed as."""

    WORD = "word"
    FEEDS = "feeds"
    """ninjs and NewsML-G2, and an Atom feed of all drafts."""
    CHARTS = "charts"
    """A picture as SVG and PNG, which stands in the page and in the Word file."""


class PieceKind(StrEnum):
    """What may be written beside the article, each from a template of its own."""

    BRIEF = "brief"
    """About sixty words for a column of news in brief."""
    RADIO = "radio"
    """To be read aloud: no figures, numbers as they are spoken."""
    SOCIAL = "social"
    """A post of under 280 characters."""
    ALT = "alt"
    """What the chart shows, for those who do not see it."""

    @property
    def is_headed(self) -> bool:
        """True for what begins with a headline."""
        return self is PieceKind.BRIEF

    @property
    def file(self) -> str:
        """The file of its own that it is filed as: brief.txt; "" for the words of a chart."""
        return "" if self is PieceKind.ALT else f"{self}.txt"

    @property
    def called(self) -> str:
        """How a person is pointed to it: by its file's name, if it has one."""
        return self.file or "the words of the chart"


class PerCent(StrEnum):
    """How copy writes what follows the number of a share."""

    SIGN = "%"
    WORDS = "per cent"


class Wording(StrEnum):
    """How strongly copy says what became of cases: templates have words for either."""

    STRONG = "strong"
    PLAIN = "plain"


class Victim(StrEnum):
    """What copy calls those whom an offence was reported to have harmed: one form throughout."""

    ALLEGED = "alleged victim"
    PLAIN = "victim"


class Limits(Config):
    """How much a published archive may unpack to."""

    files: int = Field(500, ge=1)
    unpacked_megabytes: int = Field(4096, ge=1)
    compression_ratio: int = Field(250, ge=2)


class DeskFile(Config):
    """`config/desk.yml`: who the desk is and where its folders are."""

    name: Words
    tag: str = Field("newscopy.example,2021", pattern=TAG)
    """A domain that is the desk's, and a day on which it was: what is in every item's id."""
    formats: tuple[Format, ...] = tuple(Format)
    """What a draft is filed as beside Markdown, HTML and plain text."""
    pieces: tuple[PieceKind, ...] = tuple(PieceKind)
    """What is written beside the article, where the story has a template for it."""
    releases: Words = "releases"
    output: Words = "output"
    sample: Reference = "police-outcomes"
    """The dataset that the built-in sample is a release of."""
    limits: Limits = Limits()
    right_of_reply: RightOfReply | None = None
    """Until when forces may answer, and to which stories; without it none is asked."""


class Newsworthiness(Config):
    """The most that each reason adds to a draft's score; together 100."""

    rate_record: int = Field(25, ge=0)
    number_record: int = Field(15, ge=0)
    among_areas: int = Field(25, ge=0)
    change_among_areas: int = Field(15, ge=0)
    against_own_past: int = Field(10, ge=0)
    against_the_nation: int = Field(10, ge=0)


class DoubtRule(Config):
    """How far a count may be from what is expected of it before somebody has to look.

    docs/doubts.md has what each was chosen by. `times` are how many times too large or too
    small, `deviations` standard deviations, all others whole numbers or per cent.
    """

    neighbours: int = Field(4, ge=1)
    """Time steps on either side that a step is judged by."""
    fewest_neighbours: int = Field(3, ge=1)
    """With fewer a step is not judged."""
    fewest_areas: int = Field(10, ge=2)
    """With fewer areas their common movement cannot be told: the season's is taken instead."""
    smallest_count: int = Field(20, ge=0)
    """Where both what is found and what is expected are smaller, nothing is doubted."""
    warn_deviations: float = Field(4, gt=0)
    warn_times: float = Field(1.35, gt=1)
    hold_deviations: float = Field(6, gt=0)
    hold_times: float = Field(1.5, gt=1)
    newest_warn_times: float = Field(1.6, gt=1)
    newest_hold_times: float = Field(2, gt=1)
    far_below: int = Field(20, ge=1, le=100)
    """Per cent of what is expected under which a count is next to nothing."""
    step: int = Field(60, ge=1, le=100)
    """Per cent of its distance: a neighbour as far off as this, the same way, makes it a change."""
    side: int = Field(50, ge=0, le=100)
    """Per cent of its distance: as near as this to all that come before or after, it is one too."""
    pooled_weight: int = Field(12, ge=0)
    """Steps that all areas' scatter weighs as much as, beside an area's own."""
    least_scatter: int = Field(70, ge=0, le=100)
    """Per cent of all areas' scatter that an area's is taken to be at least."""


RETIRED = (
    *("collapse_below", "spike_above", "neighbours", "fewest_neighbours", "smallest_neighbours"),
    *("missing_reason", "absent_reason"),
)
"""Keys of style.yml that an earlier version had: the rule for odd quarters, and its reasons."""


class Style(Config):
    """`config/style.yml`: the thresholds of the copy rules.

    Shares are given in per cent, tolerances in per cent of the exact value, and
    `slight_points` in percentage points.
    """

    per_cent: PerCent = PerCent.SIGN
    wording: Wording = Wording.STRONG
    victim: Victim = Victim.ALLEGED
    figures_from: int = Field(10, ge=1)
    """The first whole number that copy writes in figures."""
    smallest_share_base: int = Field(100, ge=1)
    smallest_percentage_base: int = Field(20, ge=1)
    slight_points: int = Field(2, ge=0)
    slight_change: int = Field(8, ge=0)
    """Per cent of the earlier value past which a difference is not "slight" either."""
    around_within: int = Field(1, ge=0)
    nearly_within: int = Field(2, ge=0)
    record_periods: int = Field(3, ge=2)
    """How many complete periods a record has to stand out from, itself included."""
    doubts: DoubtRule = DoubtRule()
    smallest_basket: int = Field(75, ge=1, le=100)
    """Per cent of the forces that a figure for the nation has to cover."""
    outlier_reach: int = Field(150, ge=0)
    """How far outside the middle half of areas a share is noted, in per cent of its width."""
    outlier_areas: int = Field(8, ge=4)
    """With fewer areas than this none is an outlier among them."""
    newsworthiness: Newsworthiness = Newsworthiness()
    literals: tuple[Words, ...] = ()
    """Words with a number or a claim in them that are no figure of any story."""
    fraction_reach: int = Field(20, ge=1)
    """"More than a quarter" may be this many per cent more, "less than" as many less."""
    longest_sentence: int = Field(45, ge=1)
    """Words past which a sentence is noted as long."""
    longest_brief: int = Field(75, ge=1)
    """Words past which a brief is noted as long."""
    longest_post: int = Field(279, ge=1)
    """Characters past which a post for social media is told to be too long."""
    highest_grade: int = Field(16, ge=1)
    """The school year, by the readability index, past which copy is noted as hard."""
    unavailable: Words = "complete figures were not available"
    """Said of an area that is left out, in a clause, where no source has given a reason."""

    _retired: tuple[str, ...] = PrivateAttr(())

    @property
    def retired(self) -> tuple[str, ...]:
        """Keys of earlier versions that the file still has: they decide nothing any more."""
        return self._retired

    @model_validator(mode="wrap")
    @classmethod
    def _without_retired(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        """Take out what an earlier version asked for, so that its desks can be opened."""
        if not isinstance(given, dict):
            return read(given)
        style = read({key: value for key, value in given.items() if key not in RETIRED})
        style._retired = tuple(key for key in RETIRED if key in given)
        return style
