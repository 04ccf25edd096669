"""What a process takes, with all the processes that it starts: memory, processor time."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from .commands import Command

_EVERY = 0.05
"""Seconds between two looks, where nothing else is said."""
HAS_PSS = hasattr(psutil.Process().memory_full_info(), "pss")
KIND = "PSS" if HAS_PSS else "RSS"
"""PSS gives each process its part of a page that several share; RSS counts the page for each."""


@dataclass(frozen=True)
class Taken:
    """The most memory held at once, in bytes, and the seconds of all cores together."""

    peak: int
    processor: float


@dataclass(frozen=True)
class Halts:
    """What is done meanwhile, every so many seconds, with the process halted for it."""

    every: float
    work: Callable[[], object]


def taken_by(command: Command, every: float = _EVERY, halts: Halts | None = None) -> Taken:
    """Run a command and return what it took; `every` is the seconds between two looks at it.

    A look at a process of 2 GB takes 50 ms of a core, so that many of them disturb it.
    """
    before, apart, peak = _processor_seconds(), 0.0, 0
    process = command.start()
    halted = time.monotonic()
    try:
        while process.poll() is None:
            peak = max(peak, _held_by(process.pid))
            if halts and time.monotonic() - halted >= halts.every:
                apart += _halted(process, halts.work)
                halted = time.monotonic()
            time.sleep(every)
    except BaseException:  # else it would disturb what is measured next
        process.kill()
        process.communicate()
        raise
    command.finish(process)
    return Taken(peak, _processor_seconds() - before - apart)


def processor_of(command: Command) -> float:
    """Run a command and return the seconds of all cores that it took."""
    before = _processor_seconds()
    command.run()
    return _processor_seconds() - before


def _halted(process: subprocess.Popen[str], work: Callable[[], object]) -> float:
    """Do a piece of work while a process is halted; return the seconds of all cores it took."""
    before = _processor_seconds()
    halted = psutil.Process(process.pid)
    halted.suspend()
    try:
        work()
    finally:
        halted.resume()
    return _processor_seconds() - before


def _processor_seconds() -> float:
    """Return what all ended processes of ours took; 0 where the system does not count it."""
    times = os.times()
    return times.children_user + times.children_system


def _held_by(pid: int) -> int:
    try:
        first = psutil.Process(pid)
        return sum(map(_held_alone, (first, *first.children(recursive=True))))
    except psutil.Error:  # it has ended since
        return 0


def _held_alone(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss if HAS_PSS else process.memory_info().rss
    except psutil.Error:
        return 0
