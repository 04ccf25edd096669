"""Two workers of a Dask cluster beside one, and what this machine makes of two at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from dasking import started

from .commands import Command, newscopy
from .many_desk import write_desk, write_release
from .rows import Row, Target, attempt, say_seconds, timed_row
from .setting import Setting
from .timing import interleave

AREAS = 2_000
WHAT = f"One Dask worker against two, {AREAS:,} areas"
FASTER = Target(1.7, "at least 1.7")
APART = f"Two runs of {AREAS // 2:,} areas one after the other against both at once"
"""What a second core gives here to work that shares nothing else."""
_ROUNDS = 3
_NUMBERS = count()


def rows(setting: Setting) -> Iterator[Row]:
    """Time whole runs by one worker and by two, each a process of one thread."""
    apart: list[float] = []
    yield attempt(APART, lambda: _apart(setting, apart))
    yield attempt(WHAT, lambda: _row(setting, apart), FASTER)


def _apart(setting: Setting, ratio: list[float]) -> Row:
    """Time two runs that know nothing of each other."""
    place = setting.new_folder("apart")
    areas = AREAS // 2
    desk, release = write_desk(place / "desk", areas), write_release(place / "release", areas)

    def runs() -> list[Command]:
        outputs = [str(place / f"output-{next(_NUMBERS)}") for _ in range(2)]
        asked = ("run", str(release), "--desk", str(desk), "--no-cache", "--jobs", "1")
        return [newscopy(place, place / "cache", *asked, "--output", each) for each in outputs]

    def one_after_the_other() -> None:
        for command in runs():
            command.run()

    def at_once() -> None:
        begun = [(command, command.start()) for command in runs()]
        for command, process in begun:
            command.finish(process)

    timing = interleave(one_after_the_other, at_once, _ROUNDS)
    ratio.append(timing.ratio)
    note = "Whole runs by one process each, that share nothing but this machine."
    return timed_row(APART, timing, note=note)


def _row(setting: Setting, apart: Sequence[float]) -> Row:
    place = setting.new_folder("cluster")
    desk, release = write_desk(place / "desk", AREAS), write_release(place / "release", AREAS)

    def run(address: str) -> None:
        output = place / f"output-{next(_NUMBERS)}"
        asked = ("--desk", str(desk), "--output", str(output), "--no-cache", "--cluster", address)
        newscopy(place, place / "cache", "run", str(release), *asked).run()

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
        "" if met else _why(apart),
        "Whole runs. Everything is on this one machine.",
    )


def _why(apart: Sequence[float]) -> str:
    said = (
        "The process that gives the work out also files what comes back, and shares the two cores "
        "with the scheduler and both workers."
    )
    if not apart:
        return said
    return f"A second core makes work that shares nothing {apart[0]:.2f} times as fast here. {said}"
