"""How newsworthy an area's draft is: a number to sort by, and its reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.figures.findings import is_furthest_change
from generator.model import MeasureFacts, Score

# The most that each reason is worth; together 100.
_RATE_RECORD = 25
_NUMBER_RECORD = 15
_AMONG_AREAS = 25
_CHANGE_AMONG_AREAS = 15
_AGAINST_OWN_PAST = 10
_AGAINST_THE_TREND = 10


@dataclass(frozen=True)
class Field:
    """The lead measure's change on the baseline for every area that can be ranked."""

    changes: tuple[Fraction, ...]


def find_field(leads: Sequence[MeasureFacts]) -> Field:
    """Gather how far the lead measure moved in each of the ranked areas, widest first."""
    changes = [_change(lead) for lead in leads]
    return Field(tuple(sorted((c for c in changes if c is not None), reverse=True)))


def score_draft(
    lead: MeasureFacts,
    counts: Sequence[MeasureFacts],
    nation: MeasureFacts | None,
    field: Field,
) -> Score:
    """Score a draft from 0 to 100 by how unusual its area is.

    Judged are records, the area's place among areas, how far it moved against the others
    and against its own past, and whether it moved against the nation.
    """
    if lead.figure is None:
        return Score(0, ("no figure that can be printed for this period",))
    reasons: list[tuple[int, str]] = []
    reasons += _record_reasons(lead, "rate", _RATE_RECORD)
    for count in counts[:1]:
        reasons += _record_reasons(count, "number", _NUMBER_RECORD)
    if lead.rank is not None and lead.ranked > 1:
        place = int(lead.rank.value)
        off_middle = Fraction(abs(2 * place - lead.ranked - 1), lead.ranked - 1)
        reasons.append(
            (int(_AMONG_AREAS * off_middle), f"number {place} of {lead.ranked} areas by rate")
        )
    change = _change(lead)
    if change is not None and len(field.changes) > 1:
        place = sum(other > change for other in field.changes) + 1
        behind = Fraction(max(len(field.changes) - place, 0), len(field.changes) - 1)
        reasons.append(
            (
                int(_CHANGE_AMONG_AREAS * behind),
                f"number {place} of {len(field.changes)} areas by change on the baseline",
            )
        )
    if is_furthest_change(lead.series):
        reasons.append((_AGAINST_OWN_PAST, "the widest change in the area's own series"))
    if nation is not None and _is_against(lead, nation):
        reasons.append((_AGAINST_THE_TREND, "moved against England and Wales"))
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


def _change(lead: MeasureFacts) -> Fraction | None:
    if lead.figure is None or lead.baseline is None:
        return None
    return abs(Fraction(lead.figure.value) - Fraction(lead.baseline.value))


def _is_against(lead: MeasureFacts, nation: MeasureFacts) -> bool:
    ours, theirs = lead.on_baseline, nation.on_baseline
    return bool((ours.higher and theirs.lower) or (ours.lower and theirs.higher))
