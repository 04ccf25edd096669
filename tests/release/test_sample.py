"""The sample release: published layout, published figures, and the same bytes every time."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from xml.etree import ElementTree
from zipfile import ZipFile

import oracle
import pytest
import yaml

from generator.desk import Desk, builtin_desk, load_desk
from generator.errors import FilingError, RequestError
from generator.release.sample import write_sample
from generator.release.sample_counts import apportion, split_among_offences

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORKBOOKS = {
    "prc-outcomes-open-data-mar2015-tables.xlsx": "Outcomes_open_data_2014-15",
    "prc-outcomes-open-data-mar2016-tables.xlsx": "Outcomes_open_data_2015-16",
    "prc-outcomes-open-data-mar2017-tables.xlsx": "Outcomes_open_data_2016-17",
    "prc-outcomes-open-data-mar2018-tables.xlsx": "Outcomes_open_data_2017-18",
    "prc-outcomes-open-data-mar2019-tables.xlsx": "Outcomes_open_data_2018-19",
    "prc-outcomes-open-data-mar2020-tables.xlsx": "Outcomes_open_data_2019_20",
    "prc-outcomes-open-data-apr2020-to-dec2020-tables.xlsx": "Outcomes open data 2020_21",
}
OUTCOME_TYPES = [*range(19), 20, 21, 22]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return load_desk(builtin_desk())


@pytest.fixture(scope="module")
def read(sample_release: Path) -> dict[str, list[oracle.Row]]:
    return oracle.read_tables(sample_release)


@pytest.fixture(scope="module")
def tables(read: dict[str, list[oracle.Row]]) -> dict[str, list[list[str]]]:
    """Every workbook's data sheet as text, "" for an empty cell."""
    return {name: [cells for _, cells in rows] for name, rows in read.items()}


@pytest.fixture(scope="module")
def counts(read: dict[str, list[oracle.Row]]) -> oracle.Counts:
    return oracle.counts_of(read)


@pytest.fixture(scope="module")
def figures(counts: oracle.Counts) -> oracle.Figures:
    return oracle.figures_of(counts)


def table(tables: dict[str, list[list[str]]], year: str) -> list[list[str]]:
    """The rows of one financial year, header and all: `mar2016` or `apr2020`."""
    (found,) = (rows for name, rows in tables.items() if f"-data-{year}" in name)
    return found


def below_header(rows: list[list[str]]) -> list[list[str]]:
    return rows[next(i for i, row in enumerate(rows) if row[0] == "Financial Year") + 1 :]


def files_in(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def write_small(folder: Path, desk: Desk, **more: int) -> tuple[Path, ...]:
    """A sample of two forces, quickly."""
    return write_sample(folder, desk.datasets["police-outcomes"], desk.forces[:2], **more)


# --- Layout -------------------------------------------------------------------------------


def test_a_workbook_for_each_financial_year_and_a_release_yml(sample_release: Path) -> None:
    assert files_in(sample_release).keys() == {*WORKBOOKS, "release.yml"}


def test_it_is_small(sample_release: Path) -> None:
    assert sum(path.stat().st_size for path in sample_release.iterdir()) < 6_000_000


@pytest.mark.parametrize(("file", "sheet"), WORKBOOKS.items())
def test_front_sheets_say_sample(sample_release: Path, file: str, sheet: str) -> None:
    with ZipFile(sample_release / file) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        names = [one.attrib["name"] for one in book.iter(f"{MAIN}sheet")]
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314
        notice = [item.findtext(f"{MAIN}t") for item in strings].index(
            "SAMPLE: synthetic counts, not published figures"
        )
        fronts = [archive.read(f"xl/worksheets/sheet{i}.xml") for i in (1, 2, 3)]
    assert names == ["Cover_sheet", "Notes", "Pivot", sheet]
    assert all(f't="s"><v>{notice}</v>'.encode() in front for front in fronts)


def test_release_yml(sample_release: Path) -> None:
    said = yaml.safe_load((sample_release / "release.yml").read_text(encoding="utf-8"))
    assert {key: str(value) for key, value in said.items()} == {
        "title": "SAMPLE (synthetic counts): Police recorded crime and outcomes open data tables",
        "published": "2021-05-13",
        "publisher": "Home Office",
        "source": "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
        "licence": "OGL-UK-3.0",
        "sample": "True",
    }


def test_dense(tables: dict[str, list[list[str]]], desk: Desk) -> None:
    for name, rows in tables.items():
        cells = Counter((row[2], row[1], row[3], row[8]) for row in below_header(rows))
        quarters = 3 if "dec2020" in name else 4
        assert len(cells) == len(desk.forces) * quarters * 3 * len(OUTCOME_TYPES)
        assert set(cells.values()) == {1}
        assert {int(outcome) for *_, outcome in cells} == set(OUTCOME_TYPES)


def test_every_force_is_spelt_as_the_desk_knows_it(
    tables: dict[str, list[list[str]]], desk: Desk
) -> None:
    known = {name for force in desk.forces for name in force.names}
    for rows in tables.values():
        spelt = {row[2] for row in below_header(rows)}
        assert len(spelt) == 44
        assert spelt <= known
        assert "London, City of" in spelt
    ampersand = {row[2] for row in below_header(table(tables, "mar2017"))}
    assert "Avon & Somerset" in ampersand
    assert "Avon and Somerset" not in ampersand


@pytest.mark.parametrize(
    ("year", "recorded", "closed"),
    [
        ("mar2015", "Force outcomes for offences recorded in quarter",
         "Force outcomes recorded in quarter"),
        ("mar2016", "Number of Outcomes for offences that were recorded in the quarter",
         "Number of Outcomes for investigations closed in the quarter"),
        ("apr2020", "Outcomes for offences that were recorded in the quarter",
         "Outcomes for investigations closed in the quarter"),
    ],
)  # fmt: skip
def test_headers_differ_between_editions(
    tables: dict[str, list[list[str]]], year: str, recorded: str, closed: str
) -> None:
    assert table(tables, year)[0] == [
        "Financial Year", "Financial Quarter", "Force Name", "Offence Code",
        "Offence Description", "Offence Group", "Offence Subgroup", "Offence code expired",
        "Outcome Type", "Outcome Description", "Outcome Group", recorded, closed,
    ]  # fmt: skip


def test_title_rows_above_the_header_in_one_year(tables: dict[str, list[list[str]]]) -> None:
    header_at = {
        name: next(i for i, row in enumerate(rows) if row[0] == "Financial Year")
        for name, rows in tables.items()
    }
    assert [at for at in header_at.values() if at] == [2]


def test_quarters_are_numbers_and_in_one_year_not(tables: dict[str, list[list[str]]]) -> None:
    assert {row[1] for row in below_header(table(tables, "mar2020"))} == {"1", "2", "3", "4"}
    assert {row[1] for row in below_header(table(tables, "apr2020"))} == {"Q1", "Q2", "Q3"}


def test_whole_numbers_are_number_cells(sample_release: Path) -> None:
    with ZipFile(sample_release / "prc-outcomes-open-data-mar2015-tables.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet4.xml").decode()
    second = sheet[sheet.index('<row r="2"') : sheet.index('<row r="3"')]
    assert '<c r="B2"><v>1</v></c>' in second
    assert '<c r="I2"><v>0</v></c>' in second


def test_marks(tables: dict[str, list[list[str]]]) -> None:
    marks: Counter[tuple[str, str, str]] = Counter()
    for name, rows in tables.items():
        for row in below_header(rows):
            *_, outcome, _, _, recorded, closed = row
            expired = row[7] == "x"
            assert (closed == "N/A") == (outcome == "0")
            assert recorded.startswith("N/A - Offence") == expired
            if recorded == "N/A - data not provided":
                marks[name, recorded, row[2]] += 1
            elif recorded.startswith("N/A"):
                marks[name, recorded, ""] += 1
    not_provided = {key[2] for key in marks if key[1] == "N/A - data not provided"}
    assert not_provided == {
        "Bedfordshire", "British Transport Police", "Cumbria", "Dyfed-Powys", "Hertfordshire",
        "Leicestershire", "Metropolitan Police", "South Yorkshire",
    }  # fmt: skip
    years = {key[0] for key in marks if key[1] == "N/A - data not provided"}
    assert years == {"prc-outcomes-open-data-mar2015-tables.xlsx"}
    assert {key[1] for key in marks if not key[2]} == {
        "N/A - Offence code expired",
        "N/A - Offence Code Expired",
    }


def test_small_negative_cells_made_up_elsewhere(
    tables: dict[str, list[list[str]]], counts: oracle.Counts
) -> None:
    cells = [
        int(row[12]) for rows in tables.values() for row in below_header(rows) if row[8] != "0"
    ]
    negative = [count for count in cells if count < 0]
    assert 20 <= len(negative) <= len(cells) // 100
    assert min(negative) >= -4
    assert all(
        count >= 0
        for of_area in counts.values()
        for of_quarter in of_area.values()
        for count in (of_quarter or {}).values()
    )


def test_outcomes_20_to_22_begin_in_2015_16(counts: oracle.Counts) -> None:
    new = {
        quarter
        for of_area in counts.values()
        for quarter, of_quarter in of_area.items()
        if of_quarter and any(of_quarter[outcome] for outcome in (20, 21, 22))
    }
    assert min(new) == (2015, 2)


def test_recorded_is_another_basis(
    read: dict[str, list[oracle.Row]], counts: oracle.Counts
) -> None:
    recorded = oracle.counts_of(read, "recorded")
    assert recorded["Kent"][2020, 4] != counts["Kent"][2020, 4]


# --- Counts -------------------------------------------------------------------------------


def test_greater_manchester_collapses_without_a_mark(counts: oracle.Counts) -> None:
    closed = {
        quarter: sum((of_quarter or {}).values())
        for quarter, of_quarter in counts["Greater Manchester"].items()
    }
    assert [closed[quarter] for quarter in ((2019, 3), (2019, 4), (2020, 1))] == [284, 11, 4]
    assert closed[2019, 2] > 60_000
    assert closed[2020, 2] > 60_000


def test_no_other_quarter_stands_out(counts: oracle.Counts) -> None:
    """Closed, and each measure of the stories, against four quarters on either side."""
    measures = {"closed": OUTCOME_TYPES, "withdrawn": [14, 16], "identified": [16], "charged": [1]}
    for area, of_area in counts.items():
        quarters = [q for q in sorted(of_area) if q not in oracle.GAPS.get(area, ())]
        for measure, outcomes in measures.items():
            values = [
                sum((of_area[q] or {}).get(outcome, 0) for outcome in outcomes) for q in quarters
            ]
            for at, value in enumerate(values):
                usual = median(values[max(0, at - 4) : at] + values[at + 1 : at + 5])
                assert 0.7 <= value / usual <= 1.3, (area, measure, quarters[at])


def forces_with(
    figures: oracle.Figures, *, rate: bool, number: bool, on_2019: str
) -> Iterator[str]:
    """Forces by their records of 2020 and by how the printed rate moved on 2019."""
    for area in {area for area, _, _ in figures} - {oracle.NATION}:
        now, before = figures[area, "rate", "2020"], figures[area, "rate", "2019"]
        if now is None or before is None:
            continue
        moved = printed(now) - printed(before)
        if (
            oracle.is_record_high(figures, area, "rate", "2020") == rate
            and oracle.is_record_high(figures, area, "withdrawn", "2020") == number
            and ("up" if moved > 0 else "down" if moved < 0 else "level") == on_2019
        ):
            yield area


def printed(share: int | Fraction) -> Fraction:
    """A share in per cent to one decimal place, half up."""
    return Fraction(int(Fraction(share) * 1000 + Fraction(1, 2)), 10)


def test_the_kinds_of_draft(figures: oracle.Figures) -> None:
    both = set(forces_with(figures, rate=True, number=True, on_2019="up"))
    assert len(both) == 25
    assert "Derbyshire" in both
    assert set(forces_with(figures, rate=True, number=False, on_2019="up")) == {
        "Cumbria", "Dorset", "Gwent", "Hertfordshire", "South Wales", "Surrey",
    }  # fmt: skip
    assert set(forces_with(figures, rate=False, number=True, on_2019="up")) == {
        "Humberside", "Kent", "Lincolnshire",
    }  # fmt: skip
    assert set(forces_with(figures, rate=False, number=False, on_2019="up")) == {
        "Essex", "Norfolk", "Northumbria", "Warwickshire",
    }  # fmt: skip
    assert set(forces_with(figures, rate=False, number=False, on_2019="down")) == {
        "Cambridgeshire", "Dyfed-Powys", "Lancashire",
    }  # fmt: skip
    level = set(forces_with(figures, rate=False, number=False, on_2019="level"))
    assert level == {"Suffolk", "Wiltshire"}
    for area in level:  # they print alike and are not the same
        assert figures[area, "rate", "2020"] != figures[area, "rate", "2019"]


def test_above_below_and_level_with_the_nation(figures: oracle.Figures) -> None:
    nation = printed(figures[oracle.NATION, "rate", "2020"] or 0)
    rates = {
        area: printed(value)
        for (area, measure, period), value in figures.items()
        if (measure, period) == ("rate", "2020") and value is not None and area != oracle.NATION
    }
    assert {area for area, rate in rates.items() if rate == nation} == {
        "Nottinghamshire", "Sussex",
    }  # fmt: skip
    assert sum(rate > nation for rate in rates.values()) >= 10
    assert sum(rate < nation for rate in rates.values()) >= 10


def test_charges_are_at_a_record_low_in_most_forces_not_all(figures: oracle.Figures) -> None:
    nation = [figures[oracle.NATION, "charge_rate", str(year)] for year in (2015, 2020)]
    assert [round(float(rate or 0) * 100) for rate in nation] == [16, 8]
    areas = {area for area, _, _ in figures} - {oracle.NATION, "Greater Manchester"}
    low = {area for area in areas if oracle.is_record_low(figures, area, "charge_rate", "2020")}
    assert areas - low == {
        "Cambridgeshire", "Dyfed-Powys", "Humberside", "Merseyside", "South Wales", "Suffolk",
    }  # fmt: skip


@pytest.mark.parametrize(("measure", "highest"), [("rate", True), ("charge_rate", False)])
def test_no_record_is_hidden_by_rounding(
    figures: oracle.Figures, measure: str, highest: bool
) -> None:
    for area in {area for area, _, _ in figures} - {"Greater Manchester"}:
        of_area = [Fraction(figures[area, measure, str(year)] or 0) for year in range(2015, 2021)]
        best = max if highest else min
        if of_area[-1] == best(of_area):
            assert printed(of_area[-1]) != printed(best(of_area[:-1])), area


# --- Writing ------------------------------------------------------------------------------


def test_the_same_bytes_on_any_machine(sample_release: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from generator.desk import builtin_desk, load_desk\n"
        "from generator.release.sample import write_sample\n"
        "desk = load_desk(builtin_desk())\n"
        "write_sample(Path(sys.argv[1]), desk.datasets['police-outcomes'], desk.forces)\n"
    )
    elsewhere = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    folder = tmp_path / "elsewhere"
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, env=elsewhere)
    assert files_in(folder) == files_in(sample_release)


def test_the_seed_decides_the_counts(desk: Desk, tmp_path: Path) -> None:
    write_small(tmp_path / "one", desk, seed=1)
    write_small(tmp_path / "again", desk, seed=1)
    write_small(tmp_path / "two", desk, seed=2)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "again")
    assert files_in(tmp_path / "one") != files_in(tmp_path / "two")


def test_more_offence_codes_change_the_size(desk: Desk, tmp_path: Path) -> None:
    outcomes = desk.datasets["police-outcomes"]
    files = write_sample(tmp_path, outcomes, desk.forces[:1], offence_codes=25)
    assert files[-1] == tmp_path / "release.yml"
    rows = [row for _, row in oracle.workbook_rows(files[0])]
    assert len({row[3] for row in below_header(rows)}) == 26
    assert len(below_header(rows)) == 4 * 26 * len(OUTCOME_TYPES)


def test_a_desk_may_have_other_forces(desk: Desk, tmp_path: Path) -> None:
    island = desk.forces[0].model_copy(update={"id": "jersey", "names": ("Jersey",)})
    write_sample(tmp_path, desk.datasets["police-outcomes"], (island, *desk.forces[5:8]))
    assert "Jersey" in oracle.read_counts(tmp_path)


def test_an_earlier_sample_is_written_over(desk: Desk, tmp_path: Path) -> None:
    write_small(tmp_path, desk, seed=1)
    (tmp_path / ".DS_Store").write_bytes(b"")
    before = files_in(tmp_path)
    write_small(tmp_path, desk, seed=2)
    assert files_in(tmp_path).keys() == before.keys()
    assert files_in(tmp_path) != before


def test_other_files_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    write_small(tmp_path, desk)
    (tmp_path / "my notes.txt").write_text("mine")
    before = files_in(tmp_path)
    with pytest.raises(FilingError) as caught:
        write_small(tmp_path, desk, seed=2)
    (fault,) = caught.value.faults
    assert fault.found == "my notes.txt"
    assert "empty folder" in fault.mend
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    "particulars",
    [None, "published: 2021-05-13\n", "sample: false\n", "sample: 'yes'\n", "a: [", "x"],
)
def test_a_real_release_is_left_alone(desk: Desk, tmp_path: Path, particulars: str | None) -> None:
    real = tmp_path / "prc-outcomes-open-data-mar2015-tables.xlsx"
    real.write_bytes(b"as published")
    if particulars is not None:
        (tmp_path / "release.yml").write_text(particulars)
    with pytest.raises(FilingError, match="not an earlier sample"):
        write_small(tmp_path, desk)
    assert real.read_bytes() == b"as published"


def test_a_file_in_the_way(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sample").write_text("a file")
    with pytest.raises(FilingError) as caught:
        write_small(tmp_path / "sample", desk)
    assert caught.value.faults[0].mend.startswith("Name a folder that you may write to")


def test_a_workbook_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "release.yml").write_text("sample: true\n")
    (tmp_path / "prc-outcomes-open-data-mar2015-tables.xlsx").mkdir()
    with pytest.raises(FilingError, match="The sample cannot be written"):
        write_small(tmp_path, desk)


def test_there_is_no_sample_of_another_dataset(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no sample of recorded-crime"):
        write_sample(tmp_path, desk.datasets["recorded-crime"], desk.forces)
    assert not list(tmp_path.iterdir())


# --- Parts --------------------------------------------------------------------------------


def test_apportion_is_exact_and_fair() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(7, [0, 2, 1]) == [0, 5, 2]
    assert apportion(0, [3, 4]) == [0, 0]
    assert apportion(0, [0, 0]) == [0, 0]


def test_split_among_offences_keeps_the_sum() -> None:
    rng = Random(1)  # noqa: S311
    splits = [split_among_offences(1000, [55, 41, 4], rng) for _ in range(500)]
    assert {sum(split) for split in splits} == {1000}
    assert any(min(split) < 0 for split in splits)
