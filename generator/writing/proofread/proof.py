"""What the second reader hands back: what it read, and what is at fault, each in its place."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Figure, Problem
from generator.writing.proofread.verdicts import Stated

Span = tuple[int, int]
"""Where words stand in their passage, or cell: from and to."""


@dataclass(frozen=True)
class Reading:
    """A number or claim word of the copy, where it stands, and the figure that it is.

    `passage` is -1 for the headline; `cell` is "row:column" in a table. `figure` is None
    for a claim, and for a number that is no figure.
    """

    passage: int
    cell: str
    start: int
    end: int
    text: str
    figure: Figure | None
    is_claim: bool = False
    hedge: str = ""
    """Of a number: the words before it that say how it is meant, such as `around`."""
    stated: Stated | None = None
    """Of a claim: what it states, where that is understood."""


@dataclass(frozen=True)
class Fault:
    """A problem and what of the copy it is about.

    `passage` is None where it is about the whole text, -1 for the headline; `words` are
    those at fault and `sentence` the one they stand in, None where it is about no one of them.
    """

    problem: Problem
    passage: int | None
    cell: str = ""
    words: Span | None = None
    sentence: Span | None = None


@dataclass(frozen=True)
class Proof:
    """What the second reader found: every number and claim word, and every fault."""

    readings: tuple[Reading, ...]
    faults: tuple[Fault, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, each once."""
        return tuple(dict.fromkeys(fault.problem for fault in self.faults))
