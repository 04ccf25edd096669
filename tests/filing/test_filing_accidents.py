"""Runs that die, meet another run, or find a disk that refuses: nobody sees half a folder."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

from generator.desk import Desk
from generator.errors import FilingError
from generator.filing import Action, Filed, disk, file_drafts, keeping, moving
from generator.model import Draft, Release

DERBYSHIRE, KENT = (f"victim-withdrawal/2020/{area}" for area in ("derbyshire", "kent"))
Run = Callable[..., Filed]
Tree = Callable[[Path], dict[str, bytes]]


class Killed(BaseException):
    """What no code can catch in earnest: the process is gone."""


@pytest.fixture
def run(make_draft: Callable[..., Draft], release: Release, desk: Desk, tmp_path: Path) -> Run:
    def run(withdrawn: int = 23_489) -> Filed:
        drafts = [
            make_draft(area, withdrawn=withdrawn, score=withdrawn - 23_400)
            for area in ("derbyshire", "kent")
        ]
        return file_drafts(drafts, release, desk, tmp_path)

    return run


def text(output: Path, folder: str) -> str:
    return (output / folder / "article.txt").read_text("utf-8")


def renames_until(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """Let so many renames through, then fail once."""
    real, seen = {"rename": Path.rename, "replace": Path.replace}, [0]

    def patched(name: str) -> Callable[[Path, Path], Path]:
        def move(self: Path, target: Path) -> Path:
            if self.name != "part":
                seen[0] += 1
            if seen[0] == number:
                seen[0] += 1
                raise error
            return real[name](self, target)

        return move

    for name in real:
        monkeypatch.setattr(Path, name, patched(name))


# Two folders of two renames each, then index.csv, index.html and manifest.json.
@pytest.mark.parametrize("number", range(1, 8))
def test_killed_at_any_rename(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree, number: int
) -> None:
    run()
    with monkeypatch.context() as patch:
        renames_until(patch, number, Killed())
        patch.setattr(moving, "_put_back", lambda *_: None)
        with pytest.raises(Killed):
            run(23_488)

    filed = run(23_487)

    assert {row.action for row in filed.rows} == {Action.UPDATED}
    assert filed.warnings == ()
    assert "23,487" in text(tmp_path, DERBYSHIRE)
    assert "23,487" in text(tmp_path, KENT)
    assert not [name for name in tree(tmp_path) if ".new" in name]
    assert sorted(path.name for path in (tmp_path / ".newscopy").iterdir()) == ["lock"]


@pytest.mark.parametrize("number", range(1, 8))
def test_refused_at_any_rename_leaves_all_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree, number: int
) -> None:
    run()
    before = tree(tmp_path)
    with monkeypatch.context() as patch:
        renames_until(patch, number, PermissionError(errno.EACCES, "open elsewhere", "kent"))
        with pytest.raises(FilingError) as caught:
            run(23_488)

    assert tree(tmp_path) == before
    assert "run again" in caught.value.faults[0].mend
    assert {row.action for row in run(23_488).rows} == {Action.UPDATED}


def test_killed_between_the_two_renames(run: Run, tmp_path: Path, tree: Tree) -> None:
    run()
    before = tree(tmp_path)
    hidden = tmp_path / ".newscopy"
    (hidden / "old/victim-withdrawal/2020").mkdir(parents=True)
    (tmp_path / DERBYSHIRE).rename(hidden / "old" / DERBYSHIRE)
    (hidden / "new" / DERBYSHIRE).mkdir(parents=True)
    (hidden / "new" / DERBYSHIRE / "article.md").write_text("half", encoding="utf-8")

    filed = run()

    assert tree(tmp_path) == before
    assert {row.action for row in filed.rows} == {Action.UNCHANGED}
    assert not (hidden / "old").exists()
    assert not (hidden / "new").exists()


def test_killed_while_staging(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree
) -> None:
    run()
    before = tree(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(moving, "move_in", None)
        patch.setattr("generator.filing.drafts.move_in", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            run(23_488)
    assert tree(tmp_path) == before

    assert {row.action for row in run().rows} == {Action.UNCHANGED}
    assert tree(tmp_path) == before


def test_folder_saved_into_while_it_was_away_is_not_lost(run: Run, tmp_path: Path) -> None:
    run()
    hidden = tmp_path / ".newscopy"
    for side in ("old", "new"):
        (hidden / side / DERBYSHIRE).mkdir(parents=True)
    (hidden / "old" / DERBYSHIRE / "article.md").write_text("the old one", encoding="utf-8")

    with pytest.raises(FilingError, match="left the folder in two"):
        run()
    assert (hidden / "old" / DERBYSHIRE / "article.md").read_text("utf-8") == "the old one"

    shutil.rmtree(hidden / "old" / DERBYSHIRE)
    assert {row.action for row in run().rows} == {Action.UNCHANGED}


def test_file_saved_during_the_run_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    article = tmp_path / KENT / "article.md"

    def stage_while_an_editor_saves(*given: object) -> None:
        moving.stage(*given)  # type: ignore[arg-type]
        article.write_text("Saved at the last moment.", encoding="utf-8")

    with monkeypatch.context() as patch:
        patch.setattr("generator.filing.drafts.stage", stage_while_an_editor_saves)
        with pytest.raises(FilingError, match="Somebody saved a file"):
            run(23_488)

    assert article.read_text("utf-8") == "Saved at the last moment."
    assert "23,489" in text(tmp_path, DERBYSHIRE)
    filed = run(23_488)
    assert {row.area: row.action for row in filed.rows} == {
        "Derbyshire": Action.UPDATED,
        "Kent": Action.BESIDE,
    }


def test_another_run_holds_the_output(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "TIMEOUT", 0.05)
    (tmp_path / ".newscopy").mkdir()
    held = filelock.FileLock(tmp_path / ".newscopy" / "lock")
    with held, pytest.raises(FilingError, match="Another run is filing into") as caught:
        run()
    assert "run again" in caught.value.faults[0].mend
    assert run().rows


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Make room"),
        (OSError(errno.EROFS, "Read-only file system"), "Get the right to write there"),
        (OSError(errno.EIO, "Input/output error"), "See to the disk"),
    ],
)
def test_disk_that_refuses(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tree: Tree,
    error: OSError,
    mend: str,
) -> None:
    run()
    before = tree(tmp_path)
    real = Path.write_bytes

    def write_bytes(self: Path, data: bytes) -> int:
        if self.name == "ledger.json":
            raise error
        return real(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        with pytest.raises(FilingError) as caught:
            run(23_488)

    assert mend in caught.value.faults[0].mend
    assert tree(tmp_path) == before


def test_read_only_output(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mkdir(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(FilingError, match="cannot be written to"):
        run()


def test_file_where_the_output_has_to_be(
    make_draft: Callable[..., Draft], release: Release, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "output").write_text("in the way", encoding="utf-8")
    with pytest.raises(FilingError, match="stands where a folder has to be"):
        file_drafts([make_draft()], release, desk, tmp_path / "output")


def test_snapshot_of_nothing(tmp_path: Path) -> None:
    assert keeping.snapshot(tmp_path / "nowhere") == {}


def test_manifest_after_a_death_tells_what_lies_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Derbyshire had been replaced, Kent not: each row has its own folder's hashes."""
    run()
    with monkeypatch.context() as patch:
        renames_until(patch, 4, Killed())
        patch.setattr(moving, "_put_back", lambda *_: None)
        with pytest.raises(Killed):
            run(23_488)

    moving.recover(tmp_path)

    drafts = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["drafts"]
    for folder in (DERBYSHIRE, KENT):
        for name, sha in drafts[folder]["files"].items():
            assert keeping.sha256((tmp_path / folder / name).read_bytes()) == sha
    assert "23,488" in text(tmp_path, DERBYSHIRE)
    assert "23,489" in text(tmp_path, KENT)
