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


def with_article(words: str) -> str:
    """Return `an alleged victim`, `a victim`."""
    return f"{'an' if words[:1].casefold() in 'aeiou' else 'a'} {words}"


def group_by_reason(
    excluded: Sequence[Exclusion], period: Period
) -> list[tuple[str, list[Area], list[str]]]:
    """Group excluded areas by the reason that copy gives, in the order they come.

    With each reason and its areas come the names of the periods concerned, where the
    story's own is not among them: then copy has to say when.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Area]] = {}
    for exclusion in excluded:
        when = () if period in exclusion.periods else tuple(map(name_period, exclusion.periods))
        groups.setdefault((exclusion.reason, when), []).append(exclusion.area)
    return [(reason, areas, list(when)) for (reason, when), areas in groups.items()]
