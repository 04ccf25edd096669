"""What a chart shows, worked out from a draft's facts before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.filing.banners import SAMPLE
from generator.model import Facts, Figure, Point, Release
from generator.periods import MONTH_ENDING, Period, PeriodKind
from generator.printing import print_figure

_FEW = 3
"""Areas without a figure that are named; of more, the number is given."""


@dataclass(frozen=True)
class Dot:
    """A figure at its period: `value` is where it is drawn, `printed` what copy prints."""

    period: Period
    value: float
    printed: str


@dataclass(frozen=True)
class Line:
    """A measure over the periods, in stretches: a period without a figure parts two of them."""

    name: str
    stretches: tuple[tuple[Dot, ...], ...]
    own: bool
    """True for the draft's own area."""

    @property
    def dots(self) -> tuple[Dot, ...]:
        """All of it, oldest first."""
        return tuple(dot for stretch in self.stretches for dot in stretch)

    @property
    def last(self) -> Dot:
        """The newest figure."""
        return self.stretches[-1][-1]


@dataclass(frozen=True)
class Bar:
    """An area's figure, or the nation's."""

    name: str
    value: float
    printed: str
    own: bool
    """True for the nation's, which stands among those of its areas."""


@dataclass(frozen=True)
class Chart:
    """What every chart says: what is measured, where and when, and what a reader has to know."""

    title: str
    subtitle: str
    notes: str
    """The source, and what is not in the picture."""
    sample: str
    """That the figures are invented, which a picture says wherever it goes; "" if they are not."""
    per_cent: bool


@dataclass(frozen=True)
class Lines(Chart):
    """The area, and the nation beside it, over the periods."""

    lines: tuple[Line, ...]
    """The draft's own last, to be drawn over the other."""
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Bars(Chart):
    """All areas that have a figure, the highest first."""

    bars: tuple[Bar, ...]


def chart_of(facts: Facts, release: Release) -> Lines | Bars | None:
    """Choose what to show of a story's lead measure; None where there is no figure of it.

    Where areas are known, as they are for the nation, these are compared; else the area is set
    against the nation, and is not itself shown where it has no figures for the period.
    """
    return _bars(facts, release) if facts.areas else _lines(facts, release)


def _lines(facts: Facts, release: Release) -> Lines | None:
    per_cent = _in_per_cent(facts)
    shown = [] if facts.incomplete else [facts]
    if facts.nation and per_cent:  # what a nation counts would dwarf any area
        shown.insert(0, facts.nation)
    lines = [
        Line(_capital(each.area.name), stretches, own=each is facts)
        for each in shown
        if (stretches := tuple(_stretches(each.lead.series)))
    ]
    if not lines:
        return None
    periods = sorted({point.period for each in shown for point in each.lead.series})
    gaps = any(len(line.dots) < len(periods) for line in lines)
    beside = any(not line.own for line in lines)
    return Lines(
        title=_title(facts),
        subtitle=f"{_capital(shown[-1].area.where)}, {_span(periods)}",
        notes=_notes(
            release,
            _basket(facts) if beside else "",
            "Where a line breaks off there is no figure." if gaps else "",
        ),
        sample=SAMPLE if release.sample else "",
        per_cent=per_cent,
        lines=tuple(lines),
        periods=tuple(periods),
    )


def _bars(facts: Facts, release: Release) -> Bars | None:
    every = [facts, *facts.areas] if _in_per_cent(facts) else facts.areas
    having = [(each, each.lead.figure) for each in every if each.lead.figure]
    if not having:
        return None
    having.sort(key=lambda each: -each[1].value)
    outside = {each.area.id for each in facts.excluded}
    lacking = [
        each.area.name
        for each in facts.areas
        if not each.lead.figure and each.area.id not in outside
    ]
    return Bars(
        title=_title(facts),
        subtitle=f"Area by area {facts.area.where}, {facts.period}",
        notes=_notes(release, _basket(facts), _lacking(lacking)),
        sample=SAMPLE if release.sample else "",
        per_cent=_in_per_cent(facts),
        bars=tuple(
            Bar(_capital(each.area.name), _drawn(figure), print_figure(figure), own=each is facts)
            for each, figure in having
        ),
    )


def _stretches(series: Sequence[Point]) -> Iterator[tuple[Dot, ...]]:
    """Yield the figures of each run of periods that follow one another, oldest first."""
    dots = [
        Dot(point.period, _drawn(point.figure), print_figure(point.figure))
        for point in sorted(series, key=lambda point: point.period)
        if point.figure
    ]
    ends = [at for at, (a, b) in enumerate(pairwise(dots), 1) if b.period.previous != a.period]
    for first, last in pairwise([0, *ends, len(dots)]):
        if first < last:
            yield tuple(dots[first:last])


def _drawn(figure: Figure) -> float:
    """Return where a figure is drawn; nothing but the drawing goes by it."""
    return float(figure.in_print_units)


def _in_per_cent(facts: Facts) -> bool:
    return facts.lead.measure.is_share


def _title(facts: Facts) -> str:
    measure = facts.lead.measure
    return _capital(measure.title or measure.label)


def _span(periods: Sequence[Period]) -> str:
    """Return the first and last of the periods as one: `2015 to 2020`."""
    first, last = periods[0], periods[-1]
    if first == last:
        return str(last)
    if last.kind is PeriodKind.ROLLING:
        month = MONTH_ENDING[last.last.number]
        return f"years to {month}, {first.last.year} to {last.last.year}"
    return f"{first} to {last}"


def _notes(release: Release, *more: str) -> str:
    provisional = "Provisional figures." if release.provisional else ""
    return " ".join(filter(None, [f"Source: {release.publisher}.", provisional, *more]))


def _basket(facts: Facts) -> str:
    """Name the areas that are not in the nation's figures, for which its name alone would stand."""
    nation = (facts.nation or facts).area.name
    areas = [each.area.name for each in facts.excluded]
    return f"{_capital(nation)} without {_joined(areas)}." if areas else ""


def _lacking(areas: Sequence[str]) -> str:
    if not areas:
        return ""
    return f"No figure for {_joined(areas) if len(areas) <= _FEW else f'{len(areas)} areas'}."


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
