"""Write the desk and the two releases of docs/a-week.md: `python -m docs.write_week FOLDER`.

The counts are invented, and those of eight forces only: nothing can be learnt from them.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from generator.desk import builtin_desk
from generator.periods import Quarter

HEADER = (
    *("Financial Year", "Financial Quarter", "Force Name", "Offence Code", "Offence Group"),
    *("Outcome Type", "Outcomes for offences that were recorded in the quarter"),
    "Outcomes for investigations closed in the quarter",
)
TITLE = "INVENTED COUNTS of eight forces, for docs/a-week.md"
OUTCOMES = (1, 14, 16, 18)
"""Charged; victim does not support further action, without and with a suspect; no suspect."""
Counts = Mapping[str, Mapping[int, Sequence[int]]]

FIRST: Counts = {
    "Derbyshire": {
        2018: (150, 400, 200, 1250),
        2019: (140, 500, 240, 1160),
        2020: (120, 590, 280, 1050),
    },
    "Dorset": {
        2018: (110, 210, 130, 900),
        2019: (105, 240, 140, 880),
        2020: (100, 250, 150, 850),
    },
    "Essex": {
        2018: (380, 800, 420, 2900),
        2019: (370, 900, 430, 2800),
        2020: (360, 880, 440, 2900),
    },
    "Kent": {
        2018: (400, 900, 500, 3200),
        2019: (390, 990, 520, 3100),
        2020: (350, 900, 510, 3240),
    },
    "Norfolk": {
        2018: (140, 300, 160, 1100),
        2019: (130, 330, 170, 1080),
        2020: (125, 340, 190, 1050),
    },
    "Northumbria": {
        2018: (300, 700, 310, 2700),
        2019: (290, 760, 350, 2600),
        2020: (250, 990, 400, 2400),
    },
    "Suffolk": {
        2018: (120, 260, 150, 950),
        2019: (115, 290, 160, 930),
        2020: (110, 300, 150, 940),
    },
    "Surrey": {
        2018: (160, 380, 220, 1500),
        2019: (150, 420, 240, 1450),
        2020: (145, 450, 260, 1400),
    },
}
"""Offences closed in each quarter of a year, by outcome, as they were published first."""
REVISED: Counts = {
    **FIRST,
    # A record falls: the year before turns out to have had more.
    "Derbyshire": {**FIRST["Derbyshire"], 2019: (140, 640, 290, 970)},
    # A figure moves under the rounding: one case of 2019, in print the same share.
    "Kent": {**FIRST["Kent"], 2019: (390, 991, 520, 3099)},
}
WITHOUT = ("Dorset", Quarter(2020, 3))
"""What the revised release no longer has: a force becomes incomplete."""


def write_week(folder: Path) -> None:
    """Write a desk of eight forces, and under releases/ the two releases of the week."""
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, folder / part)
    forces = folder / "config" / "forces.yml"
    listed = yaml.safe_load(forces.read_text(encoding="utf-8"))
    listed["forces"] = [f for f in listed["forces"] if f["id"] in {n.lower() for n in FIRST}]
    forces.write_text(yaml.safe_dump(listed, sort_keys=False, allow_unicode=True), "utf-8")
    dataset = folder / "config" / "datasets" / "police-outcomes.yml"
    text = dataset.read_text(encoding="utf-8").replace('"2014-04"', '"2018-01"')
    dataset.write_text(text, encoding="utf-8")
    # The page prints hashes, and pictures are not packed alike on every machine.
    file = folder / "config" / "desk.yml"
    text = file.read_text(encoding="utf-8").replace("[word, feeds, charts]", "[word, feeds]")
    file.write_text(text, encoding="utf-8")
    (folder / "config" / "comparability.yml").write_text("entries: []\n", encoding="utf-8")
    _publish(folder / "releases" / "2021-05-13", "2021-05-13", FIRST, None)
    _publish(folder / "releases" / "2021-07-22", "2021-07-22", REVISED, WITHOUT)


def _publish(folder: Path, date: str, counts: Counts, without: tuple[str, Quarter] | None) -> None:
    folder.mkdir(parents=True)
    with (folder / "outcomes.csv").open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(HEADER)
        for year in (2018, 2019, 2020):
            for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
                for force, years in counts.items():
                    if (force, quarter) != without:
                        rows.writerows(_rows(force, quarter, years[year]))
    about = f"title: {TITLE}\npublished: {date}\n"
    (folder / "release.yml").write_text(about, encoding="utf-8")


def _rows(force: str, quarter: Quarter, counts: Sequence[int]) -> list[tuple[object, ...]]:
    start = quarter.year - (quarter.number == 1)
    number = 4 if quarter.number == 1 else quarter.number - 1
    when = (f"{start}/{(start + 1) % 100}", number)
    return [
        (*when, force, "8N", "Violence against the person", outcome, count, count)
        for outcome, count in zip(OUTCOMES, counts, strict=True)
    ]


if __name__ == "__main__":
    if len(sys.argv) != 2 or Path(sys.argv[1]).exists():
        sys.exit("Give a folder that is not there yet: python -m docs.write_week FOLDER")
    write_week(Path(sys.argv[1]))
