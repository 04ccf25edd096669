"""Add up observations: the one module of this stage that knows pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from generator.desk import Dataset, Measure, Story, expand_codes
from generator.errors import Fault, RequestError, did_you_mean
from generator.model import Observations, SourceRows
from generator.periods import Quarter


@dataclass(frozen=True, slots=True)
class Cell:
    """What one area's rows of one quarter add up to, for one measure.

    `sources` is empty where the quarter has rows, but none that the measure counts.
    """

    total: int
    missing: bool
    """A row of it is marked as not provided: the total is not the true one."""
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


def count(observations: Observations, story: Story, dataset: Dataset) -> Counted:
    """Add up every count measure of a story, exactly, by area and quarter.

    Raises RequestError for an offence group or code that no row of the release has.
    """
    rows = observations.rows
    present = rows[["area", "quarter"]].drop_duplicates()
    held = [(area, Quarter.from_ordinal(ordinal)) for area, ordinal in _records(present)]
    counts = {name: m for name, m in story.measures.items() if not m.is_share}
    faults = [
        fault for name, m in counts.items() for fault in _unknown_offences(rows, name, m, story)
    ]
    if faults:
        raise RequestError(*faults)
    return Counted(
        cells={
            name: _cells(observations, held, measure, dataset) for name, measure in counts.items()
        },
        quarters=tuple(sorted({quarter for _, quarter in held})),
    )


def _cells(
    observations: Observations,
    held: list[tuple[str, Quarter]],
    measure: Measure,
    dataset: Dataset,
) -> Cells:
    """Add up one measure; where an area's quarter has rows, but none of these, it is 0."""
    cells: dict[str, dict[Quarter, Cell]] = {}
    for area, quarter in held:
        cells.setdefault(area, {})[quarter] = Cell(0, missing=False, sources=())
    wanted = observations.rows[_selected(observations.rows, measure, dataset)]
    column = measure.count
    groups = wanted.groupby(["area", "quarter"], observed=True, sort=True).agg(
        total=(column, "sum"),
        missing=(f"{column}_missing", "any"),
        table=("table", "first"),
        first=("row", "min"),
        last=("row", "max"),
        rows=("row", "size"),
    )
    for area, ordinal, total, missing, table, first, last, size in _records(groups.reset_index()):
        quarter = Quarter.from_ordinal(ordinal)
        source = SourceRows(observations.tables[table], quarter, first, last, size, total)
        cells[area][quarter] = Cell(total, missing, (source,))
    return cells


def _selected(rows: pd.DataFrame, measure: Measure, dataset: Dataset) -> pd.Series[bool]:
    """Pick a measure's rows: its outcomes (never one that is not counted) and offences."""
    chosen = pd.Series(data=True, index=rows.index)
    if dataset.columns.outcome is not None:
        outcomes = (
            dataset.counted_outcomes
            if measure.outcomes is None
            else expand_codes(measure.outcomes, dataset)
        )
        chosen &= rows["outcome"].isin(outcomes)
    if measure.offence_groups is not None:
        chosen &= rows["offence_group"].isin(measure.offence_groups)
    if measure.offence_codes is not None:
        chosen &= rows["offence_code"].isin(measure.offence_codes)
    return chosen


def _unknown_offences(
    rows: pd.DataFrame, name: str, measure: Measure, story: Story
) -> Iterator[Fault]:
    asked = {"offence_group": measure.offence_groups, "offence_code": measure.offence_codes}
    for column, wanted in asked.items():
        known = set(rows[column].unique()) if wanted else set()
        for text in sorted(set(wanted or ()) - known):
            yield Fault(
                f"No row of the release has the {column.replace('_', ' ')} {text!r}.",
                did_you_mean(text, sorted(known)) or "Spell it as the published table does.",
                file=f"config/stories/{story.id}.yml",
                key=f"measures.{name}.{column}s",
            )


def _records(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield a frame's rows as tuples of plain Python values, so that sums are exact ints."""
    return zip(*(frame[column].tolist() for column in frame.columns), strict=True)
