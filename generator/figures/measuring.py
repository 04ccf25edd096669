"""Measure a story: every area's facts, and the nation's as one basket of areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.desk import Area, Desk, Story
from generator.figures.comparing import compare
from generator.figures.completeness import Gap
from generator.figures.counting import Totals
from generator.figures.findings import find_records
from generator.figures.ground import Ground, prepare
from generator.figures.problems import (
    caveats,
    caveats_for_readers,
    exactness_problems,
    newer_period_problem,
)
from generator.figures.ranking import Ranked, count_level, find_place
from generator.figures.score import score_draft
from generator.figures.series import Series
from generator.figures.surveying import Local, Survey, gather, look_at, survey
from generator.model import Facts, Finding, MeasureFacts, Point, Problem, Release
from generator.periods import Period


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
    ground = prepare(totals.quarters, release, story, desk, period)
    counted = totals.counted(story, desk)
    locals_ = list(look_at(desk.forces, counted, ground))
    known = survey([gather(locals_, counted, ground)], totals.quarters, ground)
    nation = measure_nation(known)
    facts = tuple(measure_areas(locals_, known, nation))
    return (*facts, with_table(nation, facts, known))


def measure_areas(locals_: Iterable[Local], known: Survey, nation: Facts) -> Iterator[Facts]:
    """Yield the facts of areas, from what is known of each by itself and of all together."""
    ground = known.ground
    for local in locals_:
        measures = _measure_facts(local.area, local.series, nation.measures, known.ranks, ground)
        doubts = known.doubts(local.area.id)
        gap, problems = local.gaps[ground.period], [*local.oddities, *doubts]
        yield _facts(local.area, measures, gap, known, nation, problems)


def measure_nation(known: Survey) -> Facts:
    """Return the nation's facts, without those of its areas."""
    nation, ground = known.ground.desk.nation, known.ground
    measures = _measure_facts(nation, known.nation, None, {}, ground)
    facts = _facts(nation, measures, known.nation_gap, known, None, known.doubts())
    return replace(facts, other=measure_nation(known.other)) if known.other else facts


def with_table(nation: Facts, facts: Iterable[Facts], known: Survey) -> Facts:
    """Return the nation's facts with those of the areas of its table, the highest first.

    `facts` are those of any areas, these among them.
    """
    by_area = {each.area.id: each for each in facts}
    areas = tuple(by_area[area] for area in known.league)
    other = replace(nation.other, areas=areas) if nation.other else None
    return replace(nation, areas=areas, other=other)


def _measure_facts(
    area: Area,
    series: Series,
    nation: Mapping[str, MeasureFacts] | None,
    ranks: Mapping[str, Ranked],
    ground: Ground,
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
    ground: Ground,
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
    known: Survey,
    nation: Facts | None,
    problems: list[Problem],
) -> Facts:
    ground, story = known.ground, known.ground.story
    lead = measures[story.lead]
    number = measures[lead.measure.share] if lead.measure.share else None
    nations_lead = nation.lead if nation else None
    return Facts(
        story=story,
        area=area,
        period=ground.period,
        measures=measures,
        incomplete=(gap.reason or gap.why) if gap else "",
        unavailable=gap.unavailable if gap else "",
        caveats=caveats_for_readers(
            area,
            ground.periods if _has_a_record(lead, number) else ground.compared,
            story,
            ground.desk,
        ),
        excluded=known.excluded,
        score=score_draft(lead, number, nations_lead, known.changes, ground.desk.style),
        problems=(
            *problems,
            *exactness_problems(measures, lead),
            *newer_period_problem(lead, ground.newest),
            *caveats(area, ground.periods, story, ground.desk),
        ),
        nation=nation,
    )


def _has_a_record(*measures: MeasureFacts | None) -> bool:
    """Tell whether any of these is a record, which is set against every period."""
    return any(
        each.record_high or each.joint_high or each.record_low or each.joint_low
        for each in measures
        if each is not None
    )
