"""What editors have answered to doubts, as the figures see it: it holds for the value answered."""

from __future__ import annotations

from collections.abc import Iterator

from generator.desk import Answer, Desk, Ruling, Story
from generator.figures.cells import Counted
from generator.model import CountInDoubt
from generator.periods import Quarter


def is_answered(area: str, quarter: Quarter, count: CountInDoubt, dataset: str, desk: Desk) -> bool:
    """Tell whether somebody has said of this very count that it stands."""
    return any(
        answer.ruling is Ruling.STANDS and answer.counts.get(count.label) == count.found
        for answer in _answers(area, quarter, dataset, desk)
    )


def find_left_out(
    area: str, quarter: Quarter, counted: Counted, story: Story, desk: Desk
) -> Answer | None:
    """Return the answer that leaves an area's quarter out, None if there is none.

    It holds while the counts of the story that it speaks of are those that it was given for.
    """
    for answer in _answers(area, quarter, story.dataset, desk):
        if answer.ruling is not Ruling.LEAVE_OUT:
            continue
        here = {
            measure.label: cell.total
            for name, measure in story.measures.items()
            if not measure.is_share and (cell := counted.cells[name].get(area, {}).get(quarter))
        }
        seen = {label: value for label, value in answer.counts.items() if label in here}
        if seen and all(here[label] == value for label, value in seen.items()):
            return answer
    return None


def _answers(area: str, quarter: Quarter, dataset: str, desk: Desk) -> Iterator[Answer]:
    for answer in desk.answers:
        if (answer.dataset, answer.area, answer.quarter) == (dataset, area, quarter):
            yield answer
