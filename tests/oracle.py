"""The figures worked out a second time, from the raw cells, by code that shares nothing.

This imports nothing of the generator, no pandas and none of our config: the rules stand here
once more, from the notes on the published files. Slow and plain on purpose.
"""

import csv
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from fractions import Fraction
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

NATION = "England and Wales"
MEASURES = ("closed", "withdrawn", "identified", "rate", "suspect_share", "charged", "charge_rate")

Quarter = tuple[int, int]
"""Calendar year and quarter: (2020, 1) is January to March 2020."""
Period = tuple[Quarter, Quarter, Quarter, Quarter]
Value = int | Fraction | None
Figures = dict[tuple[str, str, str], Value]
"""(area, measure, period) to the figure, shares as fractions of one; None: incomplete."""
Row = tuple[int, list[str]]
"""The number of a row, from 1, and its cells as text, "" where there is none."""
Counts = dict[str, dict[Quarter, dict[int, int] | None]]
"""Area to quarter to outcome type to count; None where a count was not provided."""

HEADERS = {
    "recorded": {
        "outcomes for offences that were recorded in the quarter",
        "force outcomes for offences recorded in quarter",
        "number of outcomes for offences that were recorded in the quarter",
        "number of outcomes for offences recorded in quarter",
    },
    "closed": {
        "outcomes for investigations closed in the quarter",
        "force outcomes recorded in quarter",
        "number of outcomes for investigations closed in the quarter",
        "number of outcomes for investigations closed in quarter",
    },
}
NOT_APPLICABLE = {"na", "n/a", "n/a - offence code expired"}
NOT_PROVIDED = "n/a - data not provided"
# Nothing in the files marks these: the force could not supply July 2019 to March 2020.
GAPS = {"Greater Manchester": {(2019, 3), (2019, 4), (2020, 1)}}
FRAUD_BODIES = {"Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK"}
MONTHS = {1: "March", 2: "June", 3: "September", 4: "December"}


# --- Figures ------------------------------------------------------------------------------


def outcome_figures(
    folder: Path,
    *,
    until: Quarter = (9999, 4),
    basis: str = "closed",
    leave_out: Collection[str] = (),
) -> Figures:
    """Work out every figure of every force, and of the nation as one basket of forces.

    Periods are calendar years (`2020`), financial years (`2019/20`) and years to September
    (`year to September 2020`); those that end after `until` are left out. The basket, of a
    kind of period, is the forces that are complete in every period of the kind; it does
    not have the forces in `leave_out`.
    """
    return figures_of(read_counts(folder, basis), until=until, leave_out=leave_out)


def figures_of(
    counts: Counts, *, until: Quarter = (9999, 4), leave_out: Collection[str] = ()
) -> Figures:
    """Work out the figures from counts that have been read; see `outcome_figures`."""
    quarters = {quarter for of_area in counts.values() for quarter in of_area}
    figures: Figures = {}
    for ending in (4, 1, 3):
        periods = [
            period
            for year in range(min(quarters)[0], max(quarters)[0] + 1)
            if quarters.issuperset(period := four_quarters((year, ending))) and period[3] <= until
        ]
        basket = [
            area
            for area in counts
            if area not in leave_out
            and all(total(counts, area, period) is not None for period in periods)
        ]
        for period in periods:
            for area in counts:
                put(figures, area, period, total(counts, area, period))
            together: dict[int, int] = defaultdict(int)
            for area in basket:
                for outcome, count in (total(counts, area, period) or {}).items():
                    together[outcome] += count
            put(figures, NATION, period, together if basket else None)
    return figures


def nation_of(
    counts: Counts, about: str, leads: Collection[str]
) -> tuple[Figures, dict[str, list[str]]]:
    """Work out the nation's figures for a story about a period, and whom they leave out of when.

    The basket is the areas that are complete in every period up to that one, where one of
    `leads` is then a record; else those complete in the period, the one before and the first. A
    period in which one of the basket is not complete has no figure.
    """
    quarters = {quarter for of_area in counts.values() for quarter in of_area}
    periods: list[Period] = []
    for ending in (4, 1, 3):
        whole = [
            period
            for year in range(min(quarters)[0], max(quarters)[0] + 1)
            if quarters.issuperset(period := four_quarters((year, ending)))
        ]
        names = [label(period) for period in whole]
        if about in names:
            periods = whole[: names.index(about) + 1]
    figures, out = _of_basket(counts, periods, periods)
    if not any(is_any_record(figures, lead, about) for lead in leads):
        figures, out = _of_basket(counts, periods, [periods[0], *periods[-2:]])
    return figures, out


def _of_basket(
    counts: Counts, periods: list[Period], needed: list[Period]
) -> tuple[Figures, dict[str, list[str]]]:
    out: dict[str, list[str]] = {}
    for area in counts:
        gaps = sorted({p for p in needed if total(counts, area, p) is None})
        if gaps:
            out[area] = [label(period) for period in gaps]
    figures: Figures = {}
    for period in periods:
        together: dict[int, int] | None = defaultdict(int)
        for area in counts.keys() - out.keys():
            of_area = total(counts, area, period)
            if of_area is None or together is None:
                together = None
            else:
                for outcome, count in of_area.items():
                    together[outcome] += count
        put(figures, NATION, period, together)
    return figures, out


def is_any_record(figures: Figures, measure: str, period: str) -> bool:
    """Tell whether the nation's figure is a record of any kind that print shows."""
    now, earlier = (
        figures[NATION, measure, period],
        earlier_values(figures, NATION, measure, period),
    )
    if now is None or len(earlier) < 2 or None in earlier:
        return False
    values = [value for value in earlier if value is not None]
    top, bottom = max(values), min(values)
    if now > top or now < bottom:
        beyond = top if now > top else bottom
        return in_print(now) != in_print(beyond)
    return now in (top, bottom) and top != bottom


def in_print(value: int | Fraction) -> int:
    """Return what print tells values apart by: tenths of a per cent of a share, a count itself."""
    return value if isinstance(value, int) else int(value * 1000 + Fraction(1, 2))


def total(counts: Counts, area: str, period: Period) -> dict[int, int] | None:
    """Add four quarters up, by outcome type; None where any of them cannot be had."""
    added: dict[int, int] = defaultdict(int)
    for quarter in period:
        of_quarter = counts[area].get(quarter)
        if of_quarter is None or quarter in GAPS.get(area, ()):
            return None
        for outcome, count in of_quarter.items():
            added[outcome] += count
    return added


def put(figures: Figures, area: str, period: Period, counts: dict[int, int] | None) -> None:
    """Work out the measures of one area and period."""
    values: dict[str, Value] = dict.fromkeys(MEASURES)
    if counts is not None:
        closed = sum(count for outcome, count in counts.items() if 1 <= outcome <= 22)
        identified, charged = counts.get(16, 0), counts.get(1, 0)
        withdrawn = counts.get(14, 0) + identified
        values = {
            "closed": closed,
            "withdrawn": withdrawn,
            "identified": identified,
            "charged": charged,
            "rate": Fraction(withdrawn, closed) if closed else None,
            "suspect_share": Fraction(identified, withdrawn) if withdrawn else None,
            "charge_rate": Fraction(charged, closed) if closed else None,
        }
    for measure, value in values.items():
        figures[area, measure, label(period)] = value


def is_record_high(figures: Figures, area: str, measure: str, period: str, least: int = 3) -> bool:
    """Tell whether a figure is strictly above those of all earlier periods, with no gap.

    A record stands out from at least `least` periods, itself included.
    """
    now, earlier = figures[area, measure, period], earlier_values(figures, area, measure, period)
    complete = [value for value in earlier if value is not None]
    return (
        now is not None
        and len(complete) == len(earlier) >= least - 1
        and all(value < now for value in complete)
    )


def is_record_low(figures: Figures, area: str, measure: str, period: str, least: int = 3) -> bool:
    """Tell whether a figure is strictly below those of all earlier periods, with no gap."""
    now, earlier = figures[area, measure, period], earlier_values(figures, area, measure, period)
    complete = [value for value in earlier if value is not None]
    return (
        now is not None
        and len(complete) == len(earlier) >= least - 1
        and all(value > now for value in complete)
    )


def earlier_values(figures: Figures, area: str, measure: str, period: str) -> list[Value]:
    """Return the values of the periods before, of the same kind, oldest first.

    Periods are found by stepping back from the one given, to the first of the series.
    """
    values: list[Value] = []
    while (area, measure, period := year_before(period)) in figures:
        values.append(figures[area, measure, period])
    return values[::-1]


def year_before(period: str) -> str:
    """Return the label of the same twelve months a year before: 2019/20 to 2018/19."""
    if "/" in period:
        start = int(period[:4]) - 1
        return f"{start}/{(start + 1) % 100:02d}"
    return f"{period[:-4]}{int(period[-4:]) - 1}"


def four_quarters(last: Quarter) -> Period:
    """Return the four quarters that end with `last`, oldest first."""
    number = last[0] * 4 + last[1] - 1
    first, second, third, fourth = (divmod(number - back, 4) for back in (3, 2, 1, 0))
    return (
        (first[0], first[1] + 1),
        (second[0], second[1] + 1),
        (third[0], third[1] + 1),
        (fourth[0], fourth[1] + 1),
    )


def label(period: Period) -> str:
    """Name a period: `2020`, `2019/20`, `year to September 2020`."""
    year, quarter = period[3]
    if quarter == 4:
        return str(year)
    if quarter == 1:
        return f"{year - 1}/{year % 100:02d}"
    return f"year to {MONTHS[quarter]} {year}"


# --- Reading outcomes ---------------------------------------------------------------------


def read_counts(folder: Path, basis: str = "closed") -> Counts:
    """Add up the rows of every workbook, or every CSV where there is no workbook.

    Raises ValueError for a cell, a header or a file that the notes do not foresee.
    """
    return counts_of(read_tables(folder), basis)


def read_tables(folder: Path) -> dict[str, list[Row]]:
    """Read the rows as they stand, by file name; both bases can then be had of them."""
    if workbooks := sorted(folder.glob("*.xlsx")):
        return {path.name: list(workbook_rows(path)) for path in workbooks}
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as handle:
            tables[path.name] = list(enumerate(csv.reader(handle), 1))
    if not tables:
        raise ValueError(f"{folder} has neither workbooks nor CSV files")
    return tables


def counts_of(tables: dict[str, list[Row]], basis: str = "closed") -> Counts:
    """Add up rows that have been read; see `read_counts`."""
    counts: Counts = defaultdict(dict)
    for name, rows in tables.items():
        for area, of_area in _counts_in(name, iter(rows), basis).items():
            if both := counts[area].keys() & of_area.keys():
                raise ValueError(f"{name}: {area} has {sorted(both)} in another file too")
            counts[area] |= of_area
    return dict(counts)


def _counts_in(file: str, rows: Iterator[Row], basis: str) -> Counts:
    for _, cells in rows:
        if cells and cells[0].strip() == "Financial Year":
            header = [cell.strip() for cell in cells]
            break
    else:
        raise ValueError(f"{file} has no header")
    (value_at,) = (i for i, name in enumerate(header) if name.casefold() in HEADERS[basis])
    year_at, quarter_at = header.index("Financial Year"), header.index("Financial Quarter")
    area_at, outcome_at = header.index("Force Name"), header.index("Outcome Type")
    counts: Counts = defaultdict(dict)
    for number, cells in rows:
        if not any(cells):
            continue
        area = cells[area_at].replace("&", "and")
        quarter = _quarter(cells[year_at], cells[quarter_at])
        outcome = _integer(cells[outcome_at])
        value = cells[value_at].strip()
        of_quarter = counts[area].setdefault(quarter, {})
        if outcome == 0 or of_quarter is None:
            continue
        if value.casefold() == NOT_PROVIDED:
            counts[area][quarter] = None
        elif value.casefold() not in NOT_APPLICABLE:
            try:
                of_quarter[outcome] = of_quarter.get(outcome, 0) + _integer(value)
            except ValueError as error:
                raise ValueError(f"{file}, row {number}: {value!r} is no count") from error
    return counts


def _quarter(financial_year: str, quarter: str) -> Quarter:
    """Return the calendar quarter: quarter 4 of 2019/20 is January to March 2020."""
    start, number = int(financial_year[:4]), _integer(quarter.strip().lstrip("Q"))
    if not re.fullmatch(r"\d{4}/\d\d", financial_year) or number not in (1, 2, 3, 4):
        raise ValueError(f"{financial_year!r}, {quarter!r} is no quarter")
    return (start + 1, 1) if number == 4 else (start, number + 1)


def _integer(text: str) -> int:
    """Read a whole number, as `284` or as a spreadsheet may have it, `284.0`."""
    number = Fraction(text)
    if number.denominator != 1:
        raise ValueError(f"{text!r} is no whole number")
    return int(number)


# --- Reading workbooks --------------------------------------------------------------------

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def workbook_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the one sheet whose name begins `Outcomes open data`."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - our own file
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {link.attrib["Id"]: link.attrib["Target"] for link in links.iter(_PACKAGE)}
        (part,) = (
            targets[sheet.attrib[_LINK]]
            for sheet in book.iter(f"{_MAIN}sheet")
            if sheet.attrib["name"].replace("_", " ").startswith("Outcomes open data")
        )
        strings = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314
            strings = [
                "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))
                for item in shared.iter(f"{_MAIN}si")
            ]
        with archive.open(f"xl/{part.removeprefix('/xl/')}") as handle:
            yield from _sheet_rows(handle, strings)


def _sheet_rows(handle: IO[bytes], strings: list[str]) -> Iterator[Row]:
    for _, row in ElementTree.iterparse(handle):  # noqa: S314
        if row.tag != f"{_MAIN}row":
            continue
        cells: list[str] = []
        for cell in row:
            cells.extend([""] * (_column(cell.attrib["r"]) - len(cells)))
            if cell.get("t") == "inlineStr":
                cells.append("".join(text.text or "" for text in cell.iter(f"{_MAIN}t")))
                continue
            value = cell.findtext(f"{_MAIN}v", "")
            cells.append(strings[int(value)] if cell.get("t") == "s" else value)
        yield int(row.attrib["r"]), cells
        row.clear()


def _column(reference: str) -> int:
    """Return the place of a cell in its row, from 0: C7 is at 2."""
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - 64
    return place - 1


# --- Recorded crime -----------------------------------------------------------------------


def recorded_figures(table: Path) -> dict[tuple[str, str], int]:
    """Add up the offences recorded in a Home Office table, by force and quarter.

    A quarter is named as the table names it, `2017/18 Q1` being April to June 2017. Counts
    below nought are corrections, and count. The bodies that report fraud are no forces.
    """
    added: dict[tuple[str, str], int] = defaultdict(int)
    with table.open(newline="", encoding="utf-8-sig") as handle:
        for row in csv.DictReader(handle):
            if row["Force Name"] not in FRAUD_BODIES:
                quarter = f"{row['Financial Year']} Q{row['Financial Quarter'].lstrip('Q')}"
                added[row["Force Name"], quarter] += int(row["Number of Offences"])
    return dict(added)
