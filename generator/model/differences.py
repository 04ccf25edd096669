"""What a new release changes: figures, findings, areas, and sentences that lie filed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.desk import Area
from generator.model.facts import Figure, Finding
from generator.model.releases import Release
from generator.model.standing import Standing
from generator.periods import Period


@dataclass(frozen=True)
class Restated:
    """A figure whose exact value differs between two releases.

    `told_in` names the stories that have it, each with its period as folders name them:
    `charged/2020`. One count may be of several stories.
    """

    area: Area
    before: Figure
    after: Figure
    told_in: tuple[str, ...]

    @property
    def prints_alike(self) -> bool:
        """True where the two differ by less than print shows."""
        return self.before.as_printed == self.after.as_printed


class Topic(StrEnum):
    """What a finding is about."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    EARLIER = "earlier"
    """How a figure stands to an earlier period's."""
    NATION = "nation"
    """How an area's share stands to the nation's."""
    BASE = "base"
    """Whether there are cases enough for a share."""


class Stand(StrEnum):
    """How a topic stands in a release."""

    RECORD = "record"
    JOINT = "joint record"
    HIDDEN = "record that print hides"
    NONE = "no record"
    HIGHER = "higher"
    LOWER = "lower"
    LEVEL = "level"
    UNKNOWN = "unknown"
    TOO_FEW = "too few"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Turned:
    """A finding that held by one release and does not by the other, or that holds now.

    `then` is the period of a topic that is about an earlier one; `before` and `after` are
    the findings that decide how the topic stands in each release.
    """

    area: Area
    measure: str
    label: str
    period: Period
    topic: Topic
    was: Stand
    now: Stand
    before: Finding
    after: Finding
    told_in: tuple[str, ...]
    then: Period | None = None
    nation: Area | None = None
    gap: Period | None = None
    """The first period without a figure by the new release, where that is why."""


@dataclass(frozen=True)
class Coverage:
    """A period of an area that is complete by one release and not by the other."""

    area: Area
    period: Period
    complete: bool
    """By the new release."""
    why: str
    """Why it is, or was, not complete: for an editor."""
    reason: str
    """The same to follow the force's name in copy, "" where nothing can be said so."""
    basket: str
    """`left` or `joined`, where the area left or joined the nation's basket; else ""."""
    told_in: tuple[str, ...]
    unavailable: str = ""
    """A clause that copy has in the place of a reason which nobody gave."""


@dataclass(frozen=True)
class Differences:
    """All in which two releases differ, for the stories told from them."""

    restated: tuple[Restated, ...] = ()
    turned: tuple[Turned, ...] = ()
    coverage: tuple[Coverage, ...] = ()


class Fallen(StrEnum):
    """Why a sentence is false now: it decides how its correction is worded."""

    RESTATED = "restated"
    """It gives a number that is another now."""
    CLAIM = "claim"
    """It claims what no longer holds."""
    GONE = "gone"
    """It gives, or rests on, a figure that can no longer be given."""
    BASKET = "basket"
    """It leaves unsaid, or says wrongly, which areas the nation's figures leave out."""
    UNKNOWN = "unknown"
    """What it rested on when it was written cannot be told."""


@dataclass(frozen=True)
class FalseSentence:
    """A sentence of a filed draft that is false by the new release.

    `correction` is the line proposed for print, in the desk's words.
    """

    where: str
    sentence: str
    fallen: Fallen
    problems: tuple[str, ...]
    correction: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revised:
    """What a new release makes of a filed draft."""

    folder: str
    headline: str
    area: str
    standing: Standing | None
    """An editor's decision, if there is one."""
    sentences: tuple[FalseSentence, ...] = ()
    notes: tuple[str, ...] = ()
    """What an editor has to know of how it was judged, or why it was not."""

    @property
    def wrong(self) -> bool:
        """True where a sentence of it is false now."""
        return bool(self.sentences)

    @property
    def is_approved(self) -> bool:
        """True for what an editor has approved, changed since or not: it may be in print."""
        return self.standing is not None and self.standing.is_approval


@dataclass(frozen=True)
class Revision:
    """What a new release changes, and what of it is filed."""

    new: Release
    since: tuple[str, ...]
    """The older releases, each by title and date."""
    differences: Differences
    drafts: tuple[Revised, ...] = ()
    """Of an output folder: those with false sentences first, approved ones before others."""
    notes: tuple[str, ...] = ()
    sample: bool = False
    """True where either release is a sample."""
    filed: bool = False
    """True where drafts were looked at, and not two releases alone."""

    @property
    def wrong(self) -> tuple[Revised, ...]:
        """The drafts with a sentence that is false now."""
        return tuple(draft for draft in self.drafts if draft.wrong)
