"""What an editor has to know about the figures before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.desk import Area, Desk, Effect, Story
from generator.figures.suspicion import Oddity
from generator.model import Level, MeasureFacts, Problem, Release
from generator.periods import Period


def oddity_problem(area: str, oddity: Oddity, release: Release, dataset: str) -> Problem:
    """Say what is odd, with the entry to add to the register once somebody has asked."""
    first, last = oddity.first, oddity.last
    entry = (
        f"- {{dataset: {dataset}, area: {area}, "
        f'from: "{first.year}-{first.number * 3 - 2:02d}", '
        f'to: "{last.year}-{last.number * 3:02d}", effect: incomplete, '
        f"reason: did not submit complete data, source: WHO SAID SO, "
        f"added: {release.published or 'YYYY-MM-DD'}}}"
    )
    span = f"{first}" if first == last else f"{first} and on to {last}"
    return Problem(
        Level.HOLD,
        span,
        f"The count is {oddity.total:,}, where the quarters around it have about "
        f"{int(oddity.usual):,}: data may be missing, late or counted twice.",
        "Ask the publisher. If the figures are not to be used, add this to the entries of "
        f"config/comparability.yml; if they are right, add it with effect: caveat. {entry}",
    )


def exactness_problems(
    measures: Mapping[str, MeasureFacts], lead: MeasureFacts
) -> Iterator[Problem]:
    """Yield totals below zero, and a record of the lead measure that print would hide."""
    for facts in measures.values():
        for point in facts.series:
            if point.figure is not None and point.figure.value < 0:
                yield Problem(
                    Level.HOLD,
                    f"{facts.measure.label}, {point.period}",
                    "The total is below zero: corrections of earlier quarters outweigh the period.",
                    "Ask the publisher; meanwhile enter the quarters in config/comparability.yml.",
                )
    if lead.hidden_record:
        yield Problem(
            Level.HOLD,
            f"{lead.measure.label}, {lead.period}",
            "This is a record on exact values that cannot be seen at the printed precision.",
            f"Decide whether to run it: `decimals: {lead.measure.decimals + 1}` for the measure "
            "in the story's YAML prints the difference.",
        )


def caveats(area: Area, periods: Sequence[Period], story: Story, desk: Desk) -> Iterator[Problem]:
    """Yield a note for every caveat of the register that touches the periods compared."""
    quarters = {quarter for period in periods for quarter in period.quarters}
    for entry in desk.register:
        if entry.dataset != story.dataset or entry.effect is not Effect.CAVEAT:
            continue
        about_this = entry.area in (area.id, "everywhere") or area == desk.nation
        if about_this and any(entry.covers(entry.area, quarter) for quarter in quarters):
            who = "Every force" if entry.area == "everywhere" else entry.area
            yield Problem(
                Level.NOTE,
                f"{who}, from {entry.from_}" + (f" to {entry.to}" if entry.to else ""),
                f"{who} {entry.reason}.",
                f"Mind it when you compare. Source: {entry.source}.",
            )


def suspect_problem(area: Area, level: Level) -> Problem:
    """Tell of another area's odd quarter that is in the nation's figures."""
    return Problem(
        level,
        "England and Wales",
        f"The nation's figures include {area.name}, one of whose quarters is not to be believed.",
        f"See the draft for {area.name}; its entry in config/comparability.yml mends this one too.",
    )
