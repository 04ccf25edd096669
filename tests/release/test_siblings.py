"""A table that double-counts is known by any one sign, and refused by name."""

from __future__ import annotations

import pytest

OUT = "Take it out of the release folder."


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("prc-outcomes-alternate-mar2020.csv", "the alternate outcomes table"),
        ("PRC-Subcode-mar2020.csv", "a subcode table"),
        ("prc-firearms-2020.csv", "a firearms, knife or supplementary-metrics table"),
        ("prc-outcomes-knife-2020.csv", "a firearms, knife or supplementary-metrics table"),
        ("supplementary-metrics.csv", "a firearms, knife or supplementary-metrics table"),
    ],
)
def test_by_its_file_name(published, name, table):
    published.csv(name, [published.header, published.row()])
    fault = published.fault()
    assert fault.what.startswith(f"This is {table}, which must not be read together with")
    assert (fault.file, fault.found, fault.mend) == (name, f"the file name “{name}”", OUT)


@pytest.mark.parametrize("header", ["Offence Subcode", "OFFENCE SUB-CODE"])
def test_by_a_header(published, header):
    published.csv("a.csv", [(*published.header, header), (*published.row(), "8/1")])
    fault = published.fault()
    assert "a subcode table" in fault.what
    assert fault.found == f"the header “{header}”"


def test_by_a_header_where_columns_are_missing_too(published):
    header = ("Subcode", *published.header[:-1])
    published.csv("a.csv", [header, ("8/1", *published.row()[:-1])])
    assert published.fault().found == "the header “Subcode”"


@pytest.mark.parametrize("code", ["1a", "2A"])
def test_by_an_outcome(published, code):
    published.csv("a.csv", [published.header, published.row(), published.row(outcome=code)])
    fault = published.fault()
    assert "the alternate outcomes table" in fault.what
    assert "types 1a, 2a and 3a" in fault.what
    assert fault.found == f"the outcome “{code}”"


def test_by_an_area(published):
    published.csv("a.csv", [published.header, published.row(), published.row("England & Wales")])
    assert published.fault().found == "the area “England & Wales”"


def test_by_its_file_name_where_it_has_no_data_sheet(published):
    published.xlsx("prc-outcomes-alternate.xlsx", {"Table 1": [["x"]]})
    assert published.fault().found == "the file name “prc-outcomes-alternate.xlsx”"
