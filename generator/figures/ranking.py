"""Places among areas: by the exact value of a share, highest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from generator.desk import Area
from generator.model import Figure, Unit

LeagueKey = tuple[bool, Fraction, str]
Ranked = Sequence[Fraction]
"""Exact values of the areas that can be ranked, lowest first."""


def find_place(area: Area, figure: Figure | None, ranked: Ranked) -> Figure | None:
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
        value=1 + count_above(figure.value, ranked),
        formula=f"1 + areas with a higher {figure.measure}",
        parts=(figure,),
    )


def count_above(value: int | Fraction, ranked: Ranked) -> int:
    """Return how many of the ranked are above a value."""
    return len(ranked) - bisect_right(ranked, value)


def count_level(figure: Figure | None, ranked: Ranked) -> int:
    """Return how many of the ranked are level with an area's figure, at least 1."""
    if figure is None:
        return 1
    return max(bisect_right(ranked, figure.value) - bisect_left(ranked, figure.value), 1)


def league_key(lead: Figure | None, area: Area) -> LeagueKey:
    """Sort by the lead measure, highest first; areas without one come last, by name."""
    return (lead is None, -Fraction(lead.value) if lead is not None else Fraction(0), area.name)
