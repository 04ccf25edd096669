"""Measure a story: every area's facts, and the nation's as one basket of areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from generator.desk import Answer, Area, Desk, Story
from generator.figures.cells import Counted
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
from generator.figures.supposing import (
    alone_and_together,
    compare_facts,
    put_expected,
    without,
)
from generator.figures.surveying import (
    Local,
    Survey,
    find_doubtful,
    gather,
    look_at,
    movement_of,
    series_of,
    survey,
)
from generator.model import Doubt, Facts, Figure, Finding, MeasureFacts, Point, Release
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
    quarters = totals.quarters_of(story)
    ground = prepare(quarters or totals.quarters, release, story, desk, period)
    counted = totals.counted(story, desk)
    locals_ = list(look_at(desk.forces, counted, ground))
    parts = [gather(locals_, counted, ground)]
    doubtful = find_doubtful(desk.forces, counted, movement_of(parts, ground), ground)
    known = survey(parts, doubtful, quarters, ground)
    nation = measure_nation(known)
    facts = tuple(measure_areas(locals_, counted, known, nation))
    return (*facts, with_table(nation, facts, known))


def measure_areas(
    locals_: Iterable[Local], counted: Counted, known: Survey, nation: Facts
) -> Iterator[Facts]:
    """Yield the facts of areas, from what is known of each by itself and of all together."""
    for local in locals_:
        facts = _measure_local(local, known, nation)
        doubtful = known.doubtful.get(local.area.id)
        suppositions = (
            compare_facts(facts, _suppose(local, doubts, counted, known, nation), doubts)
            for doubts in alone_and_together(doubtful.doubts if doubtful else ())
        )
        yield replace(facts, doubts=tuple(suppositions))


def _suppose(
    local: Local, doubts: Sequence[Doubt], counted: Counted, known: Survey, nation: Facts
) -> Facts:
    """Return an area's facts as if the expected counts stood in place of those in doubt."""
    supposed = put_expected(counted, doubts)
    (other,) = look_at([local.area], supposed, known.ground)
    return _measure_local(other, known, nation, instead_of=local.series)


def measure_nation(known: Survey) -> Facts:
    """Return the nation's facts, without those of its areas.

    It is in doubt where a claim of its own turns with the expected counts of its areas.
    """
    facts = _measure_nation(known)
    grave = [
        doubt
        for area, doubtful in known.doubtful.items()
        if area not in known.left_out
        for doubt in doubtful.doubts
        if doubt.can_hold
    ]
    suppositions = (
        compare_facts(facts, _suppose_nation(known, doubts), doubts)
        for doubts in alone_and_together(grave)
    )
    without = _without_doubtful(known, facts)
    return replace(
        facts,
        doubts=tuple(replace(each, without=without) for each in suppositions if each.turned),
    )


def _without_doubtful(known: Survey, nation: Facts) -> Figure | None:
    """Return the nation's lead figure without the areas in doubt, None if there is none."""
    areas = [each for area, each in known.doubtful.items() if area not in known.left_out]
    lead = nation.lead.figure
    if lead is None:
        return None
    counts = [
        replace(
            count,
            id=f"{count.id}/without",
            value=count.value - sum(area.totals.get(count.measure, 0) for area in areas),
        )
        for count in lead.parts or (lead,)
    ]
    if len(counts) == 1:
        return counts[0]
    part, whole = counts
    if whole.value < known.ground.desk.style.smallest_share_base:
        return None
    share = Fraction(part.value, whole.value)
    return replace(lead, id=f"{lead.id}/without", value=share, parts=(part, whole))


def _suppose_nation(known: Survey, doubts: Sequence[Doubt]) -> Facts:
    """Return the nation's facts as if the expected counts stood in place of those in doubt."""
    nation = known.ground.desk.nation
    counted = Counted(
        {name: {nation.id: cells} for name, cells in known.cells.items()}, known.quarters
    )
    supposed = put_expected(counted, [replace(doubt, area=nation.id) for doubt in doubts])
    series = series_of(nation.id, known.nation_gaps, supposed, known.ground)
    return _measure_nation(replace(known, nation=series))


def _measure_nation(known: Survey) -> Facts:
    nation, ground = known.ground.desk.nation, known.ground
    measures = _measure_facts(nation, known.nation, None, {}, ground)
    facts = _facts(nation, measures, known.nation_gap, known.answers, known, None)
    return replace(facts, other=_measure_nation(known.other)) if known.other else facts


def with_table(nation: Facts, facts: Iterable[Facts], known: Survey) -> Facts:
    """Return the nation's facts with those of the areas of its table, the highest first.

    `facts` are those of any areas, these among them.
    """
    by_area = {each.area.id: each for each in facts}
    areas = tuple(by_area[area] for area in known.league)
    other = replace(nation.other, areas=areas) if nation.other else None
    return replace(nation, areas=areas, other=other)


def _measure_local(
    local: Local, known: Survey, nation: Facts, instead_of: Series | None = None
) -> Facts:
    """Return an area's facts; the series that it is `instead_of` is among the ranked."""
    ranks = known.ranks
    if instead_of is not None:
        ranks = {name: without(ranked, instead_of[name][-1]) for name, ranked in ranks.items()}
    measures = _measure_facts(local.area, local.series, nation.measures, ranks, known.ground)
    gap = local.gaps[known.ground.period]
    return _facts(local.area, measures, gap, local.answers, known, nation)


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
    answers: tuple[Answer, ...],
    known: Survey,
    nation: Facts | None,
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
            *exactness_problems(measures, lead),
            *newer_period_problem(lead, ground.newest),
            *caveats(area, ground.periods, story, ground.desk),
        ),
        nation=nation,
        answers=answers,
    )


def _has_a_record(*measures: MeasureFacts | None) -> bool:
    """Tell whether any of these is a record, which is set against every period."""
    return any(
        each.record_high or each.joint_high or each.record_low or each.joint_low
        for each in measures
        if each is not None
    )
