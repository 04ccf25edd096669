"""Names, lists, dates and periods."""

import datetime

import pytest

from generator.periods import Period
from generator.writing.phrases import join_names, name_period, say_when, write_date

MAY_2021 = datetime.date(2021, 5, 13)


@pytest.mark.parametrize(
    ("period", "published", "said"),
    [
        ("2020", MAY_2021, "last year"),
        ("2019", MAY_2021, "in 2019"),
        ("2020", None, "in 2020"),
        ("2019/20", MAY_2021, "in the year to March 2020"),
        ("to-2020-09", MAY_2021, "in the year to September 2020"),
    ],
)
def test_when(period: str, published: datetime.date | None, said: str) -> None:
    assert say_when(Period.parse(period), published) == said


def test_names() -> None:
    assert join_names(["A"]) == "A"
    assert join_names(["A", "B"]) == "A and B"
    assert join_names(["A", "B", "C"], "or") == "A, B or C"


def test_dates_are_british_whatever_the_locale() -> None:
    assert write_date(MAY_2021) == "13 May 2021"
    assert name_period(Period.parse("2019/20")) == "the year to March 2020"
