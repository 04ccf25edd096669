"""How an exact value is rounded for print: half up, once, to the places its figure asks for."""

from __future__ import annotations

from fractions import Fraction


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round to `places` decimals, halves away from zero, exactly.

    Halves go up in size whatever the sign, as a newsroom (and a reader) does it:
    29.25 to 29.3, -0.05 to -0.1. Style: decimal half-up, not banker's rounding.
    """
    scale = 10**places
    scaled, unit = abs(value.numerator) * scale, value.denominator
    whole = (2 * scaled + unit) // (2 * unit)
    return Fraction(whole if value.numerator >= 0 else -whole, scale)
