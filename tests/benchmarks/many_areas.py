"""What an area costs, where there are a hundred of them and where there are a hundred thousand.

The largest run takes so long that the machine is faster or slower meanwhile, by a fifth and
more. So each size is measured beside a yardstick: a run over a few areas before and after,
and in the midst of a long one, which is halted for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import mean

from .commands import Command, newscopy
from .many_desk import write_desk, write_release
from .memory import KIND, Halts, processor_of, taken_by
from .rows import Row, Target, attempt, say_bytes, say_ratio, say_seconds
from .setting import Setting
from .timing import timing_of

SIZES = (100, 1_000, 10_000, 100_000)
MOST = "NEWSCOPY_BENCH_MOST"
"""Names the largest size to measure, where there is no time or room for all."""
FEWEST = 2
"""Areas of the run whose cost is taken for that of starting."""
YARDSTICK = 300
"""Areas of the run that each size is measured beside."""
REPEATED = 1_000
"""Sizes up to this are run five times: what they take is as little as what disturbs them."""
FLAT = Target(1.2, "at most 1.2")
_LOOK_EVERY = 1
"""Seconds between two looks at the memory, which only grows."""
_HALT_EVERY = 120
"""Seconds between two looks at the yardstick in the midst of a run."""
NOTE = (
    "Processor time of a run by one process, without that of a run of two areas, by area: reading "
    "twelve years from Parquet, measuring, writing, proofreading, rendering and filing. The "
    "memory is looked at each second."
)
BESIDE = (
    f"Theirs: an area of {YARDSTICK}, measured before, after and, in the midst of a long run, "
    "every two minutes, with that run halted for it."
)


def rows(setting: Setting) -> Iterator[Row]:
    """Measure whole runs over tables of more and more areas."""
    most = int(os.environ.get(MOST, SIZES[-1]))
    yardstick = _Yardstick(_Table.of(FEWEST, setting), _Table.of(YARDSTICK, setting))
    ratios: dict[int, float] = {}
    for areas in SIZES:
        what = f"{areas:,} areas, one process: cost of one area, and most memory ({KIND})"
        if areas <= most:
            table = _Table.of(areas, setting)
            yield attempt(what, lambda table=table, what=what: _row(table, yardstick, what, ratios))
        else:
            yield Row(what, note=f"Not measured: {MOST} is {most:,}.")
    yield _spread(ratios)


@dataclass(frozen=True)
class _Table:
    """A table of so many areas, and a desk for it."""

    areas: int
    place: Path
    numbers: Iterator[int]

    @classmethod
    def of(cls, areas: int, setting: Setting) -> _Table:
        """Write one."""
        place = setting.new_folder(f"many-{areas}")
        write_desk(place / "desk", areas)
        write_release(place / "release", areas)
        return cls(areas, place, count())

    def run(self) -> Command:
        """Return a run over it, into a new output, which lies there until all is measured.

        For some minutes a file system passes over what was freed by deleting thousands of files
        (ext4 does): the next run to make as many took 4 ms an area more for it, of 22.
        """
        output = self.place / f"output-{next(self.numbers)}"
        release, desk = self.place / "release", self.place / "desk"
        asked = ("--desk", str(desk), "--output", str(output), "--no-cache", "--jobs", "1")
        return newscopy(self.place, self.place / "cache", "run", str(release), *asked)


@dataclass(frozen=True)
class _Pace:
    """How fast the machine is: seconds of starting, and of one area."""

    start: float
    area: float

    def cost(self, processor: float, areas: int) -> float:
        """Return the seconds for each of so many areas, by those of a run."""
        return (processor - self.start) / (areas - FEWEST)


class _Yardstick:
    """Runs over a few areas, measured again and again."""

    def __init__(self, fewest: _Table, some: _Table) -> None:
        self._fewest = fewest
        self._some = some
        self._paces: list[_Pace] = []
        self.look()

    def look(self) -> None:
        """Measure how fast the machine is now."""
        start = processor_of(self._fewest.run())
        some = processor_of(self._some.run())
        area = (some - start) / (self._some.areas - self._fewest.areas)
        self._paces.append(_Pace(start, area))

    def beside(self, table: _Table) -> tuple[int, float, float]:
        """Run over a table; return its most memory, and the cost of an area there and here."""
        first = len(self._paces) - 1
        taken = taken_by(table.run(), _LOOK_EVERY, Halts(_HALT_EVERY, self.look))
        self.look()
        paces = self._paces[first:]
        pace = _Pace(mean(each.start for each in paces), mean(each.area for each in paces))
        return taken.peak, pace.cost(taken.processor, table.areas), pace.area


def _row(table: _Table, yardstick: _Yardstick, what: str, ratios: dict[int, float]) -> Row:
    runs = [yardstick.beside(table) for _ in range(5 if table.areas <= REPEATED else 1)]
    timing = timing_of([(here, there) for _, here, there in runs])
    ratios[table.areas] = timing.ratio
    peak = max(peak for peak, _, _ in runs)
    return Row(
        what,
        f"{say_seconds(timing.ours)}, {say_bytes(peak)}",
        say_seconds(timing.theirs),
        timing.ratio,
        note=f"{NOTE} {BESIDE}",
    )


def _spread(ratios: dict[int, float]) -> Row:
    what = "Dearest area against the cheapest, over all sizes, each beside the yardstick"
    if len(ratios) < 2:
        return Row(what, target=FLAT.said, note="Not measured: there are too few sizes.")
    dearest, cheapest = max(ratios.values()), min(ratios.values())
    ratio = dearest / cheapest
    met = FLAT.is_met_by(ratio)
    sizes = ", ".join(f"{areas:,}" for areas in ratios)
    return Row(
        what,
        say_ratio(dearest),
        say_ratio(cheapest),
        ratio,
        FLAT.said,
        met,
        "" if met else _why(ratios),
        f"Sizes measured: {sizes}.",
    )


def _why(ratios: dict[int, float]) -> str:
    dearest = max(ratios, key=lambda areas: ratios[areas])
    return (
        f"An area is dearest where there are {dearest:,}. By a profile no step grows without "
        "end: in a process that holds more, each is a little dearer (see scaling.md)."
    )
