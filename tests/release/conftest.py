"""A small publisher: writes releases of a few rows, which each test shows, and reads them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
import pytest
import xlsxwriter
from building import as_observed

from generator.desk import Desk, load_desk
from generator.errors import Fault, ReleaseError
from generator.model import Observations, Release
from generator.release import Needs, read_release

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]

OUTCOMES_HEADER = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Code",
    "Offence Group",
    "Outcome Type",
    "Outcomes for offences that were recorded in the quarter",
    "Outcomes for investigations closed in the quarter",
)
CLOSED = {"police-outcomes": Needs(frozenset({"closed"}))}


class Publisher:
    """Writes files into a release folder, and reads the release as a run would."""

    header = OUTCOMES_HEADER

    def __init__(self, folder: Path, desk: Desk) -> None:
        self.folder = folder
        self.desk = desk

    @staticmethod
    def row(
        force: Cell = "Kent",
        outcome: Cell = 1,
        closed: Cell = 5,
        *,
        year: Cell = "2019/20",
        quarter: Cell = 1,
        code: Cell = "8N",
        group: Cell = "Violence against the person",
        recorded: Cell = 4,
    ) -> tuple[Cell, ...]:
        """Return a row of the outcomes table."""
        return (year, quarter, force, code, group, outcome, recorded, closed)

    def csv(self, name: str, rows: Rows, encoding: str = "utf-8") -> Path:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return self.file(name, text.getvalue().encode(encoding))

    def xlsx(self, name: str, sheets: Mapping[str, Rows]) -> Path:
        path = self.file(name, b"")
        book = xlsxwriter.Workbook(path)
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(at, column, value)
        book.close()
        return path

    def ods(self, name: str, sheets: Mapping[str, Rows]) -> Path:
        path = self.file(name, b"")
        tables = "".join(
            f'<table:table table:name="{escape(title)}">'
            + "".join(map(_ods_row, rows))
            + "</table:table>"
            for title, rows in sheets.items()
        )
        names = ("office", "table", "text")
        spaces = " ".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr(
                "content.xml",
                f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
                f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
                "</office:document-content>",
            )
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
        return path

    def zip(self, name: str, members: Mapping[str, bytes]) -> Path:
        path = self.file(name, b"")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    def file(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(
        self,
        path: Path | None = None,
        needs: Mapping[str, Needs] = CLOSED,
        **by: object,
    ) -> tuple[Release, list[Observations]]:
        return read_release(path or self.folder, self.desk, needs, as_observed, **by)

    def rows(
        self, path: Path | None = None, needs: Mapping[str, Needs] = CLOSED, **by: object
    ) -> pd.DataFrame:
        """Return the rows of all tables, one under the other."""
        return pd.concat([each.rows for each in self.read(path, needs, **by)[1]])

    def faults(
        self, path: Path | None = None, needs: Mapping[str, Needs] = CLOSED, **by: object
    ) -> tuple[Fault, ...]:
        with pytest.raises(ReleaseError) as caught:
            self.read(path, needs, **by)
        return caught.value.faults

    def fault(self, path: Path | None = None, needs: Mapping[str, Needs] = CLOSED) -> Fault:
        """Return the one fault of a release that must have just one."""
        faults = self.faults(path, needs)
        assert len(faults) == 1, faults
        return faults[0]


def _ods_row(row: Sequence[Cell]) -> str:
    """Write a row; an empty one as LibreOffice does, by repeating a blank cell."""
    blank = '<table:table-cell table:number-columns-repeated="1024"/>'
    return f"<table:table-row>{''.join(map(_ods_cell, row)) or blank}</table:table-row>"


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = (
        'office:value-type="string"'
        if isinstance(value, str)
        else f'office:value-type="float" office:value="{value}"'
    )
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


@pytest.fixture(scope="session")
def desk() -> Desk:
    return load_desk(Path(__file__).parents[2])


@pytest.fixture
def published(tmp_path: Path, desk: Desk) -> Publisher:
    folder = tmp_path / "release"
    folder.mkdir()
    return Publisher(folder, desk)
