"""Measure a story: every area's facts, and the nation's as one basket of areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.desk import Area, Desk, Story
from generator.errors import Fault, RequestError
from generator.figures.basket import Gaps, find_exclusions, find_nations_gap
from generator.figures.comparing import compare
from generator.figures.completeness import Gap, find_gap
from generator.figures.counting import Counted, Totals
from generator.figures.findings import find_records
from generator.figures.problems import (
    caveats,
    doubtful_problem,
    exactness_problems,
    newer_period_problem,
    oddity_problem,
)
from generator.figures.ranking import Ranked, count_level, find_place, league_key, rank_areas
from generator.figures.score import Changes, find_changes, score_draft
from generator.figures.series import Series, build_series
from generator.figures.suspicion import find_oddities
from generator.model import (
    Exclusion,
    Facts,
    Finding,
    Level,
    MeasureFacts,
    Point,
    Problem,
    Release,
)
from generator.periods import Period, PeriodKind, periods_within


@dataclass(frozen=True)
class _Ground:
    """What measuring one story starts from."""

    story: Story
    release: Release
    desk: Desk
    counted: Counted
    periods: tuple[Period, ...]
    baseline: Period
    newest: Period
    """The newest period of its kind that the release holds in full."""

    @property
    def period(self) -> Period:
        return self.periods[-1]


def measure(
    totals: Totals,
    release: Release,
    story: Story,
    desk: Desk,
    period: Period | None = None,
) -> tuple[Facts, ...]:
    """Measure a story for every area of the desk, the nation last.

    The period is the newest that the release holds in full, unless one is asked for.
    Raises RequestError where the release does not hold it.
    """
    counted = totals.counted(story, desk.datasets[story.dataset])
    ground = _prepare(counted, release, story, desk, period)
    gaps = {
        area.id: {
            each: find_gap(area.id, each, counted, story.dataset, desk) for each in ground.periods
        }
        for area in desk.forces
    }
    excluded = tuple(find_exclusions(gaps, desk))
    out = {exclusion.area.id for exclusion in excluded}
    basket = [area.id for area in desk.forces if area.id not in out]
    series = {area.id: _series(area.id, [area.id], gaps[area.id], ground) for area in desk.forces}
    nation_gaps = {each: find_nations_gap(each, basket, counted, desk) for each in ground.periods}
    nations = _series(desk.nation.id, basket, nation_gaps, ground)
    ranks = rank_areas(series, story, desk)
    nation_measures = _measure_facts(desk.nation, nations, None, {}, ground)
    measures = {
        area.id: _measure_facts(area, series[area.id], nation_measures, ranks, ground)
        for area in desk.forces
    }
    changes = find_changes([measures[a.id][story.lead] for a in desk.forces if a.local])
    oddities = {
        area.id: [
            oddity_problem(area.id, oddity, release, story.dataset, desk.style)
            for oddity in find_oddities(area.id, counted, story, ground.periods, desk)
        ]
        for area in desk.forces
    }
    doubtful = {
        area.id: doubtful_problem(area, desk.nation, Level.HOLD)
        for area in desk.forces
        if oddities[area.id] and area.id not in out
    }

    nation = _facts(
        desk.nation,
        nation_measures,
        nation_gaps[ground.period],
        excluded,
        None,
        changes,
        ground,
        list(doubtful.values()),
    )
    facts = tuple(
        _facts(
            area,
            measures[area.id],
            gaps[area.id][ground.period],
            excluded,
            nation,
            changes,
            ground,
            oddities[area.id]
            + [problem for other, problem in doubtful.items() if other != area.id],
        )
        for area in desk.forces
    )
    return (*facts, replace(nation, areas=tuple(sorted(facts, key=league_key))))


def _newest_period(counted: Counted, kind: PeriodKind) -> Period | None:
    """Return the newest period of a kind that the release holds in full."""
    held = set(counted.quarters)
    within = periods_within(kind, min(held), max(held)) if held else ()
    full = [period for period in within if held.issuperset(period.quarters)]
    return full[-1] if full else None


def _prepare(
    counted: Counted, release: Release, story: Story, desk: Desk, asked: Period | None
) -> _Ground:
    """Settle the period, its series of periods and the baseline."""
    newest = _newest_period(counted, asked.kind if asked else story.period)
    held = set(counted.quarters)
    # The newest period that the release spans, even if a file is lacking in its midst: to
    # write about an older one without being asked would pass it off as the news.
    spanned = [*periods_within(story.period, min(held), max(held))] if held else []
    period = asked or (spanned[-1] if spanned else None)
    if period is None or not held.issuperset(period.quarters):
        span = f"{min(held)} to {max(held)}" if held else "nothing"
        wanted = period or f"a {story.period}"
        lacking = [str(q) for q in period.quarters if q not in held] if period else []
        raise RequestError(
            Fault(
                f"The release does not hold {wanted} in full.",
                f"Ask for --period {newest.id}." if newest else "Add the files that are lacking.",
                key="--period" if asked else "",
                found=f"figures from {span}"
                + (f", without {' and '.join(lacking)}" if lacking else ""),
                expected="four quarters running",
            )
        )
    begins = desk.datasets[story.dataset].first_quarter or min(held)
    periods = tuple(
        each
        for each in periods_within(period.kind, min(begins, *held), max(held), ending=period.last)
        if each <= period
    )
    baseline = period.previous if story.baseline == "previous" else Period.parse(story.baseline)
    return _Ground(story, release, desk, counted, periods, baseline, newest or period)


def _series(area: str, members: Sequence[str], gaps: Gaps, ground: _Ground) -> Series:
    dataset = ground.desk.datasets[ground.story.dataset]
    return build_series(
        area, members, gaps, ground.counted, ground.story, dataset, ground.desk.style
    )


def _measure_facts(
    area: Area,
    series: Series,
    nation: Mapping[str, MeasureFacts] | None,
    ranks: Mapping[str, Ranked],
    ground: _Ground,
) -> dict[str, MeasureFacts]:
    return {
        name: _facts_of_measure(
            area, name, points, nation[name] if nation else None, ranks.get(name, ()), ground
        )
        for name, points in series.items()
    }


def _facts_of_measure(
    area: Area,
    name: str,
    points: tuple[Point, ...],
    nation: MeasureFacts | None,
    ranked: Ranked,
    ground: _Ground,
) -> MeasureFacts:
    style = ground.desk.style
    by_period = {point.period: point.figure for point in points}
    now = points[-1]
    first = points[0].figure if len(points) > 1 else None
    previous = by_period.get(ground.period.previous)
    baseline = by_period.get(ground.baseline) if ground.baseline != ground.period else None
    prefix = f"{area.id}/{name}/{ground.period.id}"
    records = find_records(prefix, points, style.record_periods)
    measure_ = ground.story.measures[name]
    theirs = nation.figure if nation and measure_.is_share else None
    return MeasureFacts(
        name=name,
        measure=measure_,
        period=ground.period,
        figure=now.figure,
        first=first,
        previous=previous,
        baseline=baseline,
        small_base=Finding(
            f"{prefix}/small_base", holds=now.complete and now.figure is None, why=now.why
        ),
        record_high=records.high,
        joint_high=records.joint_high,
        record_low=records.low,
        joint_low=records.joint_low,
        hidden_record=records.hidden,
        below_peak=records.below_peak,
        above_trough=records.above_trough,
        on_first=compare(f"{prefix}/on_first", now.figure, first, style),
        on_previous=compare(f"{prefix}/on_previous", now.figure, previous, style),
        on_baseline=compare(f"{prefix}/on_baseline", now.figure, baseline, style),
        against_nation=compare(f"{prefix}/against_nation", now.figure, theirs, style),
        rank=find_place(area, now.figure, ranked),
        ranked=len(ranked),
        level=count_level(now.figure, ranked),
        series=points,
    )


def _facts(
    area: Area,
    measures: dict[str, MeasureFacts],
    gap: Gap | None,
    excluded: tuple[Exclusion, ...],
    nation: Facts | None,
    changes: Changes,
    ground: _Ground,
    problems: list[Problem],
) -> Facts:
    story = ground.story
    lead = measures[story.lead]
    number = measures[lead.measure.share] if lead.measure.share else None
    nations_lead = nation.lead if nation else None
    return Facts(
        story=story,
        area=area,
        period=ground.period,
        measures=measures,
        incomplete=(gap.reason or gap.why) if gap else "",
        excluded=excluded,
        score=score_draft(lead, number, nations_lead, changes, ground.desk.style),
        problems=(
            *problems,
            *exactness_problems(measures, lead),
            *newer_period_problem(lead, ground.newest),
            *caveats(area, ground.periods, story, ground.desk),
        ),
        nation=nation,
    )
