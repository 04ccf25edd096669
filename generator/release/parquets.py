"""Read a Parquet file as one sheet, piece by piece: a published table of any size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from generator.errors import Fault, ReleaseError
from generator.release.layouts import Layout, find_header, header_faults, read_header
from generator.release.sheets import Sheet, encoded

PIECE = 500_000
"""Rows that are held at a time. A dense table is held whole: its quarters are checked whole."""
HEADER = 0
"""The row in which a header stands above a file's first row: its columns' names."""


def read_parquet(path: Path, file: str, layouts: Sequence[Layout]) -> Iterator[Sheet]:
    """Read a Parquet file that is called `file` in messages; its rows are numbered from 1.

    Raises ReleaseError where it is damaged.
    """
    try:
        with pq.ParquetFile(path) as parquet:
            names = parquet.schema_arrow.names
            header = find_header(layouts, [(HEADER, names)]) or read_header(layouts[0], HEADER, [])
            faults = tuple(header_faults(header, file, ""))
            if faults:
                yield Sheet("", header, faults=faults)
                return
            wanted = {field: names[place] for field, place in header.places.items()}
            _see_single(wanted.values(), names, file)
            dense = header.layout.dataset.dense
            before = 0
            for piece in _pieces(parquet, list(wanted.values()), whole=dense):
                columns = {
                    field: encoded(_as_text(piece.column(name), name, file))
                    for field, name in wanted.items()
                }
                yield Sheet("", header, columns, before=before)
                before += piece.num_rows
            if not before:
                nothing = encoded(pa.chunked_array([], pa.string()))
                yield Sheet("", header, dict.fromkeys(wanted, nothing))
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(
            Fault(
                "The Parquet file is damaged, or is not one that can be read.",
                "Download it again.",
                file=file,
                found=str(error).splitlines()[0] if str(error) else type(error).__name__,
                expected="a .parquet file",
            )
        ) from error


def _pieces(parquet: pq.ParquetFile, names: Sequence[str], *, whole: bool) -> Iterator[pa.Table]:
    """Yield the rows of these columns, so many at a time, or all at once."""
    if whole:
        yield parquet.read(names)
        return
    for batch in parquet.iter_batches(PIECE, columns=names):
        yield pa.Table.from_batches([batch])


def _see_single(wanted: Iterable[str], names: Sequence[str], file: str) -> None:
    """Raise ReleaseError where a column that is to be read stands twice: they go by name."""
    twice = [name for name in wanted if names.count(name) > 1]
    if twice:
        raise ReleaseError(
            *(
                Fault(
                    "A column stands twice.",
                    "Take out the column that is not the published one.",
                    file=file,
                    key=name,
                    expected="one column of each name",
                )
                for name in twice
            )
        )


def _as_text(column: pa.ChunkedArray, name: str, file: str) -> pa.ChunkedArray:
    """Return a column as text, as the sheet of a workbook would have it."""
    try:
        return column.cast(pa.string())
    except pa.ArrowException as error:
        raise ReleaseError(
            Fault(
                "A column holds neither text nor numbers.",
                "Write the file anew, with a plain type for the column.",
                file=file,
                key=name,
                found=str(column.type),
                expected="text or whole numbers",
            )
        ) from error
