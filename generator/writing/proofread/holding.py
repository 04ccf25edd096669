"""Whether words hold of exact values: prints, hedges, directions, records."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.desk import Style
from generator.model import Figure, Unit
from generator.periods import Period
from generator.writing.proofread.known import fits_unit, in_print
from generator.writing.proofread.lexicon import Hedge
from generator.writing.proofread.numerals import Kind, Number

_ROUNDED_WITHIN = 5
"""Per cent of the exact value: "1.3 million" may be any of 1.25 to 1.35."""

Series = Sequence[tuple[Period, Figure | None]]


def is_said_of(number: Number, hedge: Hedge | None, figure: Figure, style: Style) -> bool:
    """Tell whether a number with its hedge may be said of a figure (copy rules, "Hedges")."""
    if not fits_unit(number, figure):
        return False
    in_words = number.kind is Kind.FRACTION
    if hedge is None and not in_words:
        return _is_print_of(number, figure)
    exact, value = in_print(figure), number.value
    reach = value * style.fraction_reach / 100 if in_words else number.grain
    match hedge:
        case Hedge.ABOVE:
            return value < exact < value + reach
        case Hedge.BELOW:
            return value - reach < exact < value
        case Hedge.NEARLY:
            next_up = value - reach < exact < value
            return next_up and _is_within(value, exact, style.nearly_within)
        case Hedge.AROUND:
            rounded = in_words or abs(value - exact) * 2 <= number.grain
            return rounded and _is_within(value, exact, style.around_within)
        case Hedge.EXACTLY:
            return value == exact
        case Hedge.JUST:
            small = figure.small is not None and exact <= figure.small
            return small and _is_print_of(number, figure)
    return _is_within(value, exact, style.around_within)


def _is_print_of(number: Number, figure: Figure) -> bool:
    """Tell whether a number is a figure's print: "13%" of a rate to one decimal is 13.0%.

    A number that says itself that it is rounded, as "1.3 million", is taken at its word, if it
    is not far off: 80,204 is not "0.1 million".
    """
    if number.rounded and not _is_within(number.value, in_print(figure), _ROUNDED_WITHIN):
        return False
    step = number.step
    if not number.rounded and figure.unit is Unit.SHARE:
        step = min(step, Fraction(1, 10**figure.decimals))
    return number.is_print_of(in_print(figure), step)


def is_moved(now: Figure, then: Figure, way: int, decimals: int = 0) -> bool:
    """Tell whether a figure is above (1), below (-1) or level with (0) another.

    Above and below both exactly and as printed, level as printed alone.
    """
    places = max(now.decimals, then.decimals, decimals)
    ours, theirs = _printed(now, places), _printed(then, places)
    if way == 0:
        return ours == theirs
    return _is_beyond(now, then, way) and (ours - theirs) * way > 0


def is_slight(now: Figure, then: Figure, style: Style) -> bool:
    """Tell whether two figures differ "slightly": in points for shares, and in proportion."""
    distance = abs(in_print(now) - in_print(then))
    if now.unit is Unit.SHARE and distance >= style.slight_points:
        return False
    return distance * 100 <= in_print(then) * style.slight_change


def is_change(number: Number, now: Figure, then: Figure) -> str:
    """Return "" where a number is how far a figure moved, else what is wrong with it."""
    distance = abs(in_print(now) - in_print(then))
    if now.unit is Unit.SHARE and number.kind is Kind.POINTS:
        return "" if number.is_print_of(distance) else "the two are not so many points apart"
    if number.kind is Kind.COUNT and now.unit is Unit.COUNT:
        return "" if number.is_print_of(distance) else "the two are not so far apart"
    if number.kind is Kind.PER_CENT:
        relative = distance * 100 / in_print(then) if then.value else None
        if relative is not None and number.is_print_of(relative):
            return ""
        if now.unit is Unit.SHARE and number.is_print_of(distance):
            return "the difference of two rates is in percentage points, not in per cent"
        return "the change is not so many per cent"
    return "a change in percentage points is of two rates, any other is not"


def is_times(times: int, hedge: Hedge | None, now: Figure, then: Figure, style: Style) -> bool:
    """Tell whether a figure is so many times another; 0 times says that it halved."""
    if not then.value:
        return False
    ratio = Fraction(now.value) / Fraction(then.value)
    said = Fraction(times) if times else Fraction(1, 2)
    if not times:
        ratio, said = 1 / ratio if ratio else Fraction(0), Fraction(2)
    match hedge:
        case Hedge.ABOVE:
            return said < ratio < said + 1
        case Hedge.BELOW:
            return said - 1 < ratio < said
        case Hedge.JUST:
            return False
        case Hedge.EXACTLY:
            return said == ratio
        case Hedge.NEARLY:
            return ratio < said and _is_within(said, ratio, style.nearly_within)
    return _is_within(said, ratio, style.around_within)


def record_fault(
    series: Series, way: int, since: Period | None, style: Style, *, joint: bool
) -> str:
    """Return "" where the last of a series is a record, highest (1) or lowest (-1).

    A record is strictly beyond every period it claims to cover, exactly and as printed,
    with no gap; a joint one is level with the furthest of them. "Since 2017" where that is
    not the first period says that 2017 was as high or higher (DESIGN.md, section 4).
    """
    *earlier, (period, now) = series
    if now is None:
        return f"there is no figure for {period}"
    covered = [(each, figure) for each, figure in earlier if since is None or each >= since]
    if since is not None and (not covered or covered[0][0] != since):
        return f"the series has no {since} to go back to"
    gaps = [each for each, figure in covered if figure is None]
    if gaps:
        return f"a record cannot be claimed over a gap: there is no figure for {gaps[0]}"
    figures = [figure for _, figure in covered if figure is not None]
    starts_later = len(covered) < len(earlier)
    if starts_later:
        edge, *figures = figures
        if _is_beyond(now, edge, way):
            return f"{since} was no further: the claim goes back beyond it"
    elif len(figures) + 1 < style.record_periods:
        return f"a record needs {style.record_periods} complete periods"
    if not figures:
        return "no other period is covered"
    furthest = max(figures, key=lambda figure: figure.value * way)
    if joint:
        level = now.value == furthest.value
        return "" if level else f"it is not level with {furthest.period}"
    if not _is_beyond(now, furthest, way):
        word = {1: "as high or higher", -1: "as low or lower"}[way]
        return f"{furthest.period} was {word}"
    if not is_moved(now, furthest, way):
        return f"it prints the same as {furthest.period}"
    return ""


def place_in(series: Series, way: int) -> int | None:
    """Return the place of the last of a series among all of it, None where there is a gap."""
    figures = [figure for _, figure in series]
    if any(figure is None for figure in figures) or not figures:
        return None
    values = [figure.value * way for figure in figures if figure is not None]
    return 1 + sum(value > values[-1] for value in values)


def _is_within(printed: Fraction, exact: Fraction, per_cent: int) -> bool:
    return abs(printed - exact) * 100 <= abs(exact) * per_cent


def _is_beyond(now: Figure, then: Figure, way: int) -> bool:
    """Tell whether a figure is above (1) or below (-1) another, exactly."""
    return now.value > then.value if way > 0 else now.value < then.value


def _printed(figure: Figure, places: int) -> int:
    """Return a figure in steps of the last place, rounded half up."""
    exact: Fraction = in_print(figure) * 10**places
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
