"""Half up, once, on exact values."""

from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rounding import round_half_up


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("29.25", 1, "29.3"),
        ("29.24999", 1, "29.2"),
        ("-0.05", 1, "-0.1"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
    ],
)
def test_halves_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert round_half_up(Fraction(value), places) == Fraction(rounded)


@given(st.decimals(-10_000, 10_000, places=6), st.integers(0, 4))
def test_agrees_with_decimal(value: Decimal, places: int) -> None:
    getcontext().prec = 40
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert round_half_up(Fraction(value), places) == Fraction(expected)


@given(st.fractions(max_denominator=10_000), st.integers(0, 4))
def test_moves_by_half_a_unit_at_most_and_only_once(value: Fraction, places: int) -> None:
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert round_half_up(rounded, places) == rounded
