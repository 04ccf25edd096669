"""The force's answer in the copy: a place for it, the words themselves, or why there are none."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from building import RELEASE, desk, drafts_of, small_desk, text_of
from test_quotes_for_places import quote

from generator.desk import Desk, Quote, Reply, RightOfReply
from generator.model import BlockKind, Draft, Level, Passage, Problem, Status, copy_of
from generator.writing import Checker

COUNTS = {area: {2019: (9000, 900, 700), 2020: (9000, 990, 800)} for area in ("kent", "derbyshire")}
KENT = {"story": "victim-withdrawal", "area": "kent", "about": "2020"}
TO_COME = "[Kent Police’s response is to come.]"
STANDS = (
    "paragraph {}: “[Kent Police’s response is to come.]” keeps a place for words that are to come."
)
OPEN = "the text: Kent Police has been asked for an answer, and none is entered."


def asking(*quotes: Quote, desk: Desk | None = None, **reply: str) -> Desk:
    """Return a desk that asks the forces, with what came of the request to Kent."""
    desk = desk or small_desk("kent", "derbyshire")
    by = datetime.datetime(2021, 5, 14, 12, tzinfo=datetime.UTC)
    asked = desk.file.model_copy(update={"right_of_reply": RightOfReply(by=by)})
    replies = (Reply.model_validate({**KENT, **reply}),) if reply else ()
    return replace(desk, file=asked, quotes=(*desk.quotes, *quotes), replies=replies)


def answered(*words: str, speaker: str = "") -> Desk:
    kents = quote("kents", *words, areas=["kent"], speaker=speaker)
    return asking(kents, quote="kents")


@cache
def open_drafts() -> dict[str, Draft]:
    return drafts_of(COUNTS, asking())


def every_reply() -> Iterator[Draft]:
    """Write Kent's draft for each thing that may come of the request."""
    yield open_drafts()["kent"]
    for asked in (
        asking(closed="was approached for comment"),
        answered("Words of a test.", "More of them."),
        answered("Words of a test.", speaker="Force Speaker"),
    ):
        yield drafts_of(COUNTS, asked)["kent"]


def judged(draft: Draft, desk: Desk) -> Draft:
    return Checker(desk, RELEASE).check_draft(draft)


def told(problems: Iterable[Problem], level: Level) -> list[str]:
    return [f"{each.where}: {each.what}" for each in problems if each.level is level]


def last_lines(draft: Draft, count: int = 1) -> list[str]:
    return text_of(draft).splitlines()[-count:]


def edited(draft: Draft, old: str, new: str) -> list[Passage]:
    return [
        replace(passage, text=passage.text.replace(old, new))
        for passage in copy_of(draft.article, draft.disclosure).passages
        if passage.text.replace(old, new)
    ]


def check(draft: Draft, desk: Desk, passages: list[Passage]) -> tuple[Problem, ...]:
    copy = replace(copy_of(draft.article, draft.disclosure), passages=tuple(passages))
    return Checker(desk, RELEASE).check_copy(copy, draft.facts)


def test_a_desk_that_does_not_ask_prints_nothing_of_it() -> None:
    drafts = drafts_of(COUNTS)
    kent = drafts["kent"]
    assert last_lines(kent)[0].startswith("A government spokesman said: “We are committed")
    assert judged(kent, small_desk("kent", "derbyshire")).status is Status.READY


def test_an_answer_that_is_to_come_has_its_place_and_holds_the_draft() -> None:
    kent = judged(open_drafts()["kent"], asking())
    assert last_lines(kent) == [TO_COME]
    assert told(kent.problems, Level.HOLD) == [STANDS.format(len(kent.article.blocks))]
    assert kent.status is Status.HELD
    assert "config/replies.yml" in kent.problems[-1].mend


def test_the_nation_is_not_asked() -> None:
    nation = judged(open_drafts()["england-and-wales"], asking())
    assert "to come" not in text_of(nation)
    assert nation.status is Status.READY


def test_a_closed_reply_says_why() -> None:
    desk = asking(closed="was approached for comment")
    drafts = drafts_of(COUNTS, desk)
    kent = judged(drafts["kent"], desk)
    assert last_lines(kent) == ["Kent Police was approached for comment."]
    assert kent.status is Status.READY
    assert judged(drafts["derbyshire"], desk).status is Status.HELD


@pytest.mark.parametrize(
    "closed",
    [
        "declined to comment",
        "was contacted but had not replied when this was published",
        "has not commented",
        "did not respond to a request for comment",
    ],
)
def test_the_usual_reasons_are_no_claim_and_nobodys_words(closed: str) -> None:
    desk = asking(closed=closed)
    kent = judged(drafts_of(COUNTS, desk)["kent"], desk)
    assert told(kent.problems, Level.HOLD) == []


@pytest.mark.parametrize("closed", ["replied that all was well", "declined on the year before"])
def test_what_is_closed_is_read_as_all_copy_is(closed: str) -> None:
    desk = asking(closed=closed)
    kent = judged(drafts_of(COUNTS, desk)["kent"], desk)
    assert told(kent.problems, Level.HOLD)


@pytest.mark.parametrize(
    ("words", "speaker", "lines"),
    [
        (["Words of a test."], "", ["Kent Police said: “Words of a test.”"]),
        (
            ["Words of a test.", "More of 12 words.", "The last."],
            "",
            ["Kent Police said: “Words of a test.", "“More of 12 words.", "“The last.”"],
        ),
        (
            ["Words of a test."],
            "Force Speaker",
            ["Force Speaker, test speaker, said: “Words of a test.”"],
        ),
    ],
)
def test_an_answer_stands_word_for_word(words: list[str], speaker: str, lines: list[str]) -> None:
    desk = answered(*words, speaker=speaker)
    kent = judged(drafts_of(COUNTS, desk)["kent"], desk)
    assert last_lines(kent, len(words)) == lines
    assert told(kent.problems, Level.HOLD) == told(kent.problems, Level.WARN) == []
    claims = [claim.text for claim in kent.ledger if claim.text in words]
    assert claims == words


def test_an_answer_to_a_later_release_is_held() -> None:
    kents = quote("kents", "Words.", areas=["kent"], fresh_from=datetime.date(2021, 5, 14))
    desk = asking(kents, quote="kents")
    kent = judged(drafts_of(COUNTS, desk)["kent"], desk)
    assert told(kent.problems, Level.HOLD) == [
        f"paragraph {len(kent.article.blocks)}: The quote of the test speaker is for releases from "
        "2021-05-14 to 2021-10-20, and this one is of 2021-05-13."
    ]


def test_copy_whose_editor_took_the_place_out_is_held_while_the_answer_is_to_come() -> None:
    kent = open_drafts()["kent"]
    for instead in ("", "Kent Police was approached for comment.", "[awaiting the force]"):
        problems = check(kent, asking(), edited(kent, TO_COME, instead))
        assert told(problems, Level.HOLD) == [OPEN]


def test_a_place_that_an_editor_wrote_anew_is_held_once() -> None:
    kent = open_drafts()["kent"]
    problems = check(kent, asking(), edited(kent, TO_COME, "[force’s words to come]"))
    (held,) = told(problems, Level.HOLD)
    assert "“[force’s words to come]” keeps a place for words that are to come." in held


@pytest.mark.parametrize("desk", [small_desk("kent"), asking(closed="did not answer")])
def test_a_place_that_still_stands_is_held_whatever_the_desk_knows(desk: Desk) -> None:
    kent = open_drafts()["kent"]
    problems = check(kent, desk, edited(kent, "", ""))
    assert told(problems, Level.HOLD) == [STANDS.format(len(kent.article.blocks))]


def test_copy_that_leaves_the_answer_out_is_warned_of() -> None:
    desk = answered("Words of a test.", "Cut me.")
    kent = drafts_of(COUNTS, desk)["kent"]
    whole = check(kent, desk, edited(kent, "", ""))
    assert told(whole, Level.WARN) == []
    problems = check(kent, desk, edited(kent, "“Cut me.”", ""))
    assert told(problems, Level.WARN) == [
        "the text: The answer of Kent Police is not in the copy, or not all of it."
    ]


def test_an_answer_with_a_word_changed_is_held() -> None:
    desk = answered("Words of a test.")
    kent = drafts_of(COUNTS, desk)["kent"]
    problems = check(kent, desk, edited(kent, "Words of a test", "Words of a jest"))
    assert [what for what in told(problems, Level.HOLD) if "word for word in no quote" in what]


def test_a_forces_answer_is_no_other_forces() -> None:
    desk = answered("Words of a test.")
    drafts = drafts_of(COUNTS, desk)
    derbyshire = drafts["derbyshire"]
    for words in (
        "Kent Police said: “Words of a test.”",
        "Derbyshire Constabulary said: “Words of a test.”",
    ):
        copy = copy_of(derbyshire.article, derbyshire.disclosure)
        passages = [*copy.passages[:-1], Passage(BlockKind.PARAGRAPH, words)]
        problems = check(derbyshire, asking(closed="was asked", desk=desk), passages)
        assert [what for what in told(problems, Level.HOLD) if "test speaker" in what]


@pytest.mark.parametrize("story", ["victim-withdrawal", "charged"])
def test_every_story_asks_and_so_does_an_area_without_figures(story: str) -> None:
    missing = desk().register[0].model_copy(update={"area": "kent"})
    asked = asking(desk=small_desk("kent", "derbyshire", register=(missing,)))
    drafts = drafts_of(COUNTS, asked, story=story)
    assert drafts["kent"].facts.incomplete
    for area, police in (("kent", "Kent Police"), ("derbyshire", "Derbyshire Constabulary")):
        assert last_lines(drafts[area]) == [f"[{police}’s response is to come.]"]
        assert judged(drafts[area], asked).status is Status.HELD


def test_an_answer_of_several_lines_is_one_paragraph() -> None:
    desk = answered("We are sorry.\nWe will do\nbetter.\n\nWe have begun.")
    draft = judged(drafts_of(COUNTS, desk)["kent"], desk)
    assert "“We are sorry. We will do better. We have begun.”" in text_of(draft)
    assert draft.status is not Status.HELD
