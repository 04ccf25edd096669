"""What a claim rests on, in lines that an editor can read and a program can keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.model import Claim, Figure, Finding, Quotation, SourceRows
from generator.printing import print_exact, print_figure

_MOST_PARTS = 4
"""More figures than this in a formula are left to ledger.json."""


@dataclass(frozen=True)
class Line:
    """A line of a note: `kind` is value, formula, part, sheet or rows."""

    kind: str
    text: str


@dataclass(frozen=True)
class Note:
    """The source of a claim, as a page shows it: a title, and what stands under it."""

    kind: str
    title: str
    lines: tuple[Line, ...]


def kind_of(support: Figure | Finding | Quotation) -> str:
    """Return the word for what is behind a claim."""
    match support:
        case Figure():
            return "figure"
        case Finding():
            return "finding"
    return "quotation"


def note_on(claim: Claim, names: Mapping[str, str]) -> Note:
    """Say what is behind a claim; `names` are the areas' names by id."""
    match claim.support:
        case Figure() as figure:
            return Note("figure", _title(figure, names), tuple(_figure(figure, names)))
        case Finding() as finding:
            evidence = finding.evidence[:_MOST_PARTS]
            lines = tuple(Line("part", _valued(figure, names)) for figure in evidence)
            return Note("finding", _sentence(finding.why), lines)
        case Quotation() as quotation:
            words = "Word for word" if quotation.verbatim else "Reported speech"
            line = Line("sheet", f"{words}: {quotation.source}")
            return Note("quotation", _sentence(quotation.speaker), (line,))


def rows_of(source: SourceRows) -> str:
    """Return the rows of the published table as it numbers them: `2-23041`."""
    if source.first_row == source.last_row:
        return str(source.first_row)
    return f"{source.first_row}-{source.last_row}"


def _figure(figure: Figure, names: Mapping[str, str]) -> Iterator[Line]:
    yield Line("value", f"{print_figure(figure)}, exactly {print_exact(figure)}")
    yield Line("formula", f"Formula: {figure.formula}")
    yield from _sheets(figure.sources)
    if len(figure.parts) > _MOST_PARTS:
        yield Line("part", f"Made of {len(figure.parts)} figures: see ledger.json")
        return
    for part in figure.parts:
        alike = (part.area, part.period) == (figure.area, figure.period)
        short = f"{_sentence(part.label)}: {print_figure(part)}"
        yield Line("part", short if alike else _valued(part, names))
        yield Line("formula", f"Formula: {part.formula}")
        yield from _sheets(part.sources)


def _sheets(sources: tuple[SourceRows, ...]) -> Iterator[Line]:
    """Yield a line for each sheet, then one for each quarter with its rows and their total."""
    for table, group in groupby(sources, key=lambda source: source.table):
        yield Line("sheet", f"{table.file}, sheet {table.sheet}" if table.sheet else table.file)
        for source in group:
            rows = rows_of(source).replace("-", "–")
            which = f"row {rows}" if source.rows == 1 else f"{source.rows:,} of rows {rows}"
            yield Line("rows", f"{source.quarter}: {source.total:,} ({which})")


def _valued(figure: Figure, names: Mapping[str, str]) -> str:
    return f"{_title(figure, names)}: {print_figure(figure)}"


def _title(figure: Figure, names: Mapping[str, str]) -> str:
    return f"{_sentence(figure.label)}, {names.get(figure.area, figure.area)}, {figure.period}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
