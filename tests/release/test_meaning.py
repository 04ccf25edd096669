"""What a cell means is read strictly: what is not known stops the run, with its mend."""

from __future__ import annotations

import dataclasses

import pytest

from generator.periods import Quarter

HEADER = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Group",
    "Offence Code",
    "Number of Offences",
)


def _one(published, **cells):
    published.csv("a.csv", [published.header, published.row(**cells)])


@pytest.mark.parametrize("year", ["2019/20", "2019-20", "2019/2020", " 2019–20 "])
def test_years(published, year):
    _one(published, year=year)
    assert published.rows()["quarter"][0] == Quarter(2019, 2).ordinal


@pytest.mark.parametrize("year", ["2019", "2019/21", "19/20", "year"])
def test_a_year_that_is_none(published, year):
    _one(published, year=year)
    fault = published.fault()
    assert fault.what == "This is not a financial year."
    assert (fault.row, fault.key, fault.found) == (2, "Financial Year", f"“{year}”")


@pytest.mark.parametrize("quarter", [4, "4", "Q4", "q4", "4.0", 4.0])
def test_quarters(published, quarter):
    published.xlsx(
        "a.xlsx",
        {"Outcomes open data 1": [published.header, published.row(quarter=quarter)]},
    )
    assert published.rows()["quarter"][0] == Quarter(2020, 1).ordinal


def test_the_four_quarters_begin_in_april(published):
    published.csv("a.csv", [published.header, *(published.row(quarter=q) for q in (1, 2, 3, 4))])
    quarters = [str(Quarter.from_ordinal(int(ordinal))) for ordinal in published.rows()["quarter"]]
    assert quarters == [
        "April to June 2019",
        "July to September 2019",
        "October to December 2019",
        "January to March 2020",
    ]


@pytest.mark.parametrize("quarter", ["5", "0", "Total", "Q", "1.5", "1,2"])
def test_an_unknown_quarter(published, quarter):
    _one(published, quarter=quarter)
    fault = published.fault()
    assert fault.what == "This is not a financial quarter."
    assert fault.expected == "1 to 4, or Q1 to Q4"
    assert (fault.row, fault.key) == (2, "Financial Quarter")


def test_forces_are_known_by_every_name(published, desk):
    names = [(name, force.id) for force in desk.forces for name in force.names]
    table = [published.row(name.upper(), code=str(at)) for at, (name, _) in enumerate(names)]
    published.csv("a.csv", [published.header, *table])
    assert list(published.rows()["area"]) == [identity for _, identity in names]


def test_an_unknown_force_near_a_known_one(published):
    _one(published, force="Avon, Somerset & Bath")
    fault = published.fault()
    assert fault.what == "The desk knows no area of this name."
    assert (fault.file, fault.row, fault.key) == ("a.csv", 2, "Force Name")
    assert fault.mend == (
        "The nearest that the desk knows: avon-and-somerset. If it is avon-and-somerset, write "
        "under `- id: avon-and-somerset` in config/forces.yml: "
        "names: [Avon and Somerset, Avon & Somerset, 'Avon, Somerset & Bath']"
    )


def test_an_unknown_force_like_no_other(published):
    _one(published, force="Zzyzx: Q")
    fault = published.fault()
    assert (
        '  - id: zzyzx-q\n    names: ["Zzyzx: Q"]\n    name: "Zzyzx: Q"\n    where: "in Zzyzx: Q"'
        in fault.mend
    )
    assert "`not_areas` in config/datasets/police-outcomes.yml" in fault.mend


def test_names_that_are_no_areas_are_left_out_and_said_to_be(published):
    crime = ("2017/18", 1, "Kent", "Fraud", "53C", 3)
    fraud = [("2017/18", quarter, "ACTION FRAUD", "Fraud", "53C", "?") for quarter in (1, 2)]
    published.csv("a.csv", [HEADER, crime, *fraud, ("2017/18", 1, "CIFAS", "Fraud", "53C", 9)])
    release, (observations,) = published.read()
    assert list(observations.rows["area"]) == ["kent"]
    assert list(observations.rows["row"]) == [2]
    assert (
        "Left out, because they are not areas: ACTION FRAUD (2 rows), CIFAS (1 row)."
        in release.assumed
    )


def test_outcomes_are_read_as_the_text_of_their_number(published):
    codes = [0, "1.0", "22", 3.0]
    published.xlsx(
        "a.xlsx",
        {"Outcomes open data 1": [published.header, *(published.row(outcome=o) for o in codes)]},
    )
    assert list(published.rows()["outcome"]) == ["0", "1", "22", "3"]


@pytest.mark.parametrize("code", ["19", "23", "all", "-1", "1.5"])
def test_an_unknown_outcome(published, code):
    _one(published, outcome=code)
    fault = published.fault()
    assert fault.what == "The dataset knows no outcome of this code."
    assert "config/datasets/police-outcomes.yml" in fault.mend
    assert "{label: What the publisher calls it}" in fault.mend
    assert "0, 1, 2," in fault.expected


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12, 12),
        (-3, -3),
        ("1,234", 1234),
        ("12.0", 12),
        ("-1,234,567", -1234567),
        (0, 0),
        (" 7 ", 7),
    ],
)
def test_counts(published, cell, value):
    _one(published, closed=cell)
    rows = published.rows()
    assert rows["closed"][0] == value
    assert not rows["closed_missing"][0]


@pytest.mark.parametrize("cell", ["1.5", "-0.2", 12.25])
def test_a_fraction_in_a_count(published, cell):
    _one(published, closed=cell)
    fault = published.fault()
    assert fault.what == "A count is a fraction."
    assert (fault.row, fault.key) == (2, published.header[-1])


@pytest.mark.parametrize("cell", ["twelve", "--", "..", "n/k"])
def test_text_in_a_count(published, cell):
    _one(published, closed=cell)
    fault = published.fault()
    assert fault.what.startswith("A count is neither a whole number nor a mark")
    assert "“N/A - data not provided”" in fault.expected


@pytest.mark.parametrize("cell", ["1,23", "12,", "٣", "12O", "250 [q]"])
def test_a_number_with_something_in_it_is_no_mark(published, cell):
    """What begins with a digit is never proposed as a mark that counts as 0."""
    _one(published, closed=cell)
    fault = published.fault()
    assert fault.what.startswith("A count is neither a whole number nor one with a mark")
    assert "not_applicable" not in fault.mend


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12 ", 12), ("1e3", 1000), ("2.5e2", 250), ("1E+05", 100_000), ("1 234", 1234),
        ("12\u00a0345", 12_345), ("250 [r]", 250), ("250[p]", 250), ("1,204 (R)", 1204),
        ("-3 [e] [r]", -3),
    ],
)  # fmt: skip
def test_a_number_is_that_number_however_it_is_written_and_marked(published, cell, number):
    _one(published, closed=cell)
    assert published.rows()["closed"][0] == number
    assert not published.rows()["closed_missing"][0]


@pytest.mark.parametrize(
    ("cell", "what", "mend"),
    [
        ("1.5e0", "scientific notation", "in place of one that was saved from it"),
        ("1.2346E+11", "scientific notation", "the digits are not in this one"),
        ("1.234", "points where others have commas", 'write `thousands: "."`'),
        ("12%", "A count is a percentage.", "no counts"),
        ("5 [c]", "a mark that says there is none", "Ask the publisher"),
    ],
)
def test_other_ways_to_write_have_messages_of_their_own(published, cell, what, mend):
    _one(published, closed=cell)
    fault = published.fault()
    assert what in fault.what
    assert mend in fault.mend
    assert "download" not in fault.mend.casefold()


def test_points_part_thousands_where_the_dataset_says_so(published, desk):
    dataset = desk.datasets["police-outcomes"].model_copy(update={"thousands": "."})
    published.desk = dataclasses.replace(desk, datasets={dataset.id: dataset})
    _one(published, closed="1.234")
    assert published.rows()["closed"][0] == 1234


@pytest.mark.parametrize("cell", ["", None, "   "])
def test_an_empty_count(published, cell):
    _one(published, closed=cell)
    fault = published.fault()
    assert fault.what.startswith("A cell is empty")
    assert (fault.row, fault.key, fault.found) == (2, published.header[-1], "nothing")


def test_an_error_in_a_cell_is_no_number(published):
    import xlsxwriter  # noqa: PLC0415

    path = published.file("a.xlsx", b"")
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Outcomes open data 1")
    sheet.write_row(0, 0, published.header)
    sheet.write_row(1, 0, published.row()[:-1])
    sheet.write_formula(1, len(published.header) - 1, "=1/0", value="#DIV/0!")
    book.close()
    assert "empty, or holds an error" in published.fault().what


@pytest.mark.parametrize(
    "mark", ["NA", "n/a", "N/A - Offence code expired", "N/A  -  OFFENCE CODE EXPIRED"]
)
def test_what_is_not_applicable_is_nought_and_not_missing(published, mark):
    _one(published, closed=mark)
    rows = published.rows()
    assert (rows["closed"][0], bool(rows["closed_missing"][0])) == (0, False)


def test_what_is_not_provided_is_missing(published):
    _one(published, closed="n/a - Data  not provided")
    rows = published.rows()
    assert (rows["closed"][0], bool(rows["closed_missing"][0])) == (0, True)


def test_an_unknown_mark_is_refused_with_the_known_ones(published):
    _one(published, closed="N/A – data not provided")
    fault = published.fault()
    assert "Did you mean N/A - data not provided" in fault.mend
    assert "`marks:` in config/datasets/police-outcomes.yml" in fault.mend
    assert "“NA”" in fault.expected


def test_a_partly_blank_row_is_a_fault_in_every_column_read(published):
    published.csv(
        "a.csv", [published.header, published.row(), ["", "", "Kent", "", "", "", "", ""]]
    )
    faults = published.faults()
    assert {fault.row for fault in faults} == {3}
    assert [fault.key for fault in faults] == [
        "Financial Year",
        "Financial Quarter",
        "Outcome Type",
        "Offence Code",
        published.header[-1],
    ]


def test_a_dataset_says_what_is_no_area(published, desk):
    dataset = desk.datasets["police-outcomes"].model_copy(update={"not_areas": ("Kent",)})
    published.desk = dataclasses.replace(desk, datasets={dataset.id: dataset})
    published.csv("a.csv", [published.header, published.row("Kent"), published.row("Surrey")])
    assert list(published.rows()["area"]) == ["surrey"]
