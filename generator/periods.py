"""Calendar year, financial year and year to a quarter's end, as runs of four quarters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MONTH_ENDING = {1: "March", 2: "June", 3: "September", 4: "December"}
_MONTHS = {name.casefold(): quarter for quarter, name in MONTH_ENDING.items()}
_FINANCIAL_YEAR = re.compile(r"(\d{4})\s*[/–-]\s*(?:\d\d)?(\d\d)")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter: number 1 is January to March."""

    year: int
    number: int

    @classmethod
    def of_financial_year(cls, start: int, number: int) -> Quarter:
        """Return quarter `number` (1 is April to June) of the year that begins in April `start`."""
        return cls(start + 1, 1) if number == 4 else cls(start, number + 1)

    @classmethod
    @lru_cache(maxsize=4096)  # a century of them, asked for once for every area
    def from_ordinal(cls, ordinal: int) -> Quarter:
        """Undo `ordinal`."""
        return cls(ordinal // 4, ordinal % 4 + 1)

    def __reduce__(self) -> tuple[type[Quarter], tuple[int, int]]:
        """Cross to another process quickly: there are many of them."""
        return Quarter, (self.year, self.number)

    @property
    def ordinal(self) -> int:
        """Quarters counted from year 0, so that neighbours differ by one."""
        return self.year * 4 + self.number - 1

    def __add__(self, quarters: int) -> Quarter:
        return Quarter.from_ordinal(self.ordinal + quarters)

    def __str__(self) -> str:
        starts = {1: "January", 2: "April", 3: "July", 4: "October"}
        return f"{starts[self.number]} to {MONTH_ENDING[self.number]} {self.year}"


class PeriodKind(StrEnum):
    """The three kinds of twelve months that a story can be about."""

    CALENDAR = "calendar year"
    FINANCIAL = "financial year"
    ROLLING = "year to a quarter"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Four quarters running, known by the last of them."""

    last: Quarter
    kind: PeriodKind

    @classmethod
    @lru_cache(maxsize=4096)  # every year that copy names is read again, draft after draft
    def parse(cls, text: str) -> Period:
        """Read `2020`, `2019/20`, `2019-20`, `to-2020-09` or `year to September 2020`.

        Raises ValueError where the text is none of these.
        """
        text = text.strip().casefold()
        if re.fullmatch(r"\d{4}", text):
            return cls(Quarter(int(text), 4), PeriodKind.CALENDAR)
        if year := re.fullmatch(r"to-(\d{4})-(03|06|09|12)", text):
            return cls(Quarter(int(year[1]), int(year[2]) // 3), PeriodKind.ROLLING)
        if start := financial_year(text):
            return cls(Quarter(start + 1, 1), PeriodKind.FINANCIAL)
        rolling = re.fullmatch(r"(?:the )?year to (\w+) (\d{4})", text)
        if rolling and rolling[1] in _MONTHS:
            return cls(Quarter(int(rolling[2]), _MONTHS[rolling[1]]), PeriodKind.ROLLING)
        raise ValueError(f"{text!r} is not a period: write 2020, 2019/20 or to-2020-09")

    def __reduce__(self) -> tuple[type[Period], tuple[Quarter, PeriodKind]]:
        """Cross to another process quickly: there are many of them."""
        return Period, (self.last, self.kind)

    @property
    def id(self) -> str:
        """A name that is safe in a path: `2020`, `2019-20`, `to-2020-09`."""
        match self.kind:
            case PeriodKind.CALENDAR:
                return str(self.last.year)
            case PeriodKind.FINANCIAL:
                return f"{self.last.year - 1}-{self.last.year % 100:02d}"
            case PeriodKind.ROLLING:
                return f"to-{self.last.year}-{self.last.number * 3:02d}"

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The four quarters, oldest first."""
        return tuple(self.last + step for step in (-3, -2, -1, 0))

    @property
    def previous(self) -> Period:
        """The same twelve months a year before."""
        return Period(self.last + -4, self.kind)

    def __str__(self) -> str:
        if self.kind is PeriodKind.CALENDAR:
            return str(self.last.year)
        if self.kind is PeriodKind.FINANCIAL:
            return f"{self.last.year - 1}/{self.last.year % 100:02d}"
        return f"the year to {MONTH_ENDING[self.last.number]} {self.last.year}"


def financial_year(text: str) -> int | None:
    """Return the year in which `2019/20`, `2019-20` or `2019/2020` begins, None if it is none."""
    match = _FINANCIAL_YEAR.fullmatch(text.strip())
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return int(match[1])


def periods_within(
    kind: PeriodKind, first: Quarter, last: Quarter, *, ending: Quarter | None = None
) -> Iterator[Period]:
    """Every period of the kind that lies wholly between two quarters, oldest first.

    A rolling year's series steps by whole years back from `ending` (default: `last`), so
    that its periods never overlap.
    """
    anchor = {PeriodKind.CALENDAR: 4, PeriodKind.FINANCIAL: 1}.get(kind, (ending or last).number)
    for ordinal in range(first.ordinal + 3, last.ordinal + 1):
        quarter = Quarter.from_ordinal(ordinal)
        if quarter.number == anchor:
            yield Period(quarter, kind)
