"""Check tidy tables as wholes and against each other: rows, quarters or datasets that clash."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from generator.errors import Fault
from generator.model import Table
from generator.periods import Quarter

Held = npt.NDArray[np.int64]
"""Quarters of areas, sorted: an area's place in the desk times 2**32, and the quarter's ordinal."""
QUARTER = 0xFFFFFFFF
"""Masks the quarter in a `Held`."""
KEY = ("area", "quarter", "offence_code", "outcome")
"""What tells the rows of a dense table apart."""


def doubled_rows(rows: pd.DataFrame, table: Table) -> Iterator[Fault]:
    """Yield a fault if two rows of a dense table are about the same."""
    key = [name for name in KEY if name in rows]
    again = rows.duplicated(key)
    if not again.any():
        return
    first = rows.loc[again].iloc[0]
    same = np.logical_and.reduce([(rows[name] == first[name]).to_numpy() for name in key])
    original = rows.loc[same].iloc[0]
    about = [str(Quarter.from_ordinal(int(first["quarter"])))]
    about += [str(first[name]) for name in key if name != "quarter"]
    yield Fault(
        "A row stands twice in the table.",
        "Compare the two rows with the file as it was published, and download it again.",
        file=table.file,
        sheet=table.sheet,
        row=int(first["row"]),
        found=f"rows {original['row']} and {first['row']}, both for {', '.join(about)}"
        + (f"; {again.sum():,} rows in all" if again.sum() > 1 else ""),
        expected="one row for each " + ", ".join(name.replace("_", " ") for name in key),
    )


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
            "earlier release by a later one.",
            file=second.file,
            sheet=second.sheet,
            found=", ".join(str(Quarter.from_ordinal(quarter)) for quarter in quarters)
            + " of "
            + (among[0] if len(among) == 1 else f"{len(among)} areas"),
            expected="each quarter of an area in one table",
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
