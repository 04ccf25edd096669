"""Bad input ends with status 1, the place and the mend, and leaves an earlier run as it was."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tables import CLOSED, HEADER, rows_of, write_csv, write_xlsx

GOOD = [HEADER, *rows_of(CLOSED)]
SHEET = "Outcomes_open_data_2020_21"
OUTCOMES = "config/datasets/police-outcomes.yml"
CHARGED = "templates/charged/article.md.j2"


def _with_cell(column: str, text: str) -> Callable[[Path], None]:
    """Return what publishes a table with another text in its row 5."""

    def publish(folder: Path) -> None:
        row = list(GOOD[4])
        row[HEADER.index(column)] = text
        write_csv(folder / "table.csv", [*GOOD[:4], tuple(row), *GOOD[5:]])

    return publish


def _truncated(folder: Path) -> None:
    write_xlsx(folder / "table.xlsx", {SHEET: GOOD})
    whole = (folder / "table.xlsx").read_bytes()
    (folder / "table.xlsx").write_bytes(whole[: len(whole) // 2])


def _password_protected(folder: Path) -> None:
    start = bytes.fromhex("d0cf11e0a1b11ae1")
    (folder / "table.xlsx").write_bytes(start + bytes(2000))


def _no_data_sheet(folder: Path) -> None:
    write_xlsx(folder / "table.xlsx", {"Contents": [("About these tables",)], "Notes": [("See",)]})


def _missing_column(folder: Path) -> None:
    at = HEADER.index("Outcome Type")
    write_csv(folder / "table.csv", [(*row[:at], *row[at + 1 :]) for row in GOOD])


def _mixed_datasets(folder: Path) -> None:
    write_csv(folder / "table.csv", GOOD)
    header = ("Financial Year", "Financial Quarter", "Force Name", "Offence Code", "Offence Group")
    row = ("2019/20", 1, "Kent", "8N", "Robbery", 5)
    write_csv(folder / "recorded.csv", [(*header, "Number of Offences"), row])


def _climbing_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "table.zip", "w") as archive:
        archive.writestr("../../table.csv", "Financial Year\n")


def _nothing(_: Path) -> None: ...


BAD_RELEASES = {
    "an empty folder": (_nothing, ["bad", "no files", "at least one published table", ".csv"]),
    "a truncated workbook": (_truncated, ["table.xlsx", "cut short", "Download it again."]),
    "a workbook with a password": (
        _password_protected, ["table.xlsx", "password-protected", "without a password"],
    ),
    "no data sheet": (_no_data_sheet, ["table.xlsx", "“Contents”", "config/datasets"]),
    "a missing column": (
        _missing_column, ["table.csv, row 1, outcome", "“Outcome Type”", OUTCOMES],
    ),
    "text in a count": (
        _with_cell(HEADER[-1], "lots"), ["table.csv, row 5", "lots", "a whole number", OUTCOMES],
    ),
    "an unknown force": (
        _with_cell("Force Name", "Northumbira"),
        ["table.csv, row 5", "Northumbira", "config/forces.yml", "- id: northumbria"],
    ),
    "an unknown outcome": (
        _with_cell("Outcome Type", "19"), ["table.csv, row 5", "19", f"`outcomes:` in {OUTCOMES}"],
    ),
    "an unknown mark": (
        _with_cell(HEADER[-1], "N/A - pending"),
        ["table.csv, row 5", "N/A - pending", f"`marks:` in {OUTCOMES}"],
    ),
    "an unknown quarter": (
        _with_cell("Financial Quarter", "5"), ["table.csv, row 5", "1 to 4", "adds up others"],
    ),
    "mixed datasets": (
        _mixed_datasets, ["table.csv", "recorded.csv", "a release folder of its own"],
    ),
    "a climbing zip": (_climbing_zip, ["table.zip", "../../table.csv", "download it again"]),
}  # fmt: skip
BAD_DESKS = {
    "a story with an unknown measure": (
        "config/stories/charged.yml", "lead: rate", "lead: ratio",
        ["config/stories/charged.yml, line {line}, lead", "ratio", "Did you mean rate?"],
    ),
    "a story with an unknown count": (
        "config/stories/charged.yml", "count: closed", "count: close",
        ["config/stories/charged.yml, line {line}, measures.closed.count", "Did you mean closed?"],
    ),
    "a template with an undefined name": (
        CHARGED, "{{ release.publisher }} data", "{{ realease.publisher }} data",
        [CHARGED + ", line {line}\n", "`realease` is not defined", "mean release or areas?"],
    ),
    "a template with a syntax error": (
        CHARGED, "{% if rate.figure %}", "{% if rate.figure",
        [f"{CHARGED}, line ", "syntax error", "needs its end"],
    ),
    "a claim that does not hold": (
        CHARGED, "{{ release.publisher }} data",
        "{% claim rate.record_high %}At a record{% endclaim %}, {{ release.publisher }} data",
        [CHARGED + ", line {line}\n", "rate/2020/record_high does not hold here", "{% if %}"],
    ),
}  # fmt: skip


@pytest.fixture
def filed(newscopy, good_output, tree):
    """Lay out a good run's output, and check at the end that it is the same to the byte."""
    shutil.copytree(good_output, newscopy.output)
    before = tree(newscopy.output)
    assert len(before) > 8 * 5
    yield newscopy
    assert tree(newscopy.output) == before


def _assert_refused(ran, told: list[str]) -> None:
    assert (ran.status, ran.out) == (1, "")
    for words in told:
        assert words in ran.err
    assert "  mend:     " in ran.err
    assert ran.err.endswith("nothing was written.\n")


@pytest.mark.parametrize(("publish", "told"), BAD_RELEASES.values(), ids=BAD_RELEASES)
def test_a_bad_release(filed, tmp_path, publish, told):
    folder = tmp_path / "bad"
    folder.mkdir()
    publish(folder)
    _assert_refused(filed("run", folder, "--jobs", "1"), told)


def test_no_such_folder(filed):
    _assert_refused(filed("run", "releases/2021"), ["releases/2021", "no such file or folder"])


@pytest.mark.parametrize(("name", "old", "new", "told"), BAD_DESKS.values(), ids=BAD_DESKS)
def test_a_bad_desk(filed, name, old, new, told):
    line = str(filed.change(name, old, new))
    _assert_refused(filed("run"), [words.replace("{line}", line) for words in told])


def test_every_fault_of_a_release_is_told_at_once(filed, tmp_path):
    (tmp_path / "bad").mkdir()
    rows = [list(row) for row in GOOD]
    rows[1][2], rows[2][5], rows[3][7] = "Narnia", "19", "lots"
    write_csv(tmp_path / "bad" / "table.csv", [tuple(row) for row in rows])
    told = ["table.csv, row 2", "table.csv, row 3", "table.csv, row 4", "3 faults; nothing"]
    _assert_refused(filed("run", tmp_path / "bad"), told)


@pytest.mark.parametrize(
    ("output", "into"),
    [
        ("releases/2021-05-13-table", "the release"),
        ("releases/2021-05-13-table/deep/out", "the release"),
        ("here/../releases/2021-05-13-table/out", "the release"),
        ("releases/out", "the desk's releases"),
        ("config", "the desk's config"),
        ("templates/out", "the desk's templates"),
        (".", "a desk"),
        ("../other", "a desk"),
    ],
)
def test_drafts_are_not_filed_into_what_is_read(newscopy, tree, output, into):
    for part in ("config", "templates"):
        (newscopy.folder.parent / "other" / part).mkdir(parents=True)
    before = tree(newscopy.folder)
    status, out, err = newscopy("run", "releases/2021-05-13-table", "--output", output)
    assert (status, out) == (1, "")
    assert f"Drafts cannot be filed into {into}" in err
    assert tree(newscopy.folder) == before


def test_an_output_without_a_name_is_refused(newscopy):
    status, _, err = newscopy("run", "--output", "")
    assert status == 1
    assert "The place has no name." in err
