"""Calendar years, financial years and years to a quarter."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.periods import Period, PeriodKind, Quarter, financial_year, periods_within

quarters = st.builds(Quarter, st.integers(1990, 2100), st.integers(1, 4))


def test_a_calendar_year_spans_two_financial_years() -> None:
    of_financial_years = [
        Quarter.of_financial_year(2019, 4),
        Quarter.of_financial_year(2020, 1),
        Quarter.of_financial_year(2020, 2),
        Quarter.of_financial_year(2020, 3),
    ]
    assert list(Period.parse("2020").quarters) == of_financial_years


@pytest.mark.parametrize(
    ("text", "id", "name", "last"),
    [
        ("2020", "2020", "2020", Quarter(2020, 4)),
        ("2019/20", "2019-20", "2019/20", Quarter(2020, 1)),
        ("2019-20", "2019-20", "2019/20", Quarter(2020, 1)),
        ("2019/2020", "2019-20", "2019/20", Quarter(2020, 1)),
        ("1999/00", "1999-00", "1999/00", Quarter(2000, 1)),
        ("to-2020-09", "to-2020-09", "the year to September 2020", Quarter(2020, 3)),
        (
            "the year to September 2020",
            "to-2020-09",
            "the year to September 2020",
            Quarter(2020, 3),
        ),
    ],
)
def test_spellings(text: str, id: str, name: str, last: Quarter) -> None:
    period = Period.parse(text)
    assert (period.id, str(period), period.last) == (id, name, last)


@pytest.mark.parametrize("text", ["2019/21", "20", "to-2020-10", "last year", "", "2020 Q3"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


def test_a_financial_year_has_neighbouring_years() -> None:
    assert financial_year("2014/15") == 2014
    assert financial_year("2014/16") is None


@given(quarters, st.sampled_from(PeriodKind))
def test_ids_come_back(last: Quarter, kind: PeriodKind) -> None:
    number = {PeriodKind.CALENDAR: 4, PeriodKind.FINANCIAL: 1}.get(kind, last.number)
    period = Period(Quarter(last.year, number), kind)
    assert Period.parse(period.id) == period
    assert Period.parse(str(period)) == period


@given(quarters, st.integers(0, 60), st.sampled_from(PeriodKind))
def test_periods_are_whole_years_apart_and_inside(
    first: Quarter, length: int, kind: PeriodKind
) -> None:
    last = first + length
    periods = list(periods_within(kind, first, last))
    for period in periods:
        assert first <= period.quarters[0] <= period.quarters[-1] <= last
        assert len(set(period.quarters)) == 4
    for earlier, later in pairwise(periods):
        assert later.previous == earlier
    if kind is PeriodKind.ROLLING and length >= 3:
        assert periods[-1].last == last
