"""The real counts beside the project: charges and all closed cases, by force and quarter."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from reference import MAKER

from generator.desk import Desk, folded
from generator.periods import Quarter
from generator.rounding import round_half_up

REAL = MAKER.parents[1] / "data" / "outcomes-by-force-quarter.csv"


class Counts(NamedTuple):
    """What a force closed in a quarter, and how much of it with a charge."""

    charged: int
    closed: int


Table = Mapping[str, Mapping[Quarter, Counts]]
"""Area id -> quarter -> counts."""


def read_counts(desk: Desk, path: Path = REAL) -> Table:
    """Read the real counts, by the ids of the desk's areas."""
    ids = {name: area.id for area in desk.forces for name in area.called}
    table: dict[str, dict[Quarter, Counts]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, number = int(row["Financial Year"][:4]), int(row["Financial Quarter"])
            counts = Counts(
                int(row["Charged or summonsed (type 1)"]), int(row["All outcomes assigned"])
            )
            quarters = table.setdefault(ids[folded(row["Force Name"])], {})
            quarters[Quarter.of_financial_year(start, number)] = counts
    return table


def until(table: Table, last: Quarter) -> Table:
    """Return the counts up to a quarter, as a release of that time had them."""
    return {
        area: {quarter: counts for quarter, counts in quarters.items() if quarter <= last}
        for area, quarters in table.items()
    }


def put(table: Table, area: str, quarter: Quarter, counts: Counts) -> Table:
    """Return the counts with others in the place of one quarter's."""
    return {**table, area: {**table[area], quarter: counts}}


def scaled(
    table: Table, area: str, quarter: Quarter, names: Collection[str], times: Fraction
) -> Table:
    """Return the counts with some of one quarter's so many times as large."""
    here = table[area][quarter]
    changed = {name: int(round_half_up(getattr(here, name) * times, 0)) for name in names}
    return put(table, area, quarter, here._replace(**changed))
