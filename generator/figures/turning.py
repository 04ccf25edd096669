"""Findings by two releases: a record that no longer is one, a direction that turned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import (
    Comparison,
    Facts,
    Finding,
    MeasureFacts,
    Stand,
    Topic,
    Turned,
)
from generator.periods import Period

_RECORDS = (Stand.RECORD, Stand.JOINT, Stand.HIDDEN)


@dataclass(frozen=True)
class _Stands:
    """How a topic stands by one release, and the finding that decides it."""

    stand: Stand
    finding: Finding


def turned_findings(before: Facts, after: Facts) -> Iterator[Turned]:
    """Yield the findings of an area that hold by one release and not by the other.

    Where the area has no figure for the period by one of them, only its records are told:
    that nothing else can be said either goes without saying. A record that print hides is
    told of the measure that the story is ranked by, as it is held for that one alone.
    """
    for name, old in before.measures.items():
        new = after.measures[name]
        leads = name == before.story.lead
        were, are = _topics(old, leads=leads), _topics(new, leads=leads)
        both = old.figure is not None and new.figure is not None
        for (topic, then), was in were.items():
            now = are.get((topic, then))
            if now is None:
                continue
            if _is_turned(topic, was.stand, now.stand, both=both):
                yield Turned(
                    area=before.area,
                    measure=name,
                    label=old.measure.label,
                    period=before.period,
                    topic=topic,
                    was=was.stand,
                    now=now.stand,
                    before=was.finding,
                    after=now.finding,
                    told_in=(before.told,),
                    then=then,
                    nation=before.nation.area if before.nation else None,
                    gap=_gap(new),
                )


def _is_turned(topic: Topic, was: Stand, now: Stand, *, both: bool) -> bool:
    if was is now:
        return False
    if topic in (Topic.HIGHEST, Topic.LOWEST):
        return was in _RECORDS or now in _RECORDS
    return both or topic is Topic.BASE


def _topics(facts: MeasureFacts, *, leads: bool) -> dict[tuple[Topic, Period | None], _Stands]:
    """Return how each topic stands; what is set against one period twice is one topic."""
    hidden = facts.hidden_record if leads else None
    found: dict[tuple[Topic, Period | None], _Stands] = {
        (Topic.HIGHEST, None): _record(facts.record_high, facts.joint_high, hidden, way=1),
        (Topic.LOWEST, None): _record(facts.record_low, facts.joint_low, hidden, way=-1),
        (Topic.NATION, None): _compared(facts.against_nation),
    }
    for comparison in (facts.on_first, facts.on_previous, facts.on_baseline):
        if comparison.other is not None:
            found[Topic.EARLIER, comparison.other.period] = _compared(comparison)
    few = bool(facts.small_base)
    if few or facts.figure is not None:
        stand = Stand.TOO_FEW if few else Stand.ENOUGH
        found[Topic.BASE, None] = _Stands(stand, facts.small_base)
    return found


def _record(sole: Finding, joint: Finding, hidden: Finding | None, way: int) -> _Stands:
    if sole:
        return _Stands(Stand.RECORD, sole)
    if joint:
        return _Stands(Stand.JOINT, joint)
    if hidden:
        now, other = hidden.evidence
        if (now.value > other.value) == (way > 0):
            return _Stands(Stand.HIDDEN, hidden)
    return _Stands(Stand.NONE if sole.evidence else Stand.UNKNOWN, sole)


def _compared(comparison: Comparison) -> _Stands:
    for finding, stand in (
        (comparison.higher, Stand.HIGHER),
        (comparison.lower, Stand.LOWER),
        (comparison.level, Stand.LEVEL),
    ):
        if finding:
            return _Stands(stand, finding)
    return _Stands(Stand.UNKNOWN, comparison.higher)


def _gap(facts: MeasureFacts) -> Period | None:
    missing = (each.period for each in facts.series if not each.complete and not each.aside)
    return next(missing, None)
