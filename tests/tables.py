"""A small outcomes table, as rows that a test may change before it publishes them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from generator.periods import Quarter

Row = tuple[object, ...]
Rows = Sequence[Row]

HEADER = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Code",
    "Offence Group",
    "Outcome Type",
    "Outcomes for offences that were recorded in the quarter",
    "Outcomes for investigations closed in the quarter",
)
CLOSED = {
    "Derbyshire": {
        2018: (150, 400, 200, 1250),
        2019: (140, 500, 240, 1160),
        2020: (120, 590, 280, 1050),
    },
    "Kent": {
        2018: (400, 900, 500, 3200),
        2019: (390, 990, 520, 3100),
        2020: (350, 900, 510, 3240),
    },
    "Northumbria": {
        2018: (300, 700, 310, 2700),
        2019: (290, 760, 350, 2600),
        2020: (250, 990, 400, 2400),
    },
}
"""Offences closed in each quarter of a year, as outcomes 1, 14, 16 and 18."""


def rows_of(counts: Mapping[str, Mapping[int, Sequence[int]]]) -> Rows:
    """Return the table's rows for counts of each quarter of a year."""
    return [
        _row(force, Quarter(year, number), outcome, count)
        for year in sorted({year for years in counts.values() for year in years})
        for number in (1, 2, 3, 4)
        for force, years in counts.items()
        for outcome, count in zip((1, 14, 16, 18), years[year], strict=True)
    ]


def _row(force: str, quarter: Quarter, outcome: int, count: int) -> Row:
    start = quarter.year - (quarter.number == 1)
    number = 4 if quarter.number == 1 else quarter.number - 1
    group = "Violence against the person"
    return (f"{start}/{(start + 1) % 100}", number, force, "8N", group, outcome, count, count)


def write_csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(rows)


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
