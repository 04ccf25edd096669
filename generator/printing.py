"""How a figure is printed, in copy, tables and ledgers alike: rounded once, half up, or exact.

What was answered to a doubt about one is put into words here too, the same ones everywhere.
"""

from __future__ import annotations

from fractions import Fraction

from generator.desk import Answer, Ruling
from generator.model import Figure, Unit
from generator.rounding import round_half_up


def print_figure(figure: Figure, decimals: int | None = None) -> str:
    """Return a figure as copy prints it, at its own precision unless told another.

    Counts have commas from 1,000; shares and changes a per cent sign and no trailing .0;
    differences of shares are in percentage points. (Copy rules, "Numbers".)
    """
    if isinstance(figure.value, int) and figure.unit in (Unit.COUNT, Unit.RANK):
        return f"{figure.value:,}"
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
        more, left = divmod(10**places, value.denominator)
        if not left:
            whole, part = divmod(abs(value.numerator) * more, 10**places)
            sign = "-" if value.numerator < 0 else ""
            return f"{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")
    raise ValueError(f"{value} is not a rounded value")


def print_expanded(value: Fraction, places: int) -> str:
    """Return the first decimals of a value, cut off and not rounded, `…` where more follow."""
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    digits = f"{whole:0{places + 1}d}"
    number = f"{int(digits[: len(digits) - places]):,}"
    decimals = digits[len(digits) - places :] if places else ""
    if not rest:
        decimals = decimals.rstrip("0")
    sign = "-" if value < 0 else ""
    return f"{sign}{number}" + (f".{decimals}" if decimals else "") + ("…" if rest else "")


def print_exact(figure: Figure) -> str:
    """Return the exact value: `23489`, or for a share its two counts as they are, `23489/80204`."""
    if isinstance(figure.value, int):
        return str(figure.value)
    if figure.unit is Unit.SHARE and len(figure.parts) == 2:
        part, whole = (one.value for one in figure.parts)
        if (
            isinstance(part, int)
            and isinstance(whole, int)
            and whole
            and part * figure.value.denominator == whole * figure.value.numerator
        ):
            return f"{part}/{whole}"
    return f"{figure.value.numerator}/{figure.value.denominator}"


def print_apart(figure: Figure, other: Figure) -> tuple[str, str]:
    """Print two figures of one measure so that unequal values differ in print.

    Those that print alike get a decimal more, both of them (DESIGN.md, section 4); six at
    the most, past which they are as good as equal.
    """
    places = max(figure.decimals, other.decimals)
    if figure.value != other.value:
        for more in range(places, 7):
            printed = print_figure(figure, more), print_figure(other, more)
            if printed[0] != printed[1]:
                return printed
    return print_figure(figure, places), print_figure(other, places)


def print_roughly(number: int) -> str:
    """Print an expected number to two digits: it is no more exact than that."""
    step = 10 ** max(len(str(abs(number))) - 2, 0)
    return f"{(2 * number + step) // (2 * step) * step:,}"


def print_answer(answer: Answer, area: str) -> str:
    """Say what was answered to a doubt about an area, which it names, by whom and why."""
    counts = " and ".join(f"{seen:,} {label}" for label, seen in answer.counts.items())
    ruled = "the figures stand"
    if answer.ruling is Ruling.LEAVE_OUT:
        ruled = f"left out, as it “{answer.words}” ({answer.source})"
    said = f"{area}, {answer.quarter}, {counts}: {ruled}"
    return f"{said}. By {answer.by}, {answer.at}: {answer.why}"
