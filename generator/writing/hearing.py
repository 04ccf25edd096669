"""What the series of all areas come to, worked out apart from the stage that measured them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    baskets: Collection[str]
    """Those that it is in, of the baskets that the nation may turn out to be."""


@dataclass(frozen=True)
class Sums:
    """What the areas of a basket come to, by the count and the period."""

    areas: int
    """How many areas are in it…"""
    having: Mapping[tuple[str, Period], int]
    """…how many of them have such a count…"""
    totals: Mapping[tuple[str, Period], int]
    """…and what those add up to."""


@dataclass(frozen=True)
class Testimony:
    """What the series of some areas come to, worked out apart from the stage that measured."""

    baskets: Mapping[str, Sums]
    shares: Mapping[str, Sequence[Fraction]]
    """The newest value of each share in the areas that can be compared."""
    counts: Mapping[str, str]
    """A hash of each area's counts, by its id: what is printed has to be what was added up."""

    def of(self, basket: str) -> Sums:
        """Return what a basket comes to; one that nobody is in comes to nothing."""
        return self.baskets.get(basket, Sums(0, {}, {}))


def hear(areas: Iterable[Heard]) -> Testimony:
    """Work out what the series of some areas come to."""
    sizes = Counter[str]()
    having: defaultdict[str, Counter[tuple[str, Period]]] = defaultdict(Counter)
    totals: defaultdict[str, Counter[tuple[str, Period]]] = defaultdict(Counter)
    shares: dict[str, list[Fraction]] = defaultdict(list)
    hashes: dict[str, str] = {}
    for area, series, baskets in areas:
        sizes.update(baskets)
        hashes[area.id] = hash_counts(series)
        for name, points in series.items():
            newest = points[-1].figure
            if any(point.figure and point.figure.unit is Unit.SHARE for point in points):
                if area.local and newest is not None:
                    shares[name].append(Fraction(newest.value))
                continue
            counts = {(name, p.period): int(p.figure.value) for p in points if p.figure is not None}
            for basket in baskets:
                having[basket].update(counts.keys())
                totals[basket].update(counts)
    sums = {basket: Sums(sizes[basket], having[basket], totals[basket]) for basket in sizes}
    return Testimony(sums, shares, hashes)


def put_together(parts: Iterable[Testimony]) -> Testimony:
    """Put together what groups of areas come to."""
    parts = list(parts)
    shares: dict[str, list[Fraction]] = defaultdict(list)
    for part in parts:
        for name, values in part.shares.items():
            shares[name] += values
    baskets = sorted({basket for part in parts for basket in part.baskets})
    return Testimony(
        {basket: _added([part.of(basket) for part in parts]) for basket in baskets},
        shares,
        {area: counts for part in parts for area, counts in part.counts.items()},
    )


def _added(sums: Sequence[Sums]) -> Sums:
    having, totals = Counter[tuple[str, Period]](), Counter[tuple[str, Period]]()
    for each in sums:
        having.update(each.having)
        totals.update(each.totals)
    return Sums(sum(each.areas for each in sums), having, totals)


def hash_counts(series: Mapping[str, Sequence[Point]]) -> str:
    """Return a hash of the counts among an area's series."""
    said = [
        f"{name} {point.period.id} {point.figure.value}"
        for name, points in sorted(series.items())
        for point in points
        if point.figure is not None and point.figure.unit is Unit.COUNT
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
