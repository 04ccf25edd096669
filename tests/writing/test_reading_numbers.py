"""What the second reader takes for a number, in figures and in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from generator.writing.proofread.numerals import Kind, Number, find_numbers
from generator.writing.proofread.words import sentences_of, tokens_of


def numbers_in(text: str) -> list[Number]:
    tokens = tokens_of(text)
    return find_numbers(tokens, [False] * len(tokens))


NUMBERS = [
    ("80,204 offences", Kind.COUNT, 80_204, 1),
    ("29.3% of cases", Kind.PER_CENT, Fraction(293, 10), Fraction(1, 10)),
    ("29.3 per cent of cases", Kind.PER_CENT, Fraction(293, 10), Fraction(1, 10)),
    ("29 percent of cases", Kind.PER_CENT, 29, 1),
    ("1.3 million offences", Kind.COUNT, 1_300_000, 100_000),
    ("1.3m offences", Kind.COUNT, 1_300_000, 100_000),
    ("a million offences", Kind.COUNT, 1_000_000, 1_000_000),
    ("3.1 percentage points", Kind.POINTS, Fraction(31, 10), Fraction(1, 10)),
    ("three points", Kind.POINTS, 3, 1),
    ("a third of cases", Kind.FRACTION, Fraction(100, 3), 1),
    ("two-thirds of cases", Kind.FRACTION, Fraction(200, 3), 1),
    ("half of them", Kind.FRACTION, 50, 1),
    ("one in four cases", Kind.FRACTION, 25, 1),
    ("nine in 10 cases", Kind.FRACTION, 90, 1),
    ("3 out of 4 cases", Kind.FRACTION, 75, 1),
    ("nine offences", Kind.COUNT, 9, 1),
    ("twenty-one offences", Kind.COUNT, 21, 1),
    ("two hundred and five offences", Kind.COUNT, 205, 1),
    ("none ended so", Kind.COUNT, 0, 1),
    ("the third-highest rate", Kind.ORDINAL, 3, 1),
    ("the 10th of them", Kind.ORDINAL, 10, 1),
    ("£2,000 each", Kind.OTHER, 2000, 1),
    ("at 9.30am", Kind.OTHER, Fraction(93, 10), Fraction(1, 100)),
    ("95,00 offences", Kind.OTHER, 0, 1),
    ("dozens of them", Kind.OTHER, 0, 1),
]


@pytest.mark.parametrize(("text", "kind", "value", "step"), NUMBERS)
def test_a_number_is_read(text: str, kind: Kind, value: Fraction, step: Fraction) -> None:
    (number,) = numbers_in(text)
    assert (number.kind, number.value, number.step) == (kind, value, step)


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("11,500 offences", 500),
        ("eleven thousand five hundred offences", 500),
        ("11,000 offences", 1000),
        ("11,400 offences", 100),
        ("21,500 offences", 100),
        ("80,000 offences", 10_000),
    ],
)
def test_how_far_a_round_number_reaches(text: str, grain: int) -> None:
    (number,) = numbers_in(text)
    assert number.grain == grain


@pytest.mark.parametrize(
    "text",
    ["no one was charged", "one of the forces", "the first of its kind", "once, at one point"],
)
def test_a_word_that_is_no_number(text: str) -> None:
    assert numbers_in(text) == []


def test_a_date_is_one_number() -> None:
    (date,) = numbers_in("published on 13 May 2021 at last")
    assert (date.kind, str(date.date)) == (Kind.DATE, "2021-05-13")


@given(st.integers(min_value=2, max_value=999_999))
def test_what_num2words_writes_is_read_back(number: int) -> None:
    words = num2words(number, lang="en_GB").replace(",", "")
    assert [(each.value, each.step) for each in numbers_in(f"{words} offences")] == [
        (number, max(1, _place(number)))
    ]


def _place(number: int) -> int:
    """Return what the last word of a number stands for: 1,000 of two thousand."""
    return 1000 if number >= 1000 and number % 1000 == 0 else 1


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=3))
def test_a_number_in_figures_is_print_of_what_rounds_to_it(scaled: int, decimals: int) -> None:
    value = Fraction(scaled, 10**decimals)
    whole, part = divmod(scaled, 10**decimals)
    text = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    (number,) = numbers_in(f"{text}%")
    half = Fraction(1, 2 * 10**decimals)
    assert number.is_print_of(value)
    assert number.is_print_of(value - half)
    assert not number.is_print_of(value + half)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        (
            "At 29.3%, it rose. “It is so,” she said.",
            ["At 29.3%, it rose.", "“It is so,” she said."],
        ),
        ("Ms Almeida of St. Ives said so. Yes.", ["Ms Almeida of St. Ives said so.", "Yes."]),
        ("No stop at the end", ["No stop at the end"]),
    ],
)
def test_sentences_are_told_apart(text: str, sentences: list[str]) -> None:
    assert [text[start:end].strip() for start, end in sentences_of(text)] == sentences
