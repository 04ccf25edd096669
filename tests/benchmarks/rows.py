"""A row of the table: something of ours beside something of theirs, and what was aimed at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .timing import Timing

UNKNOWN = "–"


@dataclass(frozen=True)
class Target:
    """What a ratio, or another number, has to stay within."""

    limit: float
    said: str
    below: bool = False
    """The limit itself is too much."""

    def is_met_by(self, number: float) -> bool:
        """Tell whether a number stays within."""
        return number < self.limit if self.below else number <= self.limit


@dataclass(frozen=True)
class Row:
    """What was measured, and whether it is as good as it should be."""

    what: str
    ours: str = UNKNOWN
    theirs: str = UNKNOWN
    ratio: float | None = None
    """Ours divided by theirs: below 1 we take less."""
    target: str = ""
    """"" where the row is there to be known, and nothing is aimed at."""
    is_met: bool | None = None
    """None where nothing is aimed at, or nothing could be measured."""
    holds_back: str = ""
    """A sentence on what a missed target is missed by."""
    note: str = ""

    @property
    def said(self) -> str:
        """What was measured, on a line."""
        against = f", ratio {say_ratio(self.ratio)}" if self.ratio is not None else ""
        return f"{self.ours} against {self.theirs}{against} {self.verdict}".strip()

    @property
    def verdict(self) -> str:
        """Whether the target is met, in a word or two."""
        if self.is_met is None:
            return "not measured" if self.target else ""
        return "met" if self.is_met else "MISSED"


def timed_row(
    what: str, timing: Timing, target: Target | None = None, *, holds_back: str = "", note: str = ""
) -> Row:
    """Return the row of what was timed; `holds_back` is said of a missed target only."""
    is_met = target.is_met_by(timing.ratio) if target else None
    return Row(
        what,
        say_seconds(timing.ours),
        say_seconds(timing.theirs),
        timing.ratio,
        target.said if target else "",
        is_met,
        holds_back if is_met is False else "",
        note,
    )


def attempt(what: str, measure: Callable[[], Row], target: Target | None = None) -> Row:
    """Measure a row; where that cannot be done the row says why, and the others are not lost."""
    try:
        return measure()
    except Exception as error:
        why = str(error) or type(error).__name__
        return Row(what, target=target.said if target else "", note=f"Not measured: {why}")


def say_ratio(ratio: float | None) -> str:
    """Print a ratio: 12.3, 0.62, and small ones as 1/53."""
    if ratio is None:
        return UNKNOWN
    if ratio < 0.1:
        return f"1/{1 / ratio:.0f}"
    return f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def say_seconds(seconds: float) -> str:
    """Print a time to three digits: 31.2 s, 1.24 s, 418 ms."""
    if seconds < 1:
        return f"{1000 * seconds:.{0 if seconds >= 0.1 else 1}f} ms"
    return f"{seconds:.{2 if seconds < 10 else 1 if seconds < 100 else 0}f} s"


def say_bytes(number: float) -> str:
    """Print an amount of memory: 1.23 GB, 418 MB."""
    return f"{number / 1e9:.2f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"
