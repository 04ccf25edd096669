"""The rule for doubts: which quarters of an area are too far from what is expected of them.

Official counts are uneven: backlogs are closed at once, systems change, small areas jump. So a
quarter is judged by the area's own habits. Each series is taken as logarithms, without what
all areas have in common in the quarter (season, shocks). What is expected is the median of the
quarters around; how far off is much is told by the area's own scatter, drawn towards that of
all areas, and by the noise that a count of that size has by itself. The thresholds are those of
`config/style.yml`; docs/doubts.md has where they are from, and what they find on real counts.

Nothing here is printed as a fact: floats decide what is asked about, never what is said.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from generator.desk import Desk, DoubtRule, Effect, Story
from generator.figures.answers import find_left_out, is_answered
from generator.figures.cells import Counted
from generator.figures.completeness import is_ruled_out
from generator.model import CountInDoubt, Doubt
from generator.periods import Period, Quarter

Logs = Mapping[str, Sequence[float]]
"""By measure, a count's or a share's logarithm for each quarter of the release; nan for none."""

_SEASONS = 4
_ENOUGH = 2
"""Quarters on one side that tell where that side stands."""
_MAD_TO_DEVIATION = 1.48
"""The standard deviation over the median absolute one, where values are normal."""


@dataclass(frozen=True)
class Movement:
    """What the series of all areas have in common, by measure.

    `common` is what each quarter adds to every area's logarithm; it is None where there are too
    few areas to tell. `scatter` is how far quarters usually are from those around them, and
    `forecast` from those before them.
    """

    common: Mapping[str, Sequence[float]] | None
    scatter: Mapping[str, float]
    forecast: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Odd:
    """How far a quarter of one series is off: logarithms, and in standard deviations."""

    expected: float
    off: float
    deviations: float
    off_each_side: tuple[float, ...] = ()
    """How far it is from those before it alone, and from those after it alone."""

    @property
    def times(self) -> float:
        """How many times too large or too small it is."""
        return math.exp(abs(self.off))


def take_logs(area: str, counted: Counted, story: Story, desk: Desk) -> dict[str, array[float]]:
    """Return the logarithms of an area's counts and shares, quarter by quarter.

    A count of 0 or less is taken as a half. A quarter that the release lacks, that is marked as
    missing or that the register rules out has none.
    """
    logs: dict[str, array[float]] = {}
    usable = [
        not is_ruled_out(area, quarter, story.dataset, desk, story.counts)
        and not find_left_out(area, quarter, counted, story, desk)
        for quarter in counted.quarters
    ]
    for name, cells in counted.cells.items():
        held = cells.get(area, {})
        logs[name] = array(
            "d",
            (
                math.log(max(cell.total, 0.5))
                if usable[at] and (cell := held.get(quarter)) is not None and not cell.missing
                else math.nan
                for at, quarter in enumerate(counted.quarters)
            ),
        )
    for name, measure in story.measures.items():
        if measure.share and measure.of:
            parts = zip(logs[measure.share], logs[measure.of], strict=True)
            logs[name] = array("d", (part - whole for part, whole in parts))
    return logs


def find_movement(areas: Sequence[Logs], desk: Desk) -> Movement:
    """Work out what the series of all areas have in common, and how far they scatter."""
    rule = desk.style.doubts
    names = list(areas[0]) if areas else []
    common = None
    if len(areas) >= rule.fewest_areas:
        common = {name: _common([logs[name] for logs in areas]) for name in names}
    scatter: dict[str, float] = {}
    forecast: dict[str, float] = {}
    for name in names:
        around: list[float] = []
        before: list[float] = []
        for logs in areas:
            own = _own(logs[name], common[name] if common else _seasons(logs[name]))
            around += (value - usual for _, value, usual in _usual(own, rule))
            before += (value - usual for _, value, usual in _usual(own, rule, past_alone=True))
        scatter[name], forecast[name] = _deviation(around), _deviation(before)
    return Movement(common, scatter, forecast)


def find_doubts(
    area: str,
    counted: Counted,
    story: Story,
    periods: Iterable[Period],
    movement: Movement,
    desk: Desk,
) -> tuple[Doubt, ...]:
    """Return the doubts about an area's quarters in any of the periods, oldest first.

    Where the register has a caveat of the area's own for a quarter, its publisher has spoken:
    the doubt is told, and can hold nothing.
    """
    rule = desk.style.doubts
    used = {quarter for period in periods for quarter in period.quarters}
    logs = take_logs(area, counted, story, desk)
    wholes = {name: story.measures[name].of for name in logs}
    odd = {
        name: _judge(name, series, logs[of] if (of := wholes[name]) else None, movement, rule)
        for name, series in logs.items()
    }
    doubts = []
    for at, quarter in enumerate(counted.quarters):
        found = {name: each[at] for name, each in odd.items() if at in each}
        if not found or quarter not in used:
            continue
        is_newest = at == len(counted.quarters) - 1
        counts = tuple(
            each
            for each in _counts(area, quarter, found, counted, story)
            if not is_answered(area, quarter, each, story.dataset, desk)
        )
        if (
            not counts
            or max(max(each.found, each.expected) for each in counts) < rule.smallest_count
        ):
            continue
        far_below = any(
            each.found * 100 < each.expected * rule.far_below for each in counts
        ) or _lacks_its_whole(found, story, rule)
        grave = far_below or any(_can_hold(each, rule, is_newest) for each in found.values())
        known = _is_known(area, quarter, story, desk)
        doubts.append(
            Doubt(
                area,
                quarter,
                counts,
                can_hold=grave and not known,
                is_far_below=far_below and not known,
                is_newest=is_newest,
            )
        )
    return tuple(doubts)


def _counts(
    area: str, quarter: Quarter, found: Mapping[str, _Odd], counted: Counted, story: Story
) -> Iterator[CountInDoubt]:
    """Yield the counts in doubt: where a share alone is odd, its part is."""
    expected = {
        name: round(math.exp(odd.expected))
        for name, odd in found.items()
        if not story.measures[name].is_share
    }
    for name, odd in found.items():
        measure = story.measures[name]
        if measure.share and measure.of and not expected.keys() & {measure.share, measure.of}:
            whole = counted.cells[measure.of][area][quarter].total
            expected[measure.share] = round(max(whole, 0) * math.exp(odd.expected))
    for name, usual in expected.items():
        total = counted.cells[name][area][quarter].total
        yield CountInDoubt(name, story.measures[name].label, total, usual)


def _judge(
    name: str,
    logs: Sequence[float],
    whole: Sequence[float] | None,
    movement: Movement,
    rule: DoubtRule,
) -> dict[int, _Odd]:
    """Return the odd quarters of a series by their place in it; a share's has its `whole`.

    The oddest is taken out and the others are judged again without it, so that the quarters
    of a long gap do not vouch for each other, nor accuse a good neighbour. One that is no doubt
    once the others are judged again is none.
    """
    common = movement.common[name] if movement.common else _seasons(logs)
    own = _own(logs, common)
    newest = len(logs) - 1
    left, out = dict(own), set[int]()
    while True:
        seen = _weigh(own, left, common, whole, name, movement, rule)
        doubted = {at: odd for at, odd in seen.items() if _is_doubted(at, seen, rule, newest)}
        more = doubted.keys() - out
        if not more:
            return {at: odd for at, odd in doubted.items() if at in out}
        oddest = max(more, key=lambda at: (abs(doubted[at].deviations), -at))
        out.add(oddest)
        del left[oddest]


def _weigh(
    own: Mapping[int, float],
    left: Mapping[int, float],
    common: Sequence[float],
    whole: Sequence[float] | None,
    name: str,
    movement: Movement,
    rule: DoubtRule,
) -> dict[int, _Odd]:
    """Say of each quarter how far it is off, by those that are left."""
    newest = len(common) - 1
    around = {at: usual for at, _, usual in _usual(own, rule, by=left) if at != newest}
    past = {at: usual for at, _, usual in _usual(own, rule, by=left, past_alone=True)}
    usual = around | ({newest: past[newest]} if newest in past else {})
    scatter = _drawn(
        [own[at] - around[at] for at in around if at in left], movement.scatter[name], rule
    )
    forecast = _drawn(
        [own[at] - past[at] for at in past if at in left and at != newest],
        movement.forecast[name],
        rule,
    )
    seen = {}
    for at, expected in usual.items():
        off, usual_here = own[at] - expected, expected + common[at]
        if whole is None:
            noise = _noise(usual_here)
        else:
            noise = _noise(usual_here + whole[at]) + _noise(whole[at])
        spread = forecast if at == newest else scatter
        sides = tuple(own[at] - usual for usual in _each_side(at, own, left, rule))
        seen[at] = _Odd(usual_here, off, off / math.sqrt(spread**2 + noise), sides)
    return seen


def _noise(log: float) -> float:
    """Return the relative variance that a count has by itself, where it is one of rare events."""
    return 1 / max(math.exp(log), 0.5)


def _is_doubted(at: int, seen: Mapping[int, _Odd], rule: DoubtRule, newest: int) -> bool:
    """Tell whether a quarter that is far off is a doubt: a change that lasts is none."""
    odd = seen.get(at)
    if odd is None or abs(odd.deviations) < rule.warn_deviations or odd.times < rule.warn_times:
        return False
    if at == newest and odd.times < rule.newest_warn_times:
        return False
    return odd.off < math.log(rule.far_below / 100) or not _is_step(at, odd, seen, rule)


def _is_step(at: int, odd: _Odd, seen: Mapping[int, _Odd], rule: DoubtRule) -> bool:
    """Tell whether a quarter goes with a neighbour, or with all that come before or after it."""
    way = math.copysign(1, odd.off)
    beside = [seen[other].off * way for other in (at - 1, at + 1) if other in seen]
    if any(off > abs(odd.off) * rule.step / 100 for off in beside):
        return True
    return any(off * way < abs(odd.off) * rule.side / 100 for off in odd.off_each_side)


def _each_side(
    at: int, own: Mapping[int, float], left: Mapping[int, float], rule: DoubtRule
) -> Iterator[float]:
    """Yield the median of the quarters before, and of those after, where there are enough."""
    judges = sorted(left)
    before = [own[other] for other in judges if other < at][-rule.neighbours :]
    after = [own[other] for other in judges if other > at][: rule.neighbours]
    yield from (median(side) for side in (before, after) if len(side) >= _ENOUGH)


def _lacks_its_whole(found: Mapping[str, _Odd], story: Story, rule: DoubtRule) -> bool:
    """Tell whether a share is so high that next to nothing is left of what it is a share of.

    The whole need not be below a fifth of what its own past leads one to expect: it may have
    been about to rise.
    """
    most = math.log(100 / rule.far_below)
    return any(story.measures[name].is_share and odd.off > most for name, odd in found.items())


def _can_hold(odd: _Odd, rule: DoubtRule, is_newest: bool) -> bool:
    if is_newest:
        return odd.times >= rule.newest_hold_times
    return abs(odd.deviations) >= rule.hold_deviations and odd.times >= rule.hold_times


def _usual(
    own: Mapping[int, float],
    rule: DoubtRule,
    by: Mapping[int, float] | None = None,
    *,
    past_alone: bool = False,
) -> Iterator[tuple[int, float, float]]:
    """Yield each quarter's place, value and the median of the nearest `by` which it is judged."""
    judges = sorted(own if by is None else by)
    for at, value in own.items():
        before = [own[other] for other in judges if other < at][-rule.neighbours :]
        after = [] if past_alone else [own[other] for other in judges if other > at]
        around = before + after[: rule.neighbours]
        if len(around) >= rule.fewest_neighbours:
            yield at, value, median(around)


def _common(series: Sequence[Sequence[float]]) -> list[float]:
    """Return the median over areas of how far each is from its own level, by quarter."""
    quarters: list[list[float]] = [[] for _ in series[0]]
    for logs in series:
        level = _level(logs)
        for at, value in enumerate(logs):
            if not math.isnan(value):
                quarters[at].append(value - level)
    return [median(values) if values else 0.0 for values in quarters]


def _seasons(logs: Sequence[float]) -> list[float]:
    """Return how far each quarter's season is from a series' own level."""
    level = _level(logs)
    by_season: list[list[float]] = [[] for _ in range(_SEASONS)]
    for at, value in enumerate(logs):
        if not math.isnan(value):
            by_season[at % _SEASONS].append(value - level)
    usual = [median(values) if values else 0.0 for values in by_season]
    return [usual[at % _SEASONS] for at in range(len(logs))]


def _level(logs: Sequence[float]) -> float:
    known = [value for value in logs if not math.isnan(value)]
    return median(known) if known else 0.0


def _own(logs: Sequence[float], common: Sequence[float]) -> dict[int, float]:
    """Return a series by place without the common movement, and without what is missing."""
    return {at: value - common[at] for at, value in enumerate(logs) if not math.isnan(value)}


def _deviation(values: Sequence[float]) -> float:
    """Return the standard deviation by way of the median absolute one: a few odd do not count."""
    return _MAD_TO_DEVIATION * median(map(abs, values)) if values else 0.0


def _drawn(own: Sequence[float], pooled: float, rule: DoubtRule) -> float:
    """Return a series' own deviation, drawn towards the pooled one the shorter it is."""
    weight = len(own) / (len(own) + rule.pooled_weight)
    drawn = weight * _deviation(own) + (1 - weight) * pooled
    return max(drawn, pooled * rule.least_scatter / 100)


def _is_known(area: str, quarter: Quarter, story: Story, desk: Desk) -> bool:
    """Tell whether the register has a caveat on this time of this area; one for good knows none."""
    return any(
        entry.is_of(story.dataset, story.counts)
        and entry.area == area
        and entry.effect is Effect.CAVEAT
        and entry.to is not None
        and entry.covers(area, quarter)
        for entry in desk.register
    )
