"""What stands above and below what, worked out from the counts alone.

The story says of rates how they stand to the first, to the one before, to the highest and lowest
and to the nation's, and of numbers whether they are records. A claim of a draft can turn only
where one of these relations does: faults that move none need not be written about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from generator.periods import Period

from .counts import Table

Relations = tuple[int, ...]


class Sum(NamedTuple):
    """What an area, or several, closed in a period, and how much of it with a charge."""

    charged: int
    closed: int

    @property
    def as_printed(self) -> int:
        """The rate in tenths of a per cent, half up."""
        return (2000 * self.charged + self.closed) // (2 * self.closed) if self.closed > 0 else 0


class Sums(NamedTuple):
    """What areas closed in each of the periods, and the basket of areas together."""

    areas: Mapping[str, Sequence[Sum]]
    basket: Sequence[Sum]

    def relations(self, area: str) -> Relations:
        """Say how an area, and the basket, stand to their past and to each other."""
        own = self.areas[area]
        return (*_to_past(own), *_to_past(self.basket), *_compare(own[-1], self.basket[-1]))

    def with_counts(
        self,
        table: Table,
        changed: Iterable[str],
        periods: Sequence[Period],
        basket: Collection[str],
    ) -> Sums:
        """Return the sums with the counts of some areas changed."""
        areas, together = dict(self.areas), list(self.basket)
        for area in changed:
            areas[area] = _sums(table, area, periods)
            if area in basket:
                moved = zip(together, areas[area], self.areas[area], strict=True)
                together = [
                    Sum(
                        all_.charged + new.charged - old.charged,
                        all_.closed + new.closed - old.closed,
                    )
                    for all_, new, old in moved
                ]
        return Sums(areas, together)


def add_up(table: Table, periods: Sequence[Period], basket: Collection[str]) -> Sums:
    """Add up the counts of every area, and of those in the basket."""
    areas = {area: _sums(table, area, periods) for area in table}
    columns = zip(*(areas[area] for area in basket), strict=True)
    return Sums(areas, [Sum(*map(sum, zip(*column, strict=True))) for column in columns])


def _sums(table: Table, area: str, periods: Sequence[Period]) -> list[Sum]:
    held = table[area]
    return [
        Sum(*map(sum, zip(*(held[quarter] for quarter in period.quarters), strict=True)))
        for period in periods
    ]


def _to_past(sums: Sequence[Sum]) -> Iterator[int]:
    """Compare the newest with the first, the one before, the highest and the lowest."""
    *earlier, now = sums
    rates = sorted(earlier, key=lambda each: Fraction(each.charged, max(each.closed, 1)))
    for each in (earlier[0], earlier[-1], rates[0], rates[-1]):
        yield from _compare(now, each)
    numbers = [each.charged for each in earlier]
    yield _sign(now.charged - min(numbers))
    yield _sign(now.charged - max(numbers))


def _compare(one: Sum, other: Sum) -> Iterator[int]:
    """Compare two rates, exactly and as printed."""
    yield _sign(one.charged * other.closed - other.charged * one.closed)
    yield _sign(one.as_printed - other.as_printed)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
