"""The nation as one basket of areas: the same ones in every period that copy compares.

Where the nation has a record, copy compares every period there is, and so the basket is of the
areas that are complete in all of them. Where it has none, only the periods that are set beside
each other count: an area with a gap in some other year is in it, and the nation has no figure
for that year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.desk import Area, Desk
from generator.figures.cells import Cell, add_areas
from generator.figures.completeness import Gap
from generator.model import Exclusion
from generator.periods import Period, Quarter

Gaps = Mapping[Period, Gap | None]
"""Every period up to that of the story, oldest first, with why it is incomplete, None if not."""


class Reach(StrEnum):
    """The periods in which an area of the nation's basket has to be complete."""

    RECORD = "every period"
    COMPARED = "the periods compared"


@dataclass(frozen=True)
class Basket:
    """What some areas are of a basket: how many are in it, who is not, and what they add up to."""

    size: int
    excluded: tuple[Exclusion, ...]
    cells: Mapping[str, Mapping[Quarter, Cell]]
    """By measure."""
    lacking: Mapping[Period, Area]
    """Periods that somebody in it has no figures for, with the first who has none."""


def find_exclusion(area: Area, gaps: Gaps, periods: Collection[Period]) -> Exclusion | None:
    """Return why an area is not in the basket: it is not whole in every one of the periods.

    A quarter that the release lacks for everyone is a gap in the nation's series and
    nobody's exclusion.
    """
    own = {p: gap for p in periods if (gap := gaps[p]) is not None and not gap.everyones}
    if not own:
        return None
    newest = own[max(own)]
    periods = tuple(sorted(own))
    return Exclusion(area, newest.reason, periods, newest.entry, newest.unavailable, newest.why)


def find_lacking(inside: Iterable[tuple[Area, Gaps]]) -> dict[Period, Area]:
    """Return the periods that areas in a basket have no figures for, with the first of them."""
    lacking: dict[Period, Area] = {}
    for area, gaps in inside:
        for period, gap in gaps.items():
            if gap is not None and not gap.everyones:
                lacking.setdefault(period, area)
    return lacking


def join_baskets(parts: Sequence[Basket]) -> Basket:
    """Put together what groups of areas are of a basket, in their order."""
    lacking: dict[Period, Area] = {}
    for part in parts:
        lacking = {**part.lacking, **lacking}
    return Basket(
        sum(part.size for part in parts),
        tuple(each for part in parts for each in part.excluded),
        {name: add_areas(part.cells[name] for part in parts) for name in parts[0].cells},
        lacking,
    )


def find_nations_gap(
    period: Period, basket: Basket, quarters: Collection[Quarter], desk: Desk
) -> Gap | None:
    """Return why there is no figure for the nation, None if there is one.

    A basket of too few of the forces is not the nation, whatever it adds up to, and no period
    is added up without one of those who are in it. `quarters` are those for which the release
    has rows.
    """
    for quarter in period.quarters:
        if quarter not in quarters:
            return Gap("", f"the release has no figures for {quarter}")
    if basket.size * 100 < desk.style.smallest_basket * len(desk.forces):
        return Gap("", f"only {basket.size} of {len(desk.forces)} forces are complete throughout")
    if period in basket.lacking:
        who = basket.lacking[period].police or basket.lacking[period].name
        return Gap("", f"not compared, and {who} has no complete figures for it", aside=True)
    return None
