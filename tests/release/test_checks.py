"""Tables are checked as wholes and against each other."""

from __future__ import annotations

import pytest


def _table(published, *rows):
    return [published.header, *rows]


def test_the_same_quarter_in_two_files(published):
    part = [published.row(quarter=q) for q in (1, 2)]
    whole = [published.row(force, quarter=q) for force in ("Kent", "Surrey") for q in (1, 2, 3, 4)]
    published.csv("apr-to-sep.csv", _table(published, *part))
    published.csv("full-year.csv", _table(published, *whole))
    fault = published.fault()
    assert fault.what == "Two tables hold the same quarters: apr-to-sep.csv and full-year.csv."
    assert fault.found == "April to June 2019, July to September 2019 of kent"
    assert "part-year file is superseded" in fault.mend


def test_the_same_quarter_in_two_sheets(published):
    table = _table(published, published.row(), published.row("Surrey"))
    published.xlsx("a.xlsx", {"Outcomes open data 1": table, "Outcomes open data 2": table})
    fault = published.fault()
    assert "a.xlsx (Outcomes open data 1) and a.xlsx (Outcomes open data 2)" in fault.what
    assert fault.found == "April to June 2019 of 2 areas"


def test_a_quarter_may_be_shared_between_files_by_area(published):
    published.csv("kent.csv", _table(published, published.row("Kent")))
    published.csv("surrey.csv", _table(published, published.row("Surrey")))
    assert len(published.rows()) == 2


def test_a_doubled_row(published):
    rows = [published.row(outcome=1), published.row(outcome=2), published.row(outcome=1, closed=9)]
    published.csv("a.csv", _table(published, *rows))
    fault = published.fault()
    assert fault.what == "A row stands twice in the table."
    assert fault.row == 4
    assert fault.found == "rows 2 and 4, both for April to June 2019, kent, 8N, 1"


def test_doubled_rows_are_counted(published):
    rows = [published.row(outcome=code) for code in range(1, 6)]
    published.csv("a.csv", _table(published, *rows, *rows))
    assert published.fault().found.endswith("; 5 rows in all")


@pytest.mark.parametrize(
    "other", [{"quarter": 2}, {"code": "9A"}, {"outcome": 2}, {"force": "Surrey"}]
)
def test_rows_that_differ_are_not_doubled(published, other):
    published.csv("a.csv", _table(published, published.row(), published.row(**other)))
    assert len(published.rows()) == 2


def test_a_quarter_with_fewer_rows_than_most_is_left_out(published):
    kent = [published.row("Kent", outcome=code) for code in (1, 2, 3)]
    essex = [published.row("Essex", outcome=code) for code in (1, 2, 3)]
    surrey = [published.row("Surrey", outcome=code) for code in (1, 2)]
    dorset = [published.row("Dorset", outcome=code) for code in (1, 2, 3, 4)]
    later = [published.row(force, quarter=2) for force in ("Kent", "Surrey")]
    published.csv("a.csv", _table(published, *kent, *essex, *surrey, *dorset, *later))
    release, (observations,) = published.read()
    rows = observations.rows
    assert {8, 9}.isdisjoint(rows["row"])
    assert len(rows) == 3 + 3 + 4 + 2
    assert (
        "Surrey Police has only 2 of 3 rows for April to June 2019 in a.csv: that quarter is left "
        "out." in release.assumed
    )


def test_a_full_table_has_nothing_to_say(published):
    published.csv("a.csv", _table(published, published.row(), published.row("Surrey")))
    release, (observations,) = published.read()
    assert not observations.rows["closed_missing"].any()
    assert len(release.assumed) == 1


def test_publication_before_the_end_of_the_figures(published):
    published.csv("a.csv", _table(published, published.row(quarter=4)))
    published.file("release.yml", "published: 2020-03-31\n")
    fault = published.fault()
    assert (fault.file, fault.key) == ("release.yml", "published")
    assert fault.found == "2020-03-31, with figures for January to March 2020"
    published.file("release.yml", "published: 2020-04-01\n")
    assert len(published.rows()) == 1
