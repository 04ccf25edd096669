"""The series of a draft's measures: figures.csv, and the table beneath the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Draft, Facts, Figure, Release
from generator.printing import print_exact, print_figure

HEADER = (
    *("measure", "label", "period", "complete", "why", "value", "exact", "printed"),
    *("nation_exact", "nation_printed", "sample"),
)


def figures_rows(draft: Draft, release: Release) -> Iterator[tuple[object, ...]]:
    """Yield a row for each measure and period, the nation's figure beside it."""
    nation = _figures(draft.facts.nation)
    for name, facts in draft.facts.measures.items():
        for point in facts.series:
            figure, theirs = point.figure, nation.get((name, point.period.id))
            yield (
                *(name, facts.measure.label, point.period.id, point.complete, point.why),
                figure.value if figure and isinstance(figure.value, int) else None,
                print_exact(figure) if figure else None,
                print_figure(figure) if figure else None,
                print_exact(theirs) if theirs else None,
                print_figure(theirs) if theirs else None,
                release.sample,
            )


def _figures(facts: Facts | None) -> dict[tuple[str, str], Figure]:
    return {
        (name, point.period.id): point.figure
        for name, measure in (facts.measures.items() if facts else ())
        for point in measure.series
        if point.figure
    }


@dataclass(frozen=True)
class SeriesTable:
    """What a page shows of the series: a row a period, a column a measure."""

    columns: tuple[str, ...]
    rows: tuple[SeriesRow, ...]


@dataclass(frozen=True)
class SeriesRow:
    """One period: a figure of each measure as printed, "" for none, and why there is none."""

    period: str
    figures: tuple[str, ...]
    complete: bool
    why: str


def series_table(facts: Facts) -> SeriesTable:
    """Turn the series of all measures into one table, newest period first."""
    measures = list(facts.measures.values())
    series = [{point.period: point for point in measure.series} for measure in measures]
    periods = sorted({period for points in series for period in points}, reverse=True)
    rows = []
    for period in periods:
        points = [one.get(period) for one in series]
        whys = dict.fromkeys(point.why for point in points if point and point.why)
        rows.append(
            SeriesRow(
                str(period),
                tuple(print_figure(p.figure) if p and p.figure else "" for p in points),
                all(point is not None and point.complete for point in points),
                "; ".join(whys),
            )
        )
    return SeriesTable(tuple(measure.measure.label for measure in measures), tuple(rows))
