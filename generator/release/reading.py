"""Read a release: every file of it, in as many processes as asked for, into one frame of rows."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from generator.desk import Desk
from generator.errors import Fault, ReleaseError
from generator.model import Observations, Release, SourceFile, Table
from generator.periods import Quarter
from generator.release.archives import check_workbook
from generator.release.checks import (
    doubled_rows,
    leave_out_short,
    mixed_datasets,
    published_too_early,
    quarters_twice,
)
from generator.release.csvs import read_csv
from generator.release.folder import Contents, Found, list_contents, sha256_of, unreadable
from generator.release.layouts import Needs, layouts_of
from generator.release.particulars import Particulars, describe_release, read_particulars
from generator.release.siblings import named_sibling
from generator.release.tidying import MOST_FAULTS, tidy
from generator.release.workbooks import read_workbook

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ReadTable:
    """A table of a file, its dataset, and its rows as `Observations.rows` without `table`."""

    table: Table
    dataset: str
    rows: pd.DataFrame


@dataclass
class ReadFile:
    """All that was read of a file, and all that was wrong with it."""

    source: SourceFile | None = None
    tables: list[ReadTable] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unlisted: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    assumed: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)


def read_release(
    path: Path,
    desk: Desk,
    needs: Mapping[str, Needs],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> tuple[Release, Observations]:
    """Read a folder of published files, or one file: .xlsx, .ods, .csv or a .zip of them.

    `needs` says what to read of each dataset, by its id; which dataset the release is of
    is found from the files. With `jobs` above 1 that many processes read files side by
    side, to the same result. `progress` is told each file's name as it is done, how many
    are done, and how many there are.

    Raises ReleaseError with all that is wrong with the release.
    """
    with tempfile.TemporaryDirectory(prefix="newscopy-") as temporary:
        contents = list_contents(path, desk.file.limits, Path(temporary))
        faults = list(contents.faults)
        particulars: Particulars | None = None
        try:
            particulars = read_particulars(contents.particulars)
        except ReleaseError as error:
            faults += error.faults
        files = _read_files(contents, desk, needs, jobs, progress)

    faults += [fault for file in files for fault in file.faults]
    tables = [table for file in files for table in file.tables]
    faults += _faults_between(files, tables, particulars)
    if faults:
        unlisted = sum((file.unlisted for file in files), Counter[str]())
        raise ReleaseError(*_shortened(faults, unlisted))
    release = describe_release(
        particulars,
        desk.datasets[tables[0].dataset],
        [file.source for file in files if file.source],
        list(_assumptions(files)),
    )
    return release, _observations(tables)


def read_file(found: Found, desk: Desk, needs: Mapping[str, Needs]) -> ReadFile:
    """Read one file whole: a process of its own can do it."""
    read = ReadFile()
    layouts = layouts_of(desk, needs)
    names = {force.id: force.police or force.name for force in desk.forces}
    try:
        read.source = SourceFile(found.name, sha256_of(found.path))
        _check_not_empty(found)
        if found.path.suffix.casefold() == ".csv":
            sheets = read_csv(found.path, found.name, layouts)
        else:
            check_workbook(found.path, found.name, desk.file.limits)
            sheets = read_workbook(found.path, found.name, layouts)
        for sheet in sheets:
            dataset = sheet.header.layout.dataset
            tidied = tidy(sheet, found.name, desk)
            if not sheet.header.missing:
                read.datasets.append(dataset.id)
            read.faults += tidied.faults
            read.unlisted += tidied.unlisted
            read.left_out += tidied.left_out
            read.assumed += sheet.assumed
            if tidied.rows is None:
                continue
            rows, table = tidied.rows, Table(found.name, sheet.name)
            if dataset.dense:
                read.faults += doubled_rows(rows, table)
                rows, short = leave_out_short(rows, table, names)
                read.short += short
            read.tables.append(ReadTable(table, dataset.id, rows))
    except ReleaseError as error:
        siblings = [
            fault
            for dataset in desk.datasets.values()
            for fault in named_sibling(dataset.siblings, dataset.title, found.name)
        ]
        read.faults += siblings or error.faults
    except OSError as error:
        read.faults.append(unreadable(found.name, error))
    return read


def _read_files(
    contents: Contents,
    desk: Desk,
    needs: Mapping[str, Needs],
    jobs: int,
    progress: Progress | None,
) -> list[ReadFile]:
    """Read the files, here or in other processes, and return them in order of name."""
    total = len(contents.data)
    tell = progress or (lambda name, done, total: None)
    if jobs <= 1 or total <= 1:
        files = []
        for done, found in enumerate(contents.data, 1):
            files.append(read_file(found, desk, needs))
            tell(found.name, done, total)
        return files
    # Spawned on every system alike: a fork would copy the threads of pyarrow in mid-step.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(min(jobs, total), mp_context=context) as pool:
            begun: dict[Future[ReadFile], Found] = {
                pool.submit(read_file, found, desk, needs): found for found in contents.data
            }
            for done, future in enumerate(as_completed(begun), 1):
                future.result()
                tell(begun[future].name, done, total)
            return [future.result() for future in begun]
    except BrokenProcessPool as error:
        raise ReleaseError(
            Fault(
                "A process that was reading the release was ended by the system.",
                "It may have run out of memory: try again with --jobs 1.",
                found=f"{jobs} jobs",
            )
        ) from error


def _faults_between(
    files: Sequence[ReadFile], tables: Sequence[ReadTable], particulars: Particulars | None
) -> Iterator[Fault]:
    """Yield what is right in each file and wrong between them."""
    by_dataset: dict[str, list[str]] = defaultdict(list)
    for file in files:
        for dataset in file.datasets:
            if file.source:
                by_dataset[dataset].append(file.source.name)
    yield from mixed_datasets(by_dataset)
    if len(by_dataset) == 1:
        yield from quarters_twice([(one.table, one.rows) for one in tables])
    if tables and particulars:
        last = Quarter.from_ordinal(max(int(one.rows["quarter"].max()) for one in tables))
        yield from published_too_early(particulars.published, last)


def _observations(tables: Sequence[ReadTable]) -> Observations:
    """Put the rows of all tables under each other."""
    frames = [one.rows for one in tables]
    columns: dict[str, object] = {}
    for name in frames[0].columns:
        parts = [frame.pop(name) for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = _one_category(parts)
        else:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
    sizes = [len(frame) for frame in frames]
    columns["table"] = np.repeat(np.arange(len(tables), dtype=np.int32), sizes)
    columns["row"] = columns.pop("row")
    return Observations(pd.DataFrame(columns), tuple(one.table for one in tables))


def _one_category(parts: Sequence[pd.Series]) -> pd.Categorical:
    """Join categories: the desk's stay in the desk's order, a table's own in the alphabet's."""
    same = all(part.cat.categories.equals(parts[0].cat.categories) for part in parts)
    joined = union_categoricals([part.array for part in parts], sort_categories=not same)
    return joined.remove_unused_categories()


def _assumptions(files: Sequence[ReadFile]) -> Iterator[str]:
    """Yield in sentences what was taken for granted of the files."""
    for file in files:
        yield from file.assumed
    left_out = sum((file.left_out for file in files), Counter[str]())
    if left_out:
        listed = ", ".join(
            f"{name} ({rows:,} row{'s' * (rows > 1)})" for name, rows in sorted(left_out.items())
        )
        yield f"Left out, because they are not areas: {listed}."
    short = [sentence for file in files for sentence in file.short]
    yield from short[:MOST_FAULTS]
    if len(short) > MOST_FAULTS:
        yield f"{len(short) - MOST_FAULTS:,} more quarters are left out for the same reason."


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


def _check_not_empty(found: Found) -> None:
    if found.path.stat().st_size == 0:
        raise ReleaseError(
            Fault(
                "The file is empty.",
                "Download it again.",
                file=found.name,
                found="0 bytes",
                expected="a published table",
            )
        )
