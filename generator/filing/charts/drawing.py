"""Draw a chart, as SVG and as PNG."""

from __future__ import annotations

import threading

import matplotlib as mpl

from generator.filing.charts.bars import bars_on_sheet
from generator.filing.charts.contents import Bars, Lines
from generator.filing.charts.lines import lines_on_sheet
from generator.filing.charts.picture import Picture
from generator.filing.charts.sheet import STYLE, WIDTH

_ONE_AT_A_TIME = threading.Lock()
"""matplotlib is not made for several threads, and a cluster's worker may have them."""


def draw(chart: Lines | Bars, alt: str) -> Picture:
    """Draw a chart; `alt` says in words what it shows."""
    said = {"Title": chart.title, "Description": alt}
    if chart.sample:
        said["Warning"] = chart.sample
    with _ONE_AT_A_TIME, mpl.rc_context(STYLE):
        sheet = lines_on_sheet(chart) if isinstance(chart, Lines) else bars_on_sheet(chart)
        svg, png = sheet.as_svg(said), sheet.as_png(said)
    return Picture(svg, png, WIDTH, sheet.height, alt)
