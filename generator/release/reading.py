"""Read a release: every file of it, by as many workers as there are, one table at a time."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import pandas as pd

from generator.desk import Desk
from generator.errors import Fault, ReleaseError
from generator.locations import Location, on_disk
from generator.model import Observations, Release, SourceFile, Table
from generator.periods import Quarter
from generator.release.archives import check_workbook
from generator.release.caching import Cache
from generator.release.checks import (
    QUARTER,
    Held,
    added_up_rows,
    doubled_rows,
    ends_at_limit,
    fewer_areas,
    leave_out_short,
    mixed_datasets,
    published_too_early,
    quarters_twice,
)
from generator.release.csvs import read_csv
from generator.release.folder import TEXT_KINDS, Found, list_contents, sha256_of, unreadable
from generator.release.layouts import Needs, layouts_of
from generator.release.meaning import Areas
from generator.release.parquets import read_parquet
from generator.release.particulars import (
    Particulars,
    describe_release,
    read_particulars,
    unknown_files,
)
from generator.release.sheets import Sheet
from generator.release.siblings import named_sibling
from generator.release.tidying import MOST_FAULTS, tidy
from generator.release.workbooks import read_workbook
from generator.workers import ALONE, Workers

Progress = Callable[[str, int, int], None]
Taken = TypeVar("Taken")
"""What is made of a table's observations where they are read."""


@dataclass(frozen=True)
class ReadTable(Generic[Taken]):
    """A table of a file: its dataset, the quarters of areas it holds, and what was made of it."""

    table: Table
    dataset: str
    held: Held
    taken: Taken
    last_row: int
    """The row of its last entry, as the file shows it."""


@dataclass(frozen=True)
class How(Generic[Taken]):
    """How every file of a release is read: for which desk and needs, and what is made of it."""

    desk: Desk
    needs: Mapping[str, Needs]
    take: Callable[[Observations], Taken]
    cache: Cache | None
    sheets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By file, the sheets that release.yml chooses."""

    def __reduce__(self) -> tuple[type[How[Taken]], tuple[object, ...]]:
        """Cross to another process without what this one has made of it for its own use."""
        return How, (self.desk, self.needs, self.take, self.cache, self.sheets)

    @cached_property
    def areas(self) -> Areas:
        """The names of the desk's areas, gathered once for all the files that one worker reads."""
        return Areas(self.desk.forces)


@dataclass
class ReadFile(Generic[Taken]):
    """All that was read of a file, and all that was wrong with it."""

    source: SourceFile | None = None
    tables: list[ReadTable[Taken]] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unlisted: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    marked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    assumed: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Sheets of a workbook in which no table of the dataset begins."""


def read_release(
    path: Location,
    desk: Desk,
    needs: Mapping[str, Needs],
    take: Callable[[Observations], Taken],
    *,
    workers: Workers = ALONE,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Release, list[Taken]]:
    """Read a folder of published files, or one file, of the kinds in `folder.READABLE` or a .zip.

    `needs` says what to read of each dataset, by its id; which dataset the release is of
    is found from the files. `take` is called with the observations of each table, where it
    is read, and what it returns is returned, in the order of files and sheets: no more than
    one table is held at a time by a worker. `cache` is the folder of what was read before.
    `progress` is told each file's name as it is
    done, how many are done, and how many there are.

    Raises ReleaseError with all that is wrong with the release.
    """
    with tempfile.TemporaryDirectory(prefix="newscopy-") as temporary:
        contents = list_contents(path, desk.file.limits, Path(temporary))
        faults = list(contents.faults)
        if workers.is_elsewhere:
            faults += _out_of_sight(contents.data, Path(temporary))
        particulars: Particulars | None = None
        try:
            particulars = read_particulars(contents.particulars)
        except ReleaseError as error:
            faults += error.faults
        faults += unknown_files(particulars, [found.name for found in contents.data])
        if faults and workers.is_elsewhere:
            raise ReleaseError(*faults)
        sheets = particulars.sheets if particulars else {}
        how = How(desk, needs, take, Cache(cache) if cache else None, sheets)
        files: list[ReadFile[Taken]] = []
        for file in workers.each(read_file, how, contents.data):
            files.append(file)
            if progress:
                progress(contents.data[len(files) - 1].name, len(files), len(contents.data))

    faults += [fault for file in files for fault in file.faults]
    tables = [table for file in files for table in file.tables]
    faults += _faults_between(files, tables, particulars, desk)
    if faults:
        unlisted = sum((file.unlisted for file in files), Counter[str]())
        raise ReleaseError(*_shortened(faults, unlisted))
    release = describe_release(
        particulars,
        desk.datasets[tables[0].dataset],
        [file.source for file in files if file.source],
        list(_assumptions(files)),
        [*_unread(files, contents.ignored), *_marks(files)],
    )
    return release, [table.taken for table in tables]


def read_file(how: How[Taken], found: Found) -> ReadFile[Taken]:
    """Read one file whole, and take each of its tables: a process of its own can do it."""
    with on_disk(found.path) as copy:
        return _read_copy(how, copy, found.name)


def _read_copy(how: How[Taken], path: Path, name: str) -> ReadFile[Taken]:
    read, desk = ReadFile[Taken](), how.desk
    names = {force.id: force.police or force.name for force in desk.forces}
    try:
        read.source = SourceFile(name, sha256_of(path))
        for sheet in _sheets(path, read.source, how):
            read.unread += sheet.unread
            dataset = sheet.header.layout.dataset
            tidied = tidy(sheet, name, how.areas)
            if not sheet.header.missing:
                read.datasets.append(dataset.id)
            read.faults += tidied.faults
            read.unlisted += tidied.unlisted
            read.left_out += tidied.left_out
            read.assumed += [*sheet.assumed, *tidied.assumed]
            read.totals += tidied.totals
            read.marked += tidied.marked
            if tidied.rows is None:
                continue
            rows, table = tidied.rows, Table(name, sheet.name)
            read.faults += doubled_rows(rows, table, dataset)
            read.faults += added_up_rows(rows, table, dataset)
            if dataset.dense:
                rows, short = leave_out_short(rows, table, names)
                read.short += short
            taken = how.take(Observations(rows, table, dataset.id))
            read.tables.append(ReadTable(table, dataset.id, _held(rows), taken, sheet.last_row))
    except ReleaseError as error:
        siblings = [
            fault
            for dataset in desk.datasets.values()
            for fault in named_sibling(dataset.siblings, dataset.title, name)
        ]
        read.faults += siblings or error.faults
    except OSError as error:
        read.faults.append(unreadable(name, error))
    return read


def _sheets(path: Path, source: SourceFile, how: How[Taken]) -> Iterable[Sheet]:
    """Return a file's data sheets, as the cache has them or as they are read.

    A Parquet file is not kept: it is what would be kept of it.
    """
    layouts, cache = layouts_of(how.desk, how.needs), how.cache
    chosen = how.sheets.get(source.name, ())
    _check_not_empty(path, source.name)
    suffix = path.suffix.casefold()
    if suffix == ".parquet":
        return read_parquet(path, source.name, layouts)
    is_text = suffix in TEXT_KINDS
    if not is_text:
        check_workbook(path, source.name, how.desk.file.limits)
    kept = cache.recall(source, layouts, chosen) if cache else None
    if kept is not None:
        return kept
    if is_text:
        sheets = list(read_csv(path, source.name, layouts))
    else:
        sheets = list(read_workbook(path, source.name, layouts, chosen))
    if cache:
        cache.keep(source, layouts, sheets, chosen)
    return sheets


def _out_of_sight(data: Sequence[Found], temporary: Path) -> Iterator[Fault]:
    """Yield a fault for each archive: what is unpacked here is not there on other machines."""
    archives = {found.name.partition("/")[0] for found in data if temporary in found.path.parents}
    for name in sorted(archives):
        yield Fault(
            "An archive cannot be read by a cluster, whose workers do not see what is unpacked.",
            "Unpack it into the release folder, which all of them see.",
            file=name,
        )


def _held(rows: pd.DataFrame) -> Held:
    """Return which quarters of which areas a table's rows are about."""
    areas = rows["area"].cat.codes.to_numpy().astype(np.int64)
    return np.unique(areas << 32 | rows["quarter"].to_numpy())


def _faults_between(
    files: Sequence[ReadFile[Taken]],
    tables: Sequence[ReadTable[Taken]],
    particulars: Particulars | None,
    desk: Desk,
) -> Iterator[Fault]:
    """Yield what is right in each file and wrong between them."""
    by_dataset: dict[str, list[str]] = defaultdict(list)
    for file in files:
        for dataset in file.datasets:
            if file.source:
                by_dataset[dataset].append(file.source.name)
    yield from mixed_datasets(by_dataset)
    if len(by_dataset) == 1:
        ids = [force.id for force in desk.forces]
        yield from quarters_twice(list(_held_by_table(tables).items()), ids)
        called = {force.id: force.police or force.name for force in desk.forces}
        whole = set(particulars.whole) if particulars else set()
        by_file: dict[str, Held] = {}
        for one in tables:
            known = by_file.get(one.table.file, np.empty(0, np.int64))
            by_file[one.table.file] = np.union1d(known, one.held)
        last_rows = {one.table: one.last_row for one in tables}
        yield from ends_at_limit(last_rows, whole)
        yield from fewer_areas(by_file, [called[area] for area in ids], whole)
    held = [one.held for one in tables if one.held.size]
    if held and particulars:
        last = Quarter.from_ordinal(max(int((each & QUARTER).max()) for each in held))
        yield from published_too_early(particulars.published, last)


def _held_by_table(tables: Sequence[ReadTable[Taken]]) -> dict[Table, Held]:
    """Return what each table holds, of one that was read in pieces all of them together."""
    held: dict[Table, Held] = {}
    for one in tables:
        known = held.get(one.table)
        held[one.table] = one.held if known is None else np.union1d(known, one.held)
    return held


def _assumptions(files: Sequence[ReadFile[Taken]]) -> Iterator[str]:
    """Yield in sentences what was taken for granted of the files."""
    for file in files:
        yield from file.assumed
    for said, counted in (
        ("are not areas", [file.left_out for file in files]),
        ("add up other rows", [file.totals for file in files]),
    ):
        if left_out := sum(counted, Counter[str]()):
            listed = ", ".join(
                f"{name} ({rows:,} row{'s' * (rows > 1)})"
                for name, rows in sorted(left_out.items())
            )
            yield f"Left out, because they {said}: {listed}."
    short = [sentence for file in files for sentence in file.short]
    yield from short[:MOST_FAULTS]
    if len(short) > MOST_FAULTS:
        yield f"{len(short) - MOST_FAULTS:,} more quarters are left out for the same reason."


_MADE_OF = {
    "not_applicable": "not applicable: 0 where every area has it, and else missing",
    "missing": "missing: what needs such a cell is incomplete",
    "suppressed": "withheld by the publisher: what needs such a cell is incomplete",
    "provisional": "provisional: the number stands",
    "revised": "revised: the number stands",
    "estimated": "estimated: the number stands",
    "break_in_series": "a break in the series: the number stands",
    "low_reliability": "of low reliability: the number stands",
}


def _unread(files: Sequence[ReadFile[Taken]], ignored: Sequence[str]) -> Iterator[str]:
    """Yield in sentences which sheets and files were not read."""
    sheets = Counter(name for file in files for name in file.unread)
    if sheets:
        listed = ", ".join(f"“{name}” ({times})" for name, times in sorted(sheets.items()))
        yield (
            "Not read, since they do not have the header of the table: sheets (with the number of "
            f"workbooks) {listed}."
        )
    if ignored:
        yield f"Not read, since they are no tables: {', '.join(sorted(ignored))}."


def _marks(files: Sequence[ReadFile[Taken]]) -> Iterator[str]:
    """Yield in sentences which marks stand in the cells, and what was made of them."""
    marked = sum((file.marked for file in files), Counter[tuple[str, str, str]]())
    for (count, mark, meaning), cells in sorted(marked.items()):
        yield (f"{count}: {cells:,} cell{'s' * (cells > 1)} marked “{mark}”, {_MADE_OF[meaning]}.")


def _shortened(faults: Sequence[Fault], unlisted: Counter[str]) -> Iterator[Fault]:
    """Yield so many faults of each kind, and for a kind with more how many more."""
    listed: Counter[str] = Counter()
    last: dict[str, Fault] = {}
    more = Counter(unlisted)
    for fault in faults:
        listed[fault.what] += 1
        if listed[fault.what] > MOST_FAULTS:
            more[fault.what] += 1
            continue
        last[fault.what] = fault
        yield fault
    for what, number in more.items():
        yield Fault(f"… and {number:,} more of: {what}", last[what].mend, file=last[what].file)


def _check_not_empty(path: Path, name: str) -> None:
    if path.stat().st_size == 0:
        raise ReleaseError(
            Fault(
                "The file is empty.",
                "Download it again.",
                file=name,
                found="0 bytes",
                expected="a published table",
            )
        )
