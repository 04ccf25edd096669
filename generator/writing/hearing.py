"""What the series of all areas come to, worked out apart from the stage that measured them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from generator.desk import Area
from generator.model import Point, Unit
from generator.periods import Period


class Heard(NamedTuple):
    """An area's series, before anything is known of the others."""

    area: Area
    series: Mapping[str, Sequence[Point]]
    """By measure, oldest first."""
    in_basket: bool
    """False for an area that the nation's figures leave out."""


@dataclass(frozen=True)
class Testimony:
    """What the series of some areas come to, worked out apart from the stage that measured."""

    basket: int
    """How many of them the nation's figures are to be the sum of."""
    sums: Mapping[tuple[str, Period], int]
    """What these add up to, by the count and the period."""
    shares: Mapping[str, Sequence[Fraction]]
    """The newest value of each share in the areas that can be compared."""
    counts: Mapping[str, str]
    """A hash of each area's counts, by its id: what is printed has to be what was added up."""


def hear(areas: Iterable[Heard]) -> Testimony:
    """Work out what the series of some areas come to."""
    basket, sums = 0, Counter[tuple[str, Period]]()
    shares: dict[str, list[Fraction]] = defaultdict(list)
    counts: dict[str, str] = {}
    for area, series, in_basket in areas:
        basket += in_basket
        counts[area.id] = hash_counts(series)
        for name, points in series.items():
            newest = points[-1].figure
            if any(point.figure and point.figure.unit is Unit.SHARE for point in points):
                if area.local and newest is not None:
                    shares[name].append(Fraction(newest.value))
            elif in_basket:
                for point in points:
                    if point.figure is not None:
                        sums[name, point.period] += int(point.figure.value)
    return Testimony(basket, sums, shares, counts)


def put_together(parts: Iterable[Testimony]) -> Testimony:
    """Put together what groups of areas come to."""
    parts = list(parts)
    sums = Counter[tuple[str, Period]]()
    shares: dict[str, list[Fraction]] = defaultdict(list)
    for part in parts:
        sums.update(part.sums)
        for name, values in part.shares.items():
            shares[name] += values
    return Testimony(
        sum(part.basket for part in parts),
        sums,
        shares,
        {area: counts for part in parts for area, counts in part.counts.items()},
    )


def hash_counts(series: Mapping[str, Sequence[Point]]) -> str:
    """Return a hash of the counts among an area's series."""
    said = [
        f"{name} {point.period.id} {point.figure.value}"
        for name, points in sorted(series.items())
        for point in points
        if point.figure is not None and point.figure.unit is Unit.COUNT
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
