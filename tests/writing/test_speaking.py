"""Figures become words for copy that is read aloud, and the second reader hears the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from building import RELEASE, desk, drafts_of, small_desk, whole_text_of
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Level, Status, copy_of
from generator.periods import Period, PeriodKind
from generator.writing import Checker
from generator.writing.proofread import make_lexicon
from generator.writing.proofread.lexicon import Sense
from generator.writing.proofread.numerals import Kind, find_numbers
from generator.writing.proofread.words import tokens_of
from generator.writing.speaking import speak

LEXICON = make_lexicon(desk().stories["victim-withdrawal"], desk())


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("29.3%", "twenty-nine point three per cent"),
        ("4%", "four per cent"),
        ("80,204 offences", "eighty thousand two hundred and four offences"),
        ("more than 4.7 million", "more than four point seven million"),
        ("one in 10", "one in ten"),
        ("0.5%", "zero point five per cent"),
        ("3.1 percentage points", "three point one percentage points"),
        ("up from 26.3% in 2019.", "up from twenty-six point three per cent in twenty nineteen."),
        ("the year to March 2020", "the year to March twenty twenty"),
        ("in 2009", "in two thousand and nine"),
        ("2,019 cases", "two thousand and nineteen cases"),
        ("the 21st", "the twenty-first"),
        ("no number here", "no number here"),
    ],
)
def test_what_is_printed_is_spoken(printed: str, spoken: str) -> None:
    assert speak(printed) == spoken


def numbers_in(text: str) -> list[tuple[Kind, Fraction, Fraction]]:
    tokens = tokens_of(text)
    found = find_numbers(tokens, [False] * len(tokens))
    return [(number.kind, number.value, number.step) for number in found]


@given(st.integers(min_value=0, max_value=99_999), st.integers(min_value=1, max_value=3))
def test_a_rate_that_is_spoken_is_heard_as_it_was_printed(scaled: int, decimals: int) -> None:
    whole, part = divmod(scaled, 10**decimals)
    printed = f"{whole:,}.{part:0{decimals}d}%"
    step = Fraction(1, 10**decimals)
    assert numbers_in(speak(printed)) == [(Kind.PER_CENT, scaled * step, step)]


@given(st.integers(min_value=2, max_value=999_999))
def test_a_count_that_is_spoken_is_heard_as_it_was_printed(count: int) -> None:
    ((kind, value, _),) = numbers_in(speak(f"{count:,} offences"))
    assert (kind, value) == (Kind.COUNT, count)


@pytest.mark.parametrize("millions", ["1.3", "4.7", "20.5"])
def test_millions_that_are_spoken_say_that_they_are_rounded(millions: str) -> None:
    heard = numbers_in(speak(f"{millions} million offences"))
    assert heard == [(Kind.COUNT, Fraction(millions) * 10**6, Fraction(10**5))]


@pytest.mark.parametrize("year", [1999, 2009, 2010, 2015, 2019, 2020, 2021, 2030])
def test_a_year_that_is_spoken_is_a_period(year: int) -> None:
    text = speak(f"The rate was the same in {year} as before.")
    assert not any(character.isdigit() for character in text)
    (sentence,) = LEXICON.sentences(text, PeriodKind.CALENDAR)
    periods = [each.value for each in sentence.mentions if each.sense is Sense.PERIOD]
    assert periods == [Period.parse(str(year))]


def test_a_year_to_a_quarter_that_is_spoken_is_a_period() -> None:
    text = speak("It fell in the year to September 2020.")
    (sentence,) = LEXICON.sentences(text, PeriodKind.ROLLING)
    periods = [each.value for each in sentence.mentions if each.sense is Sense.PERIOD]
    assert periods == [Period.parse("to-2020-09")]


def test_a_number_in_a_name_is_a_part_of_it() -> None:
    names = ["Hackney 014", "E02000123", "Hackney 01"]
    words = "Of 14 homes in Hackney 014 (E02000123), 29.3% were empty in 2019."
    assert speak(words, names) == (
        "Of fourteen homes in Hackney 014 (E02000123), twenty-nine point three per cent were empty "
        "in twenty nineteen."
    )
    assert "Hackney fourteen" in speak(words)


def test_an_area_whose_name_has_a_number_is_told_and_read_aloud() -> None:
    named = small_desk("kent", "essex")
    said = {"name": "Hackney 014", "where": "in Hackney 014", "there": "in Hackney 014"}
    kent = named.forces[0].model_copy(update=said)
    named = replace(named, forces=(kent, *named.forces[1:]))
    year, more = (10_000, 2000, 1500, 1000), (10_000, 2500, 1500, 1000)
    counts = {"kent": {2019: year, 2020: more}, "essex": {2019: year, 2020: year}}
    draft = drafts_of(counts, named)["kent"]
    assert whole_text_of(draft).count("Hackney 014") > 4
    assert "Hackney fourteen" not in whole_text_of(draft)
    assert draft.status is Status.READY
    checker = Checker(named, RELEASE)
    copies = [copy_of(piece.article, "", piece.kind) for piece in draft.pieces]
    for copy in (copy_of(draft.article, draft.disclosure), *copies):
        problems = checker.check_copy(copy, draft.facts)
        assert not [each for each in problems if each.level is Level.HOLD]
