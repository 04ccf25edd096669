"""What is too long for the second reader: held, and never a crash or a wait."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from building import RELEASE, desk
from hypothesis import given, settings
from hypothesis import strategies as st
from test_stories import withdrawal

from generator.model import BlockKind, Copy, Level, Passage, copy_of
from generator.writing import Checker
from generator.writing.proofread import Proof, make_lexicon, proofread
from generator.writing.proofread.bounds import (
    MOST_CHARACTERS,
    MOST_DIGITS,
    MOST_IN_TABLES,
    MOST_MENTIONS,
    MOST_PARTS,
    MOST_WORDS,
)
from generator.writing.proofread.numerals import Kind, Number, find_numbers
from generator.writing.proofread.words import sentences_of, tokens_of

KENT = withdrawal("record number and rate")["kent"]
COPY = copy_of(KENT.article, KENT.disclosure)
ADDED = len(COPY.passages)
"""The number of the first passage that is added."""
LEXICON = make_lexicon(desk().stories["victim-withdrawal"], desk())


def with_paragraphs(*texts: str) -> Copy:
    """Return Kent's article with paragraphs more at its end."""
    told = (Passage(BlockKind.PARAGRAPH, text) for text in texts)
    return replace(COPY, passages=(*COPY.passages, *told))


def with_table(*rows: tuple[str, ...]) -> Copy:
    return replace(COPY, passages=(*COPY.passages, Passage(BlockKind.TABLE, rows=rows)))


def read(copy: Copy) -> Proof:
    return proofread(copy, KENT.facts, desk(), RELEASE, LEXICON)


def held(copy: Copy) -> list[str]:
    """Return where copy is held, and for what."""
    problems = read(copy).problems
    return [f"{each.where}: {each.what}" for each in problems if each.level is Level.HOLD]


def numbers_in(text: str) -> list[Number]:
    tokens = tokens_of(text)
    return find_numbers(tokens, [False] * len(tokens))


# Numbers

MANY = 5_000
"""Digits: Python converts no more than 4,300."""

HUGE = {
    "whole": "9" * MANY,
    "decimals": "0." + "1" * MANY,
    "with a sign for money": "£" + "9" * MANY,
    "of two parts": "12-" + "9" * MANY,
    "one in so many": "one in " + "9" * MANY,
    "so many in ten": "9" * MANY + " in 10",
    "a share": "9" * MANY + "%",
    "a share in words": "9" * MANY + " per cent",
    "with a scale": "9" * MANY + " billion",
    "with a scale as its suffix": "9" * MANY + "bn",
    "a place": "9" * MANY + "th",
    "thousands parted": "1" + ",000" * (MANY // 3),
    "a day": "9" * MANY + " May 2021",
    "a year": "13 May " + "9" * MANY,
    "a financial year": "2019/" + "9" * MANY,
    "points": "9" * MANY + " percentage points",
    "decimals that are spoken": "one point " + "two " * 4_400,
    "hundreds of hundreds": "two " + "hundred " * 2_200,
}


@pytest.mark.parametrize("number", HUGE.values(), ids=HUGE)
def test_a_number_of_thousands_of_digits_is_held(number: str) -> None:
    assert any(
        what.startswith(f"paragraph {ADDED + 1}: ")
        for what in held(with_paragraphs(f"The rate in Kent was {number} of all cases."))
    )


@pytest.mark.parametrize(
    "number",
    [
        "9" * MANY,
        "0." + "1" * MANY,
        "£" + "9" * MANY,
        "9" * MANY + "bn",
        "9" * (MOST_DIGITS + 1),
        "one point " + "two " * MANY,
        "two " + "hundred " * MANY,
    ],
)
def test_a_number_longer_than_any_figure_is_no_figure(number: str) -> None:
    first, *_ = numbers_in(number)
    assert (first.kind, first.value, first.step) == (Kind.OTHER, 0, 1)


def test_the_longest_number_that_is_read() -> None:
    (whole,) = numbers_in("9" * MOST_DIGITS)
    assert (whole.kind, whole.value) == (Kind.COUNT, 10**MOST_DIGITS - 1)
    (scaled,) = numbers_in("1bn")
    assert (scaled.kind, scaled.value) == (Kind.COUNT, Fraction(10**9))


# Sentences


@pytest.mark.parametrize(
    "words",
    [
        "28.2% ",
        "higher than ",
        "5,640 ",
        " | 1",
        ". ",
        "1-",
        "up from ",
        "doubled ",
        "one two three ",
        "more than ",
        "the highest in Kent ",
    ],
)
def test_an_endless_sentence_is_held_once_and_not_read(words: str) -> None:
    text = (words * 10_000)[:10_000]
    proof = read(with_paragraphs(text))
    of_it = [fault for fault in proof.faults if fault.sentence and fault.passage == ADDED]
    assert [fault.sentence for fault in of_it] == [(0, 10_000)]
    assert "is too long to be read again" in of_it[0].problem.what
    assert of_it[0].problem.mend == "Make several sentences of it."
    assert not [reading for reading in proof.readings if reading.passage == ADDED]


def test_how_many_words_and_mentions_are_read() -> None:
    plain = "word " * MOST_WORDS
    assert not any("too long" in what for what in held(with_paragraphs(plain)))
    assert any("too long" in what for what in held(with_paragraphs(plain + "more")))
    numbers = "29.3% " * MOST_MENTIONS
    assert not any("too long" in what for what in held(with_paragraphs(numbers)))
    assert any("too long" in what for what in held(with_paragraphs(numbers + "29.3%")))


def test_a_long_quotation_does_not_make_a_sentence_too_long() -> None:
    quoted = "The charity said: “" + "word " * (MOST_WORDS + 1) + "”"
    assert not any("too long" in what for what in held(with_paragraphs(quoted)))


def test_an_endless_headline_and_an_endless_cell_are_held_in_their_place() -> None:
    endless = "29.3% " * (MOST_MENTIONS + 1)
    assert any(
        what.startswith("headline: “29.3%") and "too long" in what
        for what in held(replace(COPY, headline=endless))
    )
    table = with_table(("Force", "Rate"), ("Kent", endless))
    (what,) = [what for what in held(table) if "too long" in what]
    assert what.startswith("table, row 1, column 2: “29.3%")


def test_a_long_cell_is_not_given_whole_for_each_of_its_numbers() -> None:
    cell = "9 cases. " * 100
    problems = held(with_table(("Force", "Rate"), ("Kent", cell)))
    assert max(map(len, problems)) < 200


# The whole


@pytest.mark.parametrize(
    "copy",
    [
        with_paragraphs("It rose. " * (MOST_CHARACTERS // 9)),
        with_paragraphs(*["a"] * MOST_PARTS),
        with_table(*[("Kent", "29.3%")] * (MOST_PARTS // 2)),
        with_table(("Force", "a" * MOST_IN_TABLES)),
        replace(COPY, headline="a" * MOST_CHARACTERS),
        with_paragraphs("." * 60_000),
        with_paragraphs("a\n\n" * 20_000),
    ],
    ids=["prose", "paragraphs", "cells", "a cell", "headline", "stops", "lines"],
)
def test_a_text_without_end_is_held_as_a_whole_and_not_read(copy: Copy) -> None:
    proof = read(copy)
    (fault,) = proof.faults
    assert (fault.passage, fault.problem.level, fault.problem.where) == (
        None,
        Level.HOLD,
        "the text",
    )
    assert fault.problem.what.startswith("The copy is too long to be read again: it has ")
    assert proof.readings == ()
    assert fault.problem in Checker(desk(), RELEASE).check_copy(copy, KENT.facts)


def test_a_table_of_a_thousand_areas_is_read() -> None:
    table = with_table(("Force", "Rate"), *[("Kent", "29.3%")] * 1_000)
    assert len(read(table).readings) > 1_000


# Signs by the thousand


@pytest.mark.parametrize("sign", [".", "!", "…", "<", "[", "[A", "[to come ", "“a” ", "1", "1."])
def test_signs_by_the_thousand_are_read(sign: str) -> None:
    text = sign * (15_000 // len(sign))
    faults = read(with_paragraphs(text)).faults
    assert any(fault.passage == ADDED for fault in faults)  # it was come to, and is no copy


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rose..... It fell.", ["It rose.....", "It fell."]),
        ("It rose.”.) It fell.", ["It rose.”.)", "It fell."]),
        ("No. Mr. Smith", ["No. Mr. Smith"]),
        ("XSupt. Smith", ["XSupt.", "Smith"]),
        ("Supt.\nSmith", ["Supt.\nSmith"]),
        ("Supt.\n\nSmith", ["Supt.", "Smith"]),
    ],
)
def test_where_a_run_of_stops_ends_a_sentence(text: str, sentences: list[str]) -> None:
    assert [text[start:end].strip() for start, end in sentences_of(text)] == sentences


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[a [b to come] c", ["[a [b to come]"]),
        ("[to come", []),
        ("<b>it <i", ["<b>"]),
        ("> [A <x] ", ["[A <x]"]),
        ("[To come] and <b>", ["[To come]", "<b>"]),
    ],
)
def test_what_is_left_over_is_quoted_as_it_stands(text: str, left: list[str]) -> None:
    found = [what for what, _ in LEXICON.leftovers(text) if "left over" in what or "keeps" in what]
    assert [what[1 : what.rindex("”")] for what in found] == left


PIECES = [
    *("29.3", "%", ".", "|", "2,784", "0", "9" * 40, "£", "-", "/", " ", " in ", "2019"),
    *("the rate ", "higher than ", "one ", "point ", "hundred ", "million ", "per cent ", "th"),
    *("cases ", "Kent ", "up from ", "doubled ", "May ", "“", "”", "[", "]", "<", "\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=100).map(lambda each: "".join(each)[:400]))
@settings(max_examples=300, deadline=None)
def test_no_text_of_numbers_signs_and_words_is_an_error(text: str) -> None:
    told = replace(with_paragraphs(text), headline=text)
    listed = with_table((text, "Rate"), ("Kent", text))
    assert read(told) == read(told)  # and twice the same
    assert read(listed) == read(listed)
