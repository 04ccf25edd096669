"""Collapses and spikes that the register does not know: a figure too odd to be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from statistics import median_high, median_low

from generator.desk import Desk, Story
from generator.figures.cells import Counted
from generator.figures.completeness import is_ruled_out
from generator.periods import Period, Quarter


@dataclass(frozen=True)
class Oddity:
    """Quarters running in which a count is far from that of the quarters around them."""

    label: str
    """What is counted."""
    first: Quarter
    last: Quarter
    total: int
    """The first quarter's count…"""
    usual: Fraction
    """…and the median of its neighbours'."""


def find_oddities(
    area: str, counted: Counted, story: Story, periods: Sequence[Period], desk: Desk
) -> list[Oddity]:
    """Judge each quarter of each of an area's counts by the median of its neighbours.

    Quarters that the register takes out are neither judged nor judged by. A quarter of
    which the register says anything about this very area is known, and passes.
    """
    used = {quarter for period in periods for quarter in period.quarters}
    odd: dict[Quarter, Oddity] = {}
    for measure in counted.cells:
        totals = {
            quarter: cell.total
            for quarter, cell in sorted(counted.cells[measure].get(area, {}).items())
            if not cell.missing and not is_ruled_out(area, quarter, story.dataset, desk)
        }
        for quarter, usual in _odd_quarters(totals, desk).items():
            if quarter in used and not _is_known(area, quarter, story.dataset, desk):
                label = story.measures[measure].label
                odd.setdefault(quarter, Oddity(label, quarter, quarter, totals[quarter], usual))
    return _joined([odd[quarter] for quarter in sorted(odd)])


def _odd_quarters(totals: dict[Quarter, int], desk: Desk) -> dict[Quarter, Fraction]:
    """Find the odd quarters, each with what would have been usual.

    The oddest is taken out first and the others judged again without it, so that the
    quarters of a long collapse do not vouch for each other, nor accuse a good neighbour.
    """
    odd: dict[Quarter, Fraction] = {}
    left = dict(sorted(totals.items()))
    while True:
        counts = list(left.values())
        judged = {quarter: _usual(at, counts, desk) for at, quarter in enumerate(left)}
        off = {
            quarter: _distance(left[quarter], usual)
            for quarter, usual in judged.items()
            if usual is not None and _is_odd(left[quarter], usual, desk)
        }
        if not off:
            return odd
        oddest = max(sorted(off), key=lambda quarter: off[quarter])
        odd[oddest] = judged[oddest] or Fraction(0)
        del left[oddest]


def _usual(at: int, totals: Sequence[int], desk: Desk) -> Fraction | None:
    """Return the median of the nearest quarters on either side, None where they are too few.

    `totals` are those of all the quarters, oldest first; it is judged the one `at` a place.
    """
    nearest = desk.style.neighbours
    around = [*totals[max(at - nearest, 0) : at], *totals[at + 1 : at + 1 + nearest]]
    if len(around) < desk.style.fewest_neighbours:
        return None
    return Fraction(median_low(around) + median_high(around), 2)


def _is_odd(total: int, usual: Fraction, desk: Desk) -> bool:
    style = desk.style
    believable = usual * style.collapse_below <= total * 100 <= usual * style.spike_above
    return max(usual, Fraction(total)) >= style.smallest_neighbours and not believable


def _distance(total: int, usual: Fraction) -> Fraction:
    """Say how many times too large or too small a count is."""
    larger, smaller = max(usual, Fraction(total)), min(usual, Fraction(total))
    return larger / max(smaller, Fraction(1))


def _is_known(area: str, quarter: Quarter, dataset: str, desk: Desk) -> bool:
    """Tell whether the register has an entry of the area's own; one for all knows no collapse."""
    return any(
        entry.dataset == dataset and entry.area == area and entry.covers(area, quarter)
        for entry in desk.register
    )


def _joined(oddities: list[Oddity]) -> list[Oddity]:
    """Join neighbouring quarters, so that one entry of the register mends them."""
    if not oddities:
        return []
    starts = [0, *(i for i, (a, b) in enumerate(pairwise(oddities), 1) if a.last + 1 != b.first)]
    ends = [*starts[1:], len(oddities)]
    return [
        replace(oddities[a], last=oddities[b - 1].last) for a, b in zip(starts, ends, strict=True)
    ]
