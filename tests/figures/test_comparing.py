"""Directions hold only where they hold exactly and as printed."""

from __future__ import annotations

from fractions import Fraction

from building import desk
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.comparing import compare
from generator.model import Figure, Unit
from generator.periods import Period, PeriodKind, Quarter

PERIOD = Period(Quarter(2020, 4), PeriodKind.CALENDAR)
shares = st.fractions(min_value=0, max_value=1, max_denominator=100_000)


def share(value: Fraction) -> Figure:
    return Figure(f"s{value}", "rate", "a", "rate", PERIOD, Unit.SHARE, value, "x ÷ y", 1)


def count(value: int) -> Figure:
    return Figure(f"c{value}", "closed", "a", "closed", PERIOD, Unit.COUNT, value, "sum")


@given(shares, shares)
def test_direction_agrees_with_the_sign_and_with_print(a: Fraction, b: Fraction) -> None:
    compared = compare("x", share(a), share(b), desk().style)
    assert sum(map(bool, (compared.higher, compared.lower, compared.level))) == 1
    printed = [int(value * 1000 + Fraction(1, 2)) for value in (a, b)]
    assert bool(compared.higher) == (printed[0] > printed[1])
    assert bool(compared.lower) == (printed[0] < printed[1])
    if compared.higher:
        assert a > b
    if compared.lower:
        assert a < b


def test_unequal_values_that_print_alike_are_level() -> None:
    compared = compare(
        "x", share(Fraction(2934, 10000)), share(Fraction(2931, 10000)), desk().style
    )
    assert compared.level
    assert compared.points is None


def test_slight_is_under_two_points() -> None:
    style = desk().style
    assert compare("x", share(Fraction(234, 1000)), share(Fraction(224, 1000)), style).slight
    assert compare("x", share(Fraction(24, 100)), share(Fraction(224, 1000)), style).slight
    assert not compare("x", share(Fraction(293, 1000)), share(Fraction(263, 1000)), style).slight
    assert not compare("x", share(Fraction(22, 100)), share(Fraction(20, 100)), style).slight


def test_shares_differ_in_points_and_counts_change_in_per_cent() -> None:
    points = compare("x", share(Fraction(293, 1000)), share(Fraction(263, 1000)), desk().style)
    assert points.points is not None
    assert points.points.value == Fraction(3, 100)
    assert points.change is None
    change = compare("x", count(150), count(120), desk().style)
    assert change.change is not None
    assert change.change.value == Fraction(1, 4)
    assert change.points is None


def test_no_percentage_on_a_base_under_twenty() -> None:
    assert compare("x", count(30), count(19), desk().style).change is None
    assert compare("x", count(30), count(20), desk().style).change is not None


def test_nothing_holds_where_a_figure_is_missing() -> None:
    compared = compare("x", share(Fraction(1, 2)), None, desk().style)
    assert not any((compared.higher, compared.lower, compared.level, compared.slight))


def test_a_small_rate_that_nearly_halved_did_not_move_slightly() -> None:
    style = desk().style
    assert not compare("x", share(Fraction(21, 1000)), share(Fraction(39, 1000)), style).slight
    assert compare("x", share(Fraction(78, 1000)), share(Fraction(84, 1000)), style).slight


def test_a_tenth_is_not_slight() -> None:
    for now, then in ((89, 99), (100, 110), (9, 10), (11, 10)):
        found = compare("x", share(Fraction(now, 1000)), share(Fraction(then, 1000)), desk().style)
        assert not found.slight, (now, then)
