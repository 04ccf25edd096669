"""A desk of three forces with a release of a few quarters, and newscopy run in it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from tables import CLOSED, HEADER, Rows, rows_of, write_csv

from generator.cli import main
from generator.desk import builtin_desk

FORCES = ("derbyshire", "kent", "northumbria")
RELEASE_YML = "published: 2021-05-13\n"


class Ran(NamedTuple):
    """What a command left behind on its three ways out."""

    status: int
    out: str
    err: str


class SmallDesk:
    """A desk's folder, and the commands run in it as `main` runs them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> Ran:
        sys.argv = ["newscopy", *map(str, arguments)]
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(status, out, err)

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def publish(self, name: str, rows: Rows | None = None, *, dated: bool = True) -> Path:
        return publish(self.folder / name, rows, dated=dated)

    def change(self, name: str, old: str, new: str) -> int:
        """Put a text in the place of the first like `old`, and return its 1-based line."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text.partition(old)[0].count("\n") + 1


def publish(folder: Path, rows: Rows | None = None, *, dated: bool = True) -> Path:
    """Write a release of one CSV file."""
    folder.mkdir(parents=True)
    write_csv(folder / "outcomes.csv", [HEADER, *(rows or rows_of(CLOSED))])
    if dated:
        (folder / "release.yml").write_text(RELEASE_YML, encoding="utf-8")
    return folder


def write_small_desk(folder: Path) -> None:
    """Write the desk that comes with newscopy with three of its forces, and a release for it."""
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, folder / part)
    shutil.rmtree(folder / "config" / "editions")  # they cover other forces
    forces = folder / "config" / "forces.yml"
    listed = yaml.safe_load(forces.read_text(encoding="utf-8"))
    listed["forces"] = [force for force in listed["forces"] if force["id"] in FORCES]
    forces.write_text(yaml.safe_dump(listed, sort_keys=False), encoding="utf-8")
    dataset = folder / "config" / "datasets" / "police-outcomes.yml"
    text = dataset.read_text(encoding="utf-8")
    assert 'begins: "2014-04"' in text  # this table was first published with 2018
    text = text.replace('begins: "2014-04"', 'begins: "2018-01"')
    dataset.write_text(text, encoding="utf-8")
    (folder / "config" / "comparability.yml").write_text("entries: []\n", encoding="utf-8")
    file = folder / "config" / "desk.yml"
    text = file.read_text(encoding="utf-8")
    assert "formats: [word, feeds, charts]" in text  # pictures take the longest
    file.write_text(text.replace("[word, feeds, charts]", "[word, feeds]"), encoding="utf-8")
    publish(folder / "releases" / "2021-05-13-table")
