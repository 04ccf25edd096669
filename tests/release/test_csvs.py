"""A CSV is read record by record, and what is not proper CSV is said, with its row."""

from __future__ import annotations

import csv
import io

import pytest

from generator.release import csvs


def _text(rows, **dialect):
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")]
)
def test_another_separator(published, separator, name):
    table = [["Title"], published.header, published.row()]
    published.file("a.csv", _text(table, delimiter=separator))
    release, (observations,) = published.read()
    assert release.assumed[-1] == f"The values of a.csv are parted by {name}."
    assert list(observations.rows["row"]) == [3]


@pytest.mark.parametrize("ending", ["tsv", "tab", "TSV"])
def test_a_table_parted_by_tabs_has_an_ending_of_its_own(published, ending):
    published.file(f"a.{ending}", _text([published.header, published.row()], delimiter="\t"))
    assert len(published.rows()) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_where_the_file_begins_with_its_mark(published, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    text = _text([published.header, published.row("Kent")])
    published.file("a.csv", mark + text.encode(encoding))
    assert list(published.rows()["area"]) == ["kent"]


def test_windows_1252_with_the_mark_of_utf_8(published):
    header = [*published.header, "Détail"]
    text = _text([header, [*published.row(), "–"]])
    published.file("a.csv", b"\xef\xbb\xbf" + text.encode("cp1252"))
    assert len(published.rows()) == 1


@pytest.mark.parametrize("more", [[7], [""], [None, None]])
def test_a_row_that_is_too_long(published, more):
    table = [published.header, published.row(), [*published.row(outcome=2), *more]]
    published.csv("a.csv", table)
    fault = published.fault()
    assert fault.what == "A row has more or fewer values than the header."
    assert (fault.row, fault.found, fault.expected) == (3, f"{8 + len(more)} values", "8 values")


def test_rows_that_are_too_short(published):
    table = [published.header, published.row(), published.row()[:-1], published.row()[:-2]]
    published.csv("a.csv", table)
    fault = published.fault()
    assert (fault.row, fault.found) == (3, "7 values, and 2 such rows")


def test_a_line_break_in_a_cell_is_one_row(published):
    table = [published.header, published.row(code="8\nN"), published.row("Kentt")]
    published.csv("a.csv", table)
    assert published.fault().row == 3


def test_a_quotation_mark_that_is_not_closed(published):
    published.file("a.csv", _text([published.header, published.row()]) + '"2019/20,1,Kent\n')
    fault = published.fault()
    assert fault.what.startswith("The file is not proper CSV")
    assert "quotation mark" in fault.mend


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(published, end):
    published.file("a.csv", _text([published.header, published.row()], lineterminator=end))
    assert list(published.rows()["row"]) == [2]


def test_bytes_that_are_no_text(published):
    published.file("a.csv", b"PK\x03\x04\0\0\x81\x8d")
    fault = published.fault()
    assert "is not text in UTF-8, UTF-16 or Windows-1252" in fault.what
    assert "it may be a workbook" in fault.mend


def test_a_header_and_no_rows(published):
    published.csv("a.csv", [published.header, [], []])
    assert published.fault().what == "The table has a header and no rows."


def test_rows_past_one_chunk_keep_their_numbers(published, monkeypatch):
    monkeypatch.setattr(csvs, "CHUNK", 3)
    rows = [published.row(code=str(at)) for at in range(8)]
    published.csv("a.csv", [published.header, *rows[:4], [], *rows[4:]])
    read = published.rows()
    assert list(read["row"]) == [2, 3, 4, 5, 7, 8, 9, 10]
    assert list(read["offence_code"]) == [str(at) for at in range(8)]
