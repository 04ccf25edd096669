"""A claim's trail as lines for a terminal, from the printed words down to the published rows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from generator.filed.refinding import Refound
from generator.filing import CountTrail, FigureTrail, FindingTrail, QuotationTrail, Trail
from generator.release import PublishedRow

WIDTH = 88
LABEL = 10
"""Columns of the words at the left, such as `formula`."""
FIRST_ROWS = 3
"""Source rows that are shown of each count; the others are told by number."""

_ABOUT = {
    "year": "",
    "quarter": "quarter ",
    "area": "",
    "offence_code": "offence ",
    "outcome": "outcome ",
}
"""What a source row is shown to be about, by the dataset's names for its columns."""

Found = Mapping[str, Refound]
"""Rows found again, by the id of their count."""


def trail_lines(trail: Trail, text: str, found: Found) -> Iterator[str]:
    """Yield the lines of a trail, under the words that rest on it."""
    match trail:
        case FigureTrail():
            yield from _wrapped(trail.title, "  ")
            yield ""
            yield from _figure(trail, text)
            yield from _counts(trail, found)
        case FindingTrail():
            yield from _labelled("why", trail.why)
            for evidence in trail.evidence:
                yield ""
                yield from _short(evidence)
        case QuotationTrail():
            yield from _labelled("from", trail.speaker)
            yield from _labelled("words", "word for word" if trail.verbatim else "reported speech")
            yield from _labelled("source", trail.source)


def _figure(trail: FigureTrail, text: str) -> Iterator[str]:
    """Yield how the words come from the exact value, and the formula."""
    if text != trail.printed:
        yield from _labelled("figure", trail.printed)
    yield from _labelled("exactly", trail.exact)
    if trail.expanded:
        yield from _labelled("printed", f"{trail.expanded}, {trail.rounding}")
    yield from _labelled("formula", trail.formula)
    if trail.in_numbers:
        yield from _labelled("", f"= {trail.in_numbers}")


def _short(trail: FigureTrail) -> Iterator[str]:
    """Yield a figure in brief: what it is, and the numbers in it."""
    yield from _wrapped(f"{trail.printed}  {trail.title}", "  ", hang=len(trail.printed) + 2)
    if trail.in_numbers:
        yield from _labelled("", f"= {trail.in_numbers} = {trail.expanded}")


def _counts(trail: FigureTrail, found: Found, depth: int = 0) -> Iterator[str]:
    """Yield the counts that a figure is made of, down through figures that are no counts."""
    if trail.count:
        if not depth:
            yield ""
        yield from _count(trail, trail.count, found.get(trail.figure.id))
    for part in trail.parts:
        yield ""
        if part.count:
            yield from _headed(part, trail)
        else:
            yield from _short(part)
        yield from _counts(part, found, depth + 1)


def _count(trail: FigureTrail, count: CountTrail, refound: Refound | None) -> Iterator[str]:
    yield from _labelled("sum of", count.column)
    for number, words in enumerate(count.filters):
        yield from _labelled("" if number else "where", words)
    widest = max(
        (len(f"{quarter.total:,}") for sheet in count.sheets for quarter in sheet.quarters),
        default=0,
    )
    for sheet in count.sheets:
        yield from _labelled("file", sheet.file)
        yield from _labelled("", f"sha256 {sheet.sha256}")
        if sheet.sheet:
            yield from _labelled("", f"sheet {sheet.sheet}")
        for quarter in sheet.quarters:
            rows = f"row {quarter.first_row}"
            if quarter.rows > 1:
                rows = f"{quarter.rows:,} of rows {quarter.first_row}–{quarter.last_row}"
            total = f"{quarter.total:,}".rjust(widest)
            yield from _labelled("", f"  {quarter.quarter:<25} {total}  {rows}")
    if refound is None:
        return
    yield from _rows(refound.rows)
    yield from _verdict(refound)


def _rows(rows: Sequence[PublishedRow]) -> Iterator[str]:
    """Yield the first source rows by what they are about, and how many more there are."""
    for number, row in enumerate(rows[:FIRST_ROWS]):
        about = [
            f"{words}{row.about[field]}" for field, words in _ABOUT.items() if field in row.about
        ]
        line = f"{row.row}: {', '.join(about)}: {row.published}"
        yield from _labelled("" if number else "rows", line)
    if len(rows) > FIRST_ROWS:
        yield from _labelled("", f"and {len(rows) - FIRST_ROWS:,} more; --rows prints them all")


def _verdict(refound: Refound) -> Iterator[str]:
    """Yield what the published files say when they are read once more."""
    one = len(refound.rows) == 1
    again = (
        f"{len(refound.rows):,} row{'' if one else 's'}, found again in the published files, "
        f"add{'s' if one else ''} up to {refound.total:,}"
    )
    if not refound.differences:
        yield from _labelled("checked", f"{again}: agreed.")
        return
    yield from _labelled("checked", f"{again}. THIS DOES NOT FIT {refound.figure.value:,}.")
    for difference in refound.differences:
        yield from _labelled("", difference)


def _headed(part: FigureTrail, whole: FigureTrail) -> list[str]:
    """Return the heading of a part: its label alone where area and period are the whole's."""
    figure, other = part.figure, whole.figure
    alike = (figure.area, figure.period) == (other.area, other.period)
    title = figure.label[:1].upper() + figure.label[1:] if alike else part.title
    return _wrapped(f"{part.printed}  {title}", "  ", hang=len(part.printed) + 2)


def _labelled(label: str, text: str) -> list[str]:
    """Return a text with a word at its left; what is too long goes on under itself."""
    return _wrapped(text, f"  {label:<{LABEL}}", hang=0)


def _wrapped(text: str, before: str, hang: int = 0) -> list[str]:
    start = len(text) - len(text.lstrip(" "))
    return textwrap.wrap(
        text.lstrip(" "),
        WIDTH,
        initial_indent=before + " " * start,
        subsequent_indent=" " * (len(before) + start + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
