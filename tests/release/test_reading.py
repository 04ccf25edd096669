"""A release is read whole: rows, row numbers, types, in any format, with any number of jobs."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pandas as pd
import pytest

from generator.model import Table
from generator.periods import Quarter
from generator.release import Needs
from generator.workers import processes

SHEET = "Outcomes_open_data_2019_20"
APRIL_2019 = Quarter(2019, 2).ordinal


def test_rows_are_tidy(published):
    table = [
        published.header,
        published.row("Kent", outcome=0, closed="N/A"),
        published.row("Kent", outcome=14, closed=7),
        published.row("Avon & Somerset", outcome=14, closed=-2, quarter=4),
        published.row("Avon & Somerset", outcome=0, closed="N/A", quarter=4),
    ]
    published.xlsx("table.xlsx", {"Notes": [["Hello"]], SHEET: table})

    release, (observations,) = published.read()

    rows = observations.rows
    assert list(rows["area"]) == ["kent", "kent", "avon-and-somerset", "avon-and-somerset"]
    assert list(rows["quarter"]) == [APRIL_2019, APRIL_2019, APRIL_2019 + 3, APRIL_2019 + 3]
    assert list(rows["outcome"]) == ["0", "14", "14", "0"]
    assert list(rows["offence_code"]) == ["8N"] * 4
    assert list(rows["closed"]) == [0, 7, -2, 0]
    assert not rows["closed_missing"].any()
    assert list(rows["row"]) == [2, 3, 4, 5]
    assert observations.table == Table("table.xlsx", SHEET)
    assert release.dataset == "police-outcomes"


def test_types_hold_a_nation_in_little_space(published):
    published.csv("a.csv", [published.header, published.row()])
    types = published.rows().dtypes.astype(str).to_dict()
    assert types == {
        "area": "category",
        "quarter": "int32",
        "outcome": "category",
        "offence_code": "category",
        "closed": "int64",
        "closed_missing": "int8",
        "row": "int32",
    }


def test_categories_are_in_the_desks_order_and_codes_in_the_alphabets(published, desk):
    first = published.row("Metropolitan Police", outcome=10, code="9A")
    second = published.row("Merseyside", outcome=2, code="8N")
    published.csv("a.csv", [published.header, first, second])
    rows = published.rows()
    assert list(rows["area"].cat.categories) == [force.id for force in desk.forces]
    assert list(rows["outcome"].cat.categories) == list(desk.datasets["police-outcomes"].outcomes)
    assert list(rows["offence_code"].cat.categories) == ["8N", "9A"]
    assert list(rows["offence_code"]) == ["9A", "8N"]


def test_only_what_the_run_needs_is_read(published):
    published.csv("a.csv", [published.header, published.row(recorded="not a number", group="")])
    assert {"recorded", "offence_group"}.isdisjoint(published.rows().columns)
    assert published.faults(needs={"police-outcomes": Needs(frozenset({"recorded"}))})
    assert published.faults(needs={"police-outcomes": Needs(frozenset({"closed"}), groups=True)})


def test_offence_groups_are_read_where_needed(published):
    published.csv("a.csv", [published.header, published.row(group=" Theft  offences ")])
    rows = published.rows(needs={"police-outcomes": Needs(frozenset({"closed"}), groups=True)})
    assert list(rows["offence_group"]) == ["Theft offences"]


def test_all_counts_are_read_of_a_dataset_that_the_run_says_nothing_about(published):
    published.csv("a.csv", [published.header, published.row(recorded=9, closed=5)])
    rows = published.rows(needs={})
    assert (rows["recorded"][0], rows["closed"][0]) == (9, 5)


def assert_same(some, others):
    """Two readings gave the same tables, to the row and the type."""
    assert [each.table for each in some] == [each.table for each in others]
    for one, other in zip(some, others, strict=True):
        pd.testing.assert_frame_equal(one.rows, other.rows)


def _write(published, ending, rows):
    if ending == "csv":
        published.csv("a.csv", rows)
    else:
        getattr(published, ending)(f"a.{ending}", {SHEET: rows})


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize(
    "above",
    [
        [],
        [[]],
        [[], []],
        [["Outcomes open data"]],
        [["Outcomes open data"], []],
        [[], ["Outcomes open data"], [], ["Year ending March 2020"]],
    ],
    ids=["header-first", "blank", "blank-blank", "title", "title-blank", "blank-title-blank-title"],
)
def test_row_numbers_are_the_sheets_own(published, ending, above):
    rows = [
        *above,
        published.header,
        published.row(outcome=1),
        [],
        published.row(outcome=2),
        [],
        [None, "  ", ""],
        published.row(outcome=3),
        [],
    ]
    _write(published, ending, rows)
    first = len(above) + 2
    assert list(published.rows()["row"]) == [first, first + 2, first + 5]


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("above", [[], [[]], [["Title"], []]], ids=["none", "blank", "title"])
def test_a_faults_row_is_the_sheets_own(published, ending, above):
    rows = [*above, published.header, published.row(), [], published.row("Kentt", outcome=2)]
    _write(published, ending, rows)
    assert published.fault().row == len(above) + 4


def test_columns_may_stand_anywhere(published):
    table = [published.header, published.row()]
    turned = [(None, *reversed(row)) for row in table]
    published.xlsx("a.xlsx", {SHEET: turned})
    assert published.rows()["closed"].sum() == 5


def test_a_header_below_thirty_rows_is_not_looked_for(published):
    title = [["Title"]]
    published.csv("a.csv", [*title * 29, published.header, published.row()])
    assert list(published.rows()["row"]) == [31]
    published.csv("a.csv", [*title * 30, published.header, published.row()])
    assert published.fault().what == "None of the first 30 rows is a header that the desk knows."


def test_tables_are_in_order_of_file_then_sheet(published):
    for name, year in (("b.xlsx", "2018/19"), ("a.xlsx", "2017/18")):
        first, second = ([published.header, published.row(year=year, quarter=q)] for q in (1, 2))
        published.xlsx(name, {"Outcomes open data 2": second, "Outcomes open data 1": first})
    tables = [each.table for each in published.read()[1]]
    assert [table.file for table in tables] == ["a.xlsx", "a.xlsx", "b.xlsx", "b.xlsx"]
    assert [table.sheet[-1] for table in tables] == ["2", "1", "2", "1"]


def test_jobs_change_nothing_but_the_time(published):
    for year in ("2016/17", "2017/18", "2018/19"):
        table = [published.header]
        table += [published.row(outcome=o, year=year, code=f"{year[3]}A") for o in (1, 14)]
        published.csv(f"{year[:4]}.csv", table)
    told: list[tuple[int, int]] = []

    one = published.read()
    with processes(2) as workers:
        two = published.read(
            workers=workers, progress=lambda name, done, total: told.append((done, total))
        )

    assert one[0] == two[0]
    assert_same(one[1], two[1])
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_faults_cross_from_other_processes(published):
    published.csv("a.csv", [published.header, published.row("Kentt")])
    published.csv("b.csv", [published.header, published.row(closed="x", quarter=2)])
    with processes(2) as workers, pytest.raises(Exception, match="knows no area") as caught:
        published.read(workers=workers)
    assert [fault.file for fault in caught.value.faults] == ["a.csv", "b.csv"]


def test_progress_names_each_file(published):
    published.csv("a.csv", [published.header, published.row()])
    published.csv("b.csv", [published.header, published.row(quarter=2)])
    told: list[tuple[str, int, int]] = []
    published.read(progress=lambda *what: told.append(what))
    assert told == [("a.csv", 1, 2), ("b.csv", 2, 2)]


def test_a_zip_is_read_as_the_folder_would_be(published, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    one = published.csv("2018.csv", [published.header, published.row(year="2018/19")])
    two = published.xlsx("2019.xlsx", {SHEET: [published.header, published.row()]})
    notice = published.file("release.yml", "published: 2021-05-13\n")
    plain = published.read()
    members = {f"in/{path.name}": path.read_bytes() for path in (one, two, notice)}
    archive = published.zip("../all.zip", members | {"in/": b"", "in/README.txt": b"Read me"})

    packed = published.read(archive)

    for one_, other in zip(packed[1], plain[1], strict=True):
        pd.testing.assert_frame_equal(one_.rows, other.rows)
    assert [file.name for file in packed[0].files] == [
        "all.zip/in/2018.csv",
        "all.zip/in/2019.xlsx",
    ]
    assert [file.sha256 for file in packed[0].files] == [file.sha256 for file in plain[0].files]
    assert packed[0].published == plain[0].published
    assert not list(temporary.iterdir()), "the unpacked files are gone"


def test_files_carry_their_sha256(published):
    path = published.csv("deep/er/a.csv", [published.header, published.row()])
    (source,) = published.read()[0].files
    assert source.name == "deep/er/a.csv"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_file_is_a_release(published):
    published.csv("other.csv", [["not", "read"]])
    path = published.csv("a.csv", [published.header, published.row()])
    release, (observations,) = published.read(path)
    assert len(observations.rows) == 1
    assert [file.name for file in release.files] == ["a.csv"]


def test_a_windows_csv_is_read_and_said_to_be_one(published):
    table = [published.header, published.row(code="Café – 1")]
    published.csv("a.csv", table, encoding="cp1252")
    release, (observations,) = published.read()
    assert list(observations.rows["offence_code"]) == ["Café – 1"]
    assert "a.csv is not UTF-8: it was read as cp1252." in release.assumed


def test_a_byte_order_mark_is_no_part_of_a_header(published):
    published.csv("a.csv", [published.header, published.row()], encoding="utf-8-sig")
    assert len(published.rows()) == 1


def test_faults_of_all_files_are_told_at_once(published):
    published.csv("a.csv", [published.header, published.row("Kentt")])
    published.csv("b.csv", [published.header, published.row(quarter=7), published.row(closed="")])
    published.file("c.7z", b"old")
    published.file("release.yml", "publisched: 2021-05-13\n")
    faults = published.faults()
    assert [fault.file for fault in faults] == [
        "c.7z",
        *["release.yml"] * 2,
        "a.csv",
        *["b.csv"] * 2,
    ]


def test_a_fault_of_many_rows_is_told_once_with_its_first_row(published):
    good = [published.row(outcome=1)]
    bad = [published.row("Kentt", outcome=code) for code in range(2, 9)]
    published.csv("a.csv", [published.header, *good, *bad])
    fault = published.fault()
    assert (fault.row, fault.found) == (3, "“Kentt” in 7 rows")


def test_twenty_faults_of_a_kind_are_listed(published):
    for name in ("a", "b"):
        wrong = [published.row(closed=f"{name}{at}", code=f"{at}") for at in range(35)]
        published.csv(f"{name}.csv", [published.header, *wrong])
    faults = published.faults()
    assert len(faults) == 21
    assert faults[-1].what.startswith("… and 50 more of: A count is neither")


def test_reading_asks_for_no_working_directory(published, monkeypatch):
    published.csv("a.csv", [published.header, published.row()])
    monkeypatch.chdir(published.folder)
    assert len(published.rows(Path("a.csv"))) == 1
    assert len(published.rows(Path())) == 1
