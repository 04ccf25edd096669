"""What an area costs, where there are a hundred of them and where there are a hundred thousand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from .commands import newscopy
from .many_desk import write_desk, write_release
from .memory import KIND, Taken, taken_by
from .rows import Row, Target, attempt, say_bytes, say_seconds
from .setting import Setting

SIZES = (100, 1_000, 10_000, 100_000)
MOST = "NEWSCOPY_BENCH_MOST"
"""Names the largest size to measure, where there is no time or room for all."""
FEWEST = 2
"""Areas of the run whose cost is taken for that of starting."""
REPEATED = 10_000
"""Sizes up to this are measured three times: what they take is as little as what disturbs them."""
FLAT = Target(1.2, "at most 1.2")
NOTE = (
    "Processor time of a run by one process, without that of a run of two areas, by area: reading "
    "twelve years from Parquet, measuring, writing, proofreading, rendering and filing."
)
_NUMBERS = count()


def rows(setting: Setting) -> Iterator[Row]:
    """Measure whole runs over tables of more and more areas."""
    most = int(os.environ.get(MOST, SIZES[-1]))
    start = _run(setting, FEWEST).processor
    costs: dict[int, float] = {}
    for areas in SIZES:
        what = f"{areas:,} areas, one process: cost of one area, and most memory ({KIND})"
        if areas <= most:
            yield attempt(
                what, lambda areas=areas, what=what: _row(setting, areas, start, what, costs)
            )
        else:
            yield Row(what, note=f"Not measured: {MOST} is {most:,}.")
    yield _spread(costs)


def _row(setting: Setting, areas: int, start: float, what: str, costs: dict[int, float]) -> Row:
    taken = _run(setting, areas)
    costs[areas] = (taken.processor - start) / (areas - FEWEST)
    return Row(what, f"{say_seconds(costs[areas])}, {say_bytes(taken.peak)}", note=NOTE)


def _spread(costs: dict[int, float]) -> Row:
    what = "Dearest area against the cheapest, over all sizes"
    if len(costs) < 2:
        return Row(what, target=FLAT.said, note="Not measured: there are too few sizes.")
    dearest, cheapest = max(costs.values()), min(costs.values())
    ratio = dearest / cheapest
    met = FLAT.is_met_by(ratio)
    sizes = ", ".join(f"{areas:,}" for areas in costs)
    return Row(
        what,
        say_seconds(dearest),
        say_seconds(cheapest),
        ratio,
        FLAT.said,
        met,
        "" if met else _why(costs),
        f"Sizes measured: {sizes}.",
    )


def _why(costs: dict[int, float]) -> str:
    dearest = max(costs, key=lambda areas: costs[areas])
    return f"An area is dearest where there are {dearest:,}."


def _run(setting: Setting, areas: int) -> Taken:
    """Run over so many areas, into a new output; of several runs, return the cheapest."""
    place = setting.new_folder(f"many-{areas}")
    desk, release = write_desk(place / "desk", areas), write_release(place / "release", areas)
    runs = [_once(place, desk, release) for _ in range(3 if areas <= REPEATED else 1)]
    shutil.rmtree(place)
    return min(runs, key=lambda taken: taken.processor)


def _once(place: Path, desk: Path, release: Path) -> Taken:
    output = place / f"output-{next(_NUMBERS)}"
    asked = ("--desk", str(desk), "--output", str(output), "--no-cache", "--jobs", "1")
    taken = taken_by(newscopy(place, place / "cache", "run", str(release), *asked))
    shutil.rmtree(output)
    return taken
