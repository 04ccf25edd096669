"""Which periods of which areas are complete, and what to say of those that are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from generator.desk import Answer, Desk, Effect, Entry, Story
from generator.figures.answers import find_left_out
from generator.figures.cells import Counted
from generator.model import Lack
from generator.periods import Period, Quarter

_NOBODYS = "had no complete figures"
"""Follows an area's name in a template that does not ask whether anybody gave a reason."""


@dataclass(frozen=True)
class Gap:
    """Why a period of an area is not complete."""

    reason: str
    """To follow the area's name in copy; "" where the release lacks the quarter for all."""
    why: str
    """For the editor: the quarter, and what is known."""
    entry: Entry | Answer | None = None
    """Of the register, or an answer to a doubt: with either, the reason is what its source says."""
    unavailable: str = ""
    """Without one: a clause that copy has in the place of a reason, which nobody gave."""
    aside: bool = False
    """Of the nation: copy does not compare the period, and one of its areas has a gap in it."""

    @property
    def everyones(self) -> bool:
        """The release itself has no such quarter, so that no area is at fault."""
        return not self.reason


def find_gap(area: str, period: Period, counted: Counted, story: Story, desk: Desk) -> Gap | None:
    """Return the first reason why an area's period is incomplete, None if it is complete.

    The register speaks before the data, since a figure that it rules out may look whole; then
    whoever has answered that the area is to be left out.
    What the data lack has no reason that copy could give: it says what a mark of the table
    says, or that complete figures were not available, and the editor is told what is there.
    """
    quarters = period.quarters
    for quarter in quarters:
        if quarter not in counted.quarters:
            return Gap("", f"the release has no figures for {quarter}")
        if quarter in counted.absent:
            return Gap("", counted.absent[quarter])
    for entry in _exclusions(story.dataset, story.counts, desk):
        for quarter in quarters:
            if entry.covers(area, quarter):
                return Gap(entry.reason, f"{quarter}: {entry.reason} ({entry.source})", entry)
    for quarter in quarters:
        answer = find_left_out(area, quarter, counted, story, desk)
        if answer is not None:
            words = answer.words or ""
            return Gap(words, f"{quarter}: {words} ({answer.source})", answer)
    marks = desk.datasets[story.dataset].marks
    for cells in counted.cells.values():
        held = cells.get(area, {})
        for quarter in quarters:
            if quarter not in held:
                clause = desk.style.unavailable
                return Gap(_NOBODYS, f"no rows for {quarter}", unavailable=clause)
            if held[quarter].missing:
                says, what = {
                    Lack.SUPPRESSED: (
                        marks.suppressed_says,
                        "has a number withheld by the publisher",
                    ),
                    Lack.MISSING: ("", "has a cell without a number"),
                    Lack.MARKED: (marks.missing_says, "is marked as not provided"),
                }[held[quarter].missing]
                clause = says or desk.style.unavailable
                return Gap(_NOBODYS, f"{quarter} {what}", unavailable=clause)
    return None


def is_ruled_out(
    area: str,
    quarter: Quarter,
    dataset: str,
    desk: Desk,
    counts: Collection[str] | None = None,
) -> bool:
    """Tell whether the register takes an area's quarter out, of these counts or of any."""
    if counts is None:
        counts = desk.datasets[dataset].counts
    return any(entry.covers(area, quarter) for entry in _exclusions(dataset, counts, desk))


def _exclusions(dataset: str, counts: Collection[str], desk: Desk) -> Iterable[Entry]:
    return (
        entry
        for entry in desk.register
        if entry.effect is Effect.INCOMPLETE and entry.is_of(dataset, counts)
    )
