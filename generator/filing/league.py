"""The nation's table of its areas as a file: league.csv, exact and as printed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.filing.encoded import as_csv
from generator.model import Facts, MeasureFacts, Release
from generator.printing import print_exact, print_figure

LEAGUE = "league.csv"
_FORMS = ("exact", "printed")
_AREA = ("place", "area", "name", "police", "region")
_END = ("why", "sample")


def league_csv(nation: Facts, release: Release) -> bytes:
    """Write a row for each area in the order of the nation's table, two columns for a measure.

    `place` is empty for an area that is not ranked, and `why` says why one has no figures.
    """
    header = [*_AREA, *(f"{name}_{form}" for name in nation.measures for form in _FORMS), *_END]
    return as_csv(header, (list(_row(facts, release)) for facts in nation.areas))


def _row(facts: Facts, release: Release) -> Iterator[object]:
    area, rank = facts.area, facts.lead.rank
    yield from (rank.value if rank else None, area.id, area.name, area.police, area.region)
    for measure in facts.measures.values():
        figure = measure.figure
        yield print_exact(figure) if figure else None
        yield print_figure(figure) if figure else None
    yield (
        facts.unavailable
        or facts.incomplete
        or "; ".join(dict.fromkeys(filter(None, map(_why, facts.measures.values()))))
    )
    yield release.sample


def _why(facts: MeasureFacts) -> str:
    """Return why a measure has no figure, "" if it has one."""
    return next((p.why for p in facts.series if p.period == facts.period and not p.figure), "")
