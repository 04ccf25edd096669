"""What is handed on of doubts: counts that are too far from what was expected of them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.periods import Quarter


@dataclass(frozen=True, slots=True)
class CountInDoubt:
    """One count of a quarter that is far from what was expected."""

    measure: str
    label: str
    """What is counted, in the story's words."""
    found: int
    expected: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason not to believe what the release has of an area for one quarter.

    The rule is that of `figures/doubts.py`; the docs say where its thresholds are from.
    """

    area: str
    quarter: Quarter
    counts: tuple[CountInDoubt, ...]
    can_hold: bool
    """It is so far off that a claim which turns on it may not go out unasked."""
    is_far_below: bool = False
    """A count is next to nothing of what was expected."""
    is_newest: bool = False
    """The quarter is the release's last: no later one bears it out or not."""

    @property
    def id(self) -> str:
        """The area and the quarter's first month, as answers name it: `kent/2018-04`."""
        return f"{self.area}/{self.step}"

    @property
    def step(self) -> str:
        """The quarter's first month: `2018-04`."""
        return f"{self.quarter.year}-{self.quarter.number * 3 - 2:02d}"
