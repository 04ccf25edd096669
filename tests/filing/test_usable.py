"""Nothing is usable but what was approved and may be published now, whatever has happened since."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from filed_items import Filing

from generator.desk import Format
from generator.filing import Event
from generator.model import Copy, Level, Problem, Release, SourceFile

FALSE = (Problem(Level.HOLD, "paragraph 2", "It is no figure of the story.", "Mend it."),)
NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
TOMORROW = NOW + datetime.timedelta(days=1)


def says(words: str) -> Callable[[Copy], bool]:
    return lambda copy: any(words in passage.text for passage in copy.passages)


@pytest.fixture
def revised(release: Release) -> Release:
    return replace(release, title="Revised", files=(SourceFile("revised.ods", "cd" * 32),))


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

    assert [tag.term for tag in filing.entry.tags] == ["withheld"]
    assert "Nobody can tell which release" in filing.entry.summary
