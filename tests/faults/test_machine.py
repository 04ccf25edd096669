"""Faults of the machine: killed, no room, not to be written, busy, two at once; nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killing import (
    DATABASE,
    MOVING,
    READING,
    WRITING,
    choose_moments,
    kill_at,
    run_through,
    run_together,
)
from small_desk import SmallDesk
from tables import CLOSED, rows_of

from generator.filing import look_up_decisions, put_right, read_log

MOMENTS = 50
SEED = 20210513
DERBYSHIRE, KENT, NORTHUMBRIA = (
    f"victim-withdrawal/2020/{area}" for area in ("derbyshire", "kent", "northumbria")
)
Tree = Callable[[Path], dict[str, bytes]]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")


@pytest.fixture
def worked_on(newscopy: SmallDesk, good_output: Path) -> SmallDesk:
    """Return a desk whose output an editor has been at, and a revised release to run over it.

    Derbyshire's draft was edited where the new one differs elsewhere, Kent's where it
    differs too; Northumbria's was approved and one of Kent's deleted; a file was added.
    """
    output = newscopy.output
    shutil.copytree(good_output, output)
    newscopy.change(f"output/{DERBYSHIRE}/article.md", "figures reveal", "our figures show")
    newscopy.change(f"output/{KENT}/article.txt", "5,640", "some 5,640")
    (output / DERBYSHIRE / "reply.txt").write_text("No comment.", encoding="utf-8")
    (output / "charged/2020/kent/article.txt").unlink()
    ran = newscopy("approve", output / NORTHUMBRIA, "--by", "Ann")
    assert ran.status == 0, ran.err
    assert newscopy("spike", output / "charged/2020/northumbria", "--by", "Bob").status == 0
    years = {
        area: {**closed, 2020: tuple(count + 3 for count in closed[2020])}
        for area, closed in CLOSED.items()
    }
    newscopy.publish("releases/2021-07-22-revised", rows_of(years))
    return newscopy


def visible(tree: dict[str, bytes]) -> dict[str, bytes]:
    """Return all but newscopy's own, without the time of the run that withdrew an item."""
    return {
        name: _HASH.sub(rb"", _MOMENT.sub(rb"then", data))
        for name, data in tree.items()
        if not name.startswith(".newscopy/")
    }


_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_HASH = re.compile(rb'"(ninjs\.json|newsml\.xml)": "[0-9a-f]{64}"')


def test_killed_at_random_moments(
    worked_on: SmallDesk,
    tmp_path: Path,
    tree: Tree,
    record_property: Callable[[str, object], None],
) -> None:
    """Old or new, whenever it was killed; every edit and decision there; the next run finishes."""
    desk, output = worked_on.folder, worked_on.output
    release = desk / "releases" / "2021-07-22-revised"
    old_output, new_output = tmp_path / "old", tmp_path / "new"
    shutil.copytree(output, old_output)
    marks = run_through(desk, release, output)
    shutil.copytree(output, new_output)
    old, new = visible(tree(old_output)), visible(tree(new_output))
    logs = {False: read_log(old_output), True: read_log(new_output)}
    assert len(logs[True]) > len(logs[False])
    assert b"our figures show" in new[f"{DERBYSHIRE}/article.md"]  # merged
    assert f"{KENT}/article.new.txt" in new  # beside
    assert f"{NORTHUMBRIA}/article.new.md" in new  # beside what was approved
    untouched = [f"{DERBYSHIRE}/reply.txt", f"{KENT}/article.txt", f"{NORTHUMBRIA}/article.md"]

    died_in: Counter[str] = Counter()
    became: Counter[bool] = Counter()
    for index, after in choose_moments(marks, MOMENTS, SEED):
        shutil.rmtree(output)
        shutil.copytree(old_output, output)

        died_in[kill_at(desk, release, output, index, after)] += 1

        there = visible(tree(output))
        assert set(old) <= set(there) <= set(old) | set(new)
        assert all(data in (old.get(name), new.get(name)) for name, data in there.items())
        assert all(there[name] == old[name] for name in untouched)

        put_right(output)

        is_new = visible(tree(output)) == new
        assert is_new or visible(tree(output)) == old
        lines = [(entry.event, entry.folder, entry.who) for entry in read_log(output)]
        assert lines == [(entry.event, entry.folder, entry.who) for entry in logs[is_new]]
        became[is_new] += 1

        ran = worked_on("run", release)

        assert ran.status == 0, ran.err
        assert visible(tree(output)) == new
        decided = {folder: each.standing.value for folder, each in decisions(output).items()}
        assert decided == {NORTHUMBRIA: "approved", "charged/2020/northumbria": "spiked"}

    said = ", ".join(f"{phase} {died_in[phase]}" for phase in (READING, WRITING, MOVING, DATABASE))
    record_property(
        "score",
        f"killed at {MOMENTS} moments: {said}; after it {became[False]} old, {became[True]} new",
    )
    assert died_in.total() == MOMENTS
    assert all(died_in[phase] >= 3 for phase in (READING, WRITING, MOVING, DATABASE))
    assert min(became.values()) >= 5


def decisions(output: Path):
    return look_up_decisions(output)


def test_two_runs_at_once(worked_on: SmallDesk, tree: Tree, tmp_path: Path) -> None:
    desk, output = worked_on.folder, worked_on.output
    release = desk / "releases" / "2021-07-22-revised"
    shutil.copytree(output, tmp_path / "alone")
    run_through(desk, release, tmp_path / "alone")

    assert run_together(3, desk, release, output) == [0, 0, 0]

    assert visible(tree(output)) == visible(tree(tmp_path / "alone"))
    assert len(read_log(output)) == len(read_log(tmp_path / "alone"))  # once, not three times


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mount small disks, and take them away again; skip where that is not allowed."""
    mounted: list[Path] = []

    def mount(*options: str, at: Path) -> Path:
        made = subprocess.run(["mount", *options, str(at)], capture_output=True, check=False)
        if made.returncode:
            pytest.skip(f"cannot mount here: {made.stderr.decode().strip()}")
        mounted.append(at)
        return at

    if shutil.which("mount") is None:
        pytest.skip("no mount on this system")
    yield mount
    for at in reversed(mounted):
        subprocess.run(["umount", str(at)], check=True)


@pytest.mark.parametrize("room", [0, 8, 32, 96, 160])
def test_disk_full(worked_on: SmallDesk, tree: Tree, mount: Callable[..., Path], room: int) -> None:
    """So many KB are left: for a part of the log, of the new drafts, or of what moves them."""
    output = worked_on.output
    kept = output.rename(worked_on.folder / "kept")
    output.mkdir()
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", at=output)
    shutil.copytree(kept, output, dirs_exist_ok=True)
    before = visible(tree(output))
    log = read_log(output)
    filler = output / ".newscopy" / "filler"
    free = os.statvfs(output).f_bavail * os.statvfs(output).f_frsize
    filler.write_bytes(b"x" * (free - room * 1024))

    ran = worked_on("run")

    assert ran.status == 1
    assert "The disk is full: nothing was changed." in ran.err, ran.err
    assert "Make room" in ran.err
    assert visible(tree(output)) == before
    assert read_log(output) == log

    filler.unlink()
    assert worked_on("run").status == 0
    assert "our figures show" in (output / DERBYSHIRE / "article.md").read_text("utf-8")


def test_read_only_folder(worked_on: SmallDesk, tree: Tree, mount: Callable[..., Path]) -> None:
    output = worked_on.output
    before = tree(output)
    mount("--bind", str(output), at=output)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(output)], check=True)

    ran = worked_on("run")

    assert ran.status == 1
    assert "cannot be written to: nothing was changed" in ran.err
    for command in ("approve", "spike"):
        ran = worked_on(command, output / "charged/2020/derbyshire", "--by", "Ann")
        assert ran.status == 1
        assert "cannot be written to" in ran.err
    assert worked_on("check", output / "charged/2020/derbyshire").status == 0
    assert worked_on("log").status == 0
    assert tree(output) == before


def test_file_that_is_busy(worked_on: SmallDesk, tree: Tree, mount: Callable[..., Path]) -> None:
    """A file that another mount holds cannot be replaced, as one that is open on Windows."""
    output = worked_on.output
    before = visible(tree(output))
    busy = output / "charged/2020/derbyshire/figures.csv"
    mount("--bind", str(busy), at=busy)
    log = read_log(output)

    ran = worked_on("run")

    assert ran.status == 1
    assert "it is open in another program, or not yours to write. Nothing was changed." in ran.err
    assert visible(tree(output)) == before
    assert read_log(output) == log
