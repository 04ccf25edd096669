"""A figure in characters: as print has it, and exactly."""

from __future__ import annotations

from fractions import Fraction

from generator.model import Figure, Unit


def printed(figure: Figure) -> str:
    """Return the figure as copy prints it in digits: `23,489`, `29.3%`, `3 percentage points`.

    Half up from the exact value, commas from 1,000, and no zeros at the end of decimals.
    """
    value = figure.as_printed
    whole, rest = divmod(int(abs(value) * 10**figure.decimals), 10**figure.decimals)
    decimals = f".{rest:0{figure.decimals}d}".rstrip("0") if rest else ""
    number = f"{'-' if value < 0 else ''}{whole:,}{decimals}"
    match figure.unit:
        case Unit.SHARE | Unit.CHANGE:
            return f"{number}%"
        case Unit.POINTS:
            return f"{number} percentage point{'' if value == 1 else 's'}"
        case Unit.COUNT | Unit.RANK:
            return number


def exact(figure: Figure) -> str:
    """Return the exact value: `23489`, or for a share its two counts as they are, `23489/80204`."""
    if isinstance(figure.value, int):
        return str(figure.value)
    if figure.unit is Unit.SHARE and len(figure.parts) == 2:
        part, whole = (one.value for one in figure.parts)
        if (
            isinstance(part, int)
            and isinstance(whole, int)
            and whole
            and Fraction(part, whole) == figure.value
        ):
            return f"{part}/{whole}"
    return f"{figure.value.numerator}/{figure.value.denominator}"
