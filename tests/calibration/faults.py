"""Faults planted into real counts, one quarter of one force at a time, and what comes of them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from generator.desk import Desk
from generator.model import Draft, Facts, Level, Status
from generator.periods import Period, PeriodKind, Quarter

from .counts import Table, put, scaled, until
from .relations import Sums, add_up
from .told import Told, tell
from .turned import Kind, prints_wrong_figures, turned_claims

BEGIN = Quarter(2014, 2)
"""The first quarter of the real counts."""
ENDS = tuple(
    Quarter.from_ordinal(at) for at in range(Quarter(2016, 4).ordinal, Quarter(2026, 1).ordinal + 1)
)
"""The newest quarters of the releases that faults are planted into."""
YEAR_ENDS = tuple(end for end in ENDS if end.number == 4)
SIZES = {
    "to 0": Fraction(0),
    "to a tenth": Fraction(1, 10),
    "halved": Fraction(1, 2),
    "to two thirds": Fraction(2, 3),
    "to 70%": Fraction(7, 10),
    "doubled": Fraction(2),
}
COUNTS = {
    "charges": ("charged",),
    "all closed": ("closed",),
    "both": ("charged", "closed"),
}
EXCHANGED = "exchanged with another force's"


@dataclass(frozen=True)
class Fault:
    """A kind of fault: which counts become what."""

    counts: str
    size: str

    def __str__(self) -> str:
        return f"{self.counts} {self.size}"

    @property
    def is_far_below(self) -> bool:
        """True where next to nothing is left."""
        return self.size in ("to 0", "to a tenth")


FAULTS = tuple(Fault(counts, size) for size in (*SIZES, EXCHANGED) for counts in COUNTS)


class Place(NamedTuple):
    """Where a fault is planted: the release, by its newest quarter, the area and the quarter."""

    last: Quarter
    area: str
    quarter: Quarter

    @property
    def is_newest(self) -> bool:
        return self.quarter == self.last


@dataclass(frozen=True)
class Drawn:
    """One fault that was planted, and what came of it."""

    fault: Fault
    place: Place
    claims: frozenset[Kind]
    """What the claims of the faulty draft are about that are wrong."""
    misprinted: bool
    """It prints a figure that is wrong."""
    seen: bool
    level: Level | None
    """The gravest that a doubt does to the draft."""
    status: Status

    @property
    def turned(self) -> bool:
        """True where a claim is wrong, other than that two figures are alike."""
        return bool(self.claims - {Kind.LEVEL})

    @property
    def held(self) -> bool:
        return self.status is Status.HELD

    @property
    def warned(self) -> bool:
        """True where the draft is held, or an editor warned."""
        return self.held or self.level is Level.WARN


@dataclass
class Releases:
    """The releases of their time, each told once."""

    table: Table
    desk: Desk
    ends: Sequence[Quarter] = ENDS
    """Their newest quarters."""
    _told: dict[Quarter, Told] = field(default_factory=dict)
    _sums: dict[Quarter, Sums] = field(default_factory=dict)
    _drafts: dict[tuple[Quarter, str], tuple[Facts, Draft]] = field(default_factory=dict)

    def at(self, last: Quarter) -> Told:
        """Return the story as of the release whose newest quarter is `last`."""
        if last not in self._told:
            published = datetime.date(last.year, last.number * 3, 1) + datetime.timedelta(120)
            table = until(self.table, last)
            self._told[last] = tell(table, self.desk, period_to(last).id, published)
        return self._told[last]

    def true_draft(self, last: Quarter, area: str) -> tuple[Facts, Draft]:
        """Return an area's facts and draft without any fault."""
        if (last, area) not in self._drafts:
            told = self.at(last)
            facts = told.facts_alone(area)
            self._drafts[last, area] = facts, told.weigh(told.write(facts))
        return self._drafts[last, area]

    def moves_nothing(self, place: Place, table: Table, changed: Collection[str]) -> bool:
        """Tell whether an area stands as it did to its past and to the nation."""
        told = self.at(place.last)
        basket = told.locals_.keys() - told.known.left_out
        periods = told.ground.periods
        if place.last not in self._sums:
            self._sums[place.last] = add_up(told.table, periods, basket)
        sums = self._sums[place.last]
        others = sums.with_counts(table, changed, periods, basket)
        return others.relations(place.area) == sums.relations(place.area)


def period_to(last: Quarter) -> Period:
    """Return the year to a quarter, as a calendar year where it is one."""
    return Period(last, PeriodKind.CALENDAR if last.number == 4 else PeriodKind.ROLLING)


class Effect(StrEnum):
    """What a fault has to have done to be counted."""

    TURNED = "turned a printed claim"
    PRINTED = "put a wrong figure into print"


def draw(
    fault: Fault,
    effect: Effect,
    releases: Releases,
    enough: int,
    *,
    newest: bool,
    seed: str = "real counts",
) -> list[Drawn]:
    """Plant faults of a kind at random until so many have had an effect."""
    screened = effect is Effect.TURNED
    found = plant(fault, releases, newest=newest, seed=seed, screened=screened)
    counted = (each for each in found if (each.turned if screened else each.misprinted))
    return list(islice(counted, enough))


def plant(
    fault: Fault, releases: Releases, *, newest: bool, seed: str, screened: bool
) -> Iterator[Drawn]:
    """Yield what comes of a kind of fault, planted in one place after another.

    With `screened` those are left out that move no relation a claim could be made of.
    """
    rng = random.Random(f"{seed}/{fault}/{newest}")  # noqa: S311 - the same faults each time
    for place in places(releases, rng, newest=newest):
        told = releases.at(place.last)
        if not _is_fair(place, told):
            continue
        table, changed = faulty(fault, told.table, place.area, place.quarter, rng)
        if screened and releases.moves_nothing(place, table, changed):
            continue
        true, clean = releases.true_draft(place.last, place.area)
        if clean.status is Status.READY:
            yield look_at(fault, place, told.with_counts(table, changed), true)


def places(releases: Releases, rng: random.Random, *, newest: bool) -> Iterator[Place]:
    """Yield releases with areas and quarters that their drafts rest on, in random order."""
    found = [
        Place(last, area.id, last + -back)
        for last in releases.ends
        for back in range(*((0, 1) if newest else (1, (last.ordinal - BEGIN.ordinal + 1) // 4 * 4)))
        for area in releases.desk.forces
    ]
    rng.shuffle(found)
    yield from found


def _is_fair(place: Place, told: Told) -> bool:
    """Tell whether a place tells something of the rule.

    It does not where the register speaks of the area's quarter, nor where that is in doubt
    without any fault.
    """
    speaks = any(
        entry.area == place.area and entry.covers(place.area, place.quarter)
        for entry in told.desk.register
    )
    return not speaks and not _is_doubted(place, told)


def _is_doubted(place: Place, told: Told) -> bool:
    doubtful = told.doubtful.get(place.area)
    return bool(doubtful and any(doubt.quarter == place.quarter for doubt in doubtful.doubts))


def look_at(fault: Fault, place: Place, told: Told, true: Facts) -> Drawn:
    """Write a draft from faulty counts, and see what the program makes of it."""
    draft = told.write(told.facts_alone(place.area))
    weighed = told.weigh(draft)
    return Drawn(
        fault,
        place,
        claims=turned_claims(draft, true),
        misprinted=prints_wrong_figures(draft, true),
        seen=_is_doubted(place, told),
        level=weighed.doubts[0].level if weighed.doubts else None,
        status=weighed.status,
    )


def faulty(
    fault: Fault, table: Table, area: str, quarter: Quarter, rng: random.Random
) -> tuple[Table, tuple[str, ...]]:
    """Return the counts with a fault, and the areas whose counts it changes."""
    names = COUNTS[fault.counts]
    if fault.size != EXCHANGED:
        return scaled(table, area, quarter, names, SIZES[fault.size]), (area,)
    other = rng.choice([each for each in table if each != area])
    here, there = table[area][quarter], table[other][quarter]
    taken = here._replace(**{name: getattr(there, name) for name in names})
    given = there._replace(**{name: getattr(here, name) for name in names})
    return put(put(table, area, quarter, taken), other, quarter, given), (area, other)
