"""Whether the text under a headline bears it out (IPSO Editors' Code, clause 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from generator.writing.proofread.proof import Reading
from generator.writing.proofread.verdicts import Stated


def headline_faults(
    readings: Sequence[Reading], told: Set[int], corrections: Set[int]
) -> Iterator[tuple[str, str]]:
    """Yield what the headline claims or gives and the text does not, and the mend.

    `told` are the passages of prose that tell the story; `corrections` tell what an earlier
    version of it said.
    """
    headline = [reading for reading in readings if reading.passage == -1]
    body = {each.stated for each in readings if each.passage in told and each.stated is not None}
    for reading in headline:
        claim = reading.stated
        if claim is not None and not any(_carries(each, claim) for each in body):
            yield (
                "The text under the headline does not say what the headline claims.",
                "Say it in the text too, or take it out of the headline (IPSO Editors' "
                "Code, clause 1).",
            )
    printed = {
        reading.figure
        for reading in readings
        if reading.passage >= 0 and reading.passage not in corrections
    }
    for reading in headline:
        if reading.figure and reading.figure not in printed:
            yield (
                f"“{reading.text}” stands in the headline and not in the text.",
                "Give the figure in the text too.",
            )


def _carries(body: Stated, headline: Stated) -> bool:
    """Tell whether a claim of the text is the headline's: of the same thing, the same way."""
    same = bool(body.measures & headline.measures) and body.area == headline.area
    return same and (body.kind, body.way) == (headline.kind, headline.way)
