"""From cells to figures: one measure for one area over the periods, exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from generator.desk import Dataset, Measure, Story, Style, expand_codes
from generator.figures.completeness import Gap
from generator.figures.counting import Cell, Counted
from generator.model import Figure, Point, SourceRows, Unit
from generator.periods import Period, Quarter

Series = Mapping[str, tuple[Point, ...]]
"""Measure -> points, oldest first."""


def build_series(
    area: str,
    members: Sequence[str],
    gaps: Mapping[Period, Gap | None],
    counted: Counted,
    story: Story,
    dataset: Dataset,
    style: Style,
) -> Series:
    """Make every measure's series of an area out of its members' cells.

    `members` is the area itself, or the nation's basket. `gaps` names the periods, oldest
    first, with why one is incomplete. A count's figure is None in an incomplete period; a
    share's also where its base is under the style's `smallest_share_base`.
    """
    series: dict[str, tuple[Point, ...]] = {}
    for name, measure in story.measures.items():
        if measure.is_share:
            continue
        formula = _count_formula(measure, dataset)
        series[name] = tuple(
            Point(period, None, complete=False, why=gap.why)
            if gap
            else Point(
                period,
                _count_figure(area, members, name, period, counted, measure, formula),
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
    members: Sequence[str],
    name: str,
    period: Period,
    counted: Counted,
    measure: Measure,
    formula: str,
) -> Figure:
    cells = counted.cells[name]
    parts = [cells[member][quarter] for quarter in period.quarters for member in members]
    return Figure(
        id=f"{area}/{name}/{period.id}",
        label=measure.label,
        area=area,
        measure=name,
        period=period,
        unit=Unit.COUNT,
        value=sum(cell.total for cell in parts),
        formula=formula,
        sources=_merged(parts),
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


def _merged(cells: Iterable[Cell]) -> tuple[SourceRows, ...]:
    """Merge the sources of many areas to one for each quarter and sheet."""
    merged: dict[tuple[str, str, Quarter], SourceRows] = {}
    for source in (source for cell in cells for source in cell.sources):
        key = (source.table.file, source.table.sheet, source.quarter)
        known = merged.get(key)
        merged[key] = (
            source
            if known is None
            else SourceRows(
                table=source.table,
                quarter=source.quarter,
                first_row=min(known.first_row, source.first_row),
                last_row=max(known.last_row, source.last_row),
                rows=known.rows + source.rows,
                total=known.total + source.total,
            )
        )
    return tuple(merged.values())


def _share_point(name: str, measure: Measure, part: Point, whole: Point, style: Style) -> Point:
    if part.figure is None or whole.figure is None:
        return Point(part.period, None, complete=False, why=part.why or whole.why)
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
