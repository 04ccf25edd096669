"""Records: whether the newest value of a series stands out from every one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from generator.model import Figure, Finding, Point

_NAMES = (
    *("record_high", "joint_high", "record_low", "joint_low", "hidden_record"),
    *("below_peak", "above_trough"),
)


@dataclass(frozen=True)
class Records:
    """The record findings of one series; at most one of the first four holds."""

    high: Finding
    joint_high: Finding
    low: Finding
    joint_low: Finding
    hidden: Finding
    below_peak: Finding
    above_trough: Finding

    @property
    def is_one(self) -> bool:
        """True where copy may claim a record of any kind."""
        return any((self.high, self.joint_high, self.low, self.joint_low))


def find_records(prefix: str, points: Sequence[Point], enough: int) -> Records:
    """Judge the last of the points against all before it, on exact values.

    A record is strictly beyond every earlier point, and can be seen as printed; equal to
    the furthest is a joint record. A gap among the points, or fewer than `enough` of them,
    rules out both (DESIGN.md, section 4).
    """
    figures = [point.figure for point in points if point.figure is not None]
    gap = next((point for point in points if point.figure is None), None)
    why = ""
    if gap is not None:
        why = f"no record can be claimed over a gap: {gap.period} ({gap.why})"
    elif len(figures) < enough:
        why = f"only {len(figures)} complete periods; a record needs {enough}"
    if why:
        none = {name: Finding(f"{prefix}/{name}", holds=False, why=why) for name in _NAMES}
        return Records(*none.values())

    *earlier, now = figures
    since = f"since {earlier[0].period}"
    top, bottom = max(earlier, key=_value), min(earlier, key=_value)
    above, below = now.value > top.value, now.value < bottom.value
    seen_above = above and now.as_printed > top.as_printed
    seen_below = below and now.as_printed < bottom.as_printed
    flat = top.value == bottom.value

    def finding(name: str, holds: bool, said: str, other: Figure) -> Finding:
        why = f"{said} {since} ({other.period})"
        return Finding(f"{prefix}/{name}", holds=holds, why=why, evidence=(now, other))

    return Records(
        high=finding("record_high", seen_above, _said(seen_above, "above the highest"), top),
        joint_high=finding(
            "joint_high",
            now.value == top.value and not flat,
            _said(now.value == top.value, "level with the highest"),
            top,
        ),
        low=finding("record_low", seen_below, _said(seen_below, "below the lowest"), bottom),
        joint_low=finding(
            "joint_low",
            now.value == bottom.value and not flat,
            _said(now.value == bottom.value, "level with the lowest"),
            bottom,
        ),
        hidden=finding(
            "hidden_record",
            (above and not seen_above) or (below and not seen_below),
            "a record that cannot be seen at the printed precision",
            top if above else bottom,
        ),
        below_peak=finding(
            "below_peak", now.as_printed < top.as_printed, "set against the highest", top
        ),
        above_trough=finding(
            "above_trough", now.as_printed > bottom.as_printed, "set against the lowest", bottom
        ),
    )


def is_furthest_change(points: Sequence[Point], enough: int) -> bool:
    """Tell whether the last step of a series is the widest of `enough` or more, up or down."""
    figures = [point.figure for point in points]
    if len(figures) <= enough or any(figure is None for figure in figures):
        return False
    values = [Fraction(figure.value) for figure in figures if figure is not None]
    steps = [abs(b - a) for a, b in pairwise(values)]
    return steps[-1] > max(steps[:-1])


def _value(figure: Figure) -> Fraction:
    return Fraction(figure.value)


def _said(holds: bool, words: str) -> str:
    return words if holds else f"not {words}"
