"""A run that would find nothing new is not made again; any other is, whatever has changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import pipeline, writing
from generator.desk import load_desk
from generator.errors import WorkError
from generator.filing import Action, drafts, html
from generator.pipeline import Means, Outcome, run
from generator.requests import Request

KENT = "output/victim-withdrawal/2020/kent"
NOTE = "output/.newscopy/lastrun.json"


class Desk:
    """A desk of three forces, and whether its last run was made or recalled."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.made = False
        measured = pipeline.make_drafts

        def noted(*given: object, **named: object) -> object:
            self.made = True
            return measured(*given, **named)

        monkeypatch.setattr(pipeline, "make_drafts", noted)

    def run(self, *, cached: bool = True, **asked: object) -> Outcome:
        self.made = False
        means = Means(cache=self.folder / "cache") if cached else pipeline.PLAIN
        request = replace(Request(self.folder / "releases" / "2021-05-13-table"), **asked)
        return run(request, load_desk(self.folder), self.folder / "output", means)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        (self.folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose drafts are filed."""
    shutil.copytree(small_desk, tmp_path / "desk")
    filed = Desk(tmp_path / "desk", monkeypatch)
    filed.run()
    assert filed.made
    return filed


def test_nothing_is_made_again_and_the_same_is_said(desk: Desk) -> None:
    again = desk.run()
    assert not desk.made
    assert {row.action for row in again.filed.rows} == {Action.UNCHANGED}
    in_full = desk.run(cached=False)
    assert desk.made
    assert again == in_full
    assert again.is_recalled
    assert not in_full.is_recalled


def test_without_a_cache_a_run_is_always_made(desk: Desk) -> None:
    desk.run(cached=False)
    assert desk.made


CHANGES: dict[str, Callable[[Path], object]] = {
    "a published file": lambda d: _append(next(d.glob("releases/*/*.csv")), "\n"),
    "release.yml": lambda d: _append(next(d.glob("releases/*/release.yml")), "provisional: true\n"),
    "a template": lambda d: _append(d / "templates/victim-withdrawal/article.md.j2", "{# #}"),
    "the config": lambda d: _append(d / "config/style.yml", "\n# Changed.\n"),
    "an edit": lambda d: _append(d / KENT / "article.md", "More.\n"),
    "a deleted article": lambda d: (d / KENT / "article.txt").unlink(),
    "a deleted ledger": lambda d: (d / KENT / "ledger.json").unlink(),
    "a deleted draft": lambda d: shutil.rmtree(d / KENT),
    "a file of an editor's": lambda d: (d / KENT / "memo.txt").write_text("Call Kent."),
    "a folder in the way": lambda d: (d / KENT / "article.new.md").mkdir(),
    "a link": lambda d: _link(d / KENT / "article.md"),
    "the index": lambda d: _append(d / "output/index.csv", "x"),
    "a lost index": lambda d: (d / "output/index.html").unlink(),
    "a lost feed": lambda d: (d / "output/feed.atom").unlink(),
    "the manifest": lambda d: _append(d / "output/manifest.json", " "),
    "a lost log": lambda d: (d / "output/.newscopy/log.db").unlink(),
    "where it was read": lambda d: (d / "output/.newscopy/whereabouts.json").unlink(),
    "a run cut off": lambda d: (d / "output/.newscopy/new").mkdir(),
    "a damaged note": lambda d: _flip(d / NOTE),
    "a lost note": lambda d: (d / NOTE).unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_is_looked_into(desk: Desk, change: Callable[[Path], object]) -> None:
    change(desk.folder)
    desk.run()
    assert desk.made


def test_under_an_embargo_every_run_is_made(desk: Desk) -> None:
    """When it ends, what feeds may use changes, and nothing else."""
    _append(
        next(desk.folder.glob("releases/*/release.yml")),
        "embargo: 2099-01-01 09:30 Europe/London\n",
    )
    for _ in range(2):
        desk.run()
        assert desk.made


@pytest.mark.parametrize(
    "asked", [{"areas": ("kent",)}, {"stories": ("charged",)}, {"restore": True}], ids=str
)
def test_another_request_is_another_run(desk: Desk, asked: dict[str, object]) -> None:
    desk.run(**asked)
    assert desk.made


def test_another_place_of_the_release_is_noted(desk: Desk) -> None:
    there = desk.folder / "releases" / "2021-05-13-table"
    moved = shutil.copytree(there, desk.folder / "moved")
    desk.run(release=moved)
    assert desk.made
    noted = json.loads((desk.folder / "output/.newscopy/whereabouts.json").read_text())
    assert list(noted.values()) == [str(moved), str(desk.folder)]


def test_another_newscopy_makes_the_run_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "made_with", lambda: {"newscopy": "another"})
    desk.run()
    assert desk.made


@pytest.mark.parametrize("phase", ["after it was settled", "when all is in place"])
def test_what_an_editor_saves_during_a_run_is_not_taken_for_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    article = desk.folder / KENT / "article.md"

    def save(*given: object, **named: object) -> object:
        if phase.startswith("after"):
            _append(article, "More.\n")
            return real(*given, **named)
        done = real(*given, **named)
        _append(article, "More.\n")
        return done

    _append(desk.folder / "config/style.yml", "\n# Changed.\n")  # for a run with something to do
    real = drafts.index_pages if phase.startswith("after") else drafts.texts.keep_only
    where = (drafts, "index_pages") if phase.startswith("after") else (drafts.texts, "keep_only")
    with monkeypatch.context() as patch:
        patch.setattr(*where, save)
        desk.run()
    assert article.read_text(encoding="utf-8").endswith("More.\n")
    again = desk.run()
    assert desk.made
    (kent,) = [row for row in again.filed.rows if row.folder == KENT.removeprefix("output/")]
    assert kent.edited == ("article.md",)


@pytest.mark.parametrize("name", ["victim-withdrawal/article.md.j2", "shared/draft.html.j2"])
def test_a_template_that_is_saved_during_a_run_stops_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It may be put back afterwards, and nobody would see what was made of it."""
    template = desk.folder / "templates" / name
    before, make, calls = template.read_bytes(), writing.make_environment, []

    def save(*given: object) -> object:
        calls.append(given)
        if len(calls) == 2:  # the second is for those who write
            _append(template, "More.\n")
        return make(*given)

    _append(desk.folder / "config/style.yml", "\n# Changed.\n")  # for a run with something to do
    html._environment.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(writing, "make_environment", save)
        with pytest.raises(WorkError, match="A template is not what it was"):
            desk.run()
    template.write_bytes(before)
    desk.run()
    assert "More." not in (desk.folder / KENT / "article.html").read_text("utf-8")


def test_a_release_that_is_saved_during_a_run_is_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = next(desk.folder.glob("releases/*/*.csv"))
    before, count = table.read_bytes(), pipeline.count_release

    def save(*given: object, **named: object) -> object:
        table.write_bytes(before + b"\n")
        return count(*given, **named)

    _append(desk.folder / "config/style.yml", "\n# Changed.\n")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "count_release", save)
        desk.run()
    table.write_bytes(before)
    desk.run()
    assert desk.made


def test_a_change_that_is_undone_is_none(desk: Desk) -> None:
    before = (desk.folder / KENT / "article.md").read_bytes()
    _append(desk.folder / KENT / "article.md", "More.\n")
    (desk.folder / KENT / "article.md").write_bytes(before)
    desk.run()
    assert not desk.made


def test_an_edited_draft_is_recalled_once_its_run_changes_nothing(desk: Desk) -> None:
    desk.edit(f"{KENT}/article.md", "figures reveal", "new figures reveal")
    desk.run()  # the edit goes into the notes and the index
    second = desk.run()
    assert desk.made
    third = desk.run()
    assert not desk.made
    assert third == second
    (kent,) = [row for row in third.filed.rows if row.folder == KENT.removeprefix("output/")]
    assert kent.edited == ("article.md",)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["kent/article.md", "derbyshire/article.txt", "kent/notes.md", "kent/mine.txt"]
        ),
        st.sampled_from(["edit", "delete"]),
    ),
    max_size=4,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=EDITS)
def test_what_is_recalled_is_what_a_run_would_find(desk: Desk, edits: list) -> None:
    for name, kind in edits:
        path = desk.folder / "output/victim-withdrawal/2020" / name
        if kind == "delete":
            path.unlink(missing_ok=True)
        elif path.parent.is_dir():
            _append(path, "Call them.\n")
        desk.run()
    desk.run()
    recalled = desk.run()
    assert not desk.made
    assert recalled == desk.run(cached=False)


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)


def _link(path: Path) -> None:
    path.rename(path.with_name("kept.md"))
    path.symlink_to("kept.md")
