"""Time two things in turn, so that what else the machine does falls on both."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """Seconds for ours and for theirs, medians of the rounds, and the median of the ratios."""

    ours: float
    theirs: float
    ratio: float


def interleave(ours: Work, theirs: Work, rounds: int) -> Timing:
    """Time both in every round; who goes first changes from round to round."""
    taken = []
    for number in range(rounds):
        if number % 2:
            second = seconds(theirs)
            taken.append((seconds(ours), second))
        else:
            taken.append((seconds(ours), seconds(theirs)))
    return timing_of(taken)


def timing_of(taken: Sequence[tuple[float, float]]) -> Timing:
    """Sum up rounds, each with the seconds of ours and of theirs.

    The ratio is the median of the rounds' own, not the ratio of the medians: a round that
    something disturbed spoils itself alone.
    """
    return Timing(
        median(ours for ours, _ in taken),
        median(theirs for _, theirs in taken),
        median(ours / theirs for ours, theirs in taken),
    )


def seconds(work: Work) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
