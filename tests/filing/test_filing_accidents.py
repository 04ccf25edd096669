"""Runs that die, meet another run, or find a disk that refuses: nobody sees half a folder."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest
from filed import file_drafts

from generator.desk import Desk
from generator.errors import FilingError
from generator.filing import Action, Filed, disk, log, moving, outputs
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


def renames_until(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> list[int]:
    """Let so many renames through, then fail once; return their count, which goes on."""
    real, seen = {"rename": Path.rename, "replace": Path.replace}, [0]

    def patched(name: str) -> Callable[[Path, Path], Path]:
        def move(self: Path, target: Path) -> Path:
            seen[0] += 1
            if seen[0] == number:
                seen[0] += 1
                raise error
            return real[name](self, target)

        return move

    for name in real:
        monkeypatch.setattr(Path, name, patched(name))
    return seen


def nothing_is_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a run do nothing more once it is killed, as no process does."""
    monkeypatch.setattr(moving, "_put_back", lambda *_: None)
    monkeypatch.setattr(moving, "finish", lambda *_: None)
    monkeypatch.setattr(log, "settle", lambda *_, **__: None)


def moves_of(monkeypatch: pytest.MonkeyPatch, run: Run) -> int:
    """Count the renames of a run that changes two drafts."""
    with monkeypatch.context() as patch:
        count = renames_until(patch, 0, Killed())
        run(23_487)
    return count[0]


def test_killed_at_any_rename(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree
) -> None:
    """The journal's rename, each file's and each page's: before it all is old, after it new."""
    run()
    total = moves_of(monkeypatch, run)
    assert total == 1 + 2 * 6 + 3
    run(23_488)
    new = tree(tmp_path)
    run()
    old = tree(tmp_path)
    for number in range(1, total + 1):
        logged = len(events(tmp_path))
        with monkeypatch.context() as patch:
            renames_until(patch, number, Killed())
            nothing_is_put_right(patch)
            with pytest.raises(Killed):
                run(23_488)
        for name, data in tree(tmp_path).items():
            assert data in (old[name], new[name])  # no file is ever half written

        outputs.put_right(tmp_path)

        assert tree(tmp_path) == (old if number == 1 else new)
        assert events(tmp_path)[logged:] == ([] if number == 1 else ["updated"] * 2)
        assert run().warnings == ()
        assert tree(tmp_path) == old
        assert left_behind(tmp_path) == []


def events(output: Path) -> list[str]:
    with outputs.opened(output) as held:
        return [entry.event.value for entry in log.read(held.database)]


def left_behind(output: Path) -> list[str]:
    hidden = sorted(path.name for path in (output / ".newscopy").iterdir())
    return [name for name in hidden if name not in ("lock", "log.db")]


def test_refused_at_any_rename_leaves_all_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree
) -> None:
    run()
    before = tree(tmp_path)
    logged = len(events(tmp_path))
    for number in range(1, 1 + 1 + 2 * 6 + 3):
        with monkeypatch.context() as patch:
            renames_until(patch, number, PermissionError(errno.EACCES, "open elsewhere", "kent"))
            with pytest.raises(FilingError) as caught:
                run(23_488)

        assert tree(tmp_path) == before
        assert left_behind(tmp_path) == []
        assert len(events(tmp_path)) == logged
        assert "run again" in caught.value.faults[0].mend
    assert {row.action for row in run(23_488).rows} == {Action.UPDATED}


def test_killed_while_staging(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree
) -> None:
    run()
    before = tree(tmp_path)
    for number in (1, 5, 12):
        with monkeypatch.context() as patch:
            writes_until(patch, number, Killed())
            nothing_is_put_right(patch)
            with pytest.raises(Killed):
                run(23_488)
        assert tree(tmp_path) == before
        assert left_behind(tmp_path) == ["new"]

        outputs.put_right(tmp_path)
        assert tree(tmp_path) == before
        assert left_behind(tmp_path) == []
        assert len(events(tmp_path)) == 2


def writes_until(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """Let so many files be written, then fail in the middle of one."""
    real, seen = Path.write_bytes, [0]

    def write_bytes(self: Path, data: bytes) -> int:
        seen[0] += 1
        written = real(self, data[: len(data) // 2] if seen[0] == number else data)
        if seen[0] == number:
            raise error
        return written

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


def test_what_the_disk_has_lost_is_not_put_in_place(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power failed: the journal is there, and a file that it promises has no bytes."""
    run()
    with monkeypatch.context() as patch:
        renames_until(patch, 3, Killed())
        nothing_is_put_right(patch)
        with pytest.raises(Killed):
            run(23_488)
    (tmp_path / ".newscopy" / "new" / KENT / "article.txt").write_bytes(b"")

    outputs.put_right(tmp_path)

    assert "23,489" in text(tmp_path, KENT)
    run(23_488)
    assert "23,488" in (tmp_path / KENT / "article.new.txt").read_text("utf-8")


def test_file_saved_after_the_run_was_killed_is_the_editors(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kent was not moved in yet when the run died; before the next one an editor saves it."""
    run()
    with monkeypatch.context() as patch:
        renames_until(patch, 3, Killed())
        nothing_is_put_right(patch)
        with pytest.raises(Killed):
            run(23_488)
    article = tmp_path / KENT / "article.md"
    article.write_text("Saved after the run had died.", encoding="utf-8")

    filed = run(23_488)

    assert article.read_text("utf-8") == "Saved after the run had died."
    assert "23,488" in (tmp_path / KENT / "article.new.md").read_text("utf-8")
    assert {row.area: row.action for row in filed.rows} == {
        "Derbyshire": Action.UNCHANGED,
        "Kent": Action.BESIDE,
    }


@pytest.mark.parametrize("when", ["before the moves", "during them", "in place"])
def test_file_saved_during_the_run_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    run()
    article = tmp_path / KENT / "article.md"
    real = moving._make

    def save() -> None:
        if when == "in place":  # the same file written to, as some programs do
            with article.open("r+", encoding="utf-8") as text:
                text.write("Saved at the last moment.")
                text.truncate()
        else:
            article.with_suffix(".part").write_text("Saved at the last moment.", encoding="utf-8")
            article.with_suffix(".part").replace(article)

    def make_while_an_editor_saves(output: Path, move: moving.Move) -> None:
        if when == "before the moves" and "derbyshire/article.md" in move.path:
            save()
        if when == "in place" and "kent/article.md" in move.path:
            kept = tmp_path / ".newscopy" / "old" / move.path
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.hardlink_to(article)
            save()
        real(output, move)
        if when == "during them" and "kent/article.md" in move.path:
            save()

    with monkeypatch.context() as patch:
        patch.setattr(moving, "_make", make_while_an_editor_saves)
        if when == "during them":  # over what the run had put there: nothing of it is lost
            assert run(23_488).rows
        else:
            with pytest.raises(FilingError, match=r"Somebody saved article\.md"):
                run(23_488)

    assert "Saved at the last moment." in article.read_text("utf-8")
    filed = run(23_488)
    assert "Saved at the last moment." in article.read_text("utf-8")
    assert {row.area: row.action for row in filed.rows}["Derbyshire"] is not Action.BESIDE
    if when != "during them":
        assert {row.area: row.action for row in filed.rows}["Kent"] is Action.BESIDE


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
    with monkeypatch.context() as patch:
        writes_until(patch, 5, error)
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
