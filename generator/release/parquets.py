"""Read a Parquet file as one sheet, piece by piece: a published table of any size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
            rows = parquet.metadata.num_rows if header.layout.dataset.dense else PIECE
            wanted = {field: names[place] for field, place in header.places.items()}
            before = 0
            for piece in parquet.iter_batches(max(rows, 1), columns=list(wanted.values())):
                columns = {
                    field: encoded(_as_text(piece.column(name))) for field, name in wanted.items()
                }
                yield Sheet("", header, columns, before=before)
                before += piece.num_rows
            if not before:
                yield Sheet(
                    "", header, {field: encoded(_as_text(pa.array([]))) for field in wanted}
                )
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


def _as_text(column: pa.Array) -> pa.ChunkedArray:
    """Return a column as text, as the sheet of a workbook would have it."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return pa.chunked_array([column.cast(pa.string())])
