"""Names, lists, dates and periods as copy writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class LeftOut:
    """Areas that are left out for one reason, as copy says it."""

    reason: str
    """To follow their names."""
    areas: Sequence[Area]
    periods: Sequence[str]
    """The periods concerned, where the story's own is not among them: copy has to say when."""
    unavailable: str
    """A clause to stand in the place of a reason, where nobody gave one; "" where one is given."""

    def __iter__(self) -> Iterator[object]:
        """Unpack in a template's loop: `for reason, forces, periods in excluded | by_reason`."""
        return iter((self.reason, self.areas, self.periods))


def group_by_reason(excluded: Sequence[Exclusion], period: Period) -> list[LeftOut]:
    """Group excluded areas by the reason that copy gives, in the order they come."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Area]] = {}
    for each in excluded:
        when = () if period in each.periods else tuple(map(name_period, each.periods))
        groups.setdefault((each.reason, each.unavailable, when), []).append(each.area)
    return [
        LeftOut(reason, areas, when, unavailable)
        for (reason, unavailable, when), areas in groups.items()
    ]
