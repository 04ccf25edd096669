"""`newscopy check`: whatever lies in the output folder is read again, as it lies there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_desk import Ran, SmallDesk

HELD = 3
FOLDER = "victim-withdrawal/2020/derbyshire"


@pytest.fixture
def filed(newscopy: SmallDesk, good_output: Path) -> SmallDesk:
    """Return a desk whose drafts are filed, none of them held."""
    shutil.copytree(good_output, newscopy.output)
    return newscopy


def edit(desk: SmallDesk, name: str, old: str, new: str) -> Path:
    path = desk.output / FOLDER / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_drafts_as_they_were_filed_have_nothing_against_them(filed: SmallDesk) -> None:
    ran = filed("check")
    assert ran == Ran(
        0,
        "32 articles and 24 pieces read, of 8 drafts: 0 held, 0 with warnings, 8 with nothing "
        "against them.\n",
        "",
    )


@pytest.mark.parametrize("name", ["article.md", "article.html", "article.txt"])
def test_an_edit_in_any_format_is_read(filed: SmallDesk, name: str) -> None:
    edit(filed, name, "3,480", "3,840")
    ran = filed("check")
    assert ran.status == HELD
    (first, summary) = ran.out.splitlines()
    assert first.startswith(f"held      {FOLDER}/{name}: paragraph 3: “3,840”")
    assert "is no figure of the story; the words speak of “offences closed because" in first
    assert "for Derbyshire in 2020" in first
    assert summary == (
        "32 articles and 24 pieces read, of 8 drafts: 1 held, 0 with warnings, 7 with nothing "
        "against them."
    )


@pytest.mark.parametrize("path", [".", FOLDER, f"{FOLDER}/article.md", "victim-withdrawal"])
def test_a_part_of_the_output_can_be_checked(filed: SmallDesk, path: str) -> None:
    edit(filed, "article.md", "3,480", "3,840")
    assert filed("check", filed.output / path).status == HELD
    assert filed("check", filed.output / "charged").status == 0


def test_a_harmless_edit_passes(filed: SmallDesk) -> None:
    edit(filed, "article.md", "figures reveal", "figures show")
    assert filed("check").status == 0


def test_what_is_found_can_be_had_as_json(filed: SmallDesk) -> None:
    edit(filed, "article.txt", "3,480", "3,840")
    found = json.loads(filed("check", "--json").out)
    (held,) = [one for one in found if one["held"]]
    assert (held["folder"], held["files"]) == (FOLDER, ["article.txt"])
    assert held["problems"][0]["level"] == "hold"


def test_a_new_version_beside_an_edited_one_is_read_too(filed: SmallDesk) -> None:
    beside = filed.output / FOLDER / "article.new.md"
    shutil.copy(edit(filed, "article.md", "3,480", "3,840"), beside)
    edit(filed, "article.md", "3,840", "3,480")
    assert "article.new.md: paragraph 3" in filed("check").out


def damage(desk: SmallDesk, how: str) -> None:  # noqa: PLR0912 - one case for each
    folder = desk.output / FOLDER
    article = folder / "article.md"
    manifest = desk.output / "manifest.json"
    match how:
        case "not UTF-8":
            article.write_bytes(article.read_text("utf-8").encode("utf-16"))
        case "empty":
            article.write_bytes(b"")
        case "white space alone":
            article.write_bytes(b" \n\n\t\n")
        case "banners alone":
            article.write_text(
                "> **SAMPLE. Made from invented counts. Not for publication.**\n", encoding="utf-8"
            )
        case "50 MB":
            article.write_bytes(article.read_bytes() + b"x" * 50_000_000)
        case "private-use characters":
            edit(desk, "article.md", "3,480", "3,480\ue001")
        case "no ledger":
            (folder / "ledger.json").unlink()
        case "another ledger":
            (folder / "ledger.json").write_text("{}", encoding="utf-8")
        case "no manifest entry":
            record = json.loads(manifest.read_text("utf-8"))
            del record["drafts"][FOLDER]
            manifest.write_text(json.dumps(record), encoding="utf-8")
        case "a release that is gone":
            shutil.rmtree(desk.folder / "releases")
            (desk.output / ".newscopy" / "whereabouts.json").unlink()
        case "a release that was changed":
            (desk.folder / "releases" / "2021-05-13-table" / "outcomes.csv").write_text("x")
            (desk.output / ".newscopy" / "whereabouts.json").unlink()
        case "a story that the desk no longer has":
            (desk.folder / "config" / "stories" / "victim-withdrawal.yml").unlink()
            quotes = desk.folder / "config" / "quotes.yml"
            quotes.write_text("quotes: []\n", encoding="utf-8")
        case "a folder for an article" | "a link to nowhere" | "a link to itself":
            article.unlink()
            if how == "a folder for an article":
                article.mkdir()
            else:
                article.symlink_to(article if how == "a link to itself" else "nowhere.md")
        case "no headline":
            article.write_text("Only text here.\n", encoding="utf-8")


DAMAGED = {
    "not UTF-8": "The file is not UTF-8.",
    "empty": "There are no words in the file.",
    "white space alone": "There are no words in the file.",
    "banners alone": "There are no words in the file.",
    "50 MB": "The file is too large to be an article.",
    "private-use characters": "a mark of the template engine",
    "no ledger": "The draft's ledger is gone",
    "another ledger": "The draft's ledger has been changed",
    "no manifest entry": "The manifest does not know this draft",
    "a release that is gone": "is not to be found",
    "a release that was changed": "is not to be found",
    "a story that the desk no longer has": "The desk has no such story, area or period any more",
    "a folder for an article": "is no file",
    "a link to nowhere": "is no file",
    "a link to itself": "is no file",
    "no headline": "There is no headline",
}


@pytest.mark.parametrize("how", DAMAGED)
def test_damage_is_a_problem_and_no_crash(filed: SmallDesk, how: str) -> None:
    damage(filed, how)
    ran = filed("check")
    assert ran.status == HELD, ran
    assert DAMAGED[how] in ran.out


@pytest.mark.parametrize(
    ("arrange", "said"),
    [
        (lambda desk: None, "no such file or folder"),
        (lambda desk: desk.output.mkdir(), "This is no output folder"),
        (
            lambda desk: (desk.output.mkdir(), (desk.output / "manifest.json").write_text("{")),
            "manifest.json is damaged",
        ),
    ],
    ids=["nothing there", "an empty folder", "a damaged manifest"],
)
def test_no_output_folder(
    newscopy: SmallDesk, arrange: Callable[[SmallDesk], object], said: str
) -> None:
    arrange(newscopy)
    ran = newscopy("check")
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err


def test_another_release_than_the_drafts_were_made_from(filed: SmallDesk) -> None:
    other = filed.publish("other", None)
    (other / "outcomes.csv").write_text((other / "outcomes.csv").read_text() + "\n")
    ran = filed("check", "--release", other)
    assert ran.status == 1
    assert "This is not the release that the draft was made from" in ran.err


def test_a_release_that_has_moved_can_be_named(filed: SmallDesk) -> None:
    releases = filed.folder / "releases"
    moved = filed.folder / "elsewhere"
    shutil.move(releases / "2021-05-13-table", moved)
    assert filed("check", "--release", moved).status == 0


def test_the_banner_of_a_sample_cannot_be_taken_off(newscopy: SmallDesk) -> None:
    path = newscopy.folder / "releases" / "2021-05-13-table" / "release.yml"
    path.write_text("published: 2021-05-13\nsample: true\n", encoding="utf-8")
    assert newscopy("run").status == 0
    assert newscopy("check").status == 0
    edit(newscopy, "article.md", "SAMPLE. Made from invented counts.", "Note.")
    ran = newscopy("check")
    assert ran.status == HELD
    assert "The warning is not there that has to stand above the copy" in ran.out


def test_an_article_that_was_deleted_is_told(filed: SmallDesk) -> None:
    for path in (filed.output / FOLDER).glob("article*"):
        path.unlink()
    ran = filed("check")
    assert ran.status == 0
    assert f"warning   {FOLDER}: the folder: There is no article in it." in ran.out
