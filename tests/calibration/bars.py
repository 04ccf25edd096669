"""What is asked of the rule, and whether it comes up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .backtest import Year
from .faults import COUNTS, Drawn, Effect, Fault
from .others import Spread
from .ready import RESTATED, Ready

MOST_HOLDS = 15
"""Drafts that doubts may hold in all years from 2016 to 2025 together."""
MOST_HOLDS_A_YEAR = 3
MOST_OTHERS = 3
"""Drafts that one fault may hold in which none was planted."""


@dataclass(frozen=True)
class Kind:
    """Faults of one kind, at the newest quarter or before it, with one effect."""

    fault: Fault
    newest: bool
    effect: Effect = Effect.TURNED

    def __str__(self) -> str:
        printed = ", in a printed figure" if self.effect is Effect.PRINTED else ""
        return f"{'newest quarter' if self.newest else 'interior'}: {self.fault}{printed}"


@dataclass(frozen=True)
class Bar:
    """At least so many per cent of a kind are to be seen, or held."""

    kind: Kind
    what: str
    at_least: int


@dataclass(frozen=True)
class Met:
    """What was asked, what was found, and whether that is enough."""

    asked: str
    found: str
    is_met: bool

    def __str__(self) -> str:
        return f"{'met' if self.is_met else 'MISSED'}: {self.asked}: {self.found}"


PRINTED = tuple(
    Kind(Fault(counts, size), newest, Effect.PRINTED)
    for newest in (False, True)
    for size in ("to 0", "to a tenth")
    for counts in COUNTS
)
_CHARGES_HALVED = Kind(Fault("charges", "halved"), newest=False)
_CHARGES_DOUBLED = Kind(Fault("charges", "doubled"), newest=False)
BARS = (
    *(Bar(kind, "held", 100) for kind in PRINTED),
    Bar(_CHARGES_HALVED, "seen", 95),
    Bar(_CHARGES_HALVED, "held", 80),
    Bar(_CHARGES_DOUBLED, "seen", 95),
    Bar(_CHARGES_DOUBLED, "held", 70),
    Bar(Kind(Fault("charges", "to two thirds"), newest=False), "seen", 65),
    *(
        Bar(Kind(Fault(counts, size), newest=True), "seen", 90)
        for size in ("halved", "doubled")
        for counts in COUNTS
    ),
)


def judge_kind(kind: Kind, drawn: Sequence[Drawn], slack: int = 0) -> Iterator[Met]:
    """Set what came of a kind of fault against its bars; `slack` is taken off, in per cent."""
    for bar in BARS:
        if bar.kind == kind:
            found = sum(each.seen if bar.what == "seen" else each.held for each in drawn)
            limit = bar.at_least if bar.at_least == 100 else bar.at_least - slack
            yield Met(
                f"{kind}: {limit}% {bar.what}",
                say_share(found, len(drawn)),
                found * 100 >= limit * len(drawn) > 0,
            )


def judge_years(years: Sequence[Year], which: str) -> Iterator[Met]:
    """Set the holds of all years against what they may be."""
    holds = [len(year.holds) for year in years]
    span = f"{years[0].year} to {years[-1].year}, {which}"
    yield Met(f"{span}: at most {MOST_HOLDS} held", str(sum(holds)), sum(holds) <= MOST_HOLDS)
    most = max(holds)
    yield Met(
        f"{span}: at most {MOST_HOLDS_A_YEAR} held in a year", str(most), most <= MOST_HOLDS_A_YEAR
    )


def judge_spreads(spreads: Sequence[Spread]) -> Met:
    """Set the drafts that a fault holds, and which have none, against what they may be."""
    most = max(len(each.newly_held) for each in spreads)
    asked = f"one fault: at most {MOST_OTHERS} drafts held in which none was planted"
    return Met(asked, f"{most} in {len(spreads)} releases", most <= MOST_OTHERS)


def judge_ready(ready: Ready) -> Iterator[Met]:
    """Set a run's drafts against how many have to be ready, and what was restated since."""
    run = ready.run
    yield Met(
        f"{run}: {run.at_least} ready",
        f"{ready.ready} of {ready.told}",
        ready.ready >= run.at_least,
    )
    if len(run.stories) > 1:
        areas, quarter = RESTATED
        known = [
            quarter in quarters
            for folder, quarters in ready.told_of.items()
            if folder.rpartition("/")[2] in areas
        ]
        yield Met(
            f"{run}: {quarter} of {' and '.join(areas)} warned of or held",
            f"in {sum(known)} of {len(areas) * len(run.stories)} drafts",
            sum(known) == len(areas) * len(run.stories),
        )


def say_share(part: int, whole: int) -> str:
    """Say how many of how many, and what per cent that is, rounded down to it."""
    return f"{part} of {whole} ({part * 100 // whole}%)" if whole else "none"
