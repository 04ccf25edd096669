"""A desk of three forces with a release of a few quarters, and newscopy run in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from tables import CLOSED, HEADER, Rows, rows_of, write_csv

from generator.cli import main
from generator.desk import builtin_desk, load_desk
from generator.pipeline import Request, run

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


@pytest.fixture(scope="session")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the desk that comes with newscopy with three of its forces: copy it, do not run it."""
    folder = tmp_path_factory.mktemp("small") / "desk"
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, folder / part)
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
    publish(folder / "releases" / "2021-05-13-table")
    return folder


@pytest.fixture(scope="session")
def good_output(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File the small desk's drafts: copy them, do not change them."""
    output = tmp_path_factory.mktemp("good") / "output"
    request = Request(small_desk / "releases" / "2021-05-13-table")
    assert len(run(request, load_desk(small_desk), output).drafts) == 8
    return output


@pytest.fixture
def newscopy(
    small_desk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> SmallDesk:
    """Run newscopy in a copy of the small desk, with a release under releases/."""
    folder = tmp_path / "desk"
    shutil.copytree(small_desk, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [])
    return SmallDesk(folder, capsys)


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Return what tells every file of a folder, by its path there."""
    return lambda folder: {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
