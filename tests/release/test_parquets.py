"""A published table may come as Parquet: read piece by piece, and as strictly as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator.desk import Measure
from generator.periods import Quarter
from generator.release import find_rows, parquets, select

CRIME = "recorded-crime"
HEADER = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Group",
    "Offence Code",
    "Number of Offences",
)


def row(force: str = "Kent", count: object = 5, *, quarter: object = 1, code: str = "8N") -> tuple:
    return ("2019/20", quarter, force, "Violence", code, count)


def write(folder: Path, rows: Sequence[Sequence[object]], **types: pa.DataType) -> Path:
    columns: Mapping[str, Sequence[object]] = dict(
        zip(HEADER, zip(*rows, strict=True) if rows else [[] for _ in HEADER], strict=True)
    )
    path = folder / "a.parquet"
    table = {
        name: pa.array(list(cells), types.get(name.rpartition(" ")[2].lower()))
        for name, cells in columns.items()
    }
    pq.write_table(pa.table(table), path)
    return path


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquets, "PIECE", 2)


def test_it_is_read_as_a_csv_would_be(published, in_pieces):
    rows = [
        row("Kent", 7),
        row("Kent", -2, quarter=2),
        row("Avon & Somerset", 0),
        row("Action Fraud", 9),
        row("Essex", 12, code="9A"),
    ]
    path = write(published.folder, rows)
    read = published.rows(needs={})
    path.unlink()
    published.csv("a.csv", [HEADER, *rows])
    as_csv = published.rows(needs={})
    assert list(read["row"]) == [1, 2, 3, 5]
    assert list(as_csv["row"]) == [2, 3, 4, 6]  # below a header that stands in row 1
    plain = read.drop(columns="row").reset_index(drop=True).astype(str)
    pd.testing.assert_frame_equal(
        plain, as_csv.drop(columns="row").reset_index(drop=True).astype(str)
    )


@pytest.mark.parametrize(
    "types",
    [
        {"offences": pa.int64()},
        {"offences": pa.float64()},
        {"name": pa.dictionary(pa.int8(), pa.string())},
        {"name": pa.large_string()},
    ],
    ids=str,
)
def test_a_column_may_be_of_any_type(published, types):
    write(published.folder, [row("Kent", 7), row("Essex", 8)], **types)
    read = published.rows(needs={})
    assert list(read["area"]) == ["kent", "essex"]
    assert list(read["recorded"]) == [7, 8]


def test_a_fault_has_its_row_in_a_later_piece(published, in_pieces):
    write(published.folder, [row(), row(quarter=2), row(quarter=3), row("Kentshire")])
    fault = published.fault(needs={})
    assert (fault.file, fault.row, fault.key) == ("a.parquet", 4, "Force Name")


def test_an_empty_cell_is_a_fault_and_no_zero(published):
    write(published.folder, [row(), row(count=None, quarter=2)])
    fault = published.fault(needs={})
    assert (fault.row, fault.found) == (2, "nothing")


def test_a_fraction_is_no_count(published):
    write(published.folder, [row(count=5.5)])
    assert published.fault(needs={}).what == "A count is a fraction."


def test_a_quarter_in_two_pieces_is_one_and_in_two_files_a_clash(published, in_pieces):
    rows = [row(code=f"{at}A") for at in range(5)]
    path = write(published.folder, rows)
    assert len(published.rows(needs={})) == 5
    path.with_name("b.parquet").write_bytes(path.read_bytes())
    assert "Two tables hold the same quarters" in published.fault(needs={}).what


@pytest.mark.parametrize(
    "data", [b"PAR1", b"", b"PK\x03\x04 no table"], ids=["cut", "empty", "zip"]
)
def test_what_is_no_parquet_is_told(published, data):
    published.file("a.parquet", data)
    fault = published.fault(needs={})
    assert fault.file == "a.parquet"
    assert "again" in fault.mend


def test_a_table_without_rows_and_one_without_a_column_are_told(published):
    write(published.folder, [])
    assert published.fault(needs={}).what == "The table has a header and no rows."
    pq.write_table(pa.table({"Force Name": ["Kent"]}), published.folder / "a.parquet")
    faults = published.faults(needs={})
    assert {fault.key for fault in faults} >= {"year", "quarter", "recorded"}
    assert {fault.row for fault in faults} == {None}


def test_a_dense_table_is_checked_whole(published, in_pieces):
    header = published.header
    rows = [published.row(outcome=1), published.row(outcome=2), published.row(outcome=1)]
    columns = {name: [str(each[at]) for each in rows] for at, name in enumerate(header)}
    pq.write_table(pa.table(columns), published.folder / "a.parquet")
    assert "A row stands twice" in published.fault().what


def test_its_rows_are_found_again(published, desk):
    write(published.folder, [row("Essex", 3), row("Kent", 7), row("Kent", 9, quarter=2)])
    measure = Measure(label="all", count="recorded")
    dataset = desk.datasets[CRIME]
    kent = next(force for force in desk.forces if force.id == "kent")
    quarters = [Quarter(2019, 2), Quarter(2019, 3)]
    (found,) = find_rows(
        published.folder, desk, dataset, [select(measure, dataset, [kent], quarters)]
    )
    assert [(each.row, each.count) for each in found] == [(2, 7), (3, 9)]


def test_a_dense_table_is_whole_whatever_its_row_groups_and_types(published):
    rows = [published.row(force, outcome=o) for force in ("Kent", "Essex") for o in (1, 2, 14)]
    columns = {
        name: pa.array([str(row[at]) for row in rows]).dictionary_encode()
        for at, name in enumerate(published.header)
    }
    pq.write_table(pa.table(columns), published.folder / "a.parquet", row_group_size=2)
    release, _ = published.read()
    assert len(published.rows()) == 6
    assert not any("has only" in sentence for sentence in release.assumed)


def test_a_column_that_stands_twice_is_told_even_if_nobody_needs_it(published):
    names = [*published.header, "Offence Group"]
    cells = [pa.array([str(cell)]) for cell in (*published.row(), "Theft")]
    pq.write_table(pa.Table.from_arrays(cells, names), published.folder / "a.parquet")
    fault = published.fault()
    assert (fault.what, fault.key) == ("A column stands twice.", "Offence Group")


def test_a_column_of_another_kind_is_named(published):
    write(published.folder, [row(count=[5])])
    fault = published.fault(needs={})
    assert (fault.what, fault.key) == (
        "A column holds neither text nor numbers.",
        "Number of Offences",
    )
