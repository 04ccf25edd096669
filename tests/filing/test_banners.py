"""The warning of an embargo: the same in whatever is read back, and none once it has ended."""

from __future__ import annotations

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from filed_items import Filing

from generator.filing.banners import missing_banners, release_banners
from generator.filing.manifest import ReleaseRecord, release_record
from generator.model import Copy, Release, SourceFile

UNTIL = datetime.datetime(2021, 5, 13, 9, 30, tzinfo=ZoneInfo("Europe/London"))
BEFORE, AFTER = (UNTIL + datetime.timedelta(minutes=minutes) for minutes in (-1, 1))


@pytest.fixture
def embargoed(release: Release) -> Release:
    return replace(release, embargo=UNTIL)


def as_written(release: Release) -> Copy:
    return Copy("A headline", (), banners=tuple(one.text for one in release_banners(release)))


@pytest.mark.parametrize("older", [False, True], ids=["a manifest", "an older manifest"])
def test_an_embargo_that_a_manifest_has_is_the_one_that_articles_warn_of(
    embargoed: Release, older: bool
) -> None:
    copy = as_written(embargoed)
    assert copy.banners == ("EMBARGOED until 9.30am (BST) on 13 May 2021.",)
    written = release_record(embargoed).model_dump_json(exclude={"embargo_zone"} if older else None)
    known = ReleaseRecord.model_validate_json(written).as_release()
    assert known.embargo == UNTIL
    assert (release_banners(known) == release_banners(embargoed)) is not older
    assert list(missing_banners(copy, known, BEFORE)) == []


def test_a_zone_that_this_machine_does_not_know_is_an_offset(embargoed: Release) -> None:
    record = release_record(embargoed).model_copy(update={"embargo_zone": "Moon/Tycho"})
    assert record.as_release().embargo == UNTIL


def test_an_embargo_needs_its_warning_while_it_lasts(embargoed: Release) -> None:
    bare = Copy("A headline", ())
    assert len(list(missing_banners(bare, embargoed, BEFORE))) == 1
    assert list(missing_banners(bare, embargoed, UNTIL)) == []
    later = as_written(replace(embargoed, embargo=AFTER))
    assert len(list(missing_banners(later, embargoed, BEFORE))) == 1
    assert len(list(missing_banners(bare, replace(embargoed, sample=True), AFTER))) == 1


@pytest.mark.parametrize("until", [UNTIL, datetime.datetime(2099, 5, 13, 9, tzinfo=UNTIL.tzinfo)])
def test_an_edited_article_of_an_embargoed_release_outlives_it(
    filing: Filing, until: datetime.datetime
) -> None:
    filing.run(replace(filing.release, embargo=until))
    filing.edit(" fell through", " came to nothing")
    newer = replace(filing.release, files=(SourceFile("next.ods", "cd" * 32),))
    filing.run(newer, withdrawn=23_488)
    assert filing.row.edited == ("article.md",)
    assert filing.row.status == "ready"
