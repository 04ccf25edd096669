"""Runs that die, meet another run, or find a disk that refuses: nobody sees half a folder."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import filelock
import pytest
from filed import file_drafts

from generator.desk import Desk
from generator.errors import FilingError
from generator.filing import Action, Filed, disk, journal, log, moving, outputs, swapping
from generator.model import Draft, Release

DERBYSHIRE, KENT = (f"victim-withdrawal/2020/{area}" for area in ("derbyshire", "kent"))
Run = Callable[..., Filed]
Tree = Callable[[Path], dict[str, bytes]]


class Steps(NamedTuple):
    """A run that is about to come: its steps, and the output before it and after it."""

    number: int
    old: dict[str, bytes]
    new: dict[str, bytes]
    begin_again: Callable[[], None]


def raising(error: BaseException) -> Callable[[], None]:
    def happens() -> None:
        raise error

    return happens


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


def at_step(patch: pytest.MonkeyPatch, happens: Mapping[int, Callable[[], object]]) -> list[int]:
    """Have something happen just before so many steps of the disk; return their count."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object, **named: object) -> object:
            count[0] += 1
            happens.get(count[0], lambda: None)()
            return real(*given, **named)

        return step

    for name in ("rename", "replace", "hardlink_to", "unlink"):
        patch.setattr(Path, name, counted(getattr(Path, name)))
    patch.setattr(swapping, "_exchange", counted(swapping._exchange))
    return count


def in_a_process_that_dies(does: Callable[[], object]) -> None:
    """Do something in a process of its own, which has to be killed in the middle of it."""
    child = os.fork()
    if child == 0:
        try:
            does()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was not killed"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise PermissionError(errno.EACCES, "open elsewhere", "kent")


NEXT = 23_487
"""Of how many cases the run is that is about to come."""


@pytest.fixture
def steps(run: Run, tmp_path: Path, tree: Tree) -> Steps:
    """Make ready for a run over drafts that an editor has been at.

    It changes files; it adds one, beside an editor's version; and one goes that lay beside
    another, since the draft is again as that editor knew it.
    """
    run(NEXT)
    for folder, name in ((KENT, "article.md"), (DERBYSHIRE, "article.txt")):
        article = tmp_path / folder / name
        words = article.read_text("utf-8").replace(" fell through", " came to nothing")
        article.write_text(words, encoding="utf-8")
        run()
    kept = tmp_path.with_name(f"{tmp_path.name}-kept")
    shutil.copytree(tmp_path, kept)

    def begin_again() -> None:
        shutil.rmtree(tmp_path)
        shutil.copytree(kept, tmp_path)

    old = tree(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        count = at_step(patch, {})
        run(NEXT)
    new = tree(tmp_path)
    assert set(old) - set(new) == {f"{KENT}/article.new.md"}
    assert set(new) - set(old) == {f"{DERBYSHIRE}/article.new.txt"}
    begin_again()
    return Steps(count[0], old, new, begin_again)


def test_killed_at_any_step(run: Run, tmp_path: Path, tree: Tree, steps: Steps) -> None:
    """Before the journal's step all is old, after it new; nobody's file is ever half written."""
    became = []
    assert steps.number > 30
    for number in range(1, steps.number + 1):
        logged = len(events(tmp_path))
        with pytest.MonkeyPatch.context() as patch:
            at_step(patch, {number: die})
            in_a_process_that_dies(lambda: run(NEXT))
        there = tree(tmp_path)
        assert set(steps.old) & set(steps.new) <= set(there)
        assert all(d in (steps.old.get(n), steps.new.get(n)) for n, d in there.items())

        outputs.put_right(tmp_path)

        became.append(tree(tmp_path) == steps.new)
        assert became[-1] or tree(tmp_path) == steps.old
        assert len(events(tmp_path)) == logged + 2 * became[-1]
        assert left_behind(tmp_path) == []
        steps.begin_again()
    assert became == sorted(became)  # once the journal is there, there is no way back
    assert became.count(False) == 2


def test_refused_at_any_step_leaves_all_as_it_was(
    run: Run, tmp_path: Path, tree: Tree, steps: Steps
) -> None:
    refused = 0
    for number in range(1, steps.number + 1):
        logged = len(events(tmp_path))
        with pytest.MonkeyPatch.context() as patch:
            at_step(patch, {number: refuse})
            try:
                run(NEXT)
            except FilingError as error:
                assert "run again" in error.faults[0].mend
                refused += 1
                assert tree(tmp_path) == steps.old
                assert len(events(tmp_path)) == logged
            else:  # all was in place; what could not be tidied up is, by the next command
                assert tree(tmp_path) == steps.new
        outputs.put_right(tmp_path)
        assert left_behind(tmp_path) == []
        steps.begin_again()
    assert refused >= steps.number - 3


@pytest.mark.parametrize("then", [1, 2, 3, 5, 8])
def test_killed_while_putting_back(
    run: Run, tmp_path: Path, tree: Tree, steps: Steps, then: int
) -> None:
    for number in (20, 24, steps.number - 4):
        with pytest.MonkeyPatch.context() as patch:
            at_step(patch, {number: refuse, number + then: die})
            in_a_process_that_dies(lambda: run(NEXT))

        outputs.put_right(tmp_path)

        assert tree(tmp_path) == (steps.new if then == 1 else steps.old)  # before it began to
        assert left_behind(tmp_path) == []
        steps.begin_again()


def test_refused_while_putting_back(run: Run, tmp_path: Path, tree: Tree, steps: Steps) -> None:
    """What breaks the moves is likely to break their undoing: the next command goes on."""
    for number in (4, 12, 20):
        with pytest.MonkeyPatch.context() as patch:
            at_step(patch, {number: refuse, number + 2: refuse, number + 3: refuse})
            with pytest.raises(FilingError):
                run(NEXT)

        outputs.put_right(tmp_path)

        assert tree(tmp_path) == steps.old
        assert left_behind(tmp_path) == []
        steps.begin_again()


@pytest.mark.parametrize("killed", [True, False])
def test_file_saved_in_the_very_moment_is_kept(
    run: Run, tmp_path: Path, steps: Steps, killed: bool
) -> None:
    """By a program that saves beside and renames, after the last look and before the move."""
    article = tmp_path / KENT / "article.txt"
    real = swapping._exchange

    def save_then_exchange(fresh: Path, place: Path) -> bool:
        if place == article:
            article.with_suffix(".part").write_text("Saved in the moment.", encoding="utf-8")
            article.with_suffix(".part").replace(article)
        done = real(fresh, place)
        if killed and place == article:
            die()
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swapping, "_exchange", save_then_exchange)
        if killed:
            in_a_process_that_dies(lambda: run(NEXT))
        else:
            with pytest.raises(FilingError, match=r"Somebody saved article\.txt"):
                run(NEXT)

    outputs.put_right(tmp_path)

    assert article.read_text("utf-8") == "Saved in the moment."
    run(NEXT)
    assert article.read_text("utf-8") == "Saved in the moment."
    assert "23,487" in (tmp_path / KENT / "article.new.txt").read_text("utf-8")


ONE_MOVE_OF_TWO = '["a/b/c/article.md", null, null, false]\n2\n'
OUT_OF_THE_OUTPUT = '["../article.md", null, null, false]\n1\n'


@pytest.mark.parametrize("damage", ["", "{", "[]", "true", ONE_MOVE_OF_TWO, OUT_OF_THE_OUTPUT])
def test_damaged_journal(run: Run, tmp_path: Path, tree: Tree, steps: Steps, damage: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        at_step(patch, {12: die})
        in_a_process_that_dies(lambda: run(NEXT))
    (tmp_path / ".newscopy" / "new" / "journal.jsonl").write_text(damage, encoding="utf-8")
    with pytest.raises(FilingError, match="its journal is damaged") as caught:
        run(NEXT)
    assert ".newscopy/old" in caught.value.faults[0].mend


def events(output: Path) -> list[str]:
    with outputs.opened(output) as held:
        return [entry.event.value for entry in log.read(held.database)]


def left_behind(output: Path) -> list[str]:
    hidden = sorted(path.name for path in (output / ".newscopy").iterdir())
    return [name for name in hidden if name not in ("lock", "log.db")]


def test_killed_while_staging(run: Run, tmp_path: Path, tree: Tree) -> None:
    run()
    before = tree(tmp_path)
    for number in (2, 5, 12, "journal"):
        with pytest.MonkeyPatch.context() as patch:
            if number == "journal":
                patch.setattr(journal.JournalWriter, "finish", lambda self: die())
            else:
                writes_until(patch, number, die)
            in_a_process_that_dies(lambda: run(23_488))
        assert tree(tmp_path) == before
        assert left_behind(tmp_path) == ["new"]

        outputs.put_right(tmp_path)
        assert tree(tmp_path) == before
        assert left_behind(tmp_path) == []
        assert len(events(tmp_path)) == 2


def writes_until(patch: pytest.MonkeyPatch, number: int, happens: Callable[[], object]) -> None:
    """Let so many files be written, then have something happen in the middle of one."""
    real, seen = Path.write_bytes, [0]

    def write_bytes(self: Path, data: bytes) -> int:
        seen[0] += 1
        written = real(self, data[: len(data) // 2] if seen[0] == number else data)
        if seen[0] == number:
            happens()
        return written

    patch.setattr(Path, "write_bytes", write_bytes)


def cut_off(run: Run) -> None:
    """Kill a run when it has moved two of Derbyshire's files in, and none of Kent's."""
    with pytest.MonkeyPatch.context() as patch:
        at_step(patch, {6: die})
        in_a_process_that_dies(lambda: run(23_488))


def test_what_the_disk_has_lost_is_not_put_in_place(run: Run, tmp_path: Path) -> None:
    """The power failed: the journal is there, and two files that it promises have no bytes."""
    run()
    cut_off(run)
    (tmp_path / ".newscopy" / "new" / KENT / "article.txt").write_bytes(b"")
    (tmp_path / DERBYSHIRE / "article.md").write_bytes(b"")

    outputs.put_right(tmp_path)

    assert "23,489" in text(tmp_path, KENT)
    assert "23,489" in (tmp_path / DERBYSHIRE / "article.md").read_text("utf-8")
    run(23_488)
    assert "23,488" in (tmp_path / KENT / "article.new.txt").read_text("utf-8")


def test_file_saved_after_the_run_was_killed_is_the_editors(run: Run, tmp_path: Path) -> None:
    """Kent was not moved in yet when the run died; before the next one an editor saves it."""
    run()
    cut_off(run)
    article = tmp_path / KENT / "article.md"
    article.write_text("Saved after the run had died.", encoding="utf-8")

    filed = run(23_488)

    assert article.read_text("utf-8") == "Saved after the run had died."
    assert "23,488" in (tmp_path / KENT / "article.new.md").read_text("utf-8")
    assert {row.area: row.action for row in filed.rows} == {
        "Derbyshire": Action.UNCHANGED,
        "Kent": Action.BESIDE,
    }


def test_draft_deleted_after_the_run_was_killed_stays_deleted(run: Run, tmp_path: Path) -> None:
    run()
    cut_off(run)
    shutil.rmtree(tmp_path / KENT)
    filed = run(23_488)
    assert {row.area: row.action for row in filed.rows}["Kent"] is Action.DELETED


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
        writes_until(patch, 5, raising(error))
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
