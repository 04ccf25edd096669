"""A dataset is known by its headers and sheets, in every spelling they have had."""

from __future__ import annotations

import dataclasses

import pytest

from generator.release import Needs

SHEET = "Outcomes open data 2019_20"
BOTH = {"police-outcomes": Needs(frozenset({"closed", "recorded"}), groups=True)}
CRIME_HEADER = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
)
CRIME_ROW = ("2017/18", 1, "Kent", "Arson", "Criminal damage", "Arson", "56A", 12)


def _renamed(header, old, new):
    return tuple(new if name == old else name for name in header)


def test_every_published_header_is_known(published, desk):
    dataset = desk.datasets["police-outcomes"]
    fields = {**dict(dataset.columns), **dataset.counts}
    order = ("year", "quarter", "area", "offence_code", "offence_group", "outcome", "recorded")
    spellings = [fields[field].headers for field in (*order, "closed")]
    most = max(map(len, spellings))
    assert most > 1
    for at in range(most):
        header = [names[min(at, len(names) - 1)] for names in spellings]
        published.csv("a.csv", [header, published.row(recorded=3, closed=5)])
        rows = published.rows(needs=BOTH)
        assert (rows["recorded"][0], rows["closed"][0]) == (3, 5), header


def test_headers_are_matched_without_case_punctuation_and_spaces(published):
    header = [name.upper().replace(" ", "_") + " " for name in published.header]
    published.csv("a.csv", [header, published.row()])
    assert len(published.rows()) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        "Outcomes_open_data_2014-15",
        "Outcomes_open_data_2019_20",
        "Outcomes open data 2021_22",
        "OUTCOMES  OPEN DATA 2025-26 ",
    ],
)
def test_every_published_sheet_name_is_known(published, sheet):
    published.xlsx("a.xlsx", {"Pivot": [["x"]], sheet: [published.header, published.row()]})
    assert published.read()[1][0].table.sheet == sheet


def test_a_workbook_without_the_data_sheet(published):
    published.xlsx("a.xlsx", {"Cover_sheet": [["x"]], "Data": [published.header, published.row()]})
    fault = published.fault()
    assert (fault.file, fault.what) == ("a.xlsx", "The workbook has no data sheet.")
    assert fault.found == "“Cover_sheet”, “Data”"
    assert "“outcomes open data *”" in fault.expected
    assert fault.mend.endswith("sheets:\n  a.xlsx: [Data]")


def test_a_workbook_without_any_table(published):
    published.xlsx("a.xlsx", {"Cover_sheet": [["x"]]})
    assert "config/datasets" in published.fault().mend


def test_a_missing_column(published):
    at = published.header.index("Outcome Type")
    table = [published.header, published.row()]
    published.csv("a.csv", [row[:at] + row[at + 1 :] for row in table])
    fault = published.fault()
    assert fault.what == "A column of police-outcomes is missing: outcome."
    assert fault.expected == "“Outcome Type”"
    assert "“Force Name”" in fault.found
    assert (fault.file, fault.row, fault.key) == ("a.csv", 1, "outcome")


@pytest.mark.parametrize("above", [[], [["Title"], []]], ids=["row-1", "row-3"])
def test_a_renamed_column(published, above):
    renamed = _renamed(published.header, "Force Name", "Force Names")
    published.xlsx("a.xlsx", {SHEET: [*above, renamed, published.row()]})
    fault = published.fault()
    assert fault.what == "A column of police-outcomes is missing: area."
    assert fault.mend == (
        "Did you mean Force Names? If it has a new name, add the name to `headers` under "
        "columns.area in config/datasets/police-outcomes.yml."
    )
    assert fault.row == len(above) + 1


def test_a_renamed_count_is_never_taken_for_the_other_basis(published):
    renamed = _renamed(published.header, published.header[-1], "Outcomes in the quarter")
    published.csv("a.csv", [renamed, published.row()])
    fault = published.fault()
    assert fault.key == "closed"
    assert "counts.closed" in fault.mend


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("above", [[], [["Title"]]], ids=["row-1", "row-2"])
def test_a_doubled_column(published, ending, above):
    table = [*above, (*published.header, "Outcome Type"), (*published.row(), 2)]
    if ending == "csv":
        published.csv("a.csv", table)
    else:
        getattr(published, ending)(f"a.{ending}", {SHEET: table})
    fault = published.fault()
    assert fault.what == "A column stands twice: outcome."
    assert fault.found == "“Outcome Type”, “Outcome Type”"
    assert fault.row == len(above) + 1


def test_two_spellings_of_one_count_are_doubled(published):
    header = (*published.header, "Force outcomes recorded in quarter")
    published.csv("a.csv", [header, (*published.row(), 6)])
    assert published.fault().what == "A column stands twice: closed."


def test_a_doubled_column_that_is_not_read_is_let_be(published):
    header = ("Offence Description", *published.header, "Offence Description")
    published.xlsx("a.xlsx", {SHEET: [header, ("x", *published.row(), "y")]})
    assert len(published.rows()) == 1


def test_a_doubled_column_of_the_dataset_that_is_not_read_is_let_be(published):
    header = (*published.header, "Offence Group")
    published.xlsx("a.xlsx", {SHEET: [header, (*published.row(), "x")]})
    assert len(published.rows()) == 1


def test_a_header_that_only_looks_numbered_is_not_doubled(published):
    header = ("Note", *published.header, "Note_1")
    published.xlsx("a.xlsx", {SHEET: [header, ("x", *published.row(), "y")]})
    assert len(published.rows()) == 1


def test_a_table_of_nothing_known(published):
    published.csv("a.csv", [["Name", "Age"], ["Kim", 4]])
    fault = published.fault()
    assert fault.what == "None of the first 30 rows is a header that the desk knows."
    assert fault.found == "“Name”, “Age”"


def test_the_dataset_is_found_from_the_files(published):
    published.csv("a.csv", [CRIME_HEADER, CRIME_ROW])
    release, (observations,) = published.read()
    assert release.dataset == "recorded-crime"
    assert "outcome" not in observations.rows
    assert list(observations.rows["recorded"]) == [12]


def test_of_two_datasets_that_fit_the_one_of_more_columns_is_taken(published, desk):
    datasets = dict(reversed(desk.datasets.items()))
    published.desk = dataclasses.replace(desk, datasets=datasets)
    published.csv("a.csv", [(*published.header, "Number of Offences"), (*published.row(), 1)])
    assert published.read()[0].dataset == "police-outcomes"


def test_the_same_code_may_stand_on_two_rows_of_a_table_that_is_not_dense(published):
    other = (*CRIME_ROW[:-1], 7)
    published.csv("a.csv", [CRIME_HEADER, CRIME_ROW, other])
    assert list(published.rows()["recorded"]) == [12, 7]


def test_rows_are_alike_by_chance_where_they_are_few_and_small(published):
    rows = [(*CRIME_ROW[:-1], 100 + at) for at in range(30)]
    small = (*CRIME_ROW[:-1], 1)
    published.csv("a.csv", [CRIME_HEADER, *rows, small, small])
    assert len(published.rows()) == 32


@pytest.mark.parametrize(("doubled", "count"), [(1, 250), (30, 1)])
def test_rows_that_are_alike_in_all_that_is_read_are_refused(published, doubled, count):
    rows = [(*CRIME_ROW[:-1], count + at) for at in range(30)]
    published.csv("a.csv", [CRIME_HEADER, *rows, *rows[:doubled]])
    fault = published.fault()
    assert fault.what == "A row stands twice in the table."
    assert "told_apart: [HEADER]" in fault.mend


def test_mixed_datasets(published):
    published.csv("crime.csv", [CRIME_HEADER, CRIME_ROW])
    published.csv("outcomes.csv", [published.header, published.row()])
    fault = published.fault()
    assert "mixed datasets" in fault.what
    assert fault.found == "recorded-crime: crime.csv; police-outcomes: outcomes.csv"
