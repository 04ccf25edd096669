"""Collapses and spikes that the register does not know: a figure too odd to be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

from generator.desk import Desk, Story
from generator.figures.completeness import is_ruled_out
from generator.figures.counting import Counted
from generator.periods import Period, Quarter

_ENOUGH = 3
"""Neighbours without which a quarter is not judged."""


@dataclass(frozen=True)
class Oddity:
    """Quarters running in which a count is far from that of the quarters around them."""

    first: Quarter
    last: Quarter
    total: int
    """The first quarter's count…"""
    usual: Fraction
    """…and the median of its neighbours'."""


def find_oddities(
    area: str, counted: Counted, story: Story, periods: Sequence[Period], desk: Desk
) -> list[Oddity]:
    """Judge each quarter of an area's base counts by the median of its neighbours.

    Quarters that the register takes out are neither judged nor judged by. A quarter of
    which the register says anything about this very area is known, and passes.
    """
    used = {quarter for period in periods for quarter in period.quarters}
    odd: dict[Quarter, Oddity] = {}
    for measure in _bases(story):
        totals = {
            quarter: cell.total
            for quarter, cell in sorted(counted.cells[measure].get(area, {}).items())
            if not cell.missing and not is_ruled_out(area, quarter, story.dataset, desk)
        }
        for quarter, usual in _odd_quarters(totals, desk):
            if quarter in used and not _is_known(area, quarter, story.dataset, desk):
                odd.setdefault(quarter, Oddity(quarter, quarter, totals[quarter], usual))
    return _joined([odd[quarter] for quarter in sorted(odd)])


def _bases(story: Story) -> list[str]:
    """Name the counts that shares are of; where a story has no share, all its counts."""
    bases = [measure.of for measure in story.measures.values() if measure.of]
    outermost = [name for name in dict.fromkeys(bases) if not _is_part(name, story)]
    return outermost or [name for name, m in story.measures.items() if not m.is_share]


def _is_part(name: str, story: Story) -> bool:
    return any(measure.share == name for measure in story.measures.values())


def _odd_quarters(totals: dict[Quarter, int], desk: Desk) -> Iterator[tuple[Quarter, Fraction]]:
    style = desk.style
    for quarter, total in totals.items():
        around = [
            totals[quarter + step]
            for step in range(-style.neighbours, style.neighbours + 1)
            if step and quarter + step in totals
        ]
        if len(around) < _ENOUGH:
            continue
        usual = median(map(Fraction, around))
        believable = usual * style.collapse_below <= total * 100 <= usual * style.spike_above
        if usual >= style.smallest_neighbours and not believable:
            yield quarter, usual


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
        Oddity(oddities[a].first, oddities[b - 1].last, oddities[a].total, oddities[a].usual)
        for a, b in zip(starts, ends, strict=True)
    ]
