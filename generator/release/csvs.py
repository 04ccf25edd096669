"""Read a CSV file as one sheet of text, record by record, so that row numbers stay true."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from generator.errors import Fault, ReleaseError
from generator.release.layouts import (
    HEADER_WITHIN,
    Layout,
    find_header,
    header_faults,
    read_header,
)
from generator.release.sheets import TEXT, Sheet, encoded

CHUNK = 50_000
"""Records held as Python text at a time."""
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


def read_csv(path: Path, file: str, layouts: Sequence[Layout]) -> Iterator[Sheet]:
    """Read a CSV file that is called `file` in messages.

    Raises ReleaseError where it is not text, not comma-separated, or broken.
    """
    encoding = _encoding_of(path, file)
    assumed = (
        () if encoding == "utf-8-sig" else (f"{file} is not UTF-8: it was read as {encoding}.",)
    )
    with path.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, strict=True)
        try:
            top = list(islice(reader, HEADER_WITHIN))
            header = find_header(layouts, enumerate(top, 1)) or read_header(layouts[0], 1, [])
            faults = tuple(header_faults(header, file, ""))
            if header.missing:
                faults = _other_separator(path, file, encoding, layouts) or faults
            if faults:
                yield Sheet("", header, faults=faults)
                return
            chunks: dict[str, list[pa.Array]] = {field: [] for field in header.places}
            ragged: list[tuple[int, int]] = []
            records, row = chain(top[header.row :], reader), header.row
            while chunk := list(islice(records, CHUNK)):
                _even_out(chunk, row + 1, len(header.names), ragged)
                row += len(chunk)
                for field, place in header.places.items():
                    texts = pa.array([record[place] for record in chunk], pa.string())
                    chunks[field].append(texts.dictionary_encode())
        except csv.Error as error:
            raise ReleaseError(
                Fault(
                    f"The file is not proper CSV: {error}.",
                    "Look for a quotation mark that is not closed, or save it anew as CSV.",
                    file=file,
                    line=reader.line_num,
                )
            ) from error
    columns = {field: encoded(pa.chunked_array(parts, TEXT)) for field, parts in chunks.items()}
    if ragged:
        yield Sheet("", header, faults=(_ragged(file, len(header.names), ragged),))
    else:
        yield Sheet("", header, columns, assumed=assumed)


def _even_out(
    chunk: list[list[str]], first: int, width: int, ragged: list[tuple[int, int]]
) -> None:
    """Make wholly blank records as wide as the rest; note the others that are not so wide."""
    if set(map(len, chunk)) == {width}:
        return
    for at, record in enumerate(chunk):
        if len(record) != width:
            if any(text.strip() for text in record):
                ragged.append((first + at, len(record)))
            chunk[at] = [""] * width


def _ragged(file: str, width: int, ragged: Sequence[tuple[int, int]]) -> Fault:
    row, found = ragged[0]
    return Fault(
        "A row has more or fewer values than the header.",
        "Look for a comma in a text without quotation marks, or a line break in a cell.",
        file=file,
        row=row,
        found=f"{found} values" + (f", and {len(ragged)} such rows" if len(ragged) > 1 else ""),
        expected=f"{width} values",
    )


def _encoding_of(path: Path, file: str) -> str:
    """Return utf-8-sig if the whole file is UTF-8, else cp1252.

    Raises ReleaseError where it can be neither.
    """
    for encoding in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as raw:
                while block := raw.read(1 << 20):
                    if b"\0" in block:
                        raise ReleaseError(_not_text(file))
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise ReleaseError(_not_text(file))


def _not_text(file: str) -> Fault:
    return Fault(
        "The file is called .csv and is not text in UTF-8 or Windows-1252.",
        "Save it as “CSV UTF-8 (comma delimited)”.",
        file=file,
        found="other bytes (a workbook, or UTF-16)",
        expected="comma-separated text",
    )


def _other_separator(
    path: Path, file: str, encoding: str, layouts: Sequence[Layout]
) -> tuple[Fault, ...]:
    """Return a fault if the header would be there with another separator."""
    for separator, name in SEPARATORS.items():
        with path.open(encoding=encoding, newline="") as text:
            top = list(islice(csv.reader(text, delimiter=separator), HEADER_WITHIN))
        header = find_header(layouts, enumerate(top, 1))
        if header and not header.missing:
            return (
                Fault(
                    f"The values are separated by {name}.",
                    "Save the file as CSV with commas.",
                    file=file,
                    row=header.row,
                    found=name,
                    expected="commas",
                ),
            )
    return ()
