"""Which claims of a draft from faulty counts do not hold by the true ones.

This reads the ledger alone, and looks each claim up in what was measured of the true counts.
It knows nothing of how the program weighs a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from generator.model import Draft, Facts, Figure, Finding, MeasureFacts, Unit


class Kind(StrEnum):
    """What a claim is about."""

    RECORD = "record"
    DIRECTION = "direction"
    NATION = "against the nation"
    RANK = "rank"
    LEVEL = "unchanged"
    """Two figures print alike: “broadly unchanged”, “much the same as”."""


_RECORDS = ("record", "joint", "below_peak", "above_trough")


def turned_claims(draft: Draft, true: Facts) -> frozenset[Kind]:
    """Return the kinds of claims that stand in a draft and do not hold by the true counts."""
    return frozenset(_turned(draft, true))


def prints_wrong_figures(draft: Draft, true: Facts) -> bool:
    """Tell whether a draft prints a count or a share of its area's that is another in truth."""
    known = true.figures
    return any(
        claim.support.as_printed != known[claim.support.id].as_printed
        for claim in draft.claims
        if isinstance(claim.support, Figure) and claim.support.id in known
    )


def _turned(draft: Draft, true: Facts) -> Iterator[Kind]:
    for claim in draft.claims:
        match claim.support:
            case Finding(holds=True) as finding:
                area, name, _, *path = finding.id.split("/")
                kind = _kind_of(path)
                if kind and not _holds(path, _measured(area, name, true)):
                    yield kind
            case Figure(unit=Unit.RANK) as rank:
                there = _measured(rank.area, rank.measure, true).rank
                if there is None or there.value != rank.value:
                    yield Kind.RANK


def _kind_of(path: list[str]) -> Kind | None:
    if path[0].startswith(_RECORDS):
        return Kind.RECORD
    if path[-1] == "level":
        return Kind.LEVEL
    if path[0] == "against_nation":
        return Kind.NATION
    return Kind.DIRECTION if path[0].startswith("on_") and path[-1] != "slight" else None


def _measured(area: str, name: str, true: Facts) -> MeasureFacts:
    facts = true if true.nation is None or area == true.area.id else true.nation
    return facts.measures[name]


def _holds(path: list[str], measured: MeasureFacts) -> bool:
    found: object = measured
    for name in path:
        found = getattr(found, name)
    assert isinstance(found, Finding), path
    return found.holds
