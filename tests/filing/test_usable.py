"""Nothing is usable but what was approved and may be published now, whatever has happened since."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filed_items import FOLDER, Filing

from generator.desk import Format
from generator.errors import FilingError
from generator.filing import Event, Verdict, decide
from generator.model import Copy, Level, Problem, Release, SourceFile

FALSE = (Problem(Level.HOLD, "paragraph 2", "It is no figure of the story.", "Mend it."),)
NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
TOMORROW = NOW + datetime.timedelta(days=1)


def says(words: str) -> Callable[[Copy], bool]:
    return lambda copy: any(words in passage.text for passage in copy.passages)


@pytest.fixture
def revised(release: Release) -> Release:
    return replace(release, title="Revised", files=(SourceFile("revised.ods", "cd" * 32),))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.datetime], None]:
    """Set the clock."""
    return lambda moment: monkeypatch.setattr("generator.filing.log.now", lambda: moment)


def revise(filing: Filing, revised: Release, **more: Any) -> None:
    """File a release by which 23,489 is false."""
    filing.run(revised, found=FALSE, of=says("23,489"), withdrawn=23_488, **more)


# The words of an item are those it is judged by


def test_what_is_mended_and_not_approved_does_not_speak_for_what_was(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    filing.edit("23,489", "23,488")

    revise(filing, revised)

    assert "23,489" in filing.body
    assert filing.status == "withheld"
    assert filing.ninjs["edNote"].startswith("Held")
    assert filing.row.status == "ready"  # what lies there now may be approved
    filing.decide(Event.APPROVED, "article.md")
    assert "23,488" in filing.body
    assert filing.status == "usable"


def test_what_nobody_has_approved_yet_does_not_withhold_what_was(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    filing.edit("23,489", "99,999")
    filing.run(revised, found=FALSE, of=says("99,999"))
    assert filing.row.status == "held"
    assert filing.status == "usable"
    assert "23,489" in filing.body


@pytest.mark.parametrize("to", [None, "memo.md"], ids=["deleted", "renamed"])
def test_what_was_approved_and_is_gone_is_read_again(
    filing: Filing, revised: Release, to: str | None
) -> None:
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    filing.article.rename(filing.folder / to) if to else filing.article.unlink()
    filing.run()
    assert filing.status == "usable"

    revise(filing, revised)

    assert "23,489" in filing.body
    assert filing.status == "withheld"


def test_what_was_approved_and_is_filed_no_more_is_read_again(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.decide(Event.APPROVED, "article.docx")
    formats = {"formats": (Format.FEEDS,)}
    filing.desk = replace(filing.desk, file=filing.desk.file.model_copy(update=formats))

    revise(filing, revised)

    assert "23,489" in filing.body
    assert filing.status == "withheld"


def test_what_is_no_article_makes_nothing_usable(filing: Filing) -> None:
    filing.run()
    (filing.folder / "social.txt").write_text("Record number of cases collapse", "utf-8")
    for _ in range(2):
        filing.decide(Event.APPROVED, "social.txt")
        assert filing.status == "withheld"
        assert filing.ninjs["edNote"].startswith("Not approved yet")
        filing.run()
        assert filing.status == "withheld"


# What nobody can tell is withheld


@pytest.mark.parametrize("how", ["DELETE FROM texts", "UPDATE texts SET deflated = x'00'"])
def test_approved_text_that_is_lost_is_not_made_up(filing: Filing, how: str) -> None:
    filing.run()
    filing.edit(" fell through", " came to nothing")
    filing.decide(Event.APPROVED, "article.md")
    filing.edit(" came to nothing", " came to a stop")
    with sqlite3.connect(filing.output / ".newscopy" / "log.db") as log_db:
        log_db.execute(how)

    filing.run()

    assert filing.status == "withheld"
    assert "The approved text is lost: approve it again." in filing.ninjs["edNote"]
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    assert filing.status == "usable"


def test_approved_text_that_is_damaged_is_kept_anew(filing: Filing) -> None:
    filing.run()
    filing.edit(" fell through", " came to nothing")
    filing.decide(Event.APPROVED, "article.md")
    with sqlite3.connect(filing.output / ".newscopy" / "log.db") as log_db:
        log_db.execute("UPDATE texts SET deflated = x'00'")
    filing.run()
    assert filing.status == "withheld"
    filing.decide(Event.APPROVED, "article.md")
    assert filing.status == "usable"


def test_what_has_no_headline_has_a_title_in_the_feed(filing: Filing) -> None:
    filing.run()
    headline = filing.article.read_text("utf-8").splitlines()[0]
    assert headline.startswith("# ")
    filing.edit(f"{headline}\n", "")
    filing.decide(Event.APPROVED, "article.md")
    assert filing.status == "usable"
    assert filing.entry.title.startswith("Derbyshire, ")


def test_release_that_nobody_knows_any_more_withholds(filing: Filing, revised: Release) -> None:
    filing.run(replace(filing.release, embargo=TOMORROW))
    filing.decide(Event.APPROVED, "article.md")
    (filing.output / "manifest.json").write_bytes(b"{")

    filing.run(revised)

    assert filing.status == "withheld"
    assert "Nobody can tell which release" in filing.ninjs["edNote"]
    filing.decide(Event.SPIKED, "article.md")
    assert filing.status == "canceled"
    filing.decide(Event.APPROVED, "article.md")
    assert filing.status == "usable"


# A version for every change


def test_a_withdrawal_is_a_version_of_its_own(
    filing: Filing, revised: Release, at: Callable[[datetime.datetime], None]
) -> None:
    def seen() -> tuple[str, str, str, str]:
        assert filing.entry.updated.startswith(filing.ninjs["versionCreated"][:19])
        said = filing.ninjs
        assert f'version="{said["version"]}"' in (filing.folder / "newsml.xml").read_text()
        return said["version"], said["versionCreated"], filing.status, filing.log[-1].event

    hours = [NOW + datetime.timedelta(hours=hour) for hour in range(6)]
    times = [f"{hour:%Y-%m-%dT%H:%M:%SZ}" for hour in hours]
    at(hours[0])
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    assert seen() == ("2", times[0], "usable", "approved")
    at(hours[1])
    revise(filing, revised)
    assert seen() == ("3", times[1], "withheld", "held")
    assert filing.log[-1].who == "newscopy"
    assert filing.log[-1].texts.keys() == {"article.md"}
    at(hours[2])
    revise(filing, revised)
    assert seen() == ("3", times[1], "withheld", "held")
    at(hours[3])
    filing.run(revised)
    assert seen() == ("4", times[3], "usable", "cleared")
    at(hours[4])
    filing.decide(Event.SPIKED, "article.md")
    assert seen() == ("5", times[4], "canceled", "spiked")
    at(hours[5])
    filing.run(revised)
    assert seen() == ("5", times[4], "canceled", "spiked")


def test_what_was_filed_last_is_told_anew_where_nobody_knows_it(
    filing: Filing, revised: Release, at: Callable[[datetime.datetime], None]
) -> None:
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    (filing.output / "manifest.json").write_bytes(b"{")
    revise(filing, revised)
    assert (filing.status, filing.ninjs["version"]) == ("withheld", "3")


def test_a_run_of_other_drafts_tells_of_this_one(
    filing: Filing, at: Callable[[datetime.datetime], None]
) -> None:
    """The feed tells of all drafts, and the files of a folder have to say the same."""
    release = replace(filing.release, embargo=TOMORROW)
    filing.run(release)
    filing.decide(Event.APPROVED, "article.md")
    at(TOMORROW + datetime.timedelta(minutes=1))
    filing.run(release, area_id="kent")
    assert (filing.ninjs["pubStatus"], filing.ninjs["version"]) == ("usable", "3")
    at(TOMORROW + datetime.timedelta(minutes=2))
    filing.run(release)
    assert (filing.ninjs["pubStatus"], filing.ninjs["version"]) == ("usable", "3")


def test_a_decision_on_another_draft_tells_of_this_one(
    filing: Filing, at: Callable[[datetime.datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    release = replace(filing.release, embargo=TOMORROW)
    filing.run(release, area_id="kent")
    filing.run(release)
    filing.decide(Event.APPROVED, "article.md")
    at(TOMORROW + datetime.timedelta(minutes=1))
    kent = FOLDER.replace("derbyshire", "kent")
    with monkeypatch.context() as patch:
        patch.setattr("filed_items.FOLDER", kent)
        filing.decide(Event.SPIKED)
    assert (filing.ninjs["pubStatus"], filing.ninjs["version"]) == ("usable", "3")


# Feed files are newscopy's alone


def indent(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n  "))


@pytest.mark.parametrize("name", ["ninjs.json", "newsml.xml"])
def test_a_feed_file_that_somebody_has_changed_is_written_anew(filing: Filing, name: str) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    ours = (filing.folder / name).read_bytes()
    indent(filing.folder / name)
    filing.run()
    assert (filing.folder / name).read_bytes() == ours
    assert name in filing.log[-1].texts
    assert not list(filing.folder.glob("*.new.*"))
    indent(filing.folder / name)
    filing.decide(Event.SPIKED)
    assert filing.status == "canceled"


@pytest.mark.parametrize("whole", [True, False], ids=["the folder", "its articles"])
def test_a_draft_that_was_deleted_is_canceled(filing: Filing, whole: bool) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    if whole:
        shutil.rmtree(filing.folder)
    else:
        for article in filing.folder.glob("article.*"):
            article.unlink()

    filing.run()

    assert filing.folder.exists() is not whole
    assert [tag.term for tag in filing.entry.tags] == ["canceled"]
    if not whole:
        assert (filing.status, filing.ninjs["version"]) == ("canceled", "3")
    assert "Deleted" in filing.entry.summary
    filing.run(restore=True)
    assert (filing.status, filing.ninjs["version"]) == ("usable", "4")


def test_an_undecided_draft_that_was_deleted_is_in_no_feed(filing: Filing) -> None:
    filing.run()
    for article in filing.folder.glob("article.*"):
        article.unlink()
    filing.run()
    assert not (filing.folder / "ninjs.json").exists()
    assert b"<entry>" not in (filing.output / "feed.atom").read_bytes()


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize("how", ["run", "decide", "run of another"])
def test_a_desk_that_wants_no_feeds_any_more_has_none(
    filing: Filing, changed: bool, how: str
) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    files = [
        filing.folder / "ninjs.json",
        filing.folder / "newsml.xml",
        filing.output / "feed.atom",
    ]
    if changed:
        for file in files:
            indent(file)
    formats = {"formats": (Format.WORD,)}
    filing.desk = replace(filing.desk, file=filing.desk.file.model_copy(update=formats))
    match how:
        case "run":
            filing.run()
        case "decide":
            filing.decide(Event.SPIKED)
        case _:
            filing.run(area_id="kent")
    assert [file.name for file in files if file.exists()] == []


# Old copy, new figures


@pytest.fixture
def typed(filing: Filing, revised: Release) -> Iterator[Filing]:
    """An editor has typed an embargoed release's figures into copy of an earlier one."""
    filing.run()
    filing.edit("of 80,204", "of the 80,204")
    filing.edit("23,489 fell", "23,489 cases fell")
    embargoed = replace(revised, embargo=TOMORROW)
    filing.run(embargoed, withdrawn=23_488)
    assert filing.row.made_from["article.md"] != filing.row.release
    filing.edit("23,489 cases fell", "23,488 cases fell")
    yield filing


def test_figures_under_embargo_wait_whatever_the_line_of_origin_says(
    typed: Filing, revised: Release, at: Callable[[datetime.datetime], None]
) -> None:
    typed.decide(Event.APPROVED, "article.md")
    assert typed.status == "withheld"
    assert "EMBARGOED" in typed.ninjs["edNote"]
    typed.decide(Event.APPROVED, "article.md")
    assert typed.status == "withheld"
    typed.run(replace(revised, embargo=TOMORROW), withdrawn=23_488)
    assert typed.status == "withheld"
    at(TOMORROW + datetime.timedelta(minutes=1))
    typed.run(replace(revised, embargo=TOMORROW), withdrawn=23_488)
    assert typed.status == "usable"


def test_copy_of_before_is_free_of_a_later_embargo(filing: Filing, revised: Release) -> None:
    filing.run()
    filing.edit(" fell through", " came to nothing")
    filing.decide(Event.APPROVED, "article.md")
    for _ in range(2):
        filing.run(replace(revised, embargo=TOMORROW), withdrawn=23_488)
        assert filing.status == "usable"
        filing.decide(Event.APPROVED, "article.md")
        assert filing.status == "usable"


def test_an_approval_by_other_figures_than_those_of_now_is_refused(
    filing: Filing, revised: Release
) -> None:
    filing.run()
    filing.edit(" fell through", " came to nothing")
    read_as, text = filing.row, filing.article.read_bytes()
    filing.run(revised, found=FALSE, withdrawn=23_488)
    filing.article.write_bytes(text)
    verdict = Verdict(
        Event.APPROVED, FOLDER, {"article.md": text}, "Ann", problems=(), read_as=read_as
    )
    with pytest.raises(FilingError, match="filed anew while its article was being checked"):
        decide(filing.output, verdict, filing.desk)
    decide(filing.output, replace(verdict, read_as=filing.row), filing.desk)
