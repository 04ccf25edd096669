"""Add up observations: the one module of this stage that knows pandas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from generator.desk import Dataset, Desk, Measure, Story, expand_codes, folded_code
from generator.errors import Fault, RequestError, did_you_mean
from generator.figures.cells import Cell, Cells, Counted
from generator.model import Lack, Observations, SourceRows, Table
from generator.periods import Quarter

_NUMBER = "int32"
"""What row numbers are held as: there is a frame for each choice, with a row for each quarter."""


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
    `total`, `missing` (the gravest `Lack` of a row), `first` and `last` (row
    numbers) and `rows` (how many). `offences` are the texts of the columns by which choices
    are made, and `occurs` the quarters, as ordinals, in which some area has a row of each, by
    column and text as it is matched.
    """

    table: Table
    held: pd.DataFrame
    sums: Mapping[Choice, pd.DataFrame]
    offences: Mapping[str, frozenset[str]]
    occurs: Mapping[tuple[str, str], frozenset[int]]


@dataclass(frozen=True)
class Totals:
    """What all the tables of a release add up to: frames as a tally's, sorted by area.

    Those of `sums` have the column `table` as well, a place among `tables`. Held as columns,
    since there may be any number of areas; cells are made of those that are asked for.
    """

    tables: tuple[Table, ...]
    held: pd.DataFrame
    sums: Mapping[Choice, pd.DataFrame]
    quarters: tuple[Quarter, ...]
    """Quarters for which there are any rows, oldest first."""
    offences: Mapping[str, frozenset[str]]
    occurs: Mapping[tuple[str, str], frozenset[int]]

    def of(self, first: int, last: int) -> Totals:
        """Return those of the areas from the place `first` in the desk up to before `last`."""
        return replace(
            self,
            held=_between(self.held, first, last),
            sums={choice: _between(sums, first, last) for choice, sums in self.sums.items()},
        )

    def counted(self, story: Story, desk: Desk) -> Counted:
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
        held: dict[str, dict[Quarter, Cell]] = defaultdict(dict)
        for area, ordinal in _records(self.held):
            nothing = Cell(0, missing=Lack.NOTHING, sources=())
            held[desk.forces[area].id][Quarter.from_ordinal(ordinal)] = nothing
        chosen = {name: Choice.of(m, desk.datasets[story.dataset]) for name, m in counts.items()}
        return Counted(
            {name: self._cells(choice, held, desk) for name, choice in chosen.items()},
            self.quarters,
            self.absent(story),
        )

    def quarters_of(self, story: Story) -> tuple[Quarter, ...]:
        """Return the quarters that have rows of all that a story names."""
        absent = self.absent(story)
        return tuple(quarter for quarter in self.quarters if quarter not in absent)

    def never_occurs(self, story: Story) -> str:
        """Say which outcome a story names and no row of the release has, "" where it has all."""
        for measure in story.measures.values():
            for column, text in _named_by(measure):
                if column == "outcome" and not self.occurs.get((column, folded_code(text))):
                    return f"no row of the release has the outcome “{text}”"
        return ""

    def absent(self, story: Story) -> dict[Quarter, str]:
        """Say in which quarters no area has a row of what a measure names.

        It is spelt otherwise there, or the table has no such rows: none is no count of 0.
        """
        absent: dict[Quarter, str] = {}
        for measure in (each for each in story.measures.values() if not each.is_share):
            for column, text in _named_by(measure):
                there = self.occurs.get((column, folded_code(text)), frozenset())
                if not there and column != "outcome":
                    continue  # `counted` says so, with the nearest that there is
                for quarter in self.quarters:
                    if quarter.ordinal not in there:
                        said = column.replace("_", " ")
                        absent.setdefault(quarter, f"no row for {quarter} has the {said} “{text}”")
        return absent

    def _cells(
        self, choice: Choice, held: Mapping[str, Mapping[Quarter, Cell]], desk: Desk
    ) -> Cells:
        """Return a choice's cells: 0 where an area's quarter has rows, but none of these."""
        cells = {area: dict(quarters) for area, quarters in held.items()}
        for area, ordinal, total, missing, first, last, size, table in _records(self.sums[choice]):
            quarter = Quarter.from_ordinal(ordinal)
            source = SourceRows(self.tables[table], quarter, first, last, size, total)
            cells[desk.forces[area].id][quarter] = Cell(total, Lack(missing), (source,))
        return cells

    def _unknown_offences(self, name: str, measure: Measure, story: Story) -> Iterator[Fault]:
        asked = {"offence_group": measure.offence_groups, "offence_code": measure.offence_codes}
        for column, wanted in asked.items():
            known = self.offences[column] if wanted else frozenset()
            there = set(map(folded_code, known))
            for text in sorted(
                each for each in set(wanted or ()) if folded_code(each) not in there
            ):
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
        wanted |= {count: (count, "sum"), f"{count}_missing": (f"{count}_missing", "max")}
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
        occurs=_occurrences(cube, by),
    )


def add_tables(tallies: Sequence[Tally]) -> Totals:
    """Put what the tables of a release add up to together: no two hold the same quarter.

    A table that was read in pieces has a tally of each: those of a quarter are added up.
    """
    tables = tuple(dict.fromkeys(each.table for each in tallies))
    offences: dict[str, frozenset[str]] = defaultdict(frozenset)
    occurs: dict[tuple[str, str], frozenset[int]] = defaultdict(frozenset)
    for each in tallies:
        for text, quarters in each.occurs.items():
            occurs[text] |= quarters
        for column, texts in each.offences.items():
            offences[column] |= texts
    held = pd.concat([each.held for each in tallies]).drop_duplicates()
    return Totals(
        tables,
        held.sort_values(["area", "quarter"], ignore_index=True),
        {choice: _put_together(tallies, choice, tables) for choice in tallies[0].sums},
        tuple(map(Quarter.from_ordinal, sorted(held["quarter"].unique().tolist()))),
        offences,
        occurs,
    )


def _named_by(measure: Measure) -> Iterator[tuple[str, str]]:
    """Yield what a measure names one by one, by the column it stands in; a range names none."""
    for outcome in measure.outcomes or ():
        if "-" not in outcome:
            yield "outcome", outcome
    for group in measure.offence_groups or ():
        yield "offence_group", group
    for code in measure.offence_codes or ():
        yield "offence_code", code


def _occurrences(cube: pd.DataFrame, by: Sequence[str]) -> dict[tuple[str, str], frozenset[int]]:
    """Return the quarters in which each text of a column that choices are made by occurs."""
    found: dict[tuple[str, str], frozenset[int]] = defaultdict(frozenset)
    for column in ("outcome", "offence_group", "offence_code"):
        if column in by:
            pairs = cube[[column, "quarter"]].drop_duplicates()
            for text, quarters in pairs.groupby(column, observed=True)["quarter"]:
                found[column, folded_code(str(text))] |= frozenset(quarters.tolist())
    return dict(found)


def _put_together(
    tallies: Sequence[Tally], choice: Choice, tables: Sequence[Table]
) -> pd.DataFrame:
    """Return the sums of a choice in all tables, one row for each quarter of an area."""
    sums = pd.concat(
        [each.sums[choice].assign(table=np.int32(tables.index(each.table))) for each in tallies]
    )
    if sums.duplicated(["area", "quarter"]).any():
        kinds = {"total": "sum", "missing": "max", "first": "min", "last": "max", "rows": "sum"}
        sums = sums.groupby(["area", "quarter"]).agg({**kinds, "table": "first"}).reset_index()
    return sums.sort_values(["area", "quarter"], ignore_index=True)


def _between(frame: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the rows of a frame that is sorted by area, for areas from `first` before `last`."""
    areas = frame["area"].to_numpy()
    # Bounds of another type would have the whole column copied, for each stretch of areas.
    start, end = areas.searchsorted(np.array([first, last], areas.dtype))
    return frame.iloc[int(start) : int(end)]


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
            codes = {folded_code(each) for each in wanted}
            texts = [text for text in cube[column].unique() if folded_code(str(text)) in codes]
            chosen &= cube[column].isin(texts)
    return (
        cube[chosen]
        .groupby(["area", "quarter"], sort=True)
        .agg(
            total=(choice.column, "sum"),
            missing=(f"{choice.column}_missing", "max"),
            first=("first", "min"),
            last=("last", "max"),
            rows=("rows", "sum"),
        )
        .astype({"first": _NUMBER, "last": _NUMBER, "rows": _NUMBER})
        .reset_index()
    )


def _records(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield a frame's rows as tuples of plain Python values, so that sums are exact ints."""
    return zip(*(frame[column].tolist() for column in frame.columns), strict=True)
