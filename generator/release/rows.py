"""Find published rows again: read the files once more, plainly, row by row, and add up.

It shares with the reading of a release what the desk's config says and how files are found and
opened, and nothing of how rows are understood, kept or added up: it is there to catch a fault
in that.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path

import fastexcel
import pyarrow.parquet as pq

from generator.desk import Area, Column, Dataset, Desk, Measure, expand_codes, folded
from generator.errors import Fault, ReleaseError
from generator.locations import Location, on_disk
from generator.model import Table
from generator.periods import Quarter, financial_year
from generator.release.archives import check_workbook
from generator.release.folder import list_contents

Cells = Sequence[str]
TOP = 30
"""Rows from the top in which a header is looked for."""
_NOTE = re.compile(
    r"(?:\s*(?:\[[^\]]{1,20}\]|\([a-z0-9]{1,2}\)|\*+|[\u00b9\u00b2\u00b3]+))+\s*$", re.IGNORECASE
)
BLOCK = 20_000
"""Rows of a workbook held as Python text at a time."""


@dataclass(frozen=True)
class Selection:
    """Which published rows a count is the sum of, in the dataset's own words.

    `areas` are names as `folded` has them; None for outcomes or offences is all of them.
    `tables` are those to look in, none of them for every table of the release.
    """

    areas: frozenset[str]
    quarters: frozenset[Quarter]
    count: str
    outcomes: frozenset[str] | None = None
    offence_groups: frozenset[str] | None = None
    offence_codes: frozenset[str] | None = None
    tables: frozenset[Table] = frozenset()


@dataclass(frozen=True)
class PublishedRow:
    """A row as it was published: `cells` by header, `row` as a spreadsheet program shows it.

    `about` has the cells that say what the row is about by the dataset's name for their
    column (`area`, `outcome`), and `count` what the count's cell, `published`, stands for.
    """

    table: Table
    row: int
    quarter: Quarter
    cells: Mapping[str, str]
    about: Mapping[str, str]
    published: str
    count: int


def select(
    measure: Measure,
    dataset: Dataset,
    areas: Iterable[Area],
    quarters: Iterable[Quarter],
    tables: Iterable[Table] = (),
) -> Selection:
    """Say which rows a count measure is the sum of, for these areas and quarters."""
    if measure.count is None:
        raise ValueError("a share is no sum of rows; select its counts")
    outcomes = None
    if dataset.columns.outcome is not None:
        codes = (
            dataset.counted_outcomes
            if measure.outcomes is None
            else expand_codes(measure.outcomes, dataset)
        )
        outcomes = frozenset(code.casefold() for code in codes)
    return Selection(
        areas=frozenset(folded(name) for area in areas for name in area.names),
        quarters=frozenset(quarters),
        count=measure.count,
        outcomes=outcomes,
        offence_groups=frozenset(measure.offence_groups) if measure.offence_groups else None,
        offence_codes=frozenset(measure.offence_codes) if measure.offence_codes else None,
        tables=frozenset(tables),
    )


def find_rows(
    path: Location, desk: Desk, dataset: Dataset, selections: Sequence[Selection]
) -> list[list[PublishedRow]]:
    """Find the rows of each selection in a release's files, in the order of the files.

    Every table is read once, however many selections look in it. Raises ReleaseError where
    a file cannot be read, or a count that is selected is no number.
    """
    found: list[list[PublishedRow]] = [[] for _ in selections]
    with tempfile.TemporaryDirectory(prefix="newscopy-") as temporary:
        contents = list_contents(path, desk.file.limits, Path(temporary))
        for file in contents.data:
            if not any(_wants_file(selection, file.name) for selection in selections):
                continue
            with on_disk(file.path) as copy:
                named = {table for selection in selections for table in selection.tables}
                for table, numbered in _tables(copy, file.name, desk, dataset, named):
                    looking = [
                        (selection, rows)
                        for selection, rows in zip(selections, found, strict=True)
                        if not selection.tables or table in selection.tables
                    ]
                    if looking:
                        _search(table, numbered, dataset, looking)
    return found


def _wants_file(selection: Selection, name: str) -> bool:
    return not selection.tables or any(table.file == name for table in selection.tables)


def _tables(
    path: Path, file: str, desk: Desk, dataset: Dataset, named: Collection[Table]
) -> Iterator[tuple[Table, Iterator[tuple[int, Cells]]]]:
    """Yield the data tables of a file, each with its rows as text, by their numbers from 1.

    Sheets that are `named` are among them whatever they are called.
    """
    if path.suffix.casefold() in (".csv", ".tsv", ".tab"):
        yield Table(file, ""), _csv_rows(path)
        return
    if path.suffix.casefold() == ".parquet":
        yield Table(file, ""), _parquet_rows(path)
        return
    check_workbook(path, file, desk.file.limits)
    workbook = fastexcel.read_excel(path)
    for name in workbook.sheet_names:
        usual = any(fnmatchcase(folded(name), pattern.casefold()) for pattern in dataset.sheets)
        if usual or Table(file, name) in named:
            yield Table(file, name), _sheet_rows(workbook, name)


def _csv_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the records of a text table: UTF-16 or UTF-8, or else Windows-1252."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.removeprefix(b"\xef\xbb\xbf").decode("cp1252")
    lines = text.splitlines()[:TOP]
    separator = max(",;\t|", key=lambda each: max((line.count(each) for line in lines), default=0))
    yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1)


def _parquet_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the names of a Parquet file's columns, then its rows, which are numbered from 1."""
    with pq.ParquetFile(path) as parquet:
        yield 0, parquet.schema_arrow.names
        number = 0
        for piece in parquet.iter_batches(BLOCK):
            for cells in zip(*(column.to_pylist() for column in piece.columns), strict=True):
                number += 1
                yield number, ["" if cell is None else str(cell) for cell in cells]


def _sheet_rows(workbook: fastexcel.ExcelReader, name: str) -> Iterator[tuple[int, Cells]]:
    """Yield a sheet's rows from its very first on, blank ones too, so that numbers stay true."""
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_arrow()
    for start in range(0, sheet.num_rows, BLOCK):
        columns = [column.to_pylist() for column in sheet.slice(start, BLOCK).columns]
        for at, cells in enumerate(zip(*columns, strict=True), start + 1):
            yield at, [cell or "" for cell in cells]


def _search(
    table: Table,
    numbered: Iterator[tuple[int, Cells]],
    dataset: Dataset,
    looking: Sequence[tuple[Selection, list[PublishedRow]]],
) -> None:
    """Put every row of a table under the selections that it belongs to."""
    counts = {selection.count for selection, _ in looking}
    by_area: dict[str, list[tuple[Selection, list[PublishedRow]]]] = defaultdict(list)
    for selection, rows in looking:
        for name in selection.areas:
            by_area[name].append((selection, rows))
    names, places = _header(table, numbered, dataset, counts)
    above: dict[str, str] = {}
    totals: list[tuple[list[PublishedRow], PublishedRow]] = []
    has_others = False
    words = dataset.total_words
    for number, published in numbered:
        if not any(cell.strip() for cell in published) or len(published) <= max(places.values()):
            continue
        cells = _filled_down(published, places, dataset, above)
        is_total = _is_total(cells, places, words)
        has_others |= not is_total
        name = cells[places["area"]]
        near = by_area.get(folded(name)) or by_area.get(folded(_NOTE.sub("", name)))
        if not near:
            continue
        quarter = _quarter(cells[places["year"]], cells[places["quarter"]])
        for selection, rows in near:
            if quarter in selection.quarters and _belongs(cells, places, selection):
                text = cells[places[selection.count]]
                count = _number(text, dataset, table, number)
                by_header = {name: cell for name, cell in zip(names, cells, strict=True) if name}
                about = {field: cells[at] for field, at in places.items() if field not in counts}
                row = PublishedRow(table, number, quarter, by_header, about, text.strip(), count)
                if is_total:
                    totals.append((rows, row))
                else:
                    rows.append(row)
    if not has_others:
        for rows, row in totals:
            rows.append(row)


def _filled_down(
    cells: Cells, places: Mapping[str, int], dataset: Dataset, above: dict[str, str]
) -> Cells:
    """Return a row with the names above it, in the columns that the dataset has filled down."""
    filled = list(cells)
    for column in dataset.fill_down:
        if column in places:
            above[column] = cells[places[column]].strip() or above.get(column, "")
            filled[places[column]] = above[column]
    return filled


def _header(
    table: Table, numbered: Iterator[tuple[int, Cells]], dataset: Dataset, counts: Collection[str]
) -> tuple[list[str], dict[str, int]]:
    """Read on to the header; return its names, and the place of each column by its field."""
    columns: dict[str, Column] = {
        field: column for field, column in dataset.columns if column is not None
    } | {name: dataset.counts[name] for name in counts}
    fields = {folded(header): name for name, column in columns.items() for header in column.headers}
    for number, cells in numbered:
        places = {
            fields[text]: at
            for at, cell in enumerate(cells)
            for text in (folded(cell), folded(_NOTE.sub("", cell)))
            if text in fields
        }
        if len(places) == len(columns):
            return [cell.strip() for cell in cells], places
        if number >= TOP:
            break
    raise ReleaseError(
        Fault(
            "The rows cannot be found again: the header is not where it was.",
            "Run again with the files that lie there now.",
            file=table.file,
            sheet=table.sheet,
            expected=f"a header with {', '.join(columns)}",
        )
    )


def _belongs(cells: Cells, places: Mapping[str, int], selection: Selection) -> bool:
    """Tell whether a row's outcome and offence are among those that the measure counts."""
    asked = {
        "outcome": selection.outcomes,
        "offence_group": selection.offence_groups,
        "offence_code": selection.offence_codes,
    }
    for field, wanted in asked.items():
        if wanted is None:
            continue
        text = " ".join(cells[places[field]].split())
        if field == "outcome":
            text = _without_decimals(text.casefold())
        if text not in wanted:
            return False
    return True


def _quarter(year: str, number: str) -> Quarter | None:
    """Return the calendar quarter of `2019/20` and `4` or `Q4`; None where it is none."""
    start = financial_year(year)
    digit = _without_decimals(number.strip().upper().removeprefix("Q"))
    if start is None or digit not in ("1", "2", "3", "4"):
        return None
    return Quarter.of_financial_year(start, int(digit))


def _is_total(cells: Cells, places: Mapping[str, int], words: Collection[str]) -> bool:
    """Tell whether a row adds up others, by one of these words in it."""
    return any(
        folded(cells[places[field]]) in words
        for field in ("offence_code", "offence_group", "outcome")
        if field in places
    )


def _number(text: str, dataset: Dataset, table: Table, row: int) -> int:
    """Return the integer of a count's cell, 0 for a mark alone; marks after a number are none."""
    plain = " ".join(text.casefold().split())
    figure = re.match(r"-?\d[\d,. \u2019']*(?:e\+?\d+)?(?=$|[^\d])", plain)
    if figure is None:
        return 0
    digits = re.sub(r"[, \u2019']", "", figure[0])
    if dataset.thousands == ".":
        digits = digits.replace(".", "")
    try:
        exact = Fraction(digits.rstrip("."))
    except ValueError:
        exact = Fraction(1, 2)
    if exact.denominator == 1:
        return int(exact)
    raise ReleaseError(
        Fault(
            "A count is neither a whole number nor a mark that the dataset knows.",
            "Run again with the files that lie there now.",
            file=table.file,
            sheet=table.sheet,
            row=row,
            found=f"“{text}”",
            expected="a whole number",
        )
    )


def _without_decimals(text: str) -> str:
    """Return `14` for `14.0`, which is how a spreadsheet's own number can come out."""
    whole, point, decimals = text.partition(".")
    return whole if point and not decimals.strip("0") else text
