"""The bare chart of a draft, by the calls that matplotlib's own documentation shows."""

from __future__ import annotations

import io
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from generator.filing.charts import PNG, SVG, Bars, Lines

_POINTS, _SHARPNESS = 72, 3
"""CSS pixels to the inch, and dots of the PNG for each, as in ours."""
_WIDTH = 360
_DARK, _LIGHT, _GRID = "#0b4f63", "#8f8c85", "#d5d2ca"
_LETTERS = 38
"""Of a line of text above or below a chart."""


def draw(chart: Lines | Bars, height: int) -> dict[str, bytes]:
    """Draw a chart, as large as ours and with the same words, as SVG and as PNG."""
    figure = Figure(figsize=(_WIDTH / _POINTS, height / _POINTS), dpi=_POINTS)
    axes = figure.subplots()
    if isinstance(chart, Lines):
        _plot(axes, chart)
    else:
        _plot_bars(axes, chart)
    left, right = (0.12, 0.72) if isinstance(chart, Lines) else (0.42, 0.87)
    figure.subplots_adjust(left=left, right=right, top=1 - 110 / height, bottom=80 / height)

    def write(y: float, words: str, size: float, weight: str = "normal") -> None:
        """Write words on the figure, `y` pixels from its top."""
        where = 0.03, 1 - y / height
        figure.text(*where, fill(words, _LETTERS), fontsize=size, fontweight=weight, va="top")

    write(35, chart.title, 14, "bold")
    write(75, chart.subtitle, 11.5)
    write(height - 40, chart.notes, 10.5)
    if chart.sample:
        write(5, chart.sample, 10, "bold")
        word = chart.sample.partition(".")[0]
        figure.text(0.5, 0.5, word, ha="center", va="center", rotation=24, alpha=0.16, fontsize=58)
    files = {}
    for name, dots in ((SVG, _POINTS), (PNG, _POINTS * _SHARPNESS)):
        saved = io.BytesIO()
        figure.savefig(saved, format=name.rpartition(".")[2], dpi=dots)
        files[name] = saved.getvalue()
    return files


def _plot(axes: Axes, chart: Lines) -> None:
    for line in chart.lines:
        colour, width = (_DARK, 3.2) if line.own else (_LIGHT, 2.2)
        for dots in line.stretches:
            years = [dot.period.last.year for dot in dots]
            values = [dot.value for dot in dots]
            style = "-" if line.own else "--"
            axes.plot(years, values, color=colour, linewidth=width, linestyle=style)
        end = line.last.period.last.year, line.last.value
        axes.plot(*end, color=colour, marker="o")
        axes.annotate(
            f"{line.last.printed}\n{fill(line.name, 14)}",
            end,
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=12,
            color=colour,
        )
    years = [period.last.year for period in chart.periods]
    axes.set_xticks(years, [str(period) for period in chart.periods])
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=_GRID)
    axes.spines[["top", "right", "left"]].set_visible(False)
    if chart.per_cent:
        axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))


def _plot_bars(axes: Axes, chart: Bars) -> None:
    drawn = axes.barh(
        [bar.name for bar in chart.bars],
        [bar.value for bar in chart.bars],
        color=[_DARK if bar.own else _LIGHT for bar in chart.bars],
    )
    axes.bar_label(drawn, [bar.printed for bar in chart.bars], padding=5, fontsize=11)
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)


def height_of(png: bytes) -> int:
    """Return the height in CSS pixels of a chart of ours, as the head of its PNG has it."""
    return int.from_bytes(png[20:24]) // _SHARPNESS
