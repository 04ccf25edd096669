"""Read a text table as one sheet, record by record, so that row numbers stay true."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

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
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(path: Path, file: str, layouts: Sequence[Layout]) -> Iterator[Sheet]:
    """Read a text table that is called `file` in messages, whatever parts its values.

    Raises ReleaseError where it is not text, or broken.
    """
    encoding = _encoding_of(path, file)
    separator = _separator_of(path, encoding, layouts)
    assumed: tuple[str, ...] = ()
    if encoding != "utf-8-sig":
        assumed += (f"{file} is not UTF-8: it was read as {encoding}.",)
    if separator != ",":
        assumed += (f"The values of {file} are parted by {SEPARATORS[separator]}.",)
    with path.open(encoding=encoding, newline="") as text:
        _pass_over_mark(text, encoding)
        reader = csv.reader(text, strict=True, delimiter=separator)
        try:
            top = list(islice(reader, HEADER_WITHIN))
            header = find_header(layouts, enumerate(top, 1)) or read_header(layouts[0], 1, [])
            faults = tuple(header_faults(header, file, ""))
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
    """Return utf-16 if the file begins so, utf-8-sig if the whole of it is UTF-8, else cp1252.

    Raises ReleaseError where it can be none.
    """
    with path.open("rb") as raw:
        if raw.read(2) in _UTF_16_MARKS:
            return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as raw:
                raw.seek(len(_UTF_8_MARK) if _has_utf_8_mark(path) else 0)
                while block := raw.read(1 << 20):
                    if b"\0" in block:
                        raise ReleaseError(_not_text(file))
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise ReleaseError(_not_text(file))


def _has_utf_8_mark(path: Path) -> bool:
    with path.open("rb") as raw:
        return raw.read(len(_UTF_8_MARK)) == _UTF_8_MARK


def _pass_over_mark(text: TextIO, encoding: str) -> None:
    """Pass over the mark of UTF-8 at the beginning of a file that is in fact Windows-1252."""
    if encoding == "cp1252" and text.read(len(_UTF_8_MARK)) != _UTF_8_MARK.decode("cp1252"):
        text.seek(0)


def _not_text(file: str) -> Fault:
    return Fault(
        "The file is called .csv or .tsv and is not text in UTF-8, UTF-16 or Windows-1252.",
        "Give it the ending that it should have: it may be a workbook.",
        file=file,
        found="other bytes",
        expected="text with one record in a line",
    )


def _separator_of(path: Path, encoding: str, layouts: Sequence[Layout]) -> str:
    """Return what parts the values: what leads to a whole header, else to the nearest to one."""
    best, nearest = ",", (-len(layouts[0].required) - 1, 0)
    for separator in SEPARATORS:
        with path.open(encoding=encoding, newline="") as text:
            _pass_over_mark(text, encoding)
            try:
                top = list(islice(csv.reader(text, delimiter=separator), HEADER_WITHIN))
            except csv.Error:
                continue
        header = find_header(layouts, enumerate(top, 1))
        if header and header.places and header.nearness > nearest:
            best, nearest = separator, header.nearness
    return best
