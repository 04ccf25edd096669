"""What the facts say, by area, measure and period: the exact values that words are held to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.model import Facts, Figure, MeasureFacts, Unit
from generator.periods import Period
from generator.writing.proofread.numerals import Kind, Number


@dataclass(frozen=True, slots=True)
class Role:
    """What a number or a claim is about."""

    area: str
    measure: str
    period: Period


@dataclass(frozen=True)
class Subject:
    """What the text was last about: a sentence that begins with "it" is about the same."""

    area: str
    share: str = ""
    count: str = ""


class Known:
    """The facts of a draft's area and of the nation, and for the nation of every area."""

    def __init__(self, facts: Facts, names: Mapping[str, str]) -> None:
        """Take what is known of an area, and the names of the desk's areas by their ids."""
        everyone = [facts, *([facts.nation] if facts.nation else ()), *facts.areas]
        self.facts = facts
        self._names = names
        self.own = facts.area.id
        self.nation = facts.nation.area.id if facts.nation else facts.area.id
        self.areas: dict[str, Facts] = {each.area.id: each for each in everyone}
        self.default = self.nation if facts.incomplete and facts.nation else self.own
        self.period = facts.period
        self.measures = facts.story.measures
        self.shares = [name for name, measure in self.measures.items() if measure.is_share]
        self.counts = [name for name, measure in self.measures.items() if not measure.is_share]
        self.lead = facts.story.lead
        self.says = all(
            measure.says for name, measure in self.measures.items() if name in self.counts
        )
        """Whether the story gives words for all that it counts: without, any may be meant."""
        self._figures: dict[Role, Figure] = {}
        self.periods = {self.period}
        for area, each in self.areas.items():
            for name, measured in each.measures.items():
                self._learn(area, name, measured)

    def _learn(self, area: str, name: str, measured: MeasureFacts) -> None:
        for point in measured.series:
            self.periods.add(point.period)
            if point.figure is not None:
                self._figures[Role(area, name, point.period)] = point.figure
        for figure in (measured.baseline, measured.previous, measured.first):
            if figure is not None:  # a baseline may lie before the series
                self.periods.add(figure.period)
                self._figures.setdefault(Role(area, name, figure.period), figure)

    @property
    def first(self) -> Period:
        """The first period of the series."""
        return self.of(self.own, self.lead).series[0].period

    @property
    def baseline(self) -> Period:
        """What the story is set against: a fixed period, or the one before."""
        fixed = self.facts.story.baseline
        return self.period.previous if fixed == "previous" else Period.parse(fixed)

    def of(self, area: str, measure: str) -> MeasureFacts:
        """Return what is known of a measure of an area."""
        return self.areas[area].measures[measure]

    def figure(self, role: Role) -> Figure | None:
        """Return the figure of a role, None where there is none."""
        return self._figures.get(role)

    def said(self, of: Figure | Role) -> str:
        """Name a figure in a message: what it is in the story's words, the area and the period."""
        label = self.measures[of.measure].label
        name = self._names.get(of.area, of.area)  # else it is "the region Wales", known by no id
        return f"“{label}” for {name} in {of.period}"

    def said_in_full(self, figure: Figure) -> str:
        """Name a figure, and say what it is in print."""
        return f"{self.said(figure)}, which is {shown(figure)}"

    def printed_as(self, number: Number) -> Iterator[Figure]:
        """Yield every figure that a number could be the print of, whatever its role."""
        for figure in self._figures.values():
            if fits_unit(number, figure) and number.is_print_of(in_print(figure)):
                yield figure

    def series(self, area: str, measure: str) -> Sequence[tuple[Period, Figure | None]]:
        """Return a series, oldest first, up to the period of the story."""
        return [(point.period, point.figure) for point in self.of(area, measure).series]

    def part_of(self, share: str) -> str:
        """Return the count that a share is a share of… its numerator."""
        return self.measures[share].share or ""

    def whole_of(self, share: str) -> str:
        """Return a share's denominator."""
        return self.measures[share].of or ""

    def shares_said(self, said: Iterable[str], wholes: Iterable[str] = ()) -> list[str]:
        """Return the shares that these counts, and of them these wholes, speak of.

        A share is meant where its numerator is mentioned, not as a whole; it is meant the
        more where its denominator is mentioned too. Where only wholes are mentioned, a
        share of them is meant.
        """
        parts, all_wholes = set(said) - set(wholes), set(wholes)
        by_part = [
            share
            for share in self.shares
            if self.part_of(share) in parts
            and (not all_wholes or self.whole_of(share) in parts | all_wholes)
        ]
        surest = [share for share in by_part if self.whole_of(share) in parts | all_wholes]
        if surest or by_part or parts - all_wholes:
            return surest or by_part
        return [share for share in self.shares if self.whole_of(share) in all_wholes]


def in_print(figure: Figure) -> Fraction:
    """Return an exact value in the units of print: hundredths for a share, ones for a count."""
    return Fraction(figure.value) if isinstance(figure.value, int) else figure.value * 100


def fits_unit(number: Number, figure: Figure) -> bool:
    """Tell whether a number in these words could be a figure of this unit."""
    if figure.unit is Unit.SHARE:
        return number.kind in (Kind.PER_CENT, Kind.FRACTION)
    return figure.unit is Unit.COUNT and number.kind is Kind.COUNT


def shown(figure: Figure) -> str:
    """Return a figure for a message, as whoever reads it may want to type it: 29.3%, 23,489."""
    scaled = in_print(figure) * 10**figure.decimals
    half_up = Decimal(math.floor(scaled + Fraction(1, 2))).scaleb(-figure.decimals)
    number = f"{half_up:,f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return number if figure.unit is Unit.COUNT else f"{number}%"
