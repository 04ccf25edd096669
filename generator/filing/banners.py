"""What must stand at the top of a draft before anybody reads a word of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import Copy, Draft, Level, Problem, Release

SAMPLE = "SAMPLE. Made from invented counts. Not for publication."
HELD = "HELD: not for publication."
PROVISIONAL = "PROVISIONAL: the publisher says that these figures may still change."
EMBARGOED = "EMBARGOED until"
ON_HOLD = "ON HOLD: not for publication yet."
SPIKED = "SPIKED: not for publication."
WITHHELD = "WITHHELD: no feed may use it."
SUPERSEDED = "SUPERSEDED: a newer draft lies beside it"
STANDING = (ON_HOLD, SPIKED, WITHHELD, SUPERSEDED)
"""How every warning begins of what became of a draft after it was filed."""
BANNERS = (SAMPLE, HELD, PROVISIONAL, EMBARGOED, *STANDING)
"""How every warning above a draft begins."""
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ZONE = re.compile(r" \([^)]*\)")


@dataclass(frozen=True)
class Banner:
    """A warning, and under it the points that it consists of."""

    kind: str
    text: str
    items: tuple[str, ...] = ()


def banners(draft: Draft, release: Release) -> tuple[Banner, ...]:
    """Return the draft's banners, gravest first."""
    return banners_with(draft.problems, release)


def banners_with(problems: Iterable[Problem], release: Release) -> tuple[Banner, ...]:
    """Return the banners of what was made from a release and has these problems."""
    found = list(release_banners(release))
    holds = [problem for problem in problems if problem.level is Level.HOLD]
    if holds:
        held = Banner("held", HELD, tuple(map(in_words, holds)))
        found.insert(1 if release.sample else 0, held)
    return tuple(found)


def release_banners(release: Release) -> tuple[Banner, ...]:
    """Return what is to be said of everything that the release touches."""
    found = []
    if release.sample:
        found.append(Banner("sample", SAMPLE))
    if release.embargo:
        found.append(Banner("embargo", embargo_words(release.embargo)))
    if release.provisional:
        found.append(Banner("provisional", PROVISIONAL))
    return tuple(found)


def missing_banners(copy: Copy, release: Release, now: datetime.datetime) -> Iterator[str]:
    """Yield the warnings that whatever comes from a release has to carry, and this has not.

    Of an embargo there is no warning any more once it has ended: `now` is the moment by which
    feeds judge it too. While it lasts its zone may have another name than in the warning.
    """
    there = set(map(_without_zone, copy.banners))
    for banner in release_banners(release):
        ended = banner.kind == "embargo" and release.embargo is not None and release.embargo <= now
        if not ended and _without_zone(banner.text) not in there:
            yield banner.text


def _without_zone(banner: str) -> str:
    """Leave out what an embargo's zone is called: an older manifest has its offset alone."""
    return _ZONE.sub("", banner) if banner.startswith(EMBARGOED) else banner


def in_words(problem: Problem) -> str:
    """Return a problem on one line: where, what, and the mend."""
    place = f"{problem.place}: " if problem.place else ""
    return f"{place}{problem.what} {problem.mend}".strip()


def embargo_words(until: datetime.datetime) -> str:
    """Return `EMBARGOED until 9.30am (BST) on 13 May 2021.`, in the embargo's own zone."""
    return f"{EMBARGOED} {moment_in_words(until)}."


def moment_in_words(moment: datetime.datetime) -> str:
    """Return `9.30am (BST) on 13 May 2021`, in the moment's own zone."""
    hour = moment.hour % 12 or 12
    clock = f"{hour}.{moment:%M}" if moment.minute else f"{hour}"
    half = "am" if moment.hour < 12 else "pm"
    if (moment.hour, moment.minute) == (12, 0):
        clock, half = "noon", ""  # nobody is sure which of the two 12pm is
    zone = f" ({moment.tzname()})" if moment.tzinfo else ""
    return f"{clock}{half}{zone} on {in_full(moment)}"


def in_full(date: datetime.date) -> str:
    """Return `13 May 2021`, whatever the locale."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
