"""Numbers and hedges as the copy rules have them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from building import desk
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Figure, Unit
from generator.periods import Period
from generator.printing import print_figure, print_number
from generator.writing.hedges import around, as_fraction, just, round_number
from generator.writing.numbers import ordinal

STYLE = desk().style


def share(per_cent: str | Fraction, decimals: int = 1, small: int | None = None) -> Figure:
    return _figure(Unit.SHARE, Fraction(per_cent) / 100, decimals, small)


def count(value: int) -> Figure:
    return _figure(Unit.COUNT, value)


def _figure(
    unit: Unit, value: int | Fraction, decimals: int = 0, small: int | None = None
) -> Figure:
    period = Period.parse("2020")
    return Figure("f", "", "a", "m", period, unit, value, "", decimals, small)


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (share("29.2865"), "29.3%"),
        (share("4.04"), "4%"),
        (share("41"), "41%"),
        (share("0.04"), "0%"),
        (share("85.95", decimals=0), "86%"),
        (count(80204), "80,204"),
        (count(999), "999"),
        (count(-12), "-12"),
        (_figure(Unit.POINTS, Fraction(1, 100), 1), "1 percentage point"),
        (_figure(Unit.POINTS, Fraction(3, 100), 1), "3 percentage points"),
        (_figure(Unit.CHANGE, Fraction(1, 8)), "13%"),
    ],
)
def test_print(figure: Figure, printed: str) -> None:
    assert print_figure(figure) == printed


def test_just_is_for_what_the_story_calls_small() -> None:
    assert just(share("4", small=5)).text == "just 4%"
    assert just(share("5", small=5)).text == "just 5%"
    assert just(share("5.1", small=5)).text == "5.1%"
    assert just(share("4")).text == "4%"


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        ("85.95", "around 86%"),
        ("86", "86%"),
        ("69.87", "around 70%"),
        ("23.45", "around 23.5%"),  # 23 would be 2% off
        ("1.26", "1.26%"),  # 1 and 1.3 would be 21% and 3% off
    ],
)
def test_around_is_within_one_per_cent(exact: str, printed: str) -> None:
    assert around(share(exact, decimals=0), STYLE).text == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (80204, "more than 80,000"),
        (11_717, "more than 11,500"),
        (11_240, "more than 11,000"),
        (11_500, "11,500"),
        (11_980, "nearly 12,000"),
        (19_999, "nearly 20,000"),
        (20_499, "more than 20,000"),
        (79_500, "nearly 80,000"),
        (80_000, "80,000"),
        (5_190_000, "nearly 5.2 million"),
        (5_110_000, "more than 5.1 million"),
        (1_300_000, "1.3 million"),
        (2_000_000, "2 million"),
        (0, "0"),
        (7, "7"),
    ],
)
def test_round_number(value: int, printed: str) -> None:
    assert round_number(count(value), STYLE).text == printed


@given(st.integers(1, 10**8))
def test_round_numbers_tell_the_truth(value: int) -> None:
    text = round_number(count(value), STYLE).text
    number = text.removeprefix("more than ").removeprefix("nearly ")
    scale = 1_000_000 if "million" in number else 1
    said = Fraction(number.removesuffix(" million").replace(",", "")) * scale
    if text.startswith("more than"):
        assert said < value
    elif text.startswith("nearly"):
        assert value < said
        assert (said - value) * 100 <= 2 * value
    else:
        assert said == value


@given(st.fractions(0, 1, max_denominator=3000))
def test_fractions_in_words_are_within_tolerance(value: Fraction) -> None:
    text = as_fraction(_figure(Unit.SHARE, value, 1), STYLE).text
    if text.startswith("around"):
        assert any(abs(f - value) * 100 <= value for f in _named(text))
    elif text.startswith("nearly"):
        assert any(value < f and (f - value) * 100 <= 2 * value for f in _named(text))
    elif not text.endswith("%"):
        assert value in _named(text)


def _named(text: str) -> list[Fraction]:
    names = {
        "a third": Fraction(1, 3),
        "two-thirds": Fraction(2, 3),
        "a quarter": Fraction(1, 4),
        "three-quarters": Fraction(3, 4),
        "half": Fraction(1, 2),
        "a fifth": Fraction(1, 5),
        "two in five": Fraction(2, 5),
        "three in five": Fraction(3, 5),
        "four in five": Fraction(4, 5),
        "one in 10": Fraction(1, 10),
        "nine in 10": Fraction(9, 10),
    }
    return [value for name, value in names.items() if text.endswith(name)]


@given(st.decimals(-10_000, 10_000, places=3))
def test_print_number_reads_back(value) -> None:
    text = print_number(Fraction(value))
    assert Fraction(text.replace(",", "")) == Fraction(value)
    assert not ("." in text and text.endswith("0"))


def test_a_number_that_was_never_rounded_is_refused() -> None:
    with pytest.raises(ValueError, match="not a rounded value"):
        print_number(Fraction(1, 3))


def test_ordinals() -> None:
    assert [ordinal(n, 10) for n in (1, 3, 9, 10, 21)] == [
        "first", "third", "ninth", "10th", "21st",
    ]  # fmt: skip
