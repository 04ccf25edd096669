"""What editors do with a brief, a radio version and a post: the rules are those of the article."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from small_desk import SmallDesk
from tables import CLOSED, rows_of

FOLDER = "victim-withdrawal/2020/derbyshire"


@pytest.fixture
def filed(newscopy: SmallDesk, good_output: Path) -> SmallDesk:
    shutil.copytree(good_output, newscopy.output)
    return newscopy


def file_of(desk: SmallDesk, name: str) -> Path:
    return desk.output / FOLDER / name


def edit(desk: SmallDesk, name: str, old: str, new: str) -> None:
    desk.change(f"output/{FOLDER}/{name}", old, new)


def revise(desk: SmallDesk) -> None:
    years = {**CLOSED["Derbyshire"], 2020: (120, 600, 280, 1040)}
    rows = rows_of({**CLOSED, "Derbyshire": years})
    revised = desk.publish("releases/2021-07-22-revised", rows, dated=False)
    (revised / "release.yml").write_text("published: 2021-07-22\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("brief.txt", "3,480", "3,490", "“3,490”"),
        ("social.txt", "3,480", "3,490", "“3,490”"),
        ("radio.txt", "nearly three thousand five hundred", "nearly four thousand", "“four thou"),
        ("radio.txt", "nearly three thousand five hundred", "3,480", "is a figure, and this is to"),
    ],
)
def test_a_false_figure_in_a_piece_holds_the_draft(
    filed: SmallDesk, name: str, old: str, new: str, what: str
) -> None:
    edit(filed, name, old, new)
    checked = filed("check", filed.output / FOLDER)
    assert checked.status == 3
    assert f"{FOLDER}/{name}" in checked.out
    assert what in checked.out
    # Asked for alone it is read alone, and the article beside it is not.
    alone = filed("check", file_of(filed, name))
    assert (alone.status, "0 articles and 1 piece read" in alone.out) == (3, True)
    # A run says so in the index and the notes, and leaves it as the editor has it.
    assert filed("run").out.splitlines()[0] == "8 drafts: 7 ready, 1 held, 0 excluded."
    assert new in file_of(filed, name).read_text("utf-8")
    assert f"## Your version, {name}" in file_of(filed, "notes.md").read_text("utf-8")


def test_an_edited_piece_is_never_written_over(filed: SmallDesk) -> None:
    edit(filed, "brief.txt", "figures show", "figures reveal")
    edit(filed, "brief.txt", "3,480 fell through", "3,480 were dropped")
    theirs = file_of(filed, "brief.txt").read_bytes()
    revise(filed)
    filed("run")
    assert file_of(filed, "brief.txt").read_bytes() == theirs
    assert "3,520" in file_of(filed, "brief.new.txt").read_text("utf-8")


def test_a_deleted_piece_stays_deleted(filed: SmallDesk) -> None:
    file_of(filed, "social.txt").unlink()
    filed("run")
    assert not file_of(filed, "social.txt").exists()
    filed("run", "--restore")
    assert file_of(filed, "social.txt").exists()


def test_pieces_are_approved_with_the_folder_and_not_by_themselves(filed: SmallDesk) -> None:
    alone = filed("approve", file_of(filed, "brief.txt"), "--by", "Ann Editor")
    assert alone.status == 1
    assert "What stands beside the article is approved with it." in alone.err
    whole = filed("approve", filed.output / FOLDER, "--by", "Ann Editor")
    assert whole.status == 0, whole.err
    assert "brief.txt" in whole.out
    status = json.loads(file_of(filed, "ninjs.json").read_text("utf-8"))["pubStatus"]
    assert status == "usable"
    before = file_of(filed, "brief.txt").read_bytes()
    revise(filed)
    filed("run")
    assert file_of(filed, "brief.txt").read_bytes() == before
    assert "3,520" in file_of(filed, "brief.new.txt").read_text("utf-8")


def test_what_holds_a_brief_holds_the_approval_of_the_folder(filed: SmallDesk) -> None:
    edit(filed, "brief.txt", "3,480", "3,490")
    refused = filed("approve", filed.output / FOLDER, "--by", "Ann Editor")
    assert refused.status == 1
    assert f"{FOLDER}/brief.txt" in refused.err
    # The article alone may run all the same.
    article = filed("approve", file_of(filed, "article.md"), "--by", "Ann Editor")
    assert article.status == 0, article.err


def test_a_false_brief_is_held_though_the_article_alone_was_approved(filed: SmallDesk) -> None:
    edit(filed, "brief.txt", "3,480", "3,490")
    approved = filed("approve", file_of(filed, "article.md"), "--by", "Ann Editor")
    assert approved.status == 0, approved.err
    run = filed("run", "--strict")
    assert (run.status, run.out.splitlines()[0]) == (3, "8 drafts: 7 ready, 1 held, 0 excluded.")


def test_a_new_brief_beside_an_edited_one_is_not_approved_with_the_folder(
    filed: SmallDesk,
) -> None:
    edit(filed, "brief.txt", "3,480 fell through", "3,480 were dropped")
    revise(filed)
    filed("run")
    shutil.copy(file_of(filed, "brief.new.txt"), file_of(filed, "brief.old.txt"))
    whole = ("approve", filed.output / FOLDER, "--by", "Ann Editor")
    approved = filed(*whole, "--override", "The desk knows of the revision.")
    assert " brief.txt" in approved.out
    assert "brief.new.txt" not in approved.out
    assert "brief.old.txt" not in approved.out


def test_a_revision_tells_what_it_makes_false_in_pieces_too(filed: SmallDesk) -> None:
    filed("approve", filed.output / FOLDER, "--by", "Ann Editor")
    revise(filed)
    told = filed("diff", filed.output / FOLDER, filed.folder / "releases/2021-07-22-revised")
    assert "brief.txt" in told.out
    assert "social.txt" in told.out
    # What was read aloud is corrected aloud.
    assert "was three thousand five hundred and twenty in" in " ".join(told.out.split())


def test_what_is_no_file_is_not_waited_for(filed: SmallDesk) -> None:
    for name in ("brief.txt", "article.txt"):
        file_of(filed, name).unlink()
        os.mkfifo(file_of(filed, name))
    refused = filed("approve", filed.output / FOLDER, "--by", "Ann Editor")
    assert (refused.status, refused.err.count("it is no file")) == (1, 2)
    assert filed("spike", filed.output / FOLDER, "--by", "Ann Editor").status == 0
