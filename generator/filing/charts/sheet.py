"""The sheet that charts are drawn on: title above, source below, all in CSS pixels of a phone.

Nothing here is a matplotlib Axes: to make and draw one takes longer than all the rest, and what
a chart needs of it, scales and round ticks, is had from the parts that an Axes is made of.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D
from PIL import Image
from PIL.PngImagePlugin import PngInfo

WIDTH = 360
"""Of a phone: no letter is larger or smaller there than it says here."""
EDGE = 12
INK, MUTED, GRID = "#1c1b19", "#595751", "#d5d2ca"
OWN, OTHER, LIGHT = "#0b4f63", "#8f8c85", "#b7b3aa"
"""The draft's own area is dark, and all else light enough to be told from it without colour:
other lines, and bars, which are broader."""
_BAND, _PAPER = "#ffd21f", "#ffffff"
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_REGULAR = FontProperties(fname=_FONTS / "DejaVuSans.ttf")
_BOLD = FontProperties(fname=_FONTS / "DejaVuSans-Bold.ttf")
"""By file, of those that come with matplotlib: by name another of a machine's might be found."""
_POINTS = 72
"""A figure's inch is so many CSS pixels here; its points are then the same."""
_SHARPNESS = 3
"""Dots of the PNG for each CSS pixel."""
_COLOURS = 64
"""A few inks and their shades on white: the file is a quarter of what true colours make it."""
STYLE = {**mpl.rcParamsDefault, "svg.hashsalt": "newscopy", "svg.fonttype": "path"}
"""Whatever a machine's matplotlibrc says. Letters are drawn as outlines: a reader's machine has
another font, wider or narrower, and labels would meet."""
_SVG = "http://www.w3.org/2000/svg"
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Sheet:
    """Words, lines and bars at places that are counted from the top left."""

    def __init__(self) -> None:
        self.figure = Figure(dpi=_POINTS, facecolor=_PAPER)
        self._down = Affine2D()
        """From CSS pixels to inches: known when the height is."""
        self._to_dots = self._down + self.figure.dpi_scale_trans
        self._view: dict[str, str] = {}

    def add_text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> Text:
        """Write words on one line, whose foot is at `y`."""
        return self.figure.text(
            x,
            y,
            words,
            transform=self._to_dots,
            fontproperties=_BOLD if bold else _REGULAR,
            size=size,
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def add_paragraph(
        self,
        y: float,
        words: str,
        size: float,
        *,
        leading: float,
        colour: str = INK,
        bold: bool = False,
    ) -> float:
        """Write words on as many lines as they take, the first below `y`; return where they end."""
        for line in wrap(words, WIDTH - 2 * EDGE, size, bold=bold):
            y += leading
            self.add_text(EDGE, y, line, size, colour=colour, bold=bold)
        return y

    def add_line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        colour: str,
        width: float,
        dashes: tuple[float, float] | None = None,
        dots: float = 0,
    ) -> Line2D:
        """Draw a line through points; with `dots`, only these, of that size."""
        line = Line2D(
            xs,
            ys,
            transform=self._to_dots,
            color=colour,
            linewidth=width,
            linestyle=(0, dashes) if dashes else "none" if dots else "solid",
            marker="o" if dots else "none",
            markersize=dots,
            markeredgewidth=0,
            solid_capstyle="round",
            solid_joinstyle="round",
        )
        self.figure.add_artist(line)
        return line

    def add_bar(self, x: float, y: float, width: float, height: float, colour: str) -> Rectangle:
        """Fill a rectangle, whose top left is given."""
        bar = Rectangle((x, y), width, height, transform=self._to_dots, color=colour, linewidth=0)
        self.figure.add_artist(bar)
        return bar

    def add_head(self, title: str, subtitle: str, sample: str) -> float:
        """Write what the chart is of, and that it is a sample; return where that ends."""
        y = 0.0
        if sample:
            lines = wrap(sample, WIDTH - 2 * EDGE, 10, bold=True)
            self.add_bar(0, 0, WIDTH, 12 + 14 * len(lines), _BAND)
            y = self.add_paragraph(4, sample, 10, leading=14, bold=True) + 8
        y = self.add_paragraph(y + 5, title, 14, leading=18, bold=True)
        return self.add_paragraph(y + 4, subtitle, 11.5, leading=16, colour=MUTED)

    def add_foot(self, y: float, notes: str) -> None:
        """Write what a reader has to know, and end the sheet there."""
        y = self.add_paragraph(y, notes, 10.5, leading=14, colour=MUTED)
        self.end(y + EDGE)

    def add_watermark(self, words: str, y: float) -> None:
        """Write across the sheet, round about `y`, so that no cut takes it off."""
        self.figure.text(
            WIDTH / 2,
            y,
            words,
            transform=self._to_dots,
            fontproperties=_BOLD,
            size=58,
            color="#999999",
            alpha=0.16,
            rotation=24,
            ha="center",
            va="center",
        )

    def set_view(self, x: float, y: float, width: float, height: float) -> None:
        """Say which part is shown where there is room for a glance only: `chart.svg#plot`.

        It fills whatever room that is, or some of what stands around it would be seen.
        """
        self._view = {
            "id": "plot",
            "viewBox": f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}",
            "preserveAspectRatio": "none",
        }

    def end(self, height: float) -> None:
        """Cut the sheet off."""
        inches = round(height) / _POINTS
        self.figure.set_size_inches(WIDTH / _POINTS, inches)
        self._down.clear().scale(1 / _POINTS, -1 / _POINTS).translate(0, inches)

    @property
    def height(self) -> int:
        """Its height in CSS pixels."""
        return round(self.figure.get_figheight() * _POINTS)

    def as_svg(self, said: Mapping[str, str]) -> bytes:
        """Return the sheet as SVG, with what a screen reader is to say of it.

        `said` has a Title and a Description, and may have a Warning.
        """
        warned = f"{said.get('Warning', '')} {said['Description']}".strip()
        saved = io.BytesIO()
        FigureCanvasSVG(self.figure).print_svg(saved, metadata=_NO_METADATA)
        root = etree.fromstring(saved.getvalue())
        root.set("role", "img")
        root.set("aria-labelledby", "title desc")
        root.set("width", str(WIDTH))
        root.set("height", str(self.height))
        for at, (name, words) in enumerate({"title": said["Title"], "desc": warned}.items()):
            element = etree.Element(f"{{{_SVG}}}{name}", id=name)
            element.text = words
            element.tail = "\n"
            root.insert(at, element)
        etree.SubElement(root, f"{{{_SVG}}}view", self._view)
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"

    def as_png(self, said: Mapping[str, str]) -> bytes:
        """Return the sheet as PNG; `said` is kept in it, by keywords of the PNG standard."""
        self.figure.dpi = _POINTS * _SHARPNESS
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()
        size = (WIDTH * _SHARPNESS, self.height * _SHARPNESS)
        dots = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
        few = dots.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE)
        palette = few.getpalette() or []
        paper = int(few.getpixel((0, size[1] - 1)))  # type: ignore[arg-type]  # of a palette
        palette[3 * paper : 3 * paper + 3] = [255] * 3  # which it has mixed with the palest shades
        few.putpalette(palette)
        words = PngInfo()
        for keyword, text in said.items():
            words.add_itxt(keyword, text, "en-GB")
        saved = io.BytesIO()
        few.save(saved, "png", dpi=(_POINTS * _SHARPNESS,) * 2, pnginfo=words)
        return saved.getvalue()


def ticks(highest: float) -> list[float]:
    """Return round numbers from 0 to at least `highest`: four or so."""
    found = MaxNLocator(nbins=4, steps=[1, 2, 5, 10], min_n_ticks=2).tick_values(0, highest or 1)
    return [float(tick) for tick in found]


def wrap(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break words into lines that are no wider than `width`, but for a word that is."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are on one line."""
    font = _BOLD if bold else _REGULAR
    width, _, _ = text_to_path.get_text_width_height_descent(words, _sized(font, size), False)
    return float(width)


@lru_cache(maxsize=64)
def _sized(font: FontProperties, size: float) -> FontProperties:
    sized = font.copy()
    sized.set_size(size)
    return sized
