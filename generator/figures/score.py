"""How newsworthy an area's draft is: a number to sort by, and its reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.desk import Style
from generator.figures.findings import is_furthest_change
from generator.figures.ranking import Ranked, count_above
from generator.model import Figure, MeasureFacts, Point, Score
from generator.periods import Period

Changes = Ranked
"""How far the lead measure moved on the baseline, for every area that has a rank."""


def change_on(points: Sequence[Point], baseline: Period) -> Fraction | None:
    """Return how far a series moved from the baseline to its end, None where it cannot be told."""
    now = points[-1]
    before = next((point.figure for point in points[:-1] if point.period == baseline), None)
    return _distance(now.figure, before)


def score_draft(
    lead: MeasureFacts,
    number: MeasureFacts | None,
    nation: MeasureFacts | None,
    changes: Changes,
    style: Style,
) -> Score:
    """Score a draft from 0 to 100 by how unusual its area is.

    Judged are records of the lead measure and, where that is a share, of the `number` it
    is a share of; the area's place among areas; how far it moved against the others and
    against its own past; and whether it moved against the nation.
    """
    if lead.figure is None:
        return Score(0, ("no figure that can be printed for this period",))
    worth = style.newsworthiness
    reasons: list[tuple[int, str]] = []
    reasons += _record_reasons(lead, "rate" if number else "number", worth.rate_record)
    if number is not None:
        reasons += _record_reasons(number, "number", worth.number_record)
    if lead.rank is not None and lead.ranked > 1:
        place = int(lead.rank.value)
        off_middle = Fraction(abs(2 * place - lead.ranked - 1), lead.ranked - 1)
        reasons.append(
            (int(worth.among_areas * off_middle), f"number {place} of {lead.ranked} areas by rate")
        )
        change = _distance(lead.figure, lead.baseline)
        if change is not None and len(changes) > 1:
            place = count_above(change, changes) + 1
            behind = Fraction(len(changes) - place, len(changes) - 1)
            reasons.append(
                (
                    int(worth.change_among_areas * behind),
                    f"number {place} of {len(changes)} areas by change on the baseline",
                )
            )
    if is_furthest_change(lead.series, style.record_periods):
        reasons.append((worth.against_own_past, "the widest change in the area's own series"))
    if nation is not None and _is_against(lead, nation):
        reasons.append((worth.against_the_nation, "moved against the nation"))
    return Score(
        sum(points for points, _ in reasons),
        tuple(f"{reason} (+{points})" for points, reason in reasons if points),
    )


def _record_reasons(facts: MeasureFacts, what: str, worth: int) -> list[tuple[int, str]]:
    if facts.record_high:
        return [(worth, f"record-high {what}")]
    if facts.record_low:
        return [(worth, f"record-low {what}")]
    if facts.joint_high or facts.joint_low:
        return [(worth // 2, f"joint-record {what}")]
    return []


def _distance(figure: Figure | None, other: Figure | None) -> Fraction | None:
    if figure is None or other is None:
        return None
    return abs(Fraction(figure.value) - Fraction(other.value))


def _is_against(lead: MeasureFacts, nation: MeasureFacts) -> bool:
    ours, theirs = lead.on_baseline, nation.on_baseline
    return bool((ours.higher and theirs.lower) or (ours.lower and theirs.higher))
