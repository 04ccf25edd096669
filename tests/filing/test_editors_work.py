"""Whatever an editor has changed or added stays, whatever a run has to say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.desk import Desk
from generator.filing import Action, Filed, file_drafts
from generator.filing.keeping import plan, sha256
from generator.model import Draft, Release

FOLDER = "victim-withdrawal/2020/derbyshire"
Run = Callable[..., Filed]


@pytest.fixture
def run(make_draft: Callable[..., Draft], release: Release, desk: Desk, tmp_path: Path) -> Run:
    """File Derbyshire's draft with so many cases withdrawn."""

    def run(withdrawn: int = 23_489) -> Filed:
        return file_drafts([make_draft(withdrawn=withdrawn)], release, desk, tmp_path)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / FOLDER


def edit(path: Path, text: str = "\nOur own last line.\n") -> str:
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
    return path.read_text("utf-8")


def test_edited_file_survives_and_the_new_one_lies_beside(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run()
    edited = edit(folder / "article.md")

    filed = run(23_488)

    assert (folder / "article.md").read_text("utf-8") == edited
    assert "23,488" in (folder / "article.new.md").read_text("utf-8")
    assert "23,488" in (folder / "article.txt").read_text("utf-8")
    assert filed.rows[0].action is Action.BESIDE
    assert filed.rows[0].beside == ("article.new.md",)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "Edited by hand: article.md; the new version is in" in page
    assert f'href="{FOLDER}/article.new.md"' in page
    assert ",article.md,victim-withdrawal/" in (tmp_path / "index.csv").read_text("utf-8")


def test_edited_file_is_left_alone_where_the_draft_is_the_same(run: Run, folder: Path) -> None:
    run()
    edited = edit(folder / "article.md")

    filed = run()

    assert (folder / "article.md").read_text("utf-8") == edited
    assert filed.rows[0].action is Action.UNCHANGED
    assert len(list(folder.iterdir())) == 6


def test_new_version_goes_when_the_draft_is_again_as_it_was(run: Run, folder: Path) -> None:
    run()
    edited = edit(folder / "article.md")
    run(23_488)

    run()

    assert not (folder / "article.new.md").exists()
    assert (folder / "article.md").read_text("utf-8") == edited


def test_new_version_that_was_edited_is_kept_too(run: Run, folder: Path) -> None:
    run()
    first = edit(folder / "article.md")
    run(23_488)
    second = edit(folder / "article.new.md")

    run(23_487)

    assert (folder / "article.md").read_text("utf-8") == first
    assert (folder / "article.new.md").read_text("utf-8") == second
    assert "23,487" in (folder / "article.new2.md").read_text("utf-8")


def test_new_version_that_was_thrown_away_does_not_come_back(run: Run, folder: Path) -> None:
    run()
    edit(folder / "article.md")
    run(23_488)
    (folder / "article.new.md").unlink()

    run(23_488)
    assert not (folder / "article.new.md").exists()

    run(23_487)
    assert "23,487" in (folder / "article.new.md").read_text("utf-8")


def test_new_version_that_was_accepted_is_ours_again(run: Run, folder: Path) -> None:
    run()
    edit(folder / "article.md")
    run(23_488)
    (folder / "article.new.md").replace(folder / "article.md")

    assert run(23_488).rows[0].action is Action.UNCHANGED
    assert run(23_487).rows[0].action is Action.UPDATED
    assert "23,487" in (folder / "article.md").read_text("utf-8")


def test_files_of_the_editors_own_are_carried_over(run: Run, folder: Path) -> None:
    run()
    (folder / "reply from the force.txt").write_text("No comment.", encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "court.jpg").write_bytes(b"\xff\xd8")

    assert run(23_488).rows[0].action is Action.UPDATED

    assert (folder / "reply from the force.txt").read_text("utf-8") == "No comment."
    assert (folder / "pictures" / "court.jpg").read_bytes() == b"\xff\xd8"


def test_deleted_file_is_filed_again(run: Run, folder: Path) -> None:
    run()
    (folder / "notes.md").unlink()
    assert run().rows[0].action is Action.UPDATED
    assert (folder / "notes.md").exists()


def test_folder_that_nobody_filed_is_the_editors(run: Run, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "article.md").write_text("Mine.", encoding="utf-8")

    filed = run()

    assert (folder / "article.md").read_text("utf-8") == "Mine."
    assert "23,489" in (folder / "article.new.md").read_text("utf-8")
    assert filed.rows[0].action is Action.BESIDE


@pytest.mark.parametrize("damage", ["", "{", '{"format": 2}', "\x00"])
def test_damaged_manifest_makes_every_file_the_editors(
    run: Run, folder: Path, tmp_path: Path, damage: str
) -> None:
    run()
    before = (folder / "article.md").read_bytes()
    (tmp_path / "manifest.json").write_text(damage, encoding="utf-8")

    filed = run(23_488)

    assert (folder / "article.md").read_bytes() == before
    assert "23,488" in (folder / "article.new.md").read_text("utf-8")
    assert "damaged" in filed.warnings[0]
    assert FOLDER in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["drafts"]
    assert run(23_488).warnings == ()


def test_plan_in_small(tmp_path: Path) -> None:
    (tmp_path / "ours.md").write_bytes(b"as filed")
    (tmp_path / "edited.md").write_bytes(b"by hand")
    (tmp_path / "gone.md").write_bytes(b"as filed")
    filed = {name: sha256(b"as filed") for name in ("ours.md", "edited.md", "gone.md")}

    planned = plan(tmp_path, {"ours.md": b"new", "edited.md": b"new"}, filed)

    assert planned.write == {"ours.md": b"new", "edited.new.md": b"new"}
    assert planned.carry == ("edited.md",)
    assert planned.edited == ("edited.md",)
    assert planned.filed == {
        "edited.md": sha256(b"as filed"),
        "edited.new.md": sha256(b"new"),
        "ours.md": sha256(b"new"),
    }
