"""Collapses and spikes that the register does not know: a figure too odd to be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

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
    left = dict(totals)
    while True:
        off = {
            quarter: usual
            for quarter, usual in _usual(left, desk)
            if _is_odd(left[quarter], usual, desk)
        }
        if not off:
            return odd
        oddest = max(sorted(off), key=lambda quarter: _distance(left[quarter], off[quarter]))
        odd[oddest] = off[oddest]
        del left[oddest]


def _usual(totals: dict[Quarter, int], desk: Desk) -> Iterator[tuple[Quarter, Fraction]]:
    """Yield each quarter with the median of the nearest on either side, if they are enough."""
    nearest, quarters = desk.style.neighbours, sorted(totals)
    counts = [totals[quarter] for quarter in quarters]
    for at, quarter in enumerate(quarters):
        around = sorted(counts[max(at - nearest, 0) : at] + counts[at + 1 : at + 1 + nearest])
        if len(around) >= desk.style.fewest_neighbours:
            middle = len(around) // 2
            twice = around[middle] + around[middle if len(around) % 2 else middle - 1]
            yield quarter, Fraction(twice, 2)


def _is_odd(total: int, usual: Fraction, desk: Desk) -> bool:
    style = desk.style
    # The bounds over the denominator, in integers: this is asked of every quarter there is.
    part, whole = usual.numerator, usual.denominator
    believable = part * style.collapse_below <= total * 100 * whole <= part * style.spike_above
    return not believable and max(usual, Fraction(total)) >= style.smallest_neighbours


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
