"""Where a release was read is noted beside the drafts, and never in what is filed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filed import file_drafts

from generator.desk import Desk, builtin_desk
from generator.filing import look_up, look_up_desk, read_manifest, release_record
from generator.model import Draft, Release, SourceFile

MakeDraft = Callable[..., Draft]
Tree = Callable[[Path], dict[str, bytes]]


def test_two_places_file_the_same_bytes_and_are_told_apart(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path, tree: Tree
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    file_drafts([make_draft()], release, desk, here, read_from="/data/may")
    file_drafts([make_draft()], release, desk, there, read_from="")

    assert tree(here) == tree(there)
    assert look_up(here, release_record(release).id) == "/data/may"
    assert look_up(there, release_record(release).id) == ""


def test_a_release_that_has_moved_is_noted_anew(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    for place in ("/data/may", "/archive/may"):
        file_drafts([make_draft()], release, desk, tmp_path, read_from=place)
    assert look_up(tmp_path, release_record(release).id) == "/archive/may"


def test_a_release_is_forgotten_with_its_last_draft(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    later = replace(release, files=(SourceFile("later.ods", "cd" * 32),))
    old, new = release_record(release).id, release_record(later).id
    file_drafts([make_draft(), make_draft("kent")], release, desk, tmp_path, read_from="/data/may")
    file_drafts([make_draft()], later, desk, tmp_path, read_from="/data/june")
    assert (look_up(tmp_path, old), look_up(tmp_path, new)) == ("/data/may", "/data/june")

    file_drafts([make_draft("kent")], later, desk, tmp_path, read_from="/data/june")
    assert (look_up(tmp_path, old), look_up(tmp_path, new)) == (None, "/data/june")
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert set(manifest.releases) == {old, new}  # the log still names both


def test_a_desk_is_noted_where_it_lies_and_the_built_in_one_by_what_it_is(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    """The built-in one may lie elsewhere after the next installation."""
    shutil.copytree(desk.templates, tmp_path / "desk" / "templates")
    ours = replace(desk, folder=tmp_path / "desk")
    for filer, output in ((desk, tmp_path / "1"), (ours, tmp_path / "2")):
        file_drafts([make_draft()], release, filer, output, read_from="/data/may")
    assert look_up_desk(tmp_path / "1") == builtin_desk()
    assert look_up_desk(tmp_path / "2") == tmp_path / "desk"
    note = (tmp_path / "1" / ".newscopy" / "whereabouts.json").read_text(encoding="utf-8")
    assert str(builtin_desk()) not in note
    assert look_up_desk(tmp_path / "nowhere") is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"a": 1}', "\xff"])
def test_a_damaged_note_is_as_if_nothing_were_known(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path, damage: str
) -> None:
    file_drafts([make_draft()], release, desk, tmp_path, read_from="/data/may")
    (note,) = (tmp_path / ".newscopy").glob("*.json")
    note.write_text(damage, encoding="latin-1")
    assert look_up(tmp_path, release_record(release).id) is None

    file_drafts([make_draft()], release, desk, tmp_path, read_from="/data/may")
    noted = json.loads(note.read_bytes())
    assert noted == {release_record(release).id: "/data/may", "desk": ""}


def test_a_note_that_was_interrupted_changes_nothing(
    make_draft: MakeDraft,
    release: Release,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file_drafts([make_draft()], release, desk, tmp_path, read_from="/data/may")
    (note,) = (tmp_path / ".newscopy").glob("*.json")
    moved = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target == note:
            raise OSError("no room")
        return moved(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    filed = file_drafts([make_draft("kent")], release, desk, tmp_path, read_from="/data/june")

    assert [row.area for row in filed.rows] == ["Kent"]
    assert look_up(tmp_path, release_record(release).id) == "/data/may"
