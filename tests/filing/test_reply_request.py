"""reply-request.eml: the mail that says what a force is asked about, and until when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filed import file_drafts

from generator.desk import Desk, Quote, RightOfReply, Slot
from generator.filing.bundle import bundle
from generator.filing.html import Pages
from generator.filing.reply_request import reply_request
from generator.model import Claim, Draft, Quotation, Release

MakeDraft = Callable[..., Draft]
BY = datetime.datetime(2021, 5, 14, 12, tzinfo=ZoneInfo("Europe/London"))
OPEN = Slot(BY)
CLOSED = Slot(BY, closed="was approached for comment")
EML = "reply-request.eml"


@pytest.fixture
def asking(desk: Desk) -> Desk:
    asked = RightOfReply(by=BY, sender="news@title.example")
    return replace(desk, file=desk.file.model_copy(update={"right_of_reply": asked}))


@pytest.fixture
def draft(make_draft: MakeDraft) -> Draft:
    return replace(make_draft(), slot=OPEN)


def of_area(draft: Draft, **changes: str) -> Draft:
    area = draft.facts.area.model_copy(update=changes)
    return replace(draft, facts=replace(draft.facts, area=area))


def read(data: bytes | None) -> EmailMessage:
    assert data is not None
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(data: bytes | None) -> str:
    """Return the text of a mail, with plain line ends."""
    text: str = read(data).get_content()
    return text.replace("\r\n", "\n")


def words(data: bytes | None) -> str:
    """Return the text of a mail on one line."""
    return " ".join(body(data).split())


def test_the_mail_says_what_is_asked_and_until_when(
    draft: Draft, release: Release, asking: Desk
) -> None:
    assert body(reply_request(draft, release, asking)) == (
        "To the press office of Derbyshire Constabulary\n\n"
        "We are newscopy, and are preparing a story about your force from published\n"
        "statistics. We should like to print what you have to say about it.\n\n"
        "Its headline is to be:\n\n"
        "    Record number of criminal cases collapse in Derbyshire after alleged\n"
        "    victims drop out\n\n"
        "It gives these figures for Derbyshire Constabulary:\n\n"
        "- offences closed, 2020: 80,204\n"
        "- offences closed because the victim did not support further action, 2020:\n"
        "  23,489\n"
        "- share of offences closed because the victim did not support further\n"
        "  action, 2020: 29.3%\n"
        "- share of offences closed because the victim did not support further\n"
        "  action, 2019: 26.3%\n"
        "- share of offences closed because the victim did not support further\n"
        "  action, 2015: 4%\n\n"
        "It carries these words of Rachel Almeida, assistant director, Victim\n"
        "Support:\n\n"
        "- “huge cause for concern”\n\n"
        "The story is made from “Crime outcomes open data, year ending December\n"
        "2020”, published by the Home Office on 13 May 2021.\n\n"
        "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables\n"
        "(Open Government Licence v3.0)\n\n"
        "Please answer by noon (BST) on 14 May 2021. If a figure is not right, please\n"
        "say which, and what it should be.\n\n"
        "newscopy\n"
    )


def test_the_mail_is_addressed_and_waits_to_be_sent(
    draft: Draft, release: Release, asking: Desk
) -> None:
    known = of_area(draft, press_office="press@force.example")
    mail = read(reply_request(known, release, asking))
    assert dict(mail.items()) == {
        "Subject": "Request for an answer: Cases closed because the victim did not support further "
        "action, Derbyshire",
        "From": "newscopy <news@title.example>",
        "To": "Derbyshire Constabulary press office <press@force.example>",
        "X-Unsent": "1",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "8bit",
        "MIME-Version": "1.0",
    }


def test_without_addresses_there_are_none(draft: Draft, release: Release, desk: Desk) -> None:
    asked = desk.file.model_copy(update={"right_of_reply": RightOfReply(by=BY)})
    mail = read(reply_request(draft, release, replace(desk, file=asked)))
    assert mail["From"] is mail["To"] is None


def test_the_file_is_readable_and_the_same_each_time(
    draft: Draft, release: Release, asking: Desk
) -> None:
    data = reply_request(draft, release, asking)
    assert data is not None
    assert data == reply_request(draft, release, asking)
    assert "“Crime outcomes open data, year ending December\r\n2020”".encode() in data
    assert max(map(len, data.decode().split("\r\n"))) < 82
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_sample_goes_to_nobody(draft: Draft, release: Release, asking: Desk) -> None:
    known = of_area(draft, press_office="press@force.example")
    data = reply_request(known, replace(release, sample=True), asking)
    mail = read(data)
    assert mail["To"] is None
    assert mail["Subject"].startswith("SAMPLE, DO NOT SEND: Request for an answer")
    assert body(data).startswith(
        "DO NOT SEND this mail: the figures in it are invented.\n\n"
        "SAMPLE. Made from invented counts. Not for publication.\n\n"
    )


def test_an_embargo_stands_at_the_top(draft: Draft, release: Release, asking: Desk) -> None:
    until = replace(release, embargo=BY.replace(hour=9, minute=30), provisional=True)
    assert words(reply_request(draft, until, asking)).startswith(
        "EMBARGOED until 9.30am (BST) on 14 May 2021. PROVISIONAL: the publisher says that these "
        "figures may still change. To the press office of"
    )


def test_a_force_without_figures_is_told_that_it_has_none(
    make_draft: MakeDraft, release: Release, asking: Desk
) -> None:
    draft = make_draft("greater-manchester", incomplete="did not submit complete data")
    missing = replace(draft, slot=OPEN, ledger=())
    assert (
        "It gives no figure for Greater Manchester Police, and says that the force did not submit "
        "complete data. The story is made from"
    ) in words(reply_request(missing, release, asking))
    whole = replace(missing, facts=replace(missing.facts, incomplete=""))
    assert "It gives no figure for Greater Manchester Police. The story" in words(
        reply_request(whole, release, asking)
    )


def said_of(draft: Draft, text: str, **changes: str) -> Claim:
    """Return a draft's claim with another figure behind it."""
    claim = next(claim for claim in draft.ledger if claim.text == text)
    return replace(claim, support=replace(claim.support, id="another", **changes))


def test_the_mail_says_what_the_force_is_compared_with(
    draft: Draft, release: Release, asking: Desk
) -> None:
    nations = said_of(draft, "80,204", area="england-and-wales")
    theirs = said_of(draft, "80,204")
    both = replace(draft, ledger=(theirs, nations, nations))
    assert (
        body(reply_request(both, release, asking))
        .partition("drop out\n\n")[2]
        .startswith(
            "It gives these figures for Derbyshire Constabulary:\n\n"
            "- offences closed, 2020: 80,204\n\n"
            "It compares them with these for England and Wales:\n\n"
            "- offences closed, 2020: 80,204\n\n"
            "The story is made from"
        )
    )
    alone = words(reply_request(replace(draft, ledger=(nations,)), release, asking))
    assert (
        "It gives no figure for Derbyshire Constabulary. It gives these figures for England and "
        "Wales: - offences closed, 2020: 80,204 The story"
    ) in alone
    elsewhere = said_of(draft, "80,204", area="kent")
    assert "80,204" not in words(
        reply_request(replace(draft, ledger=(elsewhere,)), release, asking)
    )


def test_the_mail_says_whose_words_the_story_carries(
    draft: Draft, release: Release, asking: Desk
) -> None:
    ledger = [
        replace(draft.ledger[0], support=Quotation(quote, text, verbatim, "", "a statement"))
        for quote, text, verbatim in (
            ("almeida", "huge cause for concern", True),
            ("government", "We are committed.", True),
            ("almeida", "the factors were complex", False),
            ("almeida", "huge cause for concern", True),
        )
    ]
    mail = reply_request(replace(draft, ledger=tuple(ledger)), release, asking)
    assert (
        body(mail)
        .partition("for Derbyshire Constabulary.\n\n")[2]
        .startswith(
            "It carries these words of Rachel Almeida, assistant director, Victim\n"
            "Support:\n\n"
            "- “huge cause for concern”\n"
            "- the factors were complex\n\n"
            "It carries these words of a government spokesman:\n\n"
            "- “We are committed.”\n\n"
            "The story is made from"
        )
    )


@pytest.mark.parametrize(
    "name",
    [
        "Kent\nBcc: all@force.example",
        "Kent\r\n\r\nDear all",
        "Kent\x0b\x1c\u2028Bcc: x",
        "Ke\x07nt",
        "Môn",
    ],
)
def test_no_name_can_write_a_header(
    draft: Draft, release: Release, asking: Desk, name: str
) -> None:
    """Names come from a table that anybody may have written."""
    story = draft.facts.story.model_copy(update={"title": name})
    named = of_area(draft, name=name, police=name, press_office="press@force.example")
    named = replace(named, facts=replace(named.facts, story=story))
    file = asking.file.model_copy(update={"name": name})
    data = reply_request(named, replace(release, title=name), replace(asking, file=file))
    mail = read(data)
    assert body(data).replace("\n", "").isprintable()
    assert list(mail.keys()) == [
        *("Subject", "From", "To", "X-Unsent"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    ]
    assert [address.addr_spec for address in mail["To"].addresses] == ["press@force.example"]
    assert name[:2] in mail["Subject"]


def test_the_mail_is_there_while_the_answer_is_to_come(
    draft: Draft, release: Release, asking: Desk
) -> None:
    pages = Pages(asking)
    given = next(quote for quote in asking.quotes if quote.id == "government")
    assert EML in bundle(draft, release, pages)
    for slot in (None, CLOSED, Slot(BY, answer=given)):
        assert EML not in bundle(replace(draft, slot=slot), release, pages)


def test_notes_say_how_the_answer_stands(
    make_draft: MakeDraft, release: Release, asking: Desk
) -> None:
    def section(slot: Slot | None, release: Release = release, **area: str) -> str:
        draft = of_area(replace(make_draft(), slot=slot), **area)
        said = bundle(draft, release, Pages(asking))["notes.md"].decode()
        return said.partition("## Right of reply\n\n")[2].partition("\n\n#")[0]

    given: Quote = next(quote for quote in asking.quotes if quote.id == "government")
    assert section(None) == ""
    opened = section(OPEN).splitlines()
    assert opened[:2] == [
        "- To come: Derbyshire Constabulary may answer until noon (BST) on 14 May 2021.",
        "- Read reply-request.eml, and send it to the force's press office.",
    ]
    assert "name that quote in config/replies.yml, and run newscopy again" in opened[2]
    to = section(OPEN, press_office="press@force.example")
    assert "send it to press@force.example." in to
    sample = section(OPEN, replace(release, sample=True))
    assert "- reply-request.eml is of a sample: do not send it." in sample
    assert section(CLOSED).startswith(
        "- Closed: Derbyshire Constabulary was approached for comment.\n- Where an answer comes"
    )
    assert section(Slot(BY, answer=given)) == (
        "- Filled: the answer of Derbyshire Constabulary is the quote government, statement "
        "carried by local papers in June 2021."
    )


Tree = Callable[[Path], Mapping[str, bytes]]


def test_what_an_editor_wrote_into_the_mail_is_theirs(
    draft: Draft, release: Release, asking: Desk, tmp_path: Path
) -> None:
    """It stays where the request is made anew, and where it is not made any more."""
    folder = tmp_path / draft.folder

    def file(slot: Slot) -> None:
        file_drafts([replace(draft, slot=slot)], release, asking, tmp_path)

    file(OPEN)
    first = (folder / EML).read_bytes()
    file(CLOSED)
    assert not (folder / EML).exists()

    file(OPEN)
    assert (folder / EML).read_bytes() == first
    theirs = first.replace(b"newscopy\r\n", b"Ann Editor\r\n")
    (folder / EML).write_bytes(theirs)
    file(OPEN)
    assert (folder / EML).read_bytes() == theirs
    file(Slot(BY.replace(hour=17)))
    assert (folder / EML).read_bytes() == theirs
    assert b"by 5pm (BST)" in (folder / "reply-request.new.eml").read_bytes()

    file(CLOSED)
    assert (folder / EML).read_bytes() == theirs
    assert not (folder / "reply-request.new.eml").exists()
    file(CLOSED)
    assert (folder / EML).read_bytes() == theirs
