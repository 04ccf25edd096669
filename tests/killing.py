"""A run in a process of its own, which says what phase it is in, so that it can be killed there."""

from __future__ import annotations

import functools
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path

from generator import filing, pipeline
from generator.desk import load_desk
from generator.filing import database, drafts, log, moving, outputs, texts
from generator.requests import Request

READING, WRITING, MOVING, DATABASE, DONE = PHASES = (
    *("reading", "writing", "moving into place", "database", "done"),
)
_MARKED = (
    (filing, "file_drafts", WRITING),
    (moving, "move_in", MOVING),
    (moving, "clear", MOVING),
    (database, "opened", DATABASE),
    (log, "write", DATABASE),
    (log, "settle", DATABASE),
    (texts, "keep", DATABASE),
    (texts, "keep_only", DATABASE),
)
"""What a run calls, and the phase that it is in from then until the call is over."""

_processes = multiprocessing.get_context("forkserver") if hasattr(os, "fork") else None
if _processes is not None:
    _processes.set_forkserver_preload(["killing"])


@dataclass(frozen=True)
class Mark:
    """The beginning of a phase, in seconds from the beginning of the run."""

    phase: str
    at: float


def run_marked(desk: Path, release: Path, output: Path, said: Connection) -> None:
    """Run, and say at each change of phase which one begins."""
    began = time.perf_counter()
    phases = [READING]

    def mark(phase: str) -> None:
        said.send(Mark(phase, time.perf_counter() - began))

    def marking(real: Callable[..., object], phase: str) -> Callable[..., object]:
        @functools.wraps(real)
        def called(*given: object, **named: object) -> object:
            phases.append(phase)
            mark(phase)
            try:
                return real(*given, **named)
            finally:
                phases.pop()
                mark(phases[-1])

        return called

    for module, name, phase in _MARKED:
        setattr(module, name, marking(getattr(module, name), phase))
    mark(READING)
    pipeline.run(Request(release), load_desk(desk), output)
    mark(DONE)


def run_through(desk: Path, release: Path, output: Path) -> list[Mark]:
    """Run to the end, and return the phases in their order."""
    process, heard = _start(desk, release, output)
    marks: list[Mark] = []
    while not marks or marks[-1].phase != DONE:
        marks.append(heard.recv())
    process.join()
    return marks


def choose_moments(marks: list[Mark], number: int, seed: int) -> list[tuple[int, float]]:
    """Choose moments at random, as many in each phase: after which mark, and how long after."""
    chance = random.Random(seed)  # noqa: S311 - it keeps no secret
    stints: dict[str, list[tuple[int, float]]] = {}
    for index, (mark, after) in enumerate(pairwise(marks)):
        stints.setdefault(mark.phase, []).append((index, after.at - mark.at))
    chosen = []
    for phase in [phase for phase in PHASES if phase in stints] * number:
        lengths = [length for _, length in stints[phase]]
        index, length = chance.choices(stints[phase], lengths)[0]
        chosen.append((index, chance.uniform(0, length)))
    return chosen[:number]


def kill_at(desk: Path, release: Path, output: Path, index: int, after: float) -> str:
    """Kill a run so long after its mark with this index; return the phase that it died in."""
    process, heard = _start(desk, release, output)
    marks = [heard.recv() for _ in range(index + 1)]
    until = time.perf_counter() + after
    while time.perf_counter() < until:
        pass
    process.kill()  # SIGKILL; nothing where it has ended already
    process.join()
    while heard.poll():
        try:
            marks.append(heard.recv())
        except EOFError:
            break
    return marks[-1].phase


def run_together(number: int, desk: Path, release: Path, output: Path) -> list[int | None]:
    """Start so many runs into one output at once; return how each process ended."""
    started = [_start(desk, release, output) for _ in range(number)]
    for process, _ in started:
        process.join()
    return [process.exitcode for process, _ in started]


@functools.cache
def _start_server() -> None:
    """Start what processes are forked from, with all of newscopy imported once."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # the server has no path of pytest's
    try:
        forkserver.ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if before is not None:
            os.environ["PYTHONPATH"] = before


def _start(desk: Path, release: Path, output: Path):
    assert _processes is not None
    _start_server()
    heard, said = _processes.Pipe(duplex=False)
    process = _processes.Process(target=run_marked, args=(desk, release, output, said))
    process.start()
    said.close()
    return process, heard


__all__ = ["drafts", "outputs"]  # imported here, so that a forked process has them at once
