"""Measure a story: every area's facts, and the nation's as one basket of areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.desk import Area, Desk, Story
from generator.errors import Fault, RequestError
from generator.figures.comparing import compare
from generator.figures.completeness import Gap, find_gap
from generator.figures.counting import Counted, count
from generator.figures.findings import find_records
from generator.figures.problems import (
    caveats,
    exactness_problems,
    oddity_problem,
    suspect_problem,
)
from generator.figures.score import Field, find_field, score_draft
from generator.figures.series import Series, build_series
from generator.figures.suspicion import find_oddities
from generator.model import (
    Exclusion,
    Facts,
    Figure,
    Finding,
    Level,
    MeasureFacts,
    Observations,
    Point,
    Problem,
    Release,
    Unit,
)
from generator.periods import Period, periods_within

Gaps = Mapping[Period, Gap | None]


@dataclass(frozen=True)
class _Ground:
    """What measuring one story starts from."""

    story: Story
    release: Release
    desk: Desk
    counted: Counted
    periods: tuple[Period, ...]
    baseline: Period

    @property
    def period(self) -> Period:
        return self.periods[-1]


def measure(
    observations: Observations,
    release: Release,
    story: Story,
    desk: Desk,
    period: Period | None = None,
) -> tuple[Facts, ...]:
    """Measure a story for every area of the desk, the nation last.

    The period is the newest that the release holds in full, unless one is asked for.
    Raises RequestError where the release does not hold it.
    """
    counted = count(observations, story, desk.datasets[story.dataset])
    ground = _prepare(counted, release, story, desk, period)
    gaps = {
        area.id: {
            each: find_gap(area.id, each, counted, story.dataset, desk) for each in ground.periods
        }
        for area in desk.forces
    }
    excluded = tuple(_find_exclusions(gaps, ground))
    out = {exclusion.area.id for exclusion in excluded}
    basket = [area.id for area in desk.forces if area.id not in out]
    series = {area.id: _series(area.id, [area.id], gaps[area.id], ground) for area in desk.forces}
    nation_gaps = {each: _nations_gap(each, basket, counted) for each in ground.periods}
    nations = _series(desk.nation.id, basket, nation_gaps, ground)
    ranks = _rank(series, ground)
    nation_measures = _measure_facts(desk.nation, nations, None, {}, ground)
    measures = {
        area.id: _measure_facts(area, series[area.id], nation_measures, ranks, ground)
        for area in desk.forces
    }
    field = find_field([measures[a.id][story.lead] for a in desk.forces if a.local])
    oddities = {
        area.id: [
            oddity_problem(area.id, oddity, release, story.dataset)
            for oddity in find_oddities(area.id, counted, story, ground.periods, desk)
        ]
        for area in desk.forces
    }
    suspects = [area for area in desk.forces if oddities[area.id] and area.id in basket]

    nation = _facts(
        desk.nation,
        nation_measures,
        nation_gaps[ground.period],
        excluded,
        None,
        field,
        ground,
        [suspect_problem(area, Level.HOLD) for area in suspects],
    )
    facts = tuple(
        _facts(
            area,
            measures[area.id],
            gaps[area.id][ground.period],
            excluded,
            nation,
            field,
            ground,
            oddities[area.id]
            + [suspect_problem(other, Level.WARN) for other in suspects if other != area],
        )
        for area in desk.forces
    )
    return (*facts, replace(nation, areas=tuple(sorted(facts, key=_league_key))))


def _newest_period(counted: Counted, story: Story) -> Period | None:
    """Return the newest period of the story's kind that the release holds in full."""
    held = set(counted.quarters)
    within = periods_within(story.period, min(held), max(held)) if held else ()
    full = [period for period in within if held.issuperset(period.quarters)]
    return full[-1] if full else None


def _prepare(
    counted: Counted, release: Release, story: Story, desk: Desk, asked: Period | None
) -> _Ground:
    """Settle the period, its series of periods and the baseline."""
    newest = _newest_period(counted, story)
    period = asked or newest
    held = set(counted.quarters)
    if period is None or not held.issuperset(period.quarters):
        span = f"{min(held)} to {max(held)}" if held else "nothing"
        wanted = asked or f"a full {story.period}"
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
    return _Ground(story, release, desk, counted, periods, baseline)


def _series(area: str, members: Sequence[str], gaps: Gaps, ground: _Ground) -> Series:
    dataset = ground.desk.datasets[ground.story.dataset]
    return build_series(
        area, members, gaps, ground.counted, ground.story, dataset, ground.desk.style
    )


def _find_exclusions(gaps: Mapping[str, Gaps], ground: _Ground) -> Iterator[Exclusion]:
    """Find the areas that are not whole in every period compared, so not in the basket.

    A quarter that the release lacks for everyone is a gap in the nation's series and
    nobody's exclusion.
    """
    for area in ground.desk.forces:
        own = {p: g for p, g in gaps[area.id].items() if g is not None and not g.everyones}
        if own:
            newest = own[max(own)]
            yield Exclusion(area, newest.reason, tuple(own), newest.entry)


def _nations_gap(period: Period, basket: Sequence[str], counted: Counted) -> Gap | None:
    for quarter in period.quarters:
        if quarter not in counted.quarters:
            return Gap("", f"the release has no figures for {quarter}")
    return None if basket else Gap("", "no area is complete in every period")


def _rank(series: Mapping[str, Series], ground: _Ground) -> Mapping[str, tuple[Figure, ...]]:
    """Sort each share's newest figures of the areas that can be ranked, highest first."""
    local = [area.id for area in ground.desk.forces if area.local]
    ranked = {}
    for name, each in ground.story.measures.items():
        if each.is_share:
            figures = [series[area][name][-1].figure for area in local]
            ranked[name] = tuple(
                sorted((f for f in figures if f is not None), key=lambda f: (-f.value, f.area))
            )
    return ranked


def _measure_facts(
    area: Area,
    series: Series,
    nation: Mapping[str, MeasureFacts] | None,
    ranks: Mapping[str, tuple[Figure, ...]],
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
    ranked: tuple[Figure, ...],
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
        on_first=compare(f"{prefix}/on_first", now.figure, first, style),
        on_previous=compare(f"{prefix}/on_previous", now.figure, previous, style),
        on_baseline=compare(f"{prefix}/on_baseline", now.figure, baseline, style),
        against_nation=compare(f"{prefix}/against_nation", now.figure, theirs, style),
        rank=_place(area, now.figure, ranked),
        ranked=len(ranked),
        series=points,
    )


def _place(area: Area, figure: Figure | None, ranked: tuple[Figure, ...]) -> Figure | None:
    """Return an area's place among the ranked, 1 the highest; areas level share a place."""
    if figure is None or not area.local or len(ranked) < 2:
        return None
    return Figure(
        id=f"{figure.id}/rank",
        label=f"place among {len(ranked)} areas by {figure.label}",
        area=figure.area,
        measure=figure.measure,
        period=figure.period,
        unit=Unit.RANK,
        value=1 + sum(other.value > figure.value for other in ranked),
        formula=f"1 + areas with a higher {figure.measure}",
        parts=(figure,),
    )


def _facts(
    area: Area,
    measures: dict[str, MeasureFacts],
    gap: Gap | None,
    excluded: tuple[Exclusion, ...],
    nation: Facts | None,
    field: Field,
    ground: _Ground,
    problems: list[Problem],
) -> Facts:
    story = ground.story
    lead = measures[story.lead]
    counts = [measures[story.measures[story.lead].share or story.lead]]
    nations_lead = nation.lead if nation else None
    return Facts(
        story=story,
        area=area,
        period=ground.period,
        first_period=ground.periods[0],
        measures=measures,
        incomplete=(gap.reason or gap.why) if gap else "",
        excluded=excluded,
        score=score_draft(lead, counts, nations_lead, field),
        problems=(
            *problems,
            *exactness_problems(measures, lead),
            *caveats(area, ground.periods, story, ground.desk),
        ),
        nation=nation,
    )


def _league_key(facts: Facts) -> tuple[bool, object, str]:
    """Sort by the lead measure, highest first; areas without one come last, by name."""
    figure = facts.lead.figure
    return (figure is None, -figure.value if figure is not None else 0, facts.area.name)
