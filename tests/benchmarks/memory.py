"""What a process takes, with all the processes that it starts: memory, processor time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import psutil

from .commands import Command

_EVERY = 0.05
"""Seconds between two looks."""
HAS_PSS = hasattr(psutil.Process().memory_full_info(), "pss")
KIND = "PSS" if HAS_PSS else "RSS"
"""PSS gives each process its part of a page that several share; RSS counts the page for each."""


@dataclass(frozen=True)
class Taken:
    """The most memory held at once, in bytes, and the seconds of all cores together."""

    peak: int
    processor: float


def taken_by(command: Command) -> Taken:
    """Run a command and return what it took."""
    before = _processor_seconds()
    process = command.start()
    peak = 0
    while process.poll() is None:
        peak = max(peak, _held_by(process.pid))
        time.sleep(_EVERY)
    command.finish(process)
    return Taken(peak, _processor_seconds() - before)


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
