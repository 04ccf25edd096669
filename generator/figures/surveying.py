"""What the areas of a story are together: the nation's basket, places, and what is in doubt.

Areas are looked at a few at a time, so that there may be any number: what each group adds is
small, and is put together to the survey, without which no area's facts are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from generator.desk import Area
from generator.figures.basket import Gaps, find_exclusion, find_nations_gap
from generator.figures.cells import Cell, Counted, add_areas
from generator.figures.completeness import Gap, find_gap
from generator.figures.ground import Ground
from generator.figures.problems import doubtful_many, doubtful_problem, oddity_problem
from generator.figures.ranking import LeagueKey, Ranked, league_key
from generator.figures.score import Changes, change_on
from generator.figures.series import Series, build_series
from generator.figures.suspicion import find_oddities
from generator.model import Exclusion, Level, Problem
from generator.periods import Period, Quarter

FEW = 20
"""Areas in doubt that each draft names one by one."""


@dataclass(frozen=True)
class Local:
    """What is known of an area by itself."""

    area: Area
    gaps: Gaps
    exclusion: Exclusion | None
    """Why it is not in the nation's basket."""
    series: Series
    oddities: tuple[Problem, ...]

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
    doubtful: Mapping[str, Area]
    """Those in the basket whose figures are not to be believed, by id."""
    league: Sequence[tuple[LeagueKey, str]]
    """What their places in the nation's table are by, and their ids: the highest of them."""


@dataclass(frozen=True)
class Survey:
    """What is known of all areas together."""

    ground: Ground
    excluded: tuple[Exclusion, ...]
    nation: Series
    nation_gap: Gap | None
    """Why the nation has no figures for the period, None if it has."""
    ranks: Mapping[str, Ranked]
    changes: Changes
    doubtful: Mapping[str, Area]
    """Those in the basket whose figures are not to be believed, by id."""
    league: tuple[str, ...]
    """The areas of the nation's table, the highest first."""

    def doubts(self, own: str = "") -> list[Problem]:
        """Return the nation's problems with areas that are in doubt, but for an area's `own`.

        Past a few they are told of as one: every draft that gives the nation's figures has
        them.
        """
        nation = self.ground.desk.nation
        if len(self.doubtful) > FEW:
            return [self._many_doubts]
        others = (area for id_, area in self.doubtful.items() if id_ != own)
        return [doubtful_problem(area, nation, Level.HOLD) for area in others]

    @cached_property
    def _many_doubts(self) -> Problem:
        return doubtful_many(list(self.doubtful.values()), self.ground.desk.nation)


def look_at(areas: Iterable[Area], counted: Counted, ground: Ground) -> Iterator[Local]:
    """Yield what is known of each area by itself."""
    desk, story, dataset = ground.desk, ground.story, ground.story.dataset
    for area in areas:
        gaps = {
            period: find_gap(area.id, period, counted, story, desk) for period in ground.periods
        }
        oddities = find_oddities(area.id, counted, ground.story, ground.periods, desk)
        yield Local(
            area,
            gaps,
            find_exclusion(area, gaps),
            series_of(area.id, gaps, counted, ground),
            tuple(
                oddity_problem(area.id, oddity, ground.release, dataset, desk.style)
                for oddity in oddities
            ),
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
        doubtful={local.area.id: local.area for local in basket if local.oddities},
        league=sorted(league)[: story.league],
    )


def survey(parts: Iterable[Part], quarters: Sequence[Quarter], ground: Ground) -> Survey:
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
        nation_gap=gaps[ground.period],
        ranks={
            name: sorted(value for part in parts for value in part.shares[name])
            for name in parts[0].shares
        },
        changes=sorted(change for part in parts for change in part.changes),
        doubtful={area: each for part in parts for area, each in part.doubtful.items()},
        league=tuple(area for _, area in sorted(each for part in parts for each in part.league))[
            : story.league
        ],
    )
