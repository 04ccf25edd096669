"""Places among areas: by the exact value of a share, highest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from generator.desk import Area, Desk, Story
from generator.figures.series import Series
from generator.model import Facts, Figure, Unit

Ranked = Sequence[Fraction]
"""Exact values of the areas that can be ranked, lowest first."""


def rank_areas(series: Mapping[str, Series], story: Story, desk: Desk) -> Mapping[str, Ranked]:
    """Sort each share's newest values in the areas that can be ranked."""
    local = [area.id for area in desk.forces if area.local]
    ranked = {}
    for name, each in story.measures.items():
        if each.is_share:
            figures = [series[area][name][-1].figure for area in local]
            ranked[name] = sorted(Fraction(f.value) for f in figures if f is not None)
    return ranked


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


def league_key(facts: Facts) -> tuple[bool, object, str]:
    """Sort by the lead measure, highest first; areas without one come last, by name."""
    figure = facts.lead.figure
    return (figure is None, -figure.value if figure is not None else 0, facts.area.name)
