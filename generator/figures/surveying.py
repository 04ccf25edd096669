"""What the areas of a story are together: the nation's basket, places, and what is in doubt.

Areas are looked at a few at a time, so that there may be any number: what each group adds is
small, and is put together to the survey, without which no area's facts are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from generator.desk import Answer, Area
from generator.figures.answers import find_answers
from generator.figures.basket import (
    Basket,
    Gaps,
    Reach,
    find_exclusion,
    find_lacking,
    find_nations_gap,
    join_baskets,
)
from generator.figures.cells import Cell, Counted, add_areas, add_up
from generator.figures.completeness import Gap, find_gap
from generator.figures.doubts import Logs, Movement, find_doubts, find_movement, take_logs
from generator.figures.findings import find_records
from generator.figures.ground import Ground
from generator.figures.ranking import LeagueKey, Ranked, league_key
from generator.figures.score import Changes, change_on
from generator.figures.series import Series, build_series
from generator.model import Doubt, Exclusion
from generator.periods import Period, Quarter


@dataclass(frozen=True)
class Doubtful:
    """An area with counts in doubt."""

    doubts: tuple[Doubt, ...]
    """Oldest first."""
    totals: Mapping[str, int]
    """What the area has in the period of the story, by measure."""


@dataclass(frozen=True)
class Local:
    """What is known of an area by itself."""

    area: Area
    gaps: Gaps
    exclusions: Mapping[Reach, Exclusion]
    """Why it is not in a basket, of those of the nation's that it is not in."""
    series: Series
    answers: tuple[Answer, ...]
    """What was answered to doubts about it, as far as it holds."""

    @property
    def baskets(self) -> frozenset[Reach]:
        """The baskets of the nation's that it is in."""
        return frozenset(reach for reach in Reach if reach not in self.exclusions)


@dataclass(frozen=True)
class Part:
    """What some areas add to what is known of all of them."""

    baskets: Mapping[Reach, Basket]
    """What they are of each that the nation's may be: which it is, is known with all of them."""
    shares: Mapping[str, Sequence[Fraction]]
    """The newest values of those that can be ranked, by measure."""
    changes: Sequence[Fraction]
    logs: Sequence[Logs]
    """What the movement of all areas is worked out from."""
    league: Sequence[tuple[LeagueKey, str]]
    """What their places in the nation's table are by, and their ids: the highest of them."""
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Survey:
    """What is known of all areas together."""

    ground: Ground
    reach: Reach
    """Which the nation's basket is, for every draft of the story and the period."""
    excluded: tuple[Exclusion, ...]
    nation: Series
    nation_gaps: Gaps
    """By period, why the nation has no figures for it, None if it has."""
    quarters: tuple[Quarter, ...]
    """Those for which the release has rows."""
    ranks: Mapping[str, Ranked]
    changes: Changes
    doubtful: Mapping[str, Doubtful]
    """Areas with counts in doubt, by id."""
    cells: Mapping[str, Mapping[Quarter, Cell]]
    """What the areas of the basket add up to, by measure."""
    left_out: frozenset[str]
    """The ids of the areas that are not in the basket."""
    league: tuple[str, ...]
    """The areas of the nation's table, the highest first."""
    answers: tuple[Answer, ...]
    """What was answered to doubts about any area, as far as it holds."""
    other: Survey | None = None
    """The same with the nation as the areas complete in every period, where it is not these."""

    @property
    def nation_gap(self) -> Gap | None:
        """Why the nation has no figures for the period, None if it has."""
        return self.nation_gaps[self.ground.period]


def look_at(areas: Iterable[Area], counted: Counted, ground: Ground) -> Iterator[Local]:
    """Yield what is known of each area by itself."""
    desk, story = ground.desk, ground.story
    quarters = dict.fromkeys(quarter for each in ground.periods for quarter in each.quarters)
    for area in areas:
        gaps = {
            period: find_gap(area.id, period, counted, story, desk) for period in ground.periods
        }
        yield Local(
            area,
            gaps,
            _exclusions(area, gaps, ground),
            series_of(area.id, gaps, counted, ground),
            find_answers(area.id, quarters, counted, story, desk),
        )


def _exclusions(area: Area, gaps: Gaps, ground: Ground) -> dict[Reach, Exclusion]:
    periods = {Reach.RECORD: ground.periods, Reach.COMPARED: ground.compared}
    found = {reach: find_exclusion(area, gaps, of_it) for reach, of_it in periods.items()}
    return {reach: exclusion for reach, exclusion in found.items() if exclusion is not None}


def series_of(
    area: str, gaps: Mapping[Period, Gap | None], counted: Counted, ground: Ground
) -> Series:
    """Return the series of an area, or of the nation where its cells are among those counted."""
    return build_series(area, gaps, counted, ground.story, ground.dataset, ground.desk.style)


def gather(locals_: Sequence[Local], counted: Counted, ground: Ground) -> Part:
    """Gather what these areas add to what is known of all."""
    story = ground.story
    ranked = [local.series for local in locals_ if local.area.local]
    changes = (change_on(series[story.lead], ground.baseline) for series in ranked)
    league = (
        (league_key(local.series[story.lead][-1].figure, local.area), local.area.id)
        for local in locals_
    )
    return Part(
        baskets=_fill_baskets(locals_, counted),
        shares={
            name: [Fraction(f.value) for series in ranked if (f := series[name][-1].figure)]
            for name, measure in story.measures.items()
            if measure.is_share
        },
        changes=[change for change in changes if change is not None],
        logs=[take_logs(local.area.id, counted, story, ground.desk) for local in locals_],
        league=sorted(league)[: story.league],
        answers=tuple(answer for local in locals_ for answer in local.answers),
    )


def movement_of(parts: Iterable[Part], ground: Ground) -> Movement:
    """Work out what the series of all areas have in common."""
    return find_movement([logs for part in parts for logs in part.logs], ground.desk)


def find_doubtful(
    areas: Iterable[Area], counted: Counted, movement: Movement, ground: Ground
) -> dict[str, Doubtful]:
    """Return those of the areas that are in doubt, by what all areas have in common."""
    story, desk = ground.story, ground.desk
    found = {}
    for area in areas:
        doubts = find_doubts(area.id, counted, story, ground.periods, movement, desk)
        if doubts:
            totals = {
                name: add_up(held.values()).total
                for name, cells in counted.cells.items()
                if (held := _within(cells.get(area.id, {}), ground.period))
            }
            found[area.id] = Doubtful(doubts, totals)
    return found


def _within(cells: Mapping[Quarter, Cell], period: Period) -> dict[Quarter, Cell]:
    return {quarter: cells[quarter] for quarter in period.quarters if quarter in cells}


def _fill_baskets(locals_: Sequence[Local], counted: Counted) -> dict[Reach, Basket]:
    """Put these areas into the baskets that they are in; what both have is added up once."""
    filled: dict[Reach, Basket] = {}
    for reach in Reach:
        inside = [local for local in locals_ if reach in local.baskets]
        same = next((basket for basket in filled.values() if basket.size == len(inside)), None)
        # Who is complete in every period is in those compared: as many are the same.
        cells = (
            same.cells
            if same
            else {
                name: add_areas(cells[each.area.id] for each in inside if each.area.id in cells)
                for name, cells in counted.cells.items()
            }
        )
        excluded = (local.exclusions.get(reach) for local in locals_)
        filled[reach] = Basket(
            len(inside),
            tuple(each for each in excluded if each is not None),
            cells,
            find_lacking((each.area, each.gaps) for each in inside),
        )
    return filled


def survey(
    parts: Iterable[Part],
    doubtful: Mapping[str, Doubtful],
    quarters: Sequence[Quarter],
    ground: Ground,
) -> Survey:
    """Put together what groups of areas add, in the desk's order; `quarters` are those held."""
    parts = list(parts)
    throughout = _survey_as(Reach.RECORD, parts, doubtful, quarters, ground)
    if _has_a_record(throughout.nation, ground):
        return throughout
    compared = _survey_as(Reach.COMPARED, parts, doubtful, quarters, ground)
    if throughout.nation_gap or throughout.excluded == compared.excluded:
        return compared
    return replace(compared, other=throughout)


def _survey_as(
    reach: Reach,
    parts: Sequence[Part],
    doubtful: Mapping[str, Doubtful],
    quarters: Sequence[Quarter],
    ground: Ground,
) -> Survey:
    """Put together what groups of areas add, with the nation as this basket of them."""
    basket = join_baskets([part.baskets[reach] for part in parts])
    gaps, nation = _nation_of(basket, quarters, ground)
    return Survey(
        ground,
        reach,
        excluded=basket.excluded,
        nation=nation,
        nation_gaps=gaps,
        quarters=tuple(quarters),
        ranks={
            name: sorted(value for part in parts for value in part.shares[name])
            for name in parts[0].shares
        },
        changes=sorted(change for part in parts for change in part.changes),
        doubtful=doubtful,
        cells=basket.cells,
        left_out=frozenset(each.area.id for each in basket.excluded),
        league=tuple(area for _, area in sorted(each for part in parts for each in part.league))[
            : ground.story.league
        ],
        answers=tuple(answer for part in parts for answer in part.answers),
    )


def _nation_of(basket: Basket, quarters: Sequence[Quarter], ground: Ground) -> tuple[Gaps, Series]:
    """Return the nation's series as this basket, with why it has no figure where it has none."""
    nation = ground.desk.nation.id
    gaps = {each: find_nations_gap(each, basket, quarters, ground.desk) for each in ground.periods}
    cells = {name: {nation: cells} for name, cells in basket.cells.items()}
    return gaps, series_of(nation, gaps, Counted(cells, tuple(quarters)), ground)


def _has_a_record(nation: Series, ground: Ground) -> bool:
    """Tell whether the nation's lead measure, or the number that it is a share of, is a record."""
    number = ground.story.measures[ground.story.lead].share
    enough = ground.desk.style.record_periods
    leads = (nation[name] for name in (ground.story.lead, number) if name)
    return any(find_records("", points, enough).is_one for points in leads)
