from .contents import Bar, Bars, Chart, Dot, Line, Lines, chart_of
from .drawing import draw
from .picture import PNG, SVG, Picture, place_of_picture

__all__ = [
    "PNG",
    "SVG",
    "Bar",
    "Bars",
    "Chart",
    "Dot",
    "Line",
    "Lines",
    "Picture",
    "chart_of",
    "draw",
    "place_of_picture",
]
