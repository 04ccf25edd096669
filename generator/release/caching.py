"""Keep what published files say, as it was read, so that no workbook is opened twice.

Kept is the text of a file's sheets and not what it means: that is read anew each time, by
every check there is, so that a desk that has mended its config waits for no workbook.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, ValidationError

from generator.model import SourceFile
from generator.release.layouts import Layout, read_header
from generator.release.sheets import TEXT, Sheet, encoded

READER = f"2 fastexcel {version('fastexcel')}"
"""Changed with the reading: what was kept by another reader is read again."""
_OURS = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{64}\.parquet(\.[0-9a-f]{32}\.part)?")
"""The names of our files: nothing else in the folder is touched."""
_ABOUT = b"newscopy"
"""The key of our own notes in a file's metadata."""


class _KeptSheet(BaseModel):
    """How a sheet was found in its file, and how many rows of those kept are its own."""

    model_config = ConfigDict(frozen=True)

    name: str
    row: int
    """Where its header stands."""
    names: tuple[str, ...]
    rows: int
    assumed: tuple[str, ...]
    unread: tuple[str, ...]


class _Kept(BaseModel):
    """What is noted of a file beside its columns."""

    model_config = ConfigDict(frozen=True)

    dataset: str
    sheets: tuple[_KeptSheet, ...]


@dataclass(frozen=True)
class Cache:
    """A folder with a Parquet file for each published file that has been read.

    A file's name is the key of what it was read from, a dot, and the sha256 of the Parquet
    file itself: one that is damaged, or only half there, is taken for one that is not.
    """

    folder: Path

    def recall(
        self, source: SourceFile, layouts: Sequence[Layout], chosen: Sequence[str] = ()
    ) -> list[Sheet] | None:
        """Return the sheets of a published file as they were read; None where they are not kept.

        None too where a sheet lacks what is required of it now: reading says what that is.
        """
        for path in self._kept_of(f"{_key(source, layouts, chosen)}.*.parquet"):
            data = _intact(path)
            if data is not None:
                with suppress(pa.ArrowException, ValidationError, KeyError):
                    sheets = list(_unpacked(data, layouts))
                    if all(_is_whole(sheet) for sheet in sheets):
                        return sheets
        return None

    def _kept_of(self, pattern: str) -> list[Path]:
        """Return the files whose names are like a pattern; none where the disk refuses."""
        try:
            return sorted(self.folder.glob(pattern))
        except OSError:
            return []

    def keep(
        self,
        source: SourceFile,
        layouts: Sequence[Layout],
        sheets: Sequence[Sheet],
        chosen: Sequence[str] = (),
    ) -> None:
        """Keep the sheets of a published file.

        What is at fault is not kept, nor is a file with tables of two datasets. A disk that
        refuses takes nothing from the run: the file is read again by the next.
        """
        datasets = {sheet.header.layout.dataset.id for sheet in sheets}
        if len(datasets) != 1 or not all(map(_is_whole, sheets)):
            return
        data = _packed(sheets)
        name = f"{_key(source, layouts, chosen)}.{hashlib.sha256(data).hexdigest()}.parquet"
        part = self.folder / f"{name}.{uuid4().hex}.part"
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                part.write_bytes(data)
                part.replace(self.folder / name)
            finally:
                part.unlink(missing_ok=True)

    def clear(self) -> tuple[int, int]:
        """Delete what is kept; return how many files that was, and how many bytes."""
        files = [path for path in self.folder.glob("*") if _OURS.fullmatch(path.name)]
        size = sum(path.stat().st_size for path in files)
        for path in files:
            path.unlink(missing_ok=True)
        return len(files), size


def _key(source: SourceFile, layouts: Sequence[Layout], chosen: Sequence[str]) -> str:
    """Name what a file was read from: its bytes, its name, the layouts, the sheets, the reader.

    Of a layout counts how a table is found and its columns are known, not what they mean.
    """
    found = [
        {
            "dataset": layout.dataset.id,
            "sheets": layout.dataset.sheets,
            "columns": {field: column.headers for field, column in layout.columns.items()},
        }
        for layout in layouts
    ]
    said = json.dumps([source.sha256, source.name, found, list(chosen), READER], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _intact(path: Path) -> bytes | None:
    """Return a kept file's bytes; None where they are not what its name says."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if path.name.split(".")[1] == hashlib.sha256(data).hexdigest() else None


def _packed(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets of one dataset as a Parquet file, one under the other."""
    fields = sorted({field for sheet in sheets for field in sheet.columns})
    about = _Kept(
        dataset=sheets[0].header.layout.dataset.id,
        sheets=tuple(
            _KeptSheet(
                name=sheet.name,
                row=sheet.header.row,
                names=sheet.header.names,
                rows=_length(sheet),
                assumed=sheet.assumed,
                unread=sheet.unread,
            )
            for sheet in sheets
        ),
    )
    columns = {field: pa.chunked_array(list(_parts(sheets, field)), TEXT) for field in fields}
    table = pa.table(columns).unify_dictionaries()
    sink = pa.BufferOutputStream()
    noted = table.replace_schema_metadata({_ABOUT: about.model_dump_json()})
    pq.write_table(noted, sink, compression="zstd")
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _parts(sheets: Sequence[Sheet], field: str) -> Iterator[pa.Array]:
    """Yield a column of each sheet, empty cells for a sheet that does not have it."""
    for sheet in sheets:
        yield sheet.columns.get(field, pa.nulls(_length(sheet), TEXT))


def _unpacked(data: bytes, layouts: Sequence[Layout]) -> Iterator[Sheet]:
    """Read the sheets of a Parquet file that `_packed` wrote."""
    table = pq.read_table(pa.BufferReader(data))
    about = _Kept.model_validate_json(table.schema.metadata[_ABOUT])
    layout = {layout.dataset.id: layout for layout in layouts}[about.dataset]
    start = 0
    for kept in about.sheets:
        header = read_header(layout, kept.row, kept.names)
        rows = table.slice(start, kept.rows)
        columns: Mapping[str, pa.DictionaryArray] = {
            # Of several sheets each has its own texts alone, as when it was read.
            field: encoded(rows.column(field).cast(pa.string()))
            if len(about.sheets) > 1
            else encoded(rows.column(field))
            for field in header.places
        }
        yield Sheet(kept.name, header, columns, assumed=kept.assumed, unread=kept.unread)
        start += kept.rows


def _is_whole(sheet: Sheet) -> bool:
    """Tell whether a sheet has nothing wrong with its header or its rows."""
    return not (sheet.faults or sheet.header.missing or sheet.header.doubled)


def _length(sheet: Sheet) -> int:
    return len(next(iter(sheet.columns.values())))
