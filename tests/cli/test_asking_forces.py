"""The right of reply from end to end: asked for, closed, answered, and edited meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_desk import SmallDesk

ASKED = """\
right_of_reply:
  by: 2021-05-14 12:00 Europe/London
  stories: [victim-withdrawal]
"""
REPLIES = """\
replies:
  - story: victim-withdrawal
    area: derbyshire
    about: "2020"
"""
QUOTE = """\
  - id: derbyshire_reply
    story: victim-withdrawal
    areas: [derbyshire]
    short: Derbyshire Constabulary
    role: police force
    said: 2021-05-14
    source: made up for a test
    about: "2020"
    fresh_from: 2021-05-13
    stale_after: 2021-10-20
    words:
      first: Words of a test, with 12 in them.
      second: More words of a test.
"""
FOLDER = "victim-withdrawal/2020/derbyshire"
TO_COME = r"\[Derbyshire Constabulary’s response is to come.\]"


@pytest.fixture
def desk(newscopy: SmallDesk) -> SmallDesk:
    """A desk that asks, with Derbyshire's draft filed."""
    newscopy.change("config/desk.yml", "limits:", f"{ASKED}limits:")
    newscopy("run", "--area", "derbyshire")
    return newscopy


def folder_of(desk: SmallDesk) -> Path:
    return desk.output / FOLDER


def answer(desk: SmallDesk, line: str) -> None:
    """Say what came of the request, and run again."""
    (desk.folder / "config" / "replies.yml").write_text(REPLIES + line, encoding="utf-8")
    ran = desk("run", "--area", "derbyshire")
    assert ran.status == 0, ran.err


def article(desk: SmallDesk) -> str:
    return (folder_of(desk) / "article.md").read_text(encoding="utf-8")


def approve(desk: SmallDesk, *more: str, name: str = "article.md"):
    return desk("approve", folder_of(desk) / name, "--by", "Ann Editor", *more)


def test_an_open_draft_is_held_and_its_request_is_there(desk: SmallDesk) -> None:
    assert TO_COME in article(desk)
    assert "> **HELD: not for publication.**" in article(desk)
    request = (folder_of(desk) / "reply-request.eml").read_text(encoding="utf-8")
    assert "3,480" in request
    assert "Please answer by noon (BST) on 14 May 2021." in request
    assert not list(desk.output.glob("charged/**/reply-request.eml"))

    ran = approve(desk)

    assert ran.status == 1
    assert "error: The draft is held, and so it cannot be approved as it is." in ran.err
    assert "Enter a force's answer in config/replies.yml, or close it there" in ran.err
    assert approve(desk, "--override", "the force rang: no answer").status == 0


@pytest.mark.parametrize("name", ["", "article.html", "article.docx", "article.txt"])
def test_an_open_draft_can_be_approved_with_a_reason_whichever_file_is_named(
    desk: SmallDesk, name: str
) -> None:
    ran = approve(desk, "--override", "the force rang: no answer", name=name)
    assert ran.status == 0, ran.err


def test_a_closed_draft_is_ready(desk: SmallDesk) -> None:
    answer(desk, "    closed: was approached for comment\n")
    assert "\n\nDerbyshire Constabulary was approached for comment.\n" in article(desk)
    assert "HELD" not in article(desk)
    assert not (folder_of(desk) / "reply-request.eml").exists()
    assert approve(desk).status == 0


def test_an_answer_is_printed_word_for_word(desk: SmallDesk) -> None:
    quotes = desk.folder / "config" / "quotes.yml"
    quotes.write_text(quotes.read_text(encoding="utf-8") + "\n" + QUOTE, encoding="utf-8")
    answer(desk, "    quote: derbyshire_reply\n")
    assert (
        "\n\nDerbyshire Constabulary said: “Words of a test, with 12 in them.\n\n"
        "“More words of a test.”\n"
    ) in article(desk)
    assert not (folder_of(desk) / "reply-request.eml").exists()
    assert desk("check", folder_of(desk)).status == 0
    assert approve(desk).status == 0


def test_an_editor_cannot_do_away_with_the_right_by_hand(desk: SmallDesk) -> None:
    path = f"output/{FOLDER}/article.md"
    desk.change(path, f"{TO_COME}\n\n", "")

    ran = approve(desk)
    assert ran.status == 1
    assert "Derbyshire Constabulary has been asked for an answer, and none is entered." in ran.err
    desk("run", "--area", "derbyshire")
    notes = (folder_of(desk) / "notes.md").read_text(encoding="utf-8")
    assert "Derbyshire Constabulary has been asked for an answer, and none is entered." in notes


def test_an_editors_other_changes_are_kept_when_the_reply_is_closed(desk: SmallDesk) -> None:
    desk.change(f"output/{FOLDER}/article.md", "figures reveal", "figures show")
    answer(desk, "    closed: was approached for comment\n")
    assert "figures show" in article(desk)
    assert "Derbyshire Constabulary was approached for comment." in article(desk)
    assert "to come" not in article(desk)


def test_a_place_left_in_an_edited_text_is_held_after_the_reply_is_closed(
    desk: SmallDesk,
) -> None:
    desk.change(f"output/{FOLDER}/article.md", TO_COME, r"\[Their words are to come.\]")
    answer(desk, "    closed: was approached for comment\n")
    assert approve(desk).status == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    quote: derbyshire_reply\n", "The desk has no quote `derbyshire_reply`."),
        ("    closed: no\n    quote: x\n", "A reply is a quote or it is closed with a reason"),
    ],
)
def test_a_fault_is_told_before_anything_is_filed(
    newscopy: SmallDesk, line: str, said: str
) -> None:
    (newscopy.folder / "config" / "replies.yml").write_text(REPLIES + line, encoding="utf-8")
    ran = newscopy("run")
    assert ran.status == 1
    assert said in ran.err
    assert "config/replies.yml, line " in ran.err
    assert not newscopy.output.exists()


def test_a_reply_to_a_draft_that_there_is_none_of_is_warned_of(desk: SmallDesk) -> None:
    warned = (
        "The reply of derbyshire to victim-withdrawal in config/replies.yml is about 2021, and is "
        "ignored: the draft is about 2020. Correct `about:`, or take the reply out."
    )
    replies = desk.folder / "config" / "replies.yml"
    wrong = REPLIES.replace("2020", "2021") + "    closed: was approached for comment\n"
    replies.write_text(wrong, encoding="utf-8")
    assert warned in desk("run", "--area", "derbyshire").err
    assert warned in desk("run", "--area", "derbyshire").err  # and again, until it is mended
    assert "is ignored" not in desk("run", "--area", "kent").err
    replies.write_text(wrong.replace("2021", "2020"), encoding="utf-8")
    assert "is ignored" not in desk("run", "--area", "derbyshire").err


def test_a_reply_to_a_draft_that_still_lies_there_is_not_warned_of(desk: SmallDesk) -> None:
    """Each release asks anew; what was answered to the last one stands."""
    answer(desk, "    closed: was approached for comment\n")
    ran = desk("run", "--area", "derbyshire", "--period", "2019")
    assert ran.status == 0
    assert "is ignored" not in ran.err


def test_a_request_made_from_a_sample_says_so(newscopy: SmallDesk) -> None:
    for release in (newscopy.folder / "releases").glob("*/release.yml"):
        release.write_text("published: 2021-05-13\nsample: true\n", encoding="utf-8")
    newscopy.change("config/desk.yml", "limits:", f"{ASKED}limits:")
    newscopy("run", "--area", "derbyshire")
    request = (folder_of(newscopy) / "reply-request.eml").read_text(encoding="utf-8")
    assert request.startswith("Subject: SAMPLE, DO NOT SEND: ")


def test_a_deadline_before_the_release_is_warned_of(newscopy: SmallDesk) -> None:
    newscopy.change("config/desk.yml", "limits:", f"{ASKED}limits:")
    warned = (
        "Forces are asked to answer by noon (BST) on 12 May 2021, before the release of 13 May 2021"
    )
    assert warned not in newscopy("run", "--area", "derbyshire").err
    newscopy.change("config/desk.yml", "by: 2021-05-14", "by: 2021-05-12")
    assert warned in " ".join(newscopy("run", "--area", "derbyshire").err.split())
