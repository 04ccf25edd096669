"""Open an .xlsx or .ods workbook and take its data sheets out as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import fastexcel
import pyarrow as pa

from generator.errors import Fault, ReleaseError
from generator.release.layouts import (
    HEADER_WITHIN,
    Header,
    Layout,
    find_header,
    header_faults,
    read_header,
)
from generator.release.sheets import Sheet, encoded

if TYPE_CHECKING:
    from fastexcel._fastexcel import ColumnInfoNoDtype

Result = TypeVar("Result")


def read_workbook(path: Path, file: str, layouts: Sequence[Layout]) -> Iterator[Sheet]:
    """Read the data sheets of a workbook that is called `file` in messages.

    Raises ReleaseError where it cannot be opened or has no data sheet.
    """
    workbook = _guarded(file, lambda: fastexcel.read_excel(path))
    data = False
    for name in workbook.sheet_names:
        candidates = [layout for layout in layouts if layout.takes_sheet(name)]
        if candidates:
            data = True
            yield _read_sheet(workbook, name, file, candidates)
    if not data:
        patterns = sorted({pattern for layout in layouts for pattern in layout.dataset.sheets})
        raise ReleaseError(
            Fault(
                "The workbook has no data sheet.",
                "Take it out of the release folder if it is no table of the release; if the "
                "sheet has a new name, add it to `sheets` of the dataset under config/datasets.",
                file=file,
                found=", ".join(f"“{name}”" for name in workbook.sheet_names) or "no sheets",
                expected="a sheet called " + " or ".join(f"“{name}”" for name in patterns),
            )
        )


def _read_sheet(
    workbook: fastexcel.ExcelReader, name: str, file: str, layouts: Sequence[Layout]
) -> Sheet:
    """Read one sheet, in a single pass if its header is in row 1."""
    names: list[str] = []
    loaded_places: list[int] = []

    def is_known(column: ColumnInfoNoDtype) -> bool:
        header = _as_published(column.name, names)
        names.append(header)
        known = any(layout.field_of(header) for layout in layouts)
        if known:
            loaded_places.append(len(names) - 1)
        return known

    batch = _load(workbook, name, file, header_row=0, use_columns=is_known)
    header = find_header(layouts, [(1, names)])
    if header and not header.missing and not header.doubled:
        return _sheet(name, header, dict(zip(loaded_places, batch.columns, strict=True)))

    batch = _load(workbook, name, file, header_row=None)
    top = [list(row.values()) for row in batch.slice(0, HEADER_WITHIN).to_pylist()]
    header = find_header(
        layouts, [(row, [text or "" for text in texts]) for row, texts in enumerate(top, 1)]
    ) or read_header(layouts[0], 1, [])
    faults = tuple(header_faults(header, file, name))
    if faults:
        return Sheet(name, header, faults=faults)
    return _sheet(name, header, dict(enumerate(batch.slice(header.row).columns)))


def _load(workbook: fastexcel.ExcelReader, name: str, file: str, **asked: Any) -> pa.RecordBatch:
    """Load a sheet as text; at once, so that the library holds no second copy of its cells.

    `skip_rows=0` is what keeps blank rows at the top, and so the sheet's own row numbers.
    """
    return _guarded(
        file,
        lambda: workbook.load_sheet(name, skip_rows=0, dtypes="string", eager=True, **asked),
    )


def _sheet(name: str, header: Header, by_place: Mapping[int, pa.Array]) -> Sheet:
    """Take the known columns of those loaded, which are given by their place in the sheet."""
    columns = {
        field: encoded(pa.chunked_array([by_place[place]]))
        for field, place in header.places.items()
    }
    return Sheet(name, header, columns)


def _as_published(name: str, before: Sequence[str]) -> str:
    """Return a header as the sheet has it: fastexcel numbers those that repeat another."""
    original = re.sub(r"_\d+$", "", name)
    return original if original in before else name


def _guarded(file: str, call: Callable[[], Result]) -> Result:
    """Call into the reading library, turning whatever it raises into a fault of the file."""
    try:
        return call()
    except BaseException as error:
        # A workbook that is damaged inside can make the library panic, which Python
        # sees as a BaseException of a class that cannot be imported.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise ReleaseError(
            Fault(
                "The workbook is damaged, or is not one that can be read.",
                "Download it again; if it opens in a spreadsheet program, save it as .xlsx there.",
                file=file,
                found=str(error).splitlines()[0] if str(error) else type(error).__name__,
                expected="an .xlsx or .ods workbook",
            )
        ) from error
