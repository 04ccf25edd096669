"""What one fault does to the drafts in which it was not planted: whole releases, all anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Set
from dataclasses import dataclass

from generator.model import Status
from generator.periods import Quarter

from .backtest import write_all
from .faults import FAULTS, Drawn, Fault, Place, Releases, faulty, look_at, places
from .told import Told, tell


@dataclass(frozen=True)
class Spread:
    """One fault in a whole release."""

    fault: Fault
    place: Place
    newly_held: tuple[str, ...]
    """Areas without the fault whose drafts are held with it, and not without it."""
    drawn: Drawn
    """What comes of it where all that is known of others is taken over."""
    anew: Drawn
    """What comes of it where all is worked out anew."""


def spread(releases: Releases, enough: int, seed: str = "real counts") -> Iterator[Spread]:
    """Plant faults of all kinds into whole releases."""
    rng = random.Random(f"{seed}/spread")  # noqa: S311 - the same faults each time
    clean: dict[Quarter, Set[str]] = {}
    drawn = places(releases, rng, newest=False), places(releases, rng, newest=True)
    for number in range(enough):
        fault, place = FAULTS[number % len(FAULTS)], next(drawn[number % 2])
        told = releases.at(place.last)
        table, changed = faulty(fault, told.table, place.area, place.quarter, rng)
        release = told.release
        assert release.published
        anew = tell(table, releases.desk, told.ground.period.id, release.published)
        if place.last not in clean:
            clean[place.last] = _held(told)
        true, _ = releases.true_draft(place.last, place.area)
        yield Spread(
            fault,
            place,
            tuple(sorted(_held(anew) - clean[place.last] - set(changed))),
            look_at(fault, place, told.with_counts(table, changed), true),
            look_at(fault, place, anew, true),
        )


def _held(told: Told) -> Set[str]:
    return {area for area, draft in write_all(told).items() if draft.status is Status.HELD}
