"""A draft that was withdrawn or overtaken after it was filed says so in its own files."""

from __future__ import annotations

import datetime
import io
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from filed_items import ARTICLES, FOLDER, Filing

from generator.filing import Event, copy_from, look_up_decisions, set_aside, sha256
from generator.filing.heads import take_off
from generator.model import Copy, Level, Problem, Release, SourceFile, Standing

PAGE, NOTES = "article.html", "notes.md"
TEXTS = (*ARTICLES, NOTES)
FALSE = (Problem(Level.HOLD, "paragraph 2", "It is no figure of the story.", "Mend it."),)
NOON = datetime.datetime(2021, 7, 22, 12, tzinfo=datetime.UTC)
ON_HOLD = (
    "ON HOLD: not for publication yet. An editor put it on hold at noon (UTC) on 22 July 2021. "
    "The reason given: Kent is to reply"
)
SPIKED = (
    "SPIKED: not for publication. An editor spiked it at noon (UTC) on 22 July 2021. "
    "The reason given: no room"
)
WITHHELD = (
    "WITHHELD: no feed may use it. An editor approved it at noon (UTC) on 22 July 2021; newscopy "
    "has withheld it since. Held: not for publication. The draft's notes say why."
)
SUPERSEDED = (
    "SUPERSEDED: a newer draft lies beside it, made from Revised, published 22 July 2021: {}."
)


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the clock, to so many hours after noon."""

    def set_to(hours: int) -> None:
        moment = NOON + datetime.timedelta(hours=hours)
        monkeypatch.setattr("generator.filing.log.now", lambda: moment)

    set_to(0)
    return set_to


@pytest.fixture
def revised(release: Release) -> Release:
    files = (SourceFile("revised.ods", "cd" * 32),)
    return replace(release, title="Revised", published=NOON.date(), files=files)


def revise(filing: Filing, revised: Release, **more: Any) -> None:
    """File a release by which 23,489 is false."""

    def is_false(copy: Copy) -> bool:
        return any("23,489" in passage.text for passage in copy.passages)

    filing.run(revised, found=FALSE, of=is_false, withdrawn=23_488, **more)


def files(filing: Filing) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(filing.folder.iterdir())}


def texts(filing: Filing, *names: str) -> dict[str, bytes]:
    return {name: (filing.folder / name).read_bytes() for name in names or TEXTS}


def said(filing: Filing, name: str) -> tuple[str, ...]:
    """Return what a file says at its head of where the draft stands."""
    data = (filing.folder / name).read_bytes()
    if name == NOTES:
        return take_off(name, data).said
    return copy_from(data, name).standing


def words(filing: Filing, name: str) -> Copy:
    return copy_from((filing.folder / name).read_bytes(), name)


def pill(filing: Filing) -> str:
    page = (filing.folder / PAGE).read_text("utf-8")
    return page.partition('<span class="pill ')[2].partition(">")[2].partition("<")[0]


# Put on hold, and spiked


@pytest.mark.parametrize(
    ("event", "reason", "banner", "called"),
    [
        (Event.ON_HOLD, "Kent is to reply", ON_HOLD, "on hold"),
        (Event.SPIKED, "no room", SPIKED, "spiked"),
    ],
)
def test_what_an_editor_withdraws_says_so_in_all_its_files(
    filing: Filing, event: Event, reason: str, banner: str, called: str
) -> None:
    filing.run()
    assert pill(filing) == "ready"
    before = {name: words(filing, name) for name in ARTICLES}

    filing.decide(event, reason=reason)

    for name in TEXTS:
        assert said(filing, name) == (banner,)
    assert {name: words(filing, name) for name in ARTICLES} == before
    assert pill(filing) == called
    assert "Ready." not in (filing.folder / NOTES).read_text("utf-8")


def test_the_page_that_the_feed_links_to_says_so(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.SPIKED, reason="no room")
    linked = filing.output / filing.entry.link
    assert copy_from(linked.read_bytes(), linked.name).standing == (SPIKED,)


def test_no_reason_is_made_up(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.SPIKED)
    assert said(filing, PAGE) == (SPIKED.partition(" The reason")[0],)


@pytest.mark.parametrize("event", [Event.ON_HOLD, Event.SPIKED])
def test_it_goes_when_the_draft_is_approved(filing: Filing, event: Event) -> None:
    filing.run()
    before = texts(filing)
    filing.decide(event)
    filing.decide(Event.APPROVED)
    assert texts(filing) == before
    assert filing.row.approved == tuple(ARTICLES)
    assert filing.log[-1].texts == {name: sha256(before[name]) for name in ARTICLES}
    assert filing.status == "usable"
    filing.run()
    assert texts(filing) == before
    assert filing.row.edited == ()


def test_the_last_decision_is_the_one_that_is_told(
    filing: Filing, at: Callable[[int], None]
) -> None:
    filing.run()
    filing.decide(Event.ON_HOLD)
    filing.decide(Event.SPIKED, reason="no room")
    assert {said(filing, name) for name in TEXTS} == {(SPIKED,)}
    at(1)
    filing.decide(Event.SPIKED, reason="no room")
    assert "1pm (UTC)" in said(filing, PAGE)[0]
    assert len(said(filing, PAGE)) == 1


def test_a_run_for_which_nothing_is_new_changes_nothing(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.ON_HOLD, reason="Kent is to reply")
    before, lines = files(filing), len(filing.log)
    filing.run()
    assert files(filing) == before
    assert filing.row.edited == ()
    assert len(filing.log) == lines


def test_a_new_draft_of_what_is_on_hold_says_so_too(filing: Filing, revised: Release) -> None:
    filing.run()
    filing.decide(Event.ON_HOLD, reason="Kent is to reply")
    filing.run(revised, withdrawn=23_488)
    assert not list(filing.folder.glob("*.new.*"))
    for name in TEXTS:
        assert said(filing, name) == (ON_HOLD,)
    assert "23,488" in filing.article.read_text("utf-8")
    filing.decide(Event.APPROVED)
    held = texts(filing)
    shutil.rmtree(filing.output)
    filing.run(revised, withdrawn=23_488)
    assert held == texts(filing)  # as if it had never been on hold


def test_a_held_draft_that_is_spiked_says_both(filing: Filing, held: tuple[Problem, ...]) -> None:
    filing.run(problems=held)
    filing.decide(Event.SPIKED, reason="no room")
    text = filing.article.read_text("utf-8")
    assert text.startswith(f"> **{SPIKED}**\n\n> **HELD: not for publication.**")
    assert pill(filing) == "spiked"


def test_manifest_has_what_lies_there_and_what_is_under_it(filing: Filing) -> None:
    filing.run()
    bare = texts(filing)
    filing.decide(Event.ON_HOLD)
    for name, data in texts(filing).items():
        assert filing.row.files[name] == sha256(data)
        assert filing.row.under[sha256(data)] == sha256(bare[name])
    filing.decide(Event.APPROVED)
    assert filing.row.under == {}
    assert filing.row.says == ()


def test_lost_manifest_makes_nobody_the_editor(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.ON_HOLD)
    before = texts(filing)
    (filing.output / "manifest.json").write_bytes(b"{")
    filing.run()
    assert texts(filing) == before
    assert (filing.row.edited, filing.row.beside) == ((), ())


def test_lost_log_takes_it_off(filing: Filing) -> None:
    """With it the decision is lost."""
    filing.run()
    before = texts(filing)
    filing.decide(Event.ON_HOLD)
    (filing.output / ".newscopy" / "log.db").unlink()
    filing.run()
    assert texts(filing) == before


def test_files_keep_the_time_of_their_words(filing: Filing) -> None:
    """By it the review page knows which of its texts an editor has changed last."""
    filing.run()
    before = {name: (filing.folder / name).stat().st_mtime_ns for name in TEXTS}
    filing.decide(Event.ON_HOLD)
    assert {name: (filing.folder / name).stat().st_mtime_ns for name in TEXTS} == before


# Approved, and withheld since or overtaken


def test_approved_story_whose_figures_are_restated_says_so(
    filing: Filing, revised: Release, at: Callable[[int], None]
) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    approved, before = texts(filing), words(filing, PAGE)
    at(1)

    revise(filing, revised)

    beside = [name.replace(".", ".new.") for name in ARTICLES]
    newer = SUPERSEDED.format(", ".join(beside))
    assert filing.status == "withheld"
    linked = filing.output / filing.entry.link
    assert linked == filing.folder / PAGE
    assert said(filing, PAGE) == said(filing, NOTES) == (WITHHELD, newer)
    assert pill(filing) == "withheld"
    assert words(filing, PAGE) == before
    for name in ("article.md", "article.txt", "article.docx"):  # never rewritten
        assert (filing.folder / name).read_bytes() == approved[name]
    assert "23,488" in (filing.folder / "article.new.html").read_text("utf-8")
    assert copy_from((filing.folder / "article.new.html").read_bytes(), PAGE).standing == ()
    assert filing.row.edited == ()
    assert filing.log[-1].event is Event.HELD
    after = files(filing)
    at(2)
    revise(filing, revised)
    assert files(filing) == after


def test_it_is_approved_all_the_while(filing: Filing, revised: Release) -> None:
    """A banner is none of the words that were approved."""
    filing.run()
    filing.decide(Event.APPROVED)
    for _ in range(2):
        revise(filing, revised)
        assert look_up_decisions(filing.output)[FOLDER].standing is Standing.APPROVED
        assert ",approved,An editor," in (filing.output / "index.csv").read_text("utf-8")
    page = filing.folder / PAGE
    page.write_bytes(page.read_bytes().replace(b"fell through", b"came to nothing"))
    assert look_up_decisions(filing.output)[FOLDER].standing is Standing.CHANGED


def test_it_goes_when_the_figures_are_what_they_were(filing: Filing, revised: Release) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    before = texts(filing)
    revise(filing, revised)
    filing.run()
    assert filing.status == "usable"
    assert texts(filing) == before
    assert not list(filing.folder.glob("*.new.*"))


def test_what_is_true_still_and_was_overtaken_is_usable_and_says_so(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    filing.run(revised, withdrawn=23_488)
    assert filing.status == "usable"
    (banner,) = said(filing, PAGE)
    assert banner.startswith("SUPERSEDED: a newer draft lies beside it, made from Revised")
    assert pill(filing) == "superseded"


def test_it_goes_with_the_new_draft_that_is_set_aside(filing: Filing, revised: Release) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    before = texts(filing, *ARTICLES)
    filing.run(revised, withdrawn=23_488)
    newer = {path.name: sha256(path.read_bytes()) for path in filing.folder.glob("*.new.*")}
    set_aside(filing.output, FOLDER, newer, "An editor", filing.desk)
    assert texts(filing, *ARTICLES) == before
    assert said(filing, NOTES) == ()


def test_the_new_draft_in_the_old_ones_place_is_approved_without_it(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    revise(filing, revised)
    for path in sorted(filing.folder.glob("*.new.*")):
        path.replace(filing.folder / path.name.replace(".new.", "."))
    new = texts(filing, *ARTICLES)
    filing.decide(Event.APPROVED)
    assert texts(filing, *ARTICLES) == new
    assert filing.status == "usable"
    assert said(filing, NOTES) == ()
    revise(filing, revised)
    assert texts(filing, *ARTICLES) == new
    assert (filing.row.edited, filing.row.beside) == ((), ())


def test_where_one_article_was_approved_the_page_tells_of_it(
    filing: Filing, revised: Release, at: Callable[[int], None]
) -> None:
    """The page has the new draft's words, and is what the feed links to."""
    filing.run()
    filing.edit(" fell through", " came to nothing")
    filing.decide(Event.APPROVED, "article.md")
    approved = filing.article.read_bytes()
    at(1)
    revise(filing, revised)
    assert filing.article.read_bytes() == approved
    assert said(filing, PAGE) == said(filing, "article.txt") == (WITHHELD,)
    filing.edit("23,489", "23,488")
    (filing.folder / "article.new.md").unlink()
    filing.decide(Event.APPROVED, "article.md")
    assert said(filing, PAGE) == said(filing, "article.txt") == said(filing, NOTES) == ()
    assert pill(filing) == "ready"


def test_text_that_is_lost_is_withheld_in_the_files_too(filing: Filing) -> None:
    filing.run()
    filing.edit(" fell through", " came to nothing")
    filing.decide(Event.APPROVED, "article.md")
    with sqlite3.connect(filing.output / ".newscopy" / "log.db") as log_db:
        log_db.execute("DELETE FROM texts")
    filing.run()
    assert filing.status == "withheld"
    (banner,) = said(filing, PAGE)
    assert banner.startswith("WITHHELD: no feed may use it. An editor approved it at noon")
    assert banner.endswith("The approved text is lost: approve it again.")
    filing.decide(Event.APPROVED, "article.md")
    assert said(filing, PAGE) == ()


def test_an_embargo_is_no_withdrawal(filing: Filing) -> None:
    until = datetime.datetime(2099, 5, 13, 9, 30, tzinfo=datetime.UTC)
    filing.run(replace(filing.release, embargo=until))
    before = texts(filing)
    filing.decide(Event.APPROVED)
    assert filing.status == "withheld"
    assert texts(filing) == before


def test_what_was_approved_though_held_says_who_did_and_why(
    filing: Filing, held: tuple[Problem, ...]
) -> None:
    filing.run(problems=held)
    filing.decide(Event.APPROVED, reason="the force gave us the count")
    filing.run(problems=held)
    assert filing.status == "withheld"
    assert said(filing, PAGE) == (
        "WITHHELD: no feed may use it. An editor approved it, although it was held, at noon (UTC) "
        "on 22 July 2021. The reason given: the force gave us the count. Held: not for "
        "publication. The draft's notes say why.",
    )


def test_a_draft_that_this_run_does_not_write_says_so_as_well(
    filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its approved text is lost: the next command tells of it, whichever draft that is of."""
    filing.run()
    filing.decide(Event.APPROVED)
    filing.run(area_id="kent")
    with sqlite3.connect(filing.output / ".newscopy" / "log.db") as log_db:
        log_db.execute("DELETE FROM texts")
    kent = FOLDER.replace("derbyshire", "kent")
    with monkeypatch.context() as patch:
        patch.setattr("filed_items.FOLDER", kent)
        filing.decide(Event.SPIKED)
    assert said(filing, PAGE)[0].startswith("WITHHELD: no feed may use it.")


# Files that an editor has changed


def test_changed_texts_stay_to_the_byte_and_the_page_says_so(filing: Filing) -> None:
    filing.run()
    filing.edit(" fell through", " came to nothing")
    path = filing.folder / "article.docx"
    document = docx.Document(path)
    document.paragraphs[1].add_run(" More of ours.")
    document.save(path)
    (filing.folder / "article.txt").unlink()
    theirs = texts(filing, "article.md", "article.docx")

    filing.decide(Event.ON_HOLD, "article.md", "article.docx", reason="Kent is to reply")
    filing.run()

    assert texts(filing, "article.md", "article.docx") == theirs
    assert not (filing.folder / "article.txt").exists()
    assert said(filing, PAGE) == said(filing, NOTES) == (ON_HOLD,)
    assert filing.row.edited == ("article.docx", "article.md")


def test_a_changed_text_of_what_is_on_hold_is_merged_and_gets_none(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.edit("\n---\n", "\nOur own last line.\n\n---\n")
    filing.decide(Event.ON_HOLD, "article.md")
    filing.run(revised, withdrawn=23_488)
    text = filing.article.read_text("utf-8")
    assert "Our own last line." in text
    assert "23,488" in text
    assert "ON HOLD" not in text


def test_a_changed_page_keeps_every_word(filing: Filing) -> None:
    """It is what the feed links to: the banner is put into it, and goes again."""
    filing.run()
    page = filing.folder / PAGE
    theirs = page.read_bytes().replace(b"fell through", b"came to nothing")
    page.write_bytes(theirs)
    for _ in range(2):
        filing.decide(Event.ON_HOLD, PAGE, reason="Kent is to reply")
        assert said(filing, PAGE) == (ON_HOLD,)
        assert b"came to nothing" in page.read_bytes()
        filing.run()
        assert said(filing, PAGE) == (ON_HOLD,)
        assert filing.row.edited == (PAGE,)
    filing.decide(Event.APPROVED, PAGE)
    assert page.read_bytes() == theirs
    assert filing.log[-1].texts == {PAGE: sha256(theirs)}


def test_a_changed_page_that_was_overtaken_says_so(filing: Filing, revised: Release) -> None:
    """In its notes; and in itself, once somebody has decided on it."""
    filing.run()
    page = filing.folder / PAGE
    theirs = page.read_bytes().replace(b" fell through after", b" came to nothing after")
    page.write_bytes(theirs)
    newer = SUPERSEDED.format("article.new.html")
    filing.run(revised, withdrawn=23_488)
    assert page.read_bytes() == theirs
    assert said(filing, NOTES) == (newer,)
    filing.decide(Event.APPROVED, PAGE)
    for _ in range(2):
        assert said(filing, PAGE) == said(filing, NOTES) == (newer,)
        filing.run(revised, withdrawn=23_488)
    (filing.folder / "article.new.html").unlink()
    filing.run(revised, withdrawn=23_488)
    assert page.read_bytes() == theirs
    assert said(filing, NOTES) == ()


@pytest.mark.parametrize("name", ["article.md", "article.txt", PAGE])
def test_what_is_changed_under_it_stays_when_it_goes(filing: Filing, name: str) -> None:
    filing.run()
    path = filing.folder / name
    theirs = path.read_bytes().replace(b"fell through", b"came to nothing")
    filing.decide(Event.ON_HOLD)
    path.write_bytes(path.read_bytes().replace(b"fell through", b"came to nothing"))
    filing.run()
    assert said(filing, name)
    filing.decide(Event.APPROVED, name)
    assert path.read_bytes() == theirs
    assert filing.row.edited == (name,)
    filing.run()
    assert path.read_bytes() == theirs


def test_what_is_changed_under_it_in_word_stays_when_it_goes(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.ON_HOLD)
    path = filing.folder / "article.docx"
    document = docx.Document(path)
    document.paragraphs[2].add_run(" More of ours.")
    document.save(path)
    filing.decide(Event.APPROVED, "article.docx")
    assert said(filing, "article.docx") == ()
    first, second, *_ = docx.Document(io.BytesIO(path.read_bytes())).paragraphs
    assert first.style.name == "Title"
    assert second.text.endswith(" More of ours.")


def test_what_an_editor_has_written_into_it_stays(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.ON_HOLD, reason="Kent is to reply")
    filing.edit("Kent is to reply", "Kent is to reply. Call them at noon")
    theirs = filing.article.read_bytes()
    filing.decide(Event.SPIKED, "article.md")
    filing.run()
    assert filing.article.read_bytes() == theirs


def test_changed_notes_stay(filing: Filing) -> None:
    filing.run()
    path = filing.folder / NOTES
    path.write_text("My own notes.\n", encoding="utf-8")
    filing.decide(Event.ON_HOLD)
    assert path.read_text("utf-8") == "My own notes.\n"


def test_a_link_to_another_file_is_left(filing: Filing, tmp_path: Path) -> None:
    filing.run()
    elsewhere = tmp_path / "elsewhere.html"
    (filing.folder / PAGE).replace(elsewhere)
    (filing.folder / PAGE).symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    filing.decide(Event.ON_HOLD, "article.md")
    assert elsewhere.read_bytes() == before
    assert (filing.folder / PAGE).is_symlink()
