"""The real release in other layouts: harmless changes move no figure, harmful ones reach no reader.

A harmful change ends in a message, in a figure that is not given, in a held draft, or in the same
figures. `NEWSCOPY_SEEDS=1000` tries as many of each; a few are tried otherwise.
"""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from building import desk
from reference import MAKER, shared_file

from generator.errors import NewscopyError
from generator.model import Facts, Status
from generator.pipeline import draft, measure_release
from generator.requests import Request

pytestmark = pytest.mark.shared

SEEDS = int(os.environ.get("NEWSCOPY_SEEDS", "8"))
TO_2020 = ("--last", "2020/21", "--last-quarter", "3", "--published", "2021-05-13")
YEAR, QUARTER, FORCE, CODE, GROUP, OUTCOME, CLOSED = 0, 1, 2, 3, 5, 7, 11
Row = list[object]
Figures = dict[tuple[str, str], object]
Record = Callable[[str, object], None]


@dataclass(frozen=True)
class Published:
    """A file as it is to be written: its rows below the header, and how."""

    name: str
    sheet: str
    header: Row
    rows: list[Row]
    above: tuple[Row, ...] = ()
    below: tuple[Row, ...] = ()
    kind: str = "xlsx"
    cover_last: bool = False


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Published]:
    maker = shared_file(MAKER.with_name("real_release.py"))
    folder = tmp_path_factory.mktemp("real")
    subprocess.run([sys.executable, maker, folder, *TO_2020], check=True, capture_output=True)
    files = []
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        sheet = book[book.sheetnames[-1]]
        header, *rows = (list(row) for row in sheet.iter_rows(values_only=True))
        files.append(Published(path.stem, sheet.title, header, rows))
    return files


@pytest.fixture(scope="module")
def truth(published: list[Published], tmp_path_factory: pytest.TempPathFactory) -> Figures:
    figures = tell(published, tmp_path_factory.mktemp("truth"))
    assert isinstance(figures, dict)
    assert figures["kent", "closed"] == 173_268
    return figures


def write(files: list[Published], folder: Path) -> Path:
    release = folder / "release"
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir()
    for file in files:
        table = [*file.above, file.header, *file.rows, *file.below]
        if file.kind == "xlsx":
            _write_workbook(release / f"{file.name}.xlsx", file, table)
            continue
        separator, encoding, ending = TEXTS[file.kind]
        text = io.StringIO(newline="")
        width = max(map(len, table))
        padded = [[*row, *[""] * (width - len(row))] for row in table]
        csv.writer(text, delimiter=separator).writerows(padded)
        (release / f"{file.name}.{ending}").write_bytes(text.getvalue().encode(encoding))
    (release / "release.yml").write_text("published: 2021-05-13\n", encoding="utf-8")
    return release


TEXTS = {
    "csv": (",", "utf-8", "csv"),
    "csv with a mark": (",", "utf-8-sig", "csv"),
    "semicolons": (";", "cp1252", "csv"),
    "tabs": ("\t", "utf-16", "tsv"),
}


def _write_workbook(path: Path, file: Published, table: list[Row]) -> None:
    book = xlsxwriter.Workbook(path)
    sheets = [("Cover_sheet", [["Notes"]]), (file.sheet, table)]
    for title, rows in reversed(sheets) if file.cover_last else sheets:
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value)
    book.close()


def tell(files: list[Published], folder: Path) -> Figures | NewscopyError:
    """Return every area's counts of 2020, or why the release is refused."""
    request = Request(write(files, folder), stories=("charged",))
    try:
        _, facts = measure_release(request, [desk().stories["charged"]], desk())
    except NewscopyError as error:
        return error
    return {(each.area.id, name): _value(each, name) for each in facts for name in each.measures}


def _value(facts: Facts, name: str) -> object:
    figure = facts.measures[name].figure
    return None if figure is None or facts.incomplete else figure.value


# What changes nothing


def columns_in_another_order(file: Published, rng: random.Random) -> Published:
    order = list(range(len(file.header)))
    rng.shuffle(order)
    moved = [[row[at] for at in order] for row in file.rows]
    return replace(file, header=[file.header[at] for at in order], rows=moved)


def titles_above(file: Published, rng: random.Random) -> Published:
    above = [["Crime outcomes"], [], ["Published on a Thursday"]][: rng.randint(1, 3)]
    return replace(file, above=tuple(above))


def notes_below(file: Published, rng: random.Random) -> Published:
    blank: list[Row] = [[]] * rng.randint(0, 2)
    return replace(file, below=(*blank, ["Source: Home Office"], ["[note 1] Provisional."]))


def blank_rows(file: Published, rng: random.Random) -> Published:
    rows = list(file.rows)
    for _ in range(rng.randint(1, 5)):
        rows.insert(rng.randrange(len(rows)), [None] * len(file.header))
    return replace(file, rows=rows)


def marks_after_numbers(file: Published, rng: random.Random) -> Published:
    mark = rng.choice([" [r]", "[p]", " (R)", " [e]"])
    return each_cell(file, CLOSED, lambda cell: f"{cell}{mark}", rng)


def thousands_parted(file: Published, rng: random.Random) -> Published:
    sign = rng.choice([",", " ", "\u00a0"])
    return each_cell(file, CLOSED, lambda cell: f"{cell:,}".replace(",", sign), rng)


def notes_in_headers(file: Published, rng: random.Random) -> Published:
    note = rng.choice([" [note 1]", " [1]", "²", " (r)", "  [note 1, 2]"])
    return replace(file, header=[f"{name}{note}" for name in file.header])


def names_spelt_otherwise(file: Published, rng: random.Random) -> Published:
    change = rng.choice(
        [
            str.upper,
            lambda name: f"{name} [note 3]",
            lambda name: name.replace(" ", "\u00a0 "),
            lambda name: name.replace(" and ", " & "),
        ]
    )
    return each_cell(file, FORCE, lambda cell: change(str(cell)), rng)


def groups_and_codes_spelt_otherwise(file: Published, rng: random.Random) -> Published:
    return each_cell(each_cell(file, GROUP, _lower, rng), CODE, _lower, rng)


def codes_as_decimals(file: Published, rng: random.Random) -> Published:
    return each_cell(file, OUTCOME, lambda cell: f"{cell}.0", rng)


def quarters_with_a_letter(file: Published, rng: random.Random) -> Published:
    return each_cell(file, QUARTER, lambda cell: f"Q{cell}", rng)


def another_format(file: Published, rng: random.Random) -> Published:
    return replace(file, kind=rng.choice(list(TEXTS)))


def sheets_in_another_order(file: Published, rng: random.Random) -> Published:
    del rng
    return replace(file, cover_last=True)


def rows_in_another_order(file: Published, rng: random.Random) -> Published:
    rows = list(file.rows)
    rng.shuffle(rows)
    return replace(file, rows=rows)


def each_cell(
    file: Published, column: int, change: Callable[[object], object], rng: random.Random
) -> Published:
    """Change some cells of a column, or all of them; those of blank rows stay blank."""
    share = rng.choice([0.1, 1.0])

    def changed(at: int, cell: object) -> object:
        is_one = at == column and cell is not None and rng.random() < share
        return change(cell) if is_one else cell

    rows = [[changed(at, cell) for at, cell in enumerate(row)] for row in file.rows]
    return replace(file, rows=rows)


def _lower(cell: object) -> object:
    return str(cell).casefold()


HARMLESS = (
    titles_above, notes_below, blank_rows, thousands_parted, marks_after_numbers, notes_in_headers,
    names_spelt_otherwise, groups_and_codes_spelt_otherwise, codes_as_decimals,
    quarters_with_a_letter, another_format, sheets_in_another_order, rows_in_another_order,
    columns_in_another_order,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_harmless_change_moves_no_figure(
    seed: int,
    published: list[Published],
    truth: Figures,
    tmp_path: Path,
    record_property: Record,
) -> None:
    rng = random.Random(f"harmless {seed}")  # noqa: S311 - the same changes each time
    changes = rng.sample(HARMLESS, k=rng.randint(1, 3))
    changes.sort(key=HARMLESS.index)  # columns are found by their places until they are moved
    files = list(published)
    for at in rng.sample(range(len(files)), k=rng.randint(1, len(files))):
        for change in changes:
            files[at] = change(files[at], rng)
    names = ", ".join(change.__name__.replace("_", " ") for change in changes)
    record_property("a harmless change", names)
    told = tell(files, tmp_path)
    assert not isinstance(told, NewscopyError), f"{names}: {told}"
    moved = {key for key in truth if told[key] != truth[key]}
    assert moved == set(), names


# What would change a figure


def a_row_dropped(file: Published, at: int, rng: random.Random) -> Published:
    del rng
    return replace(file, rows=[*file.rows[:at], *file.rows[at + 1 :]])


def a_row_doubled(file: Published, at: int, rng: random.Random) -> Published:
    place = rng.randrange(len(file.rows))
    return replace(file, rows=[*file.rows[:place], file.rows[at], *file.rows[place:]])


def a_sheet_renamed(file: Published, at: int, rng: random.Random) -> Published:
    del at
    return replace(file, sheet=rng.choice(["Outcomes revised", "Data", "Table 1"]))


def a_code_respelt(file: Published, at: int, rng: random.Random) -> Published:
    return put(file, at, OUTCOME, rng.choice(["1x", "Charged", "01", "10"]))


def a_name_respelt(file: Published, at: int, rng: random.Random) -> Published:
    name = str(file.rows[at][FORCE])
    return put(file, at, FORCE, rng.choice([name[:-1], f"{name} total", name[::-1], ""]))


def a_count_gone(file: Published, at: int, rng: random.Random) -> Published:
    return put(file, at, CLOSED, rng.choice(["", "NA", "[c]", "[x]", "-", "..", "#REF!"]))


def a_year_of_another(file: Published, at: int, rng: random.Random) -> Published:
    return put(file, at, YEAR, rng.choice(["2013/14", "2020", "Total", "2019/21"]))


def put(file: Published, at: int, column: int, value: object) -> Published:
    row = list(file.rows[at])
    row[column] = value
    return replace(file, rows=[*file.rows[:at], row, *file.rows[at + 1 :]])


HARMFUL = (
    a_row_dropped, a_row_doubled, a_sheet_renamed, a_code_respelt, a_name_respelt, a_count_gone,
    a_year_of_another,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_harmful_change_reaches_no_reader(
    seed: int,
    published: list[Published],
    truth: Figures,
    tmp_path: Path,
    record_property: Record,
) -> None:
    rng = random.Random(f"harmful {seed}")  # noqa: S311 - the same changes each time
    change = rng.choice(HARMFUL)
    files = list(published)
    which = rng.choice([len(files) - 1, len(files) - 2])  # 2020 is in these
    rows = files[which].rows
    some = [at for at, row in enumerate(rows) if row[OUTCOME] in (1, 18) and int(str(row[CLOSED]))]
    files[which] = change(files[which], rng.choice(some), rng)
    what = f"{change.__name__.replace('_', ' ')} in {files[which].name}"
    told = tell(files, tmp_path)
    came: Counter[str] = Counter()
    if isinstance(told, NewscopyError):
        came["refused"] += 1
    else:
        moved = {area for area, name in truth if told[area, name] != truth[area, name]}
        areas = sorted(moved)
        for each in _drafts(tmp_path, areas) if areas else ():
            area = each.facts.area.id
            alone = told[area, "closed"], told[area, "charged"]
            gone = each.facts.incomplete or None in alone
            came["not given" if gone else each.status.value] += 1
            is_nation = each.facts.nation is None
            # The nation without an area that lacks something is another nation, and says so.
            assert gone or each.status is Status.HELD or (is_nation and each.facts.excluded), what
        came["the same"] += not areas
    record_property("a harmful change", f"{what}: {dict(came)}")


def _drafts(folder: Path, areas: list[str]) -> tuple:  # type: ignore[type-arg]
    request = Request(folder / "release", stories=("charged",), areas=tuple(areas))
    return draft(request, desk())[1]
