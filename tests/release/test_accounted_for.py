"""Every sheet, file, row and mark of a release is read, or named; a mend that is followed works.

The counts are invented.
"""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import openpyxl
import pytest
import yaml
from test_reading import SHEET

from generator.model import Lack

OLD = Path(__file__).parents[1] / "fixtures" / "formats" / "old.xls"


def table(published, closed=7, forces=("Kent",), **of):
    return [published.header, *(published.row(force, closed=closed, **of) for force in forces)]


def follow(published, mend: str, **more: object) -> None:
    """Write what a mend says to write into release.yml."""
    _, _, lines = mend.partition("release.yml:\n")
    assert lines, mend
    said = yaml.safe_load(lines)
    text = yaml.safe_dump({"published": "2021-05-13", **said, **more})
    published.file("release.yml", text.replace("'2021-05-13'", "2021-05-13"))


def hide(path: Path, sheet: str) -> None:
    """Hide a sheet of a workbook."""
    book = openpyxl.load_workbook(path)
    book[sheet].sheet_state = "hidden"
    book.save(path)


def closed(published) -> list[int]:
    _, observed = published.read()
    return [int(number) for each in observed for number in each.rows["closed"]]


# Sheets and files


def test_a_hidden_sheet_of_the_usual_name_is_not_read_unasked(published):
    path = published.xlsx(
        "a.xlsx", {"Outcomes revised": table(published, 13), SHEET: table(published, 10)}
    )
    hide(path, SHEET)
    fault = published.fault()
    assert fault.found == f"“Outcomes revised”, “{SHEET}” (hidden)"
    follow(published, fault.mend)
    assert closed(published) == [13]


def test_a_sheet_with_the_header_and_another_name_is_asked_about(published):
    published.xlsx(
        "a.xlsx",
        {SHEET: table(published, 7), "Data_continued": table(published, 5, ["Surrey"])},
    )
    fault = published.fault()
    assert fault.found == f"“{SHEET}”, “Data_continued”"
    follow(published, fault.mend)
    assert closed(published) == [7, 5]


def test_a_hidden_sheet_alone_is_asked_about(published):
    path = published.xlsx("a.xlsx", {"Cover": [["x"]], SHEET: table(published)})
    hide(path, SHEET)
    fault = published.fault()
    assert fault.what == "The sheet with the table is hidden."
    follow(published, fault.mend)
    assert closed(published) == [7]


def test_a_sheet_that_is_chosen_and_not_there(published):
    published.xlsx("a.xlsx", {SHEET: table(published)})
    published.file("release.yml", "published: 2021-05-13\nsheets:\n  a.xlsx: [Other]\n")
    fault = published.fault()
    assert (fault.found, fault.expected) == ("“Other”", f"one of “{SHEET}”")


@pytest.mark.parametrize("line", ["sheets:\n  b.xlsx: [Other]", "whole: [b.xlsx]"])
def test_a_file_that_release_yml_speaks_of_and_that_is_not_there(published, line):
    published.xlsx("a.xlsx", {SHEET: table(published)})
    published.file("release.yml", f"published: 2021-05-13\n{line}\n")
    fault = published.fault()
    assert fault.what == "release.yml speaks of a file that the release does not have."
    assert "Did you mean a.xlsx" in fault.mend


def test_what_is_not_read_is_told(published, tmp_path):
    published.xlsx("a.xlsx", {"Cover": [["x"]], "Notes": [["y"]], SHEET: table(published)})
    published.file("guide.pdf", b"%PDF")
    for cache in (None, tmp_path / "cache", tmp_path / "cache"):
        release, _ = published.read(cache=cache)
        assert release.accounted == (
            "Not read, since they do not have the header of the table: sheets (with the number of "
            "workbooks) “Cover” (1), “Notes” (1).",
            "Not read, since they are no tables: guide.pdf.",
        )


def test_a_file_that_is_cut_short(published):
    both = ("Kent", "Surrey")
    published.csv("2017.csv", table(published, forces=both, year="2017/18"))
    published.csv("2018.csv", table(published, year="2018/19"))
    published.csv("2019.csv", table(published, forces=both, year="2019/20"))
    fault = published.fault()
    assert (fault.file, fault.found) == ("2018.csv", "nothing of Surrey Police")
    follow(published, fault.mend)
    assert len(closed(published)) == 5


def test_the_oldest_file_may_have_fewer_areas_and_the_newest_not(published):
    both = ("Kent", "Surrey")
    published.csv("2018.csv", table(published, year="2018/19"))
    published.csv("2019.csv", table(published, forces=both, year="2019/20"))
    assert len(closed(published)) == 3
    published.csv("2020.csv", table(published, year="2020/21"))
    assert published.fault().file == "2020.csv"


def test_a_table_that_ends_at_the_last_row_of_a_spreadsheet(published):
    rows = [published.row(code=str(code), closed=1) for code in range(65_535)]
    published.csv("a.csv", [published.header, *rows])
    fault = published.fault()
    assert (fault.row, fault.what) == (
        65_536,
        "The table ends at the last row that a spreadsheet holds: the rest may be lost.",
    )
    follow(published, fault.mend)
    assert sum(closed(published)) == 65_535


# Headers and names


@pytest.mark.parametrize(
    "note", [" [note 1]", " [1]", " (r)", "²", " [note 1, 2]", " [p] [note 3]", " *", "\u00a0[r]"]
)
def test_a_header_and_a_name_are_read_without_their_notes(published, note):
    header = [f"{name}{note}" for name in published.header]
    published.csv("a.csv", [header, published.row(f"Kent{note}"), published.row("Surrey")])
    assert list(published.rows()["area"]) == ["kent", "surrey"]


@pytest.mark.parametrize("name", ["Kent (UA)", "Kent\u00a0 [note 3]", "  Kent ", "KENT"])
def test_a_name_is_the_area_it_is(published, name):
    published.csv("a.csv", table(published, forces=[name]))
    assert list(published.rows()["area"]) == ["kent"]


def test_the_recorded_column_is_never_offered_for_the_closed_one(published):
    header = [*published.header[:-2], "Offences recorded in quarter", "Shut in the quarter"]
    published.csv("a.csv", [header, published.row()])
    fault = published.fault()
    assert fault.key == "closed"
    assert "Did you mean" not in fault.mend


def test_the_nearest_header_is_offered_and_following_it_reads_it(published, desk):
    header = [*published.header[:-1], "Outcomes for investigations closed in this quarter"]
    published.csv("a.csv", [header, published.row(closed=7, recorded=4)])
    fault = published.fault()
    assert f"Did you mean {header[-1]}?" in fault.mend
    dataset = desk.datasets["police-outcomes"]
    column = dataset.counts["closed"]
    longer = column.model_copy(update={"headers": (*column.headers, header[-1])})
    counts = {**dataset.counts, "closed": longer}
    with_header = dataset.model_copy(update={"counts": counts})
    published.desk = dataclasses.replace(desk, datasets={dataset.id: with_header})
    assert closed(published) == [7]


# Marks


def lacks(published) -> dict[str, int]:
    _, (observed,) = published.read()
    return dict(zip(observed.rows["area"], observed.rows["closed_missing"], strict=True))


@pytest.mark.parametrize("mark", ["NA", "[z]"])
def test_not_applicable_is_0_where_every_area_has_it(published, mark):
    published.csv("a.csv", table(published, mark, ["Kent", "Surrey"]))
    assert lacks(published) == {"kent": Lack.NOTHING, "surrey": Lack.NOTHING}


@pytest.mark.parametrize("mark", ["NA", "[z]"])
def test_not_applicable_is_missing_where_another_area_has_a_number(published, mark):
    rows = [*table(published, mark), published.row("Surrey", closed=5)]
    published.csv("a.csv", rows)
    assert lacks(published) == {"kent": Lack.MISSING, "surrey": Lack.NOTHING}
    release, _ = published.read()
    assert any("1 cells of Kent Police are marked" in each for each in release.assumed)


@pytest.mark.parametrize(
    ("mark", "lack"),
    [("[c]", Lack.SUPPRESSED), ("[x]", Lack.MISSING), ("N/A - data not provided", Lack.MARKED)],
)
def test_a_mark_says_what_a_cell_lacks(published, mark, lack):
    published.csv("a.csv", [*table(published, mark), published.row("Surrey")])
    assert lacks(published)["kent"] == lack


def test_how_many_cells_were_marked_is_told(published):
    rows = [*table(published, "7 [r]", ["Kent", "Surrey"]), published.row("Essex", closed="[c]")]
    published.csv("a.csv", rows)
    release, _ = published.read()
    assert release.accounted == (
        "closed: 1 cell marked “[c]”, withheld by the publisher: what needs such a cell is "
        "incomplete.",
        "closed: 2 cells marked “[r]”, revised: the number stands.",
    )


# Rows


def test_notes_below_a_table_end_it(published):
    notes = [["Source: Home Office"], [], ["[note 1] Figures are provisional."]]
    published.csv(
        "a.csv", [*table(published), *([*note, *[""] * (8 - len(note))] for note in notes)]
    )
    assert closed(published) == [7]
    release, _ = published.read()
    assert release.assumed[-1] == (
        "Below the table of a.csv stand notes: “Source: Home Office”; “[note 1] Figures are "
        "provisional.”."
    )


def test_a_header_that_comes_again_is_passed_over(published):
    published.csv("a.csv", [*table(published), *table(published, 5, ["Surrey"])])
    assert closed(published) == [7, 5]
    release, _ = published.read()
    assert "The header of a.csv comes again, in row 3." in release.assumed


def test_another_header_midway_is_one_fault(published):
    other = [*published.header[:-1], "Something else"]
    published.csv("a.csv", [*table(published), other, published.row("Surrey")])
    fault = published.fault()
    assert (fault.row, fault.what) == (3, "A header comes again midway, and is another one.")


def test_merged_names_are_filled_down_where_the_dataset_says_so(published, desk):
    rows = [
        published.header,
        *(published.row("Kent" if at == 1 else "", outcome=at) for at in (1, 2, 3)),
        *(published.row("Surrey" if at == 1 else "", outcome=at) for at in (1, 2, 3)),
    ]
    published.csv("a.csv", rows)
    fault = published.fault()
    assert "Write `fill_down: [area]` in config/datasets/police-outcomes.yml" in fault.mend
    dataset = desk.datasets["police-outcomes"].model_copy(update={"fill_down": ("area",)})
    published.desk = dataclasses.replace(desk, datasets={dataset.id: dataset})
    assert list(published.rows()["area"]) == ["kent"] * 3 + ["surrey"] * 3


@pytest.mark.parametrize("word", ["TOTAL", "Total", "All offences", "Grand total", "Sub-total"])
def test_a_row_that_adds_up_others_is_left_out(published, word):
    published.csv(
        "a.csv",
        [*table(published, 7), published.row(code="9", closed=5), published.row(code=word)],
    )
    assert closed(published) == [7, 5]
    release, _ = published.read()
    assert f"Left out, because they add up other rows: {word} (1 row)." in release.assumed


def test_a_code_by_another_name_that_adds_up_the_others_is_found_by_its_sums(published, desk):
    rows = [published.header]
    for force in ("Kent", "Surrey"):
        for quarter in (1, 2, 3, 4):
            counts = [7 + quarter, 5, 2 * quarter]
            codes = dict(zip(("1", "2", "3"), counts, strict=True)) | {"XX": sum(counts)}
            rows += [
                published.row(force, code=code, closed=count, quarter=quarter)
                for code, count in codes.items()
            ]
    published.csv("a.csv", rows)
    fault = published.fault()
    assert "add “XX” to `totals`" in fault.mend
    dataset = desk.datasets["police-outcomes"].model_copy(update={"totals": ("XX",)})
    published.desk = dataclasses.replace(desk, datasets={dataset.id: dataset})
    assert sum(closed(published)) == 2 * sum(7 + q + 5 + 2 * q for q in (1, 2, 3, 4))


# Formats


def test_an_old_workbook(published):
    shutil.copy(OLD, published.folder / "old.xls")
    _, (observed,) = published.read()
    assert list(observed.rows["closed"]) == [1204, 7]
    assert list(observed.rows["row"]) == [4, 5]


def test_a_workbook_with_macros_is_read_for_its_cells(published):
    path = published.xlsx("a.xlsx", {SHEET: table(published)})
    path.rename(path.with_suffix(".xlsm"))
    assert closed(published) == [7]
