"""What editors have answered to doubts, as the figures see it: it holds for the value answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.desk import Answer, Desk, Ruling, Story
from generator.figures.cells import Counted
from generator.model import CountInDoubt
from generator.periods import Quarter


def is_answered(area: str, quarter: Quarter, count: CountInDoubt, dataset: str, desk: Desk) -> bool:
    """Tell whether somebody has said of this very count that it stands."""
    return any(
        answer.ruling is Ruling.STANDS and answer.counts.get(count.label) == count.found
        for answer in desk.answers_by_place.get((dataset, area, quarter), ())
    )


def find_left_out(
    area: str, quarter: Quarter, counted: Counted, story: Story, desk: Desk
) -> Answer | None:
    """Return the answer that leaves an area's quarter out, None if there is none.

    It holds while the counts of the story that it speaks of are those that it was given for.
    """
    for answer in desk.answers_by_place.get((story.dataset, area, quarter), ()):
        if answer.ruling is Ruling.LEAVE_OUT and _holds(answer, counted, story):
            return answer
    return None


def find_answers(
    area: str, quarters: Iterable[Quarter], counted: Counted, story: Story, desk: Desk
) -> tuple[Answer, ...]:
    """Return the answers to doubts about an area's quarters that hold for what was counted."""
    return tuple(
        answer
        for quarter in quarters
        for answer in desk.answers_by_place.get((story.dataset, area, quarter), ())
        if _holds(answer, counted, story)
    )


def count_by_label(
    area: str, quarter: Quarter, counted: Counted, story: Story
) -> Mapping[str, int]:
    """Return what was counted of an area's quarter, by the labels of the story's measures."""
    return {
        measure.label: cell.total
        for name, measure in story.measures.items()
        if not measure.is_share and (cell := counted.cells[name].get(area, {}).get(quarter))
    }


def _holds(answer: Answer, counted: Counted, story: Story) -> bool:
    """Tell whether what an answer was given for is what was counted.

    Of a figure that stands each count is by itself; an area is left out for all of them.
    """
    here = count_by_label(answer.area, answer.quarter, counted, story)
    same = [here[label] == seen for label, seen in answer.counts.items() if label in here]
    return any(same) if answer.ruling is Ruling.STANDS else bool(same) and all(same)
