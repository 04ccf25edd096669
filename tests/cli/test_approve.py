"""`newscopy approve`, `spike` and `log`: an editor's decisions, and what they are about."""

from __future__ import annotations

import csv
import datetime
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from small_desk import SmallDesk
from tables import CLOSED, rows_of

from generator.errors import Fault
from generator.filed import approval
from generator.filing import CopyError, copy_from, database, in_full, sha256, texts
from generator.model import Copy

FOLDER = "victim-withdrawal/2020/derbyshire"
ARTICLES = ("article.docx", "article.html", "article.md", "article.txt")
TEXTS = (*ARTICLES, "brief.txt", "radio.txt", "social.txt")
"""What is approved with a draft's folder."""
REASON = ". The reason given: Kent is to reply"
Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def filed(newscopy: SmallDesk, good_output: Path) -> SmallDesk:
    """Return a desk whose drafts are filed, none of them held."""
    shutil.copytree(good_output, newscopy.output)
    return newscopy


def edit(desk: SmallDesk, old: str, new: str, name: str = "article.md") -> None:
    desk.change(f"output/{FOLDER}/{name}", old, new)


def approve(desk: SmallDesk, *more: str, path: str = FOLDER, by: str = "Ann Editor"):
    return desk("approve", desk.output / path, "--by", by, *more)


def log(desk: SmallDesk) -> list[dict[str, object]]:
    return json.loads(desk("log", "--json").out)


def test_a_link_to_another_draft_is_not_approved(filed: SmallDesk, tree: Tree) -> None:
    article = filed.output / FOLDER / "article.md"
    article.unlink()
    article.symlink_to(filed.output / "victim-withdrawal/2020/kent/article.md")
    before = tree(filed.output)
    status, _, err = approve(filed, path=f"{FOLDER}/article.md")
    assert status == 1
    assert "This is a link to something else in the output" in err
    assert tree(filed.output) == before
    link = filed.folder / "here"
    link.symlink_to(filed.output)
    assert filed("check", link / "charged").status == 0  # a link to all of it leads nobody astray


def index(desk: SmallDesk) -> dict[str, str]:
    """Return Derbyshire's line of the index."""
    lines = csv.DictReader((desk.output / "index.csv").read_text("utf-8").splitlines())
    return next(line for line in lines if line["folder"] == FOLDER)


def shown(desk: SmallDesk, pill: str) -> bool:
    return f">{pill}</span>" in (desk.output / "index.html").read_text("utf-8")


def revise(desk: SmallDesk) -> None:
    """Publish Derbyshire's year again with more cases withdrawn."""
    years = {**CLOSED["Derbyshire"], 2020: (120, 600, 280, 1040)}
    rows = rows_of({**CLOSED, "Derbyshire": years})
    revised = desk.publish("releases/2021-07-22-revised", rows, dated=False)
    (revised / "release.yml").write_text("published: 2021-07-22\n", encoding="utf-8")


def test_who_approved_which_text_when_and_of_which_release(filed: SmallDesk) -> None:
    ran = approve(filed)

    assert ran.status == 0, ran.err
    assert ran.out.startswith(f"approved  {FOLDER} by Ann Editor, 20")
    (*_, entry) = log(filed)
    texts = {n: sha256((filed.output / FOLDER / n).read_bytes()) for n in TEXTS}
    manifest = json.loads((filed.output / "manifest.json").read_text("utf-8"))
    assert entry["texts"] == texts
    assert (entry["by"], entry["event"], entry["folder"]) == ("Ann Editor", "approved", FOLDER)
    assert entry["release"] == manifest["release"]["id"]
    assert (index(filed)["standing"], index(filed)["decided_by"]) == ("approved", "Ann Editor")
    assert shown(filed, "approved")


def test_approved_text_is_kept_whatever_becomes_of_the_file(filed: SmallDesk) -> None:
    edit(filed, "figures reveal", "figures show")
    approve(filed, path=f"{FOLDER}/article.md")
    text = (filed.output / FOLDER / "article.md").read_bytes()
    shutil.rmtree(filed.output / FOLDER)
    filed("run")
    with database.opened(filed.output) as log_db:
        assert texts.recall(log_db, sha256(text)) == text


def test_held_draft_is_approved_only_with_a_reason(filed: SmallDesk, tree: Tree) -> None:
    edit(filed, "3,480", "3,840")
    before = tree(filed.output)

    ran = approve(filed, path=f"{FOLDER}/article.md")

    assert ran.status == 1
    assert "error: The draft is held, and so it cannot be approved as it is." in ran.err
    assert "“3,840”" in ran.err
    assert "2 faults; nothing was written." in ran.err
    assert tree(filed.output) == before

    ran = approve(filed, "--override", "the force gave us 3,840", path=f"{FOLDER}/article.md")

    assert ran.status == 0, ran.err
    assert "because: the force gave us 3,840" in ran.out
    (*_, entry) = log(filed)
    assert entry["reason"] == "the force gave us 3,840"
    assert list(entry["texts"]) == ["article.md"]


@pytest.mark.parametrize("reason", ["", " ", "\n"])
def test_no_reason_is_none(filed: SmallDesk, reason: str) -> None:
    edit(filed, "3,480", "3,840")
    ran = approve(filed, "--override", reason, path=f"{FOLDER}/article.md")
    assert ran.status == 1


def test_no_override_is_logged_where_nothing_is_held(filed: SmallDesk) -> None:
    assert approve(filed, "--override", "in case").status == 0
    assert log(filed)[-1]["reason"] == ""


def test_sample_is_never_approved(newscopy: SmallDesk) -> None:
    shutil.rmtree(newscopy.folder / "releases")
    newscopy("run", "--area", "derbyshire")
    for more in ([], ["--override", "we know"]):
        ran = approve(newscopy, *more)
        assert ran.status == 1
        assert "made from a sample, whose counts are invented: it is never approved" in ran.err
    assert [entry["event"] for entry in log(newscopy)] == ["filed", "filed"]


def test_sample_whose_manifest_denies_it_is_not_approved(newscopy: SmallDesk) -> None:
    """The release that is read again still says so, and so does check of the words."""
    shutil.rmtree(newscopy.folder / "releases")
    newscopy("run", "--area", "derbyshire")
    manifest = newscopy.output / "manifest.json"
    text = manifest.read_text("utf-8").replace('"sample": true', '"sample": false')
    manifest.write_text(text, encoding="utf-8")
    article = newscopy.output / FOLDER / "article.md"
    words = article.read_text("utf-8")
    banner = "> **SAMPLE. Made from invented counts. Not for publication.**\n\n"
    assert banner in words
    article.write_text(words.replace(banner, ""), encoding="utf-8")
    ran = approve(newscopy, "--override", "we know", path=f"{FOLDER}/article.md")
    assert ran.status == 1
    assert "made from a sample, whose counts are invented: it is never approved" in ran.err


def test_sample_text_under_a_published_release_is_not_approved(newscopy: SmallDesk) -> None:
    """An editor's version of the sample's draft stays; the new draft is beside it."""
    kept = (newscopy.folder / "releases").rename(newscopy.folder / "later")
    newscopy("run", "--area", "derbyshire")
    article = newscopy.output / FOLDER / "article.md"
    words = article.read_text("utf-8").partition("\n\n")[2].replace("fell through", "collapsed")
    article.write_text(words, encoding="utf-8")
    kept.rename(newscopy.folder / "releases")
    newscopy("run", "--area", "derbyshire")
    assert (newscopy.output / FOLDER / "article.new.md").exists()

    ran = approve(newscopy, "--override", "we know", path=f"{FOLDER}/article.md")

    assert ran.status == 1
    assert "made from a sample, whose counts are invented: it is never approved" in ran.err
    assert index(newscopy)["sample"] == "true"


def test_text_that_changes_afterwards_is_changed_since_approval(filed: SmallDesk) -> None:
    approve(filed)
    edit(filed, "figures reveal", "figures show")

    checked = filed("check")

    assert checked.status == 0
    assert f"warning   {FOLDER}: approval: Changed since Ann Editor approved it on" in checked.out
    filed("run")
    assert index(filed)["standing"] == "changed since approval"
    assert shown(filed, "changed since approval")

    edit(filed, "figures show", "figures reveal")

    assert "approval" not in filed("check").out
    filed("run")
    assert index(filed)["standing"] == "approved"


def test_articles_that_differ_have_to_be_named(filed: SmallDesk) -> None:
    edit(filed, "figures reveal", "figures show")
    ran = approve(filed)
    assert ran.status == 1
    assert "do not read alike: nobody can tell which is to run" in ran.err
    assert "article.html and article.txt; article.md" in ran.err
    assert approve(filed, path=f"{FOLDER}/article.md").status == 0
    assert list(log(filed)[-1]["texts"]) == ["article.md"]


@pytest.mark.parametrize("edited", [True, False])
def test_approved_copy_is_never_rewritten(filed: SmallDesk, edited: bool) -> None:
    """Where one article was approved, it is that one; the others are as the new draft is."""
    approved = TEXTS
    if edited:
        edit(filed, "figures reveal", "figures show")
        approved = ("article.md",)
    approve(filed, path=f"{FOLDER}/article.md" if edited else FOLDER)
    before = {n: (filed.output / FOLDER / n).read_bytes() for n in approved}
    revise(filed)

    ran = filed("run")

    assert f"approved  {FOLDER}: left as it is, the new draft is beside it" in ran.out
    for name in TEXTS:
        beside = name.replace(".", ".new.") if name in approved else name
        spoken = b"three thousand five hundred" if name == "radio.txt" else b"3,520"
        assert spoken in (filed.output / FOLDER / beside).read_bytes()
    page = before.pop("article.html", None)
    for name, data in before.items():
        assert (filed.output / FOLDER / name).read_bytes() == data
    if page is not None:  # it says that it is withheld, above the same words
        told = (filed.output / FOLDER / "article.html").read_bytes()
        assert told != page
        assert copy_from(told, "article.html") == copy_from(page, "article.html")
    assert index(filed)["standing"] == "approved"
    assert index(filed)["status"] == "held"  # its figures are no longer those of the release
    problems = 3 if edited else 11  # with those of the pieces
    wrong = f"{problems} problems in {', '.join(approved)}, which was approved"
    assert f"held      {FOLDER}: {wrong}" in ran.out
    said = (filed.output / FOLDER / "notes.md").read_text("utf-8")
    assert "## Your version, article.md" in said
    assert "“3,480”" in said
    first = "article.md" if edited else "article.html"
    assert f'href="{FOLDER}/{first}">' in (filed.output / "index.html").read_text("utf-8")


def test_one_approved_article_speaks_for_the_draft(filed: SmallDesk) -> None:
    """The others are an older version still: they are not what was approved, nor told as it."""
    approve(filed)
    revise(filed)
    filed("run")
    folder = filed.output / FOLDER
    for name in ("article.md", "brief.txt", "radio.txt", "social.txt"):
        new = name.replace(".", ".new.")
        (folder / new).replace(folder / name)
    for beside in folder.glob("*.new.*"):
        beside.unlink()
    approve(filed, path=f"{FOLDER}/article.md")

    assert (index(filed)["status"], index(filed)["beside"]) == ("ready", "")
    filed("run")
    assert (index(filed)["status"], index(filed)["standing"]) == ("ready", "approved")
    told = filed("diff", "output", "releases/2021-07-22-revised").out
    assert f"{FOLDER}  APPROVED" not in told


def test_approved_draft_that_was_deleted_and_cannot_be_read_is_told_of(
    filed: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one may be that was approved by a newscopy with other limits."""

    def refuse(data: bytes, name: str) -> Copy:
        raise CopyError(Fault("The file is too large to be an article.", "", file=name))

    approve(filed)
    shutil.rmtree(filed.output / FOLDER)
    revise(filed)
    monkeypatch.setattr("generator.filed.rejudging.copy_from", refuse)
    told = filed("diff", "output", "releases/2021-07-22-revised")
    assert "article.md was approved, and is gone." in " ".join(told.out.split())


def test_approved_draft_that_was_deleted_is_judged_as_it_was_approved(filed: SmallDesk) -> None:
    """It may be in print."""
    approve(filed)
    shutil.rmtree(filed.output / FOLDER)
    revise(filed)
    for _ in range(2):
        told = filed("diff", "output", "releases/2021-07-22-revised").out
        assert f"{FOLDER}  CHANGED SINCE APPROVAL" in told
        assert "article.md (deleted since)" in " ".join(told.split())
        filed("run")


def test_file_of_an_editors_own_is_not_approved(filed: SmallDesk) -> None:
    shutil.copy(filed.output / FOLDER / "article.md", filed.output / FOLDER / "article2.md")
    ran = approve(filed, path=f"{FOLDER}/article2.md")
    assert ran.status == 1
    assert "a file of an editor's own, and not the draft's article" in ran.err


@pytest.mark.parametrize("path", [FOLDER, f"{FOLDER}/article.md"])
def test_article_that_is_no_file_is_not_passed_over(filed: SmallDesk, path: str) -> None:
    (filed.output / FOLDER / "article.md").unlink()
    (filed.output / FOLDER / "article.md").mkdir()
    ran = approve(filed, path=path)
    assert ran.status == 1
    assert "cannot be read" in ran.err


@pytest.mark.parametrize("reason", ["x" * 501, "\x1b[2J", "\u202e"])
def test_reason_has_to_be_a_readable_line(filed: SmallDesk, reason: str) -> None:
    ran = filed("spike", filed.output / FOLDER, "--by", "Ann", "--reason", reason)
    assert ran.status == 1
    assert "The reason is too long, or has characters that cannot be shown." in ran.err


def test_reason_cannot_forge_a_line_of_the_log(filed: SmallDesk) -> None:
    forged = "fine\n2021-05-13 09:00:00 UTC  approved  charged/2020/kent  by The Editor: article.md"
    assert filed("spike", filed.output / FOLDER, "--by", "Ann", "--reason", forged).status == 0
    assert len(filed("log", filed.output / FOLDER).out.splitlines()) == 2


def test_approved_copy_of_an_earlier_release_may_name_it(filed: SmallDesk) -> None:
    """The same figures were published again: the line of origin alone makes no copy false."""
    approve(filed)
    again = filed.publish("releases/2021-07-22-again", dated=False)
    release = "title: Published again\npublished: 2021-07-22\n"
    (again / "release.yml").write_text(release, encoding="utf-8")

    ran = filed("run")

    assert ran.out.splitlines()[0] == "8 drafts: 8 ready, 0 held, 0 excluded."
    assert "Published again" in (filed.output / FOLDER / "article.new.md").read_text("utf-8")
    assert (index(filed)["standing"], index(filed)["status"]) == ("approved", "ready")
    assert filed("check").status == 0


def test_new_version_is_approved_in_the_articles_place_only(filed: SmallDesk) -> None:
    approve(filed)
    revise(filed)
    filed("run")
    ran = approve(filed, path=f"{FOLDER}/article.new.md")
    assert ran.status == 1
    assert "newer draft that lies beside the article" in ran.err

    for name in TEXTS:
        beside = filed.output / FOLDER / name.replace(".", ".new.")
        beside.replace(filed.output / FOLDER / name)
    assert approve(filed, by="Bob").status == 0
    assert index(filed)["decided_by"] == "Bob"
    assert filed("run").out.splitlines()[0] == "8 drafts: 8 ready, 0 held, 0 excluded."


def test_new_version_in_the_articles_place_is_of_its_own_release(filed: SmallDesk) -> None:
    """No run has seen it there yet: the text itself says what it was made from."""
    approve(filed)
    revise(filed)
    filed("run")
    for name in TEXTS:
        beside = filed.output / FOLDER / name.replace(".", ".new.")
        beside.replace(filed.output / FOLDER / name)
    edit(filed, "figures reveal", "figures show")

    assert approve(filed, path=f"{FOLDER}/article.md").status == 0

    first, second = (each["release"] for each in log(filed) if each["event"] == "approved")
    manifest = json.loads((filed.output / "manifest.json").read_text("utf-8"))
    assert second == manifest["release"]["id"] != first
    years = {**CLOSED["Derbyshire"], 2020: (120, 610, 280, 1030)}
    rows = rows_of({**CLOSED, "Derbyshire": years})
    again = filed.publish("releases/2021-08-26-again", rows, dated=False)
    (again / "release.yml").write_text("published: 2021-08-26\n", encoding="utf-8")
    told = filed("diff", "output", "releases/2021-08-26-again", "--area", "derbyshire").out
    assert "3,520" in told.partition("STORIES NOW WRONG")[2].partition("FINDINGS TURNED")[0]


def test_lost_log_does_not_unapprove(filed: SmallDesk) -> None:
    approve(filed)
    approved = (filed.output / FOLDER / "article.md").read_bytes()
    (filed.output / ".newscopy" / "log.db").unlink()
    revise(filed)
    for _ in range(2):
        assert "left as it is, the new draft is beside it" in filed("run").out
        assert (filed.output / FOLDER / "article.md").read_bytes() == approved


def test_override_shows_in_the_index_as_held_and_approved(filed: SmallDesk) -> None:
    edit(filed, "3,480", "3,840")
    approve(filed, "--override", "the force gave us 3,840", path=f"{FOLDER}/article.md")
    line = index(filed)
    assert (line["status"], line["holds"], line["standing"]) == ("held", "1", "approved")


def test_spiked_draft_is_counted_apart(filed: SmallDesk) -> None:
    edit(filed, "3,480", "3,840")
    filed("spike", filed.output / FOLDER, "--by", "Bob")
    ran = filed("run", "--strict")
    assert (ran.status, ran.out.splitlines()[0]) == (
        0,
        "8 drafts: 7 ready, 0 held, 0 excluded, 1 spiked.",
    )
    assert shown(filed, "7 ready")
    assert shown(filed, "1 spiked")
    page = (filed.output / "index.html").read_text("utf-8")
    assert 'data-status="spiked"' in page
    assert page.count('data-status="ready|"') == 7


def test_approved_words_come_back_when_asked_for(filed: SmallDesk) -> None:
    """What was deleted is restored as it was approved, and is so again; the new lies beside."""
    edit(filed, "figures reveal", "figures show")
    approve(filed, path=f"{FOLDER}/article.md")
    approved = (filed.output / FOLDER / "article.md").read_bytes()
    shutil.rmtree(filed.output / FOLDER)
    revise(filed)

    ran = filed("run", "--restore")

    assert (filed.output / FOLDER / "article.md").read_bytes() == approved
    assert "3,520" in (filed.output / FOLDER / "article.new.md").read_text("utf-8")
    assert "3,520" in (filed.output / FOLDER / "article.txt").read_text("utf-8")
    assert "changed " not in ran.out
    assert (index(filed)["standing"], shown(filed, "approved")) == ("approved", True)


def test_log_names_the_release_whatever_came_after(filed: SmallDesk) -> None:
    revise(filed)
    filed("run")
    first, second = filed("log", filed.output / FOLDER).out.splitlines()
    assert first.endswith(", release of 2021-05-13")
    assert second.endswith(", release of 2021-07-22")


def test_log_of_decisions_alone(filed: SmallDesk) -> None:
    filed("spike", filed.output / FOLDER, "--by", "Bob", "--reason", "no room")
    assert len(filed("log").out.splitlines()) == 9
    (line,) = filed("log", "--decisions").out.splitlines()
    assert "spiked" in line
    assert FOLDER in line


def test_older_release_is_told_of(filed: SmallDesk) -> None:
    revise(filed)
    assert "is older than" not in filed("run").err
    ran = filed("run", "releases/2021-05-13-table")
    assert "of 2021-05-13, is older than the one of 2021-07-22 that was filed here" in ran.err


def test_spike_and_approve_again(filed: SmallDesk) -> None:
    ran = filed("spike", filed.output / FOLDER, "--by", "Bob", "--reason", "no room")
    assert ran.status == 0, ran.err
    assert index(filed)["standing"] == "spiked"
    assert shown(filed, "spiked")
    approve(filed)
    assert index(filed)["standing"] == "approved"
    events = [(entry["event"], entry["by"]) for entry in log(filed)[-2:]]
    assert events == [("spiked", "Bob"), ("approved", "Ann Editor")]


def test_what_is_put_on_hold_is_withdrawn_until_it_is_approved(filed: SmallDesk) -> None:
    approve(filed)
    ran = filed("hold", filed.output / FOLDER, "--by", "Bob", "--reason", "Kent is to reply")
    assert ran.status == 0, ran.err
    assert ran.out.startswith(f"put on hold {FOLDER} by Bob")
    assert index(filed)["standing"] == "on hold"
    assert shown(filed, "on hold")
    item = json.loads((filed.output / FOLDER / "ninjs.json").read_bytes())
    assert (item["pubStatus"], item["version"]) == ("withheld", "3")
    filed("run")
    assert index(filed)["standing"] == "on hold"
    approve(filed)
    assert index(filed)["standing"] == "approved"
    events = [entry["event"] for entry in json.loads(filed("log", "--decisions", "--json").out)]
    assert events == ["approved", "put on hold", "approved"]


def says(desk: SmallDesk, name: str = "article.html") -> tuple[str, ...]:
    """Return what a file of Derbyshire's draft says above its words of where it stands."""
    return copy_from((desk.output / FOLDER / name).read_bytes(), name).standing


@pytest.mark.parametrize(
    ("command", "banner", "pill"),
    [
        ("hold", "ON HOLD: not for publication yet. Bob put it on hold at ", "on hold"),
        ("spike", "SPIKED: not for publication. Bob spiked it at ", "spiked"),
    ],
)
def test_what_is_withdrawn_says_so_in_its_own_files(
    filed: SmallDesk, tree: Tree, command: str, banner: str, pill: str
) -> None:
    """Who, when and why; until it is approved. Nobody has edited anything."""
    folder = filed.output / FOLDER
    before = {name: (folder / name).read_bytes() for name in (*TEXTS, "notes.md")}

    filed(command, folder, "--by", "Bob", "--reason", "Kent is to reply")

    today = in_full(datetime.datetime.fromisoformat(str(log(filed)[-1]["at"])))
    for name in TEXTS:
        (said,) = says(filed, name)
        assert said.startswith(banner)
        assert said.endswith(f"(UTC) on {today}{REASON}")
    assert f"> **{banner}" in (folder / "notes.md").read_text("utf-8")
    page = (folder / "article.html").read_text("utf-8")
    assert '<span class="pill ready">' not in page
    assert f">{pill}</span>" in page
    checked = filed("check")
    assert checked.status == 0
    assert FOLDER not in checked.out
    after = tree(folder)
    assert filed("run").out.splitlines()[0].startswith("8 drafts: ")
    assert tree(folder) == after
    assert index(filed)["edited"] == ""

    assert approve(filed).status == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert log(filed)[-1]["texts"] == {name: sha256(before[name]) for name in TEXTS}
    assert "Changed since" not in filed("check").out
    filed("run")
    assert (index(filed)["standing"], index(filed)["edited"]) == ("approved", "")


def test_approved_story_that_is_false_by_now_says_so_where_the_feed_leads_to(
    filed: SmallDesk,
) -> None:
    approve(filed)
    revise(filed)
    filed("run")

    feed = feedparser.parse((filed.output / "feed.atom").read_bytes())
    (entry,) = (each for each in feed.entries if each.link == f"{FOLDER}/article.html")
    assert [tag.term for tag in entry.tags] == ["withheld"]
    withheld, newer = says(filed)
    assert withheld.startswith("WITHHELD: no feed may use it. Ann Editor approved it at ")
    assert "newscopy has withheld it since." in withheld
    assert newer.startswith("SUPERSEDED: a newer draft lies beside it, made from ")
    assert ", published 22 July 2021: article.new.docx, article.new.html," in newer
    assert "Changed since" not in filed("check").out
    told = filed("diff", "output", "releases/2021-07-22-revised").out
    assert f"{FOLDER}  APPROVED" in told
    assert says(filed, "article.md") == ()  # what was approved is not rewritten
    assert says(filed, "article.new.html") == ()

    for name in TEXTS:
        beside = filed.output / FOLDER / name.replace(".", ".new.")
        beside.replace(filed.output / FOLDER / name)
    assert approve(filed).status == 0
    assert says(filed) == ()


def test_figures_are_traced_in_what_is_on_hold(filed: SmallDesk) -> None:
    names = ("article.html", "article.md", "article.docx")
    before = [filed("explain", filed.output / FOLDER / name, "3,480") for name in names]
    assert [traced.status for traced in before] == [0, 0, 0]
    filed("hold", filed.output / FOLDER, "--by", "Bob")
    assert [filed("explain", filed.output / FOLDER / name, "3,480") for name in names] == before


def test_what_somebody_has_written_into_the_warning_is_not_taken_off(filed: SmallDesk) -> None:
    """So that it is not approved and says all the while that it is on hold."""
    filed("hold", filed.output / FOLDER, "--by", "Bob", "--reason", "Kent is to reply")
    edit(filed, "Kent is to reply", "Kent is to reply: call them")
    ran = approve(filed, path=f"{FOLDER}/article.md")
    assert ran.status == 1
    assert "Above the words it says that they may not be used" in ran.err
    text = (filed.output / FOLDER / "article.md").read_text("utf-8")
    (filed.output / FOLDER / "article.md").write_text(text.partition("\n\n")[2], "utf-8")
    assert approve(filed, path=f"{FOLDER}/article.md").status == 0


def test_log_of_one_draft(filed: SmallDesk) -> None:
    approve(filed)
    ran = filed("log", filed.output / FOLDER)
    assert ran.status == 0
    filed_line, approved_line = ran.out.splitlines()
    assert f"filed         {FOLDER}  by newscopy: article.docx" in filed_line
    assert f"approved      {FOLDER}  by Ann Editor: article.docx" in approved_line


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "Ann\x1b[31m", "newscopy", "=HYPERLINK(1)"])
def test_decision_needs_a_name(filed: SmallDesk, name: str) -> None:
    ran = approve(filed, by=name)
    assert ran.status == 1
    assert "A decision needs the name of who decides." in ran.err


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("output", "A decision is on one draft."),
        ("output/victim-withdrawal", "A decision is on one draft."),
        (f"output/{FOLDER}/notes.md", "There is nothing here that can be checked."),
        ("config", "This is no output folder, and not in one."),
        ("nowhere", "There is no such file or folder."),
    ],
)
@pytest.mark.parametrize("command", ["approve", "spike"])
def test_path_that_is_of_no_draft(filed: SmallDesk, command: str, path: str, said: str) -> None:
    ran = filed(command, filed.folder / path, "--by", "Ann")
    assert ran.status == 1
    assert said in ran.err


def test_draft_changed_while_it_is_checked_is_not_approved(
    filed: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = approval.check_output

    def check_and_edit(*given: object) -> object:
        found = real(*given)
        edit(filed, "figures reveal", "figures show")
        return found

    monkeypatch.setattr(approval, "check_output", check_and_edit)
    ran = approve(filed)
    assert ran.status == 1
    assert "changed while it was being checked: nothing was decided" in ran.err


def test_draft_filed_anew_while_it_is_checked_is_not_approved(
    filed: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is the same to the byte, and no longer true."""
    edit(filed, "figures reveal", "figures show")
    edit(filed, "3,480", "3,480 or so")
    real = approval.check_output

    def check_and_file(*given: object) -> object:
        found = real(*given)
        revise(filed)
        filed("run")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(approval, "check_output", check_and_file)
        ran = approve(filed, "--override", "we know", path=f"{FOLDER}/article.md")
    assert ran.status == 1
    assert "filed anew while its article was being checked: nothing was decided" in ran.err
    assert index(filed)["standing"] == ""


def test_samples_figures_are_not_approved_in_older_copy(filed: SmallDesk) -> None:
    """Whatever its line of origin says."""
    edit(filed, "withdrew support for their case, figures reveal", "gave up, figures show")
    article = filed.output / FOLDER / "article.md"
    invented = rows_of({**CLOSED, "Derbyshire": {**CLOSED["Derbyshire"], 2020: (1, 9, 9, 2021)}})
    sample = filed.publish("releases/2021-07-22-sample", invented, dated=False)
    about = "published: 2021-07-22\nsample: true\n"
    (sample / "release.yml").write_text(about, encoding="utf-8")
    filed("run")
    article.write_text(article.read_text("utf-8").replace("3,480", "72"), encoding="utf-8")
    ran = approve(filed, "--override", "sure", path=f"{FOLDER}/article.md")
    assert ran.status == 1
    assert "The draft was made from a sample" in ran.err


# The database


def damage(path: Path) -> None:
    path.write_bytes(b"not a database, and long enough to be seen as none" * 50)


def test_database_that_another_program_holds(
    filed: SmallDesk, monkeypatch: pytest.MonkeyPatch, tree: Tree
) -> None:
    monkeypatch.setattr(database, "WAIT", 0.1)
    before = tree(filed.output)
    with sqlite3.connect(filed.output / ".newscopy" / "log.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        for ran in (approve(filed), filed("run")):
            assert ran.status == 1
            assert "The output's log is in use by another program" in ran.err
    assert tree(filed.output) == before
    assert approve(filed).status == 0


def test_damaged_database(filed: SmallDesk) -> None:
    damage(filed.output / ".newscopy" / "log.db")
    for ran in (approve(filed), filed("run"), filed("log")):
        assert ran.status == 1
        assert "The output's log is damaged, which tells who approved what" in ran.err
    (filed.output / ".newscopy" / "log.db").rename(filed.output / ".newscopy" / "log.damaged")
    assert approve(filed).status == 0


def test_database_of_a_newer_newscopy(filed: SmallDesk) -> None:
    with sqlite3.connect(filed.output / ".newscopy" / "log.db") as log_db:
        log_db.execute("PRAGMA user_version = 99")
    ran = approve(filed)
    assert ran.status == 1
    assert "written by a newer newscopy than this one" in ran.err


@pytest.mark.parametrize("version", range(len(database.MIGRATIONS)))
def test_database_from_before_a_migration_opens_after_it(filed: SmallDesk, version: int) -> None:
    """What an older newscopy has written is there still, and new lines come after it."""
    path = filed.output / ".newscopy" / "log.db"
    path.unlink()
    with sqlite3.connect(path) as old:
        for script in database.MIGRATIONS[:version]:
            old.executescript(script)
        if version >= 1:
            old.execute("INSERT INTO texts VALUES ('abc', x'00')")
        if version >= 2:
            old.execute(
                "INSERT INTO entries (at, who, event, folder, release)"
                " VALUES ('2021-05-13T08:40:00+00:00', 'Ann', 'approved', 'a/b/c', 'r')"
            )
        old.execute(f"PRAGMA user_version = {version}")

    assert approve(filed).status == 0

    assert log(filed)[-1]["event"] == "approved"
    with sqlite3.connect(path) as now:
        assert now.execute("PRAGMA user_version").fetchone() == (len(database.MIGRATIONS),)
        if version >= 1:
            assert now.execute("SELECT count(*) FROM texts WHERE sha256 = 'abc'").fetchone() == (1,)
        if version >= 2:
            assert log(filed)[0]["by"] == "Ann"
