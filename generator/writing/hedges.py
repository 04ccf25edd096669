"""Hedges: words that say how a printed number relates to the exact one, within tolerances."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from generator.desk import Style
from generator.model import Figure, Unit
from generator.printing import print_figure, print_number
from generator.rounding import round_half_up
from generator.writing.numbers import in_words

_FRACTIONS = {
    Fraction(1, 10): "one in 10",
    Fraction(1, 5): "a fifth",
    Fraction(1, 4): "a quarter",
    Fraction(1, 3): "a third",
    Fraction(2, 5): "two in five",
    Fraction(1, 2): "half",
    Fraction(3, 5): "three in five",
    Fraction(2, 3): "two-thirds",
    Fraction(3, 4): "three-quarters",
    Fraction(4, 5): "four in five",
    Fraction(9, 10): "nine in 10",
}
_BY_FIVE_HUNDREDS = range(10_000, 20_000)


@dataclass(frozen=True)
class Printed:
    """A figure with the words that stand for it where they are not its plain print."""

    figure: Figure
    text: str
    in_table: bool = False
    """It stands in a table, where a title that writes "per cent" has the sign too."""


def counted(figure: Figure, singular: str, plural: str, style: Style) -> Printed:
    """Print a count with what it counts, so that they agree: `one offence`, `no offences`."""
    number = int(figure.value)
    if number == 0:
        said = "no"
    elif 0 < number < style.figures_from:
        said = in_words(number)
    else:
        said = print_figure(figure)
    return Printed(figure, f"{said} {singular if number == 1 else plural}")


def just(figure: Figure) -> Printed:
    """Print `just 4%` where the story calls the value small, else the plain figure."""
    plain = print_figure(figure)
    small = figure.small is not None and figure.in_print_units <= figure.small
    return Printed(figure, f"just {plain}" if small else plain)


def around(figure: Figure, style: Style) -> Printed:
    """Print `around 86%` where rounding moved the value, by no more than the style allows.

    Where it moved it further, decimal places are added until it did not; where it did not
    move it, there is nothing to hedge.
    """
    exact = figure.in_print_units
    for decimals in range(figure.decimals, 4):
        printed = round_half_up(exact, decimals)
        if printed == exact:
            return Printed(figure, print_figure(figure, decimals))
        if is_within(printed, exact, style.around_within):
            return Printed(figure, f"around {print_figure(figure, decimals)}")
    return Printed(figure, print_figure(figure, 3))


def round_number(figure: Figure, style: Style) -> Printed:
    """Print a count as a round number with the hedge that fits: `more than 80,000`.

    Two leading digits are kept, and halves of the second from 10,000 to 20,000, where a step of
    a thousand would be as much as a tenth: `more than 11,500`. On the round number it is bare,
    above it "more than"; past half-way to the next, and within the style's `nearly_within` of it,
    it is "nearly". From a million the number is printed as "1.3 million".
    """
    exact = int(figure.value)
    step = 10 ** max(len(str(abs(exact))) - 2, 0)
    if exact in _BY_FIVE_HUNDREDS:
        step = 500
    floor = exact // step * step
    if floor == exact:
        return Printed(figure, _large(floor))
    nearer_the_next = 2 * (exact - floor) >= step
    if nearer_the_next and is_nearly(Fraction(floor + step), Fraction(exact), style):
        return Printed(figure, f"nearly {_large(floor + step)}")
    return Printed(figure, f"more than {_large(floor)}")


def as_fraction(figure: Figure, style: Style) -> Printed:
    """Print a share as `a third` or `nearly a quarter` where it is one, else as it is."""
    if figure.unit is not Unit.SHARE:
        return Printed(figure, print_figure(figure))
    exact = Fraction(figure.value)
    for value, words in _FRACTIONS.items():
        if value == exact:
            return Printed(figure, words)
        if is_within(value, exact, style.around_within):
            return Printed(figure, f"around {words}")
        if is_nearly(value, exact, style):
            return Printed(figure, f"nearly {words}")
    return Printed(figure, print_figure(figure))


def is_within(printed: Fraction, exact: Fraction, per_cent: int) -> bool:
    """Tell whether a printed value is within so many per cent of the exact one."""
    return abs(printed - exact) * 100 <= abs(exact) * per_cent


def is_nearly(printed: Fraction, exact: Fraction, style: Style) -> bool:
    """Tell whether an exact value lies just below the printed one, as "nearly" says."""
    return exact < printed and is_within(printed, exact, style.nearly_within)


def _large(number: int) -> str:
    if number >= 1_000_000:
        return f"{print_number(Fraction(number, 1_000_000))} million"
    return print_number(Fraction(number))
