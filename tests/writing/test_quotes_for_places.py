"""Quotes for a force or a region: no other draft is offered them, or may have them."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from building import RELEASE, drafts_of, facts_of, force_called, small_desk, text_of

from generator.desk import Desk, Quote
from generator.model import BlockKind, Draft, Facts, Level, Passage, copy_of
from generator.periods import Period
from generator.writing import Checker
from generator.writing.environment import usable_quotes

COUNTS = {area: {2019: (9000, 900, 700), 2020: (9000, 990, 800)} for area in ("kent", "derbyshire")}


def quote(id_: str, *words: str, **given: object) -> Quote:
    """A quote that nobody ever said."""
    return Quote.model_validate(
        {
            "id": id_,
            "story": "victim-withdrawal",
            "short": "the test speaker",
            "role": "test speaker",
            "said": "2021-05-13",
            "source": "made up for a test",
            "about": "2020",
            "fresh_from": datetime.date(2021, 5, 13),
            "stale_after": datetime.date(2021, 10, 20),
            "words": dict(zip(("commitment", "more", "last"), words, strict=False)),
            **given,
        }
    )


def desk_with(*quotes: Quote) -> Desk:
    return small_desk("kent", "derbyshire", quotes=quotes)


def offered(facts: Facts, *quotes: Quote) -> list[str]:
    return [each.id for each in usable_quotes(facts, desk_with(*quotes), RELEASE)]


def held(draft: Draft, desk: Desk, sentence: str) -> list[str]:
    """Return what holds a draft with a sentence put into it."""
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, sentence)
    problems = Checker(desk, RELEASE).check_copy(
        replace(copy, passages=(*copy.passages, told)), draft.facts
    )
    return [problem.what for problem in problems if problem.level is Level.HOLD]


def test_only_its_places_are_offered_a_quote() -> None:
    quotes = (
        quote("all", "One."),
        quote("kents", "Two.", areas=["kent"]),
        quote("midlands", "Three.", regions=["East Midlands"]),
        quote("both", "Four.", areas=["kent"], regions=["East Midlands"]),
        quote("older", "Five.", areas=["kent"], about="2019"),
    )
    facts = facts_of(COUNTS, desk_with(*quotes))
    assert offered(facts["kent"], *quotes) == ["all", "kents", "both"]
    assert offered(facts["derbyshire"], *quotes) == ["all", "midlands", "both"]
    assert offered(facts["england-and-wales"], *quotes) == ["all"]


def test_copy_with_a_quote_for_another_place_is_held() -> None:
    desk = desk_with(quote("kents", "Words of a test", areas=["kent"], regions=["London"]))
    drafts = drafts_of(COUNTS, desk)
    sentence = "The test speaker said: “Words of a test.”"

    assert held(drafts["kent"], desk, sentence) == []
    for other, name in (("derbyshire", "Derbyshire"), ("england-and-wales", "England and Wales")):
        assert held(drafts[other], desk, sentence) == [
            f"The quote of the test speaker is for kent, London, and not for {name}."
        ]


def test_two_places_may_have_the_same_words_of_a_speaker_of_the_same_name() -> None:
    desk = desk_with(
        quote("derbyshires", "Words of a test", areas=["derbyshire"]),
        quote("kents", "Words of a test", areas=["kent"]),
    )
    drafts = drafts_of(COUNTS, desk)
    for area in ("kent", "derbyshire"):
        for sentence in (
            "The test speaker said: “Words of a test.”",
            "“Words of a test,” the test speaker said.",
        ):
            assert held(drafts[area], desk, sentence) == []


def test_who_was_named_before_a_quotation_is_the_places_own() -> None:
    desk = desk_with(
        quote("derbyshires", "Other words", areas=["derbyshire"]),
        quote("kents", "One.", "Two.", areas=["kent"]),
    )
    draft = drafts_of(COUNTS, desk)["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    told = [
        Passage(BlockKind.PARAGRAPH, text)
        for text in ("The test speaker answered.", "“One.", "“Two.”")
    ]
    edited = replace(copy, passages=(*copy.passages, *told))
    problems = Checker(desk, RELEASE).check_copy(edited, draft.facts)
    assert [each.what for each in problems if each.level is Level.HOLD] == []


@pytest.mark.parametrize(("day", "status"), [("2021-10-20", []), ("2021-10-21", ["stale"])])
def test_a_quote_of_another_place_that_is_stale_holds_nothing_here(
    day: str, status: list[str]
) -> None:
    """Both are called alike, so that one template does for all areas."""
    desk = desk_with(
        quote("government", "No.", areas=["derbyshire"], stale_after=datetime.date(2021, 5, 13)),
        quote("government", "Yes.", areas=["kent"]),
    )
    release = replace(RELEASE, published=datetime.date.fromisoformat(day))
    kent = drafts_of(COUNTS, desk, release=release)["kent"]
    holds = [each.what for each in kent.problems if each.level is Level.HOLD]
    assert [word for word in ("stale",) for what in holds if word in what] == status
    assert text_of(kent).endswith("A test speaker said: “Yes.”")


def test_the_period_of_a_quote_is_as_before() -> None:
    kents = quote("kents", "Words.", areas=["kent"])
    assert kents.is_about("victim-withdrawal", str(Period.parse("2020")))
    assert not kents.is_about("charged", "2020")
    assert not kents.is_for(force_called("derbyshire"))
