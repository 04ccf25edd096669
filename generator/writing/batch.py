"""Judge a run's drafts side by side, for what no draft shows by itself.

Nothing here is shared with the stage that measured or with the code that wrote: what the
facts say of each other is worked out anew, from exact values.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from statistics import median

from generator.desk import Area, Style
from generator.model import (
    Draft,
    Facts,
    Figure,
    Finding,
    Level,
    MeasureFacts,
    Problem,
    Quotation,
)
from generator.periods import Period
from generator.printing import print_figure, print_number
from generator.rounding import round_half_up
from generator.writing.hearing import Sums, Testimony, hash_counts
from generator.writing.skeletons import AreaNames, find_same_copy, same_copy_problem

_OURS = (
    "The fault is in newscopy and not in the release: do not use the figures, and report it "
    "with the release it came from."
)


@dataclass(frozen=True)
class _Shares:
    """A share's values of the period in the areas that can be compared, lowest first."""

    values: Sequence[Fraction]

    def place_of(self, value: int | Fraction) -> int:
        """Return the place of a value among them, 1 the highest."""
        return 1 + len(self.values) - bisect_right(self.values, value)

    @cached_property
    def hinges(self) -> tuple[Fraction, Fraction]:
        """The medians of the lower and the upper half, between which the middle half lies."""
        half = (len(self.values) + 1) // 2  # with the middle one in both, as Tukey has it
        return median(self.values[:half]), median(self.values[-half:])


class Jury:
    """Judges the drafts of one story by what all its areas come to."""

    def __init__(self, nation: Facts, heard: Testimony, basket: str, style: Style) -> None:
        """Take the nation's facts, what its areas come to, and which basket of them it is."""
        self.nation = nation
        self.style = style
        self.counts = heard.counts
        self.shares = {name: _Shares(sorted(values)) for name, values in heard.shares.items()}
        self.sum_problems = tuple(_sum_problems(nation, heard.of(basket)))

    def problems_of(self, draft: Draft) -> Iterator[Problem]:
        """Yield what is wrong with a draft beside the others of its story."""
        facts, nation = draft.facts, self.nation
        if facts.area == nation.area or _prints_figures_of(nation.area, draft):
            yield from self.sum_problems
        if facts.area == nation.area:
            yield from _league_problems(facts)
            return
        yield from _count_problems(facts, self.counts.get(facts.area.id))
        for name, measured in facts.measures.items():
            if measured.measure.is_share:
                shares = self.shares.get(name, _Shares(()))
                yield from _rank_problems(measured, facts.area, shares)
                yield from _outlier_problems(measured, facts.area, shares, self.style)


def judge_drafts(
    drafts: Sequence[Draft], juries: Mapping[str, Jury], names: AreaNames
) -> tuple[Draft, ...]:
    """Return the drafts, each with the problems that show beside others added to its own.

    `juries` are those of the drafts' stories. Held is a draft on figures of the nation that
    its areas do not add up to, on counts that are not those that were added up, or with a
    place among areas that it does not have; noted is a figure far from those of other areas,
    and copy that is another's of these drafts but for names and numbers. A figure that is
    missing is in no sum and no comparison.
    """
    same = find_same_copy(drafts, names)
    return tuple(
        replace(
            draft,
            problems=(
                *draft.problems,
                *juries[draft.facts.story.id].problems_of(draft),
                *same_copy_problem(draft, same.get(draft.folder, ())),
            ),
        )
        for draft in drafts
    )


def _count_problems(facts: Facts, heard: str | None) -> Iterator[Problem]:
    """Hold counts that copy could print, and that are not those that were added up."""
    series = {name: measured.series for name, measured in facts.measures.items()}
    strays = [
        figure
        for measured in facts.measures.values()
        if not measured.measure.is_share
        for figure in _figures_of(measured).values()
        if figure not in [point.figure for point in measured.series]
    ]
    if strays or hash_counts(series) != heard:
        yield Problem(
            Level.HOLD,
            f"{facts.area.name}, {facts.period}",
            "The counts are not those that went into the nation's, and that areas were ranked by.",
            _OURS,
        )


def _sum_problems(nation: Facts, sums: Sums) -> Iterator[Problem]:
    """Hold what the areas of the nation's basket do not add up to, to the last offence.

    Held is also a figure for a period in which one of them has none: it would be of others.
    """
    for name, measured in nation.measures.items():
        if measured.measure.is_share:
            continue
        figures = {(each.period, each.value) for each in _figures_of(measured).values()}
        for period, value in sorted(figures):
            total, having = sums.totals.get((name, period), 0), sums.having.get((name, period), 0)
            if value == total and having == sums.areas:
                continue
            lacking = sums.areas - having
            without = f"; of {lacking} of them there is none" if lacking else ""
            yield Problem(
                Level.HOLD,
                f"{nation.area.name}: {measured.measure.label}, {period}",
                f"The figure is {value:,}, and those of the {sums.areas} areas that make it up "
                f"add up to {total:,}{without}.",
                _OURS,
            )


def _figures_of(measured: MeasureFacts) -> Mapping[tuple[str, Period], Figure]:
    """Return every figure that copy and tables may print of a count.

    A figure stands in the series and under the name that templates use: both are judged.
    """
    named = {
        "figure": measured.figure,
        "first": measured.first,
        "previous": measured.previous,
        "baseline": measured.baseline,
    }
    figures = [("series", point.figure) for point in measured.series] + list(named.items())
    return {(name, figure.period): figure for name, figure in figures if figure is not None}


def _rank_problems(measured: MeasureFacts, area: Area, shares: _Shares) -> Iterator[Problem]:
    """Hold a place among areas that the exact figures do not give; areas level share one."""
    if measured.rank is None:
        return
    given = f"number {measured.rank.value} of {measured.ranked}"
    worked_out = "none"
    if area.local and measured.figure is not None:
        place = shares.place_of(measured.figure.value)
        worked_out = f"number {place} of {len(shares.values)}"
    if given != worked_out:
        yield Problem(
            Level.HOLD,
            f"{measured.measure.label}, {measured.period}",
            f"The area's place among areas is given as {given}; by the exact figures it is "
            f"{worked_out}.",
            _OURS,
        )


def _league_problems(nation: Facts) -> Iterator[Problem]:
    """Hold a table of areas that does not run from the highest down, those without last."""
    for above, below in pairwise(nation.areas):
        first, second = above.lead.figure, below.lead.figure
        if second is not None and (first is None or first.value < second.value):
            yield Problem(
                Level.HOLD,
                f"table of areas: {nation.lead.measure.label}, {nation.period}",
                f"{above.area.name} ({_printed(first)}) stands above {below.area.name} "
                f"({_printed(second)}), and the highest has to come first.",
                _OURS,
            )


def _outlier_problems(
    measured: MeasureFacts, area: Area, shares: _Shares, style: Style
) -> Iterator[Problem]:
    """Note a share outside the fences: so far beyond the middle half of the areas.

    The middle half is what lies between the hinges, the medians of the lower and the upper
    half; a fence is a hinge and one and a half times the distance between them, unless the
    style gives another reach. (J. W. Tukey, Exploratory Data Analysis, 1977, chapter 2.)
    """
    figure = measured.figure
    if figure is None or not area.local or len(shares.values) < style.outlier_areas:
        return
    low, high = shares.hinges
    reach = (high - low) * style.outlier_reach / 100
    if low - reach <= figure.value <= high + reach:
        return
    beyond = "above" if figure.value > high else "below"
    areas = len(shares.values)
    here, lower, upper = _print_apart(
        figure, [Fraction(figure.value), low, high], high if beyond == "above" else low
    )
    yield Problem(
        Level.NOTE,
        f"{measured.measure.label}, {measured.period}",
        f"At {here}, {area.name} is far {beyond} most: the middle half of {areas} areas "
        f"lies between {lower} and {upper}.",
        "Give it a second look: it may be a mistake, and it may be the story.",
    )


def _print_apart(figure: Figure, shares: Sequence[Fraction], nearest: Fraction) -> list[str]:
    """Print shares at the figure's precision, or the first that tells it from the nearest."""
    decimals = figure.decimals
    while decimals < 6 and round_half_up(nearest * 100, decimals) == round_half_up(
        figure.in_print_units, decimals
    ):
        decimals += 1
    return [f"{print_number(round_half_up(share * 100, decimals))}%" for share in shares]


def _prints_figures_of(area: Area, draft: Draft) -> bool:
    """Tell whether anything in the copy rests on a figure of the area's."""
    return any(_rests_on(area, claim.support) for claim in draft.claims)


def _rests_on(area: Area, support: Figure | Finding | Quotation) -> bool:
    match support:
        case Figure():
            return support.area == area.id or any(_rests_on(area, part) for part in support.parts)
        case Finding():
            return any(_rests_on(area, figure) for figure in support.evidence)
        case Quotation():
            return False


def _printed(figure: Figure | None) -> str:
    return "no figure" if figure is None else print_figure(figure)
