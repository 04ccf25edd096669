"""Two workers of a Dask cluster beside one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count

from dasking import started

from .commands import newscopy
from .many_desk import write_desk, write_release
from .rows import Row, Target, attempt, say_seconds
from .setting import Setting
from .timing import interleave

AREAS = 2_000
WHAT = f"One Dask worker against two, {AREAS:,} areas"
FASTER = Target(1.7, "at least 1.7")
_ROUNDS = 3
_NUMBERS = count()


def rows(setting: Setting) -> Iterator[Row]:
    """Time whole runs by one worker and by two, each a process of one thread."""
    yield attempt(WHAT, lambda: _row(setting), FASTER)


def _row(setting: Setting) -> Row:
    place = setting.new_folder("cluster")
    desk, release = write_desk(place / "desk", AREAS), write_release(place / "release", AREAS)

    def run(address: str) -> None:
        output = place / f"output-{next(_NUMBERS)}"
        asked = ("--desk", str(desk), "--output", str(output), "--no-cache", "--cluster", address)
        newscopy(place, place / "cache", "run", str(release), *asked).run()
        shutil.rmtree(output)

    with started(place / "one", 1) as one, started(place / "two", 2) as two:
        timing = interleave(lambda: run(one), lambda: run(two), _ROUNDS)
    met = timing.ratio >= FASTER.limit
    return Row(
        WHAT,
        say_seconds(timing.ours),
        say_seconds(timing.theirs),
        timing.ratio,
        FASTER.said,
        met,
        ""
        if met
        else "The process that gives the work out also files what comes back, and shares the two "
        "cores with the scheduler and both workers.",
        "Whole runs. Everything is on this one machine.",
    )
