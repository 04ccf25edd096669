"""Places among areas: by the exact value of a share, highest first."""

from __future__ import annotations

from collections.abc import Mapping

from generator.desk import Area, Desk, Story
from generator.figures.series import Series
from generator.model import Facts, Figure, Unit


def rank_areas(
    series: Mapping[str, Series], story: Story, desk: Desk
) -> Mapping[str, tuple[Figure, ...]]:
    """Sort each share's newest figures of the areas that can be ranked, highest first."""
    local = [area.id for area in desk.forces if area.local]
    ranked = {}
    for name, each in story.measures.items():
        if each.is_share:
            figures = [series[area][name][-1].figure for area in local]
            ranked[name] = tuple(
                sorted((f for f in figures if f is not None), key=lambda f: (-f.value, f.area))
            )
    return ranked


def find_place(area: Area, figure: Figure | None, ranked: tuple[Figure, ...]) -> Figure | None:
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


def count_level(figure: Figure | None, ranked: tuple[Figure, ...]) -> int:
    """Return how many of the ranked are level with an area's figure, at least 1."""
    level = sum(figure is not None and other.value == figure.value for other in ranked)
    return max(level, 1)


def league_key(facts: Facts) -> tuple[bool, object, str]:
    """Sort by the lead measure, highest first; areas without one come last, by name."""
    figure = facts.lead.figure
    return (figure is None, -figure.value if figure is not None else 0, facts.area.name)
