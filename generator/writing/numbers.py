"""Figures in print: commas, per cent, words up to nine; rounded once, half up."""

from __future__ import annotations

from fractions import Fraction

from num2words import num2words

from generator.model import Figure, Unit
from generator.rounding import round_half_up


def print_figure(figure: Figure, decimals: int | None = None) -> str:
    """Return a figure as copy prints it, at its own precision unless told another.

    Counts have commas from 1,000; shares and changes a per cent sign and no trailing .0;
    differences of shares are in percentage points. (Copy rules, "Numbers".)
    """
    value = round_half_up(figure.in_print_units, figure.decimals if decimals is None else decimals)
    number = print_number(value)
    match figure.unit:
        case Unit.SHARE | Unit.CHANGE:
            return f"{number}%"
        case Unit.POINTS:
            return f"{number} percentage point{'' if value == 1 else 's'}"
        case Unit.COUNT | Unit.RANK:
            return number


def print_number(value: Fraction) -> str:
    """Print a value of few decimals: commas from 1,000 and no trailing zeros.

    Raises ValueError for a value that no short decimal gives, since it was never rounded.
    """
    for places in range(7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole, part = divmod(abs(scaled.numerator), 10**places)
            sign = "-" if value < 0 else ""
            return f"{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")
    raise ValueError(f"{value} is not a rounded value")


def in_words(number: int) -> str:
    """Return a whole number in words: twenty-one."""
    return str(num2words(number, lang="en_GB"))


def ordinal(number: int, figures_from: int) -> str:
    """Return first to ninth in words, then 10th, 21st: "figures_from" is the style's."""
    if 0 < number < figures_from:
        return str(num2words(number, lang="en_GB", to="ordinal"))
    return str(num2words(number, lang="en_GB", to="ordinal_num"))
