"""Every year on the real counts: what is in doubt, warned of and held, as it was then and now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.desk import Desk
from generator.model import Draft, InDoubt, Level, Status
from generator.periods import Quarter

from .counts import Table, until
from .told import Told, tell

YEARS = range(2016, 2026)


@dataclass(frozen=True)
class Hold:
    """A draft that a doubt holds, and the claim that turns."""

    year: int
    area: str
    sentence: str
    instead: str
    turned: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Year:
    """What becomes of one year's drafts, the nation's among them."""

    year: int
    doubts: int
    """Quarters of areas that are in doubt, of all that the drafts rest on."""
    drafts: int
    excluded: int
    """Drafts of areas that the register leaves out."""
    warned: int
    """Drafts that are not held, with a sentence that an editor is warned of for a doubt."""
    holds: tuple[Hold, ...]
    held_otherwise: int
    """Drafts that are held for another reason alone."""


def look_back(table: Table, desk: Desk) -> Iterator[tuple[Year, Year]]:
    """Yield each year as its own release had it, and as the newest has it."""
    for year in YEARS:
        last = Quarter(year, 4)
        then = tell(until(table, last), desk, str(year), datetime.date(year + 1, 4, 30))
        yield sum_up(year, then), sum_up(year, tell_now(table, desk, str(year)))


def tell_now(table: Table, desk: Desk, period: str) -> Told:
    """Tell the story of a period from the newest release."""
    newest = max(quarter for held in table.values() for quarter in held)
    published = datetime.date(newest.year, newest.number * 3 + 4, 16)
    return tell(table, desk, period, published)


def sum_up(year: int, told: Told) -> Year:
    """Write and weigh every draft of a year, and count what came of it."""
    drafts = write_all(told)
    doubtful = {area: each.doubts for area, each in told.doubtful.items()}
    held = {area: grave for area, draft in drafts.items() if (grave := _grave(draft))}
    return Year(
        year,
        doubts=sum(map(len, doubtful.values())),
        drafts=len(drafts),
        excluded=sum(draft.status is Status.EXCLUDED for draft in drafts.values()),
        warned=sum(area not in held and _is_warned(draft) for area, draft in drafts.items()),
        holds=tuple(_hold(year, area, each) for area, grave in held.items() for each in grave[:1]),
        held_otherwise=sum(
            draft.status is Status.HELD and area not in held for area, draft in drafts.items()
        ),
    )


def write_all(told: Told) -> Mapping[str, Draft]:
    """Write and weigh every draft."""
    return {area: told.weigh(told.write(facts)) for area, facts in told.all_facts().items()}


def _grave(draft: Draft) -> list[InDoubt]:
    return [each for each in draft.doubts if each.level is Level.HOLD]


def _is_warned(draft: Draft) -> bool:
    """Tell whether a doubt of the area's own, or of the nation's, is warned of."""
    return any(
        problem.level is Level.WARN and "in doubt" in problem.what for problem in draft.problems
    )


def _hold(year: int, area: str, grave: InDoubt) -> Hold:
    return Hold(
        year,
        area,
        grave.sentence,
        grave.instead,
        grave.turned,
        tuple(
            f"{doubt.quarter}: "
            + ", ".join(
                f"{count.found:,} {count.label} (expected {count.expected:,})"
                for count in doubt.counts
            )
            for doubt in grave.supposition.doubts
        ),
    )


@dataclass(frozen=True)
class Newest:
    """Newest quarters in doubt in the releases of their time."""

    can_hold: bool
    doubts: int
    borne_out: int
    """Those that are in doubt now that later quarters are known."""


def look_later(then: Iterable[Told], now: Told) -> tuple[Newest, Newest]:
    """Return what has become of doubts about newest quarters, of those that hold first."""
    later = {(area, d.quarter) for area, each in now.doubtful.items() for d in each.doubts}
    found = [
        (doubt.can_hold, (area, doubt.quarter) in later)
        for told in then
        for area, each in told.doubtful.items()
        for doubt in each.doubts
        if doubt.is_newest
    ]
    holds, others = (
        Newest(grave, len(those), sum(those))
        for grave in (True, False)
        for those in [[borne_out for can_hold, borne_out in found if can_hold is grave]]
    )
    return holds, others
