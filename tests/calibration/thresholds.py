"""What the thresholds do: each set lower and higher, the others as shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.desk import Desk

from .backtest import sum_up
from .counts import scaled
from .faults import COUNTS, SIZES, YEAR_ENDS, Drawn, Effect, Fault, Releases, draw, look_at

TRIED: dict[str, Sequence[float]] = {
    "neighbours": (2, 6),
    "warn_deviations": (3, 5),
    "warn_times": (1.2, 1.5),
    "hold_deviations": (4, 8),
    "hold_times": (1.35, 2),
    "newest_warn_times": (1.35, 2),
    "newest_hold_times": (1.6, 3),
    "step": (40, 80),
    "pooled_weight": (0, 48),
    "least_scatter": (0, 100),
}
"""What is tried of each threshold."""
_FAULTS = (
    (Fault("charges", "halved"), False),
    (Fault("charges", "to two thirds"), False),
    (Fault("charges", "halved"), True),
)
"""What is planted, and whether it is in the newest quarter."""


@dataclass(frozen=True)
class Trial:
    """What comes of a rule: on the real counts, and on the same faults as with every other."""

    threshold: str
    value: float
    doubts: int
    held: int
    """Drafts of all years, as their own releases had them."""
    most: int
    """The most drafts held in a year."""
    faults: tuple[Sequence[Drawn], ...]


def try_thresholds(releases: Releases, enough: int) -> Iterator[Trial]:
    """Yield what comes of the shipped rule, and then of others."""
    releases = Releases(releases.table, releases.desk, YEAR_ENDS)
    planted = [
        draw(fault, Effect.TURNED, releases, enough, newest=newest) for fault, newest in _FAULTS
    ]
    yield _try(releases, planted, "as shipped", 0)
    for threshold, values in TRIED.items():
        for value in values:
            desk = _with_threshold(releases.desk, threshold, value)
            others = Releases(releases.table, desk, YEAR_ENDS)
            yield _try(others, planted, threshold, value)


def _try(
    releases: Releases, planted: Sequence[Sequence[Drawn]], threshold: str, value: float
) -> Trial:
    years = [sum_up(end.year, releases.at(end)) for end in YEAR_ENDS]
    return Trial(
        threshold,
        value,
        doubts=sum(year.doubts for year in years),
        held=sum(len(year.holds) for year in years),
        most=max(len(year.holds) for year in years),
        faults=tuple([_again(each, releases) for each in drawn] for drawn in planted),
    )


def _again(drawn: Drawn, releases: Releases) -> Drawn:
    """Plant a fault where it was planted, under another rule."""
    told = releases.at(drawn.place.last)
    true, _ = releases.true_draft(drawn.place.last, drawn.place.area)
    area, quarter = drawn.place.area, drawn.place.quarter
    times = SIZES[drawn.fault.size]
    table = scaled(told.table, area, quarter, COUNTS[drawn.fault.counts], times)
    return look_at(drawn.fault, drawn.place, told.with_counts(table, [area]), true)


def _with_threshold(desk: Desk, threshold: str, value: float) -> Desk:
    rule = desk.style.doubts.model_copy(update={threshold: value})
    return replace(desk, style=desk.style.model_copy(update={"doubts": rule}))
