"""From cells to figures: one measure for one area over the periods, exact."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from generator.desk import Dataset, Measure, Story, Style, expand_codes
from generator.figures.cells import Counted, add_up
from generator.figures.completeness import Gap
from generator.model import Figure, Point, Unit
from generator.periods import Period

Series = Mapping[str, tuple[Point, ...]]
"""Measure -> points, oldest first."""


def build_series(
    area: str,
    gaps: Mapping[Period, Gap | None],
    counted: Counted,
    story: Story,
    dataset: Dataset,
    style: Style,
) -> Series:
    """Make every measure's series of an area out of its cells.

    `gaps` names the periods, oldest
    first, with why one is incomplete. A count's figure is None in an incomplete period; a
    share's also where its base is under the style's `smallest_share_base`.
    """
    series: dict[str, tuple[Point, ...]] = {}
    for name, measure in story.measures.items():
        if measure.is_share:
            continue
        formula = _count_formula(measure, dataset)
        series[name] = tuple(
            Point(period, None, complete=False, why=gap.why, aside=gap.aside)
            if gap
            else Point(
                period,
                _count_figure(area, name, period, counted, measure, formula),
                complete=True,
            )
            for period, gap in gaps.items()
        )
    for name, measure in story.measures.items():
        if measure.share and measure.of:
            series[name] = tuple(
                _share_point(name, measure, part, whole, style)
                for part, whole in zip(series[measure.share], series[measure.of], strict=True)
            )
    return {name: series[name] for name in story.measures}


def _count_figure(
    area: str,
    name: str,
    period: Period,
    counted: Counted,
    measure: Measure,
    formula: str,
) -> Figure:
    cells = counted.cells[name][area]
    whole = add_up([cells[quarter] for quarter in period.quarters])
    return Figure(
        id=f"{area}/{name}/{period.id}",
        label=measure.label,
        area=area,
        measure=name,
        period=period,
        unit=Unit.COUNT,
        value=whole.total,
        formula=formula,
        sources=whole.sources,
    )


def _count_formula(measure: Measure, dataset: Dataset) -> str:
    """Say which rows are added up, by the dataset's own words."""
    said = [f"sum of `{measure.count}`"]
    if dataset.columns.outcome is not None:
        codes = (
            dataset.counted_outcomes
            if measure.outcomes is None
            else expand_codes(measure.outcomes, dataset)
        )
        said.append(f"outcomes {', '.join(codes)}")
    if measure.offence_groups:
        said.append(f"offence groups {', '.join(measure.offence_groups)}")
    if measure.offence_codes:
        said.append(f"offence codes {', '.join(measure.offence_codes)}")
    return "; ".join(said) + "; four quarters"


def _share_point(name: str, measure: Measure, part: Point, whole: Point, style: Style) -> Point:
    if part.figure is None or whole.figure is None:
        aside = part.aside or whole.aside
        return Point(part.period, None, complete=False, why=part.why or whole.why, aside=aside)
    if whole.figure.value < style.smallest_share_base:
        return Point(
            part.period,
            None,
            complete=True,
            why=f"a share of fewer than {style.smallest_share_base} is not printed",
        )
    return Point(
        part.period,
        Figure(
            id=f"{part.figure.area}/{name}/{part.period.id}",
            label=measure.label,
            area=part.figure.area,
            measure=name,
            period=part.period,
            unit=Unit.SHARE,
            value=Fraction(part.figure.value, whole.figure.value),
            formula=f"{measure.share} ÷ {measure.of}",
            decimals=measure.decimals,
            small=measure.small,
            parts=(part.figure, whole.figure),
        ),
        complete=True,
    )
