"""An area beside the nation over the periods, as lines with their labels at their ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.filing.charts.contents import Line, Lines
from generator.filing.charts.sheet import (
    EDGE,
    GRID,
    INK,
    MUTED,
    OTHER,
    OWN,
    WIDTH,
    Sheet,
    ticks,
    width_of,
    wrap,
)
from generator.periods import Period, PeriodKind

_HEIGHT = 170
"""Of what lies between the axes."""
_TICK, _VALUE, _NAME = 12, 15, 12
"""Sizes of letters: at the axes, and in a label the figure and the name."""
_LABEL = 100
"""How wide a label may be; a long word may be wider."""
_BESIDE = 9
"""Between a line's end and its label."""
_APART = 6
"""Between two labels."""


@dataclass(frozen=True)
class _Plot:
    """Where on the sheet the figures lie."""

    left: float
    right: float
    top: float
    first: int
    """Years, by which periods are placed."""
    last: int
    highest: float

    @property
    def bottom(self) -> float:
        return self.top + _HEIGHT

    def x(self, period: Period) -> float:
        """Return where a period is; one alone is on the right, beside its label."""
        begin, years = self.left + 5, self.last - self.first
        part = (period.last.year - self.first) / years if years else 1
        return begin + part * (self.right - begin)

    def y(self, value: float) -> float:
        return self.bottom - _HEIGHT * value / self.highest


@dataclass(frozen=True)
class _Label:
    """The words at a line's end: its last figure, and under it its name."""

    line: Line
    value: str
    names: tuple[str, ...]

    @property
    def height(self) -> float:
        return _VALUE + (_NAME + 2) * len(self.names)

    @property
    def width(self) -> float:
        names = (width_of(name, _NAME, bold=self.line.own) for name in self.names)
        return max(width_of(self.value, _VALUE, bold=True), *names)


def lines_on_sheet(chart: Lines) -> Sheet:
    """Draw the area and the nation over the periods."""
    sheet = Sheet()
    top = sheet.add_head(chart.title, chart.subtitle, chart.sample) + 24
    steps = ticks(max(dot.value for line in chart.lines for dot in line.dots))
    scale = [f"{step:,.10g}{'%' if chart.per_cent else ''}" for step in steps]
    labels = [_label_of(line, chart.periods[-1]) for line in chart.lines]
    plot = _Plot(
        left=EDGE + max(width_of(words, _TICK) for words in scale) + 7,
        right=WIDTH - EDGE - max(label.width for label in labels) - _BESIDE,
        top=top,
        first=chart.periods[0].last.year,
        last=chart.periods[-1].last.year,
        highest=steps[-1],
    )
    if chart.sample:
        sheet.add_watermark(chart.sample.partition(".")[0], plot.top + _HEIGHT / 2)
    for step, words in zip(steps, scale, strict=True):
        y, colour = plot.y(step), GRID if step else INK
        sheet.add_line([plot.left, plot.right], [y, y], colour=colour, width=1)
        sheet.add_text(plot.left - 7, y + 4, words, _TICK, colour=MUTED, align="right")
    _add_periods(sheet, chart.periods, plot)
    for line in chart.lines:
        _add_line(sheet, line, plot)
    tops = parted(
        [plot.y(label.line.last.value) - _VALUE / 2 for label in labels],
        [label.height for label in labels],
        plot.top - 14,
        plot.bottom + 6,
    )
    for label, y in zip(labels, tops, strict=True):
        _add_label(sheet, label, plot.right + _BESIDE, y)
    sheet.set_view(plot.left, plot.top - 8, plot.right - plot.left + 6, _HEIGHT + 14)
    sheet.add_foot(plot.bottom + 25, chart.notes)
    return sheet


def parted(
    tops: Sequence[float], heights: Sequence[float], highest: float, lowest: float
) -> list[float]:
    """Move labels apart that would meet: each of two that do by half, and none past the ends.

    Of two that are level the last stands above. Two there are at most.
    """
    order = sorted(range(len(tops)), key=lambda at: (tops[at], -at))
    tops = [
        min(max(top, highest), lowest - height) for top, height in zip(tops, heights, strict=True)
    ]
    if len(tops) < 2:
        return tops
    upper, lower = order
    meet = tops[upper] + heights[upper] + _APART - tops[lower]
    if meet > 0:
        tops[upper] = max(tops[upper] - meet / 2, highest)
        tops[lower] = tops[upper] + heights[upper] + _APART
        past = tops[lower] + heights[lower] - lowest
        if past > 0:
            tops[upper], tops[lower] = tops[upper] - past, tops[lower] - past
    return tops


def _add_periods(sheet: Sheet, periods: Sequence[Period], plot: _Plot) -> None:
    """Mark every period, and write as many as have room, the last one always."""
    words = [str(p.last.year if p.kind is PeriodKind.ROLLING else p) for p in periods]
    room = max(width_of(word, _TICK) for word in words) + 6
    width = max(plot.right - plot.left, 1)  # a long word of a label may leave none
    year = width / max(plot.last - plot.first, 1)
    every = math.ceil(room / year)
    for period, word in zip(periods, words, strict=True):
        x = plot.x(period)
        written = (plot.last - period.last.year) % every == 0
        sheet.add_line([x, x], [plot.bottom, plot.bottom + 4], colour=INK, width=1)
        if written:
            sheet.add_text(x, plot.bottom + 17, word, _TICK, colour=MUTED, align="center")


def _add_line(sheet: Sheet, line: Line, plot: _Plot) -> None:
    """Draw each stretch, one of a single figure as a dot, and a dot at the end of all."""
    colour, width, dashes = (OWN, 3.2, None) if line.own else (OTHER, 2.2, (3.0, 1.4))
    for stretch in line.stretches:
        xs = [plot.x(dot.period) for dot in stretch]
        ys = [plot.y(dot.value) for dot in stretch]
        if len(stretch) > 1:
            sheet.add_line(xs, ys, colour=colour, width=width, dashes=dashes)
        if len(stretch) == 1 or stretch is line.stretches[-1]:
            sheet.add_line(xs[-1:], ys[-1:], colour=colour, width=0, dots=2.2 * width + 1)


def _label_of(line: Line, newest: Period) -> _Label:
    """Return the label of a line, with the period of its last figure where it ends early."""
    last = line.last
    words = line.name if last.period == newest else f"{line.name} in {last.period}"
    return _Label(line, last.printed, tuple(wrap(words, _LABEL, _NAME, bold=line.own)))


def _add_label(sheet: Sheet, label: _Label, x: float, y: float) -> None:
    own = label.line.own
    colour = OWN if own else MUTED
    y += _VALUE - 2
    sheet.add_text(x, y, label.value, _VALUE, colour=colour, bold=True)
    for name in label.names:
        y += _NAME + 2
        sheet.add_text(x, y, name, _NAME, colour=colour, bold=own)
