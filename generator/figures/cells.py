"""What rows add up to, by area and quarter, and how that is put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.model import Lack, SourceRows, Table
from generator.periods import Quarter


@dataclass(frozen=True, slots=True)
class Cell:
    """What one area's rows of one quarter add up to, for one measure.

    `sources` is empty where the quarter has rows, but none that the measure counts.
    """

    total: int
    missing: Lack
    """Whether a row of it has no number, so that the total is not the true one, and why."""
    sources: tuple[SourceRows, ...]


Cells = Mapping[str, Mapping[Quarter, Cell]]
"""Area id -> quarter -> cell; an area or quarter without any row is not there."""


@dataclass(frozen=True)
class Counted:
    """The count measures of a story, added up by area and quarter."""

    cells: Mapping[str, Cells]
    """Measure -> cells."""
    quarters: tuple[Quarter, ...]
    """Quarters for which the release has rows at all, oldest first."""
    absent: Mapping[Quarter, str] = field(default_factory=dict)
    """Quarters in which nobody has a row of what a measure counts: what is lacking, in words."""


def add_up(cells: Iterable[Cell]) -> Cell:
    """Add up cells, their sources to one for each quarter and sheet."""
    total, missing = 0, Lack.NOTHING
    merged: dict[tuple[Table, Quarter], SourceRows] = {}
    for cell in cells:
        total += cell.total
        missing = max(missing, cell.missing)
        for source in cell.sources:
            key = (source.table, source.quarter)
            known = merged.get(key)
            merged[key] = source if known is None else _joined(known, source)
    return Cell(total, missing, tuple(merged.values()))


def add_areas(areas: Iterable[Mapping[Quarter, Cell]]) -> Mapping[Quarter, Cell]:
    """Add up the cells of areas, quarter by quarter."""
    by_quarter: dict[Quarter, list[Cell]] = defaultdict(list)
    for cells in areas:
        for quarter, cell in cells.items():
            by_quarter[quarter].append(cell)
    return {quarter: add_up(cells) for quarter, cells in by_quarter.items()}


def _joined(one: SourceRows, other: SourceRows) -> SourceRows:
    return SourceRows(
        table=one.table,
        quarter=one.quarter,
        first_row=min(one.first_row, other.first_row),
        last_row=max(one.last_row, other.last_row),
        rows=one.rows + other.rows,
        total=one.total + other.total,
    )
