"""Names, lists, dates and periods as copy writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from generator.desk import Area
from generator.model import Exclusion
from generator.periods import MONTH_ENDING, Period, PeriodKind

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
"""Not the locale's: copy is British English wherever it is written."""


def name_period(period: Period) -> str:
    """Return `2019`, or `the year to March 2020` for twelve months that are no calendar year."""
    if period.kind is PeriodKind.CALENDAR:
        return str(period)
    return f"the year to {MONTH_ENDING[period.last.number]} {period.last.year}"


def say_when(period: Period, published: datetime.date | None) -> str:
    """Return `last year`, reckoned from the day of publication, or `in 2019`.

    Without a day of publication nothing is "last": the year is named.
    """
    if (
        published is not None
        and period.kind is PeriodKind.CALENDAR
        and period.last.year == published.year - 1
    ):
        return "last year"
    return f"in {name_period(period)}"


def write_date(day: datetime.date) -> str:
    """Return `13 May 2021`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def join_names(names: Iterable[str], word: str = "and") -> str:
    """Return `A`, `A and B`, `A, B and C`."""
    *most, last = list(names)
    return f"{', '.join(most)} {word} {last}" if most else last


def group_by_reason(excluded: Sequence[Exclusion]) -> list[tuple[str, list[Area]]]:
    """Group excluded areas by the reason that copy gives, in the order they come."""
    groups: dict[str, list[Area]] = {}
    for exclusion in excluded:
        groups.setdefault(exclusion.reason, []).append(exclusion.area)
    return list(groups.items())
