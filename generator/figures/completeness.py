"""Which periods of which areas are complete, and what to say of those that are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.desk import Answer, Desk, Effect, Entry, Story
from generator.figures.answers import find_left_out
from generator.figures.cells import Counted
from generator.periods import Period, Quarter


@dataclass(frozen=True)
class Gap:
    """Why a period of an area is not complete."""

    reason: str
    """To follow the force's name in copy; "" where the release lacks the quarter for all."""
    why: str
    """For the editor: the quarter, and what is known."""
    entry: Entry | Answer | None = None
    """Of the register, or what was answered to a doubt: either has its source."""

    @property
    def everyones(self) -> bool:
        """The release itself has no such quarter, so that no area is at fault."""
        return not self.reason


def find_gap(area: str, period: Period, counted: Counted, story: Story, desk: Desk) -> Gap | None:
    """Return the first reason why an area's period is incomplete, None if it is complete.

    The register speaks before the data, since a figure that it rules out may look whole; then
    whoever has answered that the area is to be left out.
    """
    quarters = period.quarters
    for quarter in quarters:
        if quarter not in counted.quarters:
            return Gap("", f"the release has no figures for {quarter}")
    for entry in _exclusions(story.dataset, desk):
        for quarter in quarters:
            if entry.covers(area, quarter):
                return Gap(entry.reason, f"{quarter}: {entry.reason} ({entry.source})", entry)
    for quarter in quarters:
        answer = find_left_out(area, quarter, counted, story, desk)
        if answer is not None:
            words = answer.words or ""
            return Gap(words, f"{quarter}: {words} ({answer.source})", answer)
    for cells in counted.cells.values():
        held = cells.get(area, {})
        for quarter in quarters:
            if quarter not in held:
                return Gap(desk.style.absent_reason, f"no rows for {quarter}")
            if held[quarter].missing:
                return Gap(desk.style.missing_reason, f"{quarter} is marked as not provided")
    return None


def is_ruled_out(area: str, quarter: Quarter, dataset: str, desk: Desk) -> bool:
    """Tell whether the register takes an area's quarter out."""
    return any(entry.covers(area, quarter) for entry in _exclusions(dataset, desk))


def _exclusions(dataset: str, desk: Desk) -> Iterable[Entry]:
    return (
        entry
        for entry in desk.register
        if entry.dataset == dataset and entry.effect is Effect.INCOMPLETE
    )
