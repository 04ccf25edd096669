"""Check tidy tables as wholes and against each other: rows, quarters or datasets that clash."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from generator.desk import Dataset
from generator.errors import Fault
from generator.model import Table
from generator.periods import Quarter

Held = npt.NDArray[np.int64]
"""Quarters of areas, sorted: an area's place in the desk times 2**32, and the quarter's ordinal."""
QUARTER = 0xFFFFFFFF
"""Masks the quarter in a `Held`."""
NO_CHANCE, MANY_ALIKE = 20, 0.1
"""The count from which two rows are not alike by chance, and the share of rows that is not."""
ROW_LIMITS = (65_536, 1_048_576)
"""Rows of a sheet of an old workbook, and of a newer one."""
FEW = 6
"""Areas that a message names."""
FEWEST_CODES, OFTEN, NEARLY_ALWAYS = 3, 8, 0.9
"""Codes, places and the share of these from which a sum of the others is no chance."""
KEY = ("area", "quarter", "offence_code", "outcome")
"""What tells the rows of a dense table apart."""


def doubled_rows(rows: pd.DataFrame, table: Table, dataset: Dataset) -> Iterator[Fault]:
    """Yield a fault if two rows are about the same; where a table is not dense, if they are alike.

    Of a table that is not dense some columns may not be read: rows that differ in a count are
    then told apart by one of those. Published tables have rows alike by chance, with counts of
    0 or 1: what stands twice is one with a larger count, or a tenth of all rows.
    """
    if dataset.dense:
        key = [name for name in KEY if name in rows]
        again = rows.duplicated(key)
    else:
        key = [str(name) for name in rows if name != "row"]
        again = rows.duplicated(key)
        largest = rows[[name for name in dataset.counts if name in rows]].max(axis=1)
        if again.mean() < MANY_ALIKE:
            again &= largest >= NO_CHANCE
    if not again.any():
        return
    first = rows.loc[again].iloc[0]
    same = np.logical_and.reduce([(rows[name] == first[name]).to_numpy() for name in key])
    original = rows.loc[same].iloc[0]
    about = [str(Quarter.from_ordinal(int(first["quarter"])))]
    about += [str(first[name]) for name in key if name != "quarter" and "_missing" not in name]
    yield Fault(
        "A row stands twice in the table.",
        "Ask the publisher which rows count. If a column that is not read tells them apart, name "
        f"its header in config/datasets/{dataset.id}.yml: `told_apart: [HEADER]`.",
        file=table.file,
        sheet=table.sheet,
        row=int(first["row"]),
        found=f"rows {original['row']} and {first['row']}, both for {', '.join(about)}"
        + (f"; {again.sum():,} rows in all" if again.sum() > 1 else ""),
        expected="one row for each "
        + ", ".join(name.replace("_", " ") for name in key if "_missing" not in name),
    )


def added_up_rows(rows: pd.DataFrame, table: Table, dataset: Dataset) -> Iterator[Fault]:
    """Yield a fault for each code whose count is always that of all the other codes together."""
    if "offence_code" not in rows or rows["offence_code"].nunique() < FEWEST_CODES:
        return
    by = [name for name in ("area", "quarter", "outcome") if name in rows]
    for count in (name for name in dataset.counts if name in rows):
        sums = rows.groupby([*by, "offence_code"], observed=True)[count].sum()
        whole = sums.groupby(level=by, observed=True).transform("sum")
        some = whole > 0
        is_rest = (2 * sums == whole)[some].groupby(level="offence_code", observed=True)
        shares, times = is_rest.mean(), is_rest.size()
        for code in shares[(shares >= NEARLY_ALWAYS) & (times >= OFTEN)].index:
            first = rows.loc[rows["offence_code"] == code].iloc[0]
            yield Fault(
                "The rows of a code add up those of all others.",
                f"If they are totals, add “{code}” to `totals` in "
                f"config/datasets/{dataset.id}.yml. They are then left out.",
                file=table.file,
                sheet=table.sheet,
                row=int(first["row"]),
                found=f"“{code}”, whose {count} are the sum of the others' in "
                f"{times[code]:,} of {times[code]:,} places"
                if shares[code] == 1
                else f"“{code}”, whose {count} are nearly always the sum of the others'",
                expected="rows that are counted once",
            )
        return


def leave_out_short(
    rows: pd.DataFrame, table: Table, names: Mapping[str, str]
) -> tuple[pd.DataFrame, list[str]]:
    """Leave out the quarters of a dense table in which an area lacks rows.

    An area is short that has fewer rows than most have in the same quarter: the file is
    damaged, or cut, and what is left of the quarter is no count of anything. Returns the
    other rows, and a sentence for each quarter; `names` are the areas'.
    """
    sizes = rows.groupby(["area", "quarter"], observed=True).size()
    usual = sizes.groupby(level="quarter").transform(lambda size: size.mode().max())
    sentences = []
    whole = np.ones(len(rows), bool)
    for pair, size in sizes[sizes < usual].items():
        area, quarter = cast(tuple[str, int], pair)
        whole &= ~((rows["area"] == area) & (rows["quarter"] == quarter)).to_numpy()
        sentences.append(
            f"{names[area]} has only {size:,} of {usual[area, quarter]:,} rows for "
            f"{Quarter.from_ordinal(int(quarter))} in {table.file}: that quarter is left out."
        )
    return rows[whole], sentences


def quarters_twice(tables: Sequence[tuple[Table, Held]], areas: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for every two tables that hold the same quarters of the same areas."""
    held = np.concatenate([np.empty(0, np.int64), *(held for _, held in tables)])
    holders = np.repeat(np.arange(len(tables)), [len(held) for _, held in tables])
    pairs, firsts, places = np.unique(held, return_index=True, return_inverse=True)
    clashes: dict[tuple[int, int], list[int]] = defaultdict(list)
    first_holders = holders[firsts][places]
    for at in np.flatnonzero(first_holders != holders):
        clashes[int(first_holders[at]), int(holders[at])].append(int(pairs[places[at]]))
    for (one, other), shared in clashes.items():
        quarters = sorted({pair & QUARTER for pair in shared})
        among = sorted({areas[pair >> 32] for pair in shared})
        first, second = tables[one][0], tables[other][0]
        yield Fault(
            f"Two tables hold the same quarters: {_named(first)} and {_named(second)}.",
            "Keep one of the two: a part-year file is superseded by the full year's, an "
            "earlier release by a later one. Of two sheets of a workbook choose the one that is "
            "meant, under `sheets:` in release.yml.",
            file=second.file,
            sheet=second.sheet,
            found=", ".join(str(Quarter.from_ordinal(quarter)) for quarter in quarters)
            + " of "
            + (among[0] if len(among) == 1 else f"{len(among)} areas"),
            expected="each quarter of an area in one table",
        )


def ends_at_limit(last_rows: Mapping[Table, int], whole: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each table whose last entry stands in the last row of a format.

    A program that saves a longer table leaves out the rest and says nothing. `last_rows` are
    those of the tables; files that are known to be `whole` are passed over.
    """
    for table, row in last_rows.items():
        if row in ROW_LIMITS and table.file not in whole:
            yield Fault(
                "The table ends at the last row that a spreadsheet holds: the rest may be lost.",
                "Look whether the publisher has the table in another format, or its rest in "
                "another file. If it is whole, write in release.yml:\n"
                f"whole: [{json.dumps(table.file)}]",
                file=table.file,
                sheet=table.sheet,
                row=row,
                found=f"an entry in row {row:,}, and none below",
                expected="a table that ends before",
            )


def fewer_areas(
    files: Mapping[str, Held], areas: Sequence[str], whole: Collection[str]
) -> Iterator[Fault]:
    """Yield a fault for each file without areas that the files before and after it have.

    Of the newest those before it are asked alone: it may be cut short as well. The oldest may
    have fewer, since areas are founded. `areas` are names in the desk's order; files that are
    known to be `whole` are passed over.
    """
    ordered = sorted(
        ((held, name) for name, held in files.items() if held.size),
        key=lambda one: (int((one[0] & QUARTER).min()), one[1]),
    )
    there = [set((held >> 32).tolist()) for held, _ in ordered]
    for at in range(1, len(ordered)):
        around = there[at - 1] & there[at + 1] if at + 1 < len(ordered) else there[at - 1]
        name = ordered[at][1]
        lacking = sorted(around - there[at])
        if lacking and around & there[at] and name not in whole:
            named = [areas[area] for area in lacking]
            more = f" and {len(named) - FEW} more" if len(named) > FEW else ""
            yield Fault(
                "A file has no rows of areas that the files before and after it have.",
                "Look where the rest is: on another sheet, in another file, or past the last row "
                "of the format. If the publisher has nothing of them, write in release.yml:\n"
                f"whole: [{json.dumps(name)}]",
                file=name,
                found=f"nothing of {', '.join(named[:FEW])}{more}",
                expected="rows of every area",
            )


def mixed_datasets(files: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield a fault if a release has files of more than one dataset, given those by dataset."""
    if len(files) > 1:
        yield Fault(
            "The release has tables of different datasets (mixed datasets).",
            "Give each dataset a release folder of its own.",
            found="; ".join(
                f"{dataset}: {', '.join(dict.fromkeys(names))}" for dataset, names in files.items()
            ),
            expected="tables of one dataset",
        )


def published_too_early(published: datetime.date, last: Quarter) -> Iterator[Fault]:
    """Yield a fault if release.yml puts publication before the last quarter's end."""
    ends = last + 1
    if published < datetime.date(ends.year, ends.number * 3 - 2, 1):
        yield Fault(
            "release.yml puts publication before the end of the figures.",
            "Correct `published` in release.yml: it is the day the tables came out.",
            file="release.yml",
            key="published",
            found=f"{published.isoformat()}, with figures for {last}",
            expected="a later date",
        )


def _named(table: Table) -> str:
    return f"{table.file} ({table.sheet})" if table.sheet else table.file
