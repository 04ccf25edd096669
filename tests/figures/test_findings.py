"""Records: strictly beyond every earlier complete period, on exact values, as printed."""

from __future__ import annotations

from fractions import Fraction

from building import facts_of
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.findings import find_records
from generator.model import Figure, Point, Unit
from generator.periods import Period, PeriodKind, Quarter

YEARS = [Period(Quarter(year, 4), PeriodKind.CALENDAR) for year in range(2010, 2030)]
shares = st.fractions(min_value=0, max_value=1, max_denominator=5000)


def series(values: list[Fraction | None]) -> tuple[Point, ...]:
    return tuple(
        Point(period, None, complete=False, why="incomplete")
        if value is None
        else Point(
            period,
            Figure(f"a/rate/{period}", "rate", "a", "rate", period, Unit.SHARE, value, "x ÷ y", 1),
            complete=True,
        )
        for period, value in zip(YEARS, values, strict=False)
    )


def holding(values: list[Fraction | None]) -> set[str]:
    records = find_records("a/rate", series(values), enough=3)
    names = ("high", "joint_high", "low", "joint_low", "hidden")
    return {name for name in names if getattr(records, name)}


def test_strictly_above_all_is_a_record_high() -> None:
    assert holding([Fraction(4, 100), Fraction(26, 100), Fraction(29, 100)]) == {"high"}


def test_equal_to_the_highest_is_joint() -> None:
    assert holding([Fraction(29, 100), Fraction(26, 100), Fraction(29, 100)]) == {"joint_high"}


def test_below_all_is_a_record_low_and_equal_to_the_lowest_joint() -> None:
    assert holding([Fraction(9, 100), Fraction(8, 100), Fraction(7, 100)]) == {"low"}
    assert holding([Fraction(7, 100), Fraction(8, 100), Fraction(7, 100)]) == {"joint_low"}


def test_a_series_that_never_moved_has_no_record() -> None:
    assert holding([Fraction(1, 5)] * 5) == set()


def test_a_record_that_print_hides_is_no_record_and_is_told() -> None:
    assert holding([Fraction(1, 10), Fraction(2931, 10000), Fraction(2934, 10000)]) == {"hidden"}


def test_a_gap_rules_out_every_record() -> None:
    assert holding([Fraction(4, 100), None, Fraction(29, 100)]) == set()


def test_two_periods_are_too_few() -> None:
    assert holding([Fraction(4, 100), Fraction(29, 100)]) == set()


@given(st.lists(shares, min_size=3, max_size=12), st.randoms())
def test_the_order_of_earlier_periods_does_not_matter(values, random) -> None:
    *earlier, now = values
    shuffled = earlier.copy()
    random.shuffle(shuffled)
    assert holding([*earlier, now]) == holding([*shuffled, now])


@given(st.lists(shares, min_size=3, max_size=12))
def test_a_record_is_exact_and_can_be_seen(values) -> None:
    *earlier, now = values
    found = holding(values)
    tenths = [int(value * 1000 + Fraction(1, 2)) for value in values]
    assert ("high" in found) == (now > max(earlier) and tenths[-1] > max(tenths[:-1]))
    assert ("low" in found) == (now < min(earlier) and tenths[-1] < min(tenths[:-1]))
    assert len(found) <= 1


def test_number_and_rate_are_different_records() -> None:
    facts = facts_of(
        {"derbyshire": {2018: (1000, 300, 200), 2019: (1000, 310, 200), 2020: (2000, 500, 300)}}
    )["derbyshire"]
    assert facts.measures["withdrawn"].record_high
    assert not facts.measures["rate"].record_high
    assert facts.measures["rate"].record_low


def test_a_missing_quarter_is_a_gap_not_a_zero() -> None:
    counts = {"derbyshire": {y: (1000, 100 + y - 2015, 50) for y in range(2015, 2021)}}
    whole = facts_of(counts)["derbyshire"]
    gapped = facts_of(counts, without=[("derbyshire", Quarter(2017, 2))])["derbyshire"]
    assert whole.measures["rate"].record_high
    assert not gapped.measures["rate"].record_high
    assert "gap" in gapped.measures["rate"].record_high.why
    assert gapped.measures["rate"].series[2].figure is None
