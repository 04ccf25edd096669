"""What an editor has to know about the figures before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.desk import Area, Desk, Effect, Entry, Story
from generator.model import Figure, Level, MeasureFacts, Problem, Unit
from generator.periods import Period


def exactness_problems(
    measures: Mapping[str, MeasureFacts], lead: MeasureFacts
) -> Iterator[Problem]:
    """Yield what no copy can be right about, though each sum is exact.

    Totals below zero, shares outside 0 to 100%, a total of none or one, and on the lead
    measure a record, or a share near 0 or 100%, that print would hide.
    """
    for facts in measures.values():
        for point in facts.series:
            if point.figure is not None and _is_impossible(point.figure):
                yield Problem(
                    Level.HOLD,
                    f"{facts.measure.label}, {point.period}",
                    "The total is below zero, or a part is larger than its whole: corrections of "
                    "earlier quarters outweigh the period, or a row is wrong.",
                    "Ask the publisher; meanwhile enter the quarters in config/comparability.yml.",
                )
    where = f"{lead.measure.label}, {lead.period}"
    finer = (
        f"Decide whether to run it; `decimals: {lead.measure.decimals + 1}` for the measure in "
        "the story's YAML may print the difference."
    )
    whole = measures.get(lead.measure.of or "")
    if whole is not None and whole.figure is not None and whole.figure.value in (0, 1):
        yield Problem(
            Level.HOLD, where, f"It is a share of {whole.figure.value}.", "Leave the area out."
        )
    if lead.hidden_record:
        yield Problem(
            Level.NOTE,
            where,
            "This is a record on exact values that cannot be seen at the printed precision: the "
            "draft claims none.",
            finer,
        )
    if lead.figure is not None and _prints_as_none_or_all(lead.figure):
        yield Problem(Level.HOLD, where, "The share prints as 0% or 100%, and is neither.", finer)


def newer_period_problem(lead: MeasureFacts, newest: Period) -> Iterator[Problem]:
    """Hold a draft that claims a record for a period when the release has a newer one."""
    records = (lead.record_high, lead.joint_high, lead.record_low, lead.joint_low)
    if lead.period < newest:
        yield Problem(
            Level.HOLD if any(records) else Level.WARN,
            str(lead.period),
            f"The release holds {newest}, which is newer: a record or a trend may have passed.",
            f"Run with --period {newest.id}, or see that the copy says when.",
        )


def _is_impossible(figure: Figure) -> bool:
    return figure.value < 0 or (figure.unit is Unit.SHARE and figure.value > 1)


def _prints_as_none_or_all(figure: Figure) -> bool:
    printed, exact = figure.as_printed, figure.in_print_units
    return figure.unit is Unit.SHARE and printed in (0, 100) and exact != printed


def caveats(area: Area, periods: Sequence[Period], story: Story, desk: Desk) -> Iterator[Problem]:
    """Yield the area's own note, and every caveat of the register on the periods compared."""
    if area.note:
        yield Problem(
            Level.NOTE,
            area.name,
            f"{area.note[:1].upper()}{area.note[1:]}.",
            "Mind it in the copy.",
        )
    for entry in _caveats_on(periods, story, desk):
        if entry.area in (area.id, "everywhere") or area == desk.nation:
            who = _called(entry.area, area, desk)
            yield Problem(
                Level.NOTE,
                f"{who}, from {entry.from_}" + (f" to {entry.to}" if entry.to else ""),
                f"{who} {entry.reason}.",
                f"Mind it when you compare. Source: {entry.source}.",
            )


def caveats_for_readers(
    area: Area, periods: Sequence[Period], story: Story, desk: Desk
) -> tuple[Entry, ...]:
    """Return the caveats on the periods compared of which copy may tell its readers.

    Those are of this area itself, or of all: of the nation, those of all.
    """
    return tuple(
        entry
        for entry in _caveats_on(periods, story, desk)
        if entry.sentence and entry.area in (area.id, "everywhere")
    )


def _caveats_on(periods: Sequence[Period], story: Story, desk: Desk) -> Iterator[Entry]:
    """Yield the caveats of the register on what a story counts in some periods, of any area."""
    quarters = {quarter for period in periods for quarter in period.quarters}
    for entry in desk.register:
        if entry.effect is not Effect.CAVEAT or not entry.is_of(story.dataset, story.counts):
            continue
        if any(entry.covers(entry.area, quarter) for quarter in quarters):
            yield entry


def _called(entrys: str, area: Area, desk: Desk) -> str:
    """Name the area that an entry of the register is of, in a draft of its own or the nation's."""
    if entrys == "everywhere":
        return "Every force"
    every = (area, *desk.forces) if area == desk.nation else (area,)
    return next((each.police or each.name for each in every if each.id == entrys), entrys)
