"""Plan the counts of the sample release: years, then quarters, then outcomes, then offences.

Integers throughout, and of the random stream only `Random.random()`, which is the same in
every version of Python: the sample has the same bytes wherever it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from generator.release import sample_figures as given

CHARGED, UNKNOWN_SUSPECT, KNOWN_SUSPECT = 1, 14, 16
"""Outcome types: charged; and, where the victim does not support action, by the suspect."""

Closed = dict[int, int]
"""Cases closed in a quarter, by outcome type."""


@dataclass(slots=True)
class Year:
    """What a force closes in a calendar year; `identified` is part of `withdrawn`."""

    closed: int
    withdrawn: int
    identified: int
    charged: int


Plan = dict[tuple[str, int], Year]
"""Force id and calendar year to the year's counts."""


def plan_quarters(forces: Sequence[str], rng: Random) -> dict[tuple[str, int, int], Closed]:
    """Plan every quarter from January 2014 to December 2020.

    Takes force ids; gives what is closed by (force id, year in which the financial year
    begins, its quarter from 1 to 4).
    """
    plan = _plan_years(forces, rng)
    planned: dict[tuple[str, int, int], Closed] = {}
    for force in forces:
        for year in range(given.FIRST_YEAR, given.LAST_YEAR + 1):
            for place, closed in enumerate(_quarters_of(plan, force, year, rng)):
                start, quarter = (year, place) if place else (year - 1, 4)
                planned[force, start, quarter] = _by_outcome(closed, start, rng)
        if force == given.NOT_SUPPLIED:
            for (start, quarter), total in given.COLLAPSE.items():
                planned[force, start, quarter] = _by_outcome(Year(total, 0, 0, 0), start, rng)
    return planned


def split_among_offences(total: int, weights: Sequence[int], rng: Random) -> list[int]:
    """Share a quarter's cases of one outcome out among the offence codes.

    Now and then the smallest code is given a small negative count, as where a force
    corrects an earlier quarter, and the largest makes it up: the sum is `total` always.
    """
    cells = apportion(total, [_vary(weight * 100, 100, rng) for weight in weights])
    if rng.random() < 0.01 and total >= 200:
        smallest, largest = cells.index(min(cells)), cells.index(max(cells))
        moved = cells[smallest] + 1 + int(rng.random() * 4)
        cells[smallest] -= moved
        cells[largest] += moved
    return cells


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` (not negative) in proportion to `weights`: the largest remainders round up."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def _plan_years(forces: Sequence[str], rng: Random) -> Plan:
    plan: Plan = {}
    for force in forces:
        for year in range(given.FIRST_YEAR, given.LAST_YEAR + 1):
            plan[force, year] = _year_of(force, year, rng)
    # A desk that lacks some of the forces has another nation than the published one.
    if given.FORCES.keys() <= set(forces):
        for year in range(given.FIRST_YEAR, given.LAST_YEAR + 1):
            _steer(plan, forces, year)
    return plan


def _year_of(force: str, year: int, rng: Random) -> Year:
    """Follow the force's paths; a published figure goes before them."""
    shape = given.FORCES.get(force, given.ANY_OTHER_FORCE)
    step = year - given.FIRST_YEAR
    closed = _vary(shape.closed * given.VOLUMES[shape.volume][step] // 1000, 12, rng)
    # Rates in millionths. Only paths that go one way leave room for chance: the others say
    # to a tenth of a per cent how two years compare.
    rate = shape.rate * given.PATHS[shape.path][step]
    charged = shape.charged * given.CHARGING[shape.charging][step]
    if year != given.LAST_YEAR:
        rate = _vary(rate, 20, rng) if shape.path == given.STEERED else rate
        charged = _vary(charged, 15, rng) if shape.charging == "falling" else charged
    if (force, year) in given.PUBLISHED_RATES:
        rate = given.PUBLISHED_RATES[force, year] * 1000
    withdrawn = _share(closed, rate, 1_000_000)
    nation = given.NATION_IDENTIFIED
    identified = _vary(shape.identified * 1000 * nation[year] // nation[given.LAST_YEAR], 12, rng)
    identified = _share(withdrawn, identified, 100_000)
    if (force, year) in given.PUBLISHED_COUNTS:
        closed, withdrawn, identified = given.PUBLISHED_COUNTS[force, year]
    return Year(closed, withdrawn, identified, _share(closed, charged, 1_000_000))


def _steer(plan: Plan, forces: Sequence[str], year: int) -> None:
    """Scale the forces that may be scaled, so that the nation's rates are the published ones.

    The nation is every force but the one that did not supply its figures.
    """
    inside = [force for force in forces if force != given.NOT_SUPPLIED]
    free = [
        force
        for force in inside
        if given.FORCES.get(force, given.ANY_OTHER_FORCE).path == given.STEERED
    ]
    fixed = [plan[force, year] for force in inside if force not in free]
    scaled = [plan[force, year] for force in free]
    closed = sum(one.closed for one in (*fixed, *scaled))
    withdrawn = _share(closed, given.NATION[year], 1000)
    wanted = withdrawn - sum(one.withdrawn for one in fixed)
    for one, count in zip(
        scaled, apportion(wanted, [one.withdrawn for one in scaled]), strict=True
    ):
        one.identified = _share(count, one.identified, one.withdrawn)
        one.withdrawn = count
    wanted = _share(withdrawn, given.NATION_IDENTIFIED[year], 100)
    wanted -= sum(one.identified for one in fixed)
    for one, count in zip(
        scaled, apportion(wanted, [one.identified for one in scaled]), strict=True
    ):
        one.identified = count


def _quarters_of(plan: Plan, force: str, year: int, rng: Random) -> Iterable[Year]:
    """Split a calendar year into its quarters, each measure along its own trend."""
    # Fewer cases are closed in winter; beyond that, every quarter has a chance of its own.
    seasons = [_vary(season, 25, rng) for season in (9700, 10050, 10250, 10000)]
    before, now, after = plan.get((force, year - 1)), plan[force, year], plan.get((force, year + 1))

    def split(measure: str) -> list[int]:
        this = getattr(now, measure)
        earlier = getattr(before, measure) if before else 2 * this - getattr(after, measure)
        later = getattr(after, measure) if after else 2 * this - earlier
        return apportion(
            this,
            [
                # The straight line through the years, at the middle of each quarter.
                season * (16 * this + (later - earlier) * (2 * place - 3)) // 1000
                for place, season in enumerate(seasons)
            ],
        )

    measures = (split("closed"), split("withdrawn"), split("identified"), split("charged"))
    return [Year(*quarter) for quarter in zip(*measures, strict=True)]


def _by_outcome(quarter: Year, start: int, rng: Random) -> Closed:
    """Share out what is neither charged nor withdrawn among the other types."""
    weights = [
        0
        if start == given.FIRST_YEAR and outcome in given.FROM_2015_16
        else _vary(w * 1000, 80, rng)
        for outcome, w in given.OTHER_OUTCOMES.items()
    ]
    others = apportion(quarter.closed - quarter.withdrawn - quarter.charged, weights)
    return {
        **dict(zip(given.OTHER_OUTCOMES, others, strict=True)),
        CHARGED: quarter.charged,
        UNKNOWN_SUSPECT: quarter.withdrawn - quarter.identified,
        KNOWN_SUSPECT: quarter.identified,
    }


def _share(whole: int, part: int, of: int) -> int:
    """Return `whole * part / of` to the nearest whole number, halves up."""
    return (2 * whole * part + of) // (2 * of)


def _vary(value: int, thousandths: int, rng: Random) -> int:
    """Move a value by up to so many thousandths either way."""
    return value * (1000 - thousandths + int(rng.random() * (2 * thousandths + 1))) // 1000
