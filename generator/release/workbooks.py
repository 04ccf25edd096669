"""Open a workbook of any kind and take its data sheets out as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import fastexcel
import pyarrow as pa
import yaml

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


def read_workbook(
    path: Path, file: str, layouts: Sequence[Layout], chosen: Sequence[str] = ()
) -> Iterator[Sheet]:
    """Read the data sheets of a workbook that is called `file` in messages.

    They are those that are `chosen`, or those that are called as the dataset says. Raises
    ReleaseError where it cannot be opened, has no data sheet, or has others that may be meant.
    """
    workbook = _guarded(file, lambda: fastexcel.read_excel(path))
    names = workbook.sheet_names
    if lost := [name for name in chosen if name not in names]:
        raise ReleaseError(_no_such_sheet(lost, names, file))
    usual = [name for name in names if any(layout.takes_sheet(name) for layout in layouts)]
    others = [name for name in names if name not in usual]
    unread = tuple(name for name in names if name not in chosen)
    if not chosen:
        hidden = [name for name in usual if not _is_visible(workbook, name, file)]
        like = [name for name in others if _has_header(workbook, name, file, layouts)]
        if hidden or (like and (usual or len(like) > 1)):
            raise ReleaseError(_which_sheet(workbook, usual, hidden, like, file, layouts))
        unread = tuple(name for name in others if name not in like)
    read = chosen or usual
    if not read:
        raise ReleaseError(_no_data_sheet(names, like, file, layouts))
    for at, name in enumerate(read):
        candidates = [layout for layout in layouts if layout.takes_sheet(name)]
        sheet = _read_sheet(workbook, name, file, candidates or layouts)
        yield replace(sheet, unread=() if at else unread)


def _is_visible(workbook: fastexcel.ExcelReader, name: str, file: str) -> bool:
    return bool(_top(workbook, name, file).visible == "visible")


def _has_header(
    workbook: fastexcel.ExcelReader, name: str, file: str, layouts: Sequence[Layout]
) -> bool:
    """Tell whether a table of a dataset begins in a sheet, whatever it is called."""
    sheet = _top(workbook, name, file)
    if not sheet.height:
        return False
    rows = [list(row.values()) for row in sheet.to_arrow().to_pylist()]
    numbered = [(at, [text or "" for text in texts]) for at, texts in enumerate(rows, 1)]
    header = find_header(layouts, numbered)
    return header is not None and not header.missing


def _top(workbook: fastexcel.ExcelReader, name: str, file: str) -> fastexcel.ExcelSheet:
    asked: dict[str, Any] = {"header_row": None, "skip_rows": 0, "dtypes": "string"}
    sheet: fastexcel.ExcelSheet = _guarded(
        file, lambda: workbook.load_sheet(name, n_rows=HEADER_WITHIN, **asked)
    )
    return sheet


def _which_sheet(
    workbook: fastexcel.ExcelReader,
    usual: Sequence[str],
    hidden: Sequence[str],
    like: Sequence[str],
    file: str,
    layouts: Sequence[Layout],
) -> Fault:
    """Ask which sheets are meant, with the line that chooses all those that can be seen."""
    table = [*usual, *like]
    in_order = [name for name in workbook.sheet_names if name in table]
    seen = [name for name in in_order if _is_visible(workbook, name, file)]
    line = yaml.safe_dump({file: seen or in_order}, default_flow_style=None, width=9999).strip()
    listed = [f"“{name}”{'' if name in seen else ' (hidden)'}" for name in in_order]
    return Fault(
        "More sheets have the table's header than are sure to be meant."
        if len(in_order) > 1
        else "The sheet with the table is hidden.",
        "Look at them, and choose. To read all that can be seen, write in release.yml:\n"
        f"sheets:\n  {line}",
        file=file,
        found=", ".join(listed),
        expected="visible sheets called " + " or ".join(_patterns(layouts)) + ", and no others",
    )


def _no_such_sheet(lost: Sequence[str], names: Sequence[str], file: str) -> Fault:
    return Fault(
        "release.yml chooses a sheet that the workbook does not have.",
        "Name under `sheets:` those that are to be read, as they are called.",
        file=file,
        key="sheets",
        found=", ".join(f"“{name}”" for name in lost),
        expected="one of " + ", ".join(f"“{name}”" for name in names),
    )


def _no_data_sheet(
    names: Sequence[str], like: Sequence[str], file: str, layouts: Sequence[Layout]
) -> Fault:
    mend = (
        "Take it out of the release folder if it is no table of the release; if the sheet has a "
        "new name, add it to `sheets` of the dataset under config/datasets."
    )
    if like:
        line = yaml.safe_dump({file: list(like)}, default_flow_style=None, width=9999).strip()
        mend = (
            f"“{like[0]}” has its header. If it is meant, write in release.yml:\nsheets:\n  {line}"
        )
    return Fault(
        "The workbook has no data sheet.",
        mend,
        file=file,
        found=", ".join(f"“{name}”" for name in names) or "no sheets",
        expected="a sheet called " + " or ".join(_patterns(layouts)),
    )


def _patterns(layouts: Sequence[Layout]) -> list[str]:
    patterns = {pattern for layout in layouts for pattern in layout.dataset.sheets}
    return [f"“{pattern}”" for pattern in sorted(patterns)]


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
                expected="an .xlsx, .xlsm, .xlsb, .xls or .ods workbook",
            )
        ) from error
