"""Two releases side by side: figures restated, findings turned, areas complete or not any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.figures.turning import turned_findings
from generator.model import (
    Coverage,
    Differences,
    Exclusion,
    Facts,
    Point,
    Restated,
    Turned,
)
from generator.periods import Period


def find_differences(pairs: Iterable[tuple[Facts, Facts]]) -> Differences:
    """Compare the facts of one area, story and period with each other, for any number of them.

    A count, a finding or a gap that is of several stories is told once, and names them all.
    """
    restated: dict[object, Restated] = {}
    coverage: dict[object, Coverage] = {}
    turned: dict[object, Turned] = {}
    for before, after in pairs:
        for figure in _restated(before, after):
            key = (figure.area.id, figure.before.label, *_values(figure))
            known = restated.get(key, figure)
            restated[key] = replace(known, told_in=_joined(known.told_in, figure.told_in))
        for one in _coverage(before, after):
            gap = (one.area.id, one.period, one.complete, one.why, one.basket)
            seen = coverage.get(gap, one)
            coverage[gap] = replace(seen, told_in=_joined(seen.told_in, one.told_in))
        for finding in turned_findings(before, after):
            about = (finding.area.id, finding.label, finding.period, finding.topic, finding.then)
            same = (*about, finding.was, finding.now, finding.before.why, finding.after.why)
            told = turned.get(same, finding)
            turned[same] = replace(told, told_in=_joined(told.told_in, finding.told_in))
    return Differences(tuple(restated.values()), tuple(turned.values()), tuple(coverage.values()))


def _restated(before: Facts, after: Facts) -> Iterator[Restated]:
    new = after.figures
    for identity, figure in before.figures.items():
        other = new.get(identity)
        if other is not None and other.value != figure.value:
            yield Restated(before.area, figure, other, (before.told,))


def _values(figure: Restated) -> tuple[object, ...]:
    return (figure.before.period, figure.before.unit, figure.before.value, figure.after.value)


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


# Areas


def _coverage(before: Facts, after: Facts) -> Iterator[Coverage]:
    old, new = _points(before), _points(after)
    basket = _moved(before, after)
    for period in sorted(old.keys() & new.keys()):
        was, now = old[period], new[period]
        if was.complete == now.complete or was.aside or now.aside:
            continue
        facts, gap = (before, was) if now.complete else (after, now)
        reason, unavailable = _reason(facts, period)
        yield Coverage(
            before.area, period, now.complete, gap.why, reason, basket, (before.told,), unavailable
        )


def _points(facts: Facts) -> dict[Period, Point]:
    """Return an area's periods; a period is complete for every count of the story or for none."""
    counts = [measured for measured in facts.measures.values() if not measured.measure.is_share]
    return {point.period: point for measured in counts[:1] for point in measured.series}


def _reason(facts: Facts, period: Period) -> tuple[str, str]:
    """Return what copy may say of an area's period that is not complete.

    That is words to follow the force's name, and a clause where nobody gave a reason: "" each
    where there is nothing to say.
    """
    if period == facts.period and facts.nation is not None:
        return facts.incomplete, facts.unavailable
    own = _exclusion(facts)
    if own is None or period not in own.periods:
        return "", ""
    return own.reason, own.unavailable


def _moved(before: Facts, after: Facts) -> str:
    was, now = _exclusion(before), _exclusion(after)
    if (was is None) == (now is None):
        return ""
    return "joined" if now is None else "left"


def _exclusion(facts: Facts) -> Exclusion | None:
    own = (each for each in facts.excluded if each.area.id == facts.area.id)
    return next(own, None)
