"""One figure against another of the same measure: direction and distance, exact and as printed."""

from __future__ import annotations

from fractions import Fraction

from generator.desk import Style
from generator.model import Comparison, Figure, Finding, Unit
from generator.printing import print_figure


def compare(name: str, figure: Figure | None, other: Figure | None, style: Style) -> Comparison:
    """Compare a figure with an earlier one, or with another area's.

    A direction holds only where it holds both exactly and as printed; two values that
    print alike are level (DESIGN.md, section 4). Where either is missing nothing holds.
    """
    if figure is None or other is None:
        missing = Finding(name, holds=False, why="one of the two figures is not available")
        return Comparison(figure, other, missing, missing, missing, missing)
    evidence = (figure, other)
    level = figure.as_printed == other.as_printed
    higher = not level and figure.value > other.value
    points = _points(name, figure, other) if figure.unit is Unit.SHARE and not level else None
    slight = (
        points is not None
        and points.in_print_units < style.slight_points
        and points.value * 100 <= other.value * style.slight_change
    )

    def finding(kind: str, holds: bool, why: str) -> Finding:
        return Finding(f"{name}/{kind}", holds=holds, why=why, evidence=evidence)

    relation = "prints the same as" if level else "is higher than" if higher else "is lower than"
    why = " ".join((_said(figure, other), relation, _said(other, figure)))
    return Comparison(
        figure,
        other,
        higher=finding("higher", higher, why),
        lower=finding("lower", not level and not higher, why),
        level=finding("level", level, why),
        slight=finding("slight", slight, f"the two are under {style.slight_points} points apart"),
        points=points,
        change=_change(name, figure, other, style) if figure.unit is Unit.COUNT else None,
    )


def _said(figure: Figure, beside: Figure) -> str:
    """Return a figure as printed, with its period where that tells it from the other."""
    printed = print_figure(figure)
    return printed if figure.period == beside.period else f"{printed} in {figure.period}"


def _points(name: str, figure: Figure, other: Figure) -> Figure:
    return Figure(
        id=f"{name}/points",
        label=f"difference in {figure.label}",
        area=figure.area,
        measure=figure.measure,
        period=figure.period,
        unit=Unit.POINTS,
        value=abs(Fraction(figure.value) - Fraction(other.value)),
        formula=f"difference of {figure.id} and {other.id}",
        decimals=figure.decimals,
        parts=(figure, other),
    )


def _change(name: str, figure: Figure, other: Figure, style: Style) -> Figure | None:
    """Return the relative change, None on a base that is too small, or if it prints as 0%."""
    if other.value < style.smallest_percentage_base:
        return None
    change = Figure(
        id=f"{name}/change",
        label=f"change in {figure.label}",
        area=figure.area,
        measure=figure.measure,
        period=figure.period,
        unit=Unit.CHANGE,
        value=abs(Fraction(figure.value - other.value, 1) / Fraction(other.value)),
        formula=f"change from {other.id} to {figure.id}, in per cent of the first",
        parts=(figure, other),
    )
    return change if change.as_printed else None
