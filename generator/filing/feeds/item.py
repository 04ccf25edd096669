"""An item of a feed: a draft's words, and whether they may be used."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.desk import Desk
from generator.disclosure import cite
from generator.filing.banners import SAMPLE, embargo_words
from generator.filing.names import without_control
from generator.filing.standing import Decision
from generator.model import Copy, Release, Standing
from generator.periods import Period

DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia"
"""IPTC's word for what is written by a program from data."""
TOPICS = {"20000082": "crime", "20000129": "law enforcement"}
"""IPTC media topics, by their codes in the scheme medtop."""
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""Stands where a feed must have a date and the release has none."""
UNAPPROVED = "Not approved yet: not for publication."


class PubStatus(StrEnum):
    """Whether an item may be used (IPTC's scheme stat)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True)
class Item:
    """All that any feed says of a draft."""

    uri: str
    """The same for every version of it (RFC 4151)."""
    version: int
    """1, and one more for each decision on it, and each time that its status changed since."""
    status: PubStatus
    why: str
    """Why it may not be used, in a sentence; "" if it may."""
    reason: str
    """What an editor gave as the reason for that: for editors alone."""
    copy: Copy
    story: str
    """The story's title."""
    area: str
    region: str
    slug: str
    """The draft's folder: story, period and area."""
    provider: str
    """The desk's name."""
    source: str
    """Who published the figures, and where."""
    created: datetime.datetime
    """When the release was published."""
    changed: datetime.datetime
    """When this version came to be."""
    embargo: datetime.datetime | None
    hold: str = ""
    """Of what was approved: why it may not be used, embargo or not, in a sentence."""

    @property
    def notes(self) -> list[str]:
        """What an editor has to know of it, and no reader: why it is withheld, its banners."""
        return [note for note in dict.fromkeys([self.why, self.reason, *self.copy.banners]) if note]


def item_of(folder: str, area: str, region: str, copy: Copy, release: Release, desk: Desk) -> Item:
    """Return a draft's first version, on which nobody has decided."""
    story, period, _ = folder.split("/")
    created = _published(release)
    known = desk.stories.get(story)
    why = UNAPPROVED
    if release.sample:
        why = SAMPLE
    return Item(
        uri=desk.uri_of(folder),
        version=1,
        status=PubStatus.WITHHELD,
        why=why,
        reason="",
        copy=sayable(copy),
        story=f"{known.title if known else story}, {Period.parse(period)}",
        area=area,
        region=region,
        slug=folder,
        provider=desk.file.name,
        source=f"{release.title}, {release.publisher}. {cite(release)}".strip(),
        created=created,
        changed=created,
        embargo=release.embargo,
    )


def sayable(copy: Copy) -> Copy:
    """Return copy as XML can have it, whatever an editor's program has left in a file."""
    return Copy(
        without_control(copy.headline),
        tuple(
            replace(
                passage,
                text=without_control(passage.text),
                rows=tuple(tuple(map(without_control, row)) for row in passage.rows),
            )
            for passage in copy.passages
        ),
        without_control(copy.disclosure),
        tuple(map(without_control, copy.banners)),
    )


def decided(
    item: Item,
    decision: Decision,
    now: datetime.datetime,
    *,
    sample: bool,
    deleted: bool,
    hold: str,
) -> Item:
    """Return what a decision makes of an item.

    Usable is what was approved, was not deleted since, and is neither of a sample nor under
    embargo `now`, nor is there anything else for which it has to wait (`hold`, in a sentence).
    """
    became, why, reason = PubStatus.USABLE, "", ""
    if sample:
        became, why = PubStatus.WITHHELD, SAMPLE
    elif decision.standing is Standing.SPIKED:
        became, why = PubStatus.CANCELED, "Spiked: not for publication."
        reason = _reason_given(decision)
    elif decision.standing is Standing.ON_HOLD:
        became, why = PubStatus.WITHHELD, "On hold: not for publication yet."
        reason = _reason_given(decision)
    elif deleted:
        became, why = PubStatus.CANCELED, "Deleted: not for publication."
    elif item.embargo is not None and now < item.embargo:
        became, why = PubStatus.WITHHELD, f"{embargo_words(item.embargo)} {hold}".strip()
    elif hold:
        became, why = PubStatus.WITHHELD, hold
    return replace(
        item,
        version=1 + decision.number,
        status=became,
        why=without_control(why),
        reason=without_control(reason),
        changed=decision.changed,
        hold=SAMPLE if sample else hold,
    )


def _reason_given(decision: Decision) -> str:
    return f"The reason given: {decision.reason}" if decision.reason else ""


def _published(release: Release) -> datetime.datetime:
    """Return when a release came out, in UTC: its embargo's end, else the day it names."""
    if release.embargo is not None:
        return release.embargo.astimezone(datetime.UTC)
    if release.published is None:
        return NEVER
    return datetime.datetime.combine(release.published, datetime.time(), datetime.UTC)
