"""The right of reply in a desk's config: what is read, and every fault with its line and mend."""

from __future__ import annotations

import pytest

DESK = "desk.yml"
ASKED = """\
right_of_reply:
  by: 2021-05-14 12:00 Europe/London
"""
REPLIES = """\
replies:
  - story: victim-withdrawal
    area: derbyshire
    about: "2020"
    quote: derbyshire_reply
  - story: victim-withdrawal
    area: kent
    about: "2020"
    closed: was approached
      for comment.
"""
QUOTE = """\
quotes:
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
      answer: Words of a test.
"""


@pytest.fixture
def asked(copied):
    """A desk that asks for replies, and has had one."""
    copied.change(DESK, "limits:", f"{ASKED}limits:")
    copied.write("replies.yml", REPLIES)
    copied.write("quotes.yml", QUOTE)
    return copied


def slot_of(desk, area, story="victim-withdrawal", period="2020"):
    return desk.slot(story, period, next(each for each in desk.areas if each.id == area))


def test_a_desk_that_does_not_ask_has_no_slot(asked):
    asked.change(DESK, ASKED, "")
    assert slot_of(asked.load(), "derbyshire") is None


def test_a_slot_is_filled_closed_or_open(asked):
    desk = asked.load()
    filled, closed = slot_of(desk, "derbyshire"), slot_of(desk, "kent")
    assert filled.answer.words == {"answer": "Words of a test."}
    assert (closed.answer, closed.closed) == (None, "was approached for comment")
    for other in (
        slot_of(desk, "essex"),
        slot_of(desk, "derbyshire", period="2019"),
        slot_of(desk, "kent", story="charged"),
    ):
        assert (other.is_open, other.answer, other.closed) == (True, None, "")
    assert not filled.is_open
    assert not closed.is_open
    assert filled.by.isoformat() == "2021-05-14T12:00:00+01:00"
    assert filled.by.tzname() == "BST"


def test_the_nation_is_not_asked(asked):
    assert slot_of(asked.load(), "england-and-wales") is None


def test_replies_are_optional(asked):
    asked.path("replies.yml").unlink()
    assert slot_of(asked.load(), "derbyshire").is_open


def test_only_the_stories_that_are_listed(asked):
    asked.change(DESK, ASKED, f"{ASKED}  stories: [charged]\n")
    desk = asked.load()
    assert slot_of(desk, "derbyshire") is None
    assert slot_of(desk, "derbyshire", story="charged").is_open


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "expected"),
    [
        ("12:00 Europe/London", "12:00", "by", "2021-05-14 12:00", "a date, time and zone, such"),
        (" 12:00 Europe/London", "", "by", "2021-05-14", "a date, time and zone, such"),
        ("Europe/London", "Europe/Londres", "by", "2021-05-14 12:00 Europe/Londres", "a date"),
        ("Europe/London", "Europe/London\n  stories: []", "stories", "an empty list", "a list, w"),
        ("Europe/London", "Europe/London\n  sender: us", "sender", "us", "an e-mail address, such"),
        (
            "Europe/London",
            "Europe/London\n  sender: a..b@c.example",
            "sender",
            "a..b@c.example",
            "an",
        ),
        ("Europe/London", "Europe/London\n  sende: a@b.example", "sende", "sende", "one of by, st"),
    ],
)
def test_a_request_that_cannot_be_made(asked, old, new, key, found, expected):
    asked.change(DESK, ASKED, ASKED.replace(old, new))
    fault = asked.fault()
    assert (fault.file, fault.line) == ("config/desk.yml", asked.line_of(DESK, f"  {key}:"))
    assert (fault.key, fault.found) == (f"right_of_reply.{key}", found)
    assert fault.expected.startswith(expected)
    assert fault.mend


def test_until_when_has_to_be_said(asked):
    asked.change(DESK, ASKED, "right_of_reply:\n  stories: [charged]\n")
    fault = asked.fault()
    assert (fault.key, fault.mend) == ("right_of_reply.by", "Add `by:` here.")


def test_a_press_office_has_an_address(asked):
    asked.change("forces.yml", "  - id: kent\n", "  - id: kent\n    press_office: Kent press\n")
    fault = asked.fault()
    assert (fault.key.rpartition(".")[2], fault.found) == ("press_office", "Kent press")
    assert fault.expected == "an e-mail address, such as press@force.example"
    asked.change("forces.yml", "press_office: Kent press", "press_office: press@kent.example")
    areas = {area.id: area.press_office for area in asked.load().forces}
    assert (areas["kent"], areas["essex"]) == ("press@kent.example", None)


def test_a_reply_is_one_or_the_other(asked):
    for neither in ("", "    closed: .\n"):
        asked.write("replies.yml", REPLIES.replace("    quote: derbyshire_reply\n", neither))
        fault = asked.fault()
        assert (fault.line, fault.key) == (2, "replies.1")
        assert fault.what == "The reply says neither what was answered nor why it is closed."
        assert "`closed: was approached for comment`" in fault.mend
    both = REPLIES.replace("_reply\n", "_reply\n    closed: did not answer\n")
    asked.write("replies.yml", both)
    fault = asked.fault()
    assert (fault.line, fault.key) == (6, "replies.1.closed")
    assert fault.what == "A reply is a quote or it is closed with a reason, and not both."
    assert fault.mend == "Take one of the two out."


def test_all_that_the_desk_does_not_know_is_told_at_once(asked):
    asked.change(DESK, ASKED, f"{ASKED}  stories: [charges]\n")
    asked.write(
        "replies.yml",
        REPLIES.replace("area: kent", "area: kemt")
        .replace("story: victim-withdrawal", "story: victims-withdrawal", 1)
        .replace("quote: derbyshire_reply", "quote: derbyshire_replay"),
    )
    faults = asked.faults()
    assert [(fault.file, fault.line, fault.key, fault.found) for fault in faults] == [
        ("config/desk.yml", asked.line_of(DESK, "  stories:"), "right_of_reply.stories.1",
         "charges"),
        ("config/replies.yml", 2, "replies.1.story", "victims-withdrawal"),
        ("config/replies.yml", 5, "replies.1.quote", "derbyshire_replay"),
        ("config/replies.yml", 7, "replies.2.area", "kemt"),
    ]  # fmt: skip
    assert [fault.mend for fault in faults] == [
        "Did you mean charged?",
        "Did you mean victim-withdrawal?",
        "Did you mean derbyshire_reply?",
        "Did you mean kent?",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    areas: [derbyshire]\n", ""),
        ("areas: [derbyshire]", "areas: [kent]"),
        ("areas: [derbyshire]", "regions: [East Midlands]"),
        ("story: victim-withdrawal", "story: charged"),
        ('about: "2020"', 'about: "2019"'),
        ("words:", "reported:"),
    ],
)
def test_a_force_is_answered_for_by_nobody_else(asked, old, new):
    asked.change("quotes.yml", old, new)
    fault = asked.fault()
    assert (fault.file, fault.line) == ("config/replies.yml", 5)
    assert fault.what == (
        "The quote `derbyshire_reply` is not the answer of derbyshire to victim-withdrawal, 2020."
    )
    assert fault.expected == "story: victim-withdrawal, about: 2020, areas: [derbyshire]"
    assert fault.mend.startswith("In config/quotes.yml, give the quote these")


@pytest.mark.parametrize(
    "words",
    [
        "Kent Police did not respond.",
        "kent police\n      did not respond",
        "Kent did not respond",
        "The force did not respond",
    ],
)
def test_what_is_closed_does_not_begin_with_the_name_that_copy_prints(asked, words):
    asked.write("replies.yml", REPLIES.replace("was approached\n      for comment.", words))
    fault = asked.fault()
    assert (fault.line, fault.key) == (9, "replies.2.closed")
    said = " ".join(words.split()).rstrip(".")
    assert fault.what == (
        "What is closed begins with the force's name, which copy prints before it: “Kent Police "
        f"{said}.”"
    )
    assert fault.mend == "Leave the name out."
    assert fault.expected == "what follows “Kent Police”, such as: was approached for comment"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("did not reply within 24 hours", "24"),
        ("did not respond by 9.30am", "9.30am"),
        ("did not respond to two requests", "two"),
        ("was approached Twice", "Twice"),
    ],
)
def test_what_is_closed_has_no_number_in_it(asked, words, number):
    asked.write("replies.yml", REPLIES.replace("was approached\n      for comment.", words))
    fault = asked.fault()
    assert (fault.file, fault.line, fault.key) == ("config/replies.yml", 9, "replies.2.closed")
    assert f"“{number}”" in fault.what
    assert (fault.found, fault.mend) == (words, "Say it without the number.")


def test_words_that_are_like_a_name_or_a_number_may_be_closed(asked):
    words = "often declines; Kentish attendants were listening on someone’s behalf"
    asked.write("replies.yml", REPLIES.replace("was approached\n      for comment.", words))
    assert slot_of(asked.load(), "kent").closed == words


def test_a_reply_of_the_nation_is_refused(asked):
    asked.write("replies.yml", REPLIES.replace("area: kent", "area: england-and-wales"))
    fault = asked.fault()
    assert (fault.line, fault.key) == (7, "replies.2.area")
    assert fault.what == "England and Wales is not asked for an answer: only forces are."
    assert (fault.found, fault.expected) == ("england-and-wales", "the id of a force")
    assert fault.mend == "Take the reply out."


@pytest.mark.parametrize("words", ["A “nice” day.", "'A \"nice\" day.'", "“Whole.”", "Half”"])
def test_an_answer_has_no_double_quote_marks_of_its_own(asked, words):
    asked.change("quotes.yml", "answer: Words of a test.", f"answer: {words}")
    fault = asked.fault()
    assert (fault.file, fault.line, fault.key) == ("config/quotes.yml", 13, "quotes.1.words.answer")
    assert fault.what.startswith("There are double quote marks inside the quote, which copy prints")
    assert fault.mend == "Write ‘ and ’ inside, and none at its ends."
    asked.change("quotes.yml", f"answer: {words}", "answer: A ‘nice’ day.")
    assert asked.load().quotes[0].words["answer"] == "A ‘nice’ day."


def test_two_replies_of_one_force(asked):
    asked.write("replies.yml", REPLIES.replace("area: kent", "area: derbyshire"))
    fault = asked.fault()
    assert (fault.line, fault.key) == (6, "replies.2")
    assert fault.what == "There are two replies of derbyshire to victim-withdrawal, 2020."
    assert fault.mend == "Keep one: the other stands on line 2."


def test_what_is_about_no_period_is_refused(asked):
    asked.write("replies.yml", REPLIES.replace('"2020"', "last year", 1))
    asked.change("quotes.yml", '"2020"', "2020/22")
    quote, reply = asked.faults()
    assert (quote.line, quote.key, quote.found) == (9, "quotes.1.about", "2020/22")
    assert (reply.line, reply.key) == (4, "replies.1.about")
    assert reply.what == ("'last year' is not a period: write 2020, 2019/20 or to-2020-09.")


def test_a_financial_year_may_be_written_either_way(asked):
    asked.write("replies.yml", REPLIES.replace('"2020"', "2019-20"))
    asked.change("quotes.yml", '"2020"', "2019/20")
    assert not slot_of(asked.load(), "derbyshire", period="2019/20").is_open


def test_one_force_may_answer_for_each_period(asked):
    older = REPLIES.replace('"2020"', '"2019"').replace("quote: derbyshire_reply", "closed: did so")
    asked.write("replies.yml", REPLIES + older.removeprefix("replies:\n"))
    assert slot_of(asked.load(), "derbyshire", period="2019").closed == "did so"
