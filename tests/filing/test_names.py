"""Paths that are read back from an output: none leads out of it, on any system."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filed import file_drafts

from generator.desk import Desk
from generator.filing.bundle import bundle
from generator.filing.html import Pages
from generator.filing.journal import JournalWriter, Move
from generator.filing.manifest import read_manifest
from generator.filing.names import is_inside
from generator.model import Draft, Release

OUT = ("../a", "a/../../b", "/a", "..\\a", "C:/a", "C:a", "a/b:c", "")


@pytest.mark.parametrize("path", OUT)
def test_what_leads_out_is_not_inside(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize("path", OUT)
def test_no_journal_says_what_leads_out(path: str, tmp_path: Path) -> None:
    journal = JournalWriter(tmp_path / "journal")
    with pytest.raises(ValueError, match="has to stay in the output folder"):
        journal.add(Move(path, None, None))
    journal.close()


@pytest.fixture
def filed(
    make_draft: Callable[..., Draft], release: Release, desk: Desk, tmp_path: Path
) -> dict[str, Any]:
    file_drafts([make_draft()], release, desk, tmp_path)
    said: dict[str, Any] = json.loads((tmp_path / "manifest.json").read_bytes())
    return said


@pytest.mark.parametrize(
    "folder",
    ["../2020/kent", "story/../kent", "story/2020/..", "C:/2020/kent", "story/x/kent", "a"],
)
def test_a_manifest_with_a_folder_that_is_no_drafts_is_damaged(
    folder: str, filed: dict[str, Any], tmp_path: Path
) -> None:
    filed["drafts"] = {folder: next(iter(filed["drafts"].values()))}
    (tmp_path / "manifest.json").write_text(json.dumps(filed))
    with pytest.raises(ValueError, match="damaged"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("name", ["../article.md", "more/article.md", "C:article.md"])
def test_a_manifest_with_a_file_that_is_no_drafts_is_damaged(
    name: str, filed: dict[str, Any], tmp_path: Path
) -> None:
    next(iter(filed["drafts"].values()))["files"] = {name: "ab" * 32}
    (tmp_path / "manifest.json").write_text(json.dumps(filed))
    with pytest.raises(ValueError, match="damaged"):
        read_manifest(tmp_path)


def test_a_word_file_is_the_same_on_every_system(
    make_draft: Callable[..., Draft],
    release: Release,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    data = bundle(make_draft(), release, Pages(desk))["article.docx"]
    monkeypatch.undo()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.create_system for part in parts.infolist()} == {3}
