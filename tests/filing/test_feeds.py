"""What newsrooms' systems take: every item valid, and none usable before it may be."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import extruct
import jsonschema
import pytest
from building import RELEASE, desk
from filed import file_drafts
from filed_items import Filing
from lxml import etree
from reference import MAKER, shared_file
from test_stories import charged, excluding, incomplete, national, withdrawal

from generator.filing import Event
from generator.filing.bundle import bundle
from generator.filing.feeds import PubStatus
from generator.filing.html import Pages
from generator.model import Draft, Level, Problem

SCHEMAS = MAKER.parents[1] / "schemas"
NAR = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
TOMORROW = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
HOLD = Problem(Level.HOLD, "paragraph 1", "Something is odd.", "Mend it.")


def drafts() -> Iterator[Draft]:
    yield from withdrawal("record number and rate").values()
    yield from charged("record low").values()
    yield from national("charged", "joint low").values()
    yield from incomplete("victim-withdrawal", "up").values()
    yield from excluding({"kent": "did not submit complete data"}).values()


@pytest.fixture(scope="module")
def valid() -> Callable[[Path], PubStatus]:
    """Hold the files of a folder against the standards; return the status that both give."""
    schema = json.loads(shared_file(SCHEMAS / "ninjs-schema_3.1.json").read_text("utf-8"))
    ninjs = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    newsml = etree.XMLSchema(etree.parse(SCHEMAS / "NewsML-G2_2.35-spec-All-Power.xsd"))

    def check(folder: Path) -> PubStatus:
        item = json.loads((folder / "ninjs.json").read_bytes())
        assert [error.message for error in ninjs.iter_errors(item)] == []
        document = etree.parse(folder / "newsml.xml")
        newsml.assertValid(document)
        (status,) = document.xpath("//n:pubStatus/@qcode", namespaces=NAR)
        assert status == f"stat:{item['pubStatus']}"
        assert document.getroot().get("guid") == item["uri"]
        assert document.getroot().get("version") == item["version"]
        return PubStatus(item["pubStatus"])

    return check


@pytest.mark.shared
def test_every_kind_of_draft_is_valid(valid: Callable[[Path], PubStatus], tmp_path: Path) -> None:
    for draft in drafts():
        folder = tmp_path / draft.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in bundle(draft, RELEASE, Pages(desk())).items():
            (folder / name).write_bytes(data)
        assert valid(folder) is PubStatus.WITHHELD


@pytest.mark.shared
@pytest.mark.parametrize(
    ("release_is", "draft_is", "event", "status"),
    [
        ({}, {}, None, PubStatus.WITHHELD),
        ({}, {}, Event.APPROVED, PubStatus.USABLE),
        ({}, {}, Event.SPIKED, PubStatus.CANCELED),
        ({}, {}, Event.ON_HOLD, PubStatus.WITHHELD),
        ({}, {"problems": (HOLD,)}, None, PubStatus.WITHHELD),
        ({"sample": True}, {}, None, PubStatus.WITHHELD),
        ({"sample": True}, {}, Event.APPROVED, PubStatus.WITHHELD),
        ({"sample": True}, {}, Event.SPIKED, PubStatus.WITHHELD),
        ({"embargo": TOMORROW}, {}, Event.APPROVED, PubStatus.WITHHELD),
        ({"provisional": True}, {}, Event.APPROVED, PubStatus.USABLE),
    ],
)
def test_status_follows_the_decision(
    filing: Filing,
    valid: Callable[[Path], PubStatus],
    release_is: dict[str, Any],
    draft_is: dict[str, Any],
    event: Event | None,
    status: PubStatus,
) -> None:
    release = replace(filing.release, **release_is)
    filing.run(release, **draft_is)
    if event:
        filing.decide(event)
    assert valid(filing.folder) is status
    entry = filing.entry
    assert entry.id == filing.ninjs["uri"]
    assert [tag.term for tag in entry.tags] == [status.value]
    assert ("content" in entry) == (status is PubStatus.USABLE)
    before = (filing.folder / "ninjs.json").read_bytes(), (filing.output / "feed.atom").read_bytes()
    filing.run(release, **draft_is)
    assert valid(filing.folder) is status
    after = (filing.folder / "ninjs.json").read_bytes(), (filing.output / "feed.atom").read_bytes()
    assert after == before


def test_what_is_usable_is_what_was_approved_whatever_lies_there_since(filing: Filing) -> None:
    filing.run()
    article = filing.folder / "article.md"
    article.write_text(
        article.read_text("utf-8").replace(" fell through", " came to nothing"), "utf-8"
    )
    filing.decide(Event.APPROVED, "article.md")
    assert "came to nothing" in filing.ninjs["bodies"][0]["value"]
    assert "came to nothing" in filing.entry.content[0].value

    article.write_text(
        article.read_text("utf-8").replace("came to nothing", "came to a stop"), "utf-8"
    )
    filing.run(withdrawn=23_488)
    assert "came to nothing" in filing.ninjs["bodies"][0]["value"]
    assert filing.ninjs["version"] == "2"

    filing.decide(Event.APPROVED, "article.md")
    assert "came to a stop" in filing.ninjs["bodies"][0]["value"]
    assert filing.ninjs["version"] == "3"


def test_a_draft_that_new_figures_hold_is_withdrawn(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    uri = filing.ninjs["uri"]
    filing.run(found=(HOLD,), withdrawn=23_488)
    assert filing.ninjs["pubStatus"] == "withheld"
    assert filing.ninjs["edNote"].startswith("Held")
    assert filing.ninjs["uri"] == uri


def test_an_embargo_that_ends_makes_a_version(filing: Filing, monkeypatch: Any) -> None:
    release = replace(filing.release, embargo=TOMORROW)
    filing.run(release)
    filing.decide(Event.APPROVED)
    assert (filing.ninjs["pubStatus"], filing.ninjs["version"]) == ("withheld", "2")
    assert "content" not in filing.entry
    later = TOMORROW.replace(microsecond=0) + datetime.timedelta(minutes=1)
    monkeypatch.setattr("generator.filing.log.now", lambda: later)
    filing.run(release)
    assert (filing.ninjs["pubStatus"], filing.ninjs["version"]) == ("usable", "3")
    assert filing.entry.content


def test_an_embargo_that_came_after_the_approval_is_what_an_item_waits_for(
    filing: Filing,
) -> None:
    filing.run()
    filing.decide(Event.APPROVED)
    filing.run(replace(filing.release, embargo=TOMORROW))
    assert filing.ninjs["pubStatus"] == "withheld"
    assert filing.ninjs["edNote"].startswith("EMBARGOED until")


def test_why_a_draft_was_spiked_is_for_editors_alone(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.SPIKED, reason="The force says its count is wrong.")
    assert filing.ninjs["edNote"].startswith(
        "Spiked: not for publication. The reason given: The force says its count is wrong."
    )
    assert filing.entry.title.startswith("CANCELLED: Derbyshire")
    assert filing.entry.summary == "Spiked: not for publication."


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, []),
        (
            -1,
            [
                "The embargo ended at 9.30am (BST) on 13 May 2021, and the drafts still say that "
                "they are under it: take `embargo:` out of release.yml, and run again."
            ],
        ),
    ],
)
def test_an_embargo_that_has_ended_is_told_of(
    filing: Filing, monkeypatch: Any, days: int, said: list[str]
) -> None:
    until = datetime.datetime(2021, 5, 13, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    now = (until - datetime.timedelta(days=days)).astimezone(datetime.UTC)
    monkeypatch.setattr("generator.filing.log.now", lambda: now)
    filed = file_drafts(
        [filing.make_draft()],
        replace(filing.release, embargo=until),
        filing.desk,
        filing.output,
        proofread=lambda copy, draft, origin: (),
    )
    assert list(filed.warnings) == said


def test_words_of_an_item_are_those_of_the_article(filing: Filing) -> None:
    draft = filing.make_draft()
    filing.run()
    document = etree.parse(filing.folder / "newsml.xml")
    (headline,) = document.xpath("//n:headline/text()", namespaces=NAR)
    assert headline == draft.headline == filing.ninjs["headlines"][0]["value"]
    xhtml = " ".join(" ".join(document.xpath("//h:body//text()", namespaces=NAR)).split())
    text = " ".join(filing.ninjs["bodies"][1]["value"].split())
    assert xhtml == text
    assert draft.disclosure in text


def test_what_no_xml_can_have_is_left_out(filing: Filing) -> None:
    """An editor's program may leave anything in a text file; a spike has a reason of its own."""
    filing.run()
    filing.edit(" fell through", " fell\x08 through\x1b")
    filing.decide(Event.APPROVED, "article.md")
    assert "fell through" in filing.ninjs["bodies"][0]["value"]
    assert "fell through" in filing.entry.content[0].value
    filing.decide(Event.SPIKED, "article.md", reason="odd \x0b reason")
    assert filing.ninjs["pubStatus"] == "canceled"


def test_markup_in_words_is_none(filing: Filing) -> None:
    filing.run(first_paragraph="<script>alert(1)</script> & so on")
    filing.decide(Event.APPROVED)
    assert "<script>" not in filing.ninjs["bodies"][0]["value"]
    assert "<script>" not in filing.entry.content[0].value
    assert "<script>alert(1)</script> & so on" in filing.ninjs["bodies"][1]["value"]


def test_a_page_says_what_it_is_to_whatever_reads_it_unseen(filing: Filing) -> None:
    draft = filing.make_draft(first_paragraph="</script><script>alert(1)</script>")
    filing.run(first_paragraph="</script><script>alert(1)</script>")
    page = (filing.folder / "article.html").read_text("utf-8")
    (article,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == draft.headline
    assert article["creativeWorkStatus"] == "Draft"
    assert article["isBasedOn"]["name"] == filing.release.title
    assert article["identifier"] == filing.ninjs["uri"]
    assert article["articleBody"] == filing.ninjs["bodies"][1]["value"]
    assert page.count("alert(1)") == 2
    assert "<script>alert" not in page
