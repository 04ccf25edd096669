"""The trail of a claim as a page shows it beside the words: a title, and short lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.filing.sources import (
    CountTrail,
    FigureTrail,
    FindingTrail,
    QuotationTrail,
    Trail,
    rows_of,
)

_MOST_PARTS = 4
"""More figures than this in a finding are left to ledger.json and `newscopy explain`."""
_OF_SHA256 = 12
"""Characters of a file's sha256 that tell it from the others; the page lists it whole."""


@dataclass(frozen=True)
class Line:
    """A line of a note: `kind` is value, formula, part, filter, sheet or rows.

    A sheet's line ends with the `sha256` of its file, cut short, and the `number` under
    which the page lists the file; 0 where it does not.
    """

    kind: str
    text: str
    sha256: str = ""
    number: int = 0


@dataclass(frozen=True)
class Note:
    """The source of a claim: a title, and what stands under it."""

    kind: str
    title: str
    lines: tuple[Line, ...]


def note_on(trail: Trail) -> Note:
    """Put a trail into lines."""
    match trail:
        case FigureTrail():
            return Note("figure", trail.title, tuple(_figure(trail)))
        case FindingTrail():
            evidence = trail.evidence[:_MOST_PARTS]
            lines = tuple(Line("part", f"{part.title}: {part.printed}") for part in evidence)
            return Note("finding", trail.why, lines)
        case QuotationTrail():
            words = "Word for word" if trail.verbatim else "Reported speech"
            return Note("quotation", trail.speaker, (Line("sheet", f"{words}: {trail.source}"),))


def _figure(trail: FigureTrail) -> Iterator[Line]:
    yield Line("value", f"{trail.printed}, exactly {trail.exact}")
    if trail.expanded:
        yield Line("formula", f"{trail.expanded}, {trail.rounding}")
    yield from _made_of(trail)
    for part in trail.parts:
        yield Line("part", f"{_title(part, trail)}: {part.printed}")
        yield from _made_of(part)


def _made_of(trail: FigureTrail) -> Iterator[Line]:
    if trail.count:
        yield from _count(trail.count)
    else:
        numbers = f" = {trail.in_numbers}" if trail.in_numbers else ""
        yield Line("formula", f"Formula: {trail.formula}{numbers}")


def _count(count: CountTrail) -> Iterator[Line]:
    """Yield the filter, then a line for each sheet, and under it one for each quarter."""
    yield Line("filter", f"Sum of {count.column}, for:")
    for words in count.filters:
        yield Line("filter", words)
    for sheet in count.sheets:
        named = f"{sheet.file}, sheet {sheet.sheet}" if sheet.sheet else sheet.file
        yield Line("sheet", named, sheet.sha256[:_OF_SHA256], sheet.number)
        for quarter in sheet.quarters:
            rows = rows_of(quarter).replace("-", "–")
            which = f"row {rows}" if quarter.rows == 1 else f"{quarter.rows:,} of rows {rows}"
            yield Line("rows", f"{quarter.quarter}: {quarter.total:,} ({which})")


def _title(part: FigureTrail, whole: FigureTrail) -> str:
    """Name a part: its label alone where area and period are the whole's."""
    figure, other = part.figure, whole.figure
    if (figure.area, figure.period) == (other.area, other.period):
        return figure.label[:1].upper() + figure.label[1:]
    return part.title
