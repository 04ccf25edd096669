"""Add up observations: the one module of this stage that knows pandas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from generator.desk import Dataset, Desk, Measure, Story, expand_codes
from generator.errors import Fault, RequestError, did_you_mean
from generator.model import Observations, SourceRows, Table
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


class Choice(NamedTuple):
    """Which rows a measure adds up; measures of several stories may choose the same."""

    column: str
    outcomes: tuple[str, ...] | None
    offence_groups: tuple[str, ...] | None
    offence_codes: tuple[str, ...] | None

    @classmethod
    def of(cls, measure: Measure, dataset: Dataset) -> Choice:
        """Return what a count measure chooses: never an outcome that is not counted."""
        outcomes: tuple[str, ...] | None = None
        if dataset.columns.outcome is not None:
            outcomes = (
                dataset.counted_outcomes
                if measure.outcomes is None
                else expand_codes(measure.outcomes, dataset)
            )
        groups, codes = measure.offence_groups, measure.offence_codes
        return cls(
            measure.count or "",
            outcomes,
            None if groups is None else tuple(groups),
            None if codes is None else tuple(codes),
        )


@dataclass(frozen=True)
class Tally:
    """What one table's rows add up to.

    `held` has the quarters of areas that it has any rows of: `area`, the area's place in the
    desk, and `quarter`, its ordinal. `sums` has for each choice a frame with these two, and
    `total`, `missing` (whether a row is marked as not provided), `first` and `last` (row
    numbers) and `rows` (how many). `offences` are the texts of the columns by which choices
    are made.
    """

    table: Table
    held: pd.DataFrame
    sums: Mapping[Choice, pd.DataFrame]
    offences: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Totals:
    """What all the tables of a release add up to."""

    cells: Mapping[Choice, Cells]
    quarters: tuple[Quarter, ...]
    """Quarters for which there are any rows, oldest first."""
    offences: Mapping[str, frozenset[str]]

    def counted(self, story: Story, dataset: Dataset) -> Counted:
        """Return the count measures of a story.

        Raises RequestError for an offence group or code that no row of the release has.
        """
        counts = {name: m for name, m in story.measures.items() if not m.is_share}
        faults = [
            fault
            for name, measure in counts.items()
            for fault in self._unknown_offences(name, measure, story)
        ]
        if faults:
            raise RequestError(*faults)
        chosen = {name: Choice.of(measure, dataset) for name, measure in counts.items()}
        return Counted({name: self.cells[c] for name, c in chosen.items()}, self.quarters)

    def _unknown_offences(self, name: str, measure: Measure, story: Story) -> Iterator[Fault]:
        asked = {"offence_group": measure.offence_groups, "offence_code": measure.offence_codes}
        for column, wanted in asked.items():
            known = self.offences[column] if wanted else frozenset()
            for text in sorted(set(wanted or ()) - known):
                yield Fault(
                    f"No row of the release has the {column.replace('_', ' ')} {text!r}.",
                    did_you_mean(text, sorted(known)) or "Spell it as the published table does.",
                    file=f"config/stories/{story.id}.yml",
                    key=f"measures.{name}.{column}s",
                )


def choices_of(stories: Iterable[Story], desk: Desk) -> dict[str, tuple[Choice, ...]]:
    """Return by dataset which rows stories add up, each choice once."""
    choices: dict[str, dict[Choice, None]] = defaultdict(dict)
    for story in stories:
        for measure in story.measures.values():
            if not measure.is_share:
                choice = Choice.of(measure, desk.datasets[story.dataset])
                choices[story.dataset][choice] = None
    return {dataset: tuple(of_dataset) for dataset, of_dataset in choices.items()}


def tally(observations: Observations, choices: Mapping[str, Sequence[Choice]]) -> Tally:
    """Add up a table's rows, exactly, for each choice that is made of its dataset.

    All rows are added up once, by whatever the choices tell rows apart by; what each of
    them chooses is then added up from these few sums.
    """
    chosen = choices.get(observations.dataset, ())
    by = ["area", "quarter", *_told_apart_by(observations.rows, chosen)]
    rows = observations.rows
    counts = sorted({choice.column for choice in chosen})
    wanted: dict[str, tuple[str, str]] = {
        "first": ("row", "min"),
        "last": ("row", "max"),
        "rows": ("row", "size"),
    }
    for count in counts:
        wanted |= {count: (count, "sum"), f"{count}_missing": (f"{count}_missing", "any")}
    cube = rows.groupby(by, observed=True, sort=True).agg(**wanted).reset_index()
    cube["area"] = cube["area"].cat.codes.astype("int32")
    return Tally(
        table=observations.table,
        held=cube[["area", "quarter"]].drop_duplicates(),
        sums={choice: _added_up(cube, choice) for choice in chosen},
        offences={
            column: frozenset(cube[column].unique())
            for column in ("offence_group", "offence_code")
            if column in by
        },
    )


def add_tables(tallies: Sequence[Tally], desk: Desk) -> Totals:
    """Put what the tables of a release add up to together: no two hold the same quarter."""
    offences: dict[str, frozenset[str]] = defaultdict(frozenset)
    held: dict[str, dict[Quarter, Cell]] = defaultdict(dict)
    for each in tallies:
        for area, ordinal in _records(each.held):
            nothing = Cell(0, missing=False, sources=())
            held[desk.forces[area].id][Quarter.from_ordinal(ordinal)] = nothing
        for column, texts in each.offences.items():
            offences[column] |= texts
    choices = tallies[0].sums if tallies else {}
    return Totals(
        {choice: _cells(tallies, choice, held, desk) for choice in choices},
        tuple(sorted({quarter for quarters in held.values() for quarter in quarters})),
        offences,
    )


def _told_apart_by(rows: pd.DataFrame, choices: Iterable[Choice]) -> list[str]:
    """Return the columns that some choice is made by."""
    by = []
    if "outcome" in rows:
        by.append("outcome")
    if any(choice.offence_groups is not None for choice in choices):
        by.append("offence_group")
    if any(choice.offence_codes is not None for choice in choices):
        by.append("offence_code")
    return by


def _added_up(cube: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Add up those of the sums that a choice is made of, by area and quarter."""
    chosen = pd.Series(data=True, index=cube.index)
    for column, wanted in (
        ("outcome", choice.outcomes),
        ("offence_group", choice.offence_groups),
        ("offence_code", choice.offence_codes),
    ):
        if wanted is not None:
            chosen &= cube[column].isin(wanted)
    return (
        cube[chosen]
        .groupby(["area", "quarter"], sort=True)
        .agg(
            total=(choice.column, "sum"),
            missing=(f"{choice.column}_missing", "any"),
            first=("first", "min"),
            last=("last", "max"),
            rows=("rows", "sum"),
        )
        .reset_index()
    )


def _cells(
    tallies: Iterable[Tally],
    choice: Choice,
    held: Mapping[str, Mapping[Quarter, Cell]],
    desk: Desk,
) -> Cells:
    """Return a choice's cells; where an area's quarter has rows, but none of these, it is 0."""
    cells = {area: dict(quarters) for area, quarters in held.items()}
    for each in tallies:
        for area, ordinal, total, missing, first, last, size in _records(each.sums[choice]):
            quarter = Quarter.from_ordinal(ordinal)
            source = SourceRows(each.table, quarter, first, last, size, total)
            cells[desk.forces[area].id][quarter] = Cell(total, missing, (source,))
    return cells


def _records(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield a frame's rows as tuples of plain Python values, so that sums are exact ints."""
    return zip(*(frame[column].tolist() for column in frame.columns), strict=True)
