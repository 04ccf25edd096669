"""What the areas of a story are together: the nation's basket, places, and what is in doubt.

Areas are looked at a few at a time, so that there may be any number: what each group adds is
small, and is put together to the survey, without which no area's facts are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.desk import Answer, Area
from generator.figures.answers import find_answers
from generator.figures.basket import Gaps, find_exclusion, find_nations_gap
from generator.figures.cells import Cell, Counted, add_areas, add_up
from generator.figures.completeness import Gap, find_gap
from generator.figures.doubts import Logs, Movement, find_doubts, find_movement, take_logs
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
    exclusion: Exclusion | None
    """Why it is not in the nation's basket."""
    series: Series
    answers: tuple[Answer, ...]
    """What was answered to doubts about it, as far as it holds."""

    @property
    def is_whole(self) -> bool:
        """True where it is in the nation's basket."""
        return self.exclusion is None


@dataclass(frozen=True)
class Part:
    """What some areas add to what is known of all of them."""

    excluded: tuple[Exclusion, ...]
    basket: int
    """How many of them are in the nation's basket."""
    cells: Mapping[str, Mapping[Quarter, Cell]]
    """What those in the basket add up to, by measure."""
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
            find_exclusion(area, gaps),
            series_of(area.id, gaps, counted, ground),
            find_answers(area.id, quarters, counted, story, desk),
        )


def series_of(
    area: str, gaps: Mapping[Period, Gap | None], counted: Counted, ground: Ground
) -> Series:
    """Return the series of an area, or of the nation where its cells are among those counted."""
    return build_series(area, gaps, counted, ground.story, ground.dataset, ground.desk.style)


def gather(locals_: Sequence[Local], counted: Counted, ground: Ground) -> Part:
    """Gather what these areas add to what is known of all."""
    story = ground.story
    basket = [local for local in locals_ if local.is_whole]
    ranked = [local.series for local in locals_ if local.area.local]
    changes = (change_on(series[story.lead], ground.baseline) for series in ranked)
    league = (
        (league_key(local.series[story.lead][-1].figure, local.area), local.area.id)
        for local in locals_
    )
    return Part(
        excluded=tuple(local.exclusion for local in locals_ if local.exclusion),
        basket=len(basket),
        cells={
            name: add_areas(cells[local.area.id] for local in basket if local.area.id in cells)
            for name, cells in counted.cells.items()
        },
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


def survey(
    parts: Iterable[Part],
    doubtful: Mapping[str, Doubtful],
    quarters: Sequence[Quarter],
    ground: Ground,
) -> Survey:
    """Put together what groups of areas add, in the desk's order; `quarters` are those held."""
    parts = list(parts)
    desk, story = ground.desk, ground.story
    basket = sum(part.basket for part in parts)
    gaps = {each: find_nations_gap(each, basket, quarters, desk) for each in ground.periods}
    cells = {
        name: {desk.nation.id: add_areas(part.cells[name] for part in parts)}
        for name in parts[0].cells
    }
    return Survey(
        ground,
        excluded=tuple(each for part in parts for each in part.excluded),
        nation=series_of(desk.nation.id, gaps, Counted(cells, tuple(quarters)), ground),
        nation_gaps=gaps,
        quarters=tuple(quarters),
        ranks={
            name: sorted(value for part in parts for value in part.shares[name])
            for name in parts[0].shares
        },
        changes=sorted(change for part in parts for change in part.changes),
        doubtful=doubtful,
        cells={name: of_nation[desk.nation.id] for name, of_nation in cells.items()},
        left_out=frozenset(each.area.id for part in parts for each in part.excluded),
        league=tuple(area for _, area in sorted(each for part in parts for each in part.league))[
            : story.league
        ],
        answers=tuple(answer for part in parts for answer in part.answers),
    )
