"""Faults in published files: a run has to refuse them, or hold or exclude the areas they spoil."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_desk import RELEASE_YML
from tables import CLOSED, HEADER, Row, Rows, rows_of, write_csv

from generator.desk import load_desk
from generator.errors import NewscopyError
from generator.model import Level, Status
from generator.pipeline import draft
from generator.requests import Request

Change = Callable[[list[Row]], Sequence[Row]]


@dataclass(frozen=True)
class Spoilt:
    """A change to the published rows, and what the run has to say of it."""

    change: Change
    said: str
    area: str = "kent"


def set_cell(column: int, value: object, *, number: int = 40) -> Change:
    """Put another value in one row's column."""

    def change(rows: list[Row]) -> Sequence[Row]:
        row = list(rows[number])
        row[column] = value
        return [*rows[:number], tuple(row), *rows[number + 1 :]]

    return change


def of(force: str, year: str, quarter: int) -> Callable[[Row], bool]:
    """Tell whether a row is of a force's quarter of a financial year."""
    return lambda row: row[:3] == (year, quarter, force)


def scaled(which: Callable[[Row], bool], factor: float) -> Change:
    """Multiply the counts of some rows."""
    return lambda rows: [
        (*row[:6], int(row[6] * factor), int(row[7] * factor)) if which(row) else row  # type: ignore[call-overload]
        for row in rows
    ]


def without(which: Callable[[Row], bool]) -> Change:
    """Leave out some rows."""
    return lambda rows: [row for row in rows if not which(row)]


SPOILT = {
    "a missing quarter": Spoilt(
        without(of("Kent", "2019/20", 2)), "no rows for July to September 2019"
    ),
    "a missing quarter of this year": Spoilt(without(of("Kent", "2020/21", 2)), "no rows for"),
    "a quarter marked as not provided": Spoilt(
        lambda rows: [
            (*row[:7], "N/A - data not provided") if of("Kent", "2020/21", 2)(row) else row
            for row in rows
        ],
        "is marked as not provided",
    ),
    "a doubled row": Spoilt(lambda rows: [*rows, rows[40]], "twice"),
    "every row doubled": Spoilt(lambda rows: [*rows, *rows], "twice"),
    "a collapsed quarter outside the register": Spoilt(
        scaled(of("Kent", "2020/21", 2), 0.1), "in doubt: July to September 2020 has"
    ),
    "a spike outside the register": Spoilt(
        scaled(of("Kent", "2019/20", 2), 4), "in doubt: July to September 2019 has"
    ),
    "a force under a new name": Spoilt(
        set_cell(2, "Kent and Medway"), "knows no area of this name"
    ),
    "a misspelt force": Spoilt(set_cell(2, "Kemt"), "force|area"),
    "a total for everyone among the forces": Spoilt(set_cell(2, "England and Wales"), "."),
    "an outcome that nobody knows": Spoilt(set_cell(5, 99), "outcome"),
    "an alternate outcome": Spoilt(set_cell(5, "1a"), "outcome|alternate"),
    "a count with a fraction": Spoilt(set_cell(7, 12.5), "a count is a fraction"),
    "a count with a letter in it": Spoilt(set_cell(7, "12O"), "number"),
    "an empty count": Spoilt(set_cell(7, ""), "empty|blank|nothing"),
    "a quarter that is none": Spoilt(set_cell(1, 5), "quarter"),
    "a year that is none": Spoilt(set_cell(0, "2019/21"), "year"),
    "a count far below zero": Spoilt(set_cell(7, -90_000), "below zero|missing, late"),
    "no rows at all": Spoilt(lambda rows: [], "no rows"),
    "a renamed header": Spoilt(lambda rows: rows, "header|column"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_release_is_caught(
    name: str,
    small_desk: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    spoilt = SPOILT[name]
    header = HEADER
    if name == "a renamed header":
        header = (*HEADER[:7], "Outcomes for cases shut in the quarter")
    record_property("fault", name)
    said = run(small_desk, tmp_path, spoilt.change(list(rows_of(CLOSED))), header, spoilt.area)
    assert any(re.search(spoilt.said, each, re.IGNORECASE) for each in said), said


def test_a_file_published_twice_is_caught(
    small_desk: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("fault", "a file published twice")
    folder = publish(tmp_path, rows_of(CLOSED), HEADER)
    shutil.copy(folder / "outcomes.csv", folder / "outcomes-revised.csv")
    said = read(small_desk, folder, "kent")
    assert any("Two tables hold the same quarters" in each for each in said), said


def test_a_release_as_published_is_clean(small_desk: Path, tmp_path: Path) -> None:
    assert run(small_desk, tmp_path, rows_of(CLOSED), HEADER, "kent") == []


def run(desk: Path, folder: Path, rows: Rows, header: Row, area: str) -> list[str]:
    return read(desk, publish(folder, rows, header), area)


def publish(folder: Path, rows: Rows, header: Row) -> Path:
    release = folder / "release"
    release.mkdir()
    write_csv(release / "outcomes.csv", [header, *rows])
    (release / "release.yml").write_text(RELEASE_YML, encoding="utf-8")
    return release


def read(desk: Path, release: Path, area: str) -> list[str]:
    """Return why the run refuses the release, or holds, excludes or warns of an area's draft."""
    request = Request(release, stories=("victim-withdrawal",), areas=(area,))
    try:
        _, (written,) = draft(request, load_desk(desk))
    except NewscopyError as error:
        return [f"{fault.what} {fault.key}" for fault in error.faults]
    told = [problem.what for problem in written.problems if problem.level is not Level.NOTE]
    excluded = [written.facts.why] if written.status is Status.EXCLUDED else []
    gaps = [each.why for each in written.facts.excluded if each.area.id == area]
    return [*told, *excluded, *gaps]
