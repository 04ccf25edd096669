"""All areas side by side as bars, the highest first, the nation's marked among them."""

from __future__ import annotations

from generator.filing.charts.contents import Bars
from generator.filing.charts.sheet import EDGE, INK, LIGHT, MUTED, OWN, WIDTH, Sheet, width_of, wrap

_NAME, _VALUE = 11, 11
"""Sizes of letters."""
_LEADING = 12
_NAMES = 132
"""How wide a name may be before it goes on in a second line; a long word may be wider."""
_BAR = 11
_BESIDE = 5


def bars_on_sheet(chart: Bars) -> Sheet:
    """Draw a bar for each area."""
    sheet = Sheet()
    y = sheet.add_head(chart.title, chart.subtitle, chart.sample) + 14
    names = [wrap(bar.name, _NAMES, _NAME, bold=bar.own) for bar in chart.bars]
    left = EDGE + 6 + max(
        width_of(line, _NAME, bold=bar.own)
        for bar, lines in zip(chart.bars, names, strict=True)
        for line in lines
    )  # fmt: skip
    values = max(width_of(bar.printed, _VALUE, bold=True) for bar in chart.bars)
    longest = WIDTH - EDGE - values - _BESIDE - left
    highest = max(bar.value for bar in chart.bars) or 1
    top = y
    for bar, lines in zip(chart.bars, names, strict=True):
        height = _LEADING * len(lines) + 4
        middle = y + height / 2
        foot = middle - _LEADING * (len(lines) / 2 - 1) - 3
        for number, line in enumerate(lines):
            sheet.add_text(
                left - 6,
                foot + number * _LEADING,
                line,
                _NAME,
                colour=OWN if bar.own else INK,
                bold=bar.own,
                align="right",
            )
        length = longest * bar.value / highest
        sheet.add_bar(left, middle - _BAR / 2, length, _BAR, OWN if bar.own else LIGHT)
        sheet.add_text(
            left + length + _BESIDE,
            middle + 4,
            bar.printed,
            _VALUE,
            colour=OWN if bar.own else MUTED,
            bold=bar.own,
        )
        y += height
    if chart.sample:
        for at in range(round(top + 110), round(y - 60), 260) or [(top + y) / 2]:
            sheet.add_watermark(chart.sample.partition(".")[0], at)
    sheet.add_line([left, left], [top, y], colour=INK, width=1)
    sheet.set_view(left - 1, top, longest, y - top)
    sheet.add_foot(y + 4, chart.notes)
    return sheet
