"""Published rows are found again, by the dataset's own words, in every format and layout."""

from __future__ import annotations

import pytest

from generator.desk import Measure
from generator.errors import ReleaseError
from generator.model import Table
from generator.periods import Quarter
from generator.release import find_rows, select

SHEET = "Outcomes_open_data_2019_20"
YEAR_2019 = (Quarter(2019, 1), Quarter(2019, 2), Quarter(2019, 3), Quarter(2019, 4))
WITHDRAWN = Measure(label="withdrawn", count="closed", outcomes=("14", "16"))


def found(published, measure=WITHDRAWN, areas=("kent",), dataset="police-outcomes"):
    """Return what is found again as (row number, cell, count)."""
    return [(row.row, row.published, row.count) for row in rows(published, measure, areas, dataset)]


def rows(published, measure=WITHDRAWN, areas=("kent",), dataset="police-outcomes", tables=()):
    desk = published.desk
    forces = [force for force in desk.forces if force.id in areas]
    selection = select(measure, desk.datasets[dataset], forces, YEAR_2019, tables)
    (only,) = find_rows(published.folder, desk, desk.datasets[dataset], [selection])
    return only


def table(published):
    """Return a table with a title above it, and the ways in which cells come."""
    return [
        ["Crime outcomes in England and Wales"],
        [],
        published.header,
        published.row("Kent", outcome=14, closed=7),  # row 4
        published.row("Kent", outcome=14, closed=70, quarter=4),  # January to March 2020
        published.row("Kent", outcome=15, closed=71),
        published.row("Kent", outcome=0, closed=72),
        published.row("Essex", outcome=14, closed=73),
        [],
        published.row("Kent", outcome=16, closed="1,204", quarter="Q2", year="2019-20"),  # row 10
        published.row(" Kent ", outcome="14.0", closed="9.0", quarter="3.0", year="2019/2020"),
        published.row("Kent", outcome=16, closed="NA", quarter=3),
        published.row("Kent", outcome=16, closed=-2, quarter=3),  # row 13
        published.row("Kent", outcome=14, closed=5, quarter=4, year="2018/19"),
    ]


EXPECTED = [(4, 7), (10, 1204), (11, 9), (12, 0), (13, -2), (14, 5)]


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "zip"])
def test_every_format_gives_the_same_rows(published, form):
    if form == "csv":
        published.csv("table.csv", table(published))
    elif form == "zip":
        path = published.csv("table.csv", table(published))
        published.zip("all.zip", {"in/table.csv": path.read_bytes()})
        path.unlink()
    else:
        getattr(published, form)(f"table.{form}", {"Notes": [["Kent"]], SHEET: table(published)})
    name = "all.zip/in/table.csv" if form == "zip" else f"table.{form}"

    again = rows(published)

    assert [(row.row, row.count) for row in again] == EXPECTED
    sheet = "" if form in ("csv", "zip") else SHEET
    assert {row.table for row in again} == {Table(name, sheet)}
    assert [row.published for row in again] == ["7", "1,204", "9.0", "NA", "-2", "5"]
    assert again[0].cells["Offence Group"] == "Violence against the person"
    assert again[0].cells["Force Name"] == "Kent"
    assert list(again[0].cells) == list(published.header)
    assert again[0].about["outcome"] == "14"
    assert [row.quarter for row in again] == [
        *(Quarter(2019, 2), Quarter(2019, 3), Quarter(2019, 4), Quarter(2019, 4)),
        *(Quarter(2019, 4), Quarter(2019, 1)),
    ]


def headers():
    return [
        "Outcomes for investigations closed in the quarter",
        "Force outcomes recorded in quarter",
        "Number of Outcomes for investigations closed in the quarter",
        "Number of outcomes for  investigations closed in quarter",
    ]


@pytest.mark.parametrize("header", headers())
def test_every_edition_gives_the_same_rows(published, header):
    *about, recorded, _ = published.header
    columns = [header, recorded, *reversed(about)]  # in another order, too
    kent = dict(zip(published.header, published.row("Kent", 14, closed=7), strict=True))
    cells = [7, 99, *(kent[name] for name in reversed(about))]
    published.csv("table.csv", [columns, cells])
    assert found(published) == [(2, "7", 7)]
    assert rows(published)[0].cells[header] == "7"


def test_a_dataset_without_outcomes(published):
    header = ["Financial Year", "Financial Quarter", "Force Name", "Offence Description"]
    header += ["Offence Group", "Offence Code", "Number of Offences"]
    theft, violence = "Theft offences", "Violence against the person"
    published.csv(
        "crime.csv",
        [
            header,
            ["2019/20", "1", "Kent", "Shoplifting", theft, "46", "30"],
            ["2019/20", "1", "Kent", "Assault", violence, "105A", "4"],
            ["2019/20", "1", "Action Fraud", "Fraud", "Fraud offences", "51A", "9"],
            ["2019/20", "2", "Essex", "Shoplifting", theft, "46", "8"],
            ["2019/20", "2", "Kent", "Theft from shops", theft, "46B", "16"],
        ],
    )
    every = Measure(label="all", count="recorded")
    thefts = Measure(label="thefts", count="recorded", offence_groups=("Theft offences",))
    shops = Measure(label="shops", count="recorded", offence_codes=("46", "105A"))
    for measure, expected in (
        (every, [(2, "30", 30), (3, "4", 4), (6, "16", 16)]),
        (thefts, [(2, "30", 30), (6, "16", 16)]),
        (shops, [(2, "30", 30), (3, "4", 4)]),
    ):
        assert found(published, measure, dataset="recorded-crime") == expected


def test_areas_go_by_each_of_their_names_and_the_nation_by_all(published):
    published.csv(
        "table.csv",
        [
            published.header,
            published.row("Avon & Somerset", 14, closed=1),
            published.row("Avon and Somerset", 16, closed=2),
            published.row("Kent", 14, closed=4),
            published.row("Essex", 14, closed=8),
        ],
    )
    assert [row.count for row in rows(published, areas=("avon-and-somerset",))] == [1, 2]
    both = rows(published, areas=("avon-and-somerset", "kent"))
    assert sum(row.count for row in both) == 7


def test_all_outcomes_are_those_that_count(published):
    every = Measure(label="closed", count="closed")
    codes = (0, 1, 18, 22)
    published.csv(
        "table.csv", [published.header, *(published.row("Kent", code, 10) for code in codes)]
    )
    assert [row.row for row in rows(published, every)] == [3, 4, 5]


def test_only_the_tables_asked_for_are_looked_in_and_without_any_all(published):
    for name in ("one.csv", "two.csv"):
        published.csv(name, [published.header, published.row("Kent", 14, 7)])
    assert [row.table.file for row in rows(published)] == ["one.csv", "two.csv"]
    asked = rows(published, tables=[Table("two.csv", "")])
    assert [row.table.file for row in asked] == ["two.csv"]


def test_of_a_workbook_only_the_sheet_asked_for_is_looked_in(published):
    other = "Outcomes_open_data_2018_19"
    one_row = [published.header, published.row("Kent", 14, 7)]
    published.xlsx("table.xlsx", {other: one_row, SHEET: one_row})
    assert [row.table.sheet for row in rows(published)] == [other, SHEET]
    asked = rows(published, tables=[Table("table.xlsx", SHEET)])
    assert [row.table.sheet for row in asked] == [SHEET]


def test_what_only_some_programs_take_for_a_line_break_is_none(published):
    published.csv(
        "table.csv",
        [
            published.header,
            published.row("Kent", 1, group="Robbery\u2028all of it"),
            published.row("Kent", 14, 7),
        ],
    )
    assert found(published) == [(3, "7", 7)]


def test_old_encodings_and_line_breaks_in_cells_keep_row_numbers(published):
    published.csv(
        "table.csv",
        [
            published.header,
            published.row("Kent", 1, group="Robbery –\nall of it"),
            published.row("Kent", 14, 7),
        ],
        encoding="cp1252",
    )
    assert found(published) == [(3, "7", 7)]


def test_a_count_that_is_none_is_told_with_its_place(published):
    published.csv("table.csv", [published.header, published.row("Kent", 14, closed="7.5")])
    with pytest.raises(ReleaseError) as raised:
        rows(published)
    (fault,) = raised.value.faults
    assert (fault.where, fault.found) == ("table.csv, row 2", "“7.5”")


def test_a_header_that_is_gone_is_told(published):
    published.csv("table.csv", [["Financial Year", "Force Name"], ["2019/20", "Kent"]])
    with pytest.raises(ReleaseError, match="the header is not where it was"):
        rows(published)
